"""What normalize gives: documents told apart, tables with roles, and what matched nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from pipeline.model.document import Block, Sentence, Table
from pipeline.model.rows import Observation

CellRole = Literal["header", "row_label", "value", "comment", "note"]
AxisKind = Literal[
    "indicator",  # states values of one indicator
    "unit",  # states values of one unit (kommun, län, riket, group)
    "comment",  # comments on the row's own answer
    "minmax",  # the extremes, serves a check
    "number",  # a running number or a size class: no observation
    "ignored",  # told apart and deliberately not read
]


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One row of documents.parquet (counts are added when the part is written).

    Attributes:
        part: 1-based number of the document inside its file.
        status: ``ok``, ``partial``, ``quarantined`` or ``withdrawn``; reason_code and reason say why.
    """

    document_id: str
    file_name: str
    file_sha256: str
    part: int
    page_first: int | None
    page_last: int | None
    title: str | None = None
    source_url: str | None = None
    document_type: str = "annat"
    publisher: str | None = None
    diarienummer: str | None = None
    published: dt.date | None = None
    year: int | None = None
    areas: tuple[str, ...] = ()
    status: Literal["ok", "partial", "quarantined", "withdrawn"] = "ok"
    reason_code: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """What one column (or row) of a table stands for.

    Attributes:
        index: 0-based column number (of a column axis) or row number (of a row axis).
        label: verbatim leaf label; group: header levels above it, joined by `` – ``.
        ref_id: indicator_id or unit_id where the registers know it, else None.
        unit_kind: of units: ``kommun``, ``stadsdel``, ``lan``, ``riket``, ``grupp``.
        statistic: ``mean``, ``median`` … of a summary row or column, else None.
        value_unit: the unit that a unit row or the label prints (``procent``, ``kronor``), else None.
        year_offset: -1 for a "förra året" column, else 0.
    """

    index: int
    kind: AxisKind
    label: str
    group: str | None = None
    ref_id: str | None = None
    unit_kind: str | None = None
    statistic: str | None = None
    value_unit: str | None = None
    year_offset: int = 0
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Legend:
    """A document's own key to its codes and colours, as read from its text.

    Attributes:
        codes: printed code → status or answer (``{"..": "missing"}``), folded to lower case.
        colours: colour (``gron`` …) → answer or meaning; italic_uncertain: italics mark small numbers.
    """

    codes: tuple[tuple[str, str], ...] = ()
    colours: tuple[tuple[str, str], ...] = ()
    italic_uncertain: bool = False


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table with its roles told.

    Attributes:
        table: as extracted, with pages and boxes.
        label: printed or inferred label; label_inferred tells which.
        kind: ``indicators``, ``data``, ``contents``, ``chart``, ``layout`` or ``key``.
        status: ``ok`` or ``unread`` (then reason says why and nothing was observed).
        roles: role per cell, parallel to ``table.cells``.
        row_axes, col_axes: what rows and columns stand for, by index.
        layout: id of the layout rule that matched, None when none did.
    """

    table_id: str
    table: Table
    kind: str
    status: Literal["ok", "unread"]
    roles: tuple[CellRole, ...]
    label: str | None = None
    label_inferred: bool = False
    reason: str | None = None
    orientation: Literal["units_in_rows", "indicators_in_rows"] | None = None
    row_axes: tuple[Axis, ...] = ()
    col_axes: tuple[Axis, ...] = ()
    layout: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A label that no register row knows, as a row ready to paste.

    Attributes:
        register: ``indicators``, ``units``, ``answers`` or ``layouts``.
        candidates: nearest known entries as ``id: name``, best first.
    """

    register: str
    label: str
    document_id: str
    table_label: str | None
    page: int
    candidates: tuple[str, ...] = ()
    row: str = ""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document, normalised: what claims and checks are given.

    Attributes:
        blocks, sentences: those of this document only, in reading order; ``Sentence.block``
            indexes into this object's ``blocks``.
        own_unit: unit_id of the kommun whose document it is, when that can be told.
    """

    record: DocumentRecord
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[TableReading, ...] = ()
    observations: tuple[Observation, ...] = ()
    legend: Legend = field(default_factory=Legend)
    unmatched: tuple[Unmatched, ...] = ()
    own_unit: str | None = None
