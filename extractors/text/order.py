"""Reading order: a page's runs and tables as columns, read one after the other.

A gutter is a strip that no line of the text beside it crosses, with lines that fill their column on
both sides. What crosses it (a heading, a table) parts the page into bands; in each band the left
column is read before the right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.labels import is_label_start
from extractors.text.gutters import LINES, LINES_INSIDE, find_gutter
from extractors.text.lines import Line, Run, line_of, rows_of

#: A caption has at most so many rows.
CAPTION_ROWS = 5
#: The side of a column of footnotes.
NOTES = "notes"
#: At most so many columns beside each other are looked for (depth of the recursion).
DEPTH = 3
#: A row this near to the page's edge (share of its height), and so many ems from the rest, is in no column.
MARGIN, DETACHED = 0.12, 1.2
#: Two tables beside each other are equally wide but for this share, and share this of the lower's height.
SAME_WIDTH, SHARED_HEIGHT = 0.15, 0.3


@dataclass(frozen=True, slots=True)
class TableSpot:
    """Where a page table stands; ``index`` among the page's tables."""

    index: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Column:
    """Lines that follow each other downwards, between tables and column breaks.

    Attributes:
        side: which of the columns beside each other it belongs to ("" when it spans the page,
            :data:`NOTES` for the footnotes below a rule).
    """

    lines: list[Line]
    side: str = ""


@dataclass(slots=True)
class _Part:
    runs: list[Run]
    spots: list[TableSpot] = field(default_factory=list)


def in_reading_order(
    runs: Sequence[Run],
    spots: Sequence[TableSpot],
    height: float,
    known: float | None = None,
    notes_from: float | None = None,
) -> tuple[list[Column | TableSpot], float | None]:
    """A page's text and tables in the order in which they are read.

    Args:
        runs: what stands outside the tables.
        height: of the page, in points.
        known: where the page before had its gutter (x in points), if it had one.
        notes_from: y of the rule below which the page's footnotes stand, None without one.

    Returns:
        Columns and tables in reading order, and where this page's gutter is (None without one).
    """
    pieces: list[Column | TableSpot] = []
    head, body, foot = _without_margins(runs, height)
    notes: list[Run] = []
    if notes_from is not None:
        notes = [run for run in body if run.base > notes_from]
        body = [run for run in body if run.base <= notes_from]
    _single(_Part(head), "", pieces)
    gutter = _read(_Part(body, list(spots)), known, "", pieces)
    _single(_Part(notes), NOTES, pieces)
    _single(_Part(foot), "", pieces)
    return pieces, gutter


def _without_margins(runs: Sequence[Run], height: float) -> tuple[list[Run], list[Run], list[Run]]:
    """Rows at the page's edges that stand apart from the text: above it, the text, below it."""
    rows = rows_of(runs)
    first, last = 0, len(rows)
    while (
        first + 1 < last and _bottom(rows[first]) < MARGIN * height and _apart(rows[first], rows[first + 1])
    ):
        first += 1
    while (
        last - 1 > first
        and _top(rows[last - 1]) > (1 - MARGIN) * height
        and _apart(rows[last - 2], rows[last - 1])
    ):
        last -= 1
    if last - first == 1 and len(rows) > 1:
        first = 0  # a page of scattered lines has no margins to tell
    parts = rows[:first], rows[first:last], rows[last:]
    head, body, foot = ([run for row in part for run in row] for part in parts)
    return head, body, foot


def _top(row: Sequence[Run]) -> float:
    return min(run.top for run in row)


def _bottom(row: Sequence[Run]) -> float:
    return max(run.bottom for run in row)


def _apart(above: Sequence[Run], below: Sequence[Run]) -> bool:
    return _top(below) - _bottom(above) > DETACHED * max(above[0].size, below[0].size)


def _read(part: _Part, known: float | None, side: str, out: list[Column | TableSpot]) -> float | None:
    least = LINES_INSIDE if side else LINES
    gutter = find_gutter(part.runs, known, least) if len(side) < DEPTH else None
    if gutter is None and not side:
        gutter = _beside_tables(part, known)
    if gutter is None:
        _single(part, side, out)
        return None
    x0, x1 = gutter
    for spanning, left, right in _bands(part, x0, x1):
        for inner, name in _sides(left, right):
            if inner.runs or inner.spots:
                _read(inner, None, side + name, out)
        if spanning is not None:
            _single(spanning, side, out)
    return x1


def _beside_tables(part: _Part, known: float | None) -> tuple[float, float] | None:
    """The gutter of a page that holds hardly more than tables: between two that stand beside each other and
    are equally wide, or where the page before had it, with something in either column."""
    for a in part.spots:
        for b in part.spots:
            high = min(a.bottom, b.bottom) - max(a.top, b.top)
            beside = b.x0 >= a.x1 and high >= SHARED_HEIGHT * min(a.bottom - a.top, b.bottom - b.top)
            if beside and abs((a.x1 - a.x0) - (b.x1 - b.x0)) <= SAME_WIDTH * (a.x1 - a.x0):
                return a.x1, b.x0
    if known is None or not part.spots:
        return None
    items: list[Run | TableSpot] = [*part.runs, *part.spots]
    left = [item.x1 for item in items if item.x1 < known]
    right = [item for item in items if item.x0 > known - 3]
    return (max(left), known - 2) if left and right and max(left) < known - 4 else None


def _bands(part: _Part, x0: float, x1: float) -> list[tuple[_Part | None, _Part, _Part]]:
    """The page cut at what crosses the gutter: ``(what crosses, left, right)`` with the crossing last."""
    bands: list[tuple[_Part | None, _Part, _Part]] = []
    left, right = _Part([]), _Part([])
    placed: list[Run | TableSpot] = sorted([*part.runs, *part.spots], key=lambda item: (item.top, item.x0))
    middle = (x0 + x1) / 2
    for item in placed:
        if item.x1 <= x1 - 1 or item.x0 >= x0 + 1:
            side = left if (item.x0 + item.x1) / 2 < middle else right
            _put(side, item)
            continue
        if bands and not (left.runs or left.spots or right.runs or right.spots):
            crossing = bands[-1][0]
            if crossing is not None:
                _put(crossing, item)
                continue
        crossing = _Part([])
        _put(crossing, item)
        bands.append((crossing, left, right))
        left, right = _Part([]), _Part([])
    bands.append((None, left, right))
    return bands


def _put(part: _Part, item: Run | TableSpot) -> None:
    if isinstance(item, Run):
        part.runs.append(item)
    else:
        part.spots.append(item)


def _sides(left: _Part, right: _Part) -> list[tuple[_Part, str]]:
    """Left before right; but a caption that stands below both columns (of what comes next) comes last."""
    if right.runs and left.runs:
        floor = max([run.bottom for run in right.runs] + [spot.bottom for spot in right.spots])
        for run in sorted(left.runs, key=lambda r: r.top):
            if run.top < floor - 0.5 * run.size or not _is_label(run):
                continue
            cut = run.top - 1
            last = _Part([item for item in left.runs if item.top >= cut])
            if len(rows_of(last.runs)) > CAPTION_ROWS or any(spot.bottom > cut for spot in left.spots):
                break
            above = _Part([item for item in left.runs if item.top < cut], left.spots)
            return [(above, "l"), (right, "r"), (last, "l")]
    return [(left, "l"), (right, "r")]


def _is_label(run: Run) -> bool:
    return is_label_start(" ".join(word.text for word in run.words[:3]))


def _single(part: _Part, side: str, out: list[Column | TableSpot]) -> None:
    """One column's lines, with its tables where they stand."""
    lines: list[Line] = []
    for row in rows_of(part.runs):
        line = line_of(row)
        if line is not None:
            lines.append(line)
    rest = 0
    for spot in sorted(part.spots, key=lambda s: (s.top, s.x0)):
        start = rest
        while rest < len(lines) and lines[rest].base < (spot.top + spot.bottom) / 2:
            rest += 1
        if rest > start:
            out.append(Column(lines[start:rest], side))
        out.append(spot)
    if rest < len(lines):
        out.append(Column(lines[rest:], side))
