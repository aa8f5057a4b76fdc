"""Who published a document, and the kommun whose document it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.model import Block
from pipeline.normalize.patterns import patterns
from pipeline.normalize.text import clean
from pipeline.normalize.words import words

if TYPE_CHECKING:
    from pipeline.reference import Registers

#: So many blocks at a document's foot can name its publisher (an imprint, a page's contact line).
_FOOT_BLOCKS = 20
#: A longer block is no imprint line.
_LINE = 160


def publisher_of(blocks: Sequence[Block], front: str, kind: str, registers: Registers) -> str | None:
    """The publisher: by an imprint line, the kommun of a memo, a web page's own house, a site, a known name.

    ``front`` is the text of the document's first pages; ``kind`` its document type. None when nothing tells.
    """
    for block in (*blocks[:60], *blocks[60:][-_FOOT_BLOCKS:]):
        text = clean(block.text) if len(block.text) <= _LINE else ""
        for pattern in words().publisher if text else ():
            if match := pattern.search(text):
                name = match["name"].strip(" .")
                return registers.publishers.find(name) or name
    place = named_place(blocks, registers)
    if kind == "tjansteskrivelse" and place is not None:
        return place[1]
    if kind == "webbsida" and (often := _often_named(blocks, registers)):
        return often
    named = registers.publishers.find(front) or _by_host(front, registers)
    house = None if named else patterns().house.search(front)
    return named or (house[0] if house else None) or (place[1] if place else None)


def _by_host(front: str, registers: Registers) -> str | None:
    """The publisher whose site the first pages name."""
    shown = front.casefold()
    if not any(ending in shown for ending in (".se", ".nu", ".org", ".com")):
        return None
    hosts = re.findall(r"\b(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:se|nu|org|com))\b", shown)
    return next((name for host in hosts if (name := registers.publishers.of_host(host))), None)


def _often_named(blocks: Sequence[Block], registers: Registers) -> str | None:
    """The publisher that most blocks of a web page name first: a page names its own house throughout."""
    counts = Counter(name for block in blocks if (name := registers.publishers.find(block.text)))
    return min(counts, key=lambda name: (-counts[name], name)) if counts else None


def named_place(blocks: Sequence[Block], registers: Registers) -> tuple[str, str] | None:
    """The kommun that the text names with ``stad`` or ``kommun`` most, as (unit_id, ``Solna stad``).

    None when no kommun is named so, or when several are and none makes up most of the mentions.
    """
    counts: Counter[tuple[str, str]] = Counter(_places(blocks, registers))
    if not counts:
        return None
    by_unit: Counter[str] = Counter()
    for (unit_id, _), count in counts.items():
        by_unit[unit_id] += count
    best = min(by_unit, key=lambda unit_id: (-by_unit[unit_id], unit_id))
    if 5 * by_unit[best] < 3 * sum(by_unit.values()):
        return None
    names = [(count, name) for (unit_id, name), count in counts.items() if unit_id == best]
    return best, min(names, key=lambda pair: (-pair[0], len(pair[1]), pair[1]))[1]


def _places(blocks: Sequence[Block], registers: Registers) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if "stad" not in block.text and "kommun" not in block.text:
            continue
        for match in patterns().place.finditer(block.text):
            form = match["form"].removesuffix("s")
            for name in (match["name"], match["name"].split(" ")[-1]):
                unit = registers.units.known(name)
                if unit is not None and unit.kind == "kommun" and unit.unit_id:
                    yield unit.unit_id, f"{name} {form}"
                    break
