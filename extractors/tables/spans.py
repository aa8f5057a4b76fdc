"""Cells that span columns only because nothing is drawn between them are parted again."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.tables.model import Layout, Span
from pipeline.model import Word


def parted(layout: Layout, per_cell: Sequence[Sequence[Word]], *, fills: bool) -> Layout:
    """The layout with wide cells split where other rows have an edge that none of their words crosses.

    A wide cell stays whole when its text stands in the middle of it (a heading over columns).

    Args:
        fills: edges are those of fills, so white rows have none: then a wide cell with text in its
            first column only, or with none, is split as well.
    """
    spans: list[Span] = []
    for span, words in zip(layout.spans, per_cell, strict=True):
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
