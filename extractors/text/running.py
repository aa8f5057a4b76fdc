"""Running heads and feet and page numbers: what stands at the same place on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from extractors.labels import is_label_start, is_page_number
from extractors.text.lines import Line
from extractors.text.order import Column
from extractors.text.page import PageFlow

#: So many rows at the top and at the bottom of a page are looked at.
ROWS = 4
#: Repeated on at least so many pages in a row (every other page counts as a row), or on all pages.
PAGES = 3
#: Places that differ by less than so many points are the same place.
PLACE = 8.0
#: Running heads stand in this outer share of the page.
ZONE = 0.2

#: Running heads are not set this many times larger than the text: what is, is a heading.
LARGER = 1.15

_Key = tuple[bool, int, str]


def find_running(pages: Sequence[PageFlow]) -> set[int]:
    """``id`` of every line that is a running head, a running foot or a page number."""
    largest = LARGER * _usual_size(pages)
    seen: dict[_Key, list[tuple[int, Line]]] = {}
    edges: list[list[tuple[bool, Line]]] = []
    for index, page in enumerate(pages):
        edge = _edge_lines(page)
        edges.append(edge)
        for head, line in edge:
            if line.size <= largest and not line.marker and not _is_title(line, page):
                seen.setdefault(_key(head, line, page), []).append((index, line))
    running: set[int] = set()
    for key in sorted(seen):
        for chain in _chains(seen[key], len(pages)):
            running.update(id(line) for _, line in chain)
    running = _in_margin(pages, edges, running)
    for edge in edges:
        running |= _numbers(edge, largest)
    return running


def _usual_size(pages: Sequence[PageFlow]) -> float:
    """The size of most letters of the document, in points."""
    counts: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            if isinstance(piece, Column):
                for line in piece.lines:
                    counts[line.size] += len(line.text)
    return max(counts, key=lambda size: (counts[size], size)) if counts else 0.0


def _edge_lines(page: PageFlow) -> list[tuple[bool, Line]]:
    """The outermost lines as ``(at the head, line)``."""
    lines = sorted(
        (line for piece in page.pieces if isinstance(piece, Column) for line in piece.lines),
        key=lambda line: (line.base, line.x0),
    )
    head = [(True, line) for line in lines[:ROWS] if line.bottom < ZONE * page.height]
    foot = [(False, line) for line in lines[-ROWS:] if line.top > (1 - ZONE) * page.height]
    return head + foot


def _is_title(line: Line, page: PageFlow) -> bool:
    """Whether a line is a label right above a table: a title printed again, no running head."""
    if not is_label_start(line.text):
        return False
    return any(0 <= table.box.top - line.bottom < 6 * line.size for table in page.tables)


@lru_cache(maxsize=1)
def _digits() -> re.Pattern[str]:
    return re.compile(r"\d+")


def _key(head: bool, line: Line, page: PageFlow) -> _Key:
    distance = line.top if head else page.height - line.bottom
    words = _digits().sub("#", line.text.casefold()).split()
    return head, round(distance / PLACE), " ".join(sorted(words))  # page numbers change sides


def _chains(found: Sequence[tuple[int, Line]], n_pages: int) -> list[list[tuple[int, Line]]]:
    """Pages that follow each other (or every other one), where there are enough of them."""
    chains: list[list[tuple[int, Line]]] = []
    for index, line in found:
        if chains and index - chains[-1][-1][0] <= 2:
            chains[-1].append((index, line))
        else:
            chains.append([(index, line)])
    least = min(PAGES, n_pages)
    return [c for c in chains if n_pages > 1 and len({index for index, _ in c}) >= least]


def _in_margin(
    pages: Sequence[PageFlow], edges: Sequence[list[tuple[bool, Line]]], found: set[int]
) -> set[int]:
    """Those found lines that stand outside the text area of the other pages.

    A heading that opens page after page at the same place stands where text begins elsewhere: it is kept.
    """
    tops, feet = [], []
    for page, edge in zip(pages, edges, strict=True):
        at_edge = {id(line) for _, line in edge} & found
        rest = [
            line
            for piece in page.pieces
            if isinstance(piece, Column)
            for line in piece.lines
            if id(line) not in at_edge and not is_page_number(line.text)
        ]
        boxes = [table.box for table in page.tables]
        if rest or boxes:
            tops.append(min([line.top for line in rest] + [box.top for box in boxes]))
            feet.append(max([line.bottom for line in rest] + [box.bottom for box in boxes]) - page.height)
    if not tops:
        return set()
    top = sorted(tops)[len(tops) // 5]
    foot = sorted(feet)[len(feet) - 1 - len(feet) // 5]
    kept = set()
    for page, edge in zip(pages, edges, strict=True):
        for head, line in edge:
            if id(line) in found and (line.bottom <= top + 2 if head else line.top - page.height >= foot - 2):
                kept.add(id(line))
    return kept


def _numbers(edge: Sequence[tuple[bool, Line]], largest: float) -> set[int]:
    """Page numbers alone on the first or last row of a page."""
    found = set()
    heads = [line for head, line in edge if head]
    feet = [line for head, line in edge if not head]
    for row in (heads[:2], feet[-2:]):
        for line in row:
            alone = not any(
                other is not line and abs(other.base - line.base) < 0.5 * line.size for _, other in edge
            )
            if alone and line.size <= largest and is_page_number(line.text):
                found.add(id(line))
    return found
