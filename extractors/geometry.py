"""What is drawn on a page: glyphs, rules, fills and pictures, in points from the page's top left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.model import Box, Word

#: A gap wider than this share of the font size parts two words (a space is 0.2–0.3 em).
WORD_GAP = 0.22
#: A glyph lower or higher than this share of the font size is on another line.
LINE_SHIFT = 0.5
#: A footnote mark is at most this share of its neighbour's size, and raised (browsers print 5/6).
SUPERSCRIPT_SIZE = 0.87
#: A raised mark stands this share of the font size higher than its neighbour, at least.
RAISED = 0.1
#: Letters of one word are not smaller than this share of each other (small capitals are 0.7–0.8).
WORD_SIZES = 0.6


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
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    pictures: tuple[Picture, ...]
    n_curves: int = 0
    slices: tuple[Picture, ...] = ()
    discs: tuple[Disc, ...] = ()

    def words(self) -> list[Word]:
        """The page's words, in the order of the content stream (not yet in reading order)."""
        return words_of(self.glyphs, self.number)


def words_of(glyphs: tuple[Glyph, ...] | list[Glyph], page: int) -> list[Word]:
    """Group glyphs that follow each other without a gap into words.

    A word ends at white space, at a gap, at a change of line, angle or (for footnote marks) of
    size; fonts may change inside a word only in weight.
    """
    words: list[Word] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.text:
            if run:
                words.append(_word(run, page, words))
                run = []
            continue
        if run and not (_follows(run[-1], glyph) or _joined(run[-1], glyph)):
            words.append(_word(run, page, words))
            run = []
        run.append(glyph)
    if run:
        words.append(_word(run, page, words))
    return words


def _follows(a: Glyph, b: Glyph) -> bool:
    """Whether ``b`` stands close after ``a`` in the same line of upright text: most glyphs do."""
    size = a[5]
    return (
        size >= 1.0
        and a[8] == b[8] == 0
        and b[5] == size
        and a[4] == b[4]
        and -0.6 * size <= b[1] - a[3] <= WORD_GAP * size
    )


def _joined(a: Glyph, b: Glyph) -> bool:
    """Whether ``b`` continues the word that ends in ``a``."""
    _, ax0, atop, ax1, abottom, asize, _, _, angle, _ = a
    _, bx0, btop, bx1, bbottom, bsize, _, _, other, _ = b
    if angle != other:
        return False
    if ax0 == bx0 and atop == btop and ax1 == bx1 and abottom == bbottom:
        return True  # one glyph that stands for several characters (a ligature)
    size = max(asize, bsize, 1.0)
    if angle == 0:
        gap, shift = bx0 - ax1, abs(bbottom - abottom)
    elif angle == 90:
        gap, shift = atop - bbottom, abs(bx1 - ax1)
    elif angle == 270:
        gap, shift = btop - abottom, abs(bx0 - ax0)
    else:
        gap, shift = ax0 - bx1, abs(btop - atop)
    if not -0.6 * size <= gap <= WORD_GAP * size or shift > LINE_SHIFT * size:
        return False
    small, large = (asize, bsize) if asize < bsize else (bsize, asize)
    if small <= WORD_SIZES * large:
        return False
    return small > SUPERSCRIPT_SIZE * large or shift <= RAISED * large


def _word(run: list[Glyph], page: int, before: list[Word]) -> Word:
    first = run[0]
    texts, x0s, tops, x1s, bottoms, _, bold, italic, _, _ = zip(*run, strict=True)
    box = Box(page, min(x0s), min(tops), max(x1s), max(bottoms))
    return Word(
        text="".join(texts),
        box=box,
        size=first.size,
        bold=sum(bold) * 2 > len(run),
        italic=sum(italic) * 2 > len(run),
        angle=first.angle,
        superscript=_raised(first, box, before),
    )


def _raised(glyph: Glyph, box: Box, before: list[Word]) -> bool:
    """Whether a small run stands directly after, and higher than, the word before it."""
    if not before or glyph.angle == 180:
        return False
    last = before[-1]
    if last.angle != glyph.angle or glyph.size > SUPERSCRIPT_SIZE * last.size:
        return False
    own = last.box
    if glyph.angle == 0:
        gap, lift, overlap = box.x0 - own.x1, own.bottom - box.bottom, box.top - own.top
    elif glyph.angle == 90:
        gap, lift, overlap = own.top - box.bottom, own.x1 - box.x1, box.x0 - own.x0
    else:
        gap, lift, overlap = box.top - own.bottom, box.x0 - own.x0, own.x1 - box.x1
    return abs(gap) <= 0.5 * last.size and lift > RAISED * last.size and overlap < 0.5 * last.size
