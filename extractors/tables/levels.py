"""Groups over columns: which columns a header of a higher level names."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.rows import Placed, Row

#: Lines that stand further apart (font sizes) are rows of the header, not lines of one cell.
ROW_STEP = 1.5
#: Lines nearer than this (font sizes) stand in one row of the header.
SAME_CELL = 0.8


def group_ranges(upper: Row, lower: Row, xs: Sequence[float]) -> list[tuple[int, int]]:
    """The columns ``(first, last)`` under each run of the upper line, when it names groups of columns.

    It does when each of its runs (but one over the labels) stands over the middle of two or more columns
    of the lower line, and every one of them is under some group: sexes over years, say. The middle
    of a group's columns is that of their texts, or, where these are set flush, that of the columns
    themselves. Over years groups may also begin flush with their first column.

    Args:
        upper, lower: two printed lines of a header; xs: the column edges (points).

    Returns:
        One range of columns for each run, an empty list when the upper line names no groups.
    """
    groups = sorted((run for run in upper.runs if run.first > 0), key=lambda run: run.x0)
    leaves = sorted((run for run in lower.runs if run.first > 0), key=lambda run: run.x0)
    if not groups or len(leaves) < 2 * len(groups):
        return []
    if not lower.turned and lower.line.y - upper.line.y < SAME_CELL * lower.line.size:
        return []  # one line in the middle of a row whose other heads have two
    years = lower.years and len(lower.value_cols) == len(leaves)
    for way, middles in enumerate(_middles(leaves, xs[-1], flush=len(groups) > 1 or years)):
        found = _shared_out(groups, middles, leaves, (0.8 if way else 0.6) * lower.line.size)
        if found:
            return found
    apart = lower.turned or lower.line.y - upper.line.y > ROW_STEP * lower.line.size
    if apart and len(groups) > 1 and len(leaves) == len({leaf.first for leaf in leaves}):
        by_edges = [[(xs[a.first] + xs[b.last + 1]) / 2 for b in leaves] for a in leaves]
        if found := _shared_out(groups, by_edges, leaves, lower.line.size):
            return found
    return _flush(groups, leaves) if years else []


def names_groups(upper: Row, lower: Row, xs: Sequence[float]) -> bool:
    """Whether a line that a rule parts from the lower one names groups of its columns: by
    :func:`group_ranges`, or each of its runs begins flush with a column, fewer than there are."""
    return bool(group_ranges(upper, lower, xs) or flush_ranges(upper, lower))


def flush_ranges(upper: Row, lower: Row) -> list[tuple[int, int]]:
    """The columns under each run of a line when these are fewer than its columns and each begins flush with
    one; only where a rule parts the two lines, for else they may be lines of one cell."""
    groups = sorted((run for run in upper.runs if run.first > 0), key=lambda run: run.x0)
    leaves = sorted((run for run in lower.runs if run.first > 0), key=lambda run: run.x0)
    if not groups or len(groups) >= len(leaves):
        return []
    return _flush(groups, leaves)


def _middles(leaves: Sequence[Placed], right: float, *, flush: bool) -> list[list[list[float]]]:
    """Ways to tell the middle ``[first][last]`` of a range of columns: by texts, or by edges that the
    texts are flush with on the left or on the right."""
    n = range(len(leaves))
    ways = [[[(leaves[i].x0 + leaves[j].x1) / 2 for j in n] for i in n]]
    if flush:
        starts = [leaf.x0 for leaf in leaves]
        starts.append(max(right, 2 * starts[-1] - starts[-2]))
        ways.append([[(starts[i] + starts[j + 1]) / 2 for j in n] for i in n])
        step = leaves[1].x1 - leaves[0].x1
        ends = [leaves[0].x1 - step] + [leaf.x1 for leaf in leaves]
        ways.append([[(ends[i] + ends[j + 1]) / 2 for j in n] for i in n])
    return ways


def _shared_out(
    groups: Sequence[Placed], middles: list[list[float]], leaves: Sequence[Placed], near: float
) -> list[tuple[int, int]]:
    """The leaves under each group, when their middles share out all leaves from the first covered on."""
    for start in range(len(leaves) - 1):
        ranges = _ranges_from(start, groups, middles, leaves, near)
        if ranges:
            return [(leaves[first].first, leaves[last].last) for first, last in ranges]
    return []


def _ranges_from(
    start: int, groups: Sequence[Placed], middles: list[list[float]], leaves: Sequence[Placed], near: float
) -> list[tuple[int, int]]:
    """First and last leaf under each group when these share out all leaves from ``start`` on, else none."""
    ranges: list[tuple[int, int]] = []
    first = start
    for index, run in enumerate(groups):
        middle = (run.x0 + run.x1) / 2
        left = 2 * (len(groups) - index - 1)
        lasts = [
            last
            for last in range(first + 1, len(leaves) - left)
            if abs(middles[first][last] - middle) < near
            and _over_leaves(run, leaves[first : last + 1], groups)
        ]
        if not lasts:
            return []
        ranges.append((first, lasts[0]))
        first = lasts[0] + 1
    return ranges if first == len(leaves) else []


def _over_leaves(run: Placed, leaves: Sequence[Placed], groups: Sequence[Placed]) -> bool:
    """Whether a group's name is not rather the first line of one leaf's own header."""
    if len(leaves) % 2:
        return len(groups) > 1
    return not any(_under(run.x0, run.x1, leaf.x0, leaf.x1) for leaf in leaves)


def _flush(groups: Sequence[Placed], leaves: Sequence[Placed]) -> list[tuple[int, int]]:
    """The leaves from the one each group begins flush with to the one before the next group's."""
    starts: list[int] = []
    for group in groups:
        at = next((i for i, leaf in enumerate(leaves) if abs(leaf.x0 - group.x0) < 3), None)
        if at is None:
            return []
        starts.append(at)
    if starts[0] != 0:
        return []
    ends = [*(start - 1 for start in starts[1:]), len(leaves) - 1]
    if any(end < start for start, end in zip(starts, ends, strict=True)) or starts == ends:
        return []
    return [(leaves[a].first, leaves[b].last) for a, b in zip(starts, ends, strict=True)]


def _under(x0: float, x1: float, leaf_x0: float, leaf_x1: float) -> bool:
    """Whether a leaf lies under most of the run: then the run is the leaf's own first line."""
    return min(x1, leaf_x1) - max(x0, leaf_x0) > 0.6 * (x1 - x0)
