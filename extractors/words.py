"""Words out of glyphs: what follows without a gap, on the same line, in letters of one size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.glyphs import Glyph, GlyphColumns
from extractors.making import quick_box, quick_word
from pipeline.model import Box, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: A gap wider than this share of the font size parts two words (a space is 0.2–0.3 em).
WORD_GAP = 0.22
#: Letters of one word run over each other by at most this share of the font size.
OVERRUN = 0.6
#: A glyph lower or higher than this share of the font size is on another line.
LINE_SHIFT = 0.5
#: A footnote mark is at most this share of its neighbour's size, and raised (browsers print 5/6).
SUPERSCRIPT_SIZE = 0.87
#: A raised mark stands this share of the font size higher than its neighbour, at least.
RAISED = 0.1
#: Letters of one word are not smaller than this share of each other (small capitals are 0.7–0.8).
WORD_SIZES = 0.6


def words_of(glyphs: Sequence[Glyph], page: int) -> list[Word]:
    """Group glyphs that follow each other without a gap into words.

    A word ends at white space, at a gap, at a change of line, angle or (for footnote marks) of
    size; fonts may change inside a word only in weight.

    Args:
        page: its 1-based number, for the boxes.
    """
    # no ordering holds for a place that is no number (a damaged matrix): glyph by glyph such words end too
    if isinstance(glyphs, GlyphColumns) and math.isfinite(float(glyphs.boxes.sum())):
        return _words_of_columns(glyphs, page)
    words: list[Word] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.text:
            if run:
                words.append(_word(run, page, words))
                run = []
            continue
        if run and not _joined(run[-1], glyph):
            words.append(_word(run, page, words))
            run = []
        run.append(glyph)
    if run:
        words.append(_word(run, page, words))
    return words


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
    if not -OVERRUN * size <= gap <= WORD_GAP * size or shift > LINE_SHIFT * size:
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
        superscript=_raised(first.angle, first.size, box, before),
    )


def _raised(angle: int, size: float, box: Box, before: list[Word]) -> bool:
    """Whether a small run stands directly after, and higher than, the word before it."""
    if not before or angle == 180:
        return False
    last = before[-1]
    if last.angle != angle or size > SUPERSCRIPT_SIZE * last.size:
        return False
    own = last.box
    if angle == 0:
        gap, lift, overlap = box.x0 - own.x1, own.bottom - box.bottom, box.top - own.top
    elif angle == 90:
        gap, lift, overlap = own.top - box.bottom, own.x1 - box.x1, box.x0 - own.x0
    else:
        gap, lift, overlap = box.top - own.bottom, box.x0 - own.x0, own.x1 - box.x1
    return abs(gap) <= 0.5 * last.size and lift > RAISED * last.size and overlap < 0.5 * last.size


def _words_of_columns(glyphs: GlyphColumns, page: int) -> list[Word]:
    """The same of a whole page at once (a test holds the two ways together)."""
    import numpy as np

    if not glyphs.text:
        return []
    columns = zip(*glyphs.styles, strict=True)
    sizes, bolds, italics, angles, _ = (np.array(column)[glyphs.style] for column in columns)
    begins = _begins(glyphs, sizes, angles)
    ends = np.append(begins[1:], len(glyphs.text))
    x0, top, x1, bottom = glyphs.boxes
    half = (ends - begins) / 2
    first_sizes, first_angles = sizes[begins], angles[begins]
    small = np.zeros(len(begins), np.bool_)
    small[1:] = first_sizes[1:] <= SUPERSCRIPT_SIZE * first_sizes[:-1]
    rows = zip(
        begins.tolist(),
        ends.tolist(),
        np.minimum.reduceat(x0, begins).tolist(),
        np.minimum.reduceat(top, begins).tolist(),
        np.maximum.reduceat(x1, begins).tolist(),
        np.maximum.reduceat(bottom, begins).tolist(),
        first_sizes.tolist(),
        (np.add.reduceat(bolds, begins, dtype=np.intp) > half).tolist(),
        (np.add.reduceat(italics, begins, dtype=np.intp) > half).tolist(),
        first_angles.tolist(),
        small.tolist(),
        strict=True,
    )
    words: list[Word] = []
    text = glyphs.text
    for begin, end, left, above, right, below, size, bold, italic, angle, maybe_mark in rows:
        box = quick_box(page, left, above, right, below)
        raised = maybe_mark and _raised(angle, size, box, words)
        words.append(quick_word(text[begin:end], box, size, bold, italic, angle, raised))
    return words


def _begins(glyphs: GlyphColumns, sizes: NDArray[np.float64], angles: NDArray[np.intp]) -> NDArray[np.intp]:
    """Indexes of the glyphs that begin a word: :func:`_joined` for all of them."""
    import numpy as np

    x0, _, x1, bottom = glyphs.boxes
    one, other = sizes[:-1], sizes[1:]
    size = np.maximum(np.maximum(one, other), 1.0)
    small, large = np.minimum(one, other), np.maximum(one, other)
    gap, shift = x0[1:] - x1[:-1], abs(bottom[1:] - bottom[:-1])
    near = (-OVERRUN * size <= gap) & (gap <= WORD_GAP * size) & (shift <= LINE_SHIFT * size)
    alike = (small > WORD_SIZES * large) & ((small > SUPERSCRIPT_SIZE * large) | (shift <= RAISED * large))
    same = (glyphs.boxes[:, 1:] == glyphs.boxes[:, :-1]).all(axis=0)
    turned = angles[1:] != 0
    joined = (angles[1:] == angles[:-1]) & (same | (near & alike))
    begins = glyphs.parted.copy()
    begins[0] = True
    begins[1:] |= ~joined
    for index in (np.flatnonzero(turned & ~glyphs.parted[1:]) + 1).tolist():
        before, glyph = glyphs.some([index - 1, index])
        begins[index] = not _joined(before, glyph)
    return begins.nonzero()[0]
