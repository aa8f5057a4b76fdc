"""Lines of a column to paragraphs: by pitch, size, weight, list markers and where a line was ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.labels import is_note, read_marker
from extractors.text.lines import Line
from extractors.text.order import NOTES, Column
from extractors.text.page import PageFlow
from extractors.text.style import Style
from pipeline.model import BlockKind

#: A pitch this many times the usual one parts two paragraphs.
WIDE_PITCH = 1.3
#: Sizes that differ by more than this share are of different kinds.
OTHER_SIZE = 0.08
#: A first line stands in by at least so many ems.
INDENT = 0.8
#: What a line needs beside the next word (in ems) before ending there was the writer's choice.
SPARE = 0.7
TERMINALS = ".!?…"
_CLOSERS = '"”’»)]'


@dataclass(slots=True)
class Para:
    """Lines that belong together, of one column.

    Attributes:
        right: where lines of its column end at most (points).
        column: running number of its column in the document (a change of it is a break).
        level: of a heading; marker: length of its list marker in characters.
        bullet: whether that marker says nothing (a bullet, the number of a note) and is left out of the text.
        foot: stands below a short rule at the foot of a page.
    """

    lines: list[Line]
    right: float
    column: int
    page: int
    kind: BlockKind = "paragraph"
    level: int | None = None
    marker: int = 0
    bullet: bool = False
    foot: bool = False
    rest: list[Line] = field(default_factory=list)

    @property
    def size(self) -> float:
        """Font size of its first line."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether every line is bold."""
        return all(line.bold for line in self.lines)

    @property
    def plain(self) -> str:
        """Its words joined by spaces (hyphens as printed)."""
        return " ".join(line.text for line in self.lines)

    @property
    def top(self) -> float:
        """Upper edge in points on its first page."""
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        """Lower edge in points on its first page."""
        return self.lines[-1].bottom

    @property
    def last_line(self) -> Line:
        """The last line, also of what was joined from a later column."""
        return self.rest[-1] if self.rest else self.lines[-1]


def paragraphs(
    column: Column, page: PageFlow, style: Style, running: set[int], number: int
) -> Iterator[Para]:
    """The paragraphs of a column from top to bottom; running lines come as paragraphs of their own.

    Args:
        running: ``id`` of running lines.
        number: the column's running number.
    """
    right = style.right_of(column, page)
    notes = column.side == NOTES
    left = min(line.x0 for line in column.lines)
    group: list[Line] = []
    for line in column.lines:
        if id(line) in running:
            if group:
                yield _para(group, right, number, page.number, notes)
                group = []
            yield Para([line], right, number, page.number, kind="running")
            continue
        if group and ((notes and opens_note(line)) or _breaks(group, line, left, right, style)):
            yield _para(group, right, number, page.number, notes)
            group = []
        group.append(line)
    if group:
        yield _para(group, right, number, page.number, notes)


def opens_note(line: Line) -> bool:
    """Whether a line begins with the mark of a note."""
    return line.marker or is_note(line.text)


def _para(lines: list[Line], right: float, number: int, page: int, foot: bool) -> Para:
    para = Para(lines, right, number, page, foot=foot)
    marker = read_marker(lines[0].text)
    if marker is not None:
        para.kind, para.marker, para.bullet = "list_item", marker.length, marker.bullet
    return para


def _breaks(group: Sequence[Line], line: Line, left: float, right: float, style: Style) -> bool:
    """Whether ``line`` begins a new paragraph after the lines of ``group``."""
    last = group[-1]
    size = max(last.size, line.size)
    if abs(last.size - line.size) > OTHER_SIZE * size or last.gappy or line.gappy:
        return True
    pitch = line.base - last.base
    usual = style.pitch if size <= 1.1 * style.body else min(style.pitch, 1.3)
    if len(group) > 1:
        usual = max(usual, min((last.base - group[-2].base) / size, 1.6))
    if pitch > WIDE_PITCH * usual * size:
        return True
    ended = is_ended(last.text)
    chosen = ended_by_choice(last, line, right)
    marker = read_marker(line.text)
    if marker is not None and (marker.bullet or ended or chosen or _listed(group)):
        return True
    if last.bold != line.bold and (chosen or ended or not line.text[:1].islower()):
        return True
    if chosen and (ended or _opens(line.text)):
        return not _hangs(group, line)
    indented = line.x0 - left > INDENT * size and abs(last.x0 - left) < 2
    return ended and indented and not _hangs(group, line)


def _listed(group: Sequence[Line]) -> bool:
    return read_marker(group[0].text) is not None


def _hangs(group: Sequence[Line], line: Line) -> bool:
    """Whether the line stands under the text of a list item, not under its marker."""
    if not _listed(group):
        return False
    first = group[0]
    return first.x0 + 3 < line.x0 and len(first.edges) > 2 and abs(line.x0 - first.edges[2]) < 4


def _opens(text: str) -> bool:
    return text[:1].isupper() or text[:1].isdigit() or text[:1] in '"”»('


def is_ended(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip(_CLOSERS)[-1:] in TERMINALS


def ended_by_choice(last: Line, line: Line, right: float, spare: float = SPARE) -> bool:
    """Whether the first word of ``line`` would have found room on the line before it.

    Args:
        right: where lines of the column end at most (points).
        spare: room that must be left beside the word, in ems.
    """
    return last.x1 + line.first_word_width + spare * last.size < right
