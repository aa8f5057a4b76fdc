"""Captions bound to their tables, above or below; notes below tables; what stands between two tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.labels import (
    TITLE_LENGTH,
    Label,
    is_appendix,
    is_note,
    read_label,
    same_title,
    without_continued,
)
from extractors.tables import Gap, PageTable
from extractors.text.flow import Flow
from extractors.text.grouping import Para, is_ended
from extractors.text.kinds import SMALLER
from extractors.text.sentences import sentence_spans

#: A title has at most so many lines and stands at most so many ems from its table or label.
TITLE_LINES, TITLE_GAP = 6, 4.5
#: A title on its own line begins at most so many ems below its label.
LABEL_GAP = 2.2
#: A note begins at most so many ems below its table (or the note before it).
NOTE_GAP = 2.6


@dataclass(slots=True)
class Binding:
    """What belongs to one page table: label, caption and notes, and the paragraphs they came from."""

    label: str | None = None
    caption: str | None = None
    heading: str | None = None
    notes: list[Para] = field(default_factory=list)
    paras: list[Para] = field(default_factory=list)


def bind_captions(flow: Flow) -> list[Binding]:
    """Bind captions and notes to the page tables; bound paragraphs get kind ``caption`` or ``footnote``.

    Returns:
        One binding per table of ``flow.tables``.
    """
    bindings = [Binding() for _ in flow.tables]
    places = {item: place for place, item in enumerate(flow.items) if isinstance(item, int)}
    below_first = _captions_below(flow, places)
    for upwards in (not below_first, below_first):
        for index, place in sorted(places.items()):
            if bindings[index].label is not None:
                continue
            if upwards:
                _above(flow, place, bindings[index])
            else:
                _below(flow, place, bindings[index], appendices=below_first)
    for index, place in sorted(places.items()):
        _bind_title(flow, place, bindings[index])
        _bind_notes(flow, place, bindings[index])
    _bind_headings(flow, bindings)
    return bindings


def _text(para: Para) -> str:
    return without_continued(para.plain)


def _label(para: Para) -> Label | None:
    return read_label(_text(para)) if para.kind != "list_item" else None


def _bind_notes(flow: Flow, place: int, binding: Binding) -> None:
    """Notes directly below a table (or below its caption there)."""
    table = flow.tables[_index(flow, place)]
    bottom = table.box.bottom
    for _, item in _after(flow, place):
        if isinstance(item, int) or item.page != table.page or item.foot:
            break
        if any(item is para for para in binding.paras):
            bottom = item.bottom
            continue
        if item.kind == "running":
            continue
        if item.kind in ("heading", "caption"):
            break
        near = -2 <= item.top - bottom <= NOTE_GAP * max(item.size, flow.style.body)
        small = item.size <= SMALLER * flow.style.body
        marked = is_note(item.plain) or item.lines[0].marker
        if not near or not (small or marked) or _label(item) is not None:
            break
        item.kind = "footnote"
        binding.notes.append(item)
        bottom = item.bottom


def _is_title(para: Para) -> bool:
    """Whether a paragraph could be a table's title: short and no sentence (a question may be one)."""
    if para.kind not in ("paragraph", "heading") or len(para.lines) > TITLE_LINES:
        return False
    text = para.plain
    if len(text) > TITLE_LENGTH or text[:1].islower() or text[-1:] in ",;":
        return False
    if text.endswith("?"):
        return len(sentence_spans(text)) == 1
    return text.endswith(")") or not is_ended(text)


def _before(flow: Flow, place: int) -> list[Para]:
    """Paragraphs above a table, nearest first, as far as the first that is no title (it is included)."""
    found: list[Para] = []
    for at in range(place - 1, -1, -1):
        item = flow.items[at]
        if isinstance(item, int) or item.kind in ("caption", "list_item") or len(found) == 4:
            break
        if item.kind in ("running", "footnote"):
            continue
        found.append(item)
        if not _is_title(item) and not (len(found) == 1 and _explains(flow, item)):
            break
    return found


def _explains(flow: Flow, para: Para) -> bool:
    """Whether a paragraph is small print that explains a table between its title and itself."""
    return para.kind == "paragraph" and para.size <= SMALLER * flow.style.body


def _above(flow: Flow, place: int, binding: Binding) -> None:
    titles: list[Para] = []
    for at, para in enumerate(_before(flow, place)):
        label = _label(para)
        if label is not None:
            lines = [label.title] if label.title else []
            _take(binding, label, [*lines, *(t.plain for t in reversed(titles))], [para, *reversed(titles)])
            return
        if at == 0 and not _is_title(para) and _explains(flow, para):
            continue
        if not _is_title(para) or len(titles) == 2 or (para.kind == "heading" and titles):
            return
        titles.append(para)


def _below(flow: Flow, place: int, binding: Binding, *, appendices: bool) -> None:
    """The label below a table; an appendix's is a heading of what follows, unless all stand below."""
    table = flow.tables[_index(flow, place)]
    bottom = table.box.bottom
    for at, item in _after(flow, place):
        if isinstance(item, int):
            return
        if _is_apart(item) or is_note(item.plain):
            bottom = item.bottom if item.top - bottom <= NOTE_GAP * item.size else bottom
            continue
        label = _label(item) if item.kind != "caption" else None
        if label is None or item.page != table.page or (is_appendix(label.label) and not appendices):
            return
        if item.top - bottom > TITLE_GAP * item.size:
            return
        titles = [label.title] if label.title else []
        paras = [item]
        if not titles and (below := _title_below(flow, at)) is not None:
            titles, paras = [below.plain], [item, below]
        _take(binding, label, titles, paras)
        return


def _title_below(flow: Flow, at: int) -> Para | None:
    """The title on the line after a label that stands alone below its table."""
    label = flow.items[at]
    after = flow.items[at + 1] if at + 1 < len(flow.items) else None
    if not isinstance(label, Para) or not isinstance(after, Para) or after.page != label.page:
        return None
    if after.kind != "paragraph" or not _is_title(after) or _label(after) is not None:
        return None
    return after if 0 <= after.top - label.bottom <= LABEL_GAP * after.size else None


def _index(flow: Flow, place: int) -> int:
    item = flow.items[place]
    assert isinstance(item, int)
    return item


def _take(binding: Binding, label: Label, titles: Sequence[str], paras: Sequence[Para]) -> None:
    binding.label = label.label
    binding.caption = " ".join(title for title in titles if title) or None
    binding.paras = list(paras)
    for para in paras:
        para.kind, para.level, para.marker = "caption", None, 0


def _captions_below(flow: Flow, places: dict[int, int]) -> bool:
    """Whether the document sets captions below its tables: labels stand nearer to the table above them."""
    above = below = 0
    for index, place in places.items():
        table = flow.tables[index]
        at, after = next(((at, item) for at, item in _after(flow, place) if not _is_apart(item)), (0, None))
        if isinstance(after, Para) and after.page == table.page:
            label = _label(after)
            if label is not None:
                nearer = 3.0 if is_appendix(label.label) else 1.0
                below += nearer * (after.top - table.box.bottom) < _room_below(flow, at)
        titles = _before(flow, place)
        label_at = next((at for at, para in enumerate(titles) if _label(para) is not None), None)
        if titles and titles[0].page != table.page:
            above += 1
        elif label_at is not None and all(map(_is_title, titles[:label_at])):
            near = table.box.top - titles[0].bottom
            above += not _nearer_to_the_one_before(flow, titles[label_at], table, near)
    return below > above


def _nearer_to_the_one_before(flow: Flow, para: Para, table: PageTable, near: float) -> bool:
    """Whether a label between two tables stands nearer to the upper one than ``near`` (points), which is
    how near it (with its title) stands to the lower one."""
    at = next(at for at, item in enumerate(flow.items) if item is para)
    item = flow.items[at - 1] if at else None
    if not isinstance(item, int) or para.page != table.page or flow.tables[item].page != para.page:
        return False
    return para.top - flow.tables[item].box.bottom < near


def _is_apart(item: Para | int) -> bool:
    """Whether an item stands outside the text: a running line or a note."""
    return isinstance(item, Para) and item.kind in ("running", "footnote")


def _room_below(flow: Flow, place: int) -> float:
    """Points from the paragraph at ``place`` to the table that follows it directly; large when none does."""
    para = flow.items[place]
    assert isinstance(para, Para)
    for _, item in _after(flow, place):
        if isinstance(item, int):
            table = flow.tables[item]
            return table.box.top - para.bottom if table.page == para.page else 1e6
        if not _is_apart(item) and not _is_title(item):
            break
        para = item if not _is_apart(item) else para
    return 1e6


def _after(flow: Flow, place: int) -> Iterator[tuple[int, Para | int]]:
    """What follows a place of the flow, with its own place."""
    for at in range(place + 1, len(flow.items)):
        yield at, flow.items[at]


def _bind_title(flow: Flow, place: int, binding: Binding) -> None:
    """The line directly above an unlabelled table is its caption."""
    if binding.label is not None:
        return
    table = flow.tables[_index(flow, place)]
    for para in _before(flow, place)[:1]:
        near = para.page == table.page and table.box.top - para.bottom <= TITLE_GAP * para.size
        if near and _is_title(para) and para.kind != "caption":
            binding.caption = para.plain
            if para.kind == "paragraph":
                para.kind = "caption"
            binding.paras = [para]


def _bind_headings(flow: Flow, bindings: list[Binding]) -> None:
    heading: str | None = None
    for item in flow.items:
        if isinstance(item, int):
            bindings[item].heading = heading
        elif item.kind == "heading":
            heading = item.plain


def inside(para: Para, table: PageTable) -> bool:
    """Whether a paragraph stands inside a table (a layout grid's text is read as text too)."""
    box = table.box
    if para.page != table.page or para.top < box.top - 2 or para.bottom > box.bottom + 2:
        return False
    return all(box.x0 - 2 <= (line.x0 + line.x1) / 2 <= box.x1 + 2 for line in para.lines)


def _repeats(para: Para, binding: Binding) -> bool:
    """Whether a paragraph is the title of a continued table printed once more (its own stands below)."""
    label = _label(para) if binding.label is not None else None
    return label is not None and label.label == binding.label


class Between:
    """Tells :func:`join_tables` what stands between two page tables that follow each other."""

    def __init__(self, flow: Flow, bindings: Sequence[Binding]) -> None:
        self._flow = flow
        self._bindings = bindings
        self._index = {id(table): index for index, table in enumerate(flow.tables)}
        self._place = {item: place for place, item in enumerate(flow.items) if isinstance(item, int)}
        self._paras = {id(item): place for place, item in enumerate(flow.items) if isinstance(item, Para)}

    def __call__(self, first: PageTable, second: PageTable) -> Gap:
        """The gap between two page tables of the flow."""
        a, b = self._index[id(first)], self._index[id(second)]
        ours, theirs = self._bindings[a], self._bindings[b]
        own = {id(para) for para in theirs.paras} | {id(para) for para in ours.paras}
        between = [
            item
            for item in self._flow.items[self._place[a] + 1 : self._place[b]]
            if isinstance(item, Para)
            and item.kind not in ("running", "footnote")
            and id(item) not in own
            and not (inside(item, first) or inside(item, second))
            and not _repeats(item, theirs)
        ]
        if between:
            return Gap(text=True)
        if not any(self._place[a] < place < self._place[b] for place in self._places_of(theirs)):
            return Gap(text=False)
        same = same_title((ours.label, ours.caption), (theirs.label, theirs.caption)) or (
            theirs.caption is None and theirs.label is not None and theirs.label == ours.label
        )
        return Gap(text=not same)

    def _places_of(self, binding: Binding) -> list[int]:
        return [self._paras[id(para)] for para in binding.paras]
