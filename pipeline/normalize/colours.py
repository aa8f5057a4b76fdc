"""Fill colours by hue: the four colours that reports of this field answer with."""

from __future__ import annotations

import colorsys
from functools import lru_cache

#: Below this saturation a fill is grey; above this lightness it is paper.
_GREY_SATURATION, _PAPER = 0.12, 0.965
#: Upper bounds in degrees of hue. Amber counts as yellow: traffic-light scales print it so.
_HUES = ((18.0, "rod"), (70.0, "gul"), (175.0, "gron"))
_RED_AGAIN = 335.0


@lru_cache(maxsize=1024)
def colour_name(fill: str | None) -> str | None:
    """``gron``, ``gul``, ``rod``, ``gra`` for a fill ``#rrggbb``; None for no fill, white, blue and the like.

    Zebra shading is grey too: whether grey means anything is for the legend or the layout to say.
    """
    if not fill or len(fill) != 7 or not fill.startswith("#"):
        return None
    try:
        red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))
    except ValueError:
        return None
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    chroma = max(red, green, blue) - min(red, green, blue)
    if lightness >= _PAPER and chroma < 0.06:
        return None
    if saturation < _GREY_SATURATION or chroma < 0.06:
        return None if lightness < 0.15 else "gra"
    degrees = hue * 360
    if degrees >= _RED_AGAIN:
        return "rod"
    for bound, name in _HUES:
        if degrees < bound:
            return name
    return None
