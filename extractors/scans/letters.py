"""Words of OCR to words of the page: font size and weight from the picture, boxes of font height."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

import numpy as np

from extractors.engines.tesseract import OcrWord
from extractors.glyphs import BREAK, Glyph
from extractors.scans.straight import INK

#: Heights above the baseline in ems (usual text faces): letters with ascenders, capitals and figures, t and
#: dotted letters, small letters; rings and dots on capitals; below the baseline: descenders, commas.
ASCENDER, CAPITAL, MIDDLE, SMALL, RING = 0.71, 0.66, 0.64, 0.5, 0.2
BELOW, COMMA = 0.19, 0.12
#: How far a box of font height reaches above and below the baseline (ems).
ASCENT, DESCENT = 0.78, 0.22
#: Sizes within this share of the page's usual size are that size; short lines are measured less surely.
SAME_SIZE, SAME_SIZE_SHORT, SHORT = 0.13, 0.22, 25
#: Strokes this many times thicker than the page's usual ones are bold.
BOLD = 1.28
_ASCENDERS = frozenset("bdfhkl()[]/|§ß")
_MIDDLE = frozenset("tijåäöéü")
_RINGS = frozenset("ÅÄÖÉ")
_BELOW = frozenset("gjpqy()[]Q")
_COMMAS = frozenset(",;")


def glyphs_of(words: Sequence[OcrWord], page: Any, dpi: int) -> tuple[Glyph, ...]:
    """Words as glyphs in points, each word's width shared out evenly among its characters.

    Args:
        words: in reading order, boxes in pixels.
        page: grey values of the picture.
    """
    scale = 72.0 / dpi
    lines: dict[tuple[int, int, int], list[OcrWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    sizes = {key: _size(line) for key, line in lines.items()}
    usual = median([sizes[word.line] for word in words]) if words else 0.0
    strokes = [_stroke(page, word) / max(sizes[word.line], 1.0) for word in words]
    usual_stroke = median(strokes) if strokes else 0.0
    glyphs: list[Glyph] = []
    for key, line in lines.items():
        size = sizes[key]
        short = sum(len(word.text) for word in line) < SHORT
        if abs(size - usual) <= (SAME_SIZE_SHORT if short else SAME_SIZE) * usual:
            size = usual
        bold = median([_stroke(page, word) / max(sizes[key], 1.0) for word in line]) > BOLD * usual_stroke
        baseline = median([_baseline(word, size) for word in line])
        for word in line:
            base = baseline if abs(_baseline(word, size) - baseline) < 0.35 * size else _baseline(word, size)
            glyphs += _glyphs(word, base, size, bold, scale)
            glyphs.append(BREAK)
    return tuple(glyphs)


def _glyphs(word: OcrWord, base: float, size: float, bold: bool, scale: float) -> list[Glyph]:
    top, bottom = (base - ASCENT * size) * scale, (base + DESCENT * size) * scale
    step = (word.x1 - word.x0) / len(word.text)
    points = round(size * scale * 2) / 2
    return [
        Glyph(
            sign,
            (word.x0 + i * step) * scale,
            top,
            (word.x0 + (i + 1) * step) * scale,
            bottom,
            points,
            bold,
            False,
            0,
            True,
        )
        for i, sign in enumerate(word.text)
    ]


def _height(text: str) -> float:
    """How high a printed word is, in ems."""
    signs = set(text)
    if signs & _RINGS:
        height = CAPITAL + RING
    elif signs & _ASCENDERS:
        height = ASCENDER
    elif any(sign.isupper() or sign.isdigit() or sign in "%&!?" for sign in signs):
        height = CAPITAL
    else:
        height = MIDDLE if signs & _MIDDLE else SMALL
    return height + _depth(signs)


def _depth(signs: set[str]) -> float:
    """How far a word reaches below the baseline, in ems."""
    if signs & _BELOW:
        return BELOW
    return COMMA if signs & _COMMAS else 0.0


def _size(line: Sequence[OcrWord]) -> float:
    """The font size of a line in pixels."""
    sized = [
        (word.bottom - word.top) / _height(word.text) for word in line if any(map(str.isalnum, word.text))
    ]
    return median(sized) if sized else float(max(word.bottom - word.top for word in line))


def _baseline(word: OcrWord, size: float) -> float:
    return word.bottom - _depth(set(word.text)) * size


def _stroke(page: Any, word: OcrWord) -> float:
    """Mean length of the runs of ink along the rows of a word, in pixels."""
    ink = page[word.top : word.bottom, word.x0 : word.x1] < INK
    if ink.size == 0:
        return 0.0
    edges = np.diff(ink.astype(np.int8), axis=1)
    runs = int((edges == 1).sum()) + int(ink[:, 0].sum())
    return float(ink.sum()) / runs if runs else 0.0
