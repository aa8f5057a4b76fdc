"""The sides of a comparison that is said in another way than "A is higher than B": denied, told behind."""

from __future__ import annotations

import re

from pipeline.claims.assertion import Owner
from pipeline.claims.lexicon import Cue, grammar
from pipeline.claims.mentions import Annotated, Clause
from pipeline.claims.owners import Anchor, owner_of_name

#: What holds where a comparison is denied.
_OPPOSITE = {
    "higher": ("lower", "same"),
    "lower": ("higher", "same"),
    "better": ("level", "worse"),
    "worse": ("better", "level"),
}


def denied(note: Annotated, clause: Clause, run: list[Cue]) -> bool | None:
    """Whether a comparison is denied ("inte högre än"); None where a denial near it leaves open what
    holds, or nobody is who it holds of ("längre än i riket har ingen")."""
    before = note.lower[: run[0].start]
    if grammar("compare_nobody").search(note.lower, run[-1].end, clause.end):
        return None
    if grammar("compare_denied").search(before):
        return True if {cue.value for cue in run} <= _OPPOSITE.keys() else None
    return None if grammar("compare_denied_loosely").search(before) else False


def opposite(ops: tuple[str, ...]) -> tuple[str, ...]:
    """What holds where a comparison with these outcomes is denied."""
    return tuple(sorted({other for op in ops for other in _OPPOSITE[op]}))


def together(note: Annotated, rights: list[Anchor]) -> list[Anchor]:
    """The units joined to the first: in "kortare än rikets 60 dagar i A och B" A and B are what is
    compared."""
    kept = rights[:1]
    for one in rights[1:]:
        gap = note.lower[kept[-1].end : one.start]
        placed = re.search(r"\b(?:i|hos|för)\s+$", gap) and not re.search(
            r",|\b(?:och|eller|samt|som|än|men)\b", gap
        )
        if placed and any(kept[-1].end <= f.start < one.start for f in note.figures):
            break
        kept.append(one)
    return kept


def behind_verb(
    note: Annotated, clause: Clause, run: list[Cue], rights: list[Anchor]
) -> tuple[list[Anchor], tuple[Owner, ...]]:
    """Where a comparison opens its clause, the units behind the verb are what is compared: in "längre väntan
    än i riket är det i A och B" these are A and B; gives the right sides and, if so told, the left ones."""
    opening = note.lower[clause.start : run[0].start].strip()
    if len(rights) < 2 or opening:
        return rights, ()
    verb = grammar("compare_verb").search(note.lower, rights[0].end, rights[-1].start)
    if verb is None:
        return rights, ()
    behind = [one for one in rights if one.start >= verb.end()]
    return [one for one in rights if one.end <= verb.start()], tuple(one.owner for one in behind)


def told_behind(note: Annotated, rights: list[Anchor], stop: int) -> tuple[Owner, ...]:
    """The units named as places behind what they are compared with, with a figure between."""
    taken = {anchor.start for anchor in rights}
    for run in note.lists:
        behind = rights[-1].end <= run.start < stop and run.role == "place" and run.start not in taken
        if behind and any(rights[-1].end <= figure.start < run.start for figure in note.figures):
            return tuple(owner_of_name(name) for name in run.names)
    return ()
