"""Pages of two text columns: where the gutter runs, so that nothing is read across it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from extractors.tables.rules import Line
from extractors.tables.textlines import TextLine, is_short_answer, is_value
from pipeline.model import Word

#: A gutter is at least this wide (points), with so many lines that begin right after it.
WIDTH = 9.0
LINES = 6
#: It stands between these shares of the page's width.
LEFTMOST, RIGHTMOST = 0.3, 0.7
#: Running text has so many words on a line, which fills this share of its text column.
PROSE_WORDS, FILLED = 4, 0.72
#: Runs of a line are parted by so many font sizes; lines of one paragraph, or row, stand so many apart.
RUNS, BLOCK_STEP = 1.5, 1.6
#: Where one line in so many has a value beside it, the lines are the wrapped label of a row.
LABEL_LINES = 4
#: So many lines of running text on either side, and on both together, make text columns.
EITHER, BOTH = 3, 10
#: With drawn things that fill the other column, so many lines of running text on one side will do.
BESIDE_DRAWN = 5
#: A gutter within so many points of that of the page before is the same.
AGAIN = 6.0
#: Places where lines begin that are tried as the right column's edge.
CANDIDATES = 8


class Box(NamedTuple):
    """What is drawn: a rule or a fill (points)."""

    x0: float
    top: float
    x1: float
    bottom: float


class Gutter(NamedTuple):
    """The strip left of ``x``, where the right column begins, from ``top`` to ``bottom`` (points)."""

    x: float
    top: float
    bottom: float

    def side(self, x0: float, x1: float) -> int:
        """-1 for what lies in the left text column, 1 in the right one, 0 across both."""
        if x1 <= self.x + 1:
            return -1
        return 1 if x0 >= self.x - WIDTH else 0


def find_gutters(
    lines: Sequence[TextLine], drawn: Sequence[Box], width: float, known: float | None = None
) -> list[Gutter]:
    """The gutters of a page from top to bottom, each as far as nothing crosses it.

    Args:
        lines: from top to bottom; drawn: rules and fills, which cross a gutter as words do; width: of
            the page in points.
        known: where the page before has its right column (points): less running text shows it again.
    """
    starts: Counter[int] = Counter()
    low, high = LEFTMOST * width, RIGHTMOST * width
    for line in lines:
        for at, _, start, _ in line.steps():
            if low < start < high and start - line.words[at - 1].box.x1 >= WIDTH:
                starts[round(start / 2)] += 1
    heights = [line.y for line in lines]
    drawn = sorted(drawn, key=_top)
    tops = [box.top for box in drawn]
    found: list[Gutter] = []
    tried: set[tuple[int, bool]] = set()
    near_known = {place for place in starts if known is not None and abs(place * 2 - known) < AGAIN}
    ranked = sorted(starts, key=lambda place: (place not in near_known, -starts[place], place))
    for place in ranked[:CANDIDATES]:
        again = place in near_known
        if sum(starts[place + near] for near in (-1, 0, 1)) < (2 if again else LINES):
            continue
        first = min(near for near in range(place - 4, place + 1) if starts[near])
        if (first, again) in tried:
            continue
        tried.add((first, again))
        for gutter in _uncrossed(first * 2 - 2.0, lines, drawn):
            own = lines[bisect_right(heights, gutter.top) : bisect_left(heights, gutter.bottom)]
            beside = drawn[bisect_right(tops, gutter.top) : bisect_left(tops, gutter.bottom)]
            if not own or (2 * len(own) < BOTH and len(beside) < EITHER and not again):
                continue  # too little for any of what tells
            if any(gutter.top < g.bottom and g.top < gutter.bottom for g in found):
                continue
            if _parts_text(gutter, own, beside, again=again):
                found.append(gutter)
    return sorted(found, key=lambda gutter: gutter.top)


def _uncrossed(x: float, lines: Sequence[TextLine], drawn: Sequence[Box]) -> Iterable[Gutter]:
    """The stretches in which neither words nor what is drawn cross the strip that ends at ``x``."""
    low, high = x - WIDTH + 3, x
    crossing = [(line.top, line.bottom) for line in lines if _crosses(line, low, high)]
    crossing += [(box.top, box.bottom) for box in drawn if box.x0 < low and box.x1 > high]
    top = float("-inf")
    for first, last in sorted(crossing):
        if first > top:
            yield Gutter(x, top, first)
        top = max(top, last)
    yield Gutter(x, top, float("inf"))


def _top(box: Box) -> float:
    return box.top


def _crosses(line: TextLine, low: float, high: float) -> bool:
    """Whether a word of the line lies between ``low`` and ``high`` (points, at least ``FAR`` apart)."""
    if line.x0 >= high or line.x1 <= low:
        return False
    steps = line.steps()
    return not steps or all(before > low or start < high for _, before, start, _ in steps)


def _parts_text(gutter: Gutter, own: Sequence[TextLine], drawn: Sequence[Box], *, again: bool) -> bool:
    """Whether running text stands on both sides, or on one beside drawn things that fill the other.

    ``own`` and ``drawn``: the lines, and what is drawn, that begin between the gutter's ends.
    """
    long = sum(len(line.words) >= PROSE_WORDS for line in own)
    if 2 * long < BOTH and len(drawn) < EITHER and not (again and long >= EITHER):
        return False  # too few lines for any of what follows
    left, right, _ = _sides(own, gutter.x)
    if not left or not right:
        return False
    x0, x1 = min(line.x0 for line in left), max(line.x1 for line in right)
    prose = [_prose(left, gutter.x - WIDTH - x0), _prose(right, x1 - gutter.x)]
    if again and max(prose) >= EITHER:
        return True
    if min(prose) >= EITHER and sum(prose) >= BOTH:
        return True
    if _ruled_apart(gutter, drawn, x0, x1):
        return True
    if max(prose) < BESIDE_DRAWN:
        return False
    low, high = (gutter.x, x1) if prose[0] >= prose[1] else (x0, gutter.x)
    full = [
        box
        for box in drawn
        if low - WIDTH <= box.x0 and box.x1 <= high + WIDTH and box.x1 - box.x0 >= 0.8 * (high - low)
    ]
    return len(full) >= 2


def _ruled_apart(gutter: Gutter, drawn: Sequence[Box], x0: float, x1: float) -> bool:
    """Whether drawn things fill either column, at heights of their own: two tables, not one with a gap."""
    heights: list[set[int]] = []
    for low, high in ((x0, gutter.x - WIDTH), (gutter.x, x1)):
        own = [
            box
            for box in drawn
            if low - WIDTH <= box.x0 and box.x1 <= high + WIDTH and box.x1 - box.x0 >= 0.8 * (high - low)
        ]
        heights.append({round(box.top / 2) for box in own})
    left, right = heights
    return min(len(left), len(right)) >= EITHER and len(left & right) * 2 < min(len(left), len(right))


def _prose(lines: Sequence[TextLine], wide: float) -> int:
    """How many lines are running text that fills a column of this width, but for those of wrapped labels."""
    count = full = valued = size = 0
    for line, after in zip_longest(lines, lines[1:]):
        runs = line.segments(RUNS)
        size += 1
        if len(runs) > 1:
            valued += _ends_in_value(runs)
        else:
            full += len(line.words) >= PROSE_WORDS and line.x1 - line.x0 >= FILLED * wide
        if after is None or after.y - line.y > BLOCK_STEP * line.size:
            count += 0 if valued * LABEL_LINES >= size else full
            full = valued = size = 0
    return count


def _ends_in_value(runs: Sequence[Sequence[Word]]) -> bool:
    text = " ".join(word.text for word in runs[-1])
    return is_value(text) or is_short_answer(text)


def by_text_column(lines: Sequence[TextLine], gutters: Sequence[Gutter]) -> list[list[TextLine]]:
    """The lines by text column: the whole page without gutters, else what stands in either column of each,
    and what stands outside of them, in this order."""
    made: list[list[TextLine]] = []
    rest: Sequence[TextLine] = lines
    for gutter in gutters:
        own = [line for line in rest if gutter.top < line.y < gutter.bottom]
        others = [line for line in rest if not gutter.top < line.y < gutter.bottom]
        left, right, across = _sides(own, gutter.x)
        made += [left, right]
        rest = sorted([*others, *across], key=lambda line: line.y)
    return [side for side in (*made, list(rest)) if side]


def by_rules(
    rules: Sequence[Line], lines: Sequence[TextLine], gutters: Sequence[Gutter]
) -> list[tuple[list[Line], Sequence[TextLine]]]:
    """Horizontal rules with the lines that tables between them may reach to (:func:`column_lines`)."""
    groups: dict[tuple[float, int], tuple[list[Line], Sequence[TextLine]]] = {}
    for rule in rules:
        gutter, side = _standing(gutters, Box(rule.lo, rule.at, rule.hi, rule.at))
        place = (float("-inf") if gutter is None else gutter.top, side)
        if place not in groups:
            groups[place] = ([], _beside(lines, gutter, side))
        groups[place][0].append(rule)
    return [groups[place] for place in sorted(groups)]


def column_lines(lines: Sequence[TextLine], gutters: Sequence[Gutter], box: Box) -> Sequence[TextLine]:
    """The lines that a table in ``box`` may reach to: in one of two text columns those of that column alone,
    as far as the gutter runs."""
    return _beside(lines, *_standing(gutters, box))


def _standing(gutters: Sequence[Gutter], box: Box) -> tuple[Gutter | None, int]:
    """The gutter that a box stands beside, and on which side (:meth:`Gutter.side`); None beside none."""
    middle = (box.top + box.bottom) / 2
    for gutter in gutters:
        if gutter.top < middle < gutter.bottom and (side := gutter.side(box.x0, box.x1)):
            return gutter, side
    return None, 0


def _beside(lines: Sequence[TextLine], gutter: Gutter | None, side: int) -> Sequence[TextLine]:
    if gutter is None:
        return lines
    left, right, _ = _sides([line for line in lines if gutter.top < line.y < gutter.bottom], gutter.x)
    return left if side < 0 else right


def _sides(lines: Sequence[TextLine], gutter: float) -> tuple[list[TextLine], list[TextLine], list[TextLine]]:
    """The lines, or their parts, left of the gutter and right of it, and those that run across."""
    left: list[TextLine] = []
    right: list[TextLine] = []
    across: list[TextLine] = []
    for line in lines:
        words = line.words
        if line.x1 <= gutter and words[-1].box.x0 < gutter - 1:
            left.append(_part(line, words))
            continue
        if line.x0 >= gutter - 1 and line.x0 > gutter:
            right.append(_part(line, words))
            continue
        before = [w for w in line.words if w.box.x1 <= gutter]
        after = [w for w in line.words if w.box.x0 >= gutter - 1]
        if len(before) + len(after) != len(line.words):
            across.append(line)
            continue
        for own, side in ((before, left), (after, right)):
            if own:
                side.append(_part(line, own))
    return left, right, across


def _part(line: TextLine, own: list[Word]) -> TextLine:
    """Words of a line as a line of their own; the line itself where they are all of it."""
    y = (own[0].box.top + own[0].box.bottom) / 2
    if len(own) == len(line.words) and y == line.y:
        return line
    top, bottom = min(w.box.top for w in own), max(w.box.bottom for w in own)
    return TextLine(y, top, bottom, max(w.size for w in own), own)
