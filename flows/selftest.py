"""The weekly flow that reads the saved pages of every site profile and compares."""

from __future__ import annotations

from typing import Any

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.health.site_checks import PAGES, Checked, check_sites


@flow(name="selftest")
def selftest(sites: list[str] | None = None) -> State[Any]:
    """Read the saved pages of sites, of all by default; fails where one reads otherwise."""
    checked = list(check_sites(tuple(sites or ()), PAGES))
    rows = [{"site": one.site, "page": one.page, "status": one.status} for one in checked]
    create_table_artifact(rows, key="sites", description="How the site profiles read")
    wrong = [one for one in checked if one.status in {"changed", "broken"}]
    if wrong:
        return Failed(message=told_of(wrong))
    return Completed(message=f"{sum(one.status == 'ok' for one in checked)} pages read as accepted")


def told_of(wrong: list[Checked]) -> str:
    """Name the pages that read otherwise."""
    told = ", ".join(f"{one.site}/{one.page}: {one.status}" for one in wrong[:5])
    return f"{len(wrong)} pages read otherwise than accepted: {told}"
