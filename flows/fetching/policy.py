"""How a client behaves: limits of time and size, gaps, caps, retries; and what differs by host."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from flows import PRODUCT
from flows.fetching.tls import TlsProfile
from transforms.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Policy:
    """Seconds, bytes and counts; the defaults are those of a polite visitor."""

    user_agent: str = PRODUCT
    connect: float = 10.0
    read: float = 20.0  # without a byte
    total: float = 60.0  # of network time for one fetch: all its tries and redirects
    max_wire: int = 5_000_000
    max_body: int = 12_000_000  # decompressed
    max_headers: int = 32_768
    max_hops: int = 5
    retries: int = 2
    backoff: float = 2.0  # first wait at most; doubled each time, chosen at random up to it
    max_inline_wait: float = 120.0  # a longer wait is stored as retry_at, never slept
    later: float = 3_600.0  # retry_at of what failed without saying when to come back
    gap: float = 3.0  # from the end of a request to the start of the next to that host
    jitter: float = 0.5  # up to this share of the gap is added
    daily_cap: int = 5_000  # requests to a host on one day in China
    breaker: int = 5  # bad answers in a row that pause a host
    pause: float = 1_800.0  # of a host whose breaker opened
    proxy: str = ""  # http://host:port, named by the user; none of the environment is used
    obey_robots: bool = True
    allow_private: bool = False  # peers on loopback and private networks; tests only


@dataclass(frozen=True, slots=True)
class HostRule:
    """What differs for one host; None keeps the policy's value."""

    gap: float | None = None
    daily_cap: int | None = None
    tls: TlsProfile = field(default_factory=TlsProfile)


def policy_for(contact: str, **changes: Any) -> Policy:  # noqa: ANN401 - the fields of Policy
    """Return a policy whose User-Agent tells the product, its version and whom to write to."""
    try:
        release = version(PRODUCT)
    except PackageNotFoundError:
        release = "0"
    reach = f" (+{contact})" if contact else ""
    return Policy(user_agent=f"{PRODUCT}/{release}{reach}", **changes)


def load_host_rules(path: Path) -> dict[str, HostRule]:
    """Read `["www.example.gov.cn"]` tables with gap, daily_cap, extra_ca, legacy, seclevel.

    Raises ConfigurationError where the file cannot be read or names something unknown.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        return {host.lower(): _rule(table, path.parent) for host, table in tables.items()}
    except (
        OSError,
        UnicodeDecodeError,
        tomllib.TOMLDecodeError,
        TypeError,
        AttributeError,
    ) as error:
        raise ConfigurationError(f"{path}: {error}") from error


def _rule(table: dict[str, Any], folder: Path) -> HostRule:
    own = {name: table[name] for name in ("gap", "daily_cap") if name in table}
    tls = {name: value for name, value in table.items() if name not in own}
    if "extra_ca" in tls:
        tls["extra_ca"] = folder / tls["extra_ca"]
    return HostRule(**own, tls=TlsProfile(**tls))
