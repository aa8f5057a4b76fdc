"""The whole document out of its pages: tables joined, captions bound, blocks and sentences with boxes."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from extractors.tables import Joined, join_broken, join_lines, join_tables
from extractors.text.captions import Between, Binding, bind_captions, inside
from extractors.text.flow import Flow, document_flow, join_over_breaks
from extractors.text.grouping import Para
from extractors.text.lines import Line
from extractors.text.page import READ_AS_TEXT, PageFlow
from extractors.text.sentences import sentence_spans
from pipeline.model import Block, Box, Cell, Sentence, Table

#: Kinds of blocks that are read as sentences.
READ = frozenset({"paragraph", "heading", "list_item", "footnote"})
_EDGES = ".,;:()[]\"'”’?!"


@dataclass(frozen=True, slots=True)
class Assembled:
    """Blocks, sentences and tables of one document, each in reading order."""

    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]


def assemble(pages: Sequence[PageFlow]) -> Assembled:
    """Put the pages of a document together (see :class:`pipeline.model.PdfDocument`)."""
    flow = document_flow(pages)
    bindings = bind_captions(flow)
    joined = join_tables(flow.tables, Between(flow, bindings))
    _leave_out_cells(flow, joined)
    join_over_breaks(flow)
    vocabulary = document_words(flow, joined)
    tables = tuple(_table(i, one, bindings, vocabulary) for i, one in enumerate(joined))
    blocks, sentences = _blocks(flow, joined, vocabulary)
    return Assembled(blocks, sentences, tables)


def _leave_out_cells(flow: Flow, joined: Sequence[Joined]) -> None:
    """Drop text that was read inside a layout grid which turned out to be part of a table over pages."""
    parts = [
        flow.tables[part]
        for table in joined
        if len(table.parts) > 1 and table.hint not in READ_AS_TEXT
        for part in table.parts
        if flow.tables[part].hint in READ_AS_TEXT
    ]
    if parts:
        flow.items = [
            item
            for item in flow.items
            if isinstance(item, int) or not any(inside(item, table) for table in parts)
        ]


def document_words(flow: Flow, joined: Sequence[Joined]) -> frozenset[str]:
    """Words of the text and the tables in lower case, but for those that a line's end may have cut: they
    settle which line-break hyphens belong to a word, and which words a narrow cell has broken."""
    whole = [line.text for para in flow.paras() for line in (*para.lines, *para.rest)]
    whole += [cell.raw for table in joined for cell in table.cells if "\n" not in cell.raw]
    words = set("\n".join(whole).casefold().split())
    for table in joined:
        for cell in table.cells:
            if "\n" in cell.raw:
                words.update(_uncut(cell.raw.casefold()))
    return frozenset(word.strip(_EDGES) for word in words if word[-1:] not in "-\u2010\u00ad")


def _uncut(raw: str) -> list[str]:
    """The words of a cell of several lines that no line's end can have cut."""
    lines = [line.split() for line in raw.split("\n")]
    inner = [word for line in lines for word in line[1:-1]]
    return inner + [lines[0][0]] * (len(lines[0]) > 1) + [lines[-1][-1]] * (len(lines[-1]) > 1)


def _settled(cell: Cell, vocabulary: Container[str]) -> Cell:
    """The cell with its lines joined by what the whole document knows of words."""
    if "\n" not in cell.raw or cell.marks or "..." in cell.raw or "…" in cell.raw:
        return cell
    text = join_broken(cell.raw.split("\n"), vocabulary)
    same = "".join(text.split()).replace("-", "") == "".join(cell.text.split()).replace("-", "")
    return replace(cell, text=text) if same and text != cell.text else cell


def _table(index: int, joined: Joined, bindings: Sequence[Binding], vocabulary: Container[str]) -> Table:
    own = [bindings[part] for part in joined.parts]
    first = next((binding for binding in own if binding.label), own[0])  # a label may stand below the last
    notes = [note for part in joined.parts for note in bindings[part].notes]
    captions = [para for para in first.paras if para.lines]
    caption = first.caption
    if caption is not None and any(len(para.lines) > 1 for para in captions):
        caption = _unhyphened(caption, captions, vocabulary)
    return Table(
        index=index,
        cells=tuple(_settled(cell, vocabulary) for cell in joined.cells),
        n_rows=joined.n_rows,
        n_cols=joined.n_cols,
        header_rows=joined.header_rows,
        boxes=joined.boxes,
        engine=joined.engine,
        confidence=joined.confidence,
        agreement=joined.agreement,
        label=first.label,
        caption=caption,
        heading=own[0].heading,
        hint=joined.hint,
        reason=joined.reason,
        notes=tuple(dict.fromkeys(text_of(note.lines, vocabulary)[0] for note in notes)),
        disagreements=joined.disagreements,
    )


def _unhyphened(caption: str, paras: Sequence[Para], vocabulary: Container[str]) -> str:
    """The caption with the line-break hyphens of its paragraphs undone."""
    whole = " ".join(text_of(para.lines, vocabulary)[0] for para in paras)
    length = len(" ".join(para.plain for para in paras)) - len(caption)
    return whole[length:].strip() if length >= 0 else whole


def text_of(lines: Sequence[Line], vocabulary: Container[str]) -> tuple[str, list[int]]:
    """Lines as one text, and the offset at which each line begins in it."""
    text = ""
    starts: list[int] = []
    for line in lines:
        text = join_lines([text, line.text], vocabulary)
        starts.append(len(text) - len(line.text.replace("\u00ad", "")))
    return text, starts


def _blocks(
    flow: Flow, joined: Sequence[Joined], vocabulary: Container[str]
) -> tuple[tuple[Block, ...], tuple[Sentence, ...]]:
    opens = {table.parts[0] for table in joined}
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    before = 0
    for item in flow.items:
        if isinstance(item, int):
            before += item in opens
            continue
        lines = [*item.lines, *item.rest]
        text, starts = text_of(lines, vocabulary)
        block = Block(
            kind=item.kind,
            text=text[item.marker :] if item.bullet else text,
            boxes=tuple(line.box for line in lines),
            level=item.level,
            bold=item.bold,
            size=item.size,
            before_table=before,
        )
        if item.kind in READ:
            sentences += _sentences(item, text, starts, lines, len(blocks), len(sentences))
        blocks.append(block)
    return tuple(blocks), tuple(sentences)


def _sentences(
    para: Para, text: str, starts: Sequence[int], lines: Sequence[Line], block: int, order: int
) -> list[Sentence]:
    if para.kind == "heading":
        spans = [(0, len(text))]
    else:
        spans = sentence_spans(text, para.marker if para.kind == "list_item" else 0)
    return [
        Sentence(text[a:b], order + i, block, _boxes(a, b, starts, lines)) for i, (a, b) in enumerate(spans)
    ]


def _boxes(a: int, b: int, starts: Sequence[int], lines: Sequence[Line]) -> tuple[Box, ...]:
    """One box per line that the characters ``a`` to ``b`` of the text run over."""
    boxes = []
    for i, low in enumerate(starts):
        if low >= b:
            continue
        line = lines[i]
        high = starts[i + 1] if i + 1 < len(starts) else low + len(line.text)
        if high <= a:
            continue
        x0, x1 = line.x0, line.x1
        if a > low:
            x0 = line.edges[2 * min(line.text.count(" ", 0, a - low), len(line.edges) // 2 - 1)]
        if b < high:
            x1 = line.edges[
                2 * min(line.text.count(" ", 0, max(b - low - 1, 0)), len(line.edges) // 2 - 1) + 1
            ]
        boxes.append(Box(line.page, min(x0, x1), line.top, max(x0, x1), line.bottom))
    return tuple(boxes)
