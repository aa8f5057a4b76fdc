"""Hand-made extracted documents: tables from rows of text, blocks from lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.model import Block, Box, Cell, Page, PdfDocument, Sentence, Table

Rows = Sequence[Sequence[str | None]]


def table(
    rows: Rows,
    *,
    header_rows: int = 1,
    index: int = 0,
    page: int = 1,
    fills: Mapping[tuple[int, int], str] | None = None,
    bold: Sequence[int] = (),
    italic: Sequence[tuple[int, int]] = (),
    spans: Mapping[tuple[int, int], tuple[int, int]] | None = None,
    readings: Mapping[tuple[int, int], tuple[str, ...]] | None = None,
    **named: object,
) -> Table:
    """A table whose cell texts are ``rows``; None leaves a position to a spanning neighbour."""
    fills, spans, readings = fills or {}, spans or {}, readings or {}
    cells = []
    for row, texts in enumerate(rows):
        for col, text in enumerate(texts):
            if text is None:
                continue
            down, across = spans.get((row, col), (1, 1))
            box = Box(page, 50.0 + 60 * col, 100.0 + 12 * row, 108.0 + 60 * col, 111.0 + 12 * row)
            cells.append(
                Cell(
                    row=row,
                    col=col,
                    row_span=down,
                    col_span=across,
                    text=text,
                    raw=text,
                    box=box,
                    fill=fills.get((row, col)),
                    bold=row in bold,
                    italic=(row, col) in italic,
                    readings=readings.get((row, col), ()),
                )
            )
    made = Table(
        index=index,
        cells=tuple(cells),
        n_rows=len(rows),
        n_cols=max(len(texts) for texts in rows),
        header_rows=header_rows,
        boxes=(Box(page, 50.0, 100.0, 550.0, 100.0 + 12 * len(rows)),),
        engine="test",
        confidence=1.0,
    )
    return replace(made, **named)  # type: ignore[arg-type]


def block(
    text: str, *, kind: str = "paragraph", page: int = 1, level: int | None = None, before_table: int = 0
) -> Block:
    """One block of text; a heading gets level 1 unless told."""
    level = 1 if kind == "heading" and level is None else level
    size = {None: 10.0, 1: 16.0, 2: 14.0, 3: 12.0}[level]
    box = Box(page, 50.0, 60.0, 500.0, 72.0)
    return Block(kind, text, (box,), level=level, size=size, before_table=before_table)  # type: ignore[arg-type]


def document(
    blocks: Sequence[Block] = (), tables: Sequence[Table] = (), *, pages: int = 1, name: str = "prov.pdf"
) -> PdfDocument:
    """A file of these blocks and tables; one sentence per block."""
    last = max([pages, *(one.page for one in blocks), *(one.page_last for one in tables)])
    return PdfDocument(
        file_name=name,
        sha256="0f" * 32,
        pages=tuple(Page(number, 595.0, 842.0, "text") for number in range(1, last + 1)),
        blocks=tuple(blocks),
        sentences=tuple(Sentence(one.text, place, place, one.boxes) for place, one in enumerate(blocks)),
        tables=tuple(replace(one, index=place) for place, one in enumerate(tables)),
    )
