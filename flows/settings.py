"""Where things lie and how work is spread: qinqing.toml, then QINQING_* variables, then options."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from transforms.errors import ConfigurationError

FILE = "qinqing.toml"
PREFIX = "QINQING_"
INTEGERS = ("workers", "batch_size", "page_seconds", "hosts_at_once", "look_back")
SECRET = re.compile("//[^/@]{1,200}@")  # a user and a password in an address
PROXY = re.compile(r"http://(?:[^/@\s]{1,200}@)?[^/@\s:]{1,255}:[0-9]{1,5}/?")
PASSWORD = re.compile(r"(?i)(password|secret)\s{0,3}=\s{0,3}\S{1,200}")  # in a catalog's words


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default; `data` is the folder that holds all the rest."""

    data: Path = Path("data")
    database: Path | None = None  # data/qinqing.duckdb
    archive: Path | None = None  # data/archive
    parts: str | None = None  # data/parts, or any fsspec URL
    reports: Path | None = None  # data/reports
    catalog: str | None = None  # of a lake: postgres:dbname=… host=…, or a file
    lake_files: str | None = None  # its files: a folder or s3://bucket/…; the catalog remembers it
    engine: str = "inline"  # inline | processes | dask
    workers: int = 2
    scheduler: str | None = None  # tcp://… of a Dask scheduler
    batch_size: int = 200  # pages
    page_seconds: int = 60  # that reading one page may take
    hosts_at_once: int = 8  # asked side by side, each with a gap of its own
    hosts: Path | None = None  # hosts.toml: what differs for a host (gap, daily_cap, certificates)
    proxy: str = ""  # http://host:port through which every page is asked for
    route: str = ""  # host:port=address:port, where a host is reached: tests and mirrors
    look_back: int = 7  # days that a scheduled run looks back behind the newest article
    contact: str = ""  # told to the sites in the User-Agent
    lang: str = "zh"

    @property
    def database_path(self) -> Path:
        """The DuckDB file."""
        return self.database or self.data / "qinqing.duckdb"

    @property
    def archive_path(self) -> Path:
        """The folder of WARC files."""
        return self.archive or self.data / "archive"

    @property
    def parts_path(self) -> str:
        """The folder or URL of Parquet parts."""
        return self.parts or str(self.data / "parts")

    @property
    def reports_path(self) -> Path:
        """The folder of period reports."""
        return self.reports or self.data / "reports"


def load_settings(
    options: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> tuple[Settings, dict[str, str]]:
    """Return the settings and, for each, where its value comes from.

    Raises ConfigurationError for a file that cannot be read, an unknown name or a bad value.
    """
    settings, origin = Settings(), {field.name: "default" for field in fields(Settings)}
    for name, values in _layers(options or {}, environment, file):
        chosen: dict[str, Any] = {
            key: _typed(key, value, name) for key, value in values.items() if value is not None
        }
        settings = replace(settings, **chosen)
        origin |= dict.fromkeys(chosen, name)
    return settings, origin


def _layers(
    options: Mapping[str, Any], environment: Mapping[str, str] | None, file: Path | None
) -> list[tuple[str, Mapping[str, Any]]]:
    variables = os.environ if environment is None else environment
    named = file or variables.get(PREFIX + "CONFIG")
    path = Path(named or FILE)
    known = {field.name for field in fields(Settings)}
    set_by_variable = {
        name: variables[PREFIX + name.upper()]
        for name in known
        if PREFIX + name.upper() in variables
    }
    return [
        (str(path), _read_toml(path, explicit=named is not None)),
        ("environment", set_by_variable),
        ("option", {key: value for key, value in options.items() if key in known}),
    ]


def _read_toml(path: Path, *, explicit: bool) -> dict[str, Any]:
    if not path.exists() and not explicit:
        return {}
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error
    unknown = values.keys() - {field.name for field in fields(Settings)}
    if unknown:
        raise ConfigurationError(
            f"{path}: unknown setting {min(unknown)!r}; see qinqing config show"
        )
    return values


def _typed(name: str, value: object, origin: str) -> object:
    kinds = {
        **dict.fromkeys(INTEGERS, int),
        **dict.fromkeys(("data", "database", "archive", "reports", "hosts"), Path),
    }
    kind: Any = kinds.get(name, str)
    try:
        typed = kind(value)
    except (TypeError, ValueError) as error:
        wanted = "whole number" if kind is int else kind.__name__
        raise ConfigurationError(f"{origin}: {name} = {value!r} is not a {wanted}") from error
    if kind is int and typed < 1:
        raise ConfigurationError(f"{origin}: {name} must be 1 or more, not {value!r}")
    if name == "proxy" and typed and not PROXY.fullmatch(str(typed)):
        raise ConfigurationError(f"{origin}: proxy is http://host:port, not {value!r}")
    if name == "lang" and typed not in {"zh", "en"}:
        raise ConfigurationError(f"{origin}: lang is zh or en, not {value!r}")
    if name == "engine" and typed not in {"inline", "processes", "dask"}:
        raise ConfigurationError(f"{origin}: engine is inline, processes or dask, not {value!r}")
    return typed


def shown(settings: Settings) -> dict[str, str]:
    """Return the settings as text, with the paths that follow from them."""
    derived = {
        "database": settings.database_path,
        "archive": settings.archive_path,
        "parts": settings.parts_path,
        "reports": settings.reports_path,
    }
    told = (asdict(settings) | derived).items()
    return {name: PASSWORD.sub("…", SECRET.sub("//…@", str(value))) for name, value in told}
