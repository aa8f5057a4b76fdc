"""The strip between two text columns: no line beside it crosses it, and the lines fill their columns."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extractors.text.lines import Run, rows_of

#: A gutter is at least this many ems wide.
GUTTER = 0.7
#: Each column is at least this share of the width of the text.
COLUMN_SHARE = 0.22
#: Lines fill at least this share of their column (in the median), or it is a list of keys and values.
FILLED = 0.55
#: So many lines on each side show a gutter; fewer where the page before had it at the same place.
LINES, LINES_AGAIN = 3, 1
#: It takes more lines to part a column again: stretched lines of justified text leave strips by chance.
LINES_INSIDE = 8
#: At most so many lines may cross a gutter for each pair of lines beside it (headings, full-width text).
ACROSS = 0.7
#: Left edges within so many points are one edge; so many of the most frequent ones are looked at.
EDGE, CANDIDATES = 3.0, 6


def find_gutter(
    runs: Sequence[Run], known: float | None = None, least: int = LINES
) -> tuple[float, float] | None:
    """The strip between two columns as ``(x0, x1)`` in points, or None.

    Args:
        known: a place to believe in with fewer lines than it takes otherwise.
        least: how many lines it takes on each side.
    """
    if len(runs) < 2:
        return None
    low, high = min(run.x0 for run in runs), max(run.x1 for run in runs)
    width = high - low
    if width <= 0:
        return None
    best: tuple[int, float, float] | None = None
    edges = _left_edges(runs, low + COLUMN_SHARE * width, high - COLUMN_SHARE * width)
    for edge, count in sorted(edges, key=lambda found: -found[1])[:CANDIDATES]:
        near = known is not None and abs(edge - known) < 20
        enough = LINES_AGAIN if near else least
        found = _evidence(runs, edge, width, enough) if count >= enough else None
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return None if best is None else best[1:]


def _left_edges(runs: Sequence[Run], low: float, high: float) -> list[tuple[float, int]]:
    """Places where several runs begin, with how many do."""
    edges: list[tuple[float, int]] = []
    for x in sorted(run.x0 for run in runs if low <= run.x0 <= high):
        if edges and x - edges[-1][0] <= EDGE:
            edges[-1] = (edges[-1][0], edges[-1][1] + 1)
        else:
            edges.append((x, 1))
    return edges


def _evidence(runs: Sequence[Run], edge: float, width: float, least: int) -> tuple[int, float, float] | None:
    """How many lines stand beside each other at a gutter that ends at ``edge``; None when it is none."""
    right = [run for run in runs if run.x0 >= edge - EDGE]
    left = [run for run in runs if run.x1 <= edge - GUTTER * run.size]
    if len(left) < least or len(right) < least:
        return None
    gutter = max(run.x1 for run in left)
    left_low, right_high = min(run.x0 for run in left), max(run.x1 for run in right)
    if gutter - left_low < COLUMN_SHARE * width or right_high - edge < COLUMN_SHARE * width:
        return None
    beside_left = _beside(left, right)
    beside_right = _beside(right, left)
    if len(beside_left) < least or len(beside_right) < least:
        return None
    wide_left = _widths(beside_left)
    wide_right = _widths(beside_right)
    if median(wide_left) < FILLED * (gutter - left_low) or median(wide_right) < FILLED * (right_high - edge):
        return None
    beside = min(len(wide_left), len(wide_right))
    top = min(beside_left[0].top, beside_right[0].top)
    bottom = max(beside_left[-1].bottom, beside_right[-1].bottom)
    across = [run for run in runs if run.x0 < edge - EDGE and run.x1 > gutter and top < run.base < bottom]
    if len(across) > ACROSS * beside:
        return None  # lines run across: words that happen to begin below each other
    return beside, gutter, edge


def _widths(runs: Sequence[Run]) -> list[float]:
    """Widths of the lines that the runs make."""
    return [max(run.x1 for run in row) - row[0].x0 for row in rows_of(runs)]


def _beside(ours: Sequence[Run], theirs: Sequence[Run]) -> list[Run]:
    """Those of ``ours`` that have one of ``theirs`` at their height (within a line)."""
    spans = sorted((run.top - run.size * 0.3, run.bottom + run.size * 0.3) for run in theirs)
    beside, at, reach = [], 0, float("-inf")
    for run in sorted(ours, key=lambda r: r.base):
        while at < len(spans) and spans[at][0] <= run.base:
            reach = max(reach, spans[at][1])
            at += 1
        if reach >= run.base:
            beside.append(run)
    return beside
