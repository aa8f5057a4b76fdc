"""Coloured and grey areas behind the text of a page picture: found as fills, and made white.

What is behind the text is the median over a window that no stroke fills by half.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

#: The shades are looked at in a picture smaller by this factor.
SHRINK = 4
#: Window of the median in pixels of the small picture (0.12 inches at 300 dpi).
WINDOW = 9
#: A shade differs from the paper by so much in one of its channels (0–255); two shades from each other.
SHADED, OTHER = 12, 24
#: Smallest fills in inches: rows of a table are higher, columns wider.
LEAST_HIGH, LEAST_WIDE = 0.07, 0.15
#: In pixels of the small picture: what is left of letters, rows between two of a fill, rounded corners.
BRIDGE, GAP, CORNER = 12, 3, 4
#: So many pixels around a shade are made white too where they have its grey (within so much); so many at
#: its edges are left as they are when it is dark.
RIM, NEAR, INSET = 14, 20, 10
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
    from PIL.Image import Resampling

    wide, high = picture.width // SHRINK, picture.height // SHRINK
    small = picture.convert("RGB").resize((wide, high), Resampling.NEAREST)
    return np.asarray(small.filter(ImageFilter.MedianFilter(WINDOW)))


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
        done += [area for area in growing if area.bottom < y - GAP]
        growing = [area for area in growing if area.bottom >= y - GAP]
        for x0, x1, colour in _runs(shaded[y], colours[y]):
            if x1 - x0 < least_wide:
                continue
            same = next((area for area in growing if area.takes(x0, x1, colour)), None)
            if same is None:
                growing.append(_Growing(x0, y, x1, y + 1, colour))
            else:
                same.bottom, same.x0, same.x1 = y + 1, min(same.x0, x0), max(same.x1, x1)
    least_high = LEAST_HIGH * dpi / SHRINK
    kept = [area for area in done + growing if area.bottom - area.top >= least_high]
    return [area.shade() for area in sorted(kept, key=lambda area: (area.top, area.x0))]


class _Growing:
    """A rectangle that grows downwards, row by row."""

    def __init__(self, x0: int, top: int, x1: int, bottom: int, colour: Any) -> None:
        self.x0, self.top, self.x1, self.bottom, self.colour = x0, top, x1, bottom, colour

    def takes(self, x0: int, x1: int, colour: Any) -> bool:
        """Whether a run of the next row has the same sides and colour."""
        sides = abs(x0 - self.x0) <= CORNER and abs(x1 - self.x1) <= CORNER
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


def _runs(shaded: Any, colours: Any) -> list[tuple[int, int, Any]]:
    """Runs of shaded pixels of one colour along a row; what is left of letters is passed over."""
    steps = np.abs(np.diff(colours, axis=0)).max(axis=1) >= OTHER
    breaks = np.flatnonzero(steps | (shaded[1:] != shaded[:-1])) + 1
    found: list[tuple[int, int, Any]] = []
    for x0, x1 in pairwise([0, *breaks.tolist(), len(shaded)]):
        if x1 - x0 < 3 or not shaded[(x0 + x1) // 2]:
            continue
        colour = np.median(colours[x0:x1], axis=0)
        if found and x0 - found[-1][1] <= BRIDGE and (np.abs(colour - found[-1][2]) < OTHER).all():
            first = found[-1]
            wider = first[2] if first[1] - first[0] >= x1 - x0 else colour
            found[-1] = (first[0], x1, wider)
        else:
            found.append((x0, x1, colour))
    return found


def without_shades(page: Any, shades: Sequence[Shade]) -> Any:
    """Grey values with every shade made white, and light text on dark shades made dark.

    Args:
        page: grey values of the straightened picture.
    """
    if not shades:
        return page
    cleaned = page.copy()
    for shade in shades:
        red, green, blue = (int(shade.colour[i : i + 2], 16) for i in (1, 3, 5))
        grey = 0.299 * red + 0.587 * green + 0.114 * blue
        rows = slice(max(shade.top - RIM, 0), shade.bottom + RIM)
        columns = slice(max(shade.x0 - RIM, 0), shade.x1 + RIM)
        rim = cleaned[rows, columns]
        rim[np.abs(rim.astype(np.int16) - grey) < NEAR] = 255  # rounded corners and edges of the median
        inset = INSET if grey < INVERTED else 0  # the black rules around a dark shade are no light text
        area = (slice(shade.top + inset, shade.bottom - inset), slice(shade.x0 + inset, shade.x1 - inset))
        values = page[area].astype(np.float32)
        if grey < INVERTED:
            made = 255.0 - np.clip((values - grey) / (255.0 - grey), 0, 1) * 255.0
        else:
            made = np.clip(values / grey, 0, 1) * 255.0
        cleaned[area] = made.astype(np.uint8)
    return cleaned
