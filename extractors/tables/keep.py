"""The tables kept of one page: their cells, their kind and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.tables.assign import cells_of, column_texts, with_discs, words_in_cells
from extractors.tables.celltext import Vocabulary
from extractors.tables.charts import looks_drawn
from extractors.tables.doubt import DOUBTFUL, second_opinion
from extractors.tables.hints import hint_of
from extractors.tables.lattice import strip_titles
from extractors.tables.model import Layout, PageSource, PageTable, Span
from extractors.tables.page import SLACK, Page
from extractors.tables.rules import Line, Region
from extractors.tables.textlines import TextLine, lines_of
from extractors.tables.titles import header_rows_of
from pipeline.model import Box, Cell, TableHint, Word


class Kept:
    """Tables found so far on a page, and the boxes that they take.

    Attributes:
        tables: in the order of finding; boxes: ``(x0, top, x1, bottom)`` in points.
    """

    def __init__(self, page: Page, source: PageSource) -> None:
        self.page = page
        self.source = source
        self.vocabulary = Vocabulary(page.words)
        self.tables: list[PageTable] = []
        self.boxes: list[tuple[float, float, float, float]] = []
        self._free: list[Word] = list(page.words)
        self._free_of = 0  # so many of the boxes are taken out of the free words

    def free_words(self) -> list[Word]:
        """The page's words outside of all tables."""
        if self._free_of < len(self.boxes):
            for box in self.boxes[self._free_of :]:
                self._free = _outside(self._free, box)
            self._free_of = len(self.boxes)
        return list(self._free)

    def free_rules(self) -> list[Line]:
        """The page's horizontal rules outside of all tables."""
        return [
            h
            for h in self.page.hs
            if not any(
                box[1] - 3 <= h.at <= box[3] + 3 and h.hi > box[0] and h.lo < box[2] for box in self.boxes
            )
        ]

    def takes_line(self, line: TextLine) -> bool:
        """Whether the line begins inside a table found already."""
        x = line.words[0].box.centre[0]
        return any(b[0] <= x <= b[2] and b[1] <= line.y <= b[3] for b in self.boxes)

    def takes(self, region: Region) -> bool:
        """Whether most of a region lies in a table found already."""
        return any(_within(region, box) for box in self.boxes)

    def add_chart(self, box: Box, rest: Sequence[Word]) -> None:
        """A chart as a table of one column, a row for each line of its text."""
        words = [word for word in rest if box.contains(*word.box.centre)]
        lines = lines_of(words)
        self.boxes.append((box.x0, box.top, box.x1, box.bottom))
        if not lines:
            return
        ys = [box.top, *((a.y + b.y) / 2 for a, b in pairwise(lines)), box.bottom]
        spans = [Span(row, 0, 1, 1) for row in range(len(lines))]
        layout = Layout([box.x0, box.x1], ys, spans, 0, False, "vector", 0.5)
        per_cell = words_in_cells(layout, words, self.page.splitter)
        cells = cells_of(layout, per_cell, (), box.page, self.vocabulary)
        self._add(layout, box, cells, "chart")

    def add(
        self, layout: Layout, words: Sequence[Word], hint: TableHint | None = None, *, least: int = 2
    ) -> None:
        """Keep a layout as a table; title and note rows over its whole width are left to the text.

        Args:
            hint: its kind where that is known; else its cells tell.
            least: how many cells must hold text.
        """
        geometry = self.page.geometry
        fills, number, splitter = geometry.fills, geometry.number, self.page.splitter
        per_cell = words_in_cells(layout, words, splitter)
        cells = cells_of(layout, per_cell, fills, number, self.vocabulary)
        stripped = strip_titles(layout, cells)
        if stripped is not layout:
            layout = stripped
            kept = [w for w in words if layout.ys[0] <= w.box.centre[1] <= layout.ys[-1]]
            cells = cells_of(layout, words_in_cells(layout, kept, splitter), fills, number, self.vocabulary)
            per_cell = [] if layout.complete else words_in_cells(layout, words, splitter)
        cells = with_discs(cells, geometry.discs)
        box = Box(number, layout.xs[0], layout.ys[0], layout.xs[-1], layout.ys[-1])
        self.boxes.append((box.x0, box.top, box.x1, box.bottom))
        if layout.n_cols < 2 or sum(bool(cell.text) for cell in cells) < least:
            return
        if hint is None:
            hint = "chart" if looks_drawn(cells) else hint_of(cells, layout.n_rows, layout.n_cols)
        texts = () if layout.complete else column_texts(layout, per_cell)
        self._add(layout, box, cells, hint, texts)

    def _add(
        self,
        layout: Layout,
        box: Box,
        cells: tuple[Cell, ...],
        hint: TableHint,
        texts: tuple[tuple[float, float] | None, ...] = (),
    ) -> None:
        table = PageTable(
            page=box.page,
            box=box,
            cells=cells,
            n_rows=layout.n_rows,
            n_cols=layout.n_cols,
            header_rows=layout.header_rows or header_rows_of(cells, layout.n_rows, layout.n_cols),
            engine=layout.engine,
            confidence=layout.confidence,
            agreement=None,
            hint=hint,
            column_edges=tuple(layout.xs),
            column_texts=texts,
            gutter=self.page.gutters[0].x + 1 if self.page.gutters else None,
        )
        if hint == "grid" and layout.confidence < DOUBTFUL and self.source.second_opinions:
            ruled = any(box.top - 3 <= h.at <= box.bottom + 3 for h in self.page.hs)
            table = second_opinion(table, self.source, self.page.geometry.height, ruled=ruled)
        self.tables.append(table)


def _outside(words: Sequence[Word], taken: tuple[float, float, float, float]) -> list[Word]:
    """The words whose middle lies outside of a table's box."""
    x0, top, x1, bottom = taken[0] - SLACK, taken[1] - SLACK, taken[2] + SLACK, taken[3] + SLACK
    made = []
    for word in words:
        box = word.box
        if not (top <= (box.top + box.bottom) / 2 <= bottom and x0 <= (box.x0 + box.x1) / 2 <= x1):
            made.append(word)
    return made


def _within(region: Region, box: tuple[float, float, float, float]) -> bool:
    """Whether most of the region lies in the box."""
    wide = min(region.x1, box[2] + 3) - max(region.x0, box[0] - 3)
    high = min(region.bottom, box[3] + 3) - max(region.top, box[1] - 3)
    if wide <= 0 or high <= 0:
        return False
    return wide * high >= 0.7 * max(region.x1 - region.x0, 1.0) * max(region.bottom - region.top, 1.0)
