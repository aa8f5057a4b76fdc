"""Which printed lines are one row: by distance where rows stand apart, else by what the lines say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.tables.rows import Row, is_unit_row

#: Lines of one cell stand at most so many font sizes apart.
TIGHT = 1.55
#: Rows stand apart by at least this factor against lines of one cell.
APART = 1.18
#: Values stand half way between two lines within this share of the font size.
HALF_WAY = 0.15
#: Lines of one label may stand so many font sizes apart where values between them bind them together.
WRAPPED = 1.9


def grouped(rows: Sequence[Row]) -> list[list[Row]]:
    """Printed lines as rows.

    Where the distances between lines fall into two clear groups the near ones are one row. Where
    they do not, a line continues the row before when it could not stand alone.
    """
    if len(rows) < 2:
        return [list(rows)] if rows else []
    if (labelled := _by_labels(rows)) is not None:
        return labelled
    limit = _limit(rows)
    groups = [[rows[0]]]
    room = _label_room(rows)
    centred = _centred(rows)
    for at, (before, row) in enumerate(pairwise(rows), start=1):
        group = groups[-1]
        if at in centred:
            group.append(row)
            continue
        near = row.line.y - before.line.y <= limit if limit else None
        if _continues(group, row, near) or (near is None and _did_not_fit(group, row, room)):
            group.append(row)
        else:
            groups.append([row])
    return groups


def _centred(rows: Sequence[Row]) -> set[int]:
    """Indices of lines that go on with the line before: values half way between two lines of one label,
    and the second of these."""
    made: set[int] = set()
    for at, (above, row, below) in enumerate(zip(rows, rows[1:], rows[2:], strict=False), start=1):
        if 0 in row.texts or not row.value_cols or not set(above.texts) == {0} == set(below.texts):
            continue
        up, down = row.line.y - above.line.y, below.line.y - row.line.y
        if abs(up - down) <= HALF_WAY * row.line.size and up + down <= WRAPPED * row.line.size:
            made |= {at, at + 1}
    return made


def _by_labels(rows: Sequence[Row]) -> list[list[Row]] | None:
    """Rows told by labels of several lines: their own distances fall into two groups, and each row has
    values at most once, in the middle or at the bottom of its label. None when it is not so."""
    labels = [row for row in rows if 0 in row.texts]
    if len(labels) < 4 or not any(set(row.texts) == {0} for row in labels):
        return None
    size = max(row.line.size for row in labels)
    steps = sorted(b.line.y - a.line.y for a, b in pairwise(labels))
    cut = next(
        (
            (low + high) / 2
            for low, high in pairwise(steps)
            if high >= APART * low and 0.8 * size <= low <= TIGHT * size
        ),
        None,
    )
    if cut is None:
        return None
    bounds = [(a.line.y + b.line.y) / 2 for a, b in pairwise(labels) if b.line.y - a.line.y > cut]
    groups: list[list[Row]] = [[] for _ in range(len(bounds) + 1)]
    for row in rows:
        groups[bisect_right(bounds, row.line.y)].append(row)
    wrapped = [group for group in groups if sum(0 in row.texts for row in group) > 1]
    displaced = sum(not next(row for row in group if 0 in row.texts).value_cols for group in wrapped)
    if displaced * 2 < len(wrapped):
        return None  # values stand at the top: other cells may be longer than the label
    stated = [[col for row in group for col in row.value_cols] for group in groups]
    whole = all(groups) and all(len(set(cols)) == len(cols) for cols in stated)
    return groups if whole and sum(map(bool, stated)) * 10 >= 7 * len(groups) else None


def rules_bound_rows(bands: Sequence[Sequence[Row]]) -> bool:
    """Whether every row of the body stands between rules of its own.

    So it is when there are several bands and (nearly) none holds two values in one column.
    """
    if len(bands) < 3:
        return False
    return sum(clashes(band) for band in bands) * 10 <= len(bands) + 5


def clashes(band: Sequence[Row]) -> bool:
    """Whether two lines of the band state something in one column, or have labels of their own that stand
    apart as rows do: then they are two rows."""
    if len(band) > 1 and is_unit_row(band[0].texts.items()) and any(row.states for row in band[1:]):
        return True
    seen: set[int] = set()
    for row in band:
        if seen & row.value_cols:
            return True
        seen |= row.value_cols
    return any(
        b.line.y - a.line.y > TIGHT * b.line.size and _begins(a.texts.get(0)) and _begins(b.texts.get(0))
        for a, b in pairwise(band)
    )


def _begins(label: str | None) -> bool:
    return label is not None and label[0].isupper()


def _limit(rows: Sequence[Row]) -> float | None:
    """The largest distance (points) between lines of one row, None when distances do not tell.

    Distances tell only when those between two lines that both state values are all larger.
    """
    steps = sorted(b.line.y - a.line.y for a, b in pairwise(rows))
    size = max(row.line.size for row in rows)
    cut = None
    for low, high in pairwise(steps):
        if high >= APART * low and low <= TIGHT * size and low >= 0.8 * size:
            cut = (low + high) / 2
            break
    if cut is None:
        return None
    apart = [b.line.y - a.line.y for a, b in pairwise(rows) if a.value_cols & b.value_cols]
    return None if apart and min(apart) <= cut else cut


def _continues(group: Sequence[Row], row: Row, near: bool | None) -> bool:
    """Whether ``row`` belongs to the row begun by ``group``; ``near``: distance says so (None: mute)."""
    filled = {col for before in group for col in before.texts}
    stated = {col for before in group for col in before.value_cols}
    if stated & row.value_cols or (len(group) == 1 and is_unit_row(group[0].texts.items())):
        return False
    if _half_line(group, row) and not filled & set(row.texts) & (stated | row.value_cols):
        return True
    if near is not None:
        return near
    label = row.texts.get(0)
    if label is None:
        return bool(row.texts) and not row.value_cols and set(row.texts) <= filled
    if set(row.texts) == {0}:
        return _runs_on(_last_label(group), label)
    return not stated and filled == {0} and _runs_on(_last_label(group), label)


def _label_room(rows: Sequence[Row]) -> float:
    """x that the longest label reaches."""
    return max((run.x1 for row in rows for run in row.runs if run.first == 0 == run.last), default=0.0)


def _did_not_fit(group: Sequence[Row], row: Row, room: float) -> bool:
    """Whether a line of label only is what had no room on the line before: tight below it, in the same
    face, and its first word would have reached beyond all other labels."""
    before = group[-1]
    if set(row.texts) != {0} or 0 not in before.texts or len(group[0].texts) < 2:
        return False
    first, last = row.runs[0].words[0], before.runs[0].words[-1]
    if first.bold != last.bold or row.line.y - before.line.y > TIGHT * row.line.size:
        return False
    return before.runs[0].x1 + 0.25 * last.size + first.box.width > room + 0.5


def _half_line(group: Sequence[Row], row: Row) -> bool:
    """Whether the lines overlap in height: values set at the middle of a label of two lines."""
    return row.line.top < group[-1].line.bottom - 0.45 * row.line.size


def _last_label(group: Sequence[Row]) -> str:
    return next((row.texts[0] for row in reversed(group) if 0 in row.texts), "")


def _runs_on(before: str, label: str) -> bool:
    """Whether a label's line is the rest of the label before it."""
    if not before:
        return False
    first = label[0]
    return before[-1] in "-,/(" or first.islower() or first in "(&/" or before.count("(") > before.count(")")
