"""What stands above each table: its chain of headings, and the appendices a document lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model import Block, Table
from pipeline.normalize.context import Context
from pipeline.normalize.heads import split_year
from pipeline.normalize.patterns import patterns
from pipeline.normalize.text import clean, folded

if TYPE_CHECKING:
    from pipeline.reference import UnitMatch

_STOPS = str.maketrans(dict.fromkeys(",:;–—()", " "))


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label and the title beside it (``Bilaga 2``, ``Våld i nära relation``)."""

    kind: str
    number: str
    title: str

    @property
    def shown(self) -> str:
        """As published: the kind with a capital, one space, the number."""
        return f"{self.kind} {self.number}"


def label_in(text: str | None) -> Label | None:
    """The label a caption or heading begins with (``BILAGA 2. Våld``), or None."""
    match = patterns().label.match(clean(text)) if text else None
    if match is None:
        return None
    return Label(match["kind"].capitalize(), match["number"], match["title"].strip(" .:,–-"))


def appendices_of(blocks: Sequence[Block]) -> dict[str, str]:
    """The document's own list of appendices, number → title, from its list items and short lines.

    The first title of a number counts; a line that is a heading above a table is a title too.
    """
    listed: dict[str, str] = {}
    for block in blocks:
        text = clean(block.text)
        if len(text) > 160 or block.kind == "running":
            continue
        match = patterns().appendix.match(text.lstrip("•-–*· "))
        if match is not None and match["title"] and not match["title"][0].islower():
            listed.setdefault(match["number"].upper(), match["title"].strip(" .:,–-"))
    return listed


def heading_chains(blocks: Sequence[Block], tables: Sequence[Table]) -> list[tuple[str, ...]]:
    """Each table's headings, innermost first. ``Block.before_table`` and ``Table.index`` count alike."""
    chains: list[tuple[str, ...]] = []
    stack: list[tuple[int, str]] = []
    at = 0
    for table in tables:
        while at < len(blocks) and blocks[at].before_table <= table.index:
            block = blocks[at]
            if block.kind == "heading":
                level = block.level or 9
                stack = [entry for entry in stack if entry[0] < level]
                stack.append((level, clean(block.text)))
            at += 1
        chain = [text for _, text in reversed(stack)]
        if table.heading and clean(table.heading) not in chain:
            chain.insert(0, clean(table.heading))
        chains.append(tuple(chain))
    return chains


def unit_above(chain: Sequence[str], caption: str | None, context: Context) -> tuple[str | None, str | None]:
    """The one kommun or stadsdel that the headings above a table name: (unit_id, as printed).

    A heading names a unit when it is its name, or a short phrase that holds exactly one (``Resultat för
    Ludvika kommun``).
    """
    for text in (*([caption] if caption else []), *chain):
        found = unit_in(text, context)
        if found is not None:
            return found
    return None, None


def aggregate_in(text: str, context: Context) -> tuple[str, str] | None:
    """The one län or Riket that a caption names, as ``Väntetid i riket, dagar`` does: (unit_id, as printed).

    None for none or several, and where the caption names a kommun or stadsdel as well.
    """
    if unit_in(text, context) is not None:
        return None
    words = [word.strip("().:") for word in text.translate(_STOPS).split()]
    found: dict[str, str] = {}
    for at in range(len(words)):
        for phrase in (" ".join(words[at : at + 2]), words[at]):
            match = context.known_unit(phrase)
            if match is not None and match.unit_id and match.kind in ("lan", "riket"):
                found.setdefault(match.unit_id, phrase)
                break
    return next(iter(found.items())) if len(found) == 1 else None


def unit_in(text: str, context: Context) -> tuple[str, str] | None:
    """The one kommun or stadsdel that a short text names: (unit_id, as printed); None for none or several."""
    match = context.known_unit(text)
    if match is not None and match.kind in ("kommun", "stadsdel") and match.unit_id:
        return match.unit_id, split_year(text)[0]
    words = [word for word in text.translate(_STOPS).split() if not word.isdigit()]
    if not 1 < len(words) <= 10:
        return None
    found: dict[str, str] = {}
    taken: set[int] = set()
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            span = range(start, start + size)
            phrase = " ".join(words[start : start + size]).strip("()., ")
            if taken & set(span) or not phrase[:1].isupper():
                continue
            match = context.known_unit(phrase)
            if match is None or match.unit_id is None:
                continue
            taken |= set(span)
            if match.kind in ("kommun", "stadsdel") and not _is_common_word(phrase, match, context):
                found[match.unit_id] = phrase
    return next(iter(found.items())) if len(found) == 1 else None


def _is_common_word(phrase: str, match: UnitMatch, context: Context) -> bool:
    """Whether the phrase is a bare name that is an everyday word too (``Vara``)."""
    common = match.unit_id is not None and context.registers.units.get(match.unit_id).common_word
    return common and folded(phrase) == folded(match.name)
