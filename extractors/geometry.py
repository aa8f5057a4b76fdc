"""What is drawn on a page: glyphs, rules, fills and pictures, in points from the page's top left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.glyphs import Glyph
from extractors.words import words_of
from pipeline.model import Word


class Rule(NamedTuple):
    """A horizontal (``top == bottom``) or vertical (``x0 == x1``) line; ``width`` of the pen."""

    x0: float
    top: float
    x1: float
    bottom: float
    width: float
    colour: str

    @property
    def horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.bottom - self.top


class Fill(NamedTuple):
    """A filled rectangle (``#rrggbb``); ``order`` is its place in painting order."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: str
    order: int


class Picture(NamedTuple):
    """The area of an image."""

    x0: float
    top: float
    x1: float
    bottom: float


class Disc(NamedTuple):
    """A drawn circle of a letter's size, ``filled`` or a mere outline."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: str
    filled: bool


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """One page's geometry. ``glyphs`` stand in the order of the content stream.

    Attributes:
        number: 1-based; width, height: points as shown.
        n_curves: how many curved paths there are (a chart or a logotype has many).
        slices: areas of filled shapes with curves, as a pie chart has them.
        discs: small circles among them, which may stand for answers.
    """

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    pictures: tuple[Picture, ...]
    n_curves: int = 0
    slices: tuple[Picture, ...] = ()
    discs: tuple[Disc, ...] = ()

    def words(self) -> list[Word]:
        """The page's words, in the order of the content stream (not yet in reading order)."""
        return words_of(self.glyphs, self.number)
