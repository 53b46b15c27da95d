"""No rule of the page readers needs more than half a second for 100,000 hostile characters."""

import re
import time
from importlib import import_module

import pytest

from transforms.sites import all_sites

MODULES = [
    "encoding",
    "blocks",
    "dom",
    "nesting",
    "headers",
    "listings",
    "locating",
    "looks",
    "pages",
    "metas",
    "gates",
    "repeats",
]
HOSTILE = [
    unit * (100_000 // len(unit))
    for unit in (
        *"1 （<\"'张.&=",
        "来源",
        "a=",
        "2021-03-",
        "2021年1",
        "张 ",
        "<a ",
        '<a b="c" ',
        "createPageHTML( ",
        "location = ",
        "<meta charset ",
        "&lt;",
        "纪委监委",
        "<!-",
        "<!--",
        "/2021",
        "来\u3000",
        "<script ",
    )
]


def rules() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    named = {
        f"{name}.{key}": value
        for name in MODULES
        for key, value in vars(import_module(f"transforms.pages.{name}")).items()
        if isinstance(value, re.Pattern) and key != "PAGE_NAME"  # matched whole, never searched
    }
    return named | {f"sites.{name}": site.article_url for name, site in all_sites().items()}


@pytest.mark.parametrize(("name", "rule"), rules().items(), ids=rules())
def test_rule_is_linear(name: str, rule: re.Pattern) -> None:
    for text in HOSTILE:
        subject = text.encode() if isinstance(rule.pattern, bytes) else text
        spent = min(_seconds(rule, subject) for _ in range(2))
        assert spent < 0.5, (name, text[:12])


def _seconds(rule: re.Pattern, subject: str | bytes) -> float:
    start = time.process_time()
    for _ in rule.finditer(subject):
        pass
    return time.process_time() - start
