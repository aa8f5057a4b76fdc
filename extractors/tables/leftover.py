"""The rest of a row that a page break split, alone at the top of the next page: read by the columns known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.tables.model import Layout, PageTable, Span
from extractors.tables.rules import Line
from extractors.tables.stripes import inside
from extractors.tables.textlines import TextLine, is_value
from pipeline.model import Word

#: The rest of a split row stands in this upper share of the page.
TOP_OF_PAGE = 0.25
#: Lines of one row stand at most so many font sizes apart.
TIGHT = 1.55
#: It stands so many font sizes below a running head, at least.
APART = 1.2
#: Text begins at most so many points from its column's edge.
PADDING = 12.0
#: The table before reaches at least so far down its page; below are only running feet.
BOTTOM_OF_PAGE = 0.93


def open_at_end(tables: Sequence[PageTable], words: Sequence[Word], height: float) -> PageTable | None:
    """The table that may go on on the next page: the last one, when nothing but a foot stands below it."""
    grids = [table for table in tables if table.hint == "grid"]
    if not grids:
        return None
    last = max(grids, key=lambda table: (table.box.x0 >= min(t.box.x1 for t in grids), table.box.bottom))
    low = BOTTOM_OF_PAGE * height
    below = any(
        word.box.top > last.box.bottom
        and word.box.bottom < low
        and last.box.x0 <= word.box.centre[0] <= last.box.x1
        for word in words
    )
    return None if below else last


def leftover(
    before: PageTable, lines: Sequence[TextLine], rules: Sequence[Line], height: float
) -> Layout | None:
    """A layout of one row for the lines at the top of a page that run on from the last row of ``before``.

    Every text stands in one of its columns and runs on in lower case; none is a value. Rules of the
    table's extent bound the row, or its lines stand alone.

    Args:
        lines: of the page from top to bottom; rules: its horizontal rules; height: of the page (points).
    """
    xs = list(before.column_edges)
    if len(xs) < 3:
        return None
    band = _between_rules(xs, rules, lines, height) or _alone(xs, lines, height)
    if band is None:
        return None
    spans = [Span(0, col, 1, 1) for col in range(len(xs) - 1)]
    return Layout(xs, list(band), spans, 0, False, "vector", 0.8)


def _between_rules(
    xs: Sequence[float], rules: Sequence[Line], lines: Sequence[TextLine], height: float
) -> tuple[float, float] | None:
    own = [rule for rule in rules if abs(rule.lo - xs[0]) < 5 and abs(rule.hi - xs[-1]) < 5]
    if len(own) < 2 or own[0].at > TOP_OF_PAGE * height:
        return None
    top, bottom = own[0].at, own[1].at
    row = inside(lines, xs[0], top, xs[-1], bottom)
    return (top, bottom) if _runs_on(xs, row) else None


def _alone(xs: Sequence[float], lines: Sequence[TextLine], height: float) -> tuple[float, float] | None:
    near = [line for line in lines if line.y < TOP_OF_PAGE * height]
    start = next((at for at, line in enumerate(near) if _runs_on(xs, [line])), None)
    if start is None or start > 2:
        return None
    if start and near[start].top - near[start - 1].bottom < APART * near[start].size:
        return None  # no running head but lines of the same cells
    row = [near[start]]
    for before, line in pairwise(lines[start:]):
        if line.y - before.y > TIGHT * line.size:
            break
        row.append(line)
    if not _runs_on(xs, row):
        return None
    return row[0].top - 1, row[-1].bottom + 1


def _runs_on(xs: Sequence[float], row: Sequence[TextLine]) -> bool:
    """Whether all texts of the lines stand in columns, begin there in lower case, and none is a value."""
    if not row:
        return False
    seen: set[int] = set()
    for line in row:
        for run in line.segments(0.6):
            col = bisect_right(xs, run[0].box.x0 + 1) - 1
            text = " ".join(word.text for word in run)
            if not 0 <= col < len(xs) - 1 or run[-1].box.x1 > xs[col + 1] + 1 or is_value(text):
                return False
            if col not in seen and not (text[0].islower() and run[0].box.x0 - xs[col] <= PADDING):
                return False
            seen.add(col)
    return len(seen) * 2 < len(xs) - 1
