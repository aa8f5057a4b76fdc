"""One PDF, one or several documents: a bundle of memos is told apart by their heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Block, Page, PdfDocument, Sentence, Table
from pipeline.normalize.dates import find_date
from pipeline.normalize.metadata import find_diarienummer
from pipeline.normalize.patterns import patterns
from pipeline.normalize.text import clean

#: A memo's head stands among the first lines of its page.
_TOP_LINES = 6
#: Its date and diarienummer stand close below.
_HEAD_LINES = 5


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a file.

    Attributes:
        number: 1-based; pages: its pages of the file.
        blocks, sentences, tables: its own, in reading order. ``Sentence.block`` indexes ``blocks``;
            ``Table.index`` and ``Block.before_table`` count ``tables``.
    """

    number: int
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]


def parts_of(pdf: PdfDocument) -> tuple[Part, ...]:
    """The documents of a file, at least one. Appendices belong to the memo before them.

    A page begins a new document when its first lines are a memo's head with a diarienummer (or, where
    none is printed, a date) other than that of the document before.
    """
    starts = _starts(pdf)
    if len(starts) < 2:
        return (_part(pdf, 1, 1, len(pdf.pages) + 1),)
    first_page = pdf.pages[0].number if pdf.pages else 1
    if starts[0] > first_page and _says_something(pdf, starts[0]):
        starts = [first_page, *starts]
    else:
        starts[0] = first_page
    ends = [*starts[1:], max((page.number for page in pdf.pages), default=0) + 1]
    return tuple(
        _part(pdf, number, *span) for number, span in enumerate(zip(starts, ends, strict=True), start=1)
    )


def _says_something(pdf: PdfDocument, before: int) -> bool:
    return sum(len(block.text) for block in pdf.blocks if block.page < before) > 200


def _starts(pdf: PdfDocument) -> list[int]:
    starts: list[int] = []
    known: set[str] = set()
    for page, lines in sorted(_page_tops(pdf.blocks).items()):
        mark = _memo_mark(lines)
        if mark is not None and mark not in known:
            known.add(mark)
            starts.append(page)
    return starts


def _page_tops(blocks: Sequence[Block]) -> dict[int, list[Block]]:
    tops: dict[int, list[Block]] = {}
    for block in blocks:
        lines = tops.setdefault(block.page, [])
        if len(lines) < _TOP_LINES + _HEAD_LINES:
            lines.append(block)
    return tops


def _memo_mark(lines: Sequence[Block]) -> str | None:
    """What tells a memo from the others: its diarienummer, else its date; None when the page begins none."""
    for index, block in enumerate(lines[:_TOP_LINES]):
        text = clean(block.text)
        if block.kind == "list_item" or len(text) > 100 or not patterns().memo_head.match(text):
            continue
        head = " ".join(clean(line.text)[:160] for line in lines[max(0, index - 2) : index + _HEAD_LINES])
        number, date = find_diarienummer(head), find_date(head)
        return number or (date.isoformat() if date else None)
    return None


def _part(pdf: PdfDocument, number: int, first: int, end: int) -> Part:
    kept = [index for index, block in enumerate(pdf.blocks) if first <= block.page < end]
    position = {index: place for place, index in enumerate(kept)}
    tables = [table for table in pdf.tables if first <= table.page_first < end]
    skipped = sum(1 for table in pdf.tables if table.page_first < first)
    blocks = tuple(_placed(pdf.blocks[index], skipped, len(tables)) for index in kept)
    sentences = tuple(
        sentence
        if position[sentence.block] == sentence.block
        else replace(sentence, block=position[sentence.block])
        for sentence in pdf.sentences
        if sentence.block in position
    )
    return Part(
        number=number,
        pages=tuple(page for page in pdf.pages if first <= page.number < end),
        blocks=blocks,
        sentences=sentences,
        tables=tuple(
            table if table.index == index else replace(table, index=index)
            for index, table in enumerate(tables)
        ),
    )


def _placed(block: Block, skipped: int, n_tables: int) -> Block:
    """The block with its place counted among the part's own tables."""
    before = min(n_tables, max(0, block.before_table - skipped))
    return block if block.before_table == before else replace(block, before_table=before)
