"""Lets frozen nouns be made in half the time: a text of 2,000 characters makes a thousand."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

Noun = TypeVar("Noun")
MANY = 6  # fields from which on opening a noun costs less than going around its lock


def quick(kind: type[Noun]) -> type[Noun]:
    """Give a frozen dataclass with slots an __init__ that fills the slots directly.

    The one that dataclasses writes looks up object.__setattr__ for each field. Parameters and
    defaults stay the same; a default factory or a __post_init__ is none of its business.
    """
    made = fields(kind)  # type: ignore[arg-type] # a dataclass
    names = tuple(one.name for one in made)
    body, scope = _opened(kind, names) if len(names) >= MANY else _put(kind, names)
    scope |= {f"default_{one.name}": one.default for one in made}
    parameters = (
        one.name if one.default is MISSING else f"{one.name}=default_{one.name}" for one in made
    )
    source = f"def __init__(self, {', '.join(parameters)}):\n    " + "\n    ".join(body)
    exec(source, scope)  # noqa: S102 - as dataclasses writes its own; the names are ours
    written, given = scope["__init__"], kind.__init__
    written.__annotations__, written.__qualname__ = given.__annotations__, given.__qualname__
    written.__module__ = given.__module__
    kind.__init__ = written  # type: ignore[method-assign]
    return kind


def _put(kind: type, names: tuple[str, ...]) -> tuple[list[str], dict[str, Any]]:
    """Fill each slot by its descriptor."""
    body = [f"put_{name}(self, {name})" for name in names]
    return body, {f"put_{name}": vars(kind)[name].__set__ for name in names}


def _opened(kind: type, names: tuple[str, ...]) -> tuple[list[str], dict[str, Any]]:
    """Fill the slots while the noun is of a class with the same slots and no lock."""
    unlocked = type(kind.__name__, (), {"__slots__": names})
    body = ["become(self, unlocked_)", *(f"self.{name} = {name}" for name in names)]
    become = vars(object)["__class__"].__set__
    return [*body, "self.__class__ = kind_"], {
        "become": become,
        "unlocked_": unlocked,
        "kind_": kind,
    }
