"""Tables without any rule: runs of lines that state values and leave the same gaps open."""

from __future__ import annotations

from collections.abc import Container, Sequence

from extractors.tables.align import Area
from extractors.tables.columns import column_gaps
from extractors.tables.rows import answers_of, is_stated
from extractors.tables.textlines import COLUMN_GAP, TextLine, is_value

#: Rows of one table stand at most so many font sizes apart.
STEP = 3.2
#: So many lines without values may stand between two rows that state some.
BRIDGE = 7
#: Lines of labels alone end at least so many font sizes before the next column.
LABEL_ROOM = 0.3
#: A row left over from the page before stands in this share of the page at the top, and so many font sizes
#: from what follows.
TOP_SHARE = 0.16
LONE_STEP = 1.6


def open_areas(lines: Sequence[TextLine], known: frozenset[str] = frozenset()) -> list[Area]:
    """Areas of lines whose columns space alone keeps apart and that state values.

    ``known`` are answers that the rest of the page gives.

    Lines without values between two runs of such lines belong to the table when they leave the same
    gaps open: a wrapped label, a comment, the name of a group of rows.
    """
    answers = answers_of(lines) | known
    told = [_states(line, answers) for line in lines]
    runs = _runs(lines, told)
    areas: list[Area] = []
    index = 0
    while index < len(runs):
        first, last = runs[index]
        while index + 1 < len(runs) and _bridged(lines, first, last, runs[index + 1], told):
            last = runs[index + 1][1]
            index += 1
        index += 1
        own = list(lines[first : last + 1])
        if sum(told[first : last + 1]) > 1:
            x0, x1 = min(line.x0 for line in own), max(line.x1 for line in own)
            areas.append(Area(x0 - 1, own[0].top - 0.5, x1 + 1, own[-1].bottom + 0.5))
    return areas


def _runs(lines: Sequence[TextLine], told: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of each run of lines that state values and stand near each other."""
    runs: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if not told[index]:
            continue
        if runs and runs[-1][1] == index - 1 and line.y - lines[index - 1].y <= STEP * max(line.size, 1.0):
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def _bridged(
    lines: Sequence[TextLine], first: int, last: int, after: tuple[int, int], told: Sequence[bool]
) -> bool:
    """Whether the lines between two runs are near and leave the gaps of both runs open."""
    if after[0] - last > BRIDGE:
        return False
    if any(
        b.y - a.y > STEP * max(b.size, 1.0)
        for a, b in zip(lines[last : after[0]], lines[last + 1 : after[0] + 1], strict=True)
    ):
        return False
    stating = [
        line
        for line, tells in zip(lines[first : after[1] + 1], told[first : after[1] + 1], strict=True)
        if tells
    ]
    gaps = column_gaps(stating[-12:])
    if not gaps:
        return False
    between = lines[last + 1 : after[0]]
    rooms = [LABEL_ROOM if len(gaps) > 1 else 1.0, *(1.0 for _ in gaps[1:])]
    return not any(
        word.box.x0 < max((lo + hi) / 2, hi - room * word.size) < word.box.x1
        for line in between
        for word in line.words
        for (lo, hi), room in zip(gaps, rooms, strict=True)
    ) and all(within_columns(line, gaps) for line in between)


def within_columns(line: TextLine, gaps: Sequence[tuple[float, float]]) -> bool:
    """Whether no run of the line goes on from one column into the next."""
    for run in line.segments(COLUMN_GAP):
        x0, x1 = run[0].box.x0, run[-1].box.x1
        if any(x0 < lo and x1 > hi for lo, hi in gaps):
            return False
    return True


def _states(line: TextLine, answers: Container[str]) -> bool:
    """Whether some of the line's texts, but the first, state something and the others are short."""
    if not line.parted():
        return False
    texts = line.said()[1:]
    stated = sum(is_stated(text, answers) for text in texts)
    return stated > 0 and stated * 3 >= len(texts)


def lone_row(lines: Sequence[TextLine], height: float) -> Area | None:
    """The area of a single row at the top of a page, as the rest of a table of the page before leaves it.

    It has a label and at least two columns more, nearly all of values, and stands apart from what follows.

    Args:
        lines: the free lines of the page from top to bottom; height: of the page in points.
    """
    for line, after in zip(lines[:2], [*lines[1:3], None], strict=False):
        texts = line.said()
        if len(texts) < 3 or line.y > TOP_SHARE * height or is_value(texts[0]):
            continue
        if after is not None and (
            after.y - line.y < LONE_STEP * line.size or len(after.segments(COLUMN_GAP)) > 2
        ):
            continue
        if sum(map(is_value, texts[1:])) * 5 >= 4 * (len(texts) - 1):
            return Area(line.x0 - 1, line.top - 0.5, line.x1 + 1, line.bottom + 0.5)
    return None
