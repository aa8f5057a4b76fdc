"""A table's geometry: column widths, wrapped cells, row heights; and its drawing, strip by strip."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.samples.fonts import Line, font_name, plain, width, words_of, wrap_text
from tests.samples.model import CellText, Style, TableBlock, TableStyle
from tests.samples.pen import Pen

_MAX_PREFERRED = 190.0
_MIN_HYPHENATED = 46.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its place in the logical grid."""

    row: int
    col: int
    cell: CellText

    @property
    def key(self) -> tuple[int, int]:
        """Row and column of the top left corner."""
        return self.row, self.col


def placed_cells(rows: Sequence[Sequence[CellText]], first: int = 0) -> Iterator[Placed]:
    """Give each cell its row and column, skipping what spans from above or from the left cover."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows, start=first):
        col = 0
        for cell in cells:
            while (row, col) in taken:
                col += 1
            yield Placed(row, col, cell)
            taken |= {(row + down, col + right) for down in range(cell.rows) for right in range(cell.cols)}
            col += cell.cols


def logical_rows(table: TableBlock) -> tuple[tuple[CellText, ...], ...]:
    """Header, unit row and body as one sequence of rows."""
    return (*table.header, *((table.units,) if table.units else ()), *table.rows)


def table_style(style: Style, table: TableBlock) -> TableStyle:
    """The document's table style with the table's own overrides."""
    return dataclasses.replace(style.table, **dict(table.overrides))


@dataclass(frozen=True, slots=True)
class Strip:
    """A row, or the part of it (lines ``start`` to ``stop``) that stands on one page."""

    row: int
    height: float
    start: int = 0
    stop: int | None = None


class Grid:
    """A table set for a given width."""

    def __init__(self, table: TableBlock, style: Style, room: float) -> None:
        self.table, self.style = table, table_style(style, table)
        self.family = style.font
        self.room = room * self.style.width
        rows = logical_rows(table)
        self.cells = list(placed_cells(rows))
        self.n_rows = len(rows)
        self.n_cols = max(placed.col + placed.cell.cols for placed in self.cells)
        self.head = len(table.header)
        self.head_all = self.head + (1 if table.units else 0)
        self.owner = {
            (placed.row + down, placed.col + right): placed
            for placed in self.cells
            for down in range(placed.cell.rows)
            for right in range(placed.cell.cols)
        }
        self.widths = self._widths()
        self.lines = {placed.key: self._wrap(placed) for placed in self.cells}
        self.heights = self._heights()

    # -- measuring -----------------------------------------------------------------------------

    @property
    def line_height(self) -> float:
        """Distance of two lines in a cell, points."""
        return self.style.size * self.style.leading

    def rotated(self, placed: Placed) -> bool:
        """Whether the cell is a turned header leaf."""
        return (
            self.style.rotate is not None
            and placed.row + placed.cell.rows == self.head
            and placed.cell.cols == 1
            and placed.col >= self.style.rotate_from
        )

    def bold(self, placed: Placed) -> bool:
        """Whether the cell is set bold."""
        if placed.row < self.head:
            return self.style.header_bold
        return placed.cell.bold or placed.row >= self.n_rows - self.style.last_bold

    def _natural(self, placed: Placed) -> tuple[float, float]:
        """The smallest and the wished width of a cell's text."""
        cell, size = placed.cell, self.style.size
        if self.rotated(placed):
            turned = wrap_text(
                cell.text, self.family, size, (self.style.rotate or 0) - 8, bold=self.bold(placed)
            )
            wide = len(turned) * self.line_height
            return wide, wide
        font = font_name(self.family, bold=self.bold(placed), italic=cell.italic)
        words = [
            sum(run.width for run in word)
            for word in words_of(cell.text, self.family, size, bold=self.bold(placed), italic=cell.italic)
        ]
        least = max(words, default=0.0)
        if self.style.hyphenate:
            least = min(least, _MIN_HYPHENATED)
        return least, min(width(plain(cell.text), font, size), _MAX_PREFERRED)

    def _widths(self) -> list[float]:
        if self.table.widths:
            total = sum(self.table.widths)
            return [self.room * share / total for share in self.table.widths]
        pad = 2 * self.style.pad_x
        least, wished = [pad] * self.n_cols, [pad] * self.n_cols
        for placed in self.cells:
            if placed.cell.cols == 1:
                low, high = self._natural(placed)
                least[placed.col] = max(least[placed.col], low + pad)
                wished[placed.col] = max(wished[placed.col], high + pad)
        spare = self.room - sum(least)
        want = [high - low for low, high in zip(least, wished, strict=True)]
        if spare <= 0:
            return [low * self.room / sum(least) for low in least]
        if sum(want) >= spare:
            return [low + spare * more / sum(want) for low, more in zip(least, want, strict=True)]
        extra = (self.room - sum(wished)) / self.n_cols
        return [high + extra for high in wished]

    def _wrap(self, placed: Placed) -> list[Line]:
        cell = placed.cell
        room = sum(self.widths[placed.col : placed.col + cell.cols]) - 2 * self.style.pad_x
        if self.rotated(placed):
            room = (self.style.rotate or 0) - 8
        return wrap_text(
            cell.text,
            self.family,
            self.style.size,
            room,
            bold=self.bold(placed),
            italic=cell.italic,
            hyphenate=self.style.hyphenate,
        )

    def _need(self, placed: Placed) -> float:
        if self.rotated(placed):
            return self.style.rotate or 0.0
        return max(1, len(self.lines[placed.key])) * self.line_height + 2 * self.style.pad_y

    def _heights(self) -> list[float]:
        heights = [self.line_height + 2 * self.style.pad_y] * self.n_rows
        for placed in self.cells:
            if placed.cell.rows == 1:
                heights[placed.row] = max(heights[placed.row], self._need(placed))
        for placed in self.cells:
            if placed.cell.rows > 1:
                last = placed.row + placed.cell.rows
                short = self._need(placed) - sum(heights[placed.row : last])
                heights[last - 1] += max(0.0, short)
        return heights

    def edges(self, x: float, *, shift: float = 0.0) -> list[float]:
        """Column edges from ``x``; inner ones moved by ``shift`` points."""
        at, edges = x, [x]
        for wide in self.widths:
            at += wide
            edges.append(at)
        return [edges[0], *(edge + shift for edge in edges[1:-1]), edges[-1]]

    def splittable(self, row: int) -> bool:
        """Whether a page break may run through the row."""
        alone = all(
            self.owner[row, col].cell.rows == 1 for col in range(self.n_cols) if (row, col) in self.owner
        )
        return self.style.split_rows and row >= self.head_all and alone

    def n_lines(self, row: int) -> int:
        """The most lines any cell of the row has."""
        return max(
            (len(self.lines[p.key]) for p in self.cells if p.row == row and p.cell.rows == 1), default=1
        )

    # -- drawing -------------------------------------------------------------------------------

    def draw(self, pen: Pen, strips: Sequence[Strip], x: float, top: float, *, shift: float = 0.0) -> None:
        """Draw the strips below each other: fills, rules, text."""
        edges = self.edges(x, shift=shift)
        tops, at = [], top
        for strip in strips:
            tops.append(at)
            at += strip.height
        tops.append(at)
        self._fills(pen, strips, edges, tops)
        self._rules(pen, strips, edges, tops)
        for index, strip in enumerate(strips):
            for placed in self.cells:
                if placed.row == strip.row:
                    self._text(
                        pen, placed, strip, edges, tops[index], self._bottom(strips, index, placed, tops)
                    )

    @staticmethod
    def _bottom(strips: Sequence[Strip], index: int, placed: Placed, tops: Sequence[float]) -> float:
        last = index
        while last + 1 < len(strips) and strips[last + 1].row < placed.row + placed.cell.rows:
            if strips[last + 1].row <= placed.row:
                break
            last += 1
        return tops[last + 1]

    def _fill_of(self, row: int, col: int) -> str | None:
        placed = self.owner.get((row, col))
        if placed is None:
            return None
        if placed.cell.fill:
            return placed.cell.fill
        if row < self.head_all:
            return self.style.header_fill
        return self.style.zebra if (row - self.head_all) % 2 else None

    def _fills(
        self, pen: Pen, strips: Sequence[Strip], edges: Sequence[float], tops: Sequence[float]
    ) -> None:
        for index, strip in enumerate(strips):
            col = 0
            while col < self.n_cols:
                placed = self.owner.get((strip.row, col))
                cols = placed.cell.cols - (col - placed.col) if placed else 1
                colour = self._fill_of(strip.row, col)
                if colour:
                    pen.fill(edges[col], tops[index], edges[col + cols], tops[index + 1], colour)
                col += cols

    def _rules(
        self, pen: Pen, strips: Sequence[Strip], edges: Sequence[float], tops: Sequence[float]
    ) -> None:
        style, filled = self.style, self.style.rules_as == "fill"
        if style.rules == "none" or not strips:
            return
        if style.rules == "booktabs":
            heads = sum(strip.row < self.head_all for strip in strips)
            for at, thick in ((0, 1.0), (heads, 0.5), (len(strips), 1.0)):
                if at or thick > 0.5:
                    pen.rule(edges[0], tops[at], edges[-1], tops[at], width=thick, filled=filled)
            return
        for at in range(len(strips) + 1):
            for x0, x1 in self._open(strips, at, edges):
                pen.rule(x0, tops[at], x1, tops[at], width=style.line_width, filled=filled)
        if style.rules == "grid":
            for index, strip in enumerate(strips):
                for col in range(self.n_cols + 1):
                    if 0 < col < self.n_cols and self._same((strip.row, col - 1), (strip.row, col)):
                        continue
                    pen.rule(
                        edges[col],
                        tops[index],
                        edges[col],
                        tops[index + 1],
                        width=style.line_width,
                        filled=filled,
                    )

    def _same(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        return one in self.owner and self.owner.get(one) is self.owner.get(other)

    def _open(
        self, strips: Sequence[Strip], at: int, edges: Sequence[float]
    ) -> Iterator[tuple[float, float]]:
        """Stretches of the boundary above strip ``at`` that no spanning cell crosses."""
        start: float | None = None
        for col in range(self.n_cols):
            crossed = 0 < at < len(strips) and self._same((strips[at - 1].row, col), (strips[at].row, col))
            if crossed and start is not None:
                yield start, edges[col]
                start = None
            elif not crossed and start is None:
                start = edges[col]
        if start is not None:
            yield start, edges[-1]

    def _text(
        self, pen: Pen, placed: Placed, strip: Strip, edges: Sequence[float], top: float, bottom: float
    ) -> None:
        style, lines = self.style, self.lines[placed.key]
        x0, x1 = edges[placed.col], edges[placed.col + placed.cell.cols]
        if self.rotated(placed):
            block = len(lines) * self.line_height
            x = (x0 + x1 - block) / 2 + style.size * 0.95
            for number, line in enumerate(lines):
                pen.turned(line, x + number * self.line_height, bottom - 4)
            return
        shown = lines[strip.start : strip.stop] if placed.cell.rows == 1 else lines
        align = style.label_align if placed.col == 0 else style.align
        if placed.cell.cols > 1 and placed.row < self.head:
            align = "centre"
        y = top + style.pad_y + style.size * 0.93
        for number, line in enumerate(shown):
            pen.line(
                line,
                x0 + style.pad_x,
                y + number * self.line_height,
                room=x1 - x0 - 2 * style.pad_x,
                align=align,
            )
