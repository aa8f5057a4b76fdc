"""Where tables without complete grids can be: between horizontal rules, or in aligned lines of values."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import pairwise

from extractors.tables.align import Area
from extractors.tables.columns import COLUMN_GAP, column_gaps
from extractors.tables.grow import STEP, grown, repeated_breaks
from extractors.tables.rows import answers_of, is_stated
from extractors.tables.rules import Line
from extractors.tables.stripes import inside
from extractors.tables.textlines import TextLine

#: A rule shorter than this share of the page's width bounds no table.
SHORTEST_RULE = 0.15
#: So many lines without values may stand between two rows that state some.
BRIDGE = 7


def ruled_areas(rules: Sequence[Line], lines: Sequence[TextLine], width: float) -> list[Area]:
    """Areas bounded by horizontal rules of like extent, reaching on over rows that fit.

    Rules that follow each other belong together when they have the same ends and text that leaves
    gaps stands between them.
    """
    long = [rule for rule in rules if rule.hi - rule.lo >= SHORTEST_RULE * width]
    areas: list[Area] = []
    used: set[int] = set()
    for i, top in enumerate(long):
        if i in used:
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
        area = grown(Area(x0, first, x1, last, across, [], repeated_breaks(group)), lines)
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
    return all(line[0][-1].box.x1 <= right for line in runs if len(line) == 1)


def open_areas(lines: Sequence[TextLine]) -> list[Area]:
    """Areas of lines whose columns space alone keeps apart and that state values.

    Lines without values between two runs of such lines belong to the table when they leave the same
    gaps open: a wrapped label, a comment, the name of a group of rows.
    """
    answers = answers_of(lines)
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
    return all(
        not (word.box.x0 < (lo + hi) / 2 < word.box.x1)
        for line in between
        for word in line.words
        for lo, hi in gaps
    ) and all(_within_columns(line, gaps) for line in between)


def _within_columns(line: TextLine, gaps: Sequence[tuple[float, float]]) -> bool:
    """Whether no run of the line goes on from one column into the next."""
    for run in line.segments(COLUMN_GAP):
        x0, x1 = run[0].box.x0, run[-1].box.x1
        if any(x0 < lo and x1 > hi for lo, hi in gaps):
            return False
    return True


def _states(line: TextLine, answers: Container[str]) -> bool:
    """Whether some of the line's texts, but the first, state something and the others are short."""
    runs = line.segments(COLUMN_GAP)[1:]
    if not runs:
        return False
    texts = [" ".join(word.text for word in run if not word.superscript) for run in runs]
    stated = sum(is_stated(text, answers) for text in texts)
    return stated > 0 and stated * 3 >= len(texts)
