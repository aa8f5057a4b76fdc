"""A scanned page made straight: how far it leans, and where a straightened place was before."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.model import Box

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

    return picture.rotate(degrees, resample=Resampling.BICUBIC, fillcolor=255)


@dataclass(frozen=True, slots=True)
class Lean:
    """How one page leans: its size in points and the degrees it was turned back by."""

    degrees: float
    width: float
    height: float

    def on_page(self, box: Box) -> Box:
        """Where a box of the straightened page stands on the page as it is shown.

        The middle is moved; the box keeps its size, so that it covers the same words.
        """
        x, y = box.centre
        dx, dy = x - self.width / 2, y - self.height / 2
        angle = math.radians(self.degrees)
        x_shown = self.width / 2 + dx * math.cos(angle) - dy * math.sin(angle)
        y_shown = self.height / 2 + dx * math.sin(angle) + dy * math.cos(angle)
        x0, top = max(x_shown - box.width / 2, 0.0), max(y_shown - box.height / 2, 0.0)
        return Box(box.page, x0, top, x0 + box.width, top + box.height)
