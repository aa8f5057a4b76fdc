"""The span of a group's figures: "varierar mellan 81 och 95 procent", "från 5 till 21 dagar"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause, Figure

_SIZED = ("percent", "number")


def find_spans(note: Annotated, clause: Clause) -> tuple[Figure, ...]:
    """The spans that a clause tells of the whole group, as figures of kind ``range``, by place.

    A span is told by a word for it (varierar, spänner, spridning) before its ends; of one unit's interval
    ("i Sala 4–7 dagar") it says nothing.
    """
    inside = [one for one in note.figures if clause.start <= one.start < clause.end]
    if not inside:
        return ()
    found = [
        one
        for one in inside
        if one.kind == "range" and _told(note, clause, one) and not _of_unit(note, clause)
    ]
    for one, two in pairwise(one for one in inside if one.kind in _SIZED):
        before, gap = note.lower[clause.start : one.start], note.lower[one.end : two.start]
        if (
            grammar("spans_from").search(before)
            and grammar("spans_to").fullmatch(gap)
            and one.value < two.value
            and not any(cue.kind in ("change", "multiple") for cue in note.cues)
        ):
            text = note.lower[one.start : two.end]
            high = replace(one, end=two.end, text=text, kind="range", high=two.value)
            found.append(replace(high, decimals=max(one.decimals, two.decimals), unit=two.unit or one.unit))
    return tuple(found)


def _told(note: Annotated, clause: Clause, figure: Figure) -> bool:
    return grammar("spans_between").search(note.lower[clause.start : figure.start]) is not None


def _of_unit(note: Annotated, clause: Clause) -> bool:
    """Whether the clause names units: the interval is then theirs."""
    return any(clause.start <= one.start < clause.end and one.key != "members" for one in note.names)
