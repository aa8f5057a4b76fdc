"""Which printed lines are one row: by distance where rows stand apart, else by what the lines say."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.tables.textlines import is_value

if TYPE_CHECKING:
    from extractors.tables.align import Row

#: Lines of one cell stand at most so many font sizes apart.
TIGHT = 1.55
#: Rows stand apart by at least this factor against lines of one cell.
APART = 1.22


def grouped(rows: Sequence[Row]) -> list[list[Row]]:
    """Printed lines as rows.

    Where the distances between lines fall into two clear groups the near ones are one row. Where
    they do not, a line continues the row before when it could not stand alone.
    """
    if len(rows) < 2:
        return [list(rows)] if rows else []
    limit = _limit(rows)
    groups = [[rows[0]]]
    for before, row in itertools.pairwise(rows):
        group = groups[-1]
        near = row.line.y - before.line.y <= limit if limit else None
        if _continues(group, row, near):
            group.append(row)
        else:
            groups.append([row])
    return groups


def rules_bound_rows(bands: Sequence[Sequence[Row]]) -> bool:
    """Whether every row of the body stands between rules of its own.

    So it is when there are several bands and (nearly) none holds two values in one column.
    """
    if len(bands) < 3:
        return False
    clashing = 0
    for band in bands:
        seen: set[int] = set()
        for row in band:
            values = {col for col, text in row.texts.items() if col > 0 and is_value(text)}
            if seen & values:
                clashing += 1
                break
            seen |= values
    return clashing * 10 <= len(bands)


def _limit(rows: Sequence[Row]) -> float | None:
    """The largest distance (points) between lines of one row, None when distances do not tell."""
    steps = sorted(b.line.y - a.line.y for a, b in itertools.pairwise(rows))
    size = max(row.line.size for row in rows)
    tight = [step for step in steps if step <= TIGHT * size]
    if not tight or len(steps) < 2:
        return None
    cut = None
    for low, high in itertools.pairwise(steps):
        if high >= APART * low and low <= TIGHT * size and low >= 0.8 * size:
            cut = (low + high) / 2
            break
    return cut


def _continues(group: Sequence[Row], row: Row, near: bool | None) -> bool:
    """Whether ``row`` belongs to the row begun by ``group``; ``near``: distance says so (None: mute)."""
    if _half_line(group, row):
        shared = {col for before in group for col in before.texts} & set(row.texts)
        if shared <= {0}:
            return True
    elif near is False:
        return False
    filled = {col for before in group for col in before.texts}
    label = row.texts.get(0)
    clash = any(col > 0 and col in group_values(group) and is_value(text) for col, text in row.texts.items())
    if clash:
        return False
    if near:
        return not (
            row.values
            and group_values(group)
            and label
            and 0 in filled
            and len(group) == 1
            and _starts(label)
        )
    if label is None:
        return bool(row.texts) and not row.values and set(row.texts) <= filled
    if set(row.texts) == {0}:
        return _runs_on(_last_label(group), label)
    return not group_values(group) and filled == {0} and _runs_on(_last_label(group), label)


def _half_line(group: Sequence[Row], row: Row) -> bool:
    """Whether the lines overlap in height: values set at the middle of a label of two lines."""
    return row.line.top < group[-1].line.bottom - 0.45 * row.line.size


def group_values(group: Sequence[Row]) -> set[int]:
    """Columns (but the first) in which the group already holds a value."""
    return {col for row in group for col, text in row.texts.items() if col > 0 and is_value(text)}


def _last_label(group: Sequence[Row]) -> str:
    return next((row.texts[0] for row in reversed(group) if 0 in row.texts), "")


def _starts(label: str) -> bool:
    first = next((sign for sign in label if sign.isalnum()), "")
    return first.isupper() or first.isdigit()


def _runs_on(before: str, label: str) -> bool:
    """Whether a label's line is the rest of the label before it."""
    if not before:
        return False
    first = label[0]
    return before[-1] in "-,/(" or first.islower() or first in "(&/" or before.count("(") > before.count(")")
