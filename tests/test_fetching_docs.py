"""What the page on fetching says is what the code does."""

import re
from pathlib import Path

from flows.archive.archive import ROLL
from flows.fetching.policy import HostRule, Policy, load_host_rules
from flows.outcomes import Outcome
from flows.settings import Settings

TEXT = (Path(__file__).parent.parent / "docs/FETCHING.md").read_text("utf-8")


def test_every_outcome_is_explained() -> None:
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", TEXT, re.MULTILINE)) == {
        each.value for each in Outcome
    }


def test_the_defaults_are_those_of_the_code() -> None:
    policy = Policy()
    assert f"| {policy.gap:.0f} s and up to half as much again" in TEXT
    assert policy.jitter == 0.5
    assert f"| {policy.daily_cap:,} requests a host" in TEXT
    assert (
        f"| {policy.total:.0f} s in all, {policy.max_wire // 10**6} MB on the wire, "
        f"{policy.max_body // 10**6} MB unpacked, {policy.max_hops} redirects |"
    ) in TEXT
    assert f"one request a host, {Settings().hosts_at_once} hosts side by side" in TEXT
    assert f"| tries | {policy.retries + 1}," in TEXT
    assert f"slept up to {policy.max_inline_wait / 60:.0f} minutes" in TEXT
    assert f"| {policy.breaker} bad answers in a row | the host rests for half an hour" in TEXT
    assert policy.pause == 1_800
    assert f"files end at\n{ROLL >> 20} MB" in TEXT


def test_the_file_of_host_rules_is_read_as_shown(tmp_path: Path) -> None:
    path = tmp_path / "hosts.toml"
    path.write_text(re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)[1], "utf-8")
    rule = load_host_rules(path)["www.example.gov.cn"]
    assert rule != HostRule()
    assert (rule.gap, rule.daily_cap, rule.tls.legacy, rule.tls.seclevel) == (10, 500, True, 0)
    assert rule.tls.extra_ca == tmp_path / "inter.pem"
