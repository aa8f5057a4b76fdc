"""Figures of running text and cells: the Swedish model reads no % sign, so English readings replace its own.

Measured on a scan at 300 dpi: "75 %" is "75N", "754" or "750" in Swedish and "75 %" in English.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.engines.tesseract import OcrWord, languages

#: The model that reads figures.
FIGURES = "eng"
#: Two boxes are of one word when they share so much of the smaller one's width.
SHARED = 0.5
#: A figure that only the second reading has is taken when it is so sure (0–100).
MISSED = 60.0
#: A Swedish reading of so many letters and no figure is a word; only a surer reading replaces it.
WORD = 2


def can_read_figures() -> bool:
    """Whether the model for figures is installed."""
    return FIGURES in languages()


def with_figures(words: Sequence[OcrWord], others: Sequence[OcrWord]) -> list[OcrWord]:
    """Swedish words, those that hold figures replaced by what the other model read in their place.

    Args:
        words: Swedish reading, in reading order.
        others: the second reading of the same picture.
    """
    rows = _rows([other for other in others if has_figure(other.text)])
    made: list[OcrWord] = []
    used: set[OcrWord] = set()
    for word in words:
        same = [other for other in _near(rows, word) if _same(word, other)]
        if not same or not any(_better(word, other) for other in same):
            made.append(word)
            continue
        for other in same:
            if other not in used:
                used.add(other)
                made.append(other._replace(line=word.line))
    taken = _rows(made)
    for other in others:
        missed = has_figure(other.text) and other not in used and other.confidence >= MISSED
        if missed and not any(_same(other, word) for word in _near(taken, other)):
            block, paragraph, line = other.line
            made.append(other._replace(line=(-block - 1, paragraph, line)))  # a line of its own
    return made


def has_figure(text: str) -> bool:
    """Whether a text holds a digit or a percent sign."""
    return any(sign.isdigit() or sign == "%" for sign in text)


def _rows(words: Sequence[OcrWord]) -> dict[int, list[OcrWord]]:
    """Words by the bands of 40 pixels that they touch."""
    rows: dict[int, list[OcrWord]] = {}
    for word in words:
        for band in range(word.top // 40, word.bottom // 40 + 1):
            rows.setdefault(band, []).append(word)
    return rows


def _near(rows: dict[int, list[OcrWord]], word: OcrWord) -> list[OcrWord]:
    found: dict[OcrWord, None] = {}
    for band in range(word.top // 40, word.bottom // 40 + 1):
        for other in rows.get(band, ()):
            found[other] = None
    return sorted(found, key=lambda other: other.x0)


def _same(a: OcrWord, b: OcrWord) -> bool:
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    narrow, low = min(a.x1 - a.x0, b.x1 - b.x0), min(a.bottom - a.top, b.bottom - b.top)
    return across >= SHARED * narrow and down >= SHARED * low


def _better(word: OcrWord, other: OcrWord) -> bool:
    """Whether the second reading of a figure is to be believed rather than the Swedish one."""
    if has_figure(word.text) or "%" in other.text:
        return True
    letters = sum(map(str.isalpha, word.text))
    return letters < WORD and other.confidence > word.confidence
