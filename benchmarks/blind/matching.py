"""Which statement a flag speaks of, and how much of the tables was read as printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from benchmarks.blind.documents import Statement
from pipeline.model import Box, Claim, Flag, PdfDocument, ReadDocument, Table
from tests.samples import ExpectedTable, SampleDocument, expected_cells, expected_observations

LOUD = ("error", "warning")
#: A column with this head holds the unit's own values of the edition before.
LAST_YEAR = "Förra året"
_SHORTEST = 12


def bare(text: str | None) -> str:
    """Letters and digits only: hyphens, spaces and quotes differ between print and reading."""
    return re.sub(r"\W+", "", text or "").casefold()


def same_sentence(one: str | None, other: str | None) -> bool:
    """Whether one text holds the other (a reading may join or cut sentences)."""
    short, long = sorted((bare(one), bare(other)), key=len)
    return len(short) >= _SHORTEST and short in long


def statements_of(
    flag: Flag, statements: Sequence[Statement], documents: Sequence[ReadDocument]
) -> list[int]:
    """Indices of the statements that the flag speaks of: by token, by sentence, else by cell."""
    said = f"{flag.message} {flag.asserted or ''} {flag.sentence or ''}".casefold()
    named = [at for at, row in enumerate(statements) if row.token and row.token.casefold() in said]
    if named:
        return named
    spoken = [
        at for at, row in enumerate(statements) if row.sentence and same_sentence(flag.sentence, row.sentence)
    ]
    if spoken or flag.sentence:
        return spoken
    return [at for at, row in enumerate(statements) if row.planted and _on_cell(flag, row, documents)]


def _on_cell(flag: Flag, row: Statement, documents: Sequence[ReadDocument]) -> bool:
    if row.row is None:
        return False
    for document in documents:
        for reading in document.tables:
            if not bare(reading.label).startswith(bare(row.table)) or reading.table_id != flag.table_id:
                continue
            rows = {cell.row for cell in reading.table.cells if bare(cell.text) == bare(row.row)}
            cells = [cell for cell in reading.table.cells if cell.row in rows and cell.col == row.column]
            if any(_touches(box, cell.box) for cell in cells for box in flag.boxes):
                return True
    return False


def _touches(one: Box, other: Box) -> bool:
    return one.overlap(other) > 0.5 * min(one.width * one.height, other.width * other.height)


def verdict_of(statement: Statement, claims: Sequence[Claim]) -> str:
    """``refuted``, ``supported``, ``undecidable`` or ``no claim``: the gravest of the sentence's claims."""
    verdicts = {claim.verdict for claim in claims if same_sentence(claim.sentence, statement.sentence)}
    return next((kind for kind in ("refuted", "supported", "undecidable") if kind in verdicts), "no claim")


# -- tables --------------------------------------------------------------------------------------


def _texts(table: Table) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.col): bare_cell(cell.text) for cell in table.cells}


def bare_cell(text: str) -> str:
    """A cell's text with its white space folded."""
    return " ".join(text.replace("\u00ad", "").split())


def cells_read(expected: ExpectedTable, pdf: PdfDocument) -> tuple[int, int]:
    """(cells read right, cells printed) of the table of the PDF that fits best; empty cells count too."""
    want = {(cell.row, cell.col): bare_cell(cell.text) for cell in expected.cells}
    best = 0
    for table in pdf.tables:
        got = _texts(table)
        right = sum(got.get(place, "" if text == "" else None) == text for place, text in want.items())
        surplus = sum(1 for place, text in got.items() if text and place not in want)
        best = max(best, right - surplus)
    return best, len(want)


def best_table(
    want: Mapping[tuple[int, int], str], pdf: PdfDocument
) -> tuple[Table | None, int, int, int, int]:
    """The PDF's table that fits best, with its cells right, wrong, missing and surplus."""
    best: tuple[Table | None, int, int, int, int] = (None, 0, 0, len(want), 0)
    for table in pdf.tables:
        got = _texts(table)
        right = sum(got.get(place, "" if text == "" else None) == text for place, text in want.items())
        missing = sum(1 for place, text in want.items() if text and not got.get(place))
        surplus = sum(1 for place, text in got.items() if text and place not in want)
        if right - surplus > best[1] - best[4]:
            best = (table, right, len(want) - right - missing, missing, surplus)
    return best


def table_figures(document: SampleDocument, pdf: PdfDocument, read: Sequence[ReadDocument]) -> dict[str, int]:
    """Counts: tables and those read right in every cell; cells; value cells and those observed right."""
    pairs = [cells_read(table, pdf) for table in expected_cells(document)]
    got = {
        (bare(unit), bare(o.indicator_label), o.col, bare_cell(o.value_raw))
        for one in read
        for o in one.observations
        for unit in (o.unit_label, LAST_YEAR if o.year and o.year < (one.record.year or 0) else o.unit_label)
    }
    want = [
        (bare(o.unit_label), bare(o.indicator_label), o.col, o.value_raw)
        for o in expected_observations(document)
    ]
    return {
        "tables": len(pairs),
        "tables_right": sum(right == total for right, total in pairs),
        "cells": sum(total for _, total in pairs),
        "cells_right": sum(right for right, _ in pairs),
        "values": len(want),
        "values_right": sum(row in got for row in want),
    }
