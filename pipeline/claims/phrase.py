"""What a clause says without who and how much: the words by which it is bound to a column."""

from __future__ import annotations

import re

from pipeline.claims.lexicon import Cue, grammar
from pipeline.claims.mentions import Annotated, Figure
from pipeline.claims.owners import states_result
from pipeline.claims.units import word_kind

#: Cues whose words say how, not what: they are taken out before a phrase is bound.
_DROPPED = frozenset(
    (
        "quant",
        "compare",
        "than",
        "respective",
        "degree",
        "only",
        "anaphor",
        "subject",
        "except",
        "hedge",
        "also",
        "example",
        "rank",
        "followed",
        "partial",
        "neg",
        "joint",
        "apart",
    )
)
#: Units of measure tell a column by its values, not by its words.
_MEASURES = ("dagar", "manader", "kronor")


def phrase_of(note: Annotated, start: int, end: int) -> str:
    """What a clause says without who and how much: names, groups, figures with their measures, brackets and
    cue words taken out."""
    if not note.blanked:
        note.blanked.append(_blanked(note.text, _spans(note)))
    kept = note.blanked[0][start:end]
    if "(" not in kept:
        return kept
    return grammar("sentence_brackets").sub(
        lambda match: match.group() if grammar("phrase_telling").search(match.group()) else " ", kept
    )


def _spans(note: Annotated) -> list[tuple[int, int]]:
    """Where the names, groups, figures and cue words of a sentence stand, and what is put in between."""
    spans = [(one.start, one.end) for one in note.names]
    spans += [(one.start, one.end) for one in note.groups]
    for figure in note.figures:
        if states_result(figure) or figure.kind in ("delta", "year", "points"):
            spans.append((figure.start, _measure_end(note, figure)))
        elif any(note.lower[figure.end : one.start].isspace() for one in note.groups):
            spans.append((figure.start, figure.end))  # "fyra kommuner": how many they are, not "fyra månader"
    spans += [
        (cue.start, cue.end)
        for cue in note.cues
        if cue.kind in _DROPPED and not (cue.kind == "hedge" and _no_hedge(note, cue))
    ]
    return spans + [match.span() for match in note.finditer("structure_insertion")]


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """A text with spaces where spans lie; they may overlap each other and its ends."""
    parts, at = [], 0
    for begin, stop in sorted(spans):
        begin, stop = max(begin, at), min(stop, len(text))
        if begin < stop:
            parts += [text[at:begin], " " * (stop - begin)]
            at = stop
    return "".join((*parts, text[at:]))


def _no_hedge(note: Annotated, cue: Cue) -> bool:
    """Whether a word that can hedge a figure stands without one (dygnet runt)."""
    return not any(figure.start <= cue.start and cue.end <= figure.end for figure in note.figures)


def _measure_end(note: Annotated, figure: Figure) -> int:
    """The end of a figure with the measure behind it: ``35 dagar``."""
    if figure.unit is None or word_kind(figure.unit) not in _MEASURES:
        return figure.end
    after = re.match(rf"\s*{re.escape(figure.unit)}", note.lower[figure.end :])
    return figure.end + (after.end() if after else 0)
