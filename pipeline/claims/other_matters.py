"""Words that tell that a claim is of something else than its column shows, though its column was named."""

from __future__ import annotations

from pipeline.claims.assertion import Assertion, CompareSaid, FigureSaid, RankSaid, SetSaid
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause
from pipeline.claims.units import ANSWERS, kind_of_unit, word_kind
from pipeline.claims.view import Column

#: Units in which nothing tells how long it takes.
_NO_TIME = frozenset({"procent", "kronor", ANSWERS})

_LASTS = "ordet gäller hur lång tid något tar, men kolumnen visar något annat"
_APART = "skillnaden anges i en annan enhet än kolumnens"
_PART = "talet är en del av det helhetstal som meningen börjar med"
_SAME = "meningen gäller samma kommuner som en annan mening räknar upp"
_WITHOUT = "det som bara gäller dem är att ha det ena utan det andra"


def other_matter(one: Assertion, note: Annotated, clause: Clause) -> str | None:
    """The Swedish reason why an assertion is of something else than its columns show; None when nothing
    tells so.

    Args:
        note: the sentence. clause: the one of its clauses that asserts it.
    """
    if isinstance(one.said, SetSaid):
        if grammar("sureness_same_units").search(note.lower, clause.start, clause.end):
            return _SAME  # "på samma orter": those that another sentence lists
        alone = one.said.quantifier == "only" and grammar("sureness_without").search(note.lower, clause.start)
        return _WITHOUT if alone else None  # "ensam om att ha X men ingen Y": others may have both
    if isinstance(one.said, FigureSaid) and _of_the_rest(one.said, note, clause):
        return _PART
    if isinstance(one.said, CompareSaid) and _in_other_unit(one, note):
        return _APART
    if isinstance(one.said, CompareSaid | RankSaid) and _of_duration(one, note):
        return _LASTS
    return None


def _of_the_rest(said: FigureSaid, note: Annotated, clause: Clause) -> bool:
    """``Av 25 utskick i Sala kom 18 tillbaka``: the words that name the column stand with the whole."""
    if said.figure.kind != "number" or not note.lower.startswith("av ", clause.start):
        return False
    whole = next((one for one in note.figures if one.start >= clause.start), None)
    return (
        whole is not None and whole.start - clause.start <= len("av de ") and whole.start < said.figure.start
    )


def _of_duration(one: Assertion, note: Annotated) -> bool:
    """``Snabbast klara är de i Sala`` of a column of per cent: most of them are in time, or few are slow."""
    told = note.lower[max(one.start - 1, 0) : one.end]
    if not one.targets or grammar("units_said_dagar").search(told) is None:
        return False
    return not any(_lasts(target.column) for target in one.targets)


def _lasts(column: Column) -> bool:
    """Whether a column may show how long something takes: no shares of those who are ready in time."""
    if column.unit is not None:
        return kind_of_unit(column.unit) not in _NO_TIME
    return grammar("sureness_in_time").search(column.label.lower()) is None


def _in_other_unit(one: Assertion, note: Annotated) -> bool:
    """``En dag under snittet`` of a column that counts persons."""
    by = note.before("sureness_by", one.start)
    if by is None or not one.targets:
        return False
    return not any(_counts(target.column, by.group("unit")) for target in one.targets)


def _counts(column: Column, word: str) -> bool:
    """Whether a column's values are of the kind that a unit names: by its own unit, else by its label."""
    kind, held = word_kind(word), kind_of_unit(column.unit)
    return held == kind if held else grammar(f"units_label_{kind}").search(column.words.lower()) is not None
