"""A page's own space and how it is shown: boxes, matrices, and the objects that forms hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw


@dataclass(frozen=True, slots=True)
class PageSpace:
    """How a page's own space (origin at the bottom left, before /Rotate) is shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> PageSpace:
        """The space of a page inside its crop box, never beyond its media box."""
        left, bottom, right, top = page.get_cropbox()
        media = page.get_mediabox()
        return cls(
            max(left, media[0]),
            max(bottom, media[1]),
            min(right, media[2]),
            min(top, media[3]),
            page.get_rotation(),
        )

    @property
    def width(self) -> float:
        """Width as shown (points)."""
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """Height as shown (points)."""
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box of page space as ``x0, top, x1, bottom`` in shown space."""
        if self.rotation == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if self.rotation == 90:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.rotation == 180:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0


def page_objects(page: Any) -> Iterator[tuple[Any, int, tuple[float, ...]]]:
    """Page objects with their kind and matrix to page space; forms are walked into (depth ≤ 8)."""
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _walk(raw.FPDFPage_GetObject(page, index), identity, 0)


def _walk(obj: Any, outer: tuple[float, ...], depth: int) -> Iterator[tuple[Any, int, tuple[float, ...]]]:
    kind = raw.FPDFPageObj_GetType(obj)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        return
    matrix = raw.FS_MATRIX()
    own = outer
    if raw.FPDFPageObj_GetMatrix(obj, matrix):
        own = _times((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), outer)
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < 8:
        for index in range(raw.FPDFFormObj_CountObjects(obj)):
            yield from _walk(raw.FPDFFormObj_GetObject(obj, index), own, depth + 1)
    elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
        yield obj, kind, own


def _times(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...]:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def unit_square(m: tuple[float, ...]) -> tuple[float, float, float, float]:
    """The box ``x0, y0, x1, y1`` that a matrix gives the unit square, in which an image is drawn."""
    xs = (m[4], m[4] + m[0], m[4] + m[2], m[4] + m[0] + m[2])
    ys = (m[5], m[5] + m[1], m[5] + m[3], m[5] + m[1] + m[3])
    return min(xs), min(ys), max(xs), max(ys)
