"""What each paragraph is: heading with its level, list item, footnote, running matter or body text."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.labels import is_note, is_numbered_heading, is_page_number, read_marker
from extractors.text.grouping import Para, opens_note
from extractors.text.page import PageFlow
from extractors.text.style import Style

#: A heading is set at least so many times larger than body text, or in bold.
LARGER = 1.12
#: A heading has at most so many lines and characters.
HEADING_LINES, HEADING_LENGTH = 3, 200
#: A heading told by its number alone ("3.2.1 Resultat") has at most so many characters.
NUMBERED_LENGTH = 80
#: Notes are set at most this large in parts of the body size.
SMALLER = 0.92
#: Sizes within so many points are of one level.
SAME_LEVEL = 0.6


def tell_kinds(paras: Sequence[Para], pages: Sequence[PageFlow], style: Style) -> None:
    """Set ``kind`` and ``level`` of every paragraph that is not running matter."""
    for para in paras:
        if para.kind == "running":
            continue
        text = para.plain
        if para.foot:
            para.kind, para.marker, para.bullet = "footnote", 0, False
            _without_number(para)
        elif not any(map(str.isalnum, text)) or (is_page_number(text) and text.strip("-– ").isdigit()):
            para.kind = "running"
        elif is_heading(para, style):
            para.kind = "heading"
            para.marker, para.bullet = 0, False
    _footnotes(paras, {page.number: page for page in pages}, style)
    _levels([para for para in paras if para.kind == "heading"])


def is_heading(para: Para, style: Style) -> bool:
    """Whether a paragraph is set as a heading: short, unended, larger than the text or bold."""
    text = para.plain
    if len(para.lines) > HEADING_LINES or len(text) > HEADING_LENGTH or para.bullet:
        return False
    if not any(sign.isalpha() for sign in text) or any(line.gappy for line in para.lines):
        return False
    larger = para.size >= LARGER * style.body
    bold = para.bold and not style.body_bold and para.size >= SMALLER * style.body
    if text.endswith((",", ";")):
        return False
    if not (larger or bold):
        return len(para.lines) == 1 and len(text) <= NUMBERED_LENGTH and is_numbered_heading(text)
    if text.endswith(".") and not (larger and len(text) < 80):
        return False
    return not is_note(text) or larger


def _footnotes(paras: Sequence[Para], pages: dict[int, PageFlow], style: Style) -> None:
    """Small print at the foot of a page: with a mark, or below a short rule."""
    below: dict[int, float] = {}  # lowest body text per column
    for para in paras:
        if para.kind in ("paragraph", "list_item", "heading") and para.size > SMALLER * style.body:
            below[para.column] = max(below.get(para.column, 0.0), para.bottom)
    noted: set[int] = set()
    for para in paras:
        if para.kind not in ("paragraph", "list_item") or para.size > SMALLER * style.body:
            continue
        floor = below.get(para.column, 0.0)
        page = pages[para.page]
        if para.top < 0.4 * page.height or para.top < floor - 1:
            continue
        first = para.lines[0]
        para.foot = any(
            floor - 2 < y <= para.top + 2 and x0 <= first.x1 and x1 >= first.x0 for x0, x1, y in page.rules
        )
        marked = opens_note(first) or para.plain[:1].isdigit()
        if marked or para.foot or para.column in noted:
            para.kind = "footnote"
            _without_number(para)
            noted.add(para.column)


def _without_number(para: Para) -> None:
    """Leave the number of a note out of its text."""
    number, _, rest = para.plain.partition(" ")
    if number.isdigit() and len(number) <= 2 and rest:
        para.marker, para.bullet = len(number) + 1, True


def _levels(headings: Sequence[Para]) -> None:
    """Levels by size, then by weight: the largest is 1."""
    sizes: list[float] = []
    for size in sorted({para.size for para in headings}, reverse=True):
        if not sizes or sizes[-1] - size > SAME_LEVEL:
            sizes.append(size)
    styles = sorted({_style(para, sizes) for para in headings})
    for para in headings:
        para.level = styles.index(_style(para, sizes)) + 1


def _style(para: Para, sizes: Sequence[float]) -> tuple[int, bool]:
    group = next(i for i, size in enumerate(sizes) if size - para.size <= SAME_LEVEL)
    return group, not para.bold


def is_list(para: Para) -> bool:
    """Whether a paragraph begins with a list marker."""
    return read_marker(para.lines[0].text) is not None
