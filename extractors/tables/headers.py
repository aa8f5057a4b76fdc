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
    if not wide:
        return False
    return any(
        sum(run.first <= other.first and other.last <= run.last for other in row.runs) > 1 for run in wide
    )
