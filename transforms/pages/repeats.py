"""The same article told twice: under two addresses, reposted by another site, or revised later.

Texts are compared by their character 4-grams, through a sketch of the smallest hashes, so that a
hundred thousand articles can be compared without reading them again. Two monthly bulletins share
most of their words and none of their figures: texts repeat each other only if their numbers do too.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from transforms.document import fold
from transforms.model import Article

GRAM = 4  # characters
SKETCH = 128  # hashes kept of each text: an error of about 4 % at a likeness of 0.7
ALIKE = 0.7  # of the 4-grams of both texts together
SAME_NUMBERS = 0.8  # of the numbers of the text that has fewer of them
FEW_NUMBERS = 3
COMMON = 256  # articles that share a hash: a set phrase, which tells nothing of this article
LEAST_SHARED = 8  # hashes that two articles must share to be compared at all
DISTINCT = re.compile(r"\W|_")
NUMBER = re.compile(r"(?<![0-9.])[0-9]{1,16}(?:\.[0-9]{1,6})?")
LAST = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of an article to find its repeats: a hash, a sketch, its numbers."""

    article_id: str
    site: str | None
    published_at: datetime | None
    text_sha256: str  # of the text without spaces and punctuation
    sketch: tuple[int, ...]  # the smallest hashes of its 4-grams, ascending
    numbers: tuple[tuple[str, int], ...]  # each number and how often it stands in the text


@dataclass(frozen=True, slots=True)
class Repeat:
    """An article that tells another again: same_text | repost | revision."""

    article_id: str
    original_id: str
    kind: str
    likeness: float


def signature_of(article: Article) -> Signature:
    """Sketch an article; the same text gives the same signature on every machine."""
    text = fold(article.text)
    bare = DISTINCT.sub("", text)
    grams = {bare[index : index + GRAM] for index in range(max(1, len(bare) - GRAM + 1))}
    return Signature(
        article_id=article.article_id,
        site=article.site,
        published_at=article.published_at,
        text_sha256=hashlib.sha256(bare.encode()).hexdigest(),
        sketch=tuple(heapq.nsmallest(SKETCH, map(_hash, grams))),
        numbers=tuple(sorted(Counter(NUMBER.findall(text)).items())),
    )


def likeness(one: Signature, other: Signature) -> float:
    """Estimate the share of their 4-grams that two texts have in common, 0 to 1."""
    if one.text_sha256 == other.text_sha256:
        return 1.0
    smallest = heapq.nsmallest(SKETCH, {*one.sketch, *other.sketch})
    common = {*one.sketch} & {*other.sketch}
    return sum(value in common for value in smallest) / len(smallest)


def are_repeats(one: Signature, other: Signature) -> bool:
    """Say whether two articles tell the same: their words are alike and so are their numbers."""
    return likeness(one, other) >= ALIKE and _numbers_agree(one, other)


def find_repeats(signatures: Iterable[Signature]) -> tuple[Repeat, ...]:
    """Find the articles that repeat an earlier one, each with the earliest, whatever the order.

    Everything not named is an original. Repeats of repeats are led back to the same original.
    """
    known = _Known()
    repeats: list[Repeat] = []
    for signature in sorted(signatures, key=_age):
        original = known.original_of(signature)
        if original is None:
            known.add(signature)
        else:
            repeats.append(_repeat(signature, original))
    return tuple(repeats)


class _Known:
    """The originals so far, by their text and by the hashes of their sketches."""

    def __init__(self) -> None:
        self._by_text: dict[str, Signature] = {}
        self._by_hash: dict[int, list[Signature]] = {}

    def add(self, signature: Signature) -> None:
        self._by_text[signature.text_sha256] = signature
        for value in signature.sketch:
            holders = self._by_hash.setdefault(value, [])
            if len(holders) <= COMMON:
                holders.append(signature)

    def original_of(self, signature: Signature) -> Signature | None:
        """Return the likest of the originals that this article repeats."""
        if same := self._by_text.get(signature.text_sha256):
            return same
        alike = [known for known in self._candidates(signature) if are_repeats(known, signature)]
        return max(alike, key=lambda known: likeness(known, signature), default=None)

    def _candidates(self, signature: Signature) -> list[Signature]:
        holders = (self._by_hash.get(value, ()) for value in signature.sketch)
        telling = [known for group in holders if len(group) <= COMMON for known in group]
        shared = Counter(known.article_id for known in telling)
        by_id = {known.article_id: known for known in telling}
        least = min(LEAST_SHARED, len(signature.sketch) // 3)
        return [by_id[name] for name, count in shared.items() if count > least]


def _repeat(signature: Signature, original: Signature) -> Repeat:
    if signature.site != original.site:
        kind = "repost"
    elif signature.text_sha256 == original.text_sha256:
        kind = "same_text"
    else:
        kind = "revision"
    return Repeat(
        signature.article_id, original.article_id, kind, round(likeness(signature, original), 3)
    )


def _numbers_agree(one: Signature, other: Signature) -> bool:
    ours, theirs = Counter(dict(one.numbers)), Counter(dict(other.numbers))
    fewer = min(ours.total(), theirs.total())
    if fewer < FEW_NUMBERS:
        return ours == theirs or likeness(one, other) > (1 + ALIKE) / 2
    return (ours & theirs).total() >= SAME_NUMBERS * fewer


def _age(signature: Signature) -> tuple[datetime, str]:
    return signature.published_at or LAST, signature.article_id


def _hash(gram: str) -> int:
    return int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest())
