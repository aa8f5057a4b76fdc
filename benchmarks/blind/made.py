"""Blind sets two to four: PDFs made by a word processor and a browser, with the gold beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.blind.documents import Statement
from benchmarks.blind.matching import bare_cell, best_table
from pipeline.model import PdfDocument, ReadDocument

#: Folders of the made sets by their numbers.
MADE_SETS = {number: Path(__file__).parent / f"data{number}" for number in (2, 3, 4)}
GOLD = ".gold.yaml"
#: Columns whose cells are no values of their own.
_WORDS = ("Kommentar",)


@dataclass(frozen=True, slots=True)
class GoldCell:
    """A cell as printed: 0-based place, spans, text without footnote marks."""

    row: int
    col: int
    rows: int
    cols: int
    text: str


@dataclass(frozen=True, slots=True)
class GoldTable:
    """A logical table (continued over pages still one) of the gold file."""

    key: str
    label: str | None
    header_rows: int
    n_cols: int
    cells: tuple[GoldCell, ...]
    aggregates: tuple[str, ...]

    def texts(self) -> dict[tuple[int, int], str]:
        """The text at every place; a span's text stands at all its places."""
        return {
            (cell.row + down, cell.col + right): cell.text
            for cell in self.cells
            for down in range(cell.rows)
            for right in range(cell.cols)
        }

    def value_places(self) -> dict[tuple[int, int], str]:
        """The value cells: below the header, right of the labels, no comments, no group rows, not empty."""
        texts = self.texts()
        return {
            (cell.row, cell.col): cell.text
            for cell in self.cells
            if cell.row >= self.header_rows
            and cell.col > 0
            and cell.text
            and texts[self.header_rows - 1, cell.col] not in _WORDS
        }


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report of a made set: its PDF as made, its tables and its statements.

    ``checks`` runs parallel to ``statements``: the expression over the tables that proves each of them.
    """

    name: str
    path: Path
    tables: tuple[GoldTable, ...]
    statements: tuple[Statement, ...]
    checks: tuple[str, ...]

    def pdf(self) -> bytes:
        """The report as PDF bytes."""
        return self.path.read_bytes()

    def figures(self, pdf: PdfDocument, read: Sequence[ReadDocument]) -> dict[str, int]:
        """Counts: tables and those right in every cell; cells right, wrong, missing and surplus; values."""
        keys = "tables_right cells cells_right cells_wrong cells_missing cells_surplus values values_right"
        counts = {"tables": len(self.tables), **dict.fromkeys(keys.split(), 0)}
        for gold in self.tables:
            want = {(cell.row, cell.col): bare_cell(cell.text) for cell in gold.cells}
            table, right, wrong, missing, surplus = best_table(want, pdf)
            counts["tables_right"] += right == len(want) and not surplus
            counts["cells"] += len(want)
            counts["cells_right"] += right
            counts["cells_wrong"] += wrong
            counts["cells_missing"] += missing
            counts["cells_surplus"] += surplus
            observed = {
                (one.row, one.col): bare_cell(one.value_raw)
                for document in read
                for reading in document.tables
                if table and reading.table.boxes == table.boxes
                for one in document.observations
                if one.table_id == reading.table_id
            }
            values = gold.value_places()
            counts["values"] += len(values)
            counts["values_right"] += sum(
                observed.get(place) == bare_cell(text) for place, text in values.items()
            )
        return counts


def _table(data: Mapping[str, Any]) -> GoldTable:
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, printed in enumerate(data["rows"]):
        col = 0
        for entry in printed:
            while (row, col) in taken:
                col += 1
            text, down, right = (
                (entry, 1, 1) if isinstance(entry, str) else (entry["text"], entry["rows"], entry["cols"])
            )
            cells.append(GoldCell(row, col, down, right, text))
            taken |= {(row + i, col + j) for i in range(down) for j in range(right)}
            col += right
    wide = max(cell.col + cell.cols for cell in cells)
    return GoldTable(
        data["id"], data["label"], data["header_rows"], wide, tuple(cells), tuple(data["aggregates"])
    )


def _report(path: Path) -> MadeReport:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows = [dict(row) for row in data["statements"]]
    checks = tuple(row.pop("check") for row in rows)
    statements = tuple(Statement(planted=row.pop("truth") == "planted", **row) for row in rows)
    tables = tuple(_table(one) for one in data["tables"])
    name = data["report"]
    return MadeReport(name, path.with_name(f"{name}.pdf"), tables, statements, checks)


def made_reports(number: int = 2) -> tuple[MadeReport, ...]:
    """All reports of this made set (2, 3 or 4), by name."""
    return tuple(_report(path) for path in sorted(MADE_SETS[number].glob(f"*{GOLD}")))
