"""Whether a clause says that something is so, is so in part, or is not so."""

from __future__ import annotations

from pipeline.claims.lexicon import Cue, grammar
from pipeline.claims.mentions import Annotated, Clause
from pipeline.claims.structure import quantified


def polarity(note: Annotated, clause: Clause) -> tuple[bool, str]:
    """Whether a clause denies, and the degree of what it says: ``yes``, ``partly`` or ``whole_or_part``."""
    negs = [
        cue
        for cue in note.cues_in(clause, "neg")
        if not grammar("sets_negated_only").match(note.lower, cue.start)
        and not _within_quant(note, cue)
        and not _aside(note, cue)
    ]
    negs += [cue for cue in note.cues_in(clause, "quant") if cue.value == "none" and _has_none(note, cue)]
    degree = next((cue.value for cue in note.cues_in(clause, "partial")), "yes")
    return bool(negs) and len(negs) % 2 == 1, degree


def _aside(note: Annotated, neg: Cue) -> bool:
    """Whether a denial belongs to what a thing is for ("rutin för att inte röja") or to whom it is for.

    "Det är A och B som inte har X" and "den enda kommun som saknar X" deny it of the units.
    """
    before = note.lower[: neg.start]
    if grammar("sets_infinitive").search(before):
        return True
    relative = grammar("sets_relative").search(before)
    if relative is None:
        return False
    at = relative.start()
    units = at in {one.end for one in note.names} | {one.end for one in note.groups}
    those = grammar("sets_those").search(before[:at]) is not None
    return not units and not those and not before[:at].endswith("enda")


def _has_none(note: Annotated, cue: Cue) -> bool:
    """``har ingen plan``, ``Sala ingen alls``: a denial of the thing, not a count of units."""
    if any(one.end <= cue.start and not note.lower[one.end : cue.start].strip() for one in note.names):
        return True
    return quantified(note, cue) is None and grammar("sets_has").search(note.lower[: cue.start]) is not None


def _within_quant(note: Annotated, neg: Cue) -> bool:
    return any(cue.kind == "quant" and cue.start <= neg.start and neg.end <= cue.end for cue in note.cues)
