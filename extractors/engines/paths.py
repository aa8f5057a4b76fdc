"""Straight rules and filled rectangles out of pdfium's path objects (in page space, y upwards)."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

#: A filled rectangle at most this thick (points) is a rule drawn as a fill.
RULE_THICKNESS = 3.0
#: How far a segment may lean and still be horizontal or vertical (points).
LEAN = 0.7
#: Paths with more segments than this are drawings (maps, logotypes): only counted.
MAX_SEGMENTS = 4000


_Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class RawRule:
    """A horizontal or vertical segment; ``width`` is the pen's, in points."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class RawFill:
    """A filled rectangle; ``order`` is its place in painting order."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str
    order: int


@dataclass(slots=True)
class PathCollector:
    """Collects rules and fills while a page's objects are walked."""

    rules: list[RawRule] = field(default_factory=list)
    fills: list[RawFill] = field(default_factory=list)
    n_curves: int = 0
    _order: int = 0

    def add(self, obj: Any, matrix: tuple[float, ...]) -> None:
        """Add one path object; ``matrix`` maps its points to page space."""
        self._order += 1
        fill_mode, stroke = ctypes.c_int(), ctypes.c_int()
        if not raw.FPDFPath_GetDrawMode(obj, fill_mode, stroke) or not (fill_mode.value or stroke.value):
            return
        count = raw.FPDFPath_CountSegments(obj)
        if count > MAX_SEGMENTS:
            self.n_curves += 1
            return
        subpaths, curved = _subpaths(obj, count, matrix)
        self.n_curves += curved
        pen = ctypes.c_float()
        raw.FPDFPageObj_GetStrokeWidth(obj, pen)
        width = max(pen.value, 0.0) * max(abs(matrix[0]), abs(matrix[1]), abs(matrix[3]))
        fill_colour = _colour(raw.FPDFPageObj_GetFillColor, obj) if fill_mode.value else None
        stroke_colour = _colour(raw.FPDFPageObj_GetStrokeColor, obj) if stroke.value else None
        if fill_colour is not None:
            self._fill_all([box for points, _ in subpaths if (box := _rectangle(points))], fill_colour)
        if stroke_colour is not None:
            for points, closed in subpaths:
                self._stroke(points, closed, width, stroke_colour)

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
                return  # a dot
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
    obj: Any, count: int, m: tuple[float, ...]
) -> tuple[list[tuple[list[tuple[float, float]], bool]], int]:
    """Subpaths of straight segments as ``(points in page space, closed)``; how many were curved."""
    made: list[tuple[list[tuple[float, float]], bool]] = []
    points: list[tuple[float, float]] = []
    closed = curved = False
    n_curved = 0
    x, y = ctypes.c_float(), ctypes.c_float()
    x_ref, y_ref = ctypes.byref(x), ctypes.byref(y)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(obj, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                made.append((points, closed))
            n_curved += curved
            points, closed, curved = [], False, False
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            curved = True
        raw.FPDFPathSegment_GetPoint(segment, x_ref, y_ref)
        points.append((m[0] * x.value + m[2] * y.value + m[4], m[1] * x.value + m[3] * y.value + m[5]))
        if raw.FPDFPathSegment_GetClose(segment):
            closed = True
    if len(points) > 1 and not curved:
        made.append((points, closed))
    return made, n_curved + curved


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


def _colour(getter: Any, obj: Any) -> str | None:
    """``#rrggbb``, or None for a colour that is (nearly) transparent."""
    r, g, b, a = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    if not getter(obj, r, g, b, a) or a.value < 16:
        return None
    return f"#{r.value:02x}{g.value:02x}{b.value:02x}"
