"""The samples, read as a perfect extraction would give them: every value cell is observed rightly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Block, PdfDocument, Table
from pipeline.normalize import read_documents
from pipeline.reference import load_registers
from tests.pipeline.normalize.build import block, document, table
from tests.samples.expected import ExpectedTable, expected_observations, expected_table
from tests.samples.fonts import plain
from tests.samples.load import load_sample, sample_names
from tests.samples.model import Heading, Legend, ListBlock, PageBreak, Paragraph, SampleDocument, TableBlock

WITH_TABLES = [
    name
    for name in sample_names()
    if expected_observations(load_sample(name).document) and "trasig" not in name
]


def as_table(
    found: ExpectedTable, index: int, page: int, heading: str | None, notes: tuple[str, ...]
) -> Table:
    rows: list[list[str | None]] = [[None] * found.n_cols for _ in range(found.n_rows)]
    for cell in found.cells:
        rows[cell.row][cell.col] = cell.text
    places = {(cell.row, cell.col): cell for cell in found.cells}
    return table(
        rows,
        header_rows=found.header_rows,
        index=index,
        page=page,
        fills={place: cell.fill for place, cell in places.items() if cell.fill},
        spans={place: (cell.row_span, cell.col_span) for place, cell in places.items()},
        label=found.label,
        caption=found.caption,
        heading=heading,
        notes=notes,
    )


def as_extracted(sample: SampleDocument) -> PdfDocument:
    """The sample's blocks and tables without pages being drawn; a page break is kept."""
    blocks: list[Block] = []
    tables: list[Table] = []
    page, heading = 1, None
    for one in sample.blocks:
        if isinstance(one, PageBreak):
            page += 1
        elif isinstance(one, Heading):
            heading = plain(one.text)
            blocks.append(
                block(heading, kind="heading", level=one.level, page=page, before_table=len(tables))
            )
        elif isinstance(one, Paragraph):
            blocks.append(block(plain(one.text), page=page, before_table=len(tables)))
        elif isinstance(one, ListBlock):
            blocks += [
                block(plain(item), kind="list_item", page=page, before_table=len(tables))
                for item in one.items
            ]
        elif isinstance(one, Legend):
            blocks += [block(plain(text), page=page, before_table=len(tables)) for _, text in one.entries]
        elif isinstance(one, TableBlock):
            tables.append(as_table(expected_table(one), len(tables), page, heading, one.notes))
    return replace(document(blocks, tables, pages=page), file_name=f"{sample.name}.pdf")


@pytest.mark.parametrize("name", WITH_TABLES)
def test_every_value_cell_of_a_sample_is_observed(name: str) -> None:
    sample = load_sample(name).document
    read = read_documents(as_extracted(sample), load_registers())
    observed = [one for part in read for one in part.observations]
    expected = sorted(
        (one.indicator_label, one.value_raw, one.row, one.col) for one in expected_observations(sample)
    )
    assert sorted((one.indicator_label, one.value_raw, one.row, one.col) for one in observed) == expected
    assert not [one.value_raw for one in observed if one.status == "unreadable"]
    assert not [one for part in read for one in part.tables if one.status == "unread"]
    assert not [
        one for part in read for one in part.unmatched if one.register in ("units", "answers", "layouts")
    ]


@pytest.mark.parametrize("name", WITH_TABLES)
def test_every_unit_of_a_sample_is_bound(name: str) -> None:
    read = read_documents(as_extracted(load_sample(name).document), load_registers())
    unbound = {one.unit_label for part in read for one in part.observations if one.unit_id is None}
    kinds = {one.unit_kind for part in read for one in part.observations if one.unit_id is None}
    assert kinds <= {"grupp"}, unbound
