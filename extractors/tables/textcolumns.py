"""Pages of two text columns: the gutter, so that lines are not read across it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.textlines import TextLine

#: A gutter has at least so many lines beside it, and is at least this wide (points).
LINES = 10
WIDTH = 9.0
#: Running text has at least so many words on a line of a text column.
PROSE_WORDS = 4
#: One column is running text for the most part, the other in some part (it may hold a table).
MUCH, SOME = 0.6, 0.25


def by_text_column(lines: Sequence[TextLine], width: float) -> list[list[TextLine]]:
    """The lines in one list, or, on a page of two text columns, in three: left, right, and across both.

    Args:
        lines: from top to bottom; width: of the page in points.
    """
    gutter = _gutter(lines, width)
    if gutter is None:
        return [list(lines)]
    left: list[TextLine] = []
    right: list[TextLine] = []
    across: list[TextLine] = []
    for line in lines:
        before = [w for w in line.words if w.box.x1 <= gutter]
        after = [w for w in line.words if w.box.x0 >= gutter]
        if len(before) + len(after) < len(line.words):
            across.append(line)
            continue
        for own, side in ((before, left), (after, right)):
            if own:
                top, bottom = min(w.box.top for w in own), max(w.box.bottom for w in own)
                side.append(TextLine(line.y, top, bottom, max(w.size for w in own), own))
    return [side for side in (left, right, across) if side]


def _gutter(lines: Sequence[TextLine], width: float) -> float | None:
    """x of a strip near the middle that most lines leave open with running text on both sides."""
    strips: list[tuple[float, float]] = []
    for line in lines:
        for a, b in zip(line.words, line.words[1:], strict=False):
            x0, x1 = a.box.x1, b.box.x0
            if x1 - x0 >= WIDTH and 0.35 * width < (x0 + x1) / 2 < 0.65 * width:
                strips.append((x0, x1))
    if len(strips) < LINES:
        return None
    middles = sorted((x0 + x1) / 2 for x0, x1 in strips)
    best = max(middles, key=lambda x: (sum(x0 < x < x1 for x0, x1 in strips), -x))
    if sum(x0 < best < x1 for x0, x1 in strips) < LINES:
        return None
    shares = sorted(_prose(lines, best, left) for left in (True, False))
    return best if shares[1] >= MUCH and shares[0] >= SOME else None


def _prose(lines: Sequence[TextLine], gutter: float, left: bool) -> float:
    """The share of running text among the parts of lines on one side of the gutter."""
    parts = prose = 0
    for line in lines:
        if any(word.box.x0 < gutter < word.box.x1 for word in line.words):
            continue
        own = [w for w in line.words if (w.box.x1 <= gutter) == left]
        if not own:
            continue
        parts += 1
        part = TextLine(line.y, line.top, line.bottom, line.size, own)
        prose += len(own) >= PROSE_WORDS and len(part.segments(1.5)) == 1
    return prose / parts if parts else 0.0
