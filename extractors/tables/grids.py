"""Skeletons out of lines: edges, missing outer borders, and spans where a separator is missing."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.model import Span
from extractors.tables.rules import SNAP, Line, snapped

#: A separator that covers less than this share of an atom's side is no separator.
COVER = 0.6
#: Lines that reach this far (points) beyond the last edge speak of a border that is not drawn.
OVERHANG = 8.0


def edges(
    hs: Sequence[Line], vs: Sequence[Line], box: tuple[float, float, float, float]
) -> tuple[list[float], list[float]]:
    """Column edges and row edges of lines that hang together, missing outer borders added.

    Args:
        hs, vs: horizontal and vertical lines.
        box: ``x0, top, x1, bottom`` of the region in points.

    Returns:
        ``(xs, ys)``; a border is added where the lines reach on to the region's extent.
    """
    xs, ys = snapped(v.at for v in vs), snapped(h.at for h in hs)
    x0, top, x1, bottom = box
    if not xs or xs[0] - x0 > OVERHANG:
        xs.insert(0, x0)
    if x1 - xs[-1] > OVERHANG:
        xs.append(x1)
    if not ys or ys[0] - top > OVERHANG:
        ys.insert(0, top)
    if bottom - ys[-1] > OVERHANG:
        ys.append(bottom)
    return xs, ys


def separators(
    xs: list[float], ys: list[float], hs: Sequence[Line], vs: Sequence[Line]
) -> tuple[list[list[bool]], list[list[bool]]]:
    """Which sides of the grid's atoms are drawn.

    Returns:
        ``(right, below)``: ``right[r][c]`` is the side between columns c and c+1 in row r,
        ``below[r][c]`` the side between rows r and r+1 in column c.
    """
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    right = [[False] * max(n_cols - 1, 0) for _ in range(n_rows)]
    for c in range(n_cols - 1):
        for v in vs:
            if abs(v.at - xs[c + 1]) <= SNAP:
                for r in range(n_rows):
                    if _covers(v, ys[r], ys[r + 1]):
                        right[r][c] = True
    below = [[False] * n_cols for _ in range(max(n_rows - 1, 0))]
    for r in range(n_rows - 1):
        for h in hs:
            if abs(h.at - ys[r + 1]) <= SNAP:
                for c in range(n_cols):
                    if _covers(h, xs[c], xs[c + 1]):
                        below[r][c] = True
    return right, below


def _covers(line: Line, lo: float, hi: float) -> bool:
    return min(line.hi, hi) - max(line.lo, lo) >= COVER * (hi - lo)


def drop_unused(xs: list[float], ys: list[float], right: list[list[bool]], below: list[list[bool]]) -> bool:
    """Take away, in place, edges that part no two atoms. Gives whether any was taken away."""
    dropped = False
    for c in range(len(xs) - 3, -1, -1):
        if not any(row[c] for row in right):
            del xs[c + 1]
            for row in right:
                del row[c]
            dropped = True
    for r in range(len(ys) - 3, -1, -1):
        if not any(below[r]):
            del ys[r + 1]
            dropped = True
    return dropped


def spans(n_rows: int, n_cols: int, right: list[list[bool]], below: list[list[bool]]) -> list[Span]:
    """Cells as rectangles of atoms that no separator parts, in reading order."""
    taken = [[False] * n_cols for _ in range(n_rows)]
    made: list[Span] = []
    for r in range(n_rows):
        for c in range(n_cols):
            if taken[r][c]:
                continue
            wide = 1
            while c + wide < n_cols and not right[r][c + wide - 1] and not taken[r][c + wide]:
                wide += 1
            high = 1
            while r + high < n_rows and _opens(r + high, c, wide, n_cols, right, below):
                high += 1
            for i in range(r, r + high):
                for j in range(c, c + wide):
                    taken[i][j] = True
            made.append(Span(r, c, high, wide))
    return made


def _opens(
    row: int, col: int, wide: int, n_cols: int, right: list[list[bool]], below: list[list[bool]]
) -> bool:
    """Whether the run of atoms in ``row`` is the same as above and nothing parts it from there."""
    if any(below[row - 1][c] for c in range(col, col + wide)):
        return False
    if any(right[row][c] for c in range(col, col + wide - 1)):
        return False
    if col > 0 and not right[row][col - 1]:
        return False
    return col + wide >= n_cols or right[row][col + wide - 1]
