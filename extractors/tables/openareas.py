"""Where tables without complete grids can be: between horizontal rules, or in aligned lines of values."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.align import Area
from extractors.tables.rules import Line
from extractors.tables.textlines import TextLine, is_short_answer, is_value, lines_of
from pipeline.model import Word

#: A rule shorter than this share of the page's width bounds no table.
SHORTEST_RULE = 0.15
#: Lines of one open table stand at most so many font sizes apart.
STEP = 3.2


def ruled_areas(rules: Sequence[Line], words: Sequence[Word], width: float) -> list[Area]:
    """Areas bounded by horizontal rules of like extent, reaching on over lines that fit below.

    Rules that follow each other belong together when they have the same ends and text that leaves
    gaps stands between them.
    """
    long = [rule for rule in rules if rule.hi - rule.lo >= SHORTEST_RULE * width]
    lines = lines_of(words)
    areas: list[Area] = []
    used: set[int] = set()
    for i, top in enumerate(long):
        if i in used:
            continue
        group = [top]
        for j in range(i + 1, len(long)):
            if j in used or not _like(top, long[j]):
                continue
            if not _tabular_between(lines, group[-1].at, long[j].at, top):
                break
            group.append(long[j])
            used.add(j)
        area = _area(group, rules, lines)
        if area is not None:
            areas.append(area)
    return areas


def _like(a: Line, b: Line) -> bool:
    slack = max(6.0, 0.03 * (a.hi - a.lo))
    return abs(a.lo - b.lo) <= slack and abs(a.hi - b.hi) <= slack


def _span(lines: Sequence[TextLine], low: float, high: float, rule: Line) -> list[TextLine]:
    made = []
    for line in lines:
        if low < line.y < high:
            words = [w for w in line.words if rule.lo - 3 <= w.box.centre[0] <= rule.hi + 3]
            if words:
                made.append(TextLine(line.y, line.top, line.bottom, line.size, words))
    return made


def _tabular_between(lines: Sequence[TextLine], low: float, high: float, rule: Line) -> bool:
    inside = _span(lines, low, high, rule)
    if not inside:
        return high - low < 12
    several = sum(len(line.segments(0.9)) > 1 for line in inside)
    return several * 2 >= len(inside) or (several > 0 and len(inside) <= 3)


def _area(group: Sequence[Line], rules: Sequence[Line], lines: Sequence[TextLine]) -> Area | None:
    first, last = group[0], group[-1]
    x0, x1 = min(rule.lo for rule in group), max(rule.hi for rule in group)
    bottom = _reach(lines, last, group)
    if bottom <= first.at + 4:
        return None
    across = [rule for rule in rules if first.at - 1 <= rule.at <= bottom + 1 and rule.lo >= x0 - 4 and rule.hi <= x1 + 4]
    breaks = sorted({x for rule in group for x in rule.breaks})
    return Area(x0, first.at, x1, bottom, across, [], _repeated(breaks, group))


def _repeated(breaks: Sequence[float], group: Sequence[Line]) -> list[float]:
    kept: list[float] = []
    for x in breaks:
        seen = sum(any(abs(x - y) <= 1.5 for y in rule.breaks) for rule in group)
        if seen >= max(1, len(group) // 2) and (not kept or x - kept[-1] > 3):
            kept.append(x)
    return kept


def _reach(lines: Sequence[TextLine], last: Line, group: Sequence[Line]) -> float:
    """Where the table that begins at the group's rules ends: rows without a closing rule belong to it
    as long as they leave gaps and stand as near as rows do."""
    bottom = last.at
    if len(group) > 1 and _holds_values(_span(lines, group[-2].at, last.at, last)):
        return bottom
    before = last.at
    lead = 0
    for line in _span(lines, last.at, 1e9, last):
        outside = line.words[0].box.x0 < last.lo - 3
        if line.y - before > STEP * max(line.size, 1.0) or outside:
            break
        if len(line.segments(0.9)) > 1:
            bottom = line.bottom + 1
            lead = 0
        else:
            lead += 1
            if lead > 2:
                break
        before = line.y
    return bottom


def _holds_values(lines: Sequence[TextLine]) -> bool:
    """Whether lines end in values rather than in words: rows, not a header."""
    texts = [
        " ".join(word.text for word in segment) for line in lines for segment in line.segments(0.9)[1:]
    ]
    short = sum(is_value(text) or (is_short_answer(text) and texts.count(text) > 1) for text in texts)
    return short * 2 >= len(texts)


def open_areas(words: Sequence[Word]) -> list[Area]:
    """Runs of lines whose columns space alone keeps apart and that hold values."""
    areas: list[Area] = []
    run: list[TextLine] = []
    for line in lines_of(words):
        fits = _valued(line)
        if run and line.y - run[-1].y > STEP * max(line.size, 1.0):
            areas += _open_area(run)
            run = []
        if fits:
            run.append(line)
        elif run:
            areas += _open_area(run)
            run = []
    return areas + _open_area(run)


def _valued(line: TextLine) -> bool:
    segments = line.segments(0.9)
    if len(segments) < 2:
        return False
    texts = [" ".join(word.text for word in segment) for segment in segments]
    return sum(is_value(text) for text in texts) * 2 >= len(texts)


def _open_area(run: Sequence[TextLine]) -> list[Area]:
    if len(run) < 3:
        return []
    x0, x1 = min(line.x0 for line in run), max(line.x1 for line in run)
    return [Area(x0 - 1, run[0].top - 0.5, x1 + 1, run[-1].bottom + 0.5)]
