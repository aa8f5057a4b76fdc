"""Header rows told by structure: weight, fill and what stands below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.tables.rows import is_unit_row
from extractors.tables.textlines import is_short_answer, is_value
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
        if index and {cell.col for cell in filled} == {0} and any(c.text and c.col for c in rows[index - 1]):
            break  # the name of the first group of rows
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
    if _answered(filled, below) * 2 > sum(cell.col > 0 for cell in filled):
        return False
    bold = sum(cell.bold for cell in filled) * 3 >= 2 * len(filled)
    bold_below = sum(cell.bold for cell in rest) * 2 > len(rest)
    if bold and not bold_below:
        return True
    fills = {cell.fill for cell in row}
    under = next_row if first else [cell for other in below for cell in other]  # stripes come again
    if len(fills) == 1 and None not in fills and fills.isdisjoint({cell.fill for cell in under}):
        return True
    if first and not any(cell.text for cell in row if cell.col == 0) and len(filled) > 0:
        return True
    if not first:
        return _years_over_figures(filled, rest)
    stated = sum(is_value(cell.text) for cell in rest)
    return stated * 2 > len(rest) or (stated + _answered(rest, below)) * 4 > 3 * len(rest)


def _years_over_figures(filled: Sequence[Cell], rest: Sequence[Cell]) -> bool:
    """Whether a row holds nothing but years beside its label while what is below are other values."""
    named = [cell for cell in filled if cell.col > 0]
    figures = sum(is_value(cell.text) and not _year(cell.text) for cell in rest)
    return len(named) > 1 and all(_year(cell.text) for cell in named) and figures * 2 > len(rest)


def _answered(cells: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> int:
    """How many of the cells but labels say in a few words what their column says in the rows more than once
    (or once, where the cell itself is none of these)."""
    said = Counter((cell.col, cell.text.casefold()) for row in rows for cell in row if cell.col > 0)
    inside = {id(cell) for row in rows for cell in row}
    return sum(
        cell.col > 0
        and is_short_answer(cell.text)
        and not is_value(cell.text)
        and said[cell.col, cell.text.casefold()] > (id(cell) in inside)
        for cell in cells
    )


def _year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")
