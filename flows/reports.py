"""Write the report of a period, or one chart of it, to a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flows.settings import Settings
from transforms.errors import WarehouseError

SHANGHAI = ZoneInfo("Asia/Shanghai")


def write_report(
    settings: Settings, period: str, *, lang: str | None = None, form: str = "html"
) -> Path:
    """Write the report of a period as HTML or Markdown, whole or not at all; return where it is."""
    from transforms.buckets import parse_period
    from warehouse.report import render_brief, render_period
    from warehouse.store import Warehouse

    bucket, language = parse_period(period), lang or settings.lang
    renderers: dict[str, Callable[..., str]] = {"html": render_period, "md": render_brief}
    render = renderers[form]
    today = datetime.now(SHANGHAI).date()
    with Warehouse(settings.database_path, read_only=True) as warehouse:
        text = render(warehouse.connection, bucket, lang=language, generated_on=today)
    path = settings.reports_path / f"{bucket.name}.{language}.{form}"
    write_whole(path, text)
    return path


def is_empty(settings: Settings, period: str) -> bool:
    """Say whether the database has no figure of a period."""
    from transforms.buckets import parse_period
    from warehouse import report
    from warehouse.store import Warehouse

    with Warehouse(settings.database_path, read_only=True) as warehouse:
        return report.is_empty(warehouse.connection, parse_period(period))


def write_chart(settings: Settings, period: str, name: str, *, form: str) -> Path:
    """Write one chart of a period as svg or png; raises WarehouseError where it would be empty."""
    from flows.pictures import png
    from transforms.buckets import parse_period
    from warehouse.report import render_chart
    from warehouse.store import Warehouse

    bucket = parse_period(period)
    with Warehouse(settings.database_path, read_only=True) as warehouse:
        drawn = render_chart(warehouse.connection, bucket, name, settings.lang)
    if not drawn:
        raise WarehouseError(f"{bucket.name} has nothing to draw as {name}; try another period")
    path = settings.reports_path / f"{bucket.name}.{name}.{settings.lang}.{form}"
    write_whole(path, png(drawn) if form == "png" else drawn.encode())
    return path


def write_whole(path: Path, body: str | bytes) -> None:
    """Write a file that appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.open")
    try:
        temporary.write_bytes(body.encode() if isinstance(body, str) else body)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
