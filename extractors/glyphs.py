"""Characters with their boxes: one by one, or a whole page of them in columns.

A page has thousands of characters, and of most only their words are wanted: columns of numbers say of all of
them at once what belongs together (see :mod:`extractors.words`), and a :class:`Glyph` is made of those alone
that someone looks at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, overload

from pipeline.model import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


class Glyph(NamedTuple):
    """A character with its box of font height; an empty ``text`` is a break between words."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    italic: bool
    angle: int
    visible: bool


class Style(NamedTuple):
    """What all characters of one text object share: the last five fields of their glyphs."""

    size: float
    bold: bool
    italic: bool
    angle: int
    visible: bool


BREAK = Glyph("", 0.0, 0.0, 0.0, 0.0, 0.0, False, False, 0, False)


@dataclass(eq=False)
class GlyphColumns(Sequence[Glyph]):
    """A page's glyphs in the order of the content stream; as a sequence they have their breaks between them.

    Attributes:
        text: one character a glyph, without breaks.
        parted: for each, whether a break between words stands before it (n booleans).
        boxes: ``x0``, ``top``, ``x1`` and ``bottom`` in points (4 rows of n).
        style: for each, which of ``styles`` it has (n indexes).
    """

    text: str
    parted: NDArray[np.bool_]
    boxes: Numbers
    style: NDArray[np.intp]
    styles: Sequence[Style]

    @cached_property
    def _whole(self) -> tuple[Glyph, ...]:
        made: list[Glyph] = []
        for glyph, parted in zip(self.some(range(len(self.text))), self.parted.tolist(), strict=True):
            if parted:
                made.append(BREAK)
            made.append(glyph)
        return tuple(made)

    def some(self, which: Sequence[int]) -> list[Glyph]:
        """The glyphs with these indexes (breaks do not count)."""
        boxes = self.boxes[:, which].T.tolist()
        styles = self.style[which].tolist()
        return [
            Glyph(self.text[i], *box, *self.styles[style])
            for i, box, style in zip(which, boxes, styles, strict=True)
        ]

    @overload
    def __getitem__(self, index: int) -> Glyph: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Glyph]: ...
    def __getitem__(self, index: int | slice) -> Glyph | Sequence[Glyph]:
        return self._whole[index]

    def __len__(self) -> int:
        return len(self._whole)

    def within(self, box: Box, size: float) -> list[Glyph]:
        """The glyphs of a word: see :func:`glyphs_within`."""
        x0, top, x1, bottom = self.boxes
        inside = (
            (x0 >= box.x0 - 0.1)
            & (x1 <= box.x1 + 0.1)
            & (abs(bottom - box.bottom) < 0.5 * size)
            & (top >= box.top - 0.5 * size)
        )
        return self.some(inside.nonzero()[0].tolist())


def glyphs_within(glyphs: Sequence[Glyph], box: Box, size: float) -> list[Glyph]:
    """The glyphs within a word's box, on its line, without breaks; ``size`` is its font's (points)."""
    if isinstance(glyphs, GlyphColumns):
        return glyphs.within(box, size)
    return [
        g
        for g in glyphs
        if g.text
        and g.x0 >= box.x0 - 0.1
        and g.x1 <= box.x1 + 0.1
        and abs(g.bottom - box.bottom) < 0.5 * size
        and g.top >= box.top - 0.5 * size
    ]
