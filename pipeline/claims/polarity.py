"""Whether a clause says that something is so, is so in part, or is not so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims.binding import Target
from pipeline.claims.lexicon import Cue, grammar
from pipeline.claims.mentions import Annotated, Clause
from pipeline.claims.structure import quantified
from pipeline.claims.text import stem


def polarity(note: Annotated, clause: Clause) -> tuple[bool, str]:
    """Whether a clause denies, and the degree of what it says: ``yes``, ``partly`` or ``whole_or_part``."""
    aside = [match.span() for match in note.finditer("structure_insertion")]

    def own(cue: Cue) -> bool:
        return not any(start <= cue.start < end for start, end in aside)

    negs = [
        cue
        for cue in note.cues_in(clause, "neg")
        if own(cue)
        and not note.at("sets_negated_only", cue.start)
        and not _within_quant(note, cue)
        and not _aside(note, cue)
        and not _before_colon(note, cue)
        and not _in_opening(note, clause, cue)
        and not note.at("polarity_none", cue.start)
    ]
    negs += [
        cue
        for cue in note.cues_in(clause, "quant")
        if own(cue) and cue.value == "none" and _has_none(note, cue)
    ]
    degree = next((cue.value for cue in note.cues_in(clause, "partial") if own(cue)), "yes")
    return bool(negs) and (len(negs) % 2 == 1 or _beside(note, negs)), degree


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


def _beside(note: Annotated, negs: Sequence[Cue]) -> bool:
    """``används inte, och där saknas också``: two denials side by side, neither of the other."""
    between = note.lower[negs[0].end : negs[1].start]
    return len(negs) == 2 and grammar("polarity_beside").search(between) is not None


def _before_colon(note: Annotated, neg: Cue) -> bool:
    """``Det är vi inte ensamma om: fyra kommuner har …``: the denial is of the clause before the colon."""
    return grammar("polarity_colon").search(note.lower, neg.end) is not None


def _in_opening(note: Annotated, clause: Clause, neg: Cue) -> bool:
    """``Trots att rutinen inte är ny använder 14 procent …``: denied before anybody is told of."""
    if note.at("polarity_subordinate", clause.start) is None:
        return False
    starts = [
        *(one.start for one in note.figures),
        *(one.start for one in note.names),
        *(one.start for one in note.groups),
    ]
    told = [at for at in starts if clause.start <= at < clause.end]
    return bool(told) and neg.start < min(told)


def _has_none(note: Annotated, cue: Cue) -> bool:
    """``har ingen plan``, ``Sala ingen alls``: a denial of the thing, not a count of units."""
    if any(one.end <= cue.start and not note.lower[one.end : cue.start].strip() for one in note.names):
        return True
    return quantified(note, cue) is None and note.before("sets_has", cue.start) is not None


def _within_quant(note: Annotated, neg: Cue) -> bool:
    return any(cue.kind == "quant" and cue.start <= neg.start and neg.end <= cue.end for cue in note.cues)


def without_label_denials(note: Annotated, clause: Clause, targets: Sequence[Target]) -> Annotated:
    """The sentence without the denials that belong to what the indicator is called ("ej verkställda beslut",
    "utan biståndsbeslut"); the sentence itself when there are none."""
    labels = [stems_in_order(target.column.words) for target in targets]
    kept = tuple(
        cue
        for cue in note.cues
        if cue.kind != "neg"
        or not clause.start <= cue.start < clause.end
        or not any(_called_so(note, cue, label) for label in labels)
    )
    return note if len(kept) == len(note.cues) else replace(note, cues=kept)


def _called_so(note: Annotated, cue: Cue, label: tuple[str, ...]) -> bool:
    """Whether a denial and the word behind it stand so in a label."""
    pair = stems_in_order(note.lower[cue.start : cue.end + 40])[:2]
    return len(pair) == 2 and any(label[at : at + 2] == pair for at in range(len(label) - 1))


def stems_in_order(text: str) -> tuple[str, ...]:
    """The stems of all words of a text as they stand."""
    return tuple(stem(word) for word in grammar("text_word").findall(text.lower()))
