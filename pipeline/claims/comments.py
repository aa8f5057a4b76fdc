"""The comment cells of a document as sentences, each with the row it comments on."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.claims.counts import own_line
from pipeline.claims.lexicon import grammar
from pipeline.claims.view import TableView
from pipeline.model import ReadDocument, Sentence


def comments(
    document: ReadDocument, tables: tuple[TableView, ...]
) -> Iterator[tuple[TableView, Sentence, int]]:
    """Every sentence of every comment on the own unit's answers: its table, the sentence, the column's index.

    The box is the comment cell's own where the table has one in the row, else the answer's.
    """
    order = len(document.sentences)
    for view in tables:
        line = own_line(view)
        if line is None:
            continue
        boxes = {
            cell.row: cell.box
            for cell, role in zip(view.reading.table.cells, view.reading.roles, strict=True)
            if role == "comment"
        }
        for column in view.columns:
            cell = view.cell(line, column)
            if cell is None or not cell.comment:
                continue
            for text in grammar("comments_sentence").split(" ".join(cell.comment.split())):
                yield view, Sentence(text, order, 0, (boxes.get(cell.row, cell.box),)), column.index
                order += 1
