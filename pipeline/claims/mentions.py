"""What stands in a sentence: names, groups, figures and lists, with offsets, before any meaning is
decided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.claims.lexicon import Cue, gate, grammar
from pipeline.claims.worded import UNKNOWN


@dataclass(frozen=True, slots=True)
class Name:
    """A unit named in the text.

    Attributes:
        key: what binds it to a row: the unit_id, or ``label:<folded label>`` of a unit only the tables know.
        exact: False when the printed name is only near a known one (then ``label`` is the proposal).
    """

    start: int
    end: int
    text: str
    key: str
    label: str
    kind: str
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """A plural that stands for units: ``scope`` is members, riket, lan, stadsdelar, mean or other."""

    start: int
    end: int
    text: str
    scope: str
    singular: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the text.

    Attributes:
        kind: ``percent``, ``points``, ``number``, ``range``, ``fraction``, ``share`` (n of m),
            ``year``, ``delta`` (how far two levels are apart) or ``condition`` (per 10 000 invånare: no
            result).
        value: percent 0–100, the number, the lower end of a range, n of a share.
        high: the upper end of a range (None when open), m of a share.
        decimals: digits after the comma as printed.
        hedge: ``about``, ``above``, ``below``, ``more``, ``less``, ``at_least``, ``at_most`` or None.
        unit: the noun or symbol after it, lower case, or None.
    """

    start: int
    end: int
    text: str
    kind: str
    value: float
    high: float | None = None
    decimals: int = 0
    hedge: str | None = None
    unit: str | None = None
    bracket: bool = False


@dataclass(frozen=True, slots=True)
class NameList:
    """Names joined by commas and "och": ``role`` is subject, exception, target or place."""

    start: int
    end: int
    names: tuple[Name, ...]
    role: str


class Clause(NamedTuple):
    """A stretch of a sentence with one predicate; ``lead`` is the word that opens it (men, medan, vilket
    …)."""

    start: int
    end: int
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A sentence with everything found in it; all offsets count in ``text``.

    Attributes:
        marks: what it holds of what expressions need (``gate``).
        blanked: once asked for, the text without who and how much (``phrase``).
    """

    text: str
    lower: str
    cues: tuple[Cue, ...] = ()
    names: tuple[Name, ...] = ()
    groups: tuple[Group, ...] = ()
    figures: tuple[Figure, ...] = ()
    lists: tuple[NameList, ...] = ()
    clauses: tuple[Clause, ...] = ()
    areas: tuple[tuple[int, int, str], ...] = field(default=())
    marks: int = field(default=UNKNOWN, compare=False, repr=False)
    blanked: list[str] = field(init=False, default_factory=list, compare=False, repr=False)

    def may(self, name: str) -> bool:
        """Whether the expression of this name can match in the sentence or in a part of it."""
        need = gate().needs[name]
        return self.marks & need == need

    def search(self, name: str) -> re.Match[str] | None:
        """The first match of an expression of the grammar in the lower-case sentence."""
        return grammar(name).search(self.lower) if self.may(name) else None

    def finditer(self, name: str) -> Iterable[re.Match[str]]:
        """The matches of an expression of the grammar in the lower-case sentence."""
        return grammar(name).finditer(self.lower) if self.may(name) else ()

    def cues_in(self, clause: Clause, *kinds: str) -> tuple[Cue, ...]:
        """The cues of the given kinds that begin inside the clause."""
        start, end = clause.start, clause.end
        return tuple([c for c in self.cues if c.kind in kinds and start <= c.start < end])

    def at(self, name: str, place: int) -> re.Match[str] | None:
        """The match of an expression of the grammar at a place of the lower-case sentence."""
        return grammar(name).match(self.lower, place) if self.may(name) else None

    def before(self, name: str, end: int) -> re.Match[str] | None:
        """The first match of an expression of the grammar in what stands before a place, and ends there."""
        return grammar(name).search(self.lower[:end]) if self.may(name) else None

    def behind(self, name: str, start: int) -> re.Match[str] | None:
        """The match of an expression of the grammar right at a place, as if the sentence began there."""
        return grammar(name).match(self.lower[start:]) if self.may(name) else None
