"""Columns without room between them: figures that end at one place right before comments begin there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.tables.rows import is_unit
from extractors.tables.textlines import COLUMN_GAP, TextLine, is_value
from pipeline.model import Word

#: So many lines must have text on both sides of a seam, so many text on its right alone.
BOTH, ALONE = 3, 2
#: Edges within so many points are one.
SAME = 0.8


def seams(lines: Sequence[TextLine]) -> list[float]:
    """x (points) between figures set to the right and texts set to the left that stand no further apart than
    words do, as a workbook prints them.

    The figures end at one place and the texts begin at one, also on lines without a figure before them (the
    first line of a comment), and no word lies across.
    """
    near = [
        (a, b)
        for line in lines
        for a, b in pairwise(line.words)
        if (a.text[-1].isdigit() or a.text[-1] == "%")
        and b.box.x0 - a.box.x1 < COLUMN_GAP * b.size
        and not (is_unit(b.text) or is_value(b.text) or b.superscript)
    ]
    found: list[float] = []
    while len(near) >= BOTH:
        first, right = near[0]
        own = [pair for pair in near if _same(pair, first, right)]
        near = [pair for pair in near if not _same(pair, first, right)]
        x = (first.box.x1 + right.box.x0) / 2
        if len(own) >= BOTH and len({b.text for _, b in own}) > 1 and _parts(x, right.box.x0, lines):
            found.append(x)
    return sorted(found)


def _same(pair: tuple[Word, Word], left: Word, right: Word) -> bool:
    return abs(pair[0].box.x1 - left.box.x1) < SAME and abs(pair[1].box.x0 - right.box.x0) < SAME


def _parts(x: float, start: float, lines: Sequence[TextLine]) -> bool:
    """Whether texts begin at ``start`` with nothing near before them as well, and no word lies across."""
    alone = 0
    for line in lines:
        before = 0.0
        for word in line.words:
            if word.box.x0 < x - 1 and word.box.x1 > x + 1:
                return False
            if abs(word.box.x0 - start) < SAME and word.box.x0 - before > COLUMN_GAP * word.size:
                alone += 1
            before = word.box.x1
    return alone >= ALONE
