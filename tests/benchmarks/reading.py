"""Print how fast text is read, by stage and beside others. Run it by hand: it asserts nothing.

    python tests/benchmarks/reading.py [FILE]

FILE is a plain text; without one, the sample articles of the project are joined to about 2,100
characters. JioNLP and Recognizers-Text are timed on the same text where they are installed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
STARTED = time.perf_counter()

from transforms.actors import ActorReader  # noqa: E402
from transforms.document import document_of  # noqa: E402
from transforms.figures import scan  # noqa: E402
from transforms.measures import find_measures  # noqa: E402
from transforms.mentions import find_mentions  # noqa: E402
from transforms.model import Article  # noqa: E402
from transforms.periods import PeriodReader  # noqa: E402
from transforms.programmes import find_programmes  # noqa: E402
from transforms.reading import read_article  # noqa: E402

IMPORTED = time.perf_counter() - STARTED
LENGTH = 2_100
HUNDRED_THOUSAND = 100_000
HOSTILE = {
    "digits": "1",
    "一一一": "一",
    "提醒谈话": "提醒谈话",
    "提醒谈话1人": "提醒谈话1人",
    "处理9人其中": "处理9人其中",
    "占9%、": "占9%、",
    "（1人": "（1人",
    "rare": "龘",
    "纪委监委": "纪委监委",
    "2021年": "2021年",
}


def best(work: Callable[[], object], times: int = 30) -> float:
    """Milliseconds of the fastest run."""
    fastest = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        fastest = min(fastest, time.perf_counter() - started)
    return fastest * 1000


def sample() -> str:
    readings = ROOT / "flows" / "samples" / "expected" / "readings.jsonl"
    lines = readings.read_text("utf-8").splitlines()
    return "\n".join(json.loads(line)["text"] or "" for line in lines)[:LENGTH]


def article(text: str) -> Article:
    return Article(
        article_id="benchmark", site=None, url=None, title="青秀区监督护航营商环境",
        published_at=datetime(2021, 3, 29, tzinfo=UTC), source="南宁市青秀区纪委监委", author=None,
        column=None, text=text,
    )  # fmt: skip


def stages(text: str) -> dict[str, float]:
    document = document_of(article(text))
    figures, _ = scan(document.text)
    mentions = find_mentions(document)
    programmes = find_programmes(document, mentions)
    periods, actors = PeriodReader(document), ActorReader(document, mentions)
    return {
        "figures": best(lambda: scan(document.text)),
        "mentions": best(lambda: find_mentions(document_of(article(text)))),
        "programmes": best(lambda: find_programmes(document, mentions)),
        "periods": best(lambda: PeriodReader(document)),
        "actors": best(lambda: ActorReader(document, mentions)),
        "measures": best(lambda: find_measures(document, figures, periods, actors, programmes)),
    }


def others(text: str) -> dict[str, float]:
    timed = {}
    if find_spec("jionlp"):
        import jionlp

        timed["JioNLP money and time"] = best(
            lambda: (jionlp.ner.extract_money(text), jionlp.ner.extract_time(text)), 3
        )
    if find_spec("recognizers_number"):
        from recognizers_number import recognize_number

        timed["Recognizers-Text number"] = best(lambda: recognize_number(text, "zh-cn"), 3)
    return timed


def main() -> None:
    text = Path(sys.argv[1]).read_text("utf-8") if len(sys.argv) > 1 else sample()
    started = time.perf_counter()
    reading = read_article(article(text))
    first = time.perf_counter() - started
    whole = best(lambda: read_article(article(text)))
    print(f"import {IMPORTED * 1000:.0f} ms, first article {first * 1000:.0f} ms")
    print(f"{len(text)} characters, {len(reading.measures)} measures: {whole:.2f} ms,"
          f" {1000 / whole:.0f} articles/s")  # fmt: skip
    for name, spent in {**stages(text), **others(text)}.items():
        print(f"  {name:24} {spent:8.2f} ms")
    for name, unit in HOSTILE.items():
        hostile = article(unit * (HUNDRED_THOUSAND // len(unit)))
        spent = best(lambda hostile=hostile: read_article(hostile), 1)
        print(f"  100,000 of {name:14} {spent / 1000:7.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
