"""What a document says of itself: title, type, publisher, diarienummer, date, edition, areas."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Block
from pipeline.normalize.areas import strong_areas
from pipeline.normalize.dates import ends_with_date, find_date, is_only_date
from pipeline.normalize.manifest import ManifestRow
from pipeline.normalize.patterns import patterns
from pipeline.normalize.publishers import publisher_of
from pipeline.normalize.text import clean

if TYPE_CHECKING:
    from pipeline.reference import Registers

#: How much of a document's beginning tells its type and publisher.
_FRONT_CHARS = 4000
_FRONT_PAGES = 2


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document (or its manifest row) says of itself; None where neither says anything."""

    title: str | None
    document_type: str
    publisher: str | None
    diarienummer: str | None
    published: dt.date | None
    year: int | None
    areas: tuple[str, ...]
    source_url: str | None = None


def find_diarienummer(text: str) -> str | None:
    """The first diarienummer of a text (``SN/2024:81``, ``Dnr: 3.1-164/2014``), or None."""
    for pattern in patterns().diarienummer:
        for match in pattern.finditer(text):
            number = match["number"].strip(" .,:-")
            if sum(char.isdigit() for char in number) >= 3 and find_date(number) is None:
                return number
    return None


def edition_year(text: str) -> int | None:
    """The ÖJ edition a title or heading names (``Öppna jämförelser ekonomiskt bistånd 2019`` → 2019)."""
    for pattern in patterns().edition:
        if match := pattern.search(text):
            return int(match["year"])
    return None


def metadata_of(
    blocks: Sequence[Block],
    appendices: Mapping[str, str],
    pdf_title: str | None,
    registers: Registers,
    manifest: ManifestRow | None = None,
) -> Metadata:
    """Read a document's own statements; what the manifest says comes first.

    Args:
        blocks: the document's blocks in reading order; appendices: its own list, number → title.
        pdf_title: the PDF's title entry, used only when no block can be a title.
    """
    row = manifest or ManifestRow("")
    memo = memo_head(blocks)
    title = (
        row.title or (_memo_title(blocks, memo) if memo is not None else None) or _title(blocks, pdf_title)
    )
    front = _front(blocks)
    kind = registers.document_types.find(f"{title or ''}\n{front}")
    if kind == "annat" and title and patterns().oj.search(title):
        kind = "oj_rapport"
    kind = "tjansteskrivelse" if memo is not None else kind
    return Metadata(
        title=title,
        document_type=kind,
        publisher=row.publisher or publisher_of(blocks, front, kind, registers),
        diarienummer=_diarienummer(blocks, memo),
        published=row.published or _published(blocks, memo),
        year=row.year or _edition(blocks, title, kind),
        areas=_manifest_areas(row, registers) or _areas(blocks, title, appendices, registers),
        source_url=row.source_url,
    )


def memo_head(blocks: Sequence[Block]) -> int | None:
    """The index of the line that heads a memo (``Tjänsteskrivelse``) among the first lines, or None."""
    for index, block in enumerate(blocks[:8]):
        if len(block.text) <= 80 and patterns().memo_head.match(clean(block.text)):
            return index
    return None


def _memo_title(blocks: Sequence[Block], head: int) -> str | None:
    for block in blocks[head + 1 : head + 8]:
        text = clean(block.text)
        if find_diarienummer(text) or find_date(text) or block.kind == "running":
            continue
        if not patterns().memo_furniture.match(text) and len(text) >= 8:
            return text
    return None


def _title(blocks: Sequence[Block], pdf_title: str | None) -> str | None:
    """The title of a report: of the first page's headings the one that names ÖJ, else the largest."""
    if not blocks:
        return pdf_title
    first = blocks[0].page
    shown = [block for block in blocks[:40] if block.page <= first + 1 and block.kind != "running"]
    titled = [block for block in shown if block.kind == "heading" and not _is_dateline(block.text)]
    headings = [block for block in titled if block.page == first] or titled
    lines = [
        block for block in shown if len(block.text) <= 140 and not block.text.rstrip().endswith((".", ","))
    ]
    before = lines[: lines.index(headings[0])] if headings and headings[0] in lines else lines
    for block in (*headings, *before):
        if block.page == first and patterns().oj.search(block.text):
            return _whole(block, blocks)
    if headings:
        largest = max(headings, key=lambda block: block.size)
        return clean(largest.text)
    plain = [
        clean(block.text) for block in shown if 8 < len(block.text) <= 200 and not _is_dateline(block.text)
    ]
    return next(iter((*([pdf_title] if pdf_title else []), *plain)), None)


def _whole(block: Block, blocks: Sequence[Block]) -> str:
    """A title with its second line, where that stands as a heading of its own and begins in lower case."""
    after = blocks[blocks.index(block) + 1 :][:1]
    if after and after[0].kind == block.kind == "heading" and after[0].text[:1].islower():
        return clean(f"{block.text} {after[0].text}")
    return clean(block.text)


def _is_dateline(text: str) -> bool:
    """Whether a line only dates the document, or only says what kind of paper it is."""
    shown = clean(text)
    named = bool(patterns().published.match(shown)) or bool(patterns().memo_head.match(shown))
    return named or is_only_date(text)


def _front(blocks: Sequence[Block]) -> str:
    first = blocks[0].page if blocks else 1
    return "\n".join(block.text for block in blocks if block.page < first + _FRONT_PAGES)[:_FRONT_CHARS]


def _diarienummer(blocks: Sequence[Block], memo: int | None) -> str | None:
    front = blocks[: (memo or 0) + 12]
    for block in front:
        found = find_diarienummer(block.text) if len(block.text) < 200 else None
        if found is not None:
            return found
    return None


def _published(blocks: Sequence[Block], memo: int | None) -> dt.date | None:
    if memo is not None and (found := _memo_date(blocks[: memo + 6])):
        return found
    first = blocks[0].page if blocks else 1
    for block in blocks[:60]:
        if block.page > first + 1 or len(block.text) > 200:
            continue
        match = patterns().published.search(block.text)
        if match and (found := find_date(block.text[match.end() : match.end() + 40])):
            return found
        if is_only_date(block.text) or (block.page == first and ends_with_date(block.text)):
            return find_date(block.text)
    return None


def _memo_date(head: Sequence[Block]) -> dt.date | None:
    """A memo's own date: beside its diarienummer, else in its head, else in the running header.

    A running header often carries the day of the nämnd's meeting, which is another day.
    """
    dated = [(block, date) for block in head if len(block.text) < 120 and (date := find_date(block.text))]
    dated.sort(key=lambda pair: (find_diarienummer(pair[0].text) is None, pair[0].kind == "running"))
    return dated[0][1] if dated else None


def _edition(blocks: Sequence[Block], title: str | None, kind: str) -> int | None:
    found = edition_year(title) if title else None
    if found is not None:
        return found
    headings = [year for block in blocks if block.kind == "heading" and (year := edition_year(block.text))]
    if headings:
        return _commonest(headings)
    if kind == "oj_rapport" and title:
        years = re.findall(r"\b20[0-3]\d\b", title)
        if len(set(years)) == 1:
            return int(years[0])
    if kind in ("oj_rapport", "tjansteskrivelse", "webbsida"):
        first = blocks[0].page if blocks else 1
        said = [edition_year(block.text) for block in blocks if block.page < first + _FRONT_PAGES]
        return _commonest([year for year in said if year is not None])
    return None


def _commonest(years: Sequence[int]) -> int | None:
    if not years:
        return None
    counted = Counter(years)
    return min(counted, key=lambda year: (-counted[year], years.index(year)))


def _manifest_areas(row: ManifestRow, registers: Registers) -> tuple[str, ...]:
    known = registers.areas.codes
    found = (area if area in known else registers.areas.find(area) for area in row.areas)
    return tuple(dict.fromkeys(area for area in found if area is not None))


def _areas(
    blocks: Sequence[Block], title: str | None, appendices: Mapping[str, str], registers: Registers
) -> tuple[str, ...]:
    """Areas by the title; then by the document's own list of appendices; then by its headings."""
    by_title = strong_areas(title or "", registers)
    listed = [area for text in appendices.values() for area in strong_areas(text, registers)[:1]]
    if by_title or listed:
        return tuple(dict.fromkeys((*by_title, *listed)))
    headings = [block.text for block in blocks if block.kind == "heading" and len(block.text) <= 90]
    told = [areas[0] for text in headings if len(areas := strong_areas(text, registers)) == 1]
    if told:
        return tuple(dict.fromkeys(told))
    front = Counter(area for block in blocks[:30] for area in strong_areas(block.text, registers))
    return (min(front, key=lambda area: (-front[area], area)),) if front else ()
