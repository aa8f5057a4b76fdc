"""Coloured and grey areas behind the text of a page picture: found as fills, and taken out of the grey picture.

What is behind the text is seen once everything thinner than a stroke is closed over (a maximum, then a
minimum, over a small window).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

#: The shades are looked at in a picture smaller by this factor.
SHRINK = 4
#: Window of the closing in pixels of the small picture: wider than strokes and ruled lines at 300 dpi.
WINDOW = 5
#: A shade differs from the paper by so much in one of its channels (0–255); two shades from each other.
SHADED, OTHER = 14, 16
#: Smallest fills in inches: rows of a table are higher, columns wider.
LEAST_HIGH, LEAST_WIDE = 0.07, 0.15
#: Darker than this, the text on a fill is the lighter of the two.
INVERTED = 100


class Shade(NamedTuple):
    """A filled rectangle in pixels of the full picture; ``colour`` is ``#rrggbb``."""

    x0: int
    top: int
    x1: int
    bottom: int
    colour: str


def background(picture: Image) -> Any:
    """What stands behind the text: an array of rows of RGB values, smaller by :data:`SHRINK`."""
    from PIL import ImageFilter
    from PIL.Image import fromarray

    half = np.asarray(picture.convert("RGB").reduce(SHRINK // 2))
    high, wide = half.shape[0] // 2 * 2, half.shape[1] // 2 * 2
    pooled = half[:high, :wide].reshape(high // 2, 2, wide // 2, 2, 3).max(axis=(1, 3))
    closed = fromarray(pooled).filter(ImageFilter.MaxFilter(WINDOW)).filter(ImageFilter.MinFilter(WINDOW))
    return np.asarray(closed)


def find_shades(behind: Any, dpi: int) -> list[Shade]:
    """Rectangles of one colour that differs from the paper's, from top to bottom.

    Args:
        behind: from :func:`background` of the straightened picture.
        dpi: of the full picture.
    """
    colours = behind.astype(np.int16)
    paper = np.median(colours.reshape(-1, 3), axis=0)
    shaded = (np.abs(colours - paper) >= SHADED).any(axis=2)
    least_wide = LEAST_WIDE * dpi / SHRINK
    done: list[_Growing] = []
    growing: list[_Growing] = []
    for y in np.flatnonzero(shaded.any(axis=1)).tolist():
        done += [area for area in growing if area.bottom < y - 1]
        growing = [area for area in growing if area.bottom >= y - 1]
        for x0, x1 in _runs(shaded[y], colours[y], least_wide):
            colour = np.median(colours[y, x0:x1], axis=0)
            same = next((area for area in growing if area.takes(x0, x1, colour)), None)
            if same is None:
                growing.append(_Growing(x0, y, x1, y + 1, colour))
            else:
                same.bottom = y + 1
    least_high = LEAST_HIGH * dpi / SHRINK
    kept = [area for area in done + growing if area.bottom - area.top >= least_high]
    return [area.shade() for area in sorted(kept, key=lambda area: (area.top, area.x0))]


class _Growing:
    """A rectangle that grows downwards, row by row."""

    def __init__(self, x0: int, top: int, x1: int, bottom: int, colour: Any) -> None:
        self.x0, self.top, self.x1, self.bottom, self.colour = x0, top, x1, bottom, colour

    def takes(self, x0: int, x1: int, colour: Any) -> bool:
        """Whether a run of the next row has the same sides and colour."""
        sides = abs(x0 - self.x0) <= 3 and abs(x1 - self.x1) <= 3
        return sides and bool((np.abs(colour - self.colour) < OTHER).all())

    def shade(self) -> Shade:
        """The rectangle in pixels of the full picture."""
        red, green, blue = (int(value) for value in self.colour)
        return Shade(
            self.x0 * SHRINK,
            self.top * SHRINK,
            self.x1 * SHRINK,
            self.bottom * SHRINK,
            f"#{red:02x}{green:02x}{blue:02x}",
        )


def _runs(shaded: Any, colours: Any, least: float) -> list[tuple[int, int]]:
    """Runs of shaded pixels of one colour along a row."""
    steps = np.abs(np.diff(colours, axis=0)).max(axis=1) >= OTHER
    breaks = np.flatnonzero(steps | (shaded[1:] != shaded[:-1])) + 1
    edges = [0, *breaks.tolist(), len(shaded)]
    found: list[tuple[int, int]] = []
    for x0, x1 in zip(edges, edges[1:], strict=False):
        if x1 - x0 >= least and shaded[(x0 + x1) // 2]:
            found.append((x0, x1))
    return found


def without_shades(page: Any, behind: Any) -> Any:
    """Grey values with everything behind the text made white, and light text on dark fills made dark.

    Args:
        page: grey values of the straightened picture.
        behind: from :func:`background` of the same picture.
    """
    grey = (behind @ np.array([0.299, 0.587, 0.114])).astype(np.float32)
    if float(grey.min()) > 255 - SHADED:
        return page
    high, wide = page.shape
    full = np.full((high, wide), 255.0, np.float32)
    large = grey.repeat(SHRINK, axis=0).repeat(SHRINK, axis=1)[:high, :wide]
    full[: large.shape[0], : large.shape[1]] = large
    values = page.astype(np.float32)
    lighter = np.clip(values / np.maximum(full, 1.0) * 255.0, 0, 255)
    darker = 255.0 - np.clip((values - full) / np.maximum(255.0 - full, 1.0), 0, 1) * 255.0
    return np.where(full < INVERTED, darker, lighter).astype(np.uint8)
