"""What the tests of this folder share: sample blocks to a PDF on disk, read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractors.read import ReadOptions, read_pdf
from pipeline.model import PdfDocument
from tests.samples import Block, CellText, SampleDocument, Style, TableBlock, render

A4 = (595.28, 841.89)


def read_blocks(folder: Path, blocks: tuple[Block, ...], style: Style | None = None) -> PdfDocument:
    """Set the blocks, write the PDF and read it."""
    path = folder / "prov.pdf"
    path.write_bytes(render(SampleDocument("prov", "Prov", blocks), style or Style()))
    return read_pdf(path, file_name="prov.pdf")


def read_drawn(
    folder: Path,
    *pages: Callable[[Any], None],
    size: tuple[float, float] = A4,
    options: ReadOptions | None = None,
) -> PdfDocument:
    """Draw pages on a reportlab canvas (origin at the bottom left), write the PDF and read it."""
    from reportlab.pdfgen.canvas import Canvas

    path = folder / "ritad.pdf"
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return read_pdf(path, file_name="ritad.pdf", options=options)


def table(label: str | None = None, caption: str | None = None, **more: Any) -> TableBlock:
    """A small table of answers."""
    rows = [
        ("Lillby", "JA", "12"),
        ("Storby", "NEJ", "34"),
        ("Mellanby", "JA", "56"),
        ("Snitt", "67 %", "34"),
    ]
    return TableBlock(
        header=(tuple(CellText(text) for text in ("Kommun", "Har rutin", "Antal")),),
        rows=tuple(tuple(CellText(text) for text in row) for row in rows),
        label=label,
        caption=caption,
        **more,
    )


def texts(document: PdfDocument, *kinds: str) -> list[str]:
    """Texts of the blocks of these kinds, in reading order."""
    return [block.text for block in document.blocks if block.kind in kinds]
