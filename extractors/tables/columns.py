"""Columns that space alone keeps apart: where lines of text leave the same gap open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.tables.textlines import COLUMN_GAP, NARROWEST, TextLine

#: Words no further apart than this (share of the font size) are one text: a figure and its unit.
SPACE = NARROWEST
#: Three lines in four keep at least this share of it.
LEAST = 0.7
#: With fewer lines than this a gap must be wider, for chance may have made it.
FEW_LINES = 3
WIDE_GAP = 1.2
#: One line in so many may reach across a gap (a group header, a label that runs over).
STRAY = 8


def column_gaps(lines: Sequence[TextLine], hard: Sequence[float] = ()) -> list[tuple[float, float]]:
    """Open strips between columns, from left to right, as ``(from, to)`` in points.

    Args:
        lines: the lines to judge by; those with a single run of text tell nothing and are left out.
        hard: x of drawn separators: a strip around each is given whatever the text does.
    """
    several = [line for line in lines if line.parted()]
    gaps = _open_strips(several, 0) if several else []
    if len(several) >= STRAY:
        stray = _open_strips(several, len(several) // STRAY)
        gaps += [strip for strip in stray if not any(g[0] < strip[1] and strip[0] < g[1] for g in gaps)]
    need = COLUMN_GAP if len(several) >= FEW_LINES else WIDE_GAP
    kept = _wide_ones(sorted(gaps), several, need)
    for x in hard:
        kept = [gap for gap in kept if not gap[0] - 1 <= x <= gap[1] + 1]
        kept.append((x, x))
    return sorted(kept)


def open_gaps(lines: Sequence[TextLine]) -> list[tuple[float, float]]:
    """Strips that every line leaves open, lines with a single run of text included, where at least two
    lines (or one with a wide gap) have text on both sides."""
    several = [line for line in lines if line.parted()]
    if not several:
        return []
    need = COLUMN_GAP if len(several) > 1 else WIDE_GAP
    left, right = min(line.x0 for line in several), max(line.x1 for line in several)
    strips = [s for s in _open_strips(lines, 0) if left < s[0] and s[1] < right]
    return _wide_ones(strips, several, need)


def under_heads(gaps: Sequence[tuple[float, float]], lines: Sequence[TextLine]) -> list[tuple[float, float]]:
    """The gaps without the heads of the columns behind them.

    Where heads begin at the left of their columns and figures end at the right, a head stands alone in the
    gap before its figures. A line with heads in two gaps on either side of one column, at most one in each,
    is such a line: the name of a group stands over the gap between its columns, and so in every other gap.
    """
    cut = list(gaps)
    for line in lines:
        runs = [(run[0].box.x0, run[-1].box.x1) for run in line.segments(SPACE)]
        alone = [[x0 for x0, x1 in runs if lo < x0 and x1 < hi] for lo, hi in gaps]
        if any(a and b for a, b in pairwise(alone)) and all(len(heads) < 2 for heads in alone):
            cut = [(lo, min([hi, *heads])) for (lo, hi), heads in zip(cut, alone, strict=True)]
    return cut


def _open_strips(lines: Sequence[TextLine], allowed: int) -> list[tuple[float, float]]:
    """Strips between the outermost words in which at most ``allowed`` lines have a word."""
    events: list[tuple[float, int]] = []
    for line in lines:
        for x0, x1 in line.extents(SPACE):
            events.append((x0 + 0.2, 1))
            events.append((max(x1 - 0.2, x0 + 0.3), -1))
    events.sort()
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    strips: list[tuple[float, float]] = []
    open_at: float | None = None
    depth = 0
    for x, step in events:
        depth += step
        if depth <= allowed:
            if open_at is None:
                open_at = x
        elif open_at is not None:
            if open_at > left + 1 and x - open_at > 0.5:
                strips.append((open_at, x))
            open_at = None
    return [strip for strip in strips if strip[1] < right]


def _wide_ones(
    gaps: list[tuple[float, float]], lines: Sequence[TextLine], need: float
) -> list[tuple[float, float]]:
    """The gaps at which the lines that have text right behind them keep a column's distance.

    From right to left: text is right behind a gap when it begins before the next gap that stays, so
    a long label in a column of short ones does not make the space between its words a column.
    """
    kept: list[tuple[float, float]] = []
    limit = float("inf")
    for gap in reversed(gaps):
        middle = (gap[0] + gap[1]) / 2
        distances: list[float] = []
        for line in lines:
            before = after = None
            for word in line.words:
                if word.box.x1 <= middle + 0.5:
                    before = word.box.x1
                elif word.box.x0 >= middle - 0.5:
                    after = word.box.x0
                    break
                else:
                    break  # a word lies across: the line says nothing of the distance
            if before is not None and after is not None and after < limit:
                distances.append((after - before) / max(line.size, 1.0))
        distances.sort()
        if distances and median(distances) >= need and distances[len(distances) // 4] >= LEAST * need:
            kept.append(gap)
            limit = middle
    return kept[::-1]
