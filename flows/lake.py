"""A lake by the settings, with the keys of its files from the environment."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from flows.one_run import opened
from flows.pipeline import new_run_id
from flows.settings import Settings
from transforms.errors import ConfigurationError
from warehouse.lake.place import Place
from warehouse.lake.telling import tell_claims
from warehouse.loading import Loaded

KEYS = {
    "KEY_ID": "AWS_ACCESS_KEY_ID",
    "SECRET": "AWS_SECRET_ACCESS_KEY",
    "SESSION_TOKEN": "AWS_SESSION_TOKEN",
    "REGION": "AWS_REGION",
}
ENDPOINTS = ("FSSPEC_S3_ENDPOINT_URL", "AWS_ENDPOINT_URL")


def place_of(settings: Settings) -> Place:
    """Return where the lake is; raise ConfigurationError where no setting says so."""
    if not settings.catalog:
        raise ConfigurationError(
            "no catalog is set; give --catalog 'postgres:dbname=lake host=…', or set catalog in "
            "qinqing.toml"
        )
    return Place(settings.catalog, settings.lake_files, _keys())


def _keys() -> dict[str, str]:
    """Return the keys of an S3 server as DuckDB wants them."""
    keys = {name: os.environ[set_as] for name, set_as in KEYS.items() if os.environ.get(set_as)}
    address = next((os.environ[name] for name in ENDPOINTS if os.environ.get(name)), None)
    if address:
        scheme, _, host = address.rpartition("://")
        plain = "false" if scheme == "http" else "true"
        keys |= {"ENDPOINT": host.rstrip("/"), "URL_STYLE": "path", "USE_SSL": plain}
    return keys


def tell_lake(settings: Settings) -> Loaded:
    """Let the database follow the lake, and append the claims as they are told now."""
    run_id, place = new_run_id("tell"), place_of(settings)
    with opened(settings) as warehouse:
        warehouse.begin_run(run_id, kind="tell", started_at=datetime.now(UTC))
        loaded = tell_claims(warehouse.connection, place, run_id)
        warehouse.finish_run(run_id, finished_at=datetime.now(UTC))
    return loaded
