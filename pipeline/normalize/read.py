"""From one extracted PDF to its documents, read: the normalising room's way in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Block, DocumentRecord, PdfDocument, ReadDocument, Table, TableReading
from pipeline.normalize.answers import Codes
from pipeline.normalize.context import Context
from pipeline.normalize.documents import Part, parts_of
from pipeline.normalize.headings import appendices_of, heading_chains, unit_in
from pipeline.normalize.heads import split_year, unit_in_head
from pipeline.normalize.layouts import layouts_from
from pipeline.normalize.legend import legend_of
from pipeline.normalize.manifest import ManifestRow
from pipeline.normalize.metadata import Metadata, edition_year, metadata_of
from pipeline.normalize.numbers import quantity_grammar
from pipeline.normalize.publishers import named_place
from pipeline.normalize.tables import read_tables

if TYPE_CHECKING:
    from pipeline.reference import Registers

#: The document's id: so many hexadecimal digits of the file's SHA-256, a hyphen and the part's number.
_ID_DIGITS = 16


def read_documents(
    pdf: PdfDocument, registers: Registers, manifest: ManifestRow | None = None
) -> tuple[ReadDocument, ...]:
    """Normalise one file: its documents told apart, tables with roles, observations, what matched nothing.

    Args:
        pdf: as the extractors give it.
        manifest: what the steward says of the file; of a bundle's parts only address and publisher.

    Raises:
        RegisterError: a layout of the registers is malformed.
    """
    parts = parts_of(pdf)
    row = manifest
    if manifest is not None and len(parts) > 1:
        row = ManifestRow(manifest.file, source_url=manifest.source_url, publisher=manifest.publisher)
    return tuple(_read(pdf, part, registers, row) for part in parts)


def _read(pdf: PdfDocument, part: Part, registers: Registers, manifest: ManifestRow | None) -> ReadDocument:
    document_id = f"{pdf.sha256[:_ID_DIGITS]}-{part.number}"
    appendices = appendices_of(part.blocks)
    said = metadata_of(part.blocks, appendices, pdf.title, registers, manifest)
    context = _context(document_id, part, said, appendices, registers)
    read = read_tables(part, pdf.sha256, context)
    return ReadDocument(
        record=_record(pdf, part, document_id, said, read.readings),
        blocks=part.blocks,
        sentences=part.sentences,
        tables=read.readings,
        observations=read.observations,
        legend=context.legend,
        unmatched=read.unmatched,
        own_unit=context.own_unit,
    )


def _context(
    document_id: str, part: Part, said: Metadata, appendices: dict[str, str], registers: Registers
) -> Context:
    legend = legend_of((block.text for block in part.blocks), part.tables, registers)
    codes = Codes(registers.answers, quantity_grammar(registers.value_units)).with_legend(legend.codes)
    context = Context(
        registers=registers,
        document_id=document_id,
        codes=codes,
        year=said.year or _year_in_heads(part.tables),
        areas=said.areas,
        legend=legend,
        layouts=layouts_from(layout.data for layout in registers.layouts),
        appendices=appendices,
    )
    own = _own_unit(part, said, context)
    lan = _lan(part, own, context)
    return replace(context, own_unit=own, lan=lan)


def _year_in_heads(tables: Sequence[Table]) -> int | None:
    """The edition where only table heads print it (``Öppna jämförelser 2016`` over the columns)."""
    for table in tables:
        for cell in table.cells:
            if cell.row < max(1, table.header_rows) and (year := edition_year(cell.text)):
                return year
    return None


def _head_units(table: Table, context: Context) -> Iterator[tuple[str, str]]:
    """(kind, unit_id) of the units that a table's heads name."""
    for cell in table.cells:
        if cell.row >= max(1, table.header_rows) or not cell.text.strip():
            continue
        match = unit_in_head(split_year(cell.text)[0], context)
        if match is not None and match.exact:
            yield match.relative or match.kind or "", match.unit_id or ""


def _own_unit(part: Part, said: Metadata, context: Context) -> str | None:
    """The kommun whose document it is: beside Länet or Riket in its tables' heads, else by the text."""
    votes: Counter[str] = Counter()
    for table in part.tables:
        heads = list(_head_units(table, context))
        kommuner = {unit for kind, unit in heads if kind in ("kommun", "stadsdel") and unit}
        if len(kommuner) == 1 and any(kind in ("lan", "riket") for kind, _ in heads):
            votes.update(kommuner)
    if len(votes) == 1 or (votes and max(votes.values()) > sum(votes.values()) / 2):
        return max(sorted(votes), key=lambda unit: votes[unit])
    by_title = unit_in(said.title, context) if said.title else None
    if by_title is not None:
        return by_title[0]
    if said.document_type not in ("tjansteskrivelse", "granskningsrapport"):
        return None
    place = named_place(part.blocks, context.registers)
    return place[0] if place else None


def _lan(part: Part, own: str | None, context: Context) -> str | None:
    """The county: the own kommun's, else that of most kommuner in the tables' first columns and headings."""
    units = context.registers.units
    if own is not None and own in units:
        return units.get(own).lan_code
    counts: Counter[str] = Counter()
    chains = heading_chains(part.blocks, part.tables)
    labels = [cell.text for table in part.tables for cell in table.cells if cell.col == 0 or cell.row == 0]
    for label in (*labels, *(text for chain in chains for text in chain[:1])):
        match = context.unit(label) if 2 < len(label) < 40 else None
        if match is not None and match.exact and match.kind in ("kommun", "lan") and match.unit_id:
            lan = units.get(match.unit_id).lan_code
            counts.update([lan] if lan else [])
    if not counts:
        return None
    best = max(sorted(counts), key=lambda lan: counts[lan])
    return best if 2 * counts[best] > sum(counts.values()) else None


def _record(
    pdf: PdfDocument, part: Part, document_id: str, said: Metadata, readings: Sequence[TableReading]
) -> DocumentRecord:
    pages = [page.number for page in part.pages]
    record = DocumentRecord(
        document_id=document_id,
        file_name=pdf.file_name,
        file_sha256=pdf.sha256,
        part=part.number,
        page_first=min(pages, default=None),
        page_last=max(pages, default=None),
        title=said.title,
        source_url=said.source_url,
        document_type=said.document_type,
        publisher=said.publisher,
        diarienummer=said.diarienummer,
        published=said.published,
        year=said.year,
        areas=said.areas,
    )
    return _with_status(record, part, part.blocks, readings)


def _with_status(
    record: DocumentRecord, part: Part, blocks: Sequence[Block], readings: Sequence[TableReading]
) -> DocumentRecord:
    dark = [page for page in part.pages if page.source == "unreadable"]
    if not blocks and not readings:
        told = next(
            (page.reason for page in dark if page.reason),
            "Filen innehåller ingen läsbar text och inga tabeller.",
        )
        return replace(record, status="quarantined", reason_code="inget-lasbart", reason=told)
    if dark:
        shown = ", ".join(str(page.number) for page in dark)
        told = next((page.reason for page in dark if page.reason), "Sidan kunde inte läsas.")
        return replace(record, status="partial", reason_code="olasbar-sida", reason=f"Sida {shown}: {told}")
    unread = [reading for reading in readings if reading.status == "unread"]
    if unread:
        pages = ", ".join(str(page) for page in sorted({reading.table.page_first for reading in unread}))
        told = f"{len(unread)} av {len(readings)} tabeller kunde inte tolkas (sida {pages})."
        return replace(record, status="partial", reason_code="olast-tabell", reason=told)
    return record
