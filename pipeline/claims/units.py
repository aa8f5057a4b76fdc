"""Which kind of value a figure of the text is (days, kronor, per cent …) and which columns can hold it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause, Figure
from pipeline.claims.view import Column

#: A column of answers holds shares (57 %) and counts of units.
ANSWERS = "svar"
_SHARES = frozenset({"procent", "antal"})
#: Two amounts of money that differ by this factor are not the same kind of amount.
_FAR = 8.0
#: Kinds that a cell without a printed unit holds only where its label speaks of them.
_MEASURED = ("kronor", "dagar", "manader")


def kind_of(figure: Figure) -> str | None:
    """``procent``, ``dagar``, ``manader``, ``kronor`` or ``antal`` (persons, places …); None when the text
    does not tell."""
    if figure.kind == "percent":
        return "procent"
    if figure.kind not in ("number", "range", "delta") or figure.unit is None:
        return None
    return word_kind(figure.unit)


@lru_cache(maxsize=5_000)
def word_kind(word: str) -> str | None:
    """The kind of value that a printed unit or a noun after a figure stands for; None when it is none."""
    match = grammar("units_kind").match(word.lower())
    if match is None:
        return None
    return next(name for name, hit in match.groupdict().items() if hit)


@lru_cache(maxsize=1)
def _factors() -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple(
        (grammar(f"units_{name}"), factor)
        for name, factor in (("thousands", 1e3), ("millions", 1e6), ("milliards", 1e9))
    )


def factor_of(text: str | None) -> float:
    """By how much a printed unit of money multiplies: 1000 for tkr and tusen kronor, 1 when it does not."""
    return next(
        (factor for expression, factor in _factors() if text and expression.search(text.lower())), 1.0
    )


def could_hold(figure: Figure, column: Column, value_unit: str | None) -> bool:
    """Whether a cell can be what a figure with a unit of measure speaks of.

    A cell that prints no unit holds what its label tells: money only where it speaks of money, days only
    where it speaks of time. A rate ("kronor per dygn") is no total, and no total a rate.
    """
    kind = kind_of(figure)
    if kind is None:
        return True
    if kind in _MEASURED:
        told = kind_of_unit(value_unit) or (column.unit if column.unit in _MEASURED else None)
        if told is not None and told != kind:
            return False
        if told is None and grammar(f"units_label_{kind}").search(column.words.lower()) is None:
            return False
    return True


def in_unit_of(figure: Figure, column: Column, value_unit: str | None, value: float) -> float:
    """A cell's amount of money in the unit that the text prints (1 146 tkr is 1,146 miljoner kronor); other
    values as they are."""
    if kind_of(figure) != "kronor":
        return value
    cell = factor_of(value_unit)
    if cell == 1.0 and (tail := grammar("units_tail").search(column.label.lower())) is not None:
        cell = factor_of(tail.group(1))
    return value * cell / factor_of(figure.unit)


def other_size(figure: Figure, value: float) -> bool:
    """Whether amounts of money are so far apart that one is a rate or a total of the other."""
    if kind_of(figure) != "kronor" or not value or not figure.value:
        return False
    return not 1 / _FAR < figure.value / value < _FAR


def kind_of_unit(value_unit: str | None) -> str | None:
    """The kind of value of a printed unit (tkr is kronor); None when none is printed."""
    if value_unit is None or value_unit == "antal":
        return None
    return word_kind(value_unit) or value_unit


def kinds_in(note: Annotated, clause: Clause) -> frozenset[str]:
    """The kinds of value that the figures of a clause state; "inom tre månader" states none."""
    told = (
        kind_of(figure)
        for figure in note.figures
        if clause.start <= figure.start < clause.end and not _condition(note, figure)
    )
    found = frozenset(kind for kind in told if kind is not None)
    if found:
        return found
    said = _said_in(note, clause, ("dagar", "kronor"))
    counted = _said_in(note, clause, ("antal", "procent"))
    return said or (counted if len(counted) == 1 else frozenset())


def _said_in(note: Annotated, clause: Clause, kinds: Iterable[str]) -> frozenset[str]:
    """The kinds of value that a word of the clause tells (dyrast, antalet)."""
    names = [(kind, f"units_said_{kind}") for kind in kinds]
    text = note.lower[clause.start : clause.end]
    return frozenset(kind for kind, name in names if note.may(name) and grammar(name).search(text))


def _condition(note: Annotated, figure: Figure) -> bool:
    """Whether a length of time is a condition of what is told, no result."""
    kind = kind_of(figure)
    if kind == "manader" and figure.decimals == 0:
        return True
    return kind in ("dagar", "manader") and note.before("units_condition", figure.start) is not None


def holds_kind(column: Column, kinds: Iterable[str]) -> bool:
    """Whether a column can hold a figure of one of the kinds; a column of unknown unit can hold any."""
    wanted = frozenset(kinds)
    if not wanted or column.unit is None:
        return True
    if column.unit == ANSWERS:
        return bool(wanted & _SHARES) or any(word_kind(word) in wanted for word in column.words.split())
    held = kind_of_unit(column.unit) or column.unit
    return held in wanted or (held == "manader" and "dagar" in wanted)
