"""Header bands: found above the first values, wrapped lines made one row, groups a row of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.tables.levels import flush_ranges, group_ranges, names_groups
from extractors.tables.rows import Row, is_unit, is_unit_row
from extractors.tables.rules import Line
from extractors.tables.textlines import ROOMY, level_room

#: Lines of a header that nothing sets apart stand at most so many font sizes apart.
TIGHT_HEADER = 1.5
#: Levels of a header, and years or units under it, may stand so many apart.
LEVEL_STEP = 2.6
#: A band of more lines than this is no header.
MOST_LINES = 14


def header_band(bands: Sequence[Sequence[Row]], xs: Sequence[float]) -> int:
    """How many bands at the top are headers: those a rule sets apart and that state no values.

    The first is one when it names columns; the next ones when the band above names groups of theirs.
    """
    if len(bands) < 2 or not _names_columns(bands[0]):
        return 0
    count = reach = 1
    while count < len(bands) - 1 and _names_columns(bands[count]):
        count += 1
        upper = [row for band in bands[: count - 1] for row in band]
        if any(names_groups(row, lower, xs) for row in upper for lower in bands[count - 1]):
            reach = count
    return reach


def _names_columns(band: Sequence[Row]) -> bool:
    if len(band) > MOST_LINES or not any(col > 0 for row in band for col in row.texts):
        return False
    stating = [row for at, row in enumerate(band) if row.states and not _units(row) and not runs_on(band, at)]
    if not stating:
        return True
    if len(band) > 1 and any(len(row.value_cols) * 2 >= len(row.texts) - (0 in row.texts) for row in stating):
        return False
    others = sum(sum(col > 0 for col in row.texts) for row in band)
    return sum(len(row.value_cols) for row in stating) * 2 < others


def header_end(band: Sequence[Row], across: Sequence[Line] = ()) -> int:
    """Where the header ends in its band: before lines at its end that hold nothing but a label and stand
    apart as rows do (white rows below a header, before the first stripe), or below a rule (``across``)."""
    end = len(band)
    while (
        end > 1 and set(band[end - 1].texts) == {0} and any(set(row.texts) - {0} for row in band[: end - 1])
    ):
        low, high = band[end - 2].line.y, band[end - 1].line.y
        ruled = any(low < rule.at < high for rule in across)
        if not ruled and high - low <= TIGHT_HEADER * band[end - 1].line.size:
            break
        end -= 1
    return end


def runs_on(rows: Sequence[Row], at: int) -> bool:
    """Whether a line that looks like values is the rest of wrapped header cells ("at most / 14 days"): no
    label, tight below, and under words in every one of its columns while others have none."""
    row = rows[at]
    if at == 0 or 0 in row.texts:
        return False
    above = rows[at - 1]
    if row.line.y - above.line.y > TIGHT_HEADER * row.line.size:
        return False
    over = {col for col in above.texts if col not in above.value_cols}
    return row.texts.keys() < (over - {0})


def leading_lines(rows: Sequence[Row], xs: Sequence[float]) -> int:
    """How many lines at the top are a header that no rule sets apart: they state no values, stand tight,
    and name columns to the right; 0 when no value follows or nothing tells."""
    first = next(
        (at for at, row in enumerate(rows) if row.states and not _units(row) and not runs_on(rows, at)), 0
    )
    while first > 0 and set(rows[first - 1].texts) == {0}:
        first -= 1  # the beginning of the first row's own label
    first = _bold_lead(rows, first)
    if first < 1 or first > MOST_LINES:
        return 0
    heavy = _bold(rows[:first]) and not _bold(rows[first:])
    level = max(LEVEL_STEP, level_room([row.line for row in rows[first:]]))
    for at, (a, b) in enumerate(pairwise(rows[:first]), start=1):
        wide = heavy or a.years or b.years or _units(b)
        wide = wide or any(group_ranges(a, later, xs) for later in rows[at:first])
        if b.line.y - a.line.y > (level if wide else TIGHT_HEADER) * rows[0].line.size:
            return 0
    return first


def _bold_lead(rows: Sequence[Row], first: int) -> int:
    """Where the header ends before line ``first``, which states values: where bold lines do, further above
    the next line than the lines of one cell stand (that begins the first row's label or comment)."""
    end = 0
    while end < first and all(word.bold for word in rows[end].line.words):
        end += 1
    if not 0 < end < first or any(word.bold for word in rows[end].line.words) or _units(rows[end]):
        return first
    apart = rows[end].line.y - rows[end - 1].line.y > TIGHT_HEADER * rows[end].line.size
    return end if apart else first


def _bold(rows: Sequence[Row]) -> bool:
    """Whether most words of the lines are bold."""
    words = [word for row in rows for word in row.line.words]
    return sum(word.bold for word in words) * 2 > len(words)


def _units(row: Row) -> bool:
    return is_unit_row(row.texts.items())


def header_levels(band: Sequence[Row], xs: Sequence[float], across: Sequence[Line]) -> list[list[Row]]:
    """The lines of a header as one to three rows.

    A new level begins below a line that spans columns while a later line tells them apart, below a
    rule under some of the columns, and at a row of units.
    """
    levels: list[list[Row]] = []
    ends = {
        index
        for index, row in enumerate(band)
        if any(group_ranges(row, later, xs) for later in band[index + 1 :])
    }
    for index, row in enumerate(band):
        new = index - 1 in ends or (len(xs) > 3 and _units(row)) or lone_units(band, index)
        if levels and not new and not _parted(levels[-1], row, across):
            levels[-1].append(row)
        else:
            levels.append([row])
    return levels


def lone_units(rows: Sequence[Row], at: int) -> bool:
    """Whether a line holds nothing but a unit, further below the line above than wrapped lines stand."""
    row = rows[at]
    if at == 0 or 0 in row.texts or not all(is_unit(text) for text in row.texts.values()):
        return False
    return row.line.y - rows[at - 1].line.y > TIGHT_HEADER * row.line.size


def _parted(level: Sequence[Row], row: Row, across: Sequence[Line]) -> bool:
    before = level[-1]
    low, high = before.line.y, row.line.y
    left, right = before.line.x0, before.line.x1
    if any(low < rule.at < high and rule.hi > left and rule.lo < right for rule in across):
        return True
    if high - low > ROOMY * row.line.size and flush_ranges(before, row):
        return True
    wide = [run for run in before.runs if run.last > run.first]
    return any(
        sum(run.first <= other.first and other.last <= run.last for other in row.runs) > 1 for run in wide
    )
