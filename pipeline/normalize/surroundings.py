"""The kommun, the county and the edition of a document, as its tables, headings and text tell together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.model import Table
from pipeline.normalize.context import Context
from pipeline.normalize.documents import Part
from pipeline.normalize.headings import heading_chains, unit_in
from pipeline.normalize.heads import split_year, unit_in_head
from pipeline.normalize.metadata import Metadata, edition_year
from pipeline.normalize.publishers import named_place
from pipeline.normalize.text import folded
from pipeline.normalize.words import words

#: Longer labels are no units' names.
_LONGEST_NAME = 40


def year_in_heads(tables: Sequence[Table]) -> int | None:
    """The edition where only table heads print it (``Öppna jämförelser 2016``, ``Indikatorer 2016``)."""
    indicator = words().heads["indicator"]
    for table in tables:
        for cell in table.cells:
            if cell.row >= max(1, table.header_rows):
                continue
            name, year = split_year(cell.text)
            found = edition_year(cell.text) or (year if indicator.search(folded(name)) else None)
            if found is not None:
                return found
    return None


def own_unit(part: Part, said: Metadata, context: Context) -> str | None:
    """The kommun or stadsdel whose document it is, as unit_id; None where it is nobody's alone.

    The one beside Länet or Riket in its tables' heads; else the one its title names; else, in a memo or a
    review, the one its text names most.
    """
    votes: Counter[str] = Counter()
    for table in part.tables:
        heads = list(_head_units(table, context))
        kommuner = {unit for kind, unit in heads if kind in ("kommun", "stadsdel") and unit}
        if len(kommuner) == 1 and any(kind in ("lan", "riket") for kind, _ in heads):
            votes.update(kommuner)
    if votes and 2 * max(votes.values()) > sum(votes.values()):
        return max(sorted(votes), key=lambda unit: votes[unit])
    by_title = unit_in(said.title, context) if said.title else None
    if by_title is not None:
        return by_title[0]
    if said.document_type not in ("tjansteskrivelse", "granskningsrapport"):
        return None
    place = named_place(part.blocks, context.registers)
    return place[0] if place else None


def _head_units(table: Table, context: Context) -> Iterator[tuple[str, str]]:
    """(kind, unit_id) of the units that a table's heads name."""
    for cell in table.cells:
        if cell.row >= max(1, table.header_rows) or not cell.text.strip():
            continue
        match = unit_in_head(split_year(cell.text)[0], context)
        if match is not None and match.exact:
            yield match.relative or match.kind or "", match.unit_id or ""


def county(part: Part, own: str | None, context: Context) -> str | None:
    """Two-digit county code: the own kommun's, else that of most units in first columns and headings."""
    units = context.registers.units
    if own is not None and own in units:
        return units.get(own).lan_code
    counts: Counter[str] = Counter()
    chains = heading_chains(part.blocks, part.tables)
    labels = [cell.text for table in part.tables for cell in table.cells if cell.col == 0 or cell.row == 0]
    for label in (*labels, *(text for chain in chains for text in chain[:1])):
        match = context.known_unit(label) if 2 < len(label) < _LONGEST_NAME else None
        if match is not None and match.kind in ("kommun", "stadsdel", "lan"):
            lan = units.get(match.unit_id).lan_code if match.unit_id else None
            counts.update([lan] if lan else [])
    if not counts:
        return None
    best = max(sorted(counts), key=lambda lan: counts[lan])
    return best if 2 * counts[best] > sum(counts.values()) else None
