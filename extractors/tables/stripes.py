"""Zebra fills: stripes with white rows between them are one table, and white rows may close it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.columns import COLUMN_GAP
from extractors.tables.model import Layout, Span
from extractors.tables.rules import Region, merged
from extractors.tables.textlines import TextLine

#: White rows between two stripes are at most this high (points): some wrapped lines.
WHITE_ROWS = 64.0
#: Drawn parts with nothing between them are one table when they stand as near as this (points).
CLOSE = 8.0
#: Stripes of one table have the same ends, but for so many points.
SAME_END = 4.0


def stacked(regions: Sequence[Region], lines: Sequence[TextLine], *, fills: bool = True) -> list[Region]:
    """Regions of which those that stand above each other, with rows of text between, are made one.

    Args:
        regions: from lines and fills; lines: the page's text lines from top to bottom.
        fills: the page has coloured grounds, so rows between two parts may be white stripes.
    """
    made: list[Region] = []
    for region in sorted(regions, key=lambda r: (r.top, r.x0)):
        for index, above in enumerate(made):
            if _continues(above, region, lines, fills):
                made[index] = _both(above, region)
                break
        else:
            made.append(region)
    return made


def _continues(above: Region, region: Region, lines: Sequence[TextLine], fills: bool) -> bool:
    if abs(above.x0 - region.x0) > SAME_END or abs(above.x1 - region.x1) > SAME_END:
        return False
    if not -1.0 <= region.top - above.bottom <= WHITE_ROWS:
        return False
    between = inside(lines, above.x0, above.bottom, above.x1, region.top)
    if not between:
        return region.top - above.bottom < CLOSE
    if not fills:
        return False
    several = sum(len(line.segments(COLUMN_GAP)) > 1 for line in between)
    return several * 2 >= len(between)


def inside(lines: Sequence[TextLine], x0: float, top: float, x1: float, bottom: float) -> list[TextLine]:
    """The parts of the lines that lie in a box (points), without empty ones."""
    made = []
    for line in lines:
        if line.y >= bottom:
            break
        if line.y <= top:
            continue
        words = [word for word in line.words if x0 - 3 <= (word.box.x0 + word.box.x1) / 2 <= x1 + 3]
        if words:
            made.append(TextLine(line.y, line.top, line.bottom, line.size, words))
    return made


def _both(a: Region, b: Region) -> Region:
    hs = merged((line.at, line.lo, line.hi) for line in (*a.hs, *b.hs))
    vs = merged((line.at, line.lo, line.hi) for line in (*a.vs, *b.vs))
    return Region(min(a.x0, b.x0), min(a.top, b.top), max(a.x1, b.x1), max(a.bottom, b.bottom), hs, vs)


def extended(layout: Layout, lines: Sequence[TextLine]) -> Layout:
    """The layout with the white rows directly below and above it that fit its columns.

    Stripes colour every second row, so the first or last row may lie outside them.
    """
    below = _fitting(layout, inside(lines, layout.xs[0], layout.ys[-1], layout.xs[-1], 1e9), down=True)
    above = _fitting(layout, inside(lines, layout.xs[0], -1e9, layout.xs[-1], layout.ys[0])[::-1], down=False)
    if not below and not above:
        return layout
    shift = 1 if above else 0
    spans = [Span(span.row + shift, *span[1:]) for span in layout.spans]
    ys = list(layout.ys)
    if above:
        ys.insert(0, min(line.top for line in above) - 1)
        spans = [Span(0, col, 1, 1) for col in range(layout.n_cols)] + spans
    if below:
        spans += [Span(len(ys) - 1, col, 1, 1) for col in range(layout.n_cols)]
        ys.append(max(line.bottom for line in below) + 1)
    return Layout(layout.xs, ys, spans, layout.header_rows, layout.complete, layout.engine, layout.confidence)


def _fitting(layout: Layout, lines: Sequence[TextLine], *, down: bool) -> list[TextLine]:
    """The lines of the one row next to the layout: near to it and to each other, and apart at its edges."""
    edge = layout.ys[-1] if down else layout.ys[0]
    high = (layout.ys[-1] - layout.ys[-2]) if down else (layout.ys[1] - layout.ys[0])
    row: list[TextLine] = []
    for line in lines:
        near = edge if not row else row[-1].y
        if abs(line.y - near) > (0.9 * min(high, 2.2 * line.size) if not row else 1.5 * line.size):
            break
        if any(w.box.x0 + 1 < x < w.box.x1 - 1 for w in line.words for x in layout.xs):
            return []
        row.append(line)
    columns = {
        sum(x < (word.box.x0 + word.box.x1) / 2 for x in layout.xs) for line in row for word in line.words
    }
    return row if len(columns) > max(1, layout.n_cols // 2) and len(row) <= 4 else []
