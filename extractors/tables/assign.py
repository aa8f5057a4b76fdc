"""Words into the cells of a layout; words that two columns share are split at the glyph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import replace

from extractors.geometry import Disc, Fill
from extractors.glyphs import Glyph, glyphs_within
from extractors.tables.celltext import cell_text
from extractors.tables.fills import colours, owners
from extractors.tables.model import Layout
from extractors.words import words_of
from pipeline.model import Box, Cell, Word

#: A word that reaches into the next cell is two words when its glyphs stand this far apart there
#: (share of the font size); closer ones only run over the edge.
SEAM = 0.04


class Splitter:
    """Splits words of a page at its glyphs, each word at each place once."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self._glyphs = glyphs
        self._made: dict[tuple[int, float], tuple[Word, list[Word]]] = {}

    def split(self, word: Word, x: float) -> list[Word]:
        """The word as two at ``x`` when its glyphs leave a seam there, else an empty list."""
        had = self._made.get((id(word), x))
        if had is None:  # the word is kept beside its parts, so that no other takes its identity
            had = self._made[id(word), x] = (word, split_word(word, x, self._glyphs))
        return had[1]


def words_in_cells(layout: Layout, words: Sequence[Word], splitter: Splitter) -> list[list[Word]]:
    """For each cell of the layout its words, in the order given.

    A word belongs where its middle is; one that lies across a separator is split when its glyphs
    leave a seam there.
    """
    xs, ys, spans = layout.xs, layout.ys, layout.spans
    grid = owners(layout)
    last_row, last_col = layout.n_rows - 1, layout.n_cols - 1
    found: list[list[Word]] = [[] for _ in spans]
    last_mark: int | None = None
    for word in words:
        box = word.box
        x0, x1 = box.x0, box.x1
        row = min(max(bisect_right(ys, (box.top + box.bottom) / 2) - 1, 0), last_row)
        col = min(max(bisect_right(xs, (x0 + x1) / 2) - 1, 0), last_col)
        cell = grid[row][col]
        if word.superscript and last_mark is not None and found[last_mark]:
            near = found[last_mark][-1].box
            if abs(near.x1 - x0) < word.size:
                found[last_mark].append(word)
                continue
        span = spans[cell]
        left, right = xs[span.col], xs[span.col + span.col_span]
        if (x0 < left - 1.5 or x1 > right + 1.5) and word.angle == 0 and len(word.text) > 1:
            edge = left if x0 < left - 1.5 else right
            if xs[0] < edge < xs[-1] and (parts := splitter.split(word, edge)):
                for part in parts:
                    c = min(max(bisect_right(xs, part.box.centre[0]) - 1, 0), last_col)
                    found[grid[row][c]].append(part)
                continue
        last_mark = cell
        found[cell].append(word)
    return found


def split_word(word: Word, x: float, glyphs: Sequence[Glyph]) -> list[Word]:
    """The word as two at ``x`` when its glyphs leave a seam there, else an empty list."""
    box = word.box
    inside = glyphs_within(glyphs, box, word.size)
    before = [g for g in inside if (g.x0 + g.x1) / 2 < x]
    after = [g for g in inside if (g.x0 + g.x1) / 2 >= x]
    if not before or not after:
        return []
    if min(g.x0 for g in after) - max(g.x1 for g in before) < SEAM * word.size:
        return []
    return [*words_of(before, box.page), *words_of(after, box.page)]


def column_texts(
    layout: Layout, per_cell: Sequence[Sequence[Word]]
) -> tuple[tuple[float, float] | None, ...]:
    """From where to where (points) the text of each column runs, by cells that span no others.

    ``per_cell``: the words of each cell (:func:`words_in_cells`).
    """
    made: list[tuple[float, float] | None] = [None] * layout.n_cols
    for span, own in zip(layout.spans, per_cell, strict=True):
        if own and span.col_span == 1:
            lo, hi = min([word.box.x0 for word in own]), max([word.box.x1 for word in own])
            had = made[span.col]
            made[span.col] = (lo, hi) if had is None else (min(had[0], lo), max(had[1], hi))
    return tuple(made)


def cells_of(
    layout: Layout,
    per_cell: Sequence[Sequence[Word]],
    fills: Sequence[Fill],
    page: int,
    vocabulary: Container[str],
) -> tuple[Cell, ...]:
    """The cells of a layout with their text, box and fill, in reading order.

    ``per_cell`` are the words of each (:func:`words_in_cells`); ``fills`` all fills of the page in painting
    order, white ones included (they cover others).
    """
    xs, ys = layout.xs, layout.ys
    grounds = colours(layout, fills) if fills else [None] * len(layout.spans)
    made: list[Cell] = []
    for (row, col, row_span, col_span), own, fill in zip(layout.spans, per_cell, grounds, strict=True):
        box = Box(page, xs[col], ys[row], xs[col + col_span], ys[row + row_span])
        said = cell_text(own, vocabulary, _text_end(own, box))
        # by position: text, raw, box, fill, bold, italic, rotated, marks
        made.append(
            Cell(
                row,
                col,
                row_span,
                col_span,
                said.text,
                said.raw,
                box,
                fill,
                said.bold,
                said.italic,
                said.rotated,
                said.marks,
            )
        )
    return tuple(made)


def _text_end(words: Sequence[Word], box: Box) -> float | None:
    """Where text must end in the cell: as far from its right edge as it begins from its left."""
    if len(words) < 2:
        return None
    padding = min(word.box.x0 for word in words) - box.x0
    return box.x1 - min(max(padding, 0.0), 8.0)


def with_discs(cells: tuple[Cell, ...], discs: Sequence[Disc]) -> tuple[Cell, ...]:
    """The cells, where those without text that hold a drawn circle say so (``●``, ``○``).

    The circle's colour is the cell's fill when it has none of its own (black and white are none).
    """
    if not discs:
        return cells
    made: list[Cell] = []
    for cell in cells:
        own = (
            []
            if cell.text
            else [d for d in discs if cell.box.contains((d.x0 + d.x1) / 2, (d.top + d.bottom) / 2)]
        )
        if own:
            said = " ".join("●" if disc.filled else "○" for disc in own)
            colour = next((d.colour for d in own if d.colour not in ("#000000", "#ffffff")), None)
            cell = replace(cell, text=said, raw=said, fill=cell.fill or colour)
        made.append(cell)
    return tuple(made)
