"""How far a table reaches beyond its rules: rows that fit its columns and stand as near as rows do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.tables.align import Area
from extractors.tables.columns import COLUMN_GAP
from extractors.tables.rules import Line
from extractors.tables.stripes import inside
from extractors.tables.textlines import TextLine, is_short_answer, is_value

#: Rows of one table stand at most so many font sizes apart; lines of a header above a rule fewer.
STEP = 3.2
HEADER_STEP = 1.9
#: So many lines may stand between two rows that have several columns (a wrapped label, a group's name).
SINGLE = 2
#: A header above a rule has at most so many lines.
HEADER_LINES = 6


def grown(area: Area, lines: Sequence[TextLine], *, always: bool = False) -> Area:
    """The area with the rows above and below that belong to it.

    Args:
        area: bounded by rules (``across``).
        lines: the page's free lines of text from top to bottom.
        always: grow even where the last (first) rows between rules hold values and so look closed.
    """
    full = [h for h in area.across if h.hi - h.lo >= 0.7 * (area.x1 - area.x0)]
    first, last = (full[0].at, full[-1].at) if full else (area.top, area.bottom)
    top, bottom = area.top, area.bottom
    closed = len(full) > 1 and holds_values(inside(lines, area.x0, full[-2].at, area.x1, last))
    if always or not closed:
        bottom = max(bottom, _down(area, inside(lines, area.x0, bottom - 1, area.x1, 1e9), bottom))
    headed = len(full) > 1 and not holds_values(inside(lines, area.x0, first, area.x1, full[1].at))
    if always or not headed:
        above = inside(lines, area.x0, -1e9, area.x1, top + 1)
        top = min(top, _up(area, above[::-1], top))
    return replace(area, top=top, bottom=bottom)


def holds_values(lines: Sequence[TextLine]) -> bool:
    """Whether lines end in values rather than in words: rows, not a header."""
    texts = [
        " ".join(word.text for word in segment) for line in lines for segment in line.segments(COLUMN_GAP)[1:]
    ]
    short = sum(is_value(text) or (is_short_answer(text) and texts.count(text) > 1) for text in texts)
    return bool(texts) and short * 2 >= len(texts)


def _fits(area: Area, line: TextLine) -> bool:
    """Whether the line has several columns and no word across a known edge."""
    edges = area.breaks or area.down
    if any(w.box.x0 + 1 < x < w.box.x1 - 1 for w in line.words for x in edges):
        return False
    if edges:
        columns = {sum(x < (w.box.x0 + w.box.x1) / 2 for x in edges) for w in line.words}
        return len(columns) > 1
    return len(line.segments(0.9)) > 1


def _down(area: Area, lines: Sequence[TextLine], start: float) -> float:
    bottom, before, single = start, start, 0
    for line in lines:
        if line.y - before > STEP * max(line.size, 1.0):
            break
        if _fits(area, line):
            bottom, single = line.bottom + 1, 0
        else:
            single += 1
            if single > SINGLE or line.x1 > area.x0 + 0.6 * (area.x1 - area.x0):
                break
        before = line.y
    tail = [line for line in lines if bottom - 1 < line.y <= bottom + 1.35 * line.size]
    if bottom > start and tail and len(tail) == 1 and _label_end(area, tail[0]):
        bottom = tail[0].bottom + 1
    return bottom


def _label_end(area: Area, line: TextLine) -> bool:
    """Whether a last line is the rest of a wrapped label: short, in the first known column."""
    edges = area.breaks or area.down
    return bool(edges) and line.x1 < edges[0] + 1


def _up(area: Area, lines: Sequence[TextLine], start: float) -> float:
    top, before, taken = start, start, 0
    edges = area.breaks or area.down
    for line in lines:
        values = holds_values([line])
        step = STEP if values else HEADER_STEP
        if before - line.y > step * max(line.size, 1.0):
            break
        if not values:
            taken += 1
        label = bool(edges) and line.x1 < edges[0] + 1
        if taken > HEADER_LINES or not (_fits(area, line) or label):
            break
        if not label:
            top = line.top - 1
        before = line.y
    return top


def with_header(area: Area, xs: Sequence[float], lines: Sequence[TextLine]) -> Area:
    """An open area with the lines of its header: tight above it, over its columns, and no caption.

    Args:
        xs: the column edges that its rows have (points).
        lines: the page's free lines of text from top to bottom.
    """
    above = inside(lines, area.x0 - 6, -1e9, area.x1 + 6, area.top)
    top, before = area.top, area.top
    for count, line in enumerate(reversed(above)):
        step = 2.6 if count == 0 else 1.7
        if before - line.y > step * max(line.size, 1.0) or count >= HEADER_LINES:
            break
        runs = line.segments(COLUMN_GAP)
        right = [run for run in runs if run[0].box.x0 > xs[1] - 2.0 * line.size]
        broad = any(run[-1].box.x1 - run[0].box.x0 > 0.6 * (xs[-1] - xs[0]) for run in runs)
        if not right or (broad and len(runs) < 2) or line.x0 < area.x0 - 4:
            break
        if len(runs) > len(xs) or any(len(run) > 12 for run in runs):
            break
        top, before = line.top - 0.5, line.y
    return replace(area, top=top)


def repeated_breaks(across: Sequence[Line]) -> list[float]:
    """x where at least half of the rules that break at all, break: borders drawn cell by cell."""
    broken = [line for line in across if line.breaks]
    kept: list[float] = []
    for x in sorted(x for line in broken for x in line.breaks):
        seen = sum(any(abs(x - y) <= 1.5 for y in line.breaks) for line in broken)
        if seen * 2 >= len(broken) and (not kept or x - kept[-1] > 3):
            kept.append(x)
    return kept
