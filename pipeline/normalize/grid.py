"""A table as rows and columns with spans filled, and which of its rows are heads by what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Cell, Table
from pipeline.normalize.answers import MEMORY, Codes, parse_value
from pipeline.normalize.text import clean, folded
from pipeline.normalize.words import words

#: More head rows than this are no heads but a table without values.
_MAX_HEADER_ROWS = 6


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells by position.

    Attributes:
        cells: ``cells[row][col]`` is the cell that covers the position, or None.
        texts: the clean text of each, ``""`` where there is none.
    """

    table: Table
    cells: tuple[tuple[Cell | None, ...], ...]
    texts: tuple[tuple[str, ...], ...]

    @property
    def n_rows(self) -> int:
        """Rows of the table."""
        return len(self.cells)

    @property
    def n_cols(self) -> int:
        """Columns of the table."""
        return len(self.cells[0]) if self.cells else 0

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers the position, or None."""
        return self.cells[row][col]

    def text(self, row: int, col: int) -> str:
        """The clean text of the cell that covers the position, ``""`` when there is none."""
        return self.texts[row][col]

    def row_texts(self, row: int) -> list[str]:
        """The texts of the cells that cover a row, each spanning cell once, left to right."""
        shown, before = [], None
        for cell, text in zip(self.cells[row], self.texts[row], strict=True):
            if cell is not None and cell is not before:
                shown.append(text)
            before = cell
        return shown


def grid_of(table: Table) -> Grid:
    """Lay a table's cells out. Cells beyond the stated size are left out; later cells never overwrite."""
    rows: list[list[Cell | None]] = [[None] * table.n_cols for _ in range(table.n_rows)]
    texts = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        shown = clean(cell.text)
        if cell.row_span == 1 == cell.col_span and cell.row < table.n_rows and cell.col < table.n_cols:
            if rows[cell.row][cell.col] is None:
                rows[cell.row][cell.col], texts[cell.row][cell.col] = cell, shown
            continue
        for row in range(cell.row, min(cell.row + cell.row_span, table.n_rows)):
            for col in range(cell.col, min(cell.col + cell.col_span, table.n_cols)):
                if rows[row][col] is None:
                    rows[row][col], texts[row][col] = cell, shown
    return Grid(table, tuple(map(tuple, rows)), tuple(map(tuple, texts)))


@lru_cache(maxsize=32768)
def year_of(text: str) -> int | None:
    """The year (1990–2099) that a whole cell prints (``2023``, ``År 2023``, ``ÖJ 2023``), else None."""
    shown = folded(text).strip(" ().:*")
    for start in ("år ", "öj ", "resultat ", "utfall ", "svar ", "enkät "):
        shown = shown.removeprefix(start)
    return int(shown) if len(shown) == 4 and shown.isdigit() and 1990 <= int(shown) <= 2099 else None


def states_value(text: str, codes: Codes) -> bool:
    """Whether a text is an answer, a figure or a code: what a head row does not hold (a year is none)."""
    told = codes.stated.get(text)
    if told is None:
        told = _states_value(text, codes)
        if len(codes.stated) < MEMORY:
            codes.stated[text] = told
    return told


def _states_value(text: str, codes: Codes) -> bool:
    if not text or year_of(text) is not None or codes.grammar.unit_of(text) is not None:
        return False
    if text.casefold().endswith("år") and words().ages.fullmatch(folded(text)):
        return False
    return parse_value(text, codes).stated


def is_unit_row(grid: Grid, row: int, codes: Codes) -> bool:
    """Whether a row prints only units of value (``% % kr``) beside an empty or wordy first cell."""
    texts = [text for text in grid.texts[row][1:] if text]
    return bool(texts) and all(codes.grammar.unit_of(text) is not None for text in texts)


def is_full_width(grid: Grid, row: int) -> bool:
    """Whether one text spans the whole row (a caption strip or a section row) of a table of 2+ columns."""
    first = grid.at(row, 0)
    if first is None or grid.n_cols < 2:
        return False
    return first.col_span >= grid.n_cols and bool(clean(first.text))


def _head_like(grid: Grid, row: int, codes: Codes) -> bool:
    texts = grid.texts[row]
    if is_unit_row(grid, row, codes) or _names_labels(texts[0]):
        return True
    return bool(any(texts)) and not any(states_value(text, codes) for text in texts[1:])


def _names_labels(text: str) -> bool:
    """Whether a first cell says what the labels below are (``Indikator``, ``Kommun``): only a head does."""
    heads = words().heads
    shown = folded(text)
    return len(shown) < 40 and bool(heads["indicator"].search(shown) or heads["unit"].fullmatch(shown))


def header_rows(grid: Grid, codes: Codes) -> int:
    """How many rows at the top are heads, told from what they hold; the extractor's guess is a hint.

    A head row states no value. The guess is kept as far as that holds; without a guess the rows before
    the first value are heads. A unit row directly below the heads belongs to them.
    """
    guess = min(grid.table.header_rows, grid.n_rows)
    count = 0
    limit = guess if guess else min(_MAX_HEADER_ROWS, grid.n_rows - 1)
    while count < limit and _head_like(grid, count, codes):
        count += 1
    if not guess and count:
        count = _first_values(grid, count, codes)
    while count > 1 and is_full_width(grid, count - 1):  # a section row of the body, not a head
        count -= 1
    while count < grid.n_rows - 1 and is_unit_row(grid, count, codes):
        count += 1
    return count


def _first_values(grid: Grid, count: int, codes: Codes) -> int:
    """Without a guess: heads end where a body row begins, a labelled row whose other cells are empty too."""
    if count >= grid.n_rows - 1 and not _stated_below(grid, count, codes):
        return 1
    kept = 1
    while kept < count:
        beside = [grid.text(kept, col) for col in range(1, grid.n_cols)]
        if grid.text(kept, 0) and not any(beside):
            break
        kept += 1
    return kept


def _stated_below(grid: Grid, row: int, codes: Codes) -> bool:
    return any(
        states_value(grid.text(at, col), codes)
        for at in range(row, grid.n_rows)
        for col in range(grid.n_cols)
    )


def header_levels(grid: Grid, col: int, n_header: int, codes: Codes) -> list[str]:
    """The head texts above a column, top to bottom; spanning cells once, unit rows and strips left out."""
    levels: list[str] = []
    before: Cell | None = None
    for row in range(n_header):
        cell = grid.at(row, col)
        if cell is None or cell is before or is_full_width(grid, row) or is_unit_row(grid, row, codes):
            continue
        before = cell
        text = clean(cell.text)
        if text and (not levels or folded(levels[-1]) != folded(text)):
            levels.append(text)
    return levels


def column_measure(grid: Grid, col: int, n_header: int, codes: Codes) -> str | None:
    """The unit of value that a unit row prints above a column, else None."""
    for row in range(n_header - 1, -1, -1):
        if is_unit_row(grid, row, codes):
            found = codes.grammar.unit_of(grid.text(row, col))
            if found is not None:
                return found
    return None


def heads_again(grid: Grid, rows: Sequence[int], n_header: int) -> frozenset[int]:
    """The body rows that print a row of the heads again (a table continued over pages)."""
    printed = [[folded(text) for text in grid.row_texts(head)] for head in range(n_header)]
    heads = [texts for texts in printed if any(texts)]
    begun = {texts[0] for texts in heads}
    found = set()
    for row in rows:
        texts = grid.row_texts(row)
        if texts and folded(texts[0]) in begun and [folded(text) for text in texts] in heads:
            found.add(row)
    return frozenset(found)
