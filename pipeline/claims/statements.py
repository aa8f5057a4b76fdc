"""Assertions that the text decides by itself, or that other documents decide: a common shape for their
rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.claims.decide import Verdict


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that needs no table.

    Attributes:
        start, end: offsets in the sentence.
        told: what is asserted, JSON-ready; value, base_value in ``value_unit``; year, base_year.
    """

    claim_type: str
    start: int
    end: int
    rule: str
    verdict: Verdict
    told: dict[str, object] = field(default_factory=dict)
    value: float | None = None
    value_unit: str | None = None
    base_value: float | None = None
    year: int | None = None
    base_year: int | None = None
    unit_ids: tuple[str, ...] = ()
    indicator_ids: tuple[str, ...] = ()
    table_id: str | None = None
    table_label: str | None = None
