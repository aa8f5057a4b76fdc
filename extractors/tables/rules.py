"""Rules of a page as long lines: collinear pieces joined, doubled lines made one, loose ends apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.geometry import Fill, PageGeometry

#: Parallel lines nearer than this (points) are one line drawn twice; no row of text is as low.
SNAP = 2.5
#: Pieces of a line may be this far apart (points): dashes, and borders that stop short of corners.
PIECE_GAP = 3.2
#: Lines that end this near to each other (points) touch.
TOUCH = 3.2
#: A line shorter than this (points) separates nothing.
SHORTEST = 5.0
WHITE = frozenset({"#ffffff", "#fefefe", "#fdfdfd", "#fcfcfc"})


class Line(NamedTuple):
    """A line at ``at`` (y of a horizontal, x of a vertical one) from ``lo`` to ``hi``.

    ``breaks`` are the places where one piece ends and the next begins without a gap: borders that
    are drawn cell by cell tell the columns so.
    """

    at: float
    lo: float
    hi: float
    breaks: tuple[float, ...] = ()


@dataclass(slots=True)
class Region:
    """Lines that hang together, and the box around them (points)."""

    x0: float
    top: float
    x1: float
    bottom: float
    hs: list[Line]
    vs: list[Line]

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether the point lies in the box, ``slack`` points around it included."""
        return self.x0 - slack <= x <= self.x1 + slack and self.top - slack <= y <= self.bottom + slack


def page_lines(geometry: PageGeometry) -> tuple[list[Line], list[Line]]:
    """Horizontal and vertical lines of a page, white ones only where they part coloured ground."""
    grounds = [fill for fill in geometry.fills if fill.colour not in WHITE]
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    for rule in geometry.rules:
        if rule.colour in WHITE and not _on_ground(
            (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2, grounds
        ):
            continue
        if rule.x1 - rule.x0 >= rule.bottom - rule.top:
            across.append((rule.top, rule.x0, rule.x1))
        else:
            down.append((rule.x0, rule.top, rule.bottom))
    return merged(across), merged(down)


def _on_ground(x: float, y: float, grounds: Sequence[Fill]) -> bool:
    return any(f.x0 - 1 <= x <= f.x1 + 1 and f.top - 1 <= y <= f.bottom + 1 for f in grounds)


def merged(pieces: Iterable[tuple[float, float, float]]) -> list[Line]:
    """Lines out of pieces ``(at, lo, hi)``: snapped to each other and joined end to end.

    Gives lines of at least :data:`SHORTEST` points, ordered by place, then start.
    """
    lines: list[Line] = []
    group: list[tuple[float, float, float]] = []
    first = last = 0.0
    for at, lo, hi in sorted(pieces):
        if group and (at - last > SNAP or at - first > 2 * SNAP):
            _join(group, lines)
            group = []
        if not group:
            first = at
        last = at
        group.append((lo, hi, at))
    if group:
        _join(group, lines)
    return lines


def _join(group: list[tuple[float, float, float]], lines: list[Line]) -> None:
    """Add pieces ``(lo, hi, at)`` of nearly one place as lines from end to end."""
    group.sort()
    start, reach = 0, group[0][1]
    for index, (lo, hi, _) in enumerate(group):
        if lo > reach + PIECE_GAP:
            _add(group[start:index], reach, lines)
            start, reach = index, hi
        elif hi > reach:
            reach = hi
    _add(group[start:], reach, lines)


def _add(run: list[tuple[float, float, float]], reach: float, lines: list[Line]) -> None:
    """Add pieces ``(lo, hi, at)`` that touch as one line up to ``reach``."""
    lo = run[0][0]
    if reach - lo < SHORTEST:
        return
    weight = total = 0.0
    for begin, end, at in run:
        weight += end - begin
        total += at * (end - begin)
    breaks: tuple[float, ...] = ()
    if len(run) > 1:
        ends = {round(piece[1]) for piece in run}
        inner = {piece[0] for piece in run if lo + SHORTEST < piece[0] < reach - SHORTEST}
        near = [x for x in inner if not ends.isdisjoint((round(x) - 1, round(x), round(x) + 1))]
        breaks = tuple(_thinned(sorted(near)))
    lines.append(Line(total / (weight or 1.0), lo, reach, breaks))


def _thinned(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in values:
        if not kept or value - kept[-1] > SNAP:
            kept.append(value)
    return kept


def regions_of(hs: Sequence[Line], vs: Sequence[Line]) -> list[Region]:
    """Groups of lines that touch or cross each other, each with at least one line of either kind."""
    parent = list(range(len(hs) + len(vs)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    offset = len(hs)
    places = [line.at for line in hs]
    for j, v in enumerate(vs):
        first = bisect_left(places, v.lo - TOUCH)
        for i in range(first, offset):
            h = hs[i]
            if h.at > v.hi + TOUCH:
                break
            if h.lo - TOUCH <= v.at <= h.hi + TOUCH:
                a, b = find(i), find(offset + j)
                if a != b:
                    parent[b] = a
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for index, line in enumerate((*hs, *vs)):
        groups.setdefault(find(index), ([], []))[0 if index < offset else 1].append(line)
    return [_region(h, v) for h, v in groups.values() if h and v]


def _region(hs: list[Line], vs: list[Line]) -> Region:
    return Region(
        min([h.lo for h in hs] + [v.at for v in vs]),
        min([h.at for h in hs] + [v.lo for v in vs]),
        max([h.hi for h in hs] + [v.at for v in vs]),
        max([h.at for h in hs] + [v.hi for v in vs]),
        hs,
        vs,
    )


def snapped(values: Iterable[float], tolerance: float = SNAP) -> list[float]:
    """Sorted values, those nearer than ``tolerance`` to the one before made one (their mean)."""
    made: list[float] = []
    group: list[float] = []
    for value in sorted(values):
        if group and value - group[-1] > tolerance:
            made.append(sum(group) / len(group))
            group = []
        group.append(value)
    if group:
        made.append(sum(group) / len(group))
    return made
