"""Words into the cells of a layout; words that two columns share are split at the glyph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import replace

from extractors.geometry import Disc, Fill, Glyph, words_of
from extractors.tables.celltext import CellText, cell_text
from extractors.tables.fills import colours, owners
from extractors.tables.model import Layout
from pipeline.model import Box, Cell, Word

#: A word that reaches into the next cell is two words when its glyphs stand this far apart there
#: (share of the font size); closer ones only run over the edge.
SEAM = 0.04


def words_in_cells(layout: Layout, words: Sequence[Word], glyphs: Sequence[Glyph]) -> list[list[Word]]:
    """For each cell of the layout its words, in the order given.

    A word belongs where its middle is; one that lies across a separator is split when its glyphs
    leave a seam there.
    """
    xs, ys = layout.xs, layout.ys
    grid = owners(layout)
    n_rows, n_cols = layout.n_rows, layout.n_cols
    found: list[list[Word]] = [[] for _ in layout.spans]
    last_mark: int | None = None
    for word in words:
        box = word.box
        y = (box.top + box.bottom) / 2
        row = min(max(bisect_right(ys, y) - 1, 0), n_rows - 1)
        col = min(max(bisect_right(xs, (box.x0 + box.x1) / 2) - 1, 0), n_cols - 1)
        cell = grid[row][col]
        if word.superscript and last_mark is not None and found[last_mark]:
            near = found[last_mark][-1].box
            if abs(near.x1 - box.x0) < word.size:
                found[last_mark].append(word)
                continue
        span = layout.spans[cell]
        left, right = xs[span.col], xs[span.col + span.col_span]
        if word.angle == 0 and len(word.text) > 1 and (box.x0 < left - 1.5 or box.x1 > right + 1.5):
            edge = left if box.x0 < left - 1.5 else right
            if xs[0] < edge < xs[-1] and (parts := split_word(word, edge, glyphs)):
                for part in parts:
                    c = min(max(bisect_right(xs, part.box.centre[0]) - 1, 0), n_cols - 1)
                    found[grid[row][c]].append(part)
                continue
        last_mark = cell
        found[cell].append(word)
    return found


def split_word(word: Word, x: float, glyphs: Sequence[Glyph]) -> list[Word]:
    """The word as two at ``x`` when its glyphs leave a seam there, else an empty list."""
    box = word.box
    inside = [
        g
        for g in glyphs
        if g.text
        and g.x0 >= box.x0 - 0.1
        and g.x1 <= box.x1 + 0.1
        and abs(g.bottom - box.bottom) < 0.5 * word.size
        and g.top >= box.top - 0.5 * word.size
    ]
    before = [g for g in inside if (g.x0 + g.x1) / 2 < x]
    after = [g for g in inside if (g.x0 + g.x1) / 2 >= x]
    if not before or not after:
        return []
    if min(g.x0 for g in after) - max(g.x1 for g in before) < SEAM * word.size:
        return []
    return [*words_of(before, box.page), *words_of(after, box.page)]


def column_texts(
    layout: Layout, words: Sequence[Word], glyphs: Sequence[Glyph]
) -> tuple[tuple[float, float] | None, ...]:
    """From where to where (points) the text of each column runs, by cells that span no others."""
    made: list[tuple[float, float] | None] = [None] * layout.n_cols
    for span, own in zip(layout.spans, words_in_cells(layout, words, glyphs), strict=True):
        if span.col_span == 1 and own:
            lo, hi = min(word.box.x0 for word in own), max(word.box.x1 for word in own)
            had = made[span.col]
            made[span.col] = (lo, hi) if had is None else (min(had[0], lo), max(had[1], hi))
    return tuple(made)


def cells_of(
    layout: Layout,
    words: Sequence[Word],
    glyphs: Sequence[Glyph],
    fills: Sequence[Fill],
    page: int,
    vocabulary: Container[str],
) -> tuple[Cell, ...]:
    """The cells of a layout with their text, box and fill, in reading order.

    ``fills`` are all fills of the page in painting order, white ones included (they cover others).
    """
    per_cell = words_in_cells(layout, words, glyphs)
    grounds = colours(layout, fills) if fills else [None] * len(layout.spans)
    made: list[Cell] = []
    for span, own, fill in zip(layout.spans, per_cell, grounds, strict=True):
        box = Box(
            page,
            layout.xs[span.col],
            layout.ys[span.row],
            layout.xs[span.col + span.col_span],
            layout.ys[span.row + span.row_span],
        )
        said = cell_text(own, vocabulary, _text_end(own, box))
        made.append(_cell(span.row, span.col, span.row_span, span.col_span, said, box, fill))
    return tuple(made)


def _text_end(words: Sequence[Word], box: Box) -> float | None:
    """Where text must end in the cell: as far from its right edge as it begins from its left."""
    if len(words) < 2:
        return None
    padding = min(word.box.x0 for word in words) - box.x0
    return box.x1 - min(max(padding, 0.0), 8.0)


def _cell(
    row: int, col: int, row_span: int, col_span: int, said: CellText, box: Box, fill: str | None
) -> Cell:
    return Cell(
        row=row,
        col=col,
        row_span=row_span,
        col_span=col_span,
        text=said.text,
        raw=said.raw,
        box=box,
        fill=fill,
        bold=said.bold,
        italic=said.italic,
        rotated=said.rotated,
        marks=said.marks,
    )


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
