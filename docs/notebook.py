"""A notebook over the warehouse: `marimo edit docs/notebook.py -- --database FILE`."""

import marimo

app = marimo.App(width="medium", app_title="qinqing")


@app.cell
def _():
    import marimo as mo
    import polars as pl

    import analyst
    from transforms.buckets import parse_period
    from warehouse.report import CHARTS, render_chart

    return CHARTS, analyst, mo, parse_period, pl, render_chart


@app.cell
def _(mo):
    mo.md("""
    # 亲清 · qinqing

    Sums that may be quoted, and the sentences behind each of them. Choose a region; click a row.
    """)
    return


@app.cell
def _(analyst, mo, pl):
    database = mo.cli_args().get("database") or "data/qinqing.duckdb"
    connection = analyst.connect(database)

    def table(relation):
        """Return a relation as a polars table."""
        return pl.DataFrame(
            relation.fetchall(), schema=relation.columns, orient="row", infer_schema_length=None
        )

    return connection, table


@app.cell
def _(analyst, connection, mo):
    names = analyst.regions(connection)
    region = mo.ui.dropdown(names, value=names[0] if names else None, label="region")
    period = mo.ui.dropdown(list(analyst.PERIODS), value="quarter", label="period")
    mo.hstack([region, period], justify="start")
    return period, region


@app.cell
def _(analyst, connection, mo, period, region, table):
    sums = mo.ui.table(
        table(analyst.by_period(connection, region.value, period.value)), selection="single"
    )
    sums
    return (sums,)


@app.cell
def _(analyst, connection, mo, sums, table):
    # The sentences of the row that is clicked.
    chosen = sums.value["measure_ids"].to_list()
    behind = table(analyst.sentences(connection, chosen[0])) if chosen else mo.md("*Click a row.*")
    behind
    return


@app.cell
def _(mo):
    mo.md("## A year at a glance")
    return


@app.cell
def _(CHARTS, analyst, connection, mo):
    years = {str(each): each for each in analyst.years(connection)}
    year = mo.ui.dropdown(
        years, value="2020" if "2020" in years else next(iter(years)), label="year"
    )
    chart = mo.ui.dropdown(list(CHARTS), value="heat", label="chart")
    mo.hstack([year, chart], justify="start")
    return chart, year


@app.cell
def _(chart, connection, mo, parse_period, render_chart, year):
    drawing = render_chart(connection, parse_period(str(year.value)), chart.value, lang="en")
    mo.Html(drawing or "nothing to draw")
    return


@app.cell
def _(analyst, connection, mo, table, year):
    mo.vstack(
        [
            mo.md("## What a plain sum would have said"),
            table(analyst.counted_once(connection, year.value)),
        ]
    )
    return


@app.cell
def _(analyst, connection, mo, period, region, table):
    mo.vstack(
        [
            mo.md("## Running totals turned into increments"),
            table(analyst.increments(connection, region.value)),
            mo.md("## What no sum holds, and why"),
            table(analyst.outside(connection, period.value)),
            mo.md("## Figures that no category names: the next row of a lexicon"),
            table(analyst.unnamed(connection)),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
