"""Words to runs and lines: superscripts apart, the rest joined by one space."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter

from pipeline.model import Box, Word

#: Where the baseline lies in a box of font height, from its bottom (descent of common text faces).
DESCENT = 0.22
#: Words whose baselines differ by less than this share of the font size stand on one line.
SAME_LINE = 0.3
#: The mark before a note is at most this large against its text.
SMALL_MARK = 0.85
#: A gap of this many ems ends a run even where the content stream goes on.
RUN_GAP = 1.0
#: Runs that the content stream parts are one when their gap is at most this (a word space or so).
WORD_SPACE = 0.6
#: Gaps of so many ems part the cells of a row; in a stretched line all gaps are alike (within this factor).
WIDE_GAP, EVEN = 2.0, 1.3
#: A word that begins within this share of an em continues the word before it.
GLUED = 0.1


@dataclass(slots=True)
class Run:
    """Words beside each other on one baseline. Boxes in points from the page's top left."""

    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float

    def add(self, word: Word) -> None:
        """Append a word that stands to the right."""
        box = word.box
        self.words.append(word)
        if box.x1 > self.x1:
            self.x1 = box.x1
        if not word.superscript:
            if box.top < self.top:
                self.top = box.top
            if box.bottom > self.bottom:
                self.bottom = box.bottom
            if word.size > self.size:
                self.size = word.size


@dataclass(slots=True)
class Line:
    """One printed line of one column.

    Attributes:
        text: words joined by one space, footnote marks (superscripts) left out.
        edges: x0 and x1 of every word of ``text`` (those between spaces), flat.
        marker: the line begins with a raised or smaller mark (which ``text`` keeps).
        gappy: wide gaps stand inside (a row of figures rather than prose).
    """

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    italic: bool
    text: str
    edges: array[float] = field(repr=False)
    marker: bool = False
    gappy: bool = False

    @property
    def box(self) -> Box:
        """The line's area."""
        return Box(self.page, self.x0, self.top, self.x1, self.bottom)

    @property
    def first_word_width(self) -> float:
        """Width of its first word in points."""
        return float(self.edges[1] - self.edges[0])


def runs_of(words: Iterable[Word]) -> list[Run]:
    """Upright words in the order of the content stream as runs, each on one baseline."""
    runs: list[Run] = []
    run: Run | None = None
    for word in words:
        if word.angle:
            continue
        box, size = word.box, word.size or 1.0
        if run is not None:
            gap = box.x0 - run.x1
            if word.superscript and -0.5 * size < gap < size:
                run.add(word)
                continue
            base = box.bottom - DESCENT * (box.bottom - box.top)
            if abs(base - run.base) <= SAME_LINE * size and -0.5 * size <= gap <= RUN_GAP * size:
                run.add(word)
                continue
            if _is_mark_of(run, base, gap, size):
                run.base = base
                run.add(word)
                run.top, run.bottom = box.top, box.bottom
                continue
        else:
            base = box.bottom - DESCENT * (box.bottom - box.top)
        run = Run([word], box.x0, box.top, box.x1, box.bottom, base, size)
        runs.append(run)
    return _mended(runs)


def _is_mark_of(run: Run, base: float, gap: float, size: float) -> bool:
    """Whether a run is the small raised mark of a note whose text begins on ``base`` right after it."""
    if len(run.words) != 1 or len(run.words[0].text) > 2 or run.size > SMALL_MARK * size:
        return False
    return -0.1 * size < gap < size and 0 < base - run.base < 0.7 * size


def rows_of(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs grouped by baseline, rows from top to bottom, each from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=attrgetter("base", "x0")):
        if rows:
            first = rows[-1][0]
            if run.base - first.base <= SAME_LINE * min(run.size, first.size):
                rows[-1].append(run)
                continue
        rows.append([run])
    for row in rows:
        if len(row) > 1:
            row.sort(key=attrgetter("x0"))
    return rows


def _mended(runs: list[Run]) -> list[Run]:
    """Pieces of one line that the content stream gave apart, put together again."""
    mended: list[Run] = []
    for row in rows_of(runs):
        last: Run | None = None
        for run in row:
            if last is not None and run.x0 - last.x1 <= WORD_SPACE * max(run.size, last.size):
                for word in run.words:
                    last.add(word)
            else:
                last = run
                mended.append(run)
    return mended


def line_of(row: Sequence[Run]) -> Line | None:
    """One line out of the runs of a row; None when nothing but marks stands in it."""
    words = [word for run in row for word in run.words]
    if len(row) > 1:
        words.sort(key=lambda word: word.box.x0)
    pieces, edges = _pieces(words)
    if not pieces:
        return None
    size, letters, bold, italic = _measured(words)
    first = words[0]
    return Line(
        page=first.box.page,
        x0=min(run.x0 for run in row),
        top=min(run.top for run in row),
        x1=max(run.x1 for run in row),
        bottom=max(run.bottom for run in row),
        base=row[0].base,
        size=size,
        bold=10 * bold >= 9 * letters,
        italic=10 * italic >= 9 * letters,
        text=" ".join(pieces),
        edges=edges,
        marker=len(words) > 1 and first.size < SMALL_MARK * size,
        gappy=len(row) > 2 and _is_gappy(row, size),
    )


def _pieces(words: Sequence[Word]) -> tuple[list[str], array[float]]:
    """Words as printed between spaces, without footnote marks, and the x0 and x1 of each (flat)."""
    pieces: list[str] = []
    edges: array[float] = array("f")
    reach = 0.0
    raised = False
    for word in words:
        box = word.box
        if word.superscript and pieces:
            raised, reach = True, max(reach, box.x1)
            continue
        gap = box.x0 - reach
        if pieces and gap <= GLUED * word.size and (raised or gap > -0.2 * word.size):
            pieces[-1] += word.text
            edges[-1] = box.x1
        else:
            pieces.append(word.text)
            edges.append(box.x0)
            edges.append(box.x1)
        raised, reach = False, box.x1
    return pieces, edges


def _is_gappy(row: Sequence[Run], size: float) -> bool:
    """Whether wide gaps stand in a row that are not the even gaps of a stretched line."""
    wide = [gap for a, b in pairwise(row) if (gap := b.x0 - a.x1) > WIDE_GAP * size]
    if len(wide) < 2:
        return False
    words = [word for run in row for word in run.words]
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(words) if not b.superscript]
    return max(gaps) > EVEN * min(gaps)


def _measured(words: Sequence[Word]) -> tuple[float, int, int, int]:
    """The font size of most letters, rounded to half a point; how many there are, bold and slanted ones."""
    counts: dict[float, int] = {}
    letters = bold = italic = 0
    for word in words:
        count = len(word.text)
        letters += count
        if word.bold:
            bold += count
        if word.italic:
            italic += count
        counts[word.size] = counts.get(word.size, 0) + count
    if len(counts) > 1:
        halves: dict[float, int] = {}
        for size, count in counts.items():
            half = round(size * 2) / 2
            halves[half] = halves.get(half, 0) + count
        return max(halves, key=lambda size: (halves[size], size)), letters, bold, italic
    return round(words[0].size * 2) / 2, letters, bold, italic
