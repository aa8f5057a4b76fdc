"""Words as lines across a region, and what a piece of text looks like (a value or a phrase)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median

from pipeline.model import Word

#: Signs that leaders are made of.
LEADING = "._·…"
#: Lines further apart (font sizes) are two rows of a table with room between its rows.
ROOMY = 2.0
#: A level of its header stands at most so many times as far from what is below as its rows do.
LEVEL_ROOM = 1.1


@dataclass(slots=True)
class TextLine:
    """Words of one height, from left to right.

    Attributes:
        y: the middle of its first word; top, bottom: of all its words (points).
        size: the largest font size on the line.
    """

    y: float
    top: float
    bottom: float
    size: float
    words: list[Word]

    @property
    def x0(self) -> float:
        """Where the line begins."""
        return self.words[0].box.x0

    @property
    def x1(self) -> float:
        """Where the line ends."""
        return max(word.box.x1 for word in self.words)

    def segments(self, gap: float = 1.0) -> list[list[Word]]:
        """Runs of words parted by more than ``gap`` times the font size."""
        runs: list[list[Word]] = []
        reach = 0.0
        for word in self.words:
            if runs and word.box.x0 - reach <= gap * max(word.size, 1.0):
                runs[-1].append(word)
                reach = max(reach, word.box.x1)
            else:
                runs.append([word])
                reach = word.box.x1
        return runs


def lines_of(words: Sequence[Word]) -> list[TextLine]:
    """Upright words as lines from top to bottom; raised marks stay on their word's line, leaders are left
    out (they would bridge the gap between two columns)."""
    keyed: list[tuple[float, float, Word]] = []
    last_y = 0.0
    for word in words:
        if word.angle != 0 or (word.text[0] in LEADING and is_leader(word.text)):
            continue
        box = word.box
        y = (box.top + box.bottom) / 2
        if word.superscript and keyed:
            y = last_y
        last_y = y
        keyed.append((y, box.x0, word))
    keyed.sort(key=lambda key: key[:2])
    lines: list[TextLine] = []
    for y, _, word in keyed:
        box = word.box
        line = lines[-1] if lines else None
        if line is not None and y - line.y <= 0.42 * min(max(line.size, 1.0), max(word.size, 1.0) * 1.4):
            line.words.append(word)
            line.top, line.bottom = min(line.top, box.top), max(line.bottom, box.bottom)
            line.size = max(line.size, word.size)
        else:
            lines.append(TextLine(y, box.top, box.bottom, word.size, [word]))
    for line in lines:
        line.words.sort(key=lambda word: word.box.x0)
    return lines


@lru_cache(maxsize=1)
def _value() -> re.Pattern[str]:
    number = r"[<>≤≥~±+\-−–]?\s?\d{1,3}(?:[\s.,'’\u2009]?\d{3})*(?:[.,]\d+)?"
    unit = r"(?:\s?(?:%|‰|kr|kronor|procent|tkr|mkr|dgr|dagar|dag|st|pp|p\.p\.|€|\$|£|°|h|mn|bn))?"
    mark = r"[-–—−•●○◦✓✔✗✘×xX*.…/]+|n\.?\s?[ads]\.?|\(?-\)?|:|\.\."
    return re.compile(
        rf"^[(\[]?(?:[€$£]\s?)?(?:{number}(?:\s?[-–/]\s?{number})*{unit}|{mark})[)\]]?[*†‡¹²³a-d)]?\s?(?:\(.{{1,12}}\))?$",
        re.IGNORECASE,
    )


def is_value(text: str) -> bool:
    """Whether a text is a figure (with its unit), a dash, a mark or another short code of a value cell."""
    return len(text) <= 40 and _value().match(text.strip()) is not None


def is_short_answer(text: str) -> bool:
    """Whether a text could be an answer: at most three words, no sentence."""
    return 0 < len(text) <= 24 and text.count(" ") <= 2 and text[-1:] not in ".,:;-"


def level_room(lines: Sequence[TextLine]) -> float:
    """How far (font sizes) a level of the header may stand above a table that has room between its rows:
    hardly further than these do; 0.0 where its lines stand as tight as those of one cell do.

    Args:
        lines: the table's lines from top to bottom.
    """
    steps = [
        (b.y - a.y) / max(b.size, 1.0) for a, b in pairwise(lines) if b.y - a.y > ROOMY * max(b.size, 1.0)
    ]
    return LEVEL_ROOM * median(steps) if len(steps) > 1 else 0.0


def is_leader(text: str) -> bool:
    """Whether a word is a row of dots that leads the eye to a page number or a figure."""
    return len(text) >= 4 and not text.strip(".…·_ ")
