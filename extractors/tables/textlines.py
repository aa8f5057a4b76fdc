"""Words as lines across a region, and what a piece of text looks like (a value or a phrase)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from statistics import median

from pipeline.model import Word

#: Two columns are parted by more than this share of the font size (a space is 0.25–0.35).
COLUMN_GAP = 0.6
#: Room between two words that is no wider than this (share of the font size) parts nothing anywhere; room
#: of so many points may, whatever the font.
NARROWEST, FAR = 0.38, 5.0
#: Signs that leaders are made of.
LEADING = "._·…"
#: Lines further apart (font sizes) are two rows of a table with room between its rows.
ROOMY = 2.0
#: A level of its header stands at most so many times as far from what is below as its rows do.
LEVEL_ROOM = 1.1


#: Where room is left between two words of a line: the index of the word behind the room, how far the words
#: before it reach, where it begins (points), and its font size (1.0 at least).
Step = tuple[int, float, float, float]
_START = attrgetter("box.x0")


@dataclass(slots=True)
class TextLine:
    """Words of one height, from left to right. Once it is made its words stay what they are.

    Attributes:
        y: the middle of its first word; top, bottom: of all its words (points).
        size: the largest font size on the line.
    """

    y: float
    top: float
    bottom: float
    size: float
    words: list[Word]
    _steps: list[Step] | None = field(default=None, init=False, repr=False, compare=False)
    _x1: float = field(default=0.0, init=False, repr=False, compare=False)
    _parted: bool = field(default=False, init=False, repr=False, compare=False)
    _said: list[str] | None = field(default=None, init=False, repr=False, compare=False)
    _answers: list[tuple[str, int]] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def x0(self) -> float:
        """Where the line begins."""
        return self.words[0].box.x0

    @property
    def x1(self) -> float:
        """Where the line ends."""
        if self._steps is None:
            self.steps()
        return self._x1

    def steps(self) -> list[Step]:
        """Where two words stand further apart than those of a text do: by more than :data:`NARROWEST` times
        the font size, or by :data:`FAR` points."""
        if self._steps is not None:
            return self._steps
        made: list[Step] = []
        words = self.words
        reach = end = words[0].box.x1
        for at, word in enumerate(words):
            box = word.box
            size = word.size
            room = box.x0 - end
            if at and room > 0.0 and (room > NARROWEST * max(size, 1.0) or room >= FAR):
                size = max(size, 1.0)
                made.append((at, reach, box.x0, size))
                if box.x0 - reach > COLUMN_GAP * size:
                    self._parted = True
            end = box.x1
            if end > reach:
                reach = end
        self._steps, self._x1 = made, reach
        return made

    def segments(self, gap: float = 1.0) -> list[list[Word]]:
        """Runs of words parted by more than ``gap`` times the font size (:data:`NARROWEST` at least).

        Not to be changed: a run may be the line's own list.
        """
        words = self.words
        first = 0
        runs: list[list[Word]] = []
        for at, before, start, size in self._steps if self._steps is not None else self.steps():
            if start - before > gap * size:
                runs.append(words[first:at])
                first = at
        if not first:
            return [words]
        runs.append(words[first:])
        return runs

    def parted(self) -> bool:
        """Whether the line has more than one run of text, :data:`COLUMN_GAP` apart."""
        if self._steps is None:
            self.steps()
        return self._parted

    def extents(self, gap: float) -> list[tuple[float, float]]:
        """From where to where (points) each of the :meth:`segments` reaches."""
        x0 = self.words[0].box.x0
        made: list[tuple[float, float]] = []
        for _, before, start, size in self._steps if self._steps is not None else self.steps():
            if start - before > gap * size:
                made.append((x0, before))
                x0 = start
        made.append((x0, self._x1))
        return made

    def said(self) -> list[str]:
        """What the runs of text :data:`COLUMN_GAP` apart say, but for raised marks."""
        if self._said is None:
            self._said = [
                " ".join([word.text for word in run if not word.superscript])
                for run in self.segments(COLUMN_GAP)
            ]
        return self._said

    def answers(self) -> list[tuple[str, int]]:
        """What may be an answer on the line, in lower case, and where it stands: short texts of at most four
        words behind the first run of text, that do not begin in lower case."""
        if self._answers is None:
            self._answers = [
                (text.casefold(), round((run[0].box.x0 + run[-1].box.x1) / 12))
                for run, text in zip(self.segments(COLUMN_GAP)[1:], self.said()[1:], strict=True)
                if is_short_answer(text) and len(run) <= 4 and not text[0].islower()
            ]
        return self._answers


def lines_of(words: Iterable[Word]) -> list[TextLine]:
    """Upright words as lines from top to bottom; raised marks stay on their word's line, leaders are left
    out (they would bridge the gap between two columns)."""
    keyed: list[tuple[float, float, int, Word]] = []
    add = keyed.append
    y = 0.0
    for at, word in enumerate(words):
        if word.angle != 0 or (word.text[0] in LEADING and is_leader(word.text)):
            continue
        box = word.box
        if not (word.superscript and keyed):
            y = (box.top + box.bottom) / 2
        add((y, box.x0, at, word))
    keyed.sort()  # the index settles what stands at one place: words are never compared
    lines: list[TextLine] = []
    line: TextLine | None = None
    uneven = False
    for y, _, _, word in keyed:
        size, box = word.size, word.box
        if line is not None and (
            y == line.y or y - line.y <= 0.42 * min(max(line.size, 1.0), max(size, 1.0) * 1.4)
        ):
            uneven = uneven or y != line.y
            line.words.append(word)
            if box.top < line.top:
                line.top = box.top
            if box.bottom > line.bottom:
                line.bottom = box.bottom
            if size > line.size:
                line.size = size
        else:
            if uneven and line is not None:  # words of one height are in order already
                line.words.sort(key=_START)
                uneven = False
            line = TextLine(y, box.top, box.bottom, size, [word])
            lines.append(line)
    if uneven and line is not None:
        line.words.sort(key=_START)
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


#: What values begin with when it is no figure: brackets, currencies, signs, marks, the n of "n/a".
BEGINNINGS = frozenset("([€$£<>≤≥~±+-−–—•●○◦✓✔✗✘×xX*.…/nN:")


@lru_cache(maxsize=8192)  # the same figures and answers are asked about again and again
def is_value(text: str) -> bool:
    """Whether a text is a figure (with its unit), a dash, a mark or another short code of a value cell."""
    if len(text) > 40:
        return False
    text = text.strip()
    first = text[:1]
    return (first in BEGINNINGS or first.isdecimal()) and _value().match(text) is not None


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
