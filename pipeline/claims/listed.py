"""Lists of names that have or lack something: who is named, whether only they, whether it reads as all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.claims.assertion import MEMBERS, SetSaid
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause, NameList

TYPE_OF = {
    "list": "named_list",
    "only": "named_list",
    "rest": "all",
    "all": "all",
    "all_except": "all_except",
    "all_but_count": "all_except",
    "none": "none",
    "count": "count",
    "fraction": "fraction",
    "percent": "percent",
}


@dataclass(frozen=True, slots=True)
class SetFound:
    """A set subject with its span and the rule that found it."""

    said: SetSaid
    start: int
    end: int
    rule: str

    @property
    def claim_type(self) -> str:
        """The published claim type (vague majorities count as fractions)."""
        return TYPE_OF.get(self.said.quantifier, "fraction")


def find_listed(
    note: Annotated, clause: Clause, members: frozenset[str], quantifiers: list[str], *, intro: bool
) -> list[SetFound]:
    """The lists of members that a clause says something of.

    Args:
        members: keys of the units that are members in the tables at hand.
        quantifiers: of the other sets of the clause: a place beside them is where they are counted.
        intro: the sentence opens with "Tabell 3 visar att": a list then reads as complete.
    """
    found = []
    for run in note.lists:
        if not (clause.start <= run.start < clause.end) or not any(name.key in members for name in run.names):
            continue
        if run.role in ("exception", "target") or any(name.kind in ("riket", "lan") for name in run.names):
            continue
        if run.role == "place" and (
            quantifiers or not grammar(_places(note, clause)).search(note.lower[: run.start])
        ):
            continue
        only = _only(note, clause, run)
        exhaustive = only or _complete(note, clause, run, intro=intro)
        said = SetSaid("only" if only else "list", MEMBERS, run.names, exhaustive=exhaustive)
        found.append(SetFound(said, run.start, run.end, "named_list.only" if only else "named_list.list"))
    return found


def _places(note: Annotated, clause: Clause) -> str:
    """The words that make a place a subject: "för A" only where the answer itself is told."""
    return (
        "sets_place_answer"
        if grammar("sets_answer").search(note.lower, clause.start, clause.end)
        else ("sets_place")
    )


def _only(note: Annotated, clause: Clause, run: NameList) -> bool:
    for cue in note.cues_in(clause, "only"):
        if note.before("sets_not_only", cue.start):
            continue
        gap = note.lower[cue.end : run.start] if cue.end <= run.start else None
        if cue.value == "sole" or (
            gap is not None and re.fullmatch(r"\s*(?:i|hos|kommunerna|är det|det är)?\s*", gap)
        ):
            return True
    return False


def _complete(note: Annotated, clause: Clause, run: NameList, *, intro: bool) -> bool:
    """Whether a list reads as all that have the property: several names, no "bland annat", no "även"
    before it."""
    if grammar("sets_together").search(note.lower, clause.start, clause.end):
        return False
    if note.cues_in(clause, "example") or " eller " in note.lower[run.start : run.end]:
        return False
    if any(
        c.value == "both" and c.end <= run.start and not note.lower[c.end : run.start].strip()
        for c in note.cues_in(clause, "both")
    ):
        return False
    for cue in note.cues_in(clause, "also"):
        if cue.end <= run.start and not note.lower[cue.end : run.start].strip(" i"):
            return False
    return len(run.names) > 1 or intro or _equated(note, clause, run)


def _equated(note: Annotated, clause: Clause, run: NameList) -> bool:
    """``De kommuner som saknar X är A``, ``Det är A som saknar X``: said to be the very ones that do."""
    before, after = note.lower[clause.start : run.start], note.lower[run.end : clause.end]
    if grammar("sets_those_are").fullmatch(before):
        return True
    return grammar("sets_it_is").fullmatch(before) is not None and after.lstrip(" ,").startswith("som ")
