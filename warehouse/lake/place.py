"""Where a lake lies, and how a connection gets to it, by extensions that are installed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import duckdb

from transforms.errors import ConfigurationError, DiskError
from warehouse.connection import Connection

EXTENSIONS = ("ducklake", "postgres_scanner", "httpfs")
PASSWORD = re.compile(
    r"(?i)(password|passwd|secret)\s{0,3}=\s{0,3}('[^']{0,200}'|\S{1,200})|//[^/@\s]{1,200}@"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A catalog (`postgres:dbname=… host=…`, or a file), its files, and keys of an S3 server."""

    catalog: str
    files: str | None = None  # a folder or s3://bucket/…; the catalog remembers it
    keys: Mapping[str, str] = field(default_factory=dict)  # KEY_ID, SECRET, ENDPOINT …

    @property
    def shown(self) -> str:
        """The catalog without a password."""
        return PASSWORD.sub("…", self.catalog)


def attach(connection: Connection, place: Place, *, read_only: bool) -> None:
    """Attach the lake as `lake`; raise ConfigurationError or DiskError, no secret told."""
    if ("lake",) in connection.execute("SELECT database_name FROM duckdb_databases()").fetchall():
        raise ConfigurationError("a database called lake hides the lake; name it otherwise")
    for name in EXTENSIONS:
        connection.execute(f"LOAD {_quoted(str(_extension(name)))}").fetchall()
    if place.keys:
        told = ", ".join(f"{name} {_quoted(value)}" for name, value in place.keys.items())
        connection.execute(f"CREATE SECRET lake_files (TYPE s3, {told})").fetchall()
    options = ["READ_ONLY"] if read_only else []
    if place.files:
        options.append(f"DATA_PATH {_quoted(place.files.rstrip('/') + '/')}")
    said = f" ({', '.join(options)})" if options else ""
    catalog = _quoted("ducklake:" + place.catalog)
    with plainly(place):
        connection.execute(f"ATTACH {catalog} AS lake{said}").fetchall()


@contextmanager
def plainly(place: Place) -> Iterator[None]:
    """Turn what DuckDB says of catalog and files into one line without a secret."""
    try:
        yield
    except duckdb.Error as error:
        why = PASSWORD.sub("…", " ".join(str(error).split()))
        for key in place.keys.values():
            why = why.replace(key, "…")
        raise DiskError(f"the lake at {place.shown} does not answer: {why[:200]}") from None


def _extension(name: str) -> Path:
    """Return the file of an extension that is installed as a package."""
    found = find_spec(f"duckdb_extension_{name}")
    for folder in found.submodule_search_locations or [] if found else []:
        file = Path(folder) / f"extensions/v{duckdb.__version__}/{name}.duckdb_extension"
        if file.exists():
            return file
    raise ConfigurationError(
        f"no {name} extension for DuckDB {duckdb.__version__} is installed: "
        "a lake needs an environment of its own, `make lake` (docs/OPERATIONS.md)"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
