"""Header rows told by structure: weight, fill and what stands below."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.rows import is_unit_row
from extractors.tables.textlines import is_value
from pipeline.model import Cell

#: More rows than this are no header.
MOST = 5


def header_rows_of(cells: Sequence[Cell], n_rows: int, n_cols: int) -> int:
    """How many rows at the top are headers (0 when it cannot be told).

    A header row holds no values (years excepted) and differs from the row below it: bold, another fill,
    rotated, an empty first cell, or the rows below hold values where it has words.
    """
    rows: list[list[Cell]] = [[] for _ in range(min(n_rows, MOST + 1))]
    for cell in cells:
        if cell.row < len(rows):
            rows[cell.row].append(cell)
    header = 0
    for index, row in enumerate(rows[:MOST]):
        filled = [cell for cell in row if cell.text]
        reach = max((cell.row + cell.row_span for cell in row if cell.text), default=index + 1)
        if index < header:
            header = max(header, reach if _spanning(row) else header)
            continue
        if index + 1 >= n_rows or not filled or not _is_header(row, filled, rows[index + 1 :], index == 0):
            break
        header = max(index + 1, reach if reach < n_rows else 0)
    return min(header, max(n_rows - 1, 0))


def _spanning(row: Sequence[Cell]) -> bool:
    return any(cell.row_span > 1 for cell in row)


def _is_header(
    row: Sequence[Cell], filled: Sequence[Cell], below: Sequence[Sequence[Cell]], first: bool
) -> bool:
    if any(cell.rotated for cell in filled):
        return True
    if not first and is_unit_row((cell.col, cell.text) for cell in filled):
        return False
    values = [cell for cell in filled if cell.col > 0 and is_value(cell.text) and not _year(cell.text)]
    if len(values) * 3 > len(filled):
        return False
    next_row = [cell for cell in below[0] if cell.text] if below else []
    rest = [cell for other in below for cell in other if cell.text and cell.col > 0]
    bold = sum(cell.bold for cell in filled) * 3 >= 2 * len(filled)
    bold_below = sum(cell.bold for cell in rest) * 2 > len(rest)
    if bold and not bold_below:
        return True
    fills = {cell.fill for cell in row}
    if len(fills) == 1 and None not in fills and fills.isdisjoint({cell.fill for cell in next_row}):
        return True
    if first and not any(cell.text for cell in row if cell.col == 0) and len(filled) > 0:
        return True
    if not first:
        return False
    return sum(is_value(cell.text) for cell in rest) * 2 > len(rest)


def _year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")
