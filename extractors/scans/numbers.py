"""Figures of scanned tables read a second time, cell by cell: where the readings differ, both are kept.

All cells with figures (and those with ink that nothing was read in) are set below each other in one
picture, so that one more call of tesseract reads a whole page's cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from extractors.engines.tesseract import BLOCK, read_words
from extractors.scans.figures import FIGURES, can_read_figures, has_figure
from extractors.scans.reading import Scan
from extractors.tables import PageTable
from pipeline.model import Cell

if TYPE_CHECKING:
    from PIL.Image import Image

#: The second reading is of a picture this many times larger, so that it is not the first one again; what
#: tesseract is less sure of (0–100) is read at the next size.
SCALES, SURE = (1.5, 1.0, 2.0), 30.0
#: Pixels between two cells in the picture, at its sides, and left out along a cell's rules.
GAP, SIDE, INSET = 30, 40, 3
#: Less ink (grey values below this) than so many pixels is dirt.
INK, DIRT = 170, 20
#: What cells that hold nothing but figures are read with.
FIGURE_SIGNS = "0123456789.,%-±<> "
#: Longer texts are no values.
LONGEST = 40
#: Stands for ink that neither reading could make out.
UNREAD = "[oläst]"
#: How much surer the vector reading of a born-digital page is than one from a picture.
SURENESS = 0.9


def settle_numbers(scan: Scan, tables: Sequence[PageTable]) -> tuple[PageTable, ...]:
    """Tables of a scanned page with their figures read twice.

    A cell whose two readings differ in a figure keeps the other reading in ``Cell.readings``; so does
    a cell with ink where nothing was read. ``agreement`` is the share of cells read alike.

    Raises:
        OcrError: tesseract fails or takes too long.
    """
    page = np.asarray(scan.picture)
    wanted: list[tuple[int, int, Any]] = []
    for t, table in enumerate(tables):
        if table.hint != "grid":
            continue
        for c, cell in enumerate(table.cells):
            if cell.row < table.header_rows or cell.col == 0:
                continue
            if len(cell.text) <= LONGEST and (crop := crop_of(page, cell, scan.dpi)) is not None:
                wanted.append((t, c, crop))
    language = FIGURES if can_read_figures() else "swe"
    second: dict[tuple[int, int], str] = {}
    for kind, only in (("figure", FIGURE_SIGNS), ("mixed", ""), ("word", "")):
        group = [one for one in wanted if _kind(tables[one[0]].cells[one[1]].text) == kind]
        read = read_crops([crop for _, _, crop in group], scan.dpi, language, only)
        second |= {(t, c): " ".join(lines) for (t, c, _), lines in zip(group, read, strict=True)}
    return tuple(_settled(table, t, second) for t, table in enumerate(tables))


def _kind(text: str) -> str:
    """Cells are read apart by kind: among words a model takes figures for letters."""
    if text and not has_figure(text):
        return "word"
    return "figure" if text and not any(map(str.isalpha, text)) else "mixed"


def _settled(table: PageTable, t: int, second: dict[tuple[int, int], str]) -> PageTable:
    cells, alike, asked = [], 0, 0
    for c, cell in enumerate(table.cells):
        other = second.get((t, c))
        if other is None:
            cells.append(cell)
            continue
        if cell.text and not has_figure(cell.text) and not has_figure(other):
            cells.append(cell)  # a word: the second model has no å, ä and ö to judge it by
            continue
        asked += 1
        if cell.text and figures_of(cell.text) == figures_of(other):
            alike += 1
            cells.append(cell)
        else:
            cells.append(replace(cell, readings=(*cell.readings, other or UNREAD)))
    return replace(
        table,
        cells=tuple(cells),
        engine=f"tesseract+{table.engine}",
        confidence=round(table.confidence * SURENESS * (alike / asked if asked else 1.0), 4),
        agreement=alike / asked if asked else table.agreement,
    )


@lru_cache(maxsize=1)
def _figure() -> re.Pattern[str]:
    return re.compile(r"\d+(?:[.,]\d+)*|%")


def figures_of(text: str) -> tuple[str, ...]:
    """The figures of a text and its percent signs, decimal commas as points, spaces in numbers closed."""
    closed = re.sub(r"(?<=\d)\s+(?=\d{3}(?!\d))", "", text)
    return tuple(found.replace(",", ".") for found in _figure().findall(closed))


def crop_of(page: Any, cell: Cell, dpi: int) -> Any | None:
    """The ink of a cell as grey values, or None when it holds none (``page``: grey values)."""
    k = dpi / 72.0
    x0, x1 = max(round(cell.box.x0 * k) + INSET, 0), round(cell.box.x1 * k) - INSET
    top, bottom = max(round(cell.box.top * k) + INSET, 0), round(cell.box.bottom * k) - INSET
    area = page[top:bottom, x0:x1]
    ys, xs = np.nonzero(area < INK)
    if len(ys) < DIRT:
        return None
    return area[max(ys.min() - 4, 0) : ys.max() + 5, max(xs.min() - 4, 0) : xs.max() + 5]


def read_crops(crops: Sequence[Any], dpi: int, language: str, only: str = "") -> list[list[str]]:
    """The lines that stand in each crop; what is not surely read is read again at other sizes.

    Args:
        only: the characters that may occur, "" for all.

    Raises:
        OcrError: tesseract fails or takes too long.
    """
    found: list[list[str]] = [[] for _ in crops]
    best = [-1.0] * len(crops)
    left = list(range(len(crops)))
    for scale in SCALES:
        if not left:
            break
        read = _read_at([crops[i] for i in left], dpi, scale, language, only)
        for i, (lines, sure) in zip(left, read, strict=True):
            if sure > best[i]:
                found[i], best[i] = lines, sure
        left = [i for i in left if best[i] < SURE]
    return [lines if sure >= SURE else [] for lines, sure in zip(found, best, strict=True)]


def _read_at(
    crops: Sequence[Any], dpi: int, scale: float, language: str, only: str
) -> list[tuple[list[str], float]]:
    """Lines of each crop at one size, and how sure the least sure word is (0–100; -1 without words)."""
    picture, bands = _below_each_other(crops, scale)
    words = read_words(picture, language=language, mode=BLOCK, dpi=round(dpi * scale), only=only)
    found = []
    slack = GAP * scale / 3
    for low, high in bands:
        lines: dict[tuple[int, int, int], list[str]] = {}
        sure = 100.0
        for word in words:
            if low - slack <= (word.top + word.bottom) / 2 <= high + slack:
                lines.setdefault(word.line, []).append(word.text)
                sure = min(sure, word.confidence)
        found.append(([" ".join(line) for line in lines.values()], sure if lines else -1.0))
    return found


def _below_each_other(crops: Sequence[Any], scale: float) -> tuple[Image, list[tuple[float, float]]]:
    """One picture of all crops, and the band in which each stands (pixels)."""
    from PIL import Image as Images

    width = max(crop.shape[1] for crop in crops) + 2 * SIDE
    height = sum(crop.shape[0] + GAP for crop in crops) + GAP
    sheet = np.full((height, width), 255, np.uint8)
    bands, y = [], GAP
    for crop in crops:
        high, wide = crop.shape
        sheet[y : y + high, SIDE : SIDE + wide] = crop
        bands.append((y * scale, (y + high) * scale))
        y += high + GAP
    size = (round(width * scale), round(height * scale))
    return Images.fromarray(sheet).resize(size, Images.Resampling.BICUBIC), bands
