"""Cells of a scanned table whose text runs upwards (narrow heads): read from turned pieces of the picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from extractors.scans.numbers import crop_of, read_crops
from extractors.scans.reading import Scan
from extractors.tables import PageTable, join_lines
from pipeline.model import Cell

#: The ink of such a cell is at least this much higher than it is wide, and at least so high (points).
UPRIGHT, LEAST = 1.8, 30.0
#: In a row with so many such cells, one whose ink is hardly higher than wide is turned too.
NEIGHBOURS, UPRIGHT_TOO = 3, 0.9
#: Turned text in one of so many rows at the top makes it a header.
HEADS = 3


def read_sideways(scan: Scan, tables: Sequence[PageTable]) -> tuple[PageTable, ...]:
    """Tables of a scanned page with their turned heads read (from bottom to top, as they are set).

    Raises:
        OcrError: tesseract fails or takes too long.
    """
    page = np.asarray(scan.picture)
    wanted: list[tuple[int, int]] = []
    crops = []
    for t, table in enumerate(tables):
        for c, crop in _upright(table, page, scan.dpi):
            wanted.append((t, c))
            crops.append(np.rot90(crop, k=-1))
    if not crops:
        return tuple(tables)
    read = dict(zip(wanted, read_crops(crops, scan.dpi, "swe"), strict=True))
    return tuple(_with_heads(table, t, read) for t, table in enumerate(tables))


def _upright(table: PageTable, page: Any, dpi: int) -> list[tuple[int, Any]]:
    """Cells with turned text (their index and picture), and their neighbours in a row of such cells."""
    found: list[tuple[int, Any, float]] = []
    rows: Counter[int] = Counter()
    for c, cell in enumerate(table.cells):
        if cell.box.height < LEAST:
            continue
        crop = crop_of(page, cell, dpi)
        if crop is None:
            continue
        ratio = min(crop.shape[0] / crop.shape[1], UPRIGHT * cell.box.height / cell.box.width)
        rows[cell.row] += ratio >= UPRIGHT and not _is_fine(cell)
        found.append((c, crop, ratio))
    return [
        (c, crop)
        for c, crop, ratio in found
        if _in_turned_row(table.cells[c], rows, ratio) or (ratio >= UPRIGHT and not _is_fine(table.cells[c]))
    ]


def _in_turned_row(cell: Cell, rows: Counter[int], ratio: float) -> bool:
    return rows[cell.row] >= NEIGHBOURS and ratio >= UPRIGHT_TOO


def _is_fine(cell: Cell) -> bool:
    """Whether a high and narrow cell was read as it stands: its words are set below each other."""
    return len(cell.raw.split("\n")) > 2 and sum(map(str.isalpha, cell.text)) > 12


def _with_heads(table: PageTable, t: int, read: dict[tuple[int, int], list[str]]) -> PageTable:
    counts = Counter(table.cells[c].row for at, c in read if at == t)
    turned = {row for row, count in counts.items() if count >= NEIGHBOURS}
    cells = []
    heads = table.header_rows
    for c, cell in enumerate(table.cells):
        lines = read.get((t, c))
        if not lines or (_is_fine(cell) and cell.row not in turned):
            cells.append(cell)
            continue
        below = cell.row + cell.row_span
        if below <= HEADS and below < table.n_rows:
            heads = max(heads, below)
        cells.append(replace(cell, text=join_lines(lines), raw="\n".join(lines), rotated=True, marks=()))
    return replace(table, cells=tuple(cells), header_rows=heads)
