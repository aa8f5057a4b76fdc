"""Rows of the published dataset: observations, claims and flags (column meanings: docs/dataset.md)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.model.geometry import Box


@dataclass(frozen=True, slots=True)
class Observation:
    """One value cell of an indicator table.

    ``row`` and ``col`` are 0-based in the logical table; ``box`` is the cell's own area.
    ``value_raw`` is verbatim; ``value`` is a float in ``value_unit`` (percent as 0–100).
    ``year`` is the ÖJ edition the value is of. ``confidence`` is 0–1.
    """

    observation_id: str
    document_id: str
    table_id: str
    table_label: str | None
    row: int
    col: int
    box: Box
    year: int | None
    area: str | None
    indicator_id: str | None
    indicator_label: str
    unit_id: str | None
    unit_label: str
    unit_kind: str
    measure: str
    value_raw: str
    status: str
    period: str | None = None
    quality_area: str | None = None
    indicator_group: str | None = None
    subgroup: str | None = None
    answer: str | None = None
    answer_note: str | None = None
    value: float | None = None
    value_unit: str | None = None
    range_min: float | None = None
    range_max: float | None = None
    uncertain: bool = False
    colour: str | None = None
    comment: str | None = None
    confidence: float = 1.0
    correction: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One atomic assertion of the text, bound and decided where it can be.

    ``span_start``/``span_end`` are character offsets into ``sentence``. ``asserted`` and
    ``found`` are JSON objects as text with sorted keys. ``rule`` is the id of the pattern.
    """

    claim_id: str
    document_id: str
    location: str
    page: int
    boxes: tuple[Box, ...]
    sentence: str
    span_start: int
    span_end: int
    claim_type: str
    verdict: str
    rule: str
    asserted: str
    found: str | None = None
    area: str | None = None
    unit_ids: tuple[str, ...] = ()
    indicator_ids: tuple[str, ...] = ()
    value: float | None = None
    value_unit: str | None = None
    year: int | None = None
    base_value: float | None = None
    base_year: int | None = None
    table_id: str | None = None
    table_label: str | None = None
    evidence: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reviewer should look at. ``message`` is Swedish and says both sides.

    ``flag_id`` survives re-runs; ``evidence_hash`` changes when the extracted values do.
    ``reviewer`` is a pseudonymous id, never a name.
    """

    flag_id: str
    evidence_hash: str
    document_id: str
    check: str
    severity: str
    page: int
    boxes: tuple[Box, ...]
    message: str
    asserted: str | None = None
    found: str | None = None
    sentence: str | None = None
    claim_id: str | None = None
    table_id: str | None = None
    table_label: str | None = None
    observation_ids: tuple[str, ...] = ()
    other_document_ids: tuple[str, ...] = ()
    status: str = "open"
    reviewer: str | None = None
    reviewed_at: dt.datetime | None = None
    review_comment: str | None = None
