"""Tables of one page: regions from lines and fills, each read by the engine that suits it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from extractors.geometry import Fill, PageGeometry
from extractors.tables.align import Aligned, Area, read_aligned
from extractors.tables.assign import cells_of, words_in_cells
from extractors.tables.celltext import Vocabulary
from extractors.tables.fills import cell_grounds, edge_lines
from extractors.tables.gates import enough_columns
from extractors.tables.hints import hint_of
from extractors.tables.lattice import parts_columns, parts_rows, read_grid, strip_titles
from extractors.tables.model import Layout, PageSource, PageTable
from extractors.tables.openareas import open_areas, ruled_areas
from extractors.tables.rules import Line, Region, merged, page_lines, regions_of
from extractors.tables.spans import parted
from extractors.tables.stripes import extended, stacked
from extractors.tables.textlines import TextLine, lines_of
from extractors.tables.titles import header_rows_of
from pipeline.model import Box, Word

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

    def find(self) -> tuple[PageTable, ...]:
        """All tables of the page from top to bottom, then left to right."""
        for region in self._regions():
            self._read_region(region)
        rest = self._rest()
        for area in ruled_areas(self._free_rules(), rest, self.geometry.width):
            self._read_open(area, rest, ruled=True)
        rest = self._rest()
        for area in open_areas(rest):
            self._read_open(area, rest, ruled=False)
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
            regions = stacked(regions, self.lines)
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
        layout = self._grid(region, words)
        if layout is not None and layout.complete:
            if layout.ys[0] < region.top - 3 or layout.ys[-1] > region.bottom + 3:
                words = self._inside(layout.xs[0], layout.ys[0], layout.xs[-1], layout.ys[-1])
            self._keep(layout, words)
            return
        own = _inner(self.hs, region)
        down = [
            line.at for line in _inner_down(self.vs, region) if line.hi - line.lo >= 0.5 * (region.bottom - region.top)
        ]
        area = Area(region.x0, region.top, region.x1, region.bottom, own, down, _breaks(own))
        made = read_aligned(area, words)
        if made is not None and enough_columns(made, ruled=True):
            self._keep(made.layout, words)
        elif layout is not None and layout.n_cols > 1 and layout.n_rows > 1:
            self._keep(layout, words)

    def _grid(self, region: Region, words: list[Word]) -> Layout | None:
        """The region's grid from rules alone, else from rules and fills; ``complete`` where it is."""
        ruled = Region(
            region.x0, region.top, region.x1, region.bottom, _inner(self.hs, region), _inner_down(self.vs, region)
        )
        best: Layout | None = None
        tries = [ruled] if ruled.vs or not self.grounds else []
        if self.grounds:
            tries.append(region)
        for attempt in tries:
            layout = read_grid(attempt, words)
            if layout is None or layout.n_cols < 2 or layout.n_rows < 2:
                continue
            per_cell = words_in_cells(layout, words, self.geometry.glyphs)
            layout.complete = not parts_rows(layout, per_cell) and not parts_columns(layout, per_cell)
            if attempt is region and self.grounds:
                layout = extended(parted(layout, per_cell), self.lines)
            if layout.complete:
                return layout
            best = best or layout
        return best

    def _free_rules(self) -> list[Line]:
        return [
            h
            for h in self.hs
            if not any(box[1] - 3 <= h.at <= box[3] + 3 and h.hi > box[0] and h.lo < box[2] for box in self.boxes)
        ]

    def _rest(self) -> list[Word]:
        if not self.boxes:
            return list(self.words)
        made = []
        for word in self.words:
            x, y = word.box.centre
            if not any(b[0] - SLACK <= x <= b[2] + SLACK and b[1] - SLACK <= y <= b[3] + SLACK for b in self.boxes):
                made.append(word)
        return made

    def _read_open(self, area: Area, rest: Sequence[Word], *, ruled: bool) -> None:
        words = [w for w in rest if area.top - 1 <= w.box.centre[1] <= area.bottom + 1 and area.x0 - 2 <= w.box.centre[0] <= area.x1 + 2]
        made = read_aligned(area, words)
        if made is None or not enough_columns(made, ruled=ruled):
            return
        made.layout.confidence = 0.9 if ruled else 0.75
        self._keep(made.layout, words)

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
        self.tables.append(
            PageTable(
                page=number,
                box=box,
                cells=cells,
                n_rows=layout.n_rows,
                n_cols=layout.n_cols,
                header_rows=layout.header_rows or header_rows_of(cells, layout.n_rows, layout.n_cols),
                engine=layout.engine,
                confidence=layout.confidence,
                agreement=None,
                hint=hint_of(cells, layout.n_rows, layout.n_cols),
                column_edges=tuple(layout.xs),
            )
        )


def _together(a: Sequence[Line], b: Sequence[Line]) -> list[Line]:
    return merged((line.at, line.lo, line.hi) for line in (*a, *b))


def _within(region: Region, box: tuple[float, float, float, float]) -> bool:
    return (
        region.x0 >= box[0] - 3 and region.x1 <= box[2] + 3 and region.top >= box[1] - 3 and region.bottom <= box[3] + 3
    )


def _inner(hs: Sequence[Line], region: Region) -> list[Line]:
    return [
        h
        for h in hs
        if region.top - 3 <= h.at <= region.bottom + 3 and h.hi > region.x0 and h.lo < region.x1
        and h.lo >= region.x0 - 4 and h.hi <= region.x1 + 4
    ]


def _inner_down(vs: Sequence[Line], region: Region) -> list[Line]:
    return [
        v
        for v in vs
        if region.x0 - 3 <= v.at <= region.x1 + 3 and v.lo >= region.top - 4 and v.hi <= region.bottom + 4
    ]


def _breaks(across: Sequence[Line]) -> list[float]:
    """x where at least two rules break: the columns of borders drawn cell by cell."""
    seen: list[tuple[float, int]] = []
    for x in sorted(x for line in across for x in line.breaks):
        if seen and x - seen[-1][0] <= 1.5:
            seen[-1] = (seen[-1][0], seen[-1][1] + 1)
        else:
            seen.append((x, 1))
    return [x for x, count in seen if count >= 2]


def find_page_tables(
    geometry: PageGeometry, words: list[Word], source: PageSource
) -> tuple[PageTable, ...]:
    """The tables (and table-like things, by their hint) of one page, from top to bottom.

    Args:
        geometry: what is drawn on the page (points, origin top left).
        words: the page's words in the order of the content stream.
        source: where the page can be read again, and the document's vocabulary.
    """
    return Finder(geometry, words, source).find()


__all__ = ["Aligned", "Finder", "find_page_tables"]
