"""Counts of a table's indicators: "25 indikatorer varav 9 är röda och 3 gula" for a document's own kommun."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.claims.decide import Verdict, undecidable
from pipeline.claims.lexicon import Cue, grammar
from pipeline.claims.mentions import Annotated, Clause, Figure
from pipeline.claims.view import Line, TableView
from pipeline.model import Observation

#: The colour of an answer where the document's own legend does not differ.
COLOUR_OF = {"JA": "gron", "DELVIS": "gul", "NEJ": "rod"}


@dataclass(frozen=True, slots=True)
class Counted:
    """A stated count: of all indicators (``what`` is ``total``) or of those of a colour or answer."""

    what: str
    figure: Figure
    start: int
    end: int


def find_counts(note: Annotated) -> tuple[Counted, ...]:
    """All counts of indicators in a sentence that names indicators and counts them."""
    numbers = [figure for figure in note.figures if figure.kind in ("number", "share")]
    if not numbers:
        return ()
    whole = Clause(0, len(note.text))
    nouns = note.cues_in(whole, "counted")
    colours = note.cues_in(whole, "colour")
    found: list[Counted] = []
    for cue in colours:
        before = [
            f
            for f in numbers
            if f.end <= cue.start and grammar("counts_words_to_colour").match(note.lower[f.end : cue.start])
        ]
        if any(
            one.start > cue.end and note.lower[cue.end : one.start].strip() in ("eller", "och", "/")
            for one in colours
        ):
            continue  # "nio är gröna eller gula": a count of both
        again = bool(before) and grammar("counts_again").search(note.lower[before[-1].end : cue.start])
        if before and (nouns or len(colours) > 1 or again):
            found.append(Counted(cue.value, before[-1], before[-1].start, cue.end))
        elif not before:
            found += _number_after(note, cue, numbers)
    used = {one.figure for one in found}
    for cue in nouns:
        before = [
            f
            for f in numbers
            if f.end <= cue.start and grammar("counts_words_to_noun").match(note.lower[f.end : cue.start])
        ]
        if (
            before
            and before[-1] not in used
            and before[-1].kind == "number"
            and _is_total(note, before[-1], bool(found))
        ):
            found.append(Counted("total", before[-1], before[-1].start, cue.end))
            break
    return tuple(sorted(found, key=lambda one: one.start))


def _number_after(note: Annotated, cue: Cue, numbers: list[Figure]) -> list[Counted]:
    """``Antalet röda indikatorer är fem``, ``svarar ja på åtta av fjorton indikatorer``."""
    after = next((f for f in numbers if f.start >= cue.end), None)
    if after is None or not grammar("counts_colour_to_number").fullmatch(note.lower[cue.end : after.start]):
        return []
    lead = note.before("counts_colour_lead", cue.start) is not None
    counted = note.behind("counts_counted", after.end) is not None
    return [Counted(cue.value, after, cue.start, after.end)] if lead or counted else []


def _is_total(note: Annotated, figure: Figure, coloured: bool) -> bool:
    """Only where the sentence says that it counts all: "består av", "totalt", "av områdets", or colours
    follow."""
    before = note.lower[: figure.start]
    if re.search(r"\b(?:dessa|de|varav|i)\s+$", before) and not re.search(
        r"\bav (?:de|områdets)\s+$", before
    ):
        return False
    return coloured or any(cue.kind == "total" and cue.end <= figure.start for cue in note.cues)


def decide_count(one: Counted, tables: tuple[TableView, ...], *, last_year: bool = False) -> Verdict:
    """A stated count against the own unit's column of the table(s) the section refers to.

    ``last_year``: the count is told of the year before, which some tables show in a column of its own.
    """
    if not tables:
        return undecidable("meningen säger inte vilken tabell eller bilaga antalet gäller")
    cells: list[Observation | None] = []
    for view in tables:
        line = own_line(view)
        if line is None:
            return undecidable("tabellen visar flera enheter, så antalet kan inte räknas för en av dem")
        if last_year:
            line = view.earlier(line, line.year - 1) if line.year is not None else None
        if line is None:
            return undecidable("påståendet gäller ett annat år än tabellen")
        cells += [view.cell(line, column) for column in view.columns]
    stated = int(one.figure.value)
    counts = _counts(cells)
    actual = (
        counts["total"]
        if one.what == "total"
        else counts.get(one.what, counts.get(COLOUR_OF.get(one.what, ""), 0))
    )
    told = [
        cell
        for cell in cells
        if cell is not None and (one.what == "total" or _colour(cell) == COLOUR_OF.get(one.what, one.what))
    ]
    found: dict[str, object] = {
        "counts": counts,
        "n": actual,
        "stated": stated,
        "labels": [cell.indicator_label for cell in told] if one.what != "total" else [],
        "tables": [view.title for view in tables],
    }
    fits = stated == actual or (one.what == "total" and stated == actual - counts["blank"])
    return Verdict("supported" if fits else "refuted", found, tuple(told))


def own_line(view: TableView) -> Line | None:
    """The line of the one unit a table is about; None when it compares several."""
    return view.members[0] if len(view.members) == 1 else None


def _colour(cell: Observation) -> str | None:
    return cell.colour or COLOUR_OF.get(cell.answer or "")


def _counts(cells: list[Observation | None]) -> dict[str, int]:
    counts = {"total": len(cells), "gron": 0, "gul": 0, "rod": 0, "blank": 0}
    for cell in cells:
        colour = _colour(cell) if cell is not None else None
        if colour is not None:
            counts[colour] = counts.get(colour, 0) + 1
        elif cell is None or cell.status in ("blank", "missing"):
            counts["blank"] += 1
    return counts
