"""What the table rooms hand to each other: a table on one page, and tables joined over pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.model import Box, Cell, Disagreement, TableHint


class Span(NamedTuple):
    """A cell's place in a layout, in rows and columns."""

    row: int
    col: int
    row_span: int
    col_span: int


@dataclass(slots=True)
class Layout:
    """The skeleton of a table before its text: edges in points, and which atoms form a cell.

    Attributes:
        xs: column edges from left to right (one more than there are columns).
        ys: row edges from top to bottom (one more than there are rows).
        spans: every cell once; together they cover the whole grid.
        header_rows: rows at the top that are headers, 0 when the structure does not tell.
        complete: every row and column is told apart by rules or fills.
        engine: what the skeleton was read from.
        confidence: 0–1.
    """

    xs: list[float]
    ys: list[float]
    spans: list[Span]
    header_rows: int
    complete: bool
    engine: str
    confidence: float

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table (or a part of one) on one page; ``row`` and ``col`` of its cells are its own.

    Attributes:
        column_edges: x of every column edge in points, left to right.
        column_texts: from where to where the text of each column runs (points), None without text;
            empty when the columns are drawn and so exact.
        gutter: where the right text column begins on a page of two (points), None on others.
        engine, agreement, hint, reason: as in :class:`pipeline.model.Table`.
    """

    page: int
    box: Box
    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    header_rows: int
    engine: str
    confidence: float
    agreement: float | None
    hint: TableHint
    column_edges: tuple[float, ...]
    reason: str | None = None
    disagreements: tuple[Disagreement, ...] = ()
    column_texts: tuple[tuple[float, float] | None, ...] = ()
    gutter: float | None = None


@dataclass(frozen=True, slots=True)
class PageSource:
    """Where a page can be read again by another engine, and what the document knows of words.

    Attributes:
        path: the PDF file, or None when there is none to read again (a scanned page).
        page: 1-based.
        second_opinions: whether slower engines may be asked at all.
        before: the table that may go on from the page before.
        gutter: where the right text column of the page before begins (points), None with one column.
    """

    path: Path | None
    page: int
    second_opinions: bool = True
    gutter: float | None = None
    before: PageTable | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two page tables that follow each other in reading order.

    Attributes:
        text: running text, a heading or a caption of another table stands between them (running
            heads, page numbers and a repeated title do not count).
    """

    text: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """A logical table made of one or more page tables.

    Attributes:
        parts: indexes of the page tables it is made of, in order.
        boxes: one box per part.
    """

    parts: tuple[int, ...]
    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    header_rows: int
    boxes: tuple[Box, ...]
    engine: str
    confidence: float
    agreement: float | None
    hint: TableHint
    reason: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


GapBetween = Callable[[PageTable, PageTable], Gap]
