"""From one extracted PDF to its documents, read: the normalising room's way in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model import Block, DocumentRecord, PdfDocument, ReadDocument, TableReading
from pipeline.normalize.answers import Codes
from pipeline.normalize.context import Context
from pipeline.normalize.documents import Part, parts_of
from pipeline.normalize.headings import appendices_of
from pipeline.normalize.layouts import layouts_from
from pipeline.normalize.legend import legend_of
from pipeline.normalize.manifest import ManifestRow
from pipeline.normalize.metadata import Metadata, metadata_of
from pipeline.normalize.numbers import quantity_grammar
from pipeline.normalize.surroundings import county, own_unit, year_in_heads
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
    said = said if said.year is not None else replace(said, year=year_in_heads(part.tables))
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
    codes = Codes(registers.answers, quantity_grammar(registers.value_units)).of_legend(legend.codes)
    context = Context(
        registers=registers,
        document_id=document_id,
        codes=codes,
        year=said.year,
        areas=said.areas,
        legend=legend,
        layouts=layouts_from(layout.data for layout in registers.layouts),
        appendices=appendices,
    )
    own = own_unit(part, said, context)
    lan = county(part, own, context)
    return replace(context, own_unit=own, lan=lan)


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
