"""A scanned page made straight: how far it leans, and its picture turned back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pages lean at most so many degrees.
MOST = 6.0
#: Steps of the search in degrees: first over all, then around the best.
COARSE, FINE = 0.25, 0.02
#: Grey values below this are ink.
INK = 140


def lean_of(picture: Image) -> float:
    """How far a page is turned, in degrees clockwise: the angle at which rows of ink are sharpest."""
    ink = np.asarray(picture) < INK
    ys, xs = np.nonzero(ink[::2, ::2])
    if len(ys) < 200:
        return 0.0
    step = max(1, len(ys) // 15000)
    coarse = max(np.arange(-MOST, MOST + COARSE, COARSE), key=lambda a: _sharpness(a, ys[::step], xs[::step]))
    step = max(1, len(ys) // 120000)
    fine = np.arange(coarse - COARSE, coarse + COARSE + FINE / 2, FINE)
    best = float(max(fine, key=lambda a: _sharpness(a, ys[::step], xs[::step])))
    return 0.0 if abs(best) < FINE else best


def _sharpness(degrees: float, ys: Any, xs: Any) -> float:
    """Sum of the squared ink counts of the rows, were the page turned back by ``degrees``."""
    angle = math.radians(degrees)
    rows = ys * math.cos(angle) - xs * math.sin(angle)
    counts = np.bincount((rows - rows.min()).astype(np.int64)).astype(np.float64)
    return float((counts**2).sum())


def straightened(picture: Image, degrees: float) -> Image:
    """The picture turned back by ``degrees`` around its middle, white where nothing was."""
    if degrees == 0.0:
        return picture
    from PIL.Image import Resampling

    return picture.rotate(degrees, resample=Resampling.BICUBIC, fillcolor="white")
