"""Zebra fills: stripes with white rows between them are one table, and white rows may close it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.barriers import ends_table, usual_size
from extractors.tables.rules import Region, merged
from extractors.tables.textlines import COLUMN_GAP, TextLine

#: White rows between two stripes are at most this high (points): some wrapped lines.
WHITE_ROWS = 64.0
#: Drawn parts with nothing between them are one table when they stand as near as this (points).
CLOSE = 8.0
#: A text over this share of the width is a paragraph, not a cell.
BROAD = 0.6
#: Stripes of one table have the same ends, but for so many points.
SAME_END = 4.0
#: A row with nothing but a group's name is at most so many font sizes high.
GROUP_ROW = 3.0


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
    if fills and _same_columns(above, region) and _only_group(lines, above, region):
        return True
    if not between:
        return region.top - above.bottom < CLOSE
    if not fills:
        return False
    size = usual_size(inside(lines, above.x0, above.top, above.x1, above.bottom) or between)
    if any(ends_table(line, size) for line in between):
        return False
    runs = [run for line in between for run in line.segments(COLUMN_GAP)]
    wide = BROAD * (above.x1 - above.x0)
    return len(runs) > len(between) and all(run[-1].box.x1 - run[0].box.x0 <= wide for run in runs)


def _same_columns(a: Region, b: Region) -> bool:
    """Whether both parts have the same column edges, and three columns at least."""
    xs, others = ([v.at for v in region.vs] for region in (a, b))
    return len(xs) == len(others) > 3 and all(abs(x - y) <= 2.0 for x, y in zip(xs, others, strict=True))


def _only_group(lines: Sequence[TextLine], above: Region, region: Region) -> bool:
    """Whether one short line stands between two parts, at their left or over the labels beside them: the name
    of the rows below."""
    between = [line for line in lines if above.bottom - 2 < line.y < region.top + 2]
    if len(between) != 1 or region.top - above.bottom > GROUP_ROW * between[0].size:
        return False
    (line,) = between
    left = line.x0 < above.x0 + 0.2 * (above.x1 - above.x0)
    return left and len(line.segments(COLUMN_GAP)) == 1 and not ends_table(line, line.size)


def inside(lines: Sequence[TextLine], x0: float, top: float, x1: float, bottom: float) -> list[TextLine]:
    """The parts of the lines that lie in a box (points), without empty ones."""
    made = []
    low, high = x0 - 3, x1 + 3
    for line in lines:
        if line.y >= bottom:
            break
        if line.y <= top:
            continue
        words = [word for word in line.words if low <= (word.box.x0 + word.box.x1) / 2 <= high]
        if len(words) == len(line.words):
            made.append(line)
        elif words:
            made.append(TextLine(line.y, line.top, line.bottom, line.size, words))
    return made


def _both(a: Region, b: Region) -> Region:
    hs = merged((line.at, line.lo, line.hi) for line in (*a.hs, *b.hs))
    vs = merged((line.at, line.lo, line.hi) for line in (*a.vs, *b.vs))
    return Region(min(a.x0, b.x0), min(a.top, b.top), max(a.x1, b.x1), max(a.bottom, b.bottom), hs, vs)
