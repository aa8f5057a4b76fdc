"""What a table-like thing really is: tabular matter, a table of contents, a chart, a layout grid, a form."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.tables.textlines import is_leader, is_value
from pipeline.model import Cell, TableHint

#: A cell with more letters than this is prose.
PROSE = 350


def hint_of(cells: Sequence[Cell], n_rows: int, n_cols: int) -> TableHint:
    """The kind of a table, by what its cells say."""
    filled = [cell for cell in cells if cell.text]
    if not filled:
        return "layout"
    if is_contents(filled, n_cols):
        return "contents"
    if n_cols < 2 or n_rows < 1 or len(filled) < 2:
        return "layout"
    if is_layout(filled, n_rows, n_cols):
        return "layout"
    return "form" if is_form(filled, n_rows * n_cols) else "grid"


def is_contents(filled: Sequence[Cell], n_cols: int) -> bool:
    """Whether rows are titles that end in rising page numbers, most with leaders or under a title for it."""
    if n_cols > 3:
        return False
    last: dict[int, Cell] = {}
    first: dict[int, Cell] = {}
    for cell in filled:
        if cell.row not in last or cell.col >= last[cell.row].col:
            last[cell.row] = cell
        if cell.row not in first or cell.col < first[cell.row].col:
            first[cell.row] = cell
    rows = sorted(last)
    numbers = [int(last[row].text) for row in rows if last[row].text.isdecimal() and len(last[row].text) <= 3]
    if len(numbers) < 3 or len(numbers) < 0.7 * len(rows):
        return False
    if any(b < a for a, b in itertools.pairwise(numbers)):
        return False
    leaders = sum(
        first[row].raw.rstrip().endswith(("…", "...", "..", ". ."))
        or any(is_leader(w) for w in first[row].raw.split())
        for row in rows
    )
    return leaders >= 0.4 * len(rows)


def is_layout(filled: Sequence[Cell], n_rows: int, n_cols: int) -> bool:
    """Whether cells hold prose or so little that the grid only places things on the page."""
    prose = sum(len(cell.text) > PROSE for cell in filled)
    if prose * 2 >= len(filled):
        return True
    if n_rows < 2 and not any(is_value(cell.text) for cell in filled if cell.col > 0):
        return True
    return len(filled) <= 2 and n_rows * n_cols > 2 * len(filled)


def is_form(filled: Sequence[Cell], n_cells: int) -> bool:
    """Whether cells are prompts to fill in: half of them end in a colon or show an empty box, and hardly
    any holds a value."""
    prompts = sum(cell.text.rstrip().endswith((":", "____")) or cell.text[0] in "☐□" for cell in filled)
    values = sum(is_value(cell.text) for cell in filled)
    return prompts * 2 >= len(filled) and prompts > 2 and values * 4 <= n_cells
