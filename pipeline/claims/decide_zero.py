"""Denials against a column of counts: to have none is to have the count zero."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.claims.assertion import SetSaid
from pipeline.claims.binding import Target
from pipeline.claims.decide import shown
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause
from pipeline.claims.view import Line


def denies_any(note: Annotated, clause: Clause) -> bool:
    """Whether a clause says plainly that something is not there: it has no figure, rank, change or
    comparison of its own."""
    other = [
        cue
        for cue in note.cues_in(clause, "change", "compare", "rank", "second", "apart", "partial", "multiple")
        if note.lower[cue.start : cue.end] not in ("under", "över")
    ]
    sized = any(one.kind != "year" and clause.start <= one.start < clause.end for one in note.figures)
    there = grammar("zero_there").search(note.lower, clause.start, clause.end) is not None
    return there and not other and not sized


def zero_outcome(said: SetSaid, targets: Sequence[Target]) -> dict[Line, bool | None] | None:
    """Per member whether what is said of it holds, counts being zero or not; None where a column holds
    no counts."""
    plain = said.negative or said.quantifier == "none"
    if len(targets) != 1 or targets[0].column.unit not in ("antal", None if plain else "antal"):
        return None
    target = targets[0]
    told: dict[Line, bool | None] = {}
    for line in target.view.members:
        seen = target.view.cell(line, target.column)
        if seen is None or seen.value is None or seen.value != int(seen.value):
            return None
        told[line] = (seen.value > 0) != said.negative
    return told or None


def counts_shown(target: Target) -> list[str]:
    """Every member with its count, for the message."""
    cells = [(line, target.view.cell(line, target.column)) for line in target.view.members]
    return [f"{line.label} {shown(seen.value)}" for line, seen in cells if seen and seen.value is not None]
