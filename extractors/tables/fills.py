"""Fills as evidence: edges that part cells where no rule does, and the colour of each cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extractors.geometry import Fill
from extractors.tables.model import Layout
from extractors.tables.rules import WHITE, Line, merged

#: A fill lower or narrower than this (points) is no cell's ground.
SMALLEST = 4.0
#: A colour belongs to a cell of which it covers this share.
COLOURED = 0.4


def cell_grounds(fills: Sequence[Fill], width: float, height: float) -> list[Fill]:
    """Coloured fills that can be a cell's or row's ground: neither white, nor tiny, nor the whole page."""
    return [
        fill
        for fill in fills
        if fill.colour not in WHITE
        and fill.x1 - fill.x0 >= SMALLEST
        and fill.bottom - fill.top >= SMALLEST
        and not (fill.x1 - fill.x0 > 0.95 * width and fill.bottom - fill.top > 0.3 * height)
    ]


def edge_lines(grounds: Sequence[Fill]) -> tuple[list[Line], list[Line]]:
    """The edges of fills as horizontal and vertical lines."""
    across = [(y, fill.x0, fill.x1) for fill in grounds for y in (fill.top, fill.bottom)]
    down = [(x, fill.top, fill.bottom) for fill in grounds for x in (fill.x0, fill.x1)]
    return merged(across), merged(down)


def colours(layout: Layout, fills: Sequence[Fill]) -> list[str | None]:
    """The ground of each cell of the layout (``#rrggbb``), None where there is none or it is white.

    Fills of one colour that are stacked in a cell count together; where several colours lie in
    one cell the one that covers most of it wins, later ones over earlier.
    """
    xs, ys = layout.xs, layout.ys
    owner = owners(layout)
    areas: list[dict[str, tuple[float, int]]] = [{} for _ in layout.spans]
    for fill in fills:
        left, right = bisect_right(xs, fill.x0 + 1) - 1, bisect_left(xs, fill.x1 - 1)
        first, last = bisect_right(ys, fill.top + 1) - 1, bisect_left(ys, fill.bottom - 1)
        for r in range(max(first, 0), min(last, layout.n_rows)):
            high = min(fill.bottom, ys[r + 1]) - max(fill.top, ys[r])
            if high <= 0:
                continue
            for c in range(max(left, 0), min(right, layout.n_cols)):
                wide = min(fill.x1, xs[c + 1]) - max(fill.x0, xs[c])
                if wide > 0:
                    had = areas[owner[r][c]]
                    had[fill.colour] = (had.get(fill.colour, (0.0, 0))[0] + wide * high, fill.order)
    return [
        _winner(had, (xs[s.col + s.col_span] - xs[s.col]) * (ys[s.row + s.row_span] - ys[s.row]))
        for s, had in zip(layout.spans, areas, strict=True)
    ]


def _winner(areas: dict[str, tuple[float, int]], whole: float) -> str | None:
    best: tuple[int, str] | None = None
    for colour, (area, order) in areas.items():
        if area >= COLOURED * whole and (best is None or order > best[0]):
            best = (order, colour)
    return None if best is None or best[1] in WHITE else best[1]


def owners(layout: Layout) -> list[list[int]]:
    """For each atom ``[row][col]`` the index of the cell in ``layout.spans`` that covers it."""
    grid = [[-1] * layout.n_cols for _ in range(layout.n_rows)]
    for index, span in enumerate(layout.spans):
        for r in range(span.row, span.row + span.row_span):
            for c in range(span.col, span.col + span.col_span):
                grid[r][c] = index
    return grid
