"""How characters are set: size, weight, slant and angle, which all those of one text object share."""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Iterator, Mapping
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as raw

from extractors.engines.calls import Handle, quick_calls
from extractors.engines.pagespace import PageSpace
from extractors.glyphs import Style

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Fonts at or above this weight (CSS scale) are bold.
BOLD_WEIGHT = 600
#: PDF 32000-1 table 123: font descriptor flags.
FLAG_ITALIC, FLAG_FORCE_BOLD = 1 << 6, 1 << 18
#: The numbers of a matrix that turn and stretch (a, b, c, d); those that move (e, f) come after them.
TURN = struct.Struct("4f")

#: Size (points, before its matrix), the bytes of :data:`TURN`, the font's address and the rendering mode.
_Measures = tuple[float, bytes, int | None, int]


class Fonts:
    """Which fonts of a document are bold or italic, each looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[bool, bool]] = {}

    def weight(self, address: int | None) -> tuple[bool, bool]:
        """Whether a font is bold, and whether it is italic."""
        if not address:
            return False, False
        had = self._known.get(address)
        if had is None:
            had = self._known[address] = _weight(ctypes.cast(address, raw.FPDF_FONT))
        return had


def _weight(font: Any) -> tuple[bool, bool]:
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace").casefold()
    flags = raw.FPDFFont_GetFlags(font)
    bold = (
        "bold" in name
        or "black" in name
        or "semibold" in name
        or bool(flags & FLAG_FORCE_BOLD)
        or raw.FPDFFont_GetWeight(font) >= BOLD_WEIGHT
    )
    return bold, "italic" in name or "oblique" in name or bool(flags & FLAG_ITALIC)


def styles_of(
    page: Any, at: NDArray[np.intp], objects: NDArray[np.intp], space: PageSpace, fonts: Fonts
) -> tuple[NDArray[np.intp], list[Style]]:
    """For each character which style it has, and the styles.

    Args:
        page: a text page, as :mod:`extractors.engines.calls` takes it.
        at: the characters' indexes in it.
        objects: the addresses of the text objects that they belong to.
    """
    import numpy as np

    starts = np.flatnonzero(np.diff(objects, prepend=0)) if len(at) else at
    lengths = np.diff(starts, append=len(at))
    addresses = objects[starts].tolist()
    firsts = dict(zip(reversed(addresses), reversed(at[starts].tolist()), strict=True))
    styles: list[Style] = []
    known: dict[_Measures, int] = {}
    of_object: dict[int, int] = {}
    for address, measures in zip(firsts, _measures(page, firsts), strict=True):
        style = known.get(measures)
        if style is None:
            style = known[measures] = len(styles)
            styles.append(_style(measures, space, fonts))
        of_object[address] = style
    which = np.fromiter(map(of_object.__getitem__, addresses), np.intp, len(addresses))
    return np.repeat(which, lengths), styles


def _measures(page: Any, firsts: Mapping[int, int]) -> Iterator[_Measures]:
    """What is measured of text objects, given by their addresses and the index of a character of each."""
    calls, matrix = quick_calls(), raw.FS_MATRIX()
    indexes, objects = list(firsts.values()), list(map(Handle, firsts))
    has_matrix = map(calls.matrix, repeat(page), indexes, repeat(ctypes.byref(matrix)))
    turns = (bytes(matrix)[: TURN.size] if has else b"" for has in has_matrix)
    fonts = map(attrgetter("value"), map(calls.font, objects))
    return zip(map(calls.size, repeat(page), indexes), turns, fonts, map(calls.mode, objects), strict=True)


def _style(measures: _Measures, space: PageSpace, fonts: Fonts) -> Style:
    size, turn, font, mode = measures
    angle = 0
    if turn:
        a, b, c, d = TURN.unpack(turn)
        size *= math.hypot(c, d) or 1.0
        degrees = math.degrees(math.atan2(b, a)) - space.rotation
        angle = round(degrees / 90.0) * 90 % 360
    bold, italic = fonts.weight(font)
    if mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE:
        bold = True  # stroked outlines are how converters imitate a bold face
    return Style(size, bold, italic, angle, mode != raw.FPDF_TEXTRENDERMODE_INVISIBLE)
