"""Which kind of value a figure of the text is (days, kronor, per cent …) and which columns can hold it."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause, Figure
from pipeline.claims.view import Column

#: A column of answers holds shares (57 %) and counts of units.
ANSWERS = "svar"
_SHARES = frozenset({"procent", "antal"})


def kind_of(figure: Figure) -> str | None:
    """``procent``, ``dagar``, ``manader``, ``kronor`` or ``antal`` (persons, places …); None when the text
    does not tell."""
    if figure.kind == "percent":
        return "procent"
    if figure.kind not in ("number", "range", "delta") or figure.unit is None:
        return None
    return word_kind(figure.unit)


def word_kind(word: str) -> str | None:
    """The kind of value that a printed unit or a noun after a figure stands for; None when it is none."""
    match = grammar("units_kind").match(word.lower())
    if match is None:
        return None
    return next(name for name, hit in match.groupdict().items() if hit)


def kinds_in(note: Annotated, clause: Clause) -> frozenset[str]:
    """The kinds of value that the figures of a clause state; "inom tre månader" states none."""
    told = (
        kind_of(figure)
        for figure in note.figures
        if clause.start <= figure.start < clause.end and not _condition(note, figure)
    )
    return frozenset(kind for kind in told if kind is not None)


def _condition(note: Annotated, figure: Figure) -> bool:
    """Whether a length of time is a condition of what is told, no result."""
    kind = kind_of(figure)
    if kind == "manader" and figure.decimals == 0:
        return True
    return (
        kind in ("dagar", "manader")
        and grammar("units_condition").search(note.lower[: figure.start]) is not None
    )


def holds_kind(column: Column, kinds: Iterable[str]) -> bool:
    """Whether a column can hold a figure of one of the kinds; a column of unknown unit can hold any."""
    wanted = frozenset(kinds)
    if not wanted or column.unit is None:
        return True
    if column.unit == ANSWERS:
        return bool(wanted & _SHARES) or any(word_kind(word) in wanted for word in column.words.split())
    return column.unit in wanted
