"""Cells of rows read by alignment: runs across columns, and groups over columns in a header."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.levels import flush_ranges, group_ranges
from extractors.tables.model import Span
from extractors.tables.rows import Row
from extractors.tables.rules import Line

#: Lines that stand further apart (font sizes) are rows of the header, not lines of one cell.
ROW_STEP = 1.5
#: A rule over this share of the width bounds rows; a shorter one underlines a group of columns.
FULL_RULE = 0.7


def row_spans(
    groups: Sequence[Sequence[Row]], xs: Sequence[float], header_rows: int, across: Sequence[Line]
) -> list[Span]:
    """Cells of the rows; a run of text across several otherwise empty columns spans them.

    Args:
        groups: the printed lines of each row; xs: column edges; across: all horizontal rules.
    """
    n_cols = len(xs) - 1
    made: list[Span] = []
    for r, group in enumerate(groups):
        reach = _reach(group, n_cols)
        if r < header_rows and r + 1 < len(groups):
            lower = groups[r + 1 : max(header_rows, r + 2)]
            for first, last in _group_spans(group, lower, xs, across, r < header_rows - 1):
                if all(reach[c] == c or first <= reach[c] <= last for c in range(first, last + 1)):
                    for col in range(first, last + 1):
                        reach[col] = first
        col = 0
        while col < n_cols:
            width = 1
            while col + width < n_cols and reach[col + width] == col:
                width += 1
            made.append(Span(r, col, 1, width))
            col += width
    return _over_levels(made, groups, header_rows) if header_rows > 1 else made


def _over_levels(spans: list[Span], groups: Sequence[Sequence[Row]], header_rows: int) -> list[Span]:
    """Header cells beside groups reach over both levels: such a column is named only once."""
    by_place = {(span.row, span.col): span for span in spans}
    named = [{col for row in group for col in row.texts} for group in groups[:header_rows]]
    for r in range(header_rows - 1):
        if not any(span.row == r and span.col_span > 1 for span in spans):
            continue
        for col in sorted(named[r] ^ named[r + 1]):
            upper, lower = by_place.get((r, col)), by_place.get((r + 1, col))
            if upper and lower and upper.col_span == lower.col_span == 1 and upper.row_span == 1:
                by_place[r, col] = Span(r, col, 2, 1)
                del by_place[r + 1, col]
    return [by_place[place] for place in sorted(by_place)]


def _reach(group: Sequence[Row], n_cols: int) -> list[int]:
    """For each column the first column of the cell it belongs to, by runs that lie across edges."""
    reach = list(range(n_cols))
    runs = [run for row in group for run in row.runs]
    for run in runs:
        if run.last == run.first:
            continue
        if not any(o is not run and o.first <= run.last and run.first <= o.last for o in runs):
            for col in range(run.first, run.last + 1):
                reach[col] = run.first
    return reach


def _group_spans(
    group: Sequence[Row],
    levels: Sequence[Sequence[Row]],
    xs: Sequence[float],
    across: Sequence[Line],
    grouping: bool,
) -> list[tuple[int, int]]:
    low, high = max(row.low for row in group), min(row.high for row in levels[0])
    made: list[tuple[int, int]] = []
    for rule in across:
        if low - 1 < rule.at < high + 1 and rule.hi - rule.lo < FULL_RULE * (xs[-1] - xs[0]):
            cols = [
                c
                for c in range(len(xs) - 1)
                if min(rule.hi, xs[c + 1]) - max(rule.lo, xs[c]) > 0.4 * (xs[c + 1] - xs[c])
            ]
            runs = (
                [run for row in group for run in row.runs if run.last >= cols[0] and run.first <= cols[-1]]
                if cols
                else []
            )
            if len(cols) > 1 and len(runs) == 1:
                made.append((cols[0], cols[-1]))
    if made or not grouping:
        return made
    for row in group:
        for lower in (row for level in levels for row in level):
            if found := group_ranges(row, lower, xs):
                return found
    step = levels[0][0].line.y - group[-1].line.y
    apart = step > ROW_STEP * group[-1].line.size and not group[-1].turned and not levels[0][0].turned
    named = {run.first for row in group for run in row.runs}
    if apart or any(low - 1 < rule.at < high + 1 for rule in across):
        for row in group:
            for lower in levels[0]:
                found = flush_ranges(row, lower)
                if found and not any(first < col <= last for first, last in found for col in named):
                    return found
    return []
