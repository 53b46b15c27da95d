"""Print how fast texts are read, room by room, and what adversarial texts cost.

Run it by hand; it asserts nothing:

    python -m tests.benchmarks.reading [FILE [DAY]]

Without FILE it reads six of the sample articles, 2,100 characters in one. Times are CPU times
of one core, the best of many runs; what is remembered of the text is forgotten between runs.
JioNLP and Recognizers-Text read the same text where they are installed.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

LENGTH = 100_000  # characters of an adversarial text
RUNS = 100
RARE = "".join(map(chr, range(0x3400, 0x3400 + 5_000)))
ADVERSARIAL = {
    "digits": "7",
    "numerals": "一",
    "one verb": "提醒谈话",
    "rare characters": RARE,
    "organs": "纪委",
    "months": "1月",
    "a list": "1、",
    "figures that touch": "3人",
    "deeds with figures": "查处3起、",
    "parts": "其中3个，",
    "places": "南宁市",
    "programmes": "专项行动",
    "quotes": "“",
    "brackets": "（",
    "lines": "\n",
}
USAGE = "usage: python -m tests.benchmarks.reading [FILE [DAY] | --adversarial NAME]"


def cpu_ms(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the best CPU time of some runs, in milliseconds."""
    best = float("inf")
    for _ in range(runs):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best * 1000


def sample() -> str:
    from flows.samples.source import read_sources

    text = ""
    for source in read_sources():
        if source.name[:2] in {"13", "14", "17", "18", "19", "25"}:
            text += source.text + "\n"
    return text[:2_100]


def rooms(text: str, day: date) -> dict[str, Callable[[], object]]:
    """Return the work of each room on one text; those before it are done already."""
    from transforms.actors.actors import ActorReader
    from transforms.document import Document, fold, without_invisible
    from transforms.figures.figures import scan
    from transforms.measures.measures import find_measures
    from transforms.mentions import homes
    from transforms.mentions.mentions import find_mentions
    from transforms.periods.periods import PeriodReader
    from transforms.programmes.programmes import find_programmes
    from transforms.reading import read_text

    def forget() -> None:
        find_mentions.cache_clear()
        homes.find_home.cache_clear()
        homes._named.cache_clear()
        homes._places_of.cache_clear()

    def mentioned() -> None:
        forget()
        find_mentions(document())

    def whole() -> None:
        forget()
        read_text(text, published_at=day)

    def document() -> Document:
        return Document(fold(text), published_on=day)

    known = document()
    figures, mentions = scan(known.text)[0], find_mentions(known)
    programmes = find_programmes(known, mentions)
    return {
        "folding": lambda: (without_invisible(text), fold(text)),
        "figures": lambda: scan(known.text),
        "mentions": mentioned,
        "programmes": lambda: find_programmes(document(), mentions),
        "periods": lambda: PeriodReader(document()),
        "actors": lambda: ActorReader(known, mentions),
        "measures": lambda: find_measures(
            document(),
            figures,
            PeriodReader(known),
            ActorReader(known, mentions),
            programmes,
        ),
        "whole": whole,
    }


def peers(text: str) -> dict[str, Callable[[], object]]:
    """Return the readers of other projects that are installed."""
    found: dict[str, Callable[[], object]] = {}
    try:
        import jionlp
    except ImportError:
        pass
    else:
        found["JioNLP, money and times"] = lambda: (
            jionlp.ner.extract_money(text),
            jionlp.ner.extract_time(text),
        )
    try:
        from recognizers_number import recognize_number
        from recognizers_number_with_unit import recognize_currency
        from recognizers_text import Culture
    except ImportError:
        pass
    else:
        found["Recognizers-Text, numbers and money"] = lambda: (
            recognize_number(text, Culture.Chinese),
            recognize_currency(text, Culture.Chinese),
        )
    return found


def print_rooms(text: str, day: date) -> None:
    done = rooms(text, day)
    times = {name: cpu_ms(work) for name, work in done.items()}
    # The measures ask the times and the actors; what reading these costs is theirs.
    times["measures"] -= times["periods"] + times["actors"]
    for name, each in times.items():
        print(f"{name:<40}{each:9.3f} ms {1000 / each:10,.0f} articles/s")
    for name, work in peers(text).items():
        work()
        each = cpu_ms(work, 5)
        print(f"{name:<40}{each:9.3f} ms {1000 / each:10,.0f} articles/s")


def print_start() -> None:
    """Print what loading the engine and reading the first words cost a new process."""
    script = (
        "import time; began = time.process_time(); from transforms.reading import read_text; "
        "loaded = time.process_time(); read_text('全区今年立案155件，处分8人。'); "
        "print(loaded - began, time.process_time() - loaded)"
    )
    runs = [
        list(map(float, subprocess.check_output([sys.executable, "-c", script]).split()))
        for _ in range(3)
    ]
    for name, seconds in zip(
        ("load the engine", "read the first words"), map(min, *runs), strict=True
    ):
        print(f"{name:<40}{seconds * 1000:9.0f} ms")


def print_adversarial(name: str) -> None:
    from transforms.reading import read_text

    unit = ADVERSARIAL[name]
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    read_text("先读一句。")
    began = time.process_time()
    reading = read_text(text, published_at=date(2021, 3, 29))
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<40}{seconds:9.2f} s  {peak:6.0f} MB {len(reading.measures):8,} measures")


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--adversarial"] and len(arguments) == 2:
        print_adversarial(arguments[1])
        return
    if any(argument.startswith("-") for argument in arguments) or len(arguments) > 2:
        raise SystemExit(USAGE)
    text = Path(arguments[0]).read_text("utf-8") if arguments else sample()
    day = date.fromisoformat(arguments[1]) if len(arguments) > 1 else date(2021, 3, 29)
    print(f"{len(text):,} characters, best of {RUNS}, CPU time of one core")
    print_start()
    print_rooms(text, day)
    print(f"\n{LENGTH:,} characters of one thing, each in a process of its own")
    for name in ADVERSARIAL:
        subprocess.run([sys.executable, "-m", __spec__.name, "--adversarial", name], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
