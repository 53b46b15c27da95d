"""What the program says: one line for every failure, in English and in Chinese."""

import errno
import re
import string
import unicodedata
from pathlib import Path

import click
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.__main__ import VERBS
from flows.__main__ import qinqing as program
from flows.cli.endings import ending
from flows.speech.speech import _table, in_chinese, language_of
from tests.spoken import FILLER, sentences
from transforms.errors import BusyError, NotAnArticleError, QinqingError

HAN = re.compile(r"[一-鿿]")
# A sentence of English that was left as it is: three words in a row, each of three letters or more.
COMMAND = re.compile(r"qinqing [a-z-]+( [a-z-]+)?")
ENGLISH = re.compile(r"\b[a-z]{3,} [a-z]{3,} [a-z]{3,}\b")


def is_chinese(text: str) -> bool:
    return bool(HAN.search(text)) and not ENGLISH.search(COMMAND.sub("", text))


@pytest.mark.parametrize(
    ("words", "environment", "language"),
    [
        ([], {}, "en"),
        (["status"], {}, "en"),
        (["status"], {"LANG": "zh_CN.UTF-8"}, "zh"),
        (["status"], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        (["status"], {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh"),
        (["status"], {"LANG": "zh_CN.UTF-8", "QINQING_LANG": "en"}, "en"),
        (["status", "--lang", "zh"], {"QINQING_LANG": "en"}, "zh"),
        (["--lang=en", "status"], {"QINQING_LANG": "zh"}, "en"),
        (["status", "--lang"], {"QINQING_LANG": "zh"}, "zh"),
        (["status", "--lang", "fr"], {}, "en"),
    ],
)
def test_the_language_follows_option_variable_and_locale(words, environment, language) -> None:
    assert language_of(words, environment) == language


def test_every_sentence_of_the_code_has_a_chinese_form() -> None:
    said = [(where, text) for where, text in sentences() if re.search("[a-z]{3}", text)]
    assert len(said) > 80
    missing = [(where, text) for where, text in said if not is_chinese(in_chinese(text))]
    assert not missing, f"add rows to flows/speech/messages.tsv: {missing}"


def test_the_word_error_is_not_taken_for_the_name_that_a_sentence_begins_with() -> None:
    told = in_chinese("error: option: workers must be 1 or more, not 0")
    assert told == "错误：命令行选项：workers 必须不小于 1，不能是 0"


@pytest.mark.parametrize("summary", VERBS.values())
def test_every_verb_is_summed_up_in_chinese(summary: str) -> None:
    assert HAN.search(in_chinese(summary))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("error: No such option: --foo (see qinqing query --help)",
         "错误：没有 --foo 这个选项（参见 qinqing query --help）"),
        ("error: list page: http://a.cn/x", "错误：列表页：http://a.cn/x"),
        ("error: cannot read a.html: Is a directory; give an existing file or -",
         "错误：无法读取 a.html：是目录，不是文件；请给出存在的文件，或用 - 表示标准输入"),
        ("12 rows in {a}.csv", "{a}.csv 中写入 12 行"),
        ("a sentence that nobody wrote", "a sentence that nobody wrote"),
        ("error: a chart is not 0", "错误：a chart is not 0"),
        ("polars 1.9 is installed, not >=2", "polars 装的是 1.9，不是 >=2"),
    ],
)  # fmt: skip
def test_sentences_within_sentences_are_chinese_too(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


@given(st.text(st.sampled_from(string.printable + "：。{}" + FILLER), max_size=400))
@settings(deadline=None)  # of a busy machine: the first text waits for the table
@example("is not 0")
@example("3 is installed, not 0")
def test_no_text_makes_the_translation_fail(text: str) -> None:
    assert isinstance(in_chinese(text), str)
    said = f"there is no chart {text}"
    assert text in in_chinese(f"error: {said}") or ": " in text or holds_a_sentence(said)


def holds_a_sentence(text: str) -> bool:
    """Say whether the words of some sentence of the table stand in a text: then they are told."""
    return any(all(literal in text for literal in literals) for literals, _, _ in _table())


def fails(kind: str) -> Exception:
    try:
        if kind == "beneath":
            try:
                Path("/dev/full").write_text("x", "utf-8")
            except OSError as error:
                raise RuntimeError("zip") from error
        {}["key"]
    except (RuntimeError, KeyError) as error:
        return error
    raise AssertionError


def database_error(name: str, words: str) -> Exception:
    duckdb = pytest.importorskip("duckdb")
    return getattr(duckdb, name)(words)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (QinqingError("no"), 1, "no"),
        (BusyError("held by process 7"), 75, "process 7"),
        (NotAnArticleError("http://a.cn", "list page"), 65, "list page: http://a.cn"),
        (click.UsageError("wrong"), 2, "wrong"),
        (PermissionError(errno.EACCES, "Permission denied", "/a/b"), 73, "/a/b: Permission denied"),
        (OSError(errno.EROFS, "Read-only file system", "/a"), 73, "choose a place"),
        (FileNotFoundError(errno.ENOENT, "No such file", "/a"), 73, "/a"),
        (OSError(errno.ENOSPC, "No space left on device", "/a"), 74, "disk is full: /a"),
        (OSError(errno.ENOSPC, "No space left on device"), 74, "disk is full"),
        (OSError(errno.EIO, "Input/output error", "/a"), 74, "/a"),
        (OSError(errno.EMFILE, "Too many open files"), 74, "Too many open files"),
        (fails("beneath"), 74, "disk is full"),
        (fails("key"), 1, "KeyError: 'key'; this is a bug, run again with QINQING_DEBUG=1"),
        (MemoryError(), 74, "out of memory"),
        (database_error("IOException", 'Could not write file "/a.wal": No space left on device'),
         74, "disk is full: /a.wal"),
        (database_error("OutOfMemoryException", "failed to allocate"), 74, "failed to allocate"),
        (database_error("CatalogException", "no such table"), 1, "this is a bug"),
    ],
    ids=repr,
)  # fmt: skip
def test_every_error_is_one_line_with_its_exit_code(error, code, said) -> None:
    message, status = ending(error)
    assert status == code
    assert said in message
    assert "\n" not in message
    assert HAN.search(in_chinese(f"error: {message}"))


def test_an_error_is_told_in_chinese(qinqing) -> None:
    done = qinqing("extract", "no-such-file.html", "--lang", "zh")
    assert done.returncode == 1
    assert done.stderr.startswith(
        "错误：无法读取 no-such-file.html：文件或目录不存在；请给出存在的"
    )


def test_help_lists_the_verbs_in_chinese_by_locale(qinqing) -> None:
    done = qinqing("--help", LC_ALL="zh_CN.UTF-8", QINQING_LANG="")
    assert "命令:" in done.stdout
    assert "分批补录多年存档" in done.stdout


def commands() -> list[tuple[str, click.Command]]:
    """Every verb and every verb under a verb, by its words."""

    def under(words: str, command: click.Command):
        yield words, command
        if isinstance(command, click.Group):
            for name in command.list_commands(click.Context(command)):
                yield from under(
                    f"{words} {name}", command.get_command(click.Context(command), name)
                )

    return list(under("qinqing", program))


@pytest.mark.parametrize(
    ("words", "command"), [pytest.param(*one, id=one[0]) for one in commands()]
)
def test_the_whole_help_is_chinese_where_that_is_spoken(words, command, monkeypatch) -> None:
    context = click.Context(command, info_name=words)
    english = command.get_help(context)
    monkeypatch.setattr("flows.speech.speech._chosen", "zh")
    text = command.get_help(context)
    shown = re.sub(r"(?m)^ *(例：)? +(qinqing|echo) .*$|\[[^\]]*\]|\{[^}]*\}", "", text)
    left = [line for line in shown.splitlines() if ENGLISH.search(COMMAND.sub("", line))]
    assert not left, f"add rows to flows/speech/help.tsv: {left}"
    assert all(cells(line) <= 80 for line in text.splitlines() if "qinqing" not in line), text
    examples = re.compile(r"(?m)^ +(?:Example:|例：)? +(qinqing .*)$")
    assert examples.findall(text) == examples.findall(english)


@pytest.mark.parametrize(
    ("words", "command"), [pytest.param(*one, id=one[0]) for one in commands()]
)
def test_every_option_says_what_it_is_for(words, command) -> None:
    del words
    silent = [one.name for one in command.params if isinstance(one, click.Option) and not one.help]
    assert silent == []


def cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def test_no_row_of_the_help_table_is_idle() -> None:
    said = "".join(
        f"{c.help} {c.short_help} "
        + " ".join(one.help or "" for one in c.params if isinstance(one, click.Option))
        for _, c in commands()
    )
    said = " ".join(said.replace("\b", " ").split())
    own = {"Usage", "Options", "Verbs", "Commands", "default", "required"}
    own |= {"Show the version and exit.", "Show this message and exit."}
    rows = Path("flows/speech/help.tsv").read_text("utf-8").splitlines()[1:]
    idle = [row.partition("\t")[0] for row in rows]
    assert [one for one in idle if one not in own and one not in said] == []


def test_a_bug_shows_its_traceback_only_on_request(qinqing, tmp_path) -> None:
    (tmp_path / "reports").write_text("in the way of a folder", "utf-8")
    words = ("summarise", "--period", "2020", "--data", tmp_path)
    assert "Traceback" not in qinqing(*words, LC_ALL="C").stderr
    assert "Traceback" in qinqing(*words, QINQING_DEBUG="1").stderr


def test_a_place_that_is_no_folder_ends_with_73(qinqing, sample_data, tmp_path) -> None:
    place = tmp_path / "file"
    place.write_text("no folder", "utf-8")
    database = sample_data / "qinqing.duckdb"
    for words in (
        ("summarise", "--period", "2020", "--database", database, "--data", place),
        ("export", "fact", place / "fact.csv", "--database", database),
        ("run", "--data", place),
        ("ingest", "--data", place),
    ):
        done = qinqing(*words)
        assert done.returncode == 73, done
        assert done.stderr.count("\n") == 1, done.stderr
        assert str(place) in done.stderr


def test_a_reader_that_leaves_is_no_failure(sample_data) -> None:
    import subprocess
    import sys

    words = [sys.executable, "-m", "flows", "query", "SELECT quote FROM measure", "--format", "csv",
             "--database", str(sample_data / "qinqing.duckdb"), "--limit", "100000"]  # fmt: skip
    program = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    program.stdout.readline()
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait(60) == 0


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("INSERT INTO migration VALUES ('9999_future.sql', '')", "newer schema"),
        ("DELETE FROM migration WHERE name LIKE '0002%'", "older schema"),
        ("DROP TABLE migration", "no database of qinqing"),
    ],
)
def test_a_database_of_another_schema_ends_with_78(
    qinqing, sample_data, tmp_path, statement, said
) -> None:
    duckdb = pytest.importorskip("duckdb")
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes((sample_data / "qinqing.duckdb").read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute(statement)
    done = qinqing("summarise", "--period", "2020", "--database", copy, "--data", tmp_path)
    assert done.returncode == 78, done
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("query", "SELECT 1", "--limit", "-1"), 2, "--limit"),
        (("query", "SELECT nothing FROM fact"), 1, "nothing"),
        (("query", "DROP TABLE article"), 2, "one SELECT"),
        (("query", "--name", "nope"), 2, "demo_summary"),
        (("diff", "no-such-run", "nor-this"), 2, "no-such-run"),
        (("correct", "no-such-file.tsv"), 1, "no-such-file.tsv"),
        (("suppress", "README.md"), 1, "article reason date"),
        (("correct", "README.md"), 1, "first line"),
        (("export", "fact", "fact.txt"), 2, ".parquet"),
        (("export", "nofact", "fact.csv"), 2, "nofact"),
        (("summarise", "--period", "2020", "--lang", "fr"), 2, "'zh', 'en'"),
        (("backfill", "--since", "2021", "--until", "2019"), 2, "lies after"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_a_new_user_gets_wrong_is_told_in_one_line(
    qinqing, sample_data, tmp_path, words, code, said
) -> None:
    done = qinqing(*words, "--database", sample_data / "qinqing.duckdb", "--data", tmp_path)
    assert done.returncode == code, done
    assert said in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


def test_a_withdrawal_of_an_article_that_nobody_holds_is_noticed(
    qinqing, sample_data, tmp_path
) -> None:
    copy, file = tmp_path / "qinqing.duckdb", tmp_path / "withdrawn.tsv"
    copy.write_bytes((sample_data / "qinqing.duckdb").read_bytes())
    file.write_text("article\treason\tdate\ngxjjw/0\twithdrawn\t2026-01-05\n", "utf-8")
    words = ("suppress", file, "--database", copy, "--data", tmp_path)
    done = qinqing(*words)
    assert done.returncode == 1
    assert "gxjjw/0" in done.stderr
    assert done.stderr.count("\n") == 1
    assert qinqing(*words, "--ahead").returncode == 0


def test_a_terminal_of_another_encoding_stops_nothing(qinqing, tmp_path) -> None:
    done = qinqing("extract", "-", stdin="走访企业29家。", PYTHONIOENCODING="ascii:strict")
    assert done.returncode == 0, done.stderr
    assert "\\u8d70" in done.stdout
    strange = str(tmp_path / "caf\udce9.txt")
    done = qinqing("extract", strange)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("summarise", "--period", "1990"), 3, "the report is empty"),
        (("ingest", "--from", "nope"), 2, "listing, wayback"),
        (("ingest", "--from", "folder"), 2, "--from folder PATH"),
        (("ingest", "--from", "folder", "no-such-folder"), 1, "there is no folder"),
        (("query", " "), 2, "--name"),
        (("audit",), 0, "every invariant holds"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_has_no_result_says_so(qinqing, sample_data, tmp_path, words, code, said) -> None:
    database = tmp_path / "copy.duckdb"
    database.write_bytes((sample_data / "qinqing.duckdb").read_bytes())
    done = qinqing(*words, "--database", database, "--data", tmp_path)
    assert done.returncode == code, done
    assert said in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


def test_a_page_without_an_article_is_bad_data(qinqing, tmp_path) -> None:
    page = tmp_path / "list.html"
    page.write_text("<html><body><a href=a.html>a</a></body></html>", "utf-8")
    assert qinqing("extract", page).returncode == 65
