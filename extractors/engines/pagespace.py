"""A page's own space and how it is shown: boxes, matrices, and the objects that forms hold."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeVar

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.engines.calls import Handle, quick_calls

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Places = TypeVar("Places", float, "NDArray[np.float64]")

_SIX = struct.Struct("6f")
_WALKED = frozenset({raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM})


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

    def box(self, x0: Places, y0: Places, x1: Places, y1: Places) -> tuple[Places, Places, Places, Places]:
        """A box (or a column of them) of page space as ``x0, top, x1, bottom`` in shown space."""
        if self.rotation == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if self.rotation == 90:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.rotation == 180:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0


def page_objects(page: Any) -> Iterator[tuple[Handle, int, tuple[float, ...]]]:
    """A page's paths and images, with kind and matrix to page space; forms are walked into (depth ≤ 8)."""
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    count = max(raw.FPDFPage_CountObjects(page), 0)
    found = map(quick_calls().page_object, repeat(ctypes.byref(page.contents)), range(count))
    yield from _walk(list(found), identity, 0)


def _walk(
    objects: list[Handle], outer: tuple[float, ...], depth: int
) -> Iterator[tuple[Handle, int, tuple[float, ...]]]:
    calls = quick_calls()
    matrix = raw.FS_MATRIX()
    matrix_at = ctypes.byref(matrix)
    for obj, kind in zip(objects, map(calls.kind, objects), strict=True):
        if kind not in _WALKED:
            continue
        own = _times(_SIX.unpack(matrix), outer) if calls.place(obj, matrix_at) else outer
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield obj, kind, own
        elif depth < 8:
            inner = map(calls.form_object, repeat(obj), range(calls.form_objects(obj)))
            yield from _walk(list(inner), own, depth + 1)


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
