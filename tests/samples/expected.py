"""What a right reading of a sample must give, derived from the same data that it is drawn from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.samples.fonts import plain
from tests.samples.grid import logical_rows, placed_cells
from tests.samples.model import SampleDocument, TableBlock


@dataclass(frozen=True, slots=True)
class ExpectedCell:
    """A cell of the logical table: 0-based place, spans, text without marks, marks apart."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    fill: str | None
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectedTable:
    """A logical table, continued over pages still one."""

    label: str | None
    caption: str | None
    n_rows: int
    n_cols: int
    header_rows: int
    cells: tuple[ExpectedCell, ...]

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Texts by row; a place covered by a span holds the empty string."""
        texts = {(cell.row, cell.col): cell.text for cell in self.cells}
        return tuple(
            tuple(texts.get((row, col), "") for col in range(self.n_cols)) for row in range(self.n_rows)
        )


@dataclass(frozen=True, slots=True)
class ExpectedObservation:
    """A value cell: whose, of which indicator, as printed."""

    table_label: str | None
    unit_label: str
    indicator_label: str
    value_raw: str
    fill: str | None
    row: int
    col: int


def expected_table(table: TableBlock) -> ExpectedTable:
    """The logical cells of one table."""
    rows = logical_rows(table)
    cells = tuple(
        ExpectedCell(
            placed.row,
            placed.col,
            placed.cell.rows,
            placed.cell.cols,
            plain(placed.cell.text),
            placed.cell.fill,
            tuple(re.findall(r"\^([^^]+)\^", placed.cell.text)),
        )
        for placed in placed_cells(rows)
    )
    wide = max(cell.col + cell.col_span for cell in cells)
    return ExpectedTable(table.label, table.caption, len(rows), wide, len(table.header), cells)


def expected_cells(document: SampleDocument) -> tuple[ExpectedTable, ...]:
    """All tables of the document in reading order, as logical rows of cells."""
    return tuple(expected_table(block) for block in document.blocks if isinstance(block, TableBlock))


def expected_observations(document: SampleDocument) -> tuple[ExpectedObservation, ...]:
    """The value cells of all tables that state indicators (``orientation`` says how)."""
    found: list[ExpectedObservation] = []
    for block in document.blocks:
        if isinstance(block, TableBlock) and block.orientation != "none":
            found += _observations(block)
    return tuple(found)


def _observations(block: TableBlock) -> list[ExpectedObservation]:
    table = expected_table(block)
    first = table.header_rows + (1 if block.units else 0)
    cells = {(cell.row, cell.col): cell for cell in table.cells}
    leaves = _leaves(table)
    found = []
    for row in range(first, table.n_rows):
        row_label = cells[row, 0].text
        if row_label in block.ignored_rows:
            continue
        for col in range(1, table.n_cols):
            if leaves[col] in block.ignored_cols or (row, col) not in cells:
                continue
            cell = cells[row, col]
            units_down = block.orientation == "units_in_rows"
            col_label = leaves[col] if block.unit is None else block.unit
            unit, indicator = (row_label, col_label) if units_down else (col_label, row_label)
            found.append(ExpectedObservation(block.label, unit, indicator, cell.text, cell.fill, row, col))
    return found


def _leaves(table: ExpectedTable) -> list[str]:
    """The lowest header text over each column."""
    leaves = [""] * table.n_cols
    for cell in table.cells:
        if cell.row < table.header_rows:
            for col in range(cell.col, cell.col + cell.col_span):
                leaves[col] = cell.text or leaves[col]
    return leaves
