"""Tables of one page: regions from lines and fills, each read by the engine that suits it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from extractors.geometry import Fill, PageGeometry
from extractors.tables.align import Aligned, Area, column_edges, read_aligned
from extractors.tables.assign import cells_of, column_texts, words_in_cells
from extractors.tables.celltext import Vocabulary
from extractors.tables.charts import chart_boxes, looks_drawn
from extractors.tables.doubt import DOUBTFUL, second_opinion, sureness
from extractors.tables.fills import cell_grounds, edge_lines
from extractors.tables.gates import enough_columns
from extractors.tables.grow import grown, repeated_breaks, sideways, with_header, with_tail, with_turned
from extractors.tables.hints import hint_of
from extractors.tables.lattice import parts_columns, parts_rows, read_grid, strip_titles
from extractors.tables.model import Layout, PageSource, PageTable, Span
from extractors.tables.openruns import open_areas
from extractors.tables.rows import answers_of
from extractors.tables.ruledareas import ruled_areas
from extractors.tables.rules import Line, Region, merged, page_lines, regions_of
from extractors.tables.spans import parted
from extractors.tables.stripes import inside, stacked
from extractors.tables.textcolumns import by_text_column
from extractors.tables.textlines import TextLine, lines_of
from extractors.tables.titles import header_rows_of
from pipeline.model import Box, Cell, TableHint, Word

#: Slack (points) around a region: a word on the border still belongs to it.
SLACK = 2.0


class Finder:
    """Finds the tables of one page; makes one pass over regions, lines and what is left."""

    def __init__(self, geometry: PageGeometry, words: Sequence[Word], source: PageSource) -> None:
        self.geometry = geometry
        self.words = words
        self.source = source
        self.hs, self.vs = page_lines(geometry)
        self.grounds = cell_grounds(geometry.fills, geometry.width, geometry.height)
        self.vocabulary = Vocabulary(words, source.vocabulary)
        self.tables: list[PageTable] = []
        self.boxes: list[tuple[float, float, float, float]] = []
        self.regions: list[Region] = []

    def find(self) -> tuple[PageTable, ...]:
        """All tables of the page from top to bottom, then left to right."""
        self.regions = self._regions()
        for box in chart_boxes(self.words, self.geometry, self.regions):
            self._keep_chart(box, self.words)
        for region in self.regions:
            self._read_region(region)
        rest = self._rest()
        lines = lines_of(rest) if self.boxes else self.lines
        before = len(self.boxes)
        for area in ruled_areas(self._free_rules(), lines, self.geometry.width):
            self._read_open(area, rest, ruled=True)
        if len(self.boxes) > before:
            rest = self._rest()
            lines = lines_of(rest)
        for column in by_text_column(lines, self.geometry.width):
            self._read_open_column(column)
        return tuple(sorted(self.tables, key=lambda table: (round(table.box.top), table.box.x0)))

    @cached_property
    def lines(self) -> list[TextLine]:
        """All upright text of the page as lines."""
        return lines_of(self.words)

    def _regions(self) -> list[Region]:
        if not self.grounds:
            regions = regions_of(self.hs, self.vs)
        else:
            fh, fv = edge_lines(self.grounds)
            regions = regions_of(_together(self.hs, fh), _together(self.vs, fv))
        if len(regions) > 1:
            regions = stacked(regions, self.lines, fills=bool(self.grounds))
        regions.sort(key=lambda region: -(region.x1 - region.x0) * (region.bottom - region.top))
        return regions

    def _inside(self, x0: float, top: float, x1: float, bottom: float) -> list[Word]:
        made = []
        for word in self.words:
            box = word.box
            y = (box.top + box.bottom) / 2
            if top - SLACK <= y <= bottom + SLACK:
                x = (box.x0 + box.x1) / 2
                if x0 - SLACK <= x <= x1 + SLACK:
                    made.append(word)
        return made

    def _read_region(self, region: Region) -> None:
        if any(_within(region, box) for box in self.boxes):
            return
        words = self._inside(region.x0, region.top, region.x1, region.bottom)
        if len(words) < 2:
            return
        ruled = Region(
            region.x0,
            region.top,
            region.x1,
            region.bottom,
            _inner(self.hs, region),
            _inner_down(self.vs, region),
        )
        area = self._area(ruled)
        wider = not ruled.vs and not _same_place(area, region)
        layout = None if wider else self._grid(region, ruled, words)
        if layout is not None and layout.complete:
            self._keep(layout, words)
            return
        words = self._inside(area.x0, area.top, area.x1, area.bottom)
        made = read_aligned(area, words)
        if made is not None and enough_columns(made, ruled=True):
            made.layout.confidence = sureness(made, ruled=True)
            self._keep(made.layout, words)
        elif layout is not None and layout.n_cols > 1 and layout.n_rows > 1:
            self._keep(layout, words)

    def _area(self, ruled: Region) -> Area:
        """Where the region's table is, when it is not a grid: with all that fits beside, above and below."""
        high = ruled.bottom - ruled.top
        down = [line.at for line in ruled.vs if line.hi - line.lo >= 0.5 * high]
        area = Area(ruled.x0, ruled.top, ruled.x1, ruled.bottom, ruled.hs, down, repeated_breaks(ruled.hs))
        if _framed(ruled, self.vs):
            return area
        filled = self._with_fill_edges(area, ruled)
        if filled is not area and not ruled.vs:
            filled = sideways(filled, self.lines)
        whole = with_turned(grown(filled, self.lines, always=filled is not area), self.words)
        return whole if whole.top == area.top else self._with_rules(whole)

    def _with_rules(self, area: Area) -> Area:
        """The area with all rules that lie in it, now that it is larger."""
        own = [h for h in self.hs if area.top - 6 <= h.at <= area.bottom + 6]
        inner = [h for h in own if h.lo >= area.x0 - 6 and h.hi <= area.x1 + 6 and h not in area.across]
        return replace(area, across=sorted([*area.across, *inner])) if inner else area

    def _with_fill_edges(self, area: Area, region: Region) -> Area:
        """The area with the edges of its fills as rules, when it has fills."""
        own = [
            f
            for f in self.grounds
            if f.x0 >= region.x0 - 3
            and f.x1 <= region.x1 + 3
            and f.top >= region.top - 3
            and f.bottom <= region.bottom + 3
        ]
        if not own:
            return area
        edges = edge_lines(own)[0]
        breaks = area.breaks or repeated_breaks(edges)
        return replace(area, across=_together(area.across, edges), breaks=breaks)

    def _grid(self, region: Region, ruled: Region, words: list[Word]) -> Layout | None:
        """The region's grid from rules alone, else from rules and fills; ``complete`` where it is."""
        best: Layout | None = None
        tries = [ruled] if ruled.vs or not self.grounds else []
        if self.grounds:
            tries.append(region)
        for attempt in tries:
            layout = read_grid(attempt, words)
            if layout is None or layout.n_cols < 2 or layout.n_rows < 2:
                continue
            per_cell = words_in_cells(layout, words, self.geometry.glyphs)
            layout = parted(layout, per_cell, fills=attempt is region and bool(self.grounds))
            per_cell = words_in_cells(layout, words, self.geometry.glyphs)
            layout.complete = not parts_rows(layout, per_cell) and not parts_columns(layout, per_cell)
            if layout.complete:
                return layout
            best = best or layout
        return best

    def _free_rules(self) -> list[Line]:
        return [
            h
            for h in self.hs
            if not any(
                box[1] - 3 <= h.at <= box[3] + 3 and h.hi > box[0] and h.lo < box[2] for box in self.boxes
            )
        ]

    def _rest(self) -> list[Word]:
        if not self.boxes:
            return list(self.words)
        made = []
        for word in self.words:
            x, y = word.box.centre
            if not any(
                b[0] - SLACK <= x <= b[2] + SLACK and b[1] - SLACK <= y <= b[3] + SLACK for b in self.boxes
            ):
                made.append(word)
        return made

    def _read_open_column(self, lines: Sequence[TextLine]) -> None:
        """Tables without rules among the lines of one text column."""
        for area in open_areas(lines):
            free = [line for line in lines if not self._taken(line)]
            xs = _open_edges(area, free)
            if len(xs) > 2:
                whole = with_tail(with_header(area, xs, free), xs, free)
                words = [word for line in free for word in line.words]
                self._read_open(whole, words, ruled=False)

    def _taken(self, line: TextLine) -> bool:
        """Whether the line begins inside a table found already."""
        x = line.words[0].box.centre[0]
        return any(b[0] <= x <= b[2] and b[1] <= line.y <= b[3] for b in self.boxes)

    def _read_open(self, area: Area, rest: Sequence[Word], *, ruled: bool) -> None:
        words = [
            w
            for w in rest
            if area.top - 1 <= w.box.centre[1] <= area.bottom + 1
            and area.x0 - 2 <= w.box.centre[0] <= area.x1 + 2
        ]
        made = read_aligned(area, words)
        if made is None or not enough_columns(made, ruled=ruled):
            return
        made.layout.confidence = sureness(made, ruled=ruled)
        self._keep(made.layout, words)

    def _keep_chart(self, box: Box, rest: Sequence[Word]) -> None:
        """A chart as a table of one column, a row for each line of its text."""
        lines = lines_of([word for word in rest if box.contains(*word.box.centre)])
        self.boxes.append((box.x0, box.top, box.x1, box.bottom))
        if not lines:
            return
        ys = [box.top, *((a.y + b.y) / 2 for a, b in itertools.pairwise(lines)), box.bottom]
        spans = [Span(row, 0, 1, 1) for row in range(len(lines))]
        layout = Layout([box.x0, box.x1], ys, spans, 0, False, "vector", 0.5)
        words = [word for line in lines for word in line.words]
        cells = cells_of(layout, words, self.geometry.glyphs, (), box.page, self.vocabulary)
        self._add(layout, box, cells, "chart")

    def _keep(self, layout: Layout, words: Sequence[Word]) -> None:
        fills: Sequence[Fill] = self.geometry.fills
        number = self.geometry.number
        cells = cells_of(layout, words, self.geometry.glyphs, fills, number, self.vocabulary)
        stripped = strip_titles(layout, [cell.text for cell in cells])
        if stripped is not layout:
            layout = stripped
            kept = [w for w in words if layout.ys[0] <= w.box.centre[1] <= layout.ys[-1]]
            cells = cells_of(layout, kept, self.geometry.glyphs, fills, number, self.vocabulary)
        box = Box(number, layout.xs[0], layout.ys[0], layout.xs[-1], layout.ys[-1])
        self.boxes.append((box.x0, box.top, box.x1, box.bottom))
        if layout.n_cols < 2 or sum(bool(cell.text) for cell in cells) < 2:
            return
        hint: TableHint = "chart" if looks_drawn(cells) else hint_of(cells, layout.n_rows, layout.n_cols)
        texts = () if layout.complete else column_texts(layout, words, self.geometry.glyphs)
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
        )
        if hint == "grid" and layout.confidence < DOUBTFUL and self.source.second_opinions:
            ruled = any(box.top - 3 <= h.at <= box.bottom + 3 for h in self.hs)
            table = second_opinion(table, self.source, self.geometry.height, ruled=ruled)
        self.tables.append(table)


def _open_edges(area: Area, lines: Sequence[TextLine]) -> list[float]:
    own = inside(lines, area.x0, area.top, area.x1, area.bottom)
    return column_edges(area, own, (), answers_of(own))


def _together(a: Sequence[Line], b: Sequence[Line]) -> list[Line]:
    return merged((line.at, line.lo, line.hi) for line in (*a, *b))


def _same_place(area: Area, region: Region) -> bool:
    """Whether the area has not grown beyond the region."""
    return (
        area.x0 > region.x0 - 4
        and area.x1 < region.x1 + 4
        and area.top > region.top - 4
        and area.bottom < region.bottom + 4
    )


def _within(region: Region, box: tuple[float, float, float, float]) -> bool:
    """Whether most of the region lies in the box."""
    wide = min(region.x1, box[2] + 3) - max(region.x0, box[0] - 3)
    high = min(region.bottom, box[3] + 3) - max(region.top, box[1] - 3)
    if wide <= 0 or high <= 0:
        return False
    return wide * high >= 0.7 * max(region.x1 - region.x0, 1.0) * max(region.bottom - region.top, 1.0)


def _inner(hs: Sequence[Line], region: Region) -> list[Line]:
    return [
        h
        for h in hs
        if region.top - 3 <= h.at <= region.bottom + 3
        and h.hi > region.x0
        and h.lo < region.x1
        and h.lo >= region.x0 - 4
        and h.hi <= region.x1 + 4
    ]


def _inner_down(vs: Sequence[Line], region: Region) -> list[Line]:
    return [
        v
        for v in vs
        if region.x0 - 3 <= v.at <= region.x1 + 3 and v.lo >= region.top - 4 and v.hi <= region.bottom + 4
    ]


def _framed(region: Region, vs: Sequence[Line]) -> bool:
    """Whether rules close the region on both sides."""
    high = region.bottom - region.top
    sides = [v for v in vs if v.hi - v.lo >= 0.8 * high and v.lo <= region.top + 6]
    return any(abs(v.at - region.x0) < 3 for v in sides) and any(abs(v.at - region.x1) < 3 for v in sides)


def find_page_tables(geometry: PageGeometry, words: list[Word], source: PageSource) -> tuple[PageTable, ...]:
    """The tables (and table-like things, by their hint) of one page, from top to bottom.

    Args:
        geometry: what is drawn on the page (points, origin top left).
        words: the page's words in the order of the content stream.
        source: where the page can be read again, and the document's vocabulary.
    """
    return Finder(geometry, words, source).find()


__all__ = ["Aligned", "Finder", "find_page_tables"]
