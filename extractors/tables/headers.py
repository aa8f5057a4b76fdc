"""Header bands: wrapped lines made one row, groups over columns made a row of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.tables.rules import Line

if TYPE_CHECKING:
    from extractors.tables.align import Row


def header_levels(band: Sequence[Row], n_cols: int, across: Sequence[Line]) -> list[list[Row]]:
    """The lines of a header as one to three rows.

    A new level begins below a line that spans columns while the next line tells them apart, and
    below a rule under some of the columns.
    """
    levels: list[list[Row]] = []
    ends = {
        index
        for index, row in enumerate(band)
        if any(groups_columns(row, later) for later in band[index + 1 :])
    }
    for index, row in enumerate(band):
        if levels and index - 1 not in ends and not _parted(levels[-1], row, across):
            levels[-1].append(row)
        else:
            levels.append([row])
    return levels


def _parted(level: Sequence[Row], row: Row, across: Sequence[Line]) -> bool:
    before = level[-1]
    low, high = before.line.y, row.line.y
    left, right = before.line.x0, before.line.x1
    if any(low < rule.at < high and rule.hi > left and rule.lo < right for rule in across):
        return True
    wide = [run for run in before.runs if run.last > run.first]
    return any(
        sum(run.first <= other.first and other.last <= run.last for other in row.runs) > 1 for run in wide
    )


def groups_columns(upper: Row, lower: Row) -> bool:
    """Whether each run of the upper line (but one over the labels) stands over the middle of two or more
    runs of the lower, every one of them under some group: years over sexes, say."""
    groups = [run for run in upper.runs if run.first > 0]
    leaves = sorted((run for run in lower.runs if run.first > 0), key=lambda run: run.x0)
    if not groups or len(leaves) < 2 * len(groups):
        return False
    near = 0.6 * lower.line.size
    covered: list[int] = []
    for run in sorted(groups, key=lambda run: run.x0):
        middle = (run.x0 + run.x1) / 2
        start = covered[-1] + 1 if covered else 0
        found = [
            (last - first, first, last)
            for first in range(start, len(leaves) - 1)
            for last in range(first + 1, len(leaves))
            if abs((leaves[first].x0 + leaves[last].x1) / 2 - middle) < near
        ]
        if not found:
            return False
        _, first, last = min(found) if len(groups) > 1 else max(found)
        odd = (last - first) % 2 == 0
        if odd and len(groups) == 1:
            return False  # as likely the first line of the middle column's own header
        if not odd and any(_under(run.x0, run.x1, leaf.x0, leaf.x1) for leaf in leaves[first : last + 1]):
            return False
        covered += range(first, last + 1)
    return covered == list(range(covered[0], len(leaves)))


def _under(x0: float, x1: float, leaf_x0: float, leaf_x1: float) -> bool:
    """Whether a leaf lies under most of the run: then the run is the leaf's own first line."""
    return min(x1, leaf_x1) - max(x0, leaf_x0) > 0.6 * (x1 - x0)
