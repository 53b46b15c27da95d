"""Print what the views and named queries of a database or of a lake answer, as JSON.

Run: python -m tests.lake_answers DATABASE | --lake
"""

import json
import os
import sys
from pathlib import Path

from flows.lake import place_of
from flows.settings import load_settings
from warehouse.asking import query_names
from warehouse.store import Warehouse

# What tells of one run or one machine, not of the articles.
OWN = {"run", "load", "migration", "fetch_attempt", "part", "snapshot"}
OWN |= {"text_passage", "text_likeness"}  # what loading alone works with
RELATIONS = """
SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()
UNION SELECT view_name FROM duckdb_views() WHERE NOT internal AND database_name = current_database()
"""


def answers(warehouse: Warehouse) -> dict[str, object]:
    names = {name for (name,) in warehouse.connection.execute(RELATIONS).fetchall()}
    chosen = sorted(names - OWN - {"told_load", "newest_load", "article_load"})
    asked = {name: f"FROM {name}" for name in chosen}
    found = {name: rows(warehouse.query(sql, limit=10**6)) for name, sql in asked.items()}
    named = {name: rows(warehouse.named_query(name)) for name in query_names()}
    return {**found, **{f"query {name}": told for name, told in named.items()}}


def rows(answer) -> list[str]:
    return sorted(json.dumps(row, default=str, ensure_ascii=False) for row in answer.rows)


def main(place: str) -> None:
    if place == "--lake":
        from warehouse.lake.reader import Lake

        opened: Warehouse = Lake(place_of(load_settings({})[0]))
    else:
        opened = Warehouse(Path(place), read_only=True)
    with opened as warehouse:
        print(json.dumps(answers(warehouse)))


if __name__ == "__main__":
    main(sys.argv[1])
    sys.stdout.flush()
    os._exit(0)
