"""Cells that span columns only because nothing is drawn between them are parted again."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.geometry import Fill
from extractors.tables.model import Layout, Span
from pipeline.model import Word


def parted(
    layout: Layout, per_cell: Sequence[Sequence[Word]], *, fills: bool, grounds: Sequence[Fill] = ()
) -> Layout:
    """The layout with wide cells split where other rows have an edge that none of their words crosses.

    A wide cell stays whole when its text stands in the middle of it (a heading over columns).

    Args:
        fills: edges are those of fills, so white rows have none: then a wide cell with text in its
            first column only, or with none, is split as well.
        grounds: the page's coloured grounds. A tall cell without one, beside rows with one each, has no
            edges of its own either: it is split where each of its rows has a text of its own.
    """
    spans: list[Span] = []
    for span, words in zip(layout.spans, per_cell, strict=True):
        if (
            span.row_span > 1
            and span.col_span == 1
            and _bare(span, layout, grounds)
            and _stacked(span, words, layout.ys)
        ):
            spans += [Span(span.row + r, span.col, 1, 1) for r in range(span.row_span)]
            continue
        if span.col_span == 1 or not _open(span, words, layout.xs, fills):
            spans.append(span)
            continue
        spans += [Span(span.row, span.col + c, span.row_span, 1) for c in range(span.col_span)]
    spans.sort()
    layout.spans = spans
    return layout


def _open(span: Span, words: Sequence[Word], xs: Sequence[float], fills: bool) -> bool:
    inner = xs[span.col + 1 : span.col + span.col_span]
    filled: set[int] = set()
    for word in words:
        box = word.box
        if any(box.x0 + 0.5 < x < box.x1 - 0.5 for x in inner):
            return False
        filled.add(sum(x < (box.x0 + box.x1) / 2 for x in inner))
    if len(filled) > 1:
        ordered = sorted(words, key=lambda word: (round(word.box.top), word.box.x0))
        for a, b in itertools.pairwise(ordered):
            close = 0 <= b.box.x0 - a.box.x1 < 0.4 * a.size and abs(a.box.top - b.box.top) < 2
            if close and any(a.box.x1 - 1 <= x <= b.box.x0 + 1 for x in inner):
                return False
        return True
    return fills and filled in (set(), {0})


def _bare(span: Span, layout: Layout, grounds: Sequence[Fill]) -> bool:
    """Whether a cell has no ground while each row of the column behind it has one."""
    xs, ys = layout.xs, layout.ys
    if not grounds or span.col + 2 >= len(xs):
        return False
    rows = [(ys[r] + ys[r + 1]) / 2 for r in range(span.row, span.row + span.row_span)]
    here, behind = (xs[span.col] + xs[span.col + 1]) / 2, (xs[span.col + 1] + xs[span.col + 2]) / 2
    return all(_covered(behind, y, grounds) and not _covered(here, y, grounds) for y in rows)


def _covered(x: float, y: float, grounds: Sequence[Fill]) -> bool:
    return any(ground.x0 < x < ground.x1 and ground.top < y < ground.bottom for ground in grounds)


def _stacked(span: Span, words: Sequence[Word], ys: Sequence[float]) -> bool:
    """Whether a tall cell holds the texts of several rows: one begins in each, and none crosses an edge."""
    inner = ys[span.row + 1 : span.row + span.row_span]
    first: dict[int, Word] = {}
    for word in sorted(words, key=lambda word: (round(word.box.top), word.box.x0)):
        if any(word.box.top + 1 < y < word.box.bottom - 1 for y in inner):
            return False
        first.setdefault(sum(y < word.box.centre[1] for y in inner), word)
    return len(first) == span.row_span and all(not word.text[0].islower() for word in first.values())
