"""A noun made quickly is the noun that dataclasses makes."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, replace
from inspect import signature

import pytest

from transforms.making import quick
from transforms.model import Span


@dataclass(frozen=True, slots=True)
class Plain:
    start: int
    end: int = 7
    words: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    start: int
    end: int = 7
    words: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Long:
    kind: str
    a: int = 1
    b: int = 2
    c: int = 3
    d: int = 4
    e: int = 5
    words: tuple[str, ...] = ()


def test_a_noun_of_many_fields_is_locked_once_it_is_filled() -> None:
    noun = Long("x", 7, e=9)
    assert type(noun) is Long
    assert noun == Long("x", 7, 2, 3, 4, 9, ())
    assert pickle.loads(pickle.dumps(noun)) == noun
    with pytest.raises(FrozenInstanceError):
        noun.a = 3


@pytest.mark.parametrize(
    ("given", "named"), [((1,), {}), ((1, 2), {}), ((1,), {"words": ("a",)}), ((), {"start": 3})]
)
def test_every_field_is_filled_as_dataclasses_fills_it(given: tuple[int, ...], named: dict) -> None:
    plain, quickly = Plain(*given, **named), Quick(*given, **named)
    assert [quickly.start, quickly.end, quickly.words] == [plain.start, plain.end, plain.words]
    assert repr(quickly) == repr(plain).replace("Plain", "Quick")


def test_it_takes_the_same_parameters() -> None:
    assert list(signature(Quick).parameters) == list(signature(Plain).parameters)
    assert Quick.__init__.__annotations__ == Plain.__init__.__annotations__
    with pytest.raises(TypeError):
        Quick()


def test_it_stays_frozen_comparable_and_can_be_copied() -> None:
    span = Span(1, 2)
    with pytest.raises(FrozenInstanceError):
        span.start = 3
    assert span == Span(1, 2)
    assert hash(span) == hash(Span(1, 2))
    assert span < Span(1, 3)
    assert replace(span, end=4) == Span(1, 4)
    assert pickle.loads(pickle.dumps(span)) == span
