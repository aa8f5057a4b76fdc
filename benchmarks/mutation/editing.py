"""Edits of an extracted document, in memory: a sentence, cells, rows, columns, the place of a paragraph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks.mutation.model import CellEdit, TextEdit
from pipeline.model import Block, Cell, PdfDocument, Sentence, Table

Change = Callable[[PdfDocument], PdfDocument]


def rewrite(edits: Sequence[TextEdit]) -> Change:
    """The document with these sentences in their new words, also inside their blocks."""

    def change(pdf: PdfDocument) -> PdfDocument:
        sentences, blocks = list(pdf.sentences), list(pdf.blocks)
        for edit in edits:
            sentence = sentences[edit.order]
            sentences[edit.order] = replace(sentence, text=edit.new)
            block = blocks[sentence.block]
            blocks[sentence.block] = replace(block, text=block.text.replace(edit.old, edit.new, 1))
        return replace(pdf, sentences=tuple(sentences), blocks=tuple(blocks))

    return change


def retype(edits: Sequence[CellEdit]) -> Change:
    """The document with these cells in their new words."""
    wanted = {(edit.table, edit.row, edit.col): edit.new for edit in edits}
    indices = {edit.table for edit in edits}

    def change(pdf: PdfDocument) -> PdfDocument:
        def cell_of(table: Table, cell: Cell) -> Cell:
            new = wanted.get((table.index, cell.row, cell.col))
            return cell if new is None else replace(cell, text=new, raw=new, marks=())

        tables = tuple(
            replace(table, cells=tuple(cell_of(table, cell) for cell in table.cells))
            if table.index in indices
            else table
            for table in pdf.tables
        )
        return replace(pdf, tables=tables)

    return change


def edit_table(index: int, work: Callable[[Table], Table]) -> Change:
    """The document with one table changed by ``work``."""

    def change(pdf: PdfDocument) -> PdfDocument:
        tables = tuple(work(table) if table.index == index else table for table in pdf.tables)
        return replace(pdf, tables=tables)

    return change


def exchange_columns(one: int, other: int, rows: Callable[[int], bool]) -> Callable[[Table], Table]:
    """Exchange what stands in two columns (text, fill, face), in the rows that ``rows`` names."""
    return _exchange(lambda cell: (cell.row, other if cell.col == one else one), "col", (one, other), rows)


def exchange_rows(one: int, other: int, cols: Callable[[int], bool]) -> Callable[[Table], Table]:
    """Exchange what stands in two rows, in the columns that ``cols`` names."""
    return _exchange(lambda cell: (other if cell.row == one else one, cell.col), "row", (one, other), cols)


def _exchange(
    partner: Callable[[Cell], tuple[int, int]], axis: str, pair: tuple[int, int], along: Callable[[int], bool]
) -> Callable[[Table], Table]:
    def work(table: Table) -> Table:
        at = {(cell.row, cell.col): cell for cell in table.cells}

        def moved(cell: Cell) -> Cell:
            here, across = (cell.col, cell.row) if axis == "col" else (cell.row, cell.col)
            if here not in pair or not along(across):
                return cell
            source = at.get(partner(cell))
            if source is None:
                return cell
            return replace(source, row=cell.row, col=cell.col, box=cell.box)

        return replace(table, cells=tuple(moved(cell) for cell in table.cells))

    return work


def move_before_table(block_at: int) -> Change:
    """Move a block that stands after a table to the place before that table's caption."""

    def change(pdf: PdfDocument) -> PdfDocument:
        block = pdf.blocks[block_at]
        table_at = block.before_table - 1
        target = next(
            at
            for at, one in enumerate(pdf.blocks)
            if one.before_table == table_at + 1 or (one.kind == "caption" and one.before_table >= table_at)
        )
        order = [at for at in range(len(pdf.blocks)) if at != block_at]
        order.insert(target, block_at)
        moved = replace(block, before_table=table_at)
        return reorder(pdf, order, {block_at: moved})

    return change


def reorder(pdf: PdfDocument, order: Sequence[int], changed: dict[int, Block]) -> PdfDocument:
    """The document with its blocks in another order and its sentences after them."""
    new_at = {old: new for new, old in enumerate(order)}
    blocks = tuple(changed.get(at, pdf.blocks[at]) for at in order)
    by_block: dict[int, list[Sentence]] = {}
    for sentence in pdf.sentences:
        by_block.setdefault(new_at[sentence.block], []).append(sentence)
    line = [replace(one, block=at) for at in sorted(by_block) for one in by_block[at]]
    sentences = tuple(replace(one, order=at) for at, one in enumerate(line))
    return replace(pdf, blocks=blocks, sentences=sentences)
