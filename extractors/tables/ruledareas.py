"""Where tables without complete grids can be: between horizontal rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.tables.align import Area
from extractors.tables.barriers import ends_table, usual_size, within_reach
from extractors.tables.columns import column_gaps
from extractors.tables.grow import grown, repeated_breaks
from extractors.tables.openruns import STEP, within_columns
from extractors.tables.rules import Line
from extractors.tables.stripes import inside
from extractors.tables.textlines import TextLine

#: A rule shorter than this share of the page's width bounds no table.
SHORTEST_RULE = 0.15
#: A level of a header is at most this high (points).
LEVEL = 45.0


def ruled_areas(rules: Sequence[Line], lines: Sequence[TextLine], width: float) -> list[Area]:
    """Areas bounded by horizontal rules of like extent, reaching on over rows that fit.

    Rules that follow each other belong together when they have the same ends and text that leaves
    gaps stands between them.
    """
    long = [rule for rule in rules if rule.hi - rule.lo >= SHORTEST_RULE * width]
    areas: list[Area] = []
    used: set[int] = set()
    for i, top in enumerate(long):
        if i in used or _underlines(top, long[i + 1 :]):
            continue
        group = [top]
        like = [j for j in range(i + 1, len(long)) if j not in used and _like(top, long[j])]
        for k, j in enumerate(like):
            after = long[like[k + 1]] if k + 1 < len(like) else None
            if not _belongs(group, long[j], after, lines):
                break
            group.append(long[j])
            used.add(j)
        x0, x1 = min(rule.lo for rule in group), max(rule.hi for rule in group)
        first, last = group[0].at, group[-1].at
        across = [r for r in rules if first - 1 <= r.at <= last + 1 and r.lo >= x0 - 4 and r.hi <= x1 + 4]
        area = grown(
            Area(x0, first, x1, last, across, [], repeated_breaks(group)), within_reach(lines, first, last)
        )
        if area.top < first or area.bottom > last:
            area.across = [
                r
                for r in rules
                if area.top - 2 <= r.at <= area.bottom + 2 and r.lo >= x0 - 4 and r.hi <= x1 + 4
            ]
        if (
            area.bottom - area.top > 4
            and not _runs_out(area, lines)
            and not any(_overlap(area, other) for other in areas)
        ):
            areas.append(area)
    return areas


def _belongs(group: Sequence[Line], rule: Line, after: Line | None, lines: Sequence[TextLine]) -> bool:
    """Whether the rule goes on with the table of the group: text that leaves gaps stands between, or
    both break at the same places; one line of a header may do without when rows follow."""
    last = group[-1]
    between = inside(lines, last.lo, last.at, last.hi, rule.at)
    if any(ends_table(line, usual_size(lines)) for line in between):
        return False
    if _tabular(between, rule.at - last.at):
        return True
    if last.breaks and len(last.breaks) == len(rule.breaks):
        return all(abs(a - b) <= 1.5 for a, b in zip(last.breaks, rule.breaks, strict=True))
    if len(group) > 3 and 0 < len(between) <= 2:
        steps = sorted(b.at - a.at for a, b in pairwise(group))
        usual = steps[len(steps) // 2]
        if rule.at - last.at <= 1.5 * usual and usual <= STEP * between[0].size:
            return True  # a row that holds nothing but its label
    if len(group) > 1 or len(between) > 4 or after is None:
        return False
    rows = inside(lines, last.lo, rule.at, last.hi, after.at)
    return len(rows) > 1 and _tabular(rows, after.at - rule.at)


def _runs_out(area: Area, lines: Sequence[TextLine]) -> bool:
    """Whether lines of text go on beyond the rules: a rule above notes, not around a table."""
    own = [line for line in lines if area.top < line.y < area.bottom]
    out = 0
    for line in own:
        for before, word in zip(line.words, line.words[1:], strict=False):
            if before.box.x1 <= area.x1 + 3 < word.box.x1 and word.box.x0 - before.box.x1 < 2.0 * line.size:
                out += 1
                break
    return out * 3 > len(own)


def _underlines(rule: Line, below: Sequence[Line]) -> bool:
    """Whether a longer rule right below covers the rule: then it parts levels of a header."""
    for other in below:
        if other.at - rule.at > LEVEL:
            return False
        if (
            other.lo <= rule.lo + 3
            and other.hi >= rule.hi - 3
            and other.hi - other.lo > 1.1 * (rule.hi - rule.lo)
        ):
            return True
    return False


def _overlap(a: Area, b: Area) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 3 and min(a.bottom, b.bottom) - max(a.top, b.top) > 3


def _like(a: Line, b: Line) -> bool:
    slack = max(6.0, 0.03 * (a.hi - a.lo))
    return abs(a.lo - b.lo) <= slack and abs(a.hi - b.hi) <= slack


def _tabular(between: Sequence[TextLine], distance: float) -> bool:
    if not between:
        return distance < 12
    runs = [line.segments(0.9) for line in between]
    several = [line for line in runs if len(line) > 1]
    if len(several) * 2 >= len(between) or (several and len(between) <= 3):
        return True
    if not several:
        return False
    right = min(line[-1][0].box.x0 for line in several)
    if all(line[0][-1].box.x1 <= right for line in runs if len(line) == 1):
        return True
    gaps = column_gaps([line for line, own in zip(between, runs, strict=True) if len(own) > 1])
    return bool(gaps) and all(within_columns(line, gaps) for line in between)
