"""The command line as its user meets it: output, exit codes, one line for every error."""

import json
import time
from pathlib import Path

import pytest

from flows.__main__ import VERBS

TEXT = "2020年，西乡塘区纪委监委走访企业150余家，提醒谈话29人。"


@pytest.fixture(scope="module")
def page() -> Path:
    pages = Path(__file__).parent.parent / "flows/samples/pages"
    return sorted(pages.glob("2020*/gxjjw*.shtml"))[3]


def test_help_is_quick_and_lists_every_verb(qinqing) -> None:
    began = time.monotonic()
    done = qinqing("--help")
    assert time.monotonic() - began < 2  # 0.08 s alone; generous where the machine is shared
    assert done.returncode == 0
    for verb in VERBS:
        assert f"  {verb} " in done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(qinqing, verb: str) -> None:
    done = qinqing(verb, "--help")
    assert done.returncode == 0, done.stderr
    assert "Example: qinqing" in done.stdout


def test_extract_prints_json_lines(qinqing) -> None:
    done = qinqing("extract", "-", "--published", "2021-03-29", stdin=TEXT)
    article, *rest = map(json.loads, done.stdout.splitlines())
    assert article["type"] == "article"
    measures = {one["surface"]: one for one in rest if one["type"] == "measure"}
    visit = measures["150余家"]
    assert (visit["value"], visit["low"], visit["high"]) == (150, 150, 160)
    assert (visit["category"], visit["period_start"]) == ("enterprise_visit", "2020-01-01")
    assert measures["29人"]["category"] == "talk_reminder"
    for one in measures.values():
        assert TEXT[one["start"] : one["end"]] == one["surface"]


def test_extract_reads_a_page(qinqing, page: Path) -> None:
    done = qinqing("extract", page, "--text")
    article = json.loads(done.stdout.splitlines()[0])
    assert article["title"]
    assert "�" not in article["text"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["extract", "no-such-file.html"], 1, "no-such-file.html"),
        (["extract", "-", "--published", "yesterday"], 2, "YYYY-MM-DD"),
        (["extract", "--no-such-option"], 2, "qinqing extract --help"),
        (["extarct"], 2, "qinqing --help"),
        (["ingest", "--from", "folder", "no-such-folder"], 1, "no folder no-such-folder"),
        (["ingest", "--from", "nowhere"], 2, "nowhere"),
        (["summarise", "--period", "2020Q5"], 2, "2020Q4"),
        (["summarise", "--period", "2020", "--data", "no-such-data"], 1, "no database"),
        (["explain", "gxjjw/1#1", "--data", "no-such-data"], 1, "no database"),
        (["why-not", "29人", "no-such-file.html"], 1, "no-such-file.html"),
        (["config", "show"], 78, "broken.toml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_an_error_is_one_line_and_an_exit_code(qinqing, tmp_path, words, code, said) -> None:
    env = {}
    if words == ["config", "show"]:
        broken = tmp_path / "broken.toml"
        broken.write_text("workers = 'two'\n", "utf-8")
        env = {"QINQING_CONFIG": str(broken)}
    done = qinqing(*words, stdin="", **env)
    assert done.returncode == code, done
    assert done.stderr.count("\n") == 1, done.stderr
    assert said in done.stderr
    assert done.stdout == ""


def test_a_page_that_is_no_article_does_not_stop_the_others(qinqing, tmp_path, page) -> None:
    challenge = tmp_path / "challenge.html"
    challenge.write_text("<html><script>document.cookie='C3VK=1; max-age=300'</script></html>")
    done = qinqing("extract", challenge, page)
    assert done.returncode == 65
    assert "challenge" in done.stderr
    assert json.loads(done.stdout.splitlines()[0])["title"]


def test_settings_say_where_they_come_from(qinqing, tmp_path: Path) -> None:
    file = tmp_path / "qinqing.toml"
    file.write_text("workers = 3\n", "utf-8")
    done = qinqing(
        "config",
        "show",
        "--origin",
        "--format",
        "jsonl",
        QINQING_CONFIG=str(file),
        QINQING_ENGINE="processes",
    )
    rows = {row["setting"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert (rows["workers"]["value"], rows["workers"]["origin"]) == ("3", str(file))
    assert rows["engine"]["origin"] == "environment"
    assert rows["lang"]["origin"] == "default"


def test_a_folder_without_an_archive_is_not_verified(qinqing, tmp_path) -> None:
    for verb in (("verify",), ("list",), ("export", "--to", tmp_path / "out.warc.gz")):
        told = qinqing("archive", *verb, "--data", tmp_path / "nowhere")
        assert (told.returncode, told.stderr.count("\n")) == (74, 1)
        assert f"no archive at {tmp_path / 'nowhere'}" in told.stderr
    assert not (tmp_path / "nowhere").exists()


def test_an_unknown_site_is_told_before_it_is_scheduled(qinqing) -> None:
    told = qinqing("schedule", "--site", "gxjjw", "--site", "nope", "--show")
    assert (told.returncode, told.stderr.count("\n")) == (2, 1)
    assert "no site is called 'nope'" in told.stderr
    assert qinqing("schedule", "--site", "all", "--show").returncode == 0


@pytest.mark.parametrize("foreign", [b"no database at all" * 99, None], ids=["bytes", "database"])
def test_the_explorer_names_the_file_that_is_no_database_of_ours(
    qinqing, tmp_path, foreign
) -> None:
    file = tmp_path / "other.duckdb"
    if foreign:
        file.write_bytes(foreign)
    else:
        import duckdb

        duckdb.connect(str(file)).close()
    told = qinqing("serve", "--database", file, timeout=60)
    assert (told.returncode == 0, told.stderr.count("\n")) == (False, 1), told.stderr
    assert "copy.duckdb" not in told.stderr
    assert "other.duckdb" in told.stderr or "no database of qinqing" in told.stderr


def test_the_first_table_is_in_the_language_of_the_reader(sample_data) -> None:
    from flows.cli.run import in_language
    from warehouse.store import Warehouse

    with Warehouse(sample_data / "qinqing.duckdb", read_only=True) as warehouse:
        answer = warehouse.named_query("demo_summary")
    for lang, word in (("zh", "走访企业"), ("en", "enterprises visited")):
        names, rows = in_language(answer.columns, answer.rows, lang)
        assert {"region", "scope", "category"} < set(names)
        assert not any(name.endswith("_en") for name in names)
        assert word in {row[names.index("category")] for row in rows}
