"""A document as one flow of paragraphs and tables; paragraphs are joined over column and page breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.tables import PageTable
from extractors.text.grouping import OTHER_SIZE, Para, ended_by_choice, is_ended, paragraphs
from extractors.text.kinds import tell_kinds
from extractors.text.page import PageFlow
from extractors.text.running import find_running
from extractors.text.style import FLUSH, Style, measure

#: Kinds that may stand between the two halves of a paragraph without ending it.
PASSED = frozenset({"running", "footnote", "caption"})
#: A word space in ems.
WORD_SPACE = 0.3


@dataclass(slots=True)
class Flow:
    """The whole document in reading order.

    Attributes:
        items: paragraphs, and indexes into ``tables``.
        tables: the page tables in reading order.
    """

    items: list[Para | int]
    tables: list[PageTable]
    style: Style

    def paras(self) -> list[Para]:
        """The paragraphs alone."""
        return [item for item in self.items if isinstance(item, Para)]


def document_flow(pages: Sequence[PageFlow]) -> Flow:
    """All pages as one flow, with every paragraph's kind told (captions come later)."""
    running = find_running(pages)
    style = measure(pages, running)
    items: list[Para | int] = []
    tables: list[PageTable] = []
    column = 0
    for page in pages:
        for piece in page.pieces:
            if isinstance(piece, int):
                items.append(len(tables))
                tables.append(page.tables[piece])
                continue
            column += 1
            items.extend(paragraphs(piece, page, style, running, column))
    flow = Flow(items, tables, style)
    tell_kinds(flow.paras(), pages, style)
    return flow


def join_over_breaks(flow: Flow) -> None:
    """Join paragraphs that a column, a page or a table parts; the later half leaves the flow."""
    _tell_interrupting_notes(flow.paras())
    kept: list[Para | int] = []
    open_para: Para | None = None
    crossed = False
    for item in flow.items:
        if isinstance(item, int) or item.kind in PASSED:
            kept.append(item)
            crossed = crossed or isinstance(item, int) or item.kind == "caption"
            continue
        if item.kind == "heading":
            kept.append(item)
            open_para = None
            continue
        if open_para is not None and _continues(open_para, item, crossed, flow.style.justified):
            open_para.rest += item.lines
            open_para.column, open_para.right = item.column, item.right
            crossed = False
            continue
        kept.append(item)
        open_para, crossed = item, False
    flow.items = kept


def _tell_interrupting_notes(paras: Sequence[Para]) -> None:
    """Notes in the size of the text at a page's foot: numbered, and standing inside a sentence."""
    body = [para for para in paras if para.kind in ("paragraph", "list_item")]
    for at, para in enumerate(body):
        if para.marker or is_ended(para.last_line.text) or para.kind != "paragraph":
            continue
        after = at + 1
        while after < len(body) and after - at <= 4 and _is_numbered(body[after]):
            after += 1
        if after == at + 1 or after >= len(body) or not body[after].plain[:1].islower():
            continue
        if body[after].kind == "paragraph" and body[after].page <= para.page + 1:
            for note in body[at + 1 : after]:
                note.kind = "footnote"


def _is_numbered(para: Para) -> bool:
    """Whether a paragraph begins with a small number and a capital, as notes do."""
    number, _, rest = para.plain.partition(" ")
    return number.isdigit() and len(number) <= 2 and rest[:1].isupper()


def _continues(first: Para, second: Para, crossed: bool, justified: bool) -> bool:
    """Whether ``second`` is the rest of ``first``."""
    last, line = first.last_line, second.lines[0]
    if second.marker or abs(last.size - line.size) > OTHER_SIZE * last.size:
        return False
    if last.gappy or line.gappy:
        return False
    text = last.text
    broken = first.column != second.column
    if not is_ended(text):
        if text.endswith(":") and not broken:
            return False
        if _runs_on(line.text):
            return True
        return broken and not ended_by_choice(last, line, first.right)
    if crossed or not broken:
        return False
    if justified:
        return first.right - last.x1 < FLUSH
    return not ended_by_choice(last, line, first.right, WORD_SPACE)


def _runs_on(text: str) -> bool:
    """Whether a text cannot begin a sentence: it begins in lower case or with a sign."""
    first = text[:1]
    return first.islower() or first in "%,;)/&–-"
