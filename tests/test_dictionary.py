"""The data dictionary is what the schema says, and the schema says what every column holds."""

from pathlib import Path

import pytest

from transforms.lexicon import rows
from warehouse.connection import Connection, all_rows
from warehouse.dictionary import LISTS, dictionary, fresh, small_lists
from warehouse.references import comments_file
from warehouse.store import Warehouse

DOCS = Path(__file__).parent.parent / "docs"
FILES = {"en": "DATA_DICTIONARY.md", "zh": "DATA_DICTIONARY.zh.md"}


@pytest.fixture(scope="module")
def schema() -> Connection:
    return fresh()


@pytest.mark.parametrize("lang", FILES)
def test_the_committed_file_is_what_the_schema_says(schema: Connection, lang: str) -> None:
    renew = f"run: python -m warehouse.dictionary {lang} > docs/{FILES[lang]}"
    assert (DOCS / FILES[lang]).read_text("utf-8") == dictionary(schema, lang), renew


def test_every_comment_is_said_in_chinese_too() -> None:
    said = {line.split("\t")[2] for line in comments_file().read_text("utf-8").splitlines()[1:]}
    rows = comments_file().with_name("comments_zh.tsv").read_text("utf-8").splitlines()[1:]
    chinese = dict(line.split("\t") for line in rows)
    assert chinese.keys() == said, "add to or take from warehouse/comments_zh.tsv"
    assert len(chinese) == len(rows)


def test_every_table_view_and_column_says_what_it_holds(schema: Connection) -> None:
    catalogue = (
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal",
        "SELECT table_name, '', comment FROM duckdb_tables() WHERE NOT temporary",
        "SELECT view_name, '', comment FROM duckdb_views() WHERE NOT internal",
    )
    found = [row for sql in catalogue for row in all_rows(schema, sql)]
    silent = [(relation, column) for relation, column, comment in found if not comment]
    assert len(found) > 100
    assert silent == []


def test_every_comment_is_of_something_that_exists(schema: Connection) -> None:
    sql = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
    columns = set(all_rows(schema, sql))
    relations, anywhere = ({pair[part] for pair in columns} for part in (0, 1))
    _, *lines = comments_file().read_text("utf-8").splitlines()
    for relation, column, _ in (line.split("\t") for line in lines if line):
        if relation == "*":
            assert column in anywhere, column
        elif column:
            assert (relation, column) in columns
        else:
            assert relation in relations


def test_every_code_list_is_written_with_both_names(schema: Connection) -> None:
    dims = {row["dim"] for row in rows("taxonomy.tsv")}
    assert dims == set(LISTS)
    text = dictionary(schema)
    for row in rows("taxonomy.tsv"):
        assert f"`{row['code']}` | {row['label_zh']} | {row['label_en']} |" in text
    unnamed = all_rows(schema, "SELECT code FROM ref_code WHERE label_zh = '' OR label_en = ''")
    assert unnamed == []


USED = {
    "region_scope": "SELECT region_scope FROM measure UNION SELECT region_scope FROM claim",
    "period_basis": "SELECT period_basis FROM measure UNION SELECT period_basis FROM claim",
    "standing": "SELECT DISTINCT standing FROM claim",
    "polarity": "SELECT DISTINCT polarity::VARCHAR FROM measure",
    "article.kind": "SELECT DISTINCT kind FROM article",
    "article.status": "SELECT DISTINCT status FROM article",
    "article_cluster.role": "SELECT DISTINCT role FROM article_cluster",
    "claim.kind": "SELECT DISTINCT kind FROM claim",
    "outside_bucket.reason": "SELECT DISTINCT reason FROM outside_bucket",
    "inspection_round.agreement": "SELECT DISTINCT agreement FROM inspection_round",
    "run.status": "SELECT DISTINCT status FROM run",
    "approximator": "SELECT DISTINCT approximator FROM measure",
}


def test_the_database_uses_no_code_that_the_lists_lack(sample_data: Path) -> None:
    lists = {name: {code for code, _, _ in codes} for name, codes in small_lists().items()}
    assert lists.keys() == USED.keys()
    with Warehouse(sample_data / "qinqing.duckdb", read_only=True) as warehouse:
        for name, sql in USED.items():
            used = {code for (code,) in all_rows(warehouse.connection, sql)} - {None}
            assert used <= lists[name], name


def test_approximators_are_those_of_the_lexicon() -> None:
    listed = {code for code, _, _ in small_lists()["approximator"]}
    assert {row["code"] for row in rows("approx.tsv")} <= listed
