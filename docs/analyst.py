"""Questions to the warehouse as plain functions: a connection in, rows out.

    connection = connect("data/qinqing.duckdb")
    by_period(connection, "西乡塘区").show()

Each returns a DuckDB relation: .show(), .fetchall(), .df() (pandas), .pl() (polars, with pyarrow).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

PERIODS = ("month", "quarter", "half_year", "year")


def connect(path: str | Path = "data/qinqing.duckdb") -> duckdb.DuckDBPyConnection:
    """Open the database for reading; close it after use, a load cannot start before."""
    return duckdb.connect(str(path), read_only=True)


def regions(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the names of the regions that tell anything, those that tell most first."""
    sql = """
        SELECT region_name FROM fact WHERE region_name IS NOT NULL
        GROUP BY 1 ORDER BY count(*) DESC, 1"""
    return [name for (name,) in connection.execute(sql).fetchall()]


def years(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """Return the years in which periods of facts end, the newest first."""
    sql = "SELECT DISTINCT year(period_end) FROM fact WHERE period_end IS NOT NULL ORDER BY 1 DESC"
    return [year for (year,) in connection.execute(sql).fetchall()]


def by_period(
    connection: duckdb.DuckDBPyConnection, region: str, period: str = "quarter"
) -> duckdb.DuckDBPyRelation:
    """Return what one region did, by month, quarter, half_year or year; rows that may be quoted."""
    if period not in PERIODS:
        raise ValueError(f"period is one of {', '.join(PERIODS)}")
    sql = f"""
        SELECT period, region_scope, category_label AS category, problem, rank,
          value::DOUBLE AS value, low::DOUBLE AS low, high::DOUBLE AS high, unit,
          facts, complete, measure_ids
        FROM summary_{period} WHERE region_name = ? AND standing = 'whole' ORDER BY ALL"""
    return connection.sql(sql, params=[region])


def sentences(
    connection: duckdb.DuckDBPyConnection, measure_ids: list[str]
) -> duckdb.DuckDBPyRelation:
    """Return the sentences behind a row: give its measure_ids."""
    sql = """
        SELECT m.measure_id, m.surface, m.quote, m.period_start, m.period_end, m.period_basis,
          m.confidence, m.rule, a.title, a.published_on, a.url
        FROM measure m JOIN article a USING (article_id)
        WHERE list_contains(?, m.measure_id) ORDER BY m.measure_id"""
    return connection.sql(sql, params=[measure_ids])


def counted_once(connection: duckdb.DuckDBPyConnection, year: int) -> duckdb.DuckDBPyRelation:
    """Return the sum of every mention beside the sum of claims, where they differ."""
    sql = """
        WITH mention AS (
          SELECT region, region_scope, category, unit, sum(value) AS every_mention FROM measure
          WHERE is_measure AND year(period_end) = $year GROUP BY ALL
        )
        SELECT region_name, category_label AS category, unit,
          every_mention::DOUBLE AS every_mention, value::DOUBLE AS counted_once,
          facts, restatements_removed
        FROM summary_year JOIN mention USING (region, region_scope, category, unit)
        WHERE period = $year::VARCHAR AND standing = 'whole' AND problem IS NULL AND rank IS NULL
          AND every_mention <> value
        ORDER BY every_mention / nullif(value, 0) DESC, region, category, unit"""
    return connection.sql(sql, params={"year": year})


def increments(connection: duckdb.DuckDBPyConnection, region: str) -> duckdb.DuckDBPyRelation:
    """Return running totals of a year as what was done between their cut-offs."""
    sql = """
        SELECT category, problem, rank, step, period_start, period_end,
          value::DOUBLE AS value, unit, doubtful
        FROM ytd_increment WHERE region_name = ? ORDER BY ALL"""
    return connection.sql(sql, params=[region])


def outside(connection: duckdb.DuckDBPyConnection, grain: str) -> duckdb.DuckDBPyRelation:
    """Return how many claims no sum of that grain holds, and why."""
    sql = """
        SELECT reason, count(*) AS claims, count(DISTINCT category) AS categories
        FROM outside_bucket WHERE grain = ? GROUP BY ALL ORDER BY claims DESC, reason"""
    return connection.sql(sql, params=[grain])


def unnamed(connection: duckdb.DuckDBPyConnection, most: int = 20) -> duckdb.DuckDBPyRelation:
    """Return figures that no category names, the most frequent first."""
    sql = """
        SELECT frequency, predicate, surface, words_before, words_after, quote, measure_id
        FROM unnamed_figure ORDER BY ALL DESC LIMIT ?"""
    return connection.sql(sql, params=[most])
