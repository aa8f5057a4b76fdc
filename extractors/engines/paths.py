"""Straight rules and filled rectangles out of pdfium's path objects (in page space, y upwards)."""

from __future__ import annotations

import ctypes
import struct
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from extractors.engines.calls import Handle, quick_calls

#: A filled rectangle at most this thick (points) is a rule drawn as a fill.
RULE_THICKNESS = 3.0
#: How far a segment may lean and still be horizontal or vertical (points).
LEAN = 0.7
#: So many dots in a row, so near to each other (points), are a dotted line.
DOTS = 6
DOT_GAP = 4.0
#: A circle that stands for an answer is so wide (points).
DISC = (3.0, 18.0)
#: A filled shape with curves that may be a slice of a pie is at least this wide and high (points).
SLICE = 10.0
#: A rectangle with rounded corners has at most so many points of curves.
MOST_BENDS = 48
#: Paths with more segments than this are drawings (maps, logotypes): only counted.
MAX_SEGMENTS = 4000


_Rect = tuple[float, float, float, float]
#: What ends the last subpath of a path.
_LAST = ((raw.FPDF_SEGMENT_MOVETO, 0.0, 0.0, 0),)


class RawRule(NamedTuple):
    """A horizontal or vertical segment; ``width`` is the pen's, in points."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    colour: str


class RawFill(NamedTuple):
    """A filled rectangle; ``order`` is its place in painting order."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str
    order: int


class RawDisc(NamedTuple):
    """A drawn circle of a letter's size; ``filled`` or a mere outline."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str
    filled: bool


@dataclass(slots=True)
class PathCollector:
    """Collects rules, fills, discs and slices of pies while a page's objects are walked."""

    rules: list[RawRule] = field(default_factory=list)
    fills: list[RawFill] = field(default_factory=list)
    discs: list[RawDisc] = field(default_factory=list)
    slices: list[_Rect] = field(default_factory=list)
    n_curves: int = 0
    _order: int = 0
    _dots: list[tuple[float, float, str]] = field(default_factory=list)

    def add(self, obj: Handle, matrix: tuple[float, ...]) -> None:
        """Add one path object; ``matrix`` maps its points to page space."""
        self._order += 1
        calls, ask = quick_calls(), _questions()
        if not calls.draw_mode(obj, *ask.modes_at):
            return
        filled, stroked = ask.modes
        if not (filled or stroked):
            return
        count = max(calls.segments(obj), 0)
        if count > MAX_SEGMENTS:
            self.n_curves += 1
            return
        subpaths, curves = _subpaths(obj, count, matrix)
        self.n_curves += len(curves)
        fill_colour = _colour(calls.fill, obj) if filled else None
        stroke_colour = _colour(calls.stroke, obj) if stroked else None
        for points in curves:
            if disc := _disc(points):
                colour = fill_colour or stroke_colour or "#000000"
                self.discs.append(RawDisc(*disc, colour, fill_colour not in (None, "#ffffff")))
            elif fill_colour not in (None, "#ffffff"):
                xs, ys = [p[0] for p in points], [p[1] for p in points]
                if min(max(xs) - min(xs), max(ys) - min(ys)) >= SLICE:
                    self.slices.append((min(xs), min(ys), max(xs), max(ys)))
        if fill_colour is not None:
            self._fill_all([box for points, _ in subpaths if (box := _rectangle(points))], fill_colour)
        if stroke_colour is not None:
            pen = ask.pen.value if calls.pen(obj, ask.pen_at) else 0.0
            width = max(pen, 0.0) * max(abs(matrix[0]), abs(matrix[1]), abs(matrix[3]))
            for points, closed in subpaths:
                self._stroke(points, closed, width, stroke_colour)

    def finish(self) -> None:
        """Make rules of rows of dots; call it once, when all objects are added."""
        if len(self._dots) < DOTS:
            return
        for upright in (False, True):
            lanes: dict[tuple[int, str], list[float]] = {}
            for x, y, colour in self._dots:
                at, along = (x, y) if upright else (y, x)
                lanes.setdefault((round(at * 2), colour), []).append(along)
            for (lane, colour), places in sorted(lanes.items()):
                for lo, hi in _rows_of_dots(sorted(places)):
                    at = lane / 2
                    ends = (at, lo, at, hi) if upright else (lo, at, hi, at)
                    self.rules.append(RawRule(*ends, 1.0, colour))

    def _fill_all(self, boxes: list[_Rect], colour: str) -> None:
        """Fill rectangles; one inside another at a pen's distance is a frame, so four rules."""
        index = 0
        while index < len(boxes):
            if index + 1 < len(boxes) and (frame := _frame(boxes[index], boxes[index + 1])):
                for box in frame:
                    self._fill(box, colour)
                index += 2
            else:
                self._fill(boxes[index], colour)
                index += 1

    def _fill(self, box: _Rect, colour: str) -> None:
        x0, y0, x1, y1 = box
        if x1 - x0 <= RULE_THICKNESS or y1 - y0 <= RULE_THICKNESS:
            if max(x1 - x0, y1 - y0) <= RULE_THICKNESS:
                self._dots.append(((x0 + x1) / 2, (y0 + y1) / 2, colour))
                return
            if x1 - x0 < y1 - y0:
                middle = (x0 + x1) / 2
                self.rules.append(RawRule(middle, y0, middle, y1, x1 - x0, colour))
            else:
                middle = (y0 + y1) / 2
                self.rules.append(RawRule(x0, middle, x1, middle, y1 - y0, colour))
            return
        self.fills.append(RawFill(x0, y0, x1, y1, colour, self._order))

    def _stroke(self, points: list[tuple[float, float]], closed: bool, width: float, colour: str) -> None:
        ends = [*points[1:], points[0]] if closed else points[1:]
        for (xa, ya), (xb, yb) in zip(points, ends, strict=False):
            if abs(xa - xb) <= LEAN and abs(ya - yb) > LEAN:
                middle = (xa + xb) / 2
                self.rules.append(RawRule(middle, min(ya, yb), middle, max(ya, yb), width, colour))
            elif abs(ya - yb) <= LEAN and abs(xa - xb) > LEAN:
                middle = (ya + yb) / 2
                self.rules.append(RawRule(min(xa, xb), middle, max(xa, xb), middle, width, colour))


def _subpaths(
    obj: Handle, count: int, m: tuple[float, ...]
) -> tuple[list[tuple[list[tuple[float, float]], bool]], list[list[tuple[float, float]]]]:
    """Subpaths of straight segments as ``(points in page space, closed)``, and the points of curved ones.

    A rectangle with rounded corners counts as the rectangle around it.
    """
    made: list[tuple[list[tuple[float, float]], bool]] = []
    points: list[tuple[float, float]] = []
    closed = False
    bends = 0
    curves: list[list[tuple[float, float]]] = []
    calls, ask = quick_calls(), _questions()
    segments = list(map(calls.segment, repeat(obj), range(count)))
    deque(map(calls.point, segments, ask.xs_at, ask.ys_at), maxlen=0)
    ways = zip(
        map(calls.segment_kind, segments),
        ask.places[0 : 2 * count : 2],
        ask.places[1 : 2 * count : 2],
        map(calls.closes, segments),
        strict=True,
    )
    for kind, x, y, closes in chain(ways, _LAST):
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if bends and (corners := _rounded(points, bends)):
                made.append((corners, True))
            elif bends:
                curves.append(points)
            elif len(points) > 1:
                made.append((points, closed))
            points, closed, bends = [], False, 0
        bends += kind == raw.FPDF_SEGMENT_BEZIERTO
        points.append((m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]))
        closed = closed or bool(closes)
    return made, curves


def _rounded(points: list[tuple[float, float]], bends: int) -> list[tuple[float, float]] | None:
    """The corners around a rectangle with rounded corners: all its points lie in the corners (those of a
    circle or a pill lie in the middle of its sides too). ``bends`` counts points of curves."""
    if bends > MOST_BENDS:
        return None
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    radius = min(x1 - x0, y1 - y0) * 0.34
    for x, y in points:
        if min(x - x0, x1 - x) > radius or min(y - y0, y1 - y) > radius:
            return None
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def _disc(points: list[tuple[float, float]]) -> _Rect | None:
    """The box of a small circle: its curves touch the middle of all four sides, and it is as wide as high."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    wide, high = x1 - x0, y1 - y0
    if not (DISC[0] <= wide <= DISC[1] and abs(wide - high) <= 0.15 * wide and 8 <= len(points) <= 30):
        return None
    radius, x, y = wide / 2, (x0 + x1) / 2, (y0 + y1) / 2
    far = [((px - x) ** 2 + (py - y) ** 2) ** 0.5 / radius for px, py in points]
    # points of the curve lie on the circle, its control points a little outside (at most 1.15 radii)
    return (x0, y0, x1, y1) if min(far) > 0.9 and max(far) < 1.25 else None


def _rows_of_dots(places: list[float]) -> Iterator[tuple[float, float]]:
    """Where rows of at least :data:`DOTS` dots begin and end."""
    start = 0
    for index in range(1, len(places) + 1):
        if index < len(places) and places[index] - places[index - 1] <= DOT_GAP:
            continue
        if index - start >= DOTS:
            yield places[start], places[index - 1]
        start = index


def _frame(a: _Rect, b: _Rect) -> tuple[_Rect, ...] | None:
    """The four sides between two nested rectangles of one path, or None when they are no frame."""
    (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) = (a, b) if a[2] - a[0] >= b[2] - b[0] else (b, a)
    sides = (bx0 - ax0, by0 - ay0, ax1 - bx1, ay1 - by1)
    if min(sides) < -LEAN or max(sides) > RULE_THICKNESS:
        return None
    return (ax0, ay0, bx0, ay1), (bx1, ay0, ax1, ay1), (ax0, ay0, ax1, by0), (ax0, by1, ax1, ay1)


def _rectangle(points: list[tuple[float, float]]) -> _Rect | None:
    """The box of an axis-parallel rectangle given by its corners, or None."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if not 4 <= len(points) <= 6:
        return None
    for x, y in points:
        if min(abs(x - x0), abs(x - x1)) > LEAN or min(abs(y - y0), abs(y - y1)) > LEAN:
            return None
    return x0, y0, x1, y1


class _Questions(NamedTuple):
    """Room for what pdfium tells of one path, and the addresses by which it is asked."""

    modes: Any
    modes_at: tuple[Any, Any]
    pen: Any
    pen_at: Any
    colour: Any
    colour_at: tuple[Any, ...]
    places: Any
    xs_at: tuple[Any, ...]
    ys_at: tuple[Any, ...]


@lru_cache(maxsize=1)
def _questions() -> _Questions:
    modes, pen, colour = (ctypes.c_int * 2)(), ctypes.c_float(), (ctypes.c_uint * 4)()
    places = (ctypes.c_float * (2 * MAX_SEGMENTS))()
    at = ctypes.byref
    return _Questions(
        modes=modes,
        modes_at=(at(modes), at(modes, 4)),
        pen=pen,
        pen_at=at(pen),
        colour=colour,
        colour_at=tuple(at(colour, 4 * one) for one in range(4)),
        places=places,
        xs_at=tuple(at(places, 8 * one) for one in range(MAX_SEGMENTS)),
        ys_at=tuple(at(places, 8 * one + 4) for one in range(MAX_SEGMENTS)),
    )


def _colour(getter: Any, obj: Handle) -> str | None:
    """``#rrggbb``, or None for a colour that is (nearly) transparent."""
    ask = _questions()
    return _written(bytes(ask.colour)) if getter(obj, *ask.colour_at) else None


@lru_cache(maxsize=512)
def _written(colour: bytes) -> str | None:
    r, g, b, a = struct.unpack("4I", colour)
    return None if a < 16 else f"#{r:02x}{g:02x}{b:02x}"
