"""Regions of lines read as grids, and what tells that a grid is not complete."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.tables.columns import column_gaps
from extractors.tables.grids import drop_unused, edges, separators, spans
from extractors.tables.model import Layout, Span
from extractors.tables.rules import Region
from extractors.tables.textlines import TextLine, is_short_answer, is_value, lines_of
from pipeline.model import Cell, Word

#: A row or column of a grid that is narrower than this (points) and holds nothing is a doubled line.
THIN = 7.0


def read_grid(region: Region, words: Sequence[Word]) -> Layout | None:
    """The grid that the region's lines draw, or None when they part nothing in two directions."""
    xs, ys = edges(region.hs, region.vs, (region.x0, region.top, region.x1, region.bottom))
    right, below = separators(xs, ys, region.hs, region.vs)
    while drop_unused(xs, ys, right, below):
        right, below = separators(xs, ys, region.hs, region.vs)
    _drop_thin(xs, words, vertical=True)
    _drop_thin(ys, words, vertical=False)
    if len(xs) < 2 or len(ys) < 2:
        return None
    right, below = separators(xs, ys, region.hs, region.vs)
    made = spans(len(ys) - 1, len(xs) - 1, right, below)
    return Layout(xs, ys, made, 0, True, "vector", 0.98)


def _drop_thin(values: list[float], words: Sequence[Word], *, vertical: bool) -> None:
    """Take away, in place, edges that make strips too thin for text."""
    index = 0
    while index < len(values) - 1 and len(values) > 2:
        low, high = values[index], values[index + 1]
        if high - low >= THIN or any(
            low <= (w.box.centre[0] if vertical else w.box.centre[1]) <= high for w in words
        ):
            index += 1
        elif index == 0:
            del values[1]
        else:
            del values[index if index + 1 == len(values) - 1 else index + 1]


def strip_titles(layout: Layout, cells: Sequence[Cell]) -> Layout:
    """The layout without title and note rows that span its whole width at the top and the bottom.

    ``cells`` are parallel to ``layout.spans``. A row of one cell in the middle is a group's name and stays;
    so does one without text on a coloured ground (a header that could not be read).
    """
    whole = {
        span.row: span.row_span
        for span, cell in zip(layout.spans, cells, strict=True)
        if span.col_span == layout.n_cols > 1 and (cell.text or cell.fill is None)
    }
    first, last = 0, layout.n_rows
    while first in whole and last - first > 2:
        first += whole[first]
    ends = {row + high: row for row, high in whole.items()}
    while last in ends and last - first > 2:
        last = ends[last]
    if first == 0 and last == layout.n_rows:
        return layout
    kept = [
        Span(span.row - first, *span[1:])
        for span in layout.spans
        if first <= span.row and span.row + span.row_span <= last
    ]
    return Layout(
        layout.xs,
        layout.ys[first : last + 1],
        kept,
        layout.header_rows,
        layout.complete,
        layout.engine,
        layout.confidence,
    )


def parts_rows(layout: Layout, per_cell: Sequence[Sequence[Word]]) -> bool:
    """Whether some band between two rules holds several rows of values side by side."""
    bands: dict[int, list[Sequence[Word]]] = {}
    for span, words in zip(layout.spans, per_cell, strict=True):
        if span.row_span == 1 and len(words) > 1 and _stacked(words):
            bands.setdefault(span.row, []).append(words)
    return any(
        len(band) > 1 and _several_rows([lines_of(words) for words in band]) for band in bands.values()
    )


def _stacked(words: Sequence[Word]) -> bool:
    """Whether the words stand on more than one line."""
    first = words[0].box
    return any(abs(word.box.bottom - first.bottom) > 0.8 * word.size for word in words)


def _several_rows(columns: Sequence[Sequence[TextLine]]) -> bool:
    """Whether the columns' lines stand side by side and mostly hold values (a wrapped text does not)."""
    stacked = [lines for lines in columns if len(lines) >= 2]
    if len(stacked) < 2:
        return False
    stated: list[Sequence[TextLine]] = []
    for lines in stacked:
        texts = [" ".join(word.text for word in line.words if not word.superscript) for line in lines]
        again = [text for text in texts if texts.count(text) > 1 and is_short_answer(text)]
        if sum(is_value(text) or text in again for text in texts) >= 0.7 * len(texts):
            stated.append(lines)
    if not stated:
        return False
    if len(stated) > 1 and _side_by_side(stated[0], stated[1:]) and len(stated[0]) > 2:
        return True
    longest = max(stacked, key=len)
    return _side_by_side(longest, [lines for lines in stacked if lines is not longest])


def _side_by_side(lines: Sequence[TextLine], others: Sequence[Sequence[TextLine]]) -> bool:
    """Whether most of the others' lines stand at the height of one of the lines."""
    near = sum(
        any(abs(line.y - other.y) <= 0.4 * max(line.size, 1.0) for other in lines)
        for own in others
        for line in own
    )
    return near >= 0.7 * sum(len(own) for own in others)


def parts_columns(layout: Layout, per_cell: Sequence[Sequence[Word]]) -> bool:
    """Whether some column between two rules holds several columns that space keeps apart."""
    gapped: dict[int, list[Sequence[Word]]] = {}
    for span, words in zip(layout.spans, per_cell, strict=True):
        if len(words) < 2 or not _gapped(words):
            continue
        if span.col_span == 1:
            gapped.setdefault(span.col, []).append(words)
        elif _split_lines(lines_of(words)):
            return True
    for col, found in gapped.items():
        lines = [line for words in found for line in lines_of(words)]
        filled = sum(bool(w) and s.col == col for s, w in zip(layout.spans, per_cell, strict=True))
        if len(lines) >= 0.6 * filled and _split_lines(lines):
            return True
    return False


def _gapped(words: Sequence[Word]) -> bool:
    """Whether two words that follow each other on a line stand further apart than words of a text do."""
    return any(
        b.box.x0 - a.box.x1 > a.size and abs(a.box.bottom - b.box.bottom) < 0.4 * a.size
        for a, b in pairwise(words)
    )


def _split_lines(lines: Sequence[TextLine]) -> bool:
    """Whether most of the lines, and at least three, leave a column's gap open at the same place."""
    split = [line for line in lines if len(line.segments(1.0)) > 1]
    return len(split) >= max(3, 0.6 * len(lines)) and bool(column_gaps(split))
