"""Counts whose whole is told first: "Av åtta kommuner är det tre som …", "Antalet kommuner som … är fem"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause, Figure, Group
from pipeline.claims.units import kind_of


@dataclass(frozen=True, slots=True)
class Counted:
    """A count with the group that it counts.

    Attributes:
        figure: the count; a share (n of m) where the whole's size is told too.
        taken: where the figures of whole and part begin: neither says anything else.
    """

    figure: Figure
    group: Group
    taken: frozenset[int]


def find_whole(note: Annotated, clause: Clause) -> Counted | None:
    """The count of a clause that opens with its whole; None when it opens otherwise or counts nothing."""
    group = next((one for one in note.groups if clause.start <= one.start < clause.end), None)
    if group is None or group.singular or group.scope == "mean":
        return None
    before = note.lower[clause.start : group.start]
    opened = grammar("wholes_opening").fullmatch(before)
    number = grammar("wholes_number").fullmatch(before)
    if opened is None and number is None:
        return None
    size = next((f for f in note.figures if clause.start <= f.start < group.start), None)
    for figure in note.figures:
        if figure.start < group.end or figure.start >= clause.end:
            continue
        lead = grammar("wholes_part_after_number" if number else "wholes_part")
        if figure.kind != "number" or kind_of(figure) is not None or not _bare(note, figure):
            return None
        if lead.search(note.lower[group.end : figure.start]) is None:
            return None
        taken = frozenset({figure.start} | ({size.start} if size is not None else set()))
        if size is not None and size.kind == "number":
            figure = replace(figure, kind="share", high=size.value)
        return Counted(figure, group, taken)
    return None


def _bare(note: Annotated, figure: Figure) -> bool:
    """Whether a number stands alone: no noun that it counts follows."""
    return note.behind("wholes_after", figure.end) is not None
