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
    for row in band:
        if levels and not _parted(levels[-1], row, across):
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
    if any(sum(run.first <= other.first and other.last <= run.last for other in row.runs) > 1 for run in wide):
        return True
    groups = [run for run in before.runs if run.first > 0]
    over = sum(_stands_over_several(run.x0, run.x1, row) for run in groups)
    return over > 0 and over * 2 >= len(groups)


def _stands_over_several(x0: float, x1: float, row: Row) -> bool:
    """Whether a run from ``x0`` to ``x1`` stands over the middle of several runs of the next line, and
    over the middle of none of them alone."""
    middle, size = (x0 + x1) / 2, row.line.size
    runs = row.runs
    if any(abs((run.x0 + run.x1) / 2 - middle) < 0.5 * size for run in runs):
        return False
    for i, first in enumerate(runs):
        for last in runs[i + 1 : i + 6]:
            if abs((first.x0 + last.x1) / 2 - middle) < 0.5 * size and last.x1 - first.x0 > x1 - x0:
                return True
    return False
