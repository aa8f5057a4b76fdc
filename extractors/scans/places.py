"""Boxes found on straightened pages, put where they stand on the pages as shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extractors.scans.straight import Lean
from pipeline.model import Block, Box, PdfDocument, Sentence, Table


def on_shown_pages(document: PdfDocument, leans: Mapping[int, Lean]) -> PdfDocument:
    """The document with every box of a page that leans moved to where its words are seen.

    Args:
        leans: by 1-based page number.
    """

    def moved(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
        return tuple(leans[box.page].on_page(box) if box.page in leans else box for box in boxes)

    def block(one: Block) -> Block:
        return replace(one, boxes=moved(one.boxes)) if _touched(one.boxes, leans) else one

    def sentence(one: Sentence) -> Sentence:
        return replace(one, boxes=moved(one.boxes)) if _touched(one.boxes, leans) else one

    def table(one: Table) -> Table:
        if not _touched(one.boxes, leans):
            return one
        cells = tuple(replace(cell, box=moved((cell.box,))[0]) for cell in one.cells)
        return replace(one, boxes=moved(one.boxes), cells=cells)

    return replace(
        document,
        blocks=tuple(map(block, document.blocks)),
        sentences=tuple(map(sentence, document.sentences)),
        tables=tuple(map(table, document.tables)),
    )


def _touched(boxes: tuple[Box, ...], leans: Mapping[int, Lean]) -> bool:
    return any(box.page in leans for box in boxes)
