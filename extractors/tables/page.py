"""What is drawn on a page, ready for tables: lines, grounds, regions, and where a table may reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from extractors.geometry import Fill, PageGeometry
from extractors.tables.align import Area
from extractors.tables.assign import Splitter
from extractors.tables.barriers import within_reach
from extractors.tables.fills import cell_grounds, edge_lines
from extractors.tables.grow import grown, repeated_breaks, sideways, with_turned
from extractors.tables.rules import Line, Region, merged, page_lines, regions_of
from extractors.tables.stripes import stacked
from extractors.tables.textcolumns import Box, Gutter, column_lines, find_gutters
from extractors.tables.textlines import TextLine, lines_of
from pipeline.model import Word

#: Slack (points) around a region: a word on the border still belongs to it.
SLACK = 2.0
#: A page with more regions than this is a drawing; its largest ones are read.
MOST_REGIONS = 120
#: Two stripes have four edges, which tells them from a lone shaded head or total.
STRIPED = 4
#: A table in one of two text columns is at most this share of a table over both.
NARROWER = 0.6


class Page:
    """One page's words and drawings.

    Attributes:
        known_gutter: where the right text column of the page before begins (points).
        hs, vs: horizontal and vertical rules; grounds: coloured fills that can be a cell's.
    """

    def __init__(self, geometry: PageGeometry, words: Sequence[Word], gutter: float | None = None) -> None:
        self.geometry = geometry
        self.known_gutter = gutter
        self.words = words
        self.hs, self.vs = page_lines(geometry)
        self.grounds = cell_grounds(geometry.fills, geometry.width, geometry.height)

    @cached_property
    def splitter(self) -> Splitter:
        """What splits words that lie across a separator."""
        return Splitter(self.geometry.glyphs)

    @cached_property
    def lines(self) -> list[TextLine]:
        """All upright text of the page as lines."""
        return lines_of(self.words)

    @cached_property
    def gutters(self) -> list[Gutter]:
        """Where the page is parted into two text columns."""
        drawn = [Box(h.lo, h.at, h.hi, h.at) for h in self.hs]
        drawn += [Box(f.x0, f.top, f.x1, f.bottom) for f in self.grounds]
        return find_gutters(self.lines, drawn, self.geometry.width, self.known_gutter)

    @cached_property
    def edges(self) -> tuple[list[Line], list[Line]]:
        """The edges of the page's grounds as horizontal and vertical lines."""
        return edge_lines(self.grounds)

    @cached_property
    def regions(self) -> list[Region]:
        """Lines and edges of fills that hang together, the largest region first."""
        if not self.grounds:
            regions = regions_of(self.hs, self.vs)
        else:
            fh, fv = self.edges
            regions = regions_of(together(self.hs, fh), together(self.vs, fv))
        if len(regions) > 1:
            regions = stacked(regions, self.lines, fills=bool(self.grounds))
        regions.sort(key=lambda region: -(region.x1 - region.x0) * (region.bottom - region.top))
        return regions[:MOST_REGIONS]

    def inside(self, x0: float, top: float, x1: float, bottom: float) -> list[Word]:
        """The words whose middle lies in a box (points)."""
        made = []
        for word in self.words:
            box = word.box
            y = (box.top + box.bottom) / 2
            if top - SLACK <= y <= bottom + SLACK:
                x = (box.x0 + box.x1) / 2
                if x0 - SLACK <= x <= x1 + SLACK:
                    made.append(word)
        return made

    def ruled(self, region: Region) -> Region:
        """The region with nothing but the rules in it."""
        x0, top, x1, bottom = region.x0, region.top, region.x1, region.bottom
        hs = [h for h in self.hs if top - 3 <= h.at <= bottom + 3 and h.lo >= x0 - 4 and h.hi <= x1 + 4]
        vs = [v for v in self.vs if x0 - 3 <= v.at <= x1 + 3 and v.lo >= top - 4 and v.hi <= bottom + 4]
        return Region(x0, top, x1, bottom, hs, vs)

    def area(self, ruled: Region, *, aside: bool = False) -> Area:
        """Where the region's table is, when it is not a grid: with all that fits beside, above and below.

        ``aside``: its cells are colours without words, so labels beside it belong to it whatever is drawn.
        """
        high = ruled.bottom - ruled.top
        down = [line.at for line in ruled.vs if line.hi - line.lo >= 0.5 * high]
        area = Area(ruled.x0, ruled.top, ruled.x1, ruled.bottom, ruled.hs, down, repeated_breaks(ruled.hs))
        if not aside and _framed(ruled, self.vs):
            return area
        filled = self._with_fill_edges(area, ruled)
        lines: Sequence[TextLine] = self.lines
        if self.gutters:
            lines = column_lines(lines, self.gutters, Box(area.x0, area.top, area.x1, area.bottom))
        lines = within_reach(lines, area.top, area.bottom)
        if filled is not area and (aside or not ruled.vs):
            filled = sideways(filled, lines, mute=aside)
        if (end := self._next_stripes(ruled, filled)) is not None:
            lines = [line for line in lines if line.y < end]
        whole = grown(filled, lines, always=filled is not area, headless=self._headless(area))
        whole = with_turned(whole, self.words, lines)
        return whole if whole.top == area.top else self._with_rules(whole)

    def _headless(self, area: Area) -> bool:
        """Whether the first row has the colour of an answer: it comes again below over the same columns."""
        own = [
            f for f in self.grounds if f.x0 >= area.x0 - 3 and f.x1 <= area.x1 + 3 and f.top >= area.top - 3
        ]
        first = [f for f in own if f.top < area.top + 3 and f.x1 - f.x0 < 0.9 * (area.x1 - area.x0)]
        return any(
            sum(f.colour == one.colour and f.x0 == one.x0 and f.top < area.bottom for f in own) > 2
            for one in first
        )

    def coloured_rows(self, area: Area) -> int:
        """How many rows of the area have a ground over a part of its width."""
        wide = 0.9 * (area.x1 - area.x0)
        own = self._grounds_in(area.x0, area.top, area.x1, area.bottom)
        return len({round((f.top + f.bottom) / 2 / 4) for f in own if f.x1 - f.x0 < wide})

    def coloured(self, x0: float, top: float, x1: float, bottom: float) -> int:
        """How many grounds there are in a box that are not much wider than a cell."""
        own = self._grounds_in(x0, top, x1, bottom)
        return sum(f.x1 - f.x0 < 0.5 * (x1 - x0) for f in own)

    def _grounds_in(self, x0: float, top: float, x1: float, bottom: float) -> list[Fill]:
        return [
            f
            for f in self.grounds
            if f.x0 >= x0 - 3 and f.x1 <= x1 + 3 and top <= (f.top + f.bottom) / 2 <= bottom
        ]

    def _next_stripes(self, ruled: Region, area: Area) -> float | None:
        """Where another striped table begins below a striped one, in a narrower text column; else None."""
        below = [
            region.top
            for region in self.regions
            if region.top > ruled.bottom
            and len(region.hs) >= STRIPED
            and min(region.x1, ruled.x1) > max(region.x0, ruled.x0)
            and (region.x1 - region.x0) < NARROWER * (ruled.x1 - ruled.x0)
        ]
        return min(below) if below and len(area.across) >= STRIPED else None

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
        edges = (self.edges if len(own) == len(self.grounds) else edge_lines(own))[0]
        breaks = area.breaks or repeated_breaks(edges, (area.x0, area.x1))
        return replace(area, across=together(area.across, edges), breaks=breaks)


def together(a: Sequence[Line], b: Sequence[Line]) -> list[Line]:
    """Two sets of lines as one, snapped to each other."""
    return merged((line.at, line.lo, line.hi) for line in (*a, *b))


def _framed(region: Region, vs: Sequence[Line]) -> bool:
    """Whether rules close the region on both sides."""
    high = region.bottom - region.top
    sides = [v for v in vs if v.hi - v.lo >= 0.8 * high and v.lo <= region.top + 6]
    return any(abs(v.at - region.x0) < 3 for v in sides) and any(abs(v.at - region.x1) < 3 for v in sides)
