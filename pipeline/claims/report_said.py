"""What a sentence says its own report holds: tables, appendices, columns to compare with, which edition.

Read only where the sentence asserts nothing else; what is not there is another check's to report
(missing_reference), so nothing is refuted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.claims.context import label_key
from pipeline.claims.decide import Verdict, undecidable
from pipeline.claims.lexicon import load_lexicon
from pipeline.claims.mentions import Annotated
from pipeline.claims.statements import Statement
from pipeline.claims.view import TableView
from pipeline.model import ReadDocument

if TYPE_CHECKING:
    from pipeline.reference import Registers

#: Longer ranges than this are no list of tables.
_RANGE = 30
_KINDS = {"bilagorna": "bilaga", "bilagor": "bilaga", "tabellerna": "tabell", "tabeller": "tabell"}
#: Units that a table sets beside its own.
_COMPARED = ("riket", "lan")


def find_report_said(
    note: Annotated, document: ReadDocument, tables: Sequence[TableView], registers: Registers
) -> tuple[Statement, ...]:
    """The statements of a sentence about what the report holds; each is supported or undecidable."""
    found = [_references(note, document), _compared(note, tables), _edition(note, document, registers)]
    return tuple(one for one in found if one is not None)


def _references(note: Annotated, document: ReadDocument) -> Statement | None:
    """``Resultatet redovisas i bilaga 1–5``: every label that is named is a table of the document."""
    shows = note.search("report_shows")
    matches = list(note.finditer("report_labels"))
    if shows is None or not matches:
        return None
    present = {key for reading in document.tables if (key := label_key(reading.label)) is not None}
    named: list[str] = []
    for match in matches:
        kind, first, last = _KINDS.get(match[1], match[1]), int(match[2]), int(match[3] or match[2])
        named += [f"{kind} {number}" for number in range(first, min(last, first + _RANGE) + 1)]
    absent = [label for label in named if label not in present]
    verdict = (
        undecidable("dokumentet har ingen läst tabell med det numret", absent=absent)
        if absent
        else Verdict("supported", {"reference": named, "by": "dokumentet"})
    )
    start, end = matches[0].start(), matches[-1].end()
    return Statement("metadata", start, end, "metadata.reference_there", verdict, {"reference": named})


def _compared(note: Annotated, tables: Sequence[TableView]) -> Statement | None:
    """``Resultaten redovisas även för riket och länet``: the tables have rows or columns for them."""
    shows = note.search("report_shows")
    named = [one for one in note.names if one.kind in _COMPARED and one.key != "members"]
    if shows is None or not named or note.figures or not note.search("report_results"):
        return None
    told: dict[str, object] = {"units": [one.text for one in named]}
    there = all(any(view.line(one.key) is not None for view in tables) for one in named)
    verdict = (
        Verdict("supported", {"units": [one.text for one in named], "by": "tabellerna"})
        if there
        else undecidable("ingen läst tabell har en egen rad eller kolumn för alla dem som nämns")
    )
    return Statement("metadata", shows.start(), named[-1].end, "metadata.compared_with", verdict, told)


def _edition(note: Annotated, document: ReadDocument, registers: Registers) -> Statement | None:
    """``För tionde året i rad``: the edition's year against the area's first indicators in the register."""
    match = note.search("report_nth")
    if match is None or "jämförelse" not in note.lower:
        return None
    nth, year = load_lexicon().ordinals.get(match["nth"]), document.record.year
    year = int(match["year"]) if match["year"] else year
    area = registers.areas.find(note.text) or (
        document.record.areas[0] if len(document.record.areas) == 1 else None
    )
    first = min(
        (one.first_year for one in registers.indicators.all if one.area == area and one.first_year), default=0
    )
    if nth is None or year is None or not first:
        return None
    fits = year - first + 1 == nth
    if not fits and match["row"] is None:
        return None
    shows = f"registret har området från {first}, och {year} är år {year - first + 1}"
    verdict = (
        Verdict("supported", {"shown": shows, "by": "registret"})
        if fits
        else undecidable("registrets första år för området ger ett annat tal", shown=shows)
    )
    told: dict[str, object] = {"edition": nth, "area": area}
    return Statement(
        "metadata",
        match.start(),
        match.end(),
        "metadata.edition",
        verdict,
        told,
        float(nth),
        "antal",
        year=year,
    )
