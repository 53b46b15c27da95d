"""Give the report its own words in the reader's language, from labels.tsv and the taxonomy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from transforms import lexicon
from transforms.errors import UsageError

LANGUAGES = ("zh", "en")
_ORDER = ("accountability", "casework", "inspection", "business", "supervision", "livelihood")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language; an unknown key is a mistake of ours and raises KeyError."""

    lang: str

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key with its {places} filled in."""
        return _texts()[key][self.lang].format(**values)

    def code(self, kind: str, code: str) -> str:
        """Return the word for a code of the data (n: nature, m: modality, b: basis of a period)."""
        row = _texts().get(f"{kind}_{code}")
        return row[self.lang] if row else code

    def category(self, code: str) -> str:
        """Return the label of a category; a code the taxonomy does not know stays as it is."""
        row = _codes("category").get(code) or _codes("campaign_kind").get(code)
        return row[f"label_{self.lang}"] if row else code

    def indicator(self, category: str, problem: str | None = None, rank: str | None = None) -> str:
        """Return a category's label with the problem or rank it is counted for."""
        of = [
            _codes(dim)[code][f"label_{self.lang}"]
            for dim, code in (("problem", problem), ("rank", rank))
            if code in _codes(dim)
        ]
        name = self.category(category)
        new = [word for word in of if word not in name.replace("-", " ")]
        return f"{name} ({self.listed(new)})" if new else name

    def unit(self, unit: str | None, *, one: bool = False) -> str:
        """Return a unit as it follows a number: 人, or in English ` persons` where known."""
        if self.lang == "zh" or not unit:
            return unit or ""
        row = _texts().get(f"u_{unit}")
        word = row and (_singular(row["en"]) if one else row["en"])
        return f" {word}" if word else unit

    def listed(self, words: list[str]) -> str:
        """Join words as the language lists them."""
        return self("list_sep").join(words)


def _singular(word: str) -> str:
    """Return one of what an English plural says: cities → city, batches → batch, items → item."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("es") if word.endswith("ches") else word.removesuffix("s")


def labels(lang: str) -> Labels:
    """Return the labels of `zh` or `en`; raise UsageError for another language."""
    if lang not in LANGUAGES:
        raise UsageError(f"no texts in {lang!r}; choose one of {', '.join(LANGUAGES)}")
    return Labels(lang)


@cache
def subject_of(code: str) -> str:
    """Return the topmost code a category belongs to: removal_from_post → accountability."""
    parent = parent_of(code)
    return subject_of(parent) if parent else code


@cache
def rank_of(subject: str) -> int:
    """Return the place of a subject in the order a reader of this report looks for them."""
    return _ORDER.index(subject) if subject in _ORDER else len(_ORDER)


def parent_of(code: str) -> str | None:
    """Return the code one level up, None at the top or for an unknown code."""
    row = _codes("category").get(code)
    return (row["parent"] or None) if row else None


@cache
def lineage(code: str) -> tuple[str, ...]:
    """Return the code and its ancestors, nearest first."""
    parent = parent_of(code)
    return (code, *lineage(parent)) if parent else (code,)


@cache
def _codes(dim: str) -> dict[str, dict[str, str]]:
    return lexicon.codes(dim)


@cache
def _texts() -> dict[str, dict[str, str]]:
    lines = files(__package__).joinpath("labels.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:] if line)
    return {key: {"zh": zh, "en": en} for key, zh, en in rows}
