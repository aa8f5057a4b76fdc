"""What is usual in a document: the size of its body text, its line pitch, how far its lines reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.text.lines import Line
from extractors.text.order import Column
from extractors.text.page import PageFlow

#: Line pitch in parts of the font size where a document shows none.
USUAL_PITCH = 1.3
#: Left edges are told apart by so many points when the reach of lines is measured.
EDGE = 12.0

#: A line is flush when it ends within so many points of the edge; text is justified when so many lines are.
FLUSH, JUSTIFIED = 1.5, 0.5

_Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """The usual measures of one document.

    Attributes:
        body: font size of most letters, in points.
        body_bold: most letters of that size are bold.
        pitch: from baseline to baseline, in parts of the font size.
        reach: how far to the right lines go, by column side, left edge and page width.
        justified: lines within a paragraph end at the right edge.
    """

    body: float
    body_bold: bool
    pitch: float
    reach: dict[_Place, float]
    justified: bool = False

    def right_of(self, column: Column, page: PageFlow) -> float:
        """Where the lines of a column end at most, in points."""
        widest = max(line.x1 for line in column.lines)
        usual = self.reach.get(_place(column, page))
        return widest if usual is None or len(column.lines) > 12 else max(widest, usual)


def measure(pages: Sequence[PageFlow], running: set[int]) -> Style:
    """The style of a document.

    Args:
        running: ``id`` of every line that is a running head or foot: they do not count.
    """
    sizes: Counter[float] = Counter()
    bold: Counter[float] = Counter()
    pitches: Counter[float] = Counter()
    ends: dict[_Place, list[float]] = {}
    for page in pages:
        for column in _columns(page):
            lines = [line for line in column.lines if id(line) not in running]
            for line in lines:
                sizes[line.size] += len(line.text)
                if line.bold:
                    bold[line.size] += len(line.text)
            for ratio in _pitches(lines):
                pitches[ratio] += 1
            if lines:
                ends.setdefault(_place(column, page), []).extend(line.x1 for line in lines)
    reach = {place: _reach(xs) for place, xs in ends.items()}
    flush = sum(abs(x - reach[place]) < FLUSH for place, xs in ends.items() for x in xs)
    body = max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.0
    return Style(
        body=body,
        body_bold=2 * bold[body] > sizes[body],
        pitch=max(pitches, key=lambda ratio: (pitches[ratio], -ratio)) if pitches else USUAL_PITCH,
        reach=reach,
        justified=flush >= JUSTIFIED * sum(map(len, ends.values())),
    )


def _columns(page: PageFlow) -> Iterable[Column]:
    return (piece for piece in page.pieces if isinstance(piece, Column))


def _place(column: Column, page: PageFlow) -> _Place:
    left = min(line.x0 for line in column.lines)
    return column.side, round(left / EDGE), round(page.width / EDGE)


def _pitches(lines: Sequence[Line]) -> Iterable[float]:
    for a, b in pairwise(lines):
        if a.size == b.size and a.size > 0 and abs(a.x0 - b.x0) < 2 * a.size:
            ratio = (b.base - a.base) / a.size
            if 0.9 <= ratio <= 2.2:
                yield round(ratio * 20) / 20


def _reach(xs: list[float]) -> float:
    """The right edge: the second furthest end where there are many (one line may overrun)."""
    xs = sorted(xs)
    return xs[-2] if len(xs) >= 8 else xs[-1]
