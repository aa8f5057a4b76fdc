"""What each value cell is of: its unit, indicator, year and part of the people, from row and column heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
import re

from pipeline.normalize.context import Context
from pipeline.normalize.heads import Head
from pipeline.normalize.roles import Roles
from pipeline.normalize.text import clean, folded


@dataclass(frozen=True, slots=True)
class Subject:
    """What one value cell is of.

    Attributes:
        unit_known: the registers (or the heading) bind the unit, or it is a group by its words.
        statistic: ``mean``, ``median``, ``total`` … of a group or aggregate, else None.
        own: it is the document's own kommun or stadsdel.
        measure: the unit of value that a head prints, else None; line: key of the indicator's line.
    """

    row: int
    col: int
    unit_id: str | None
    unit_label: str
    unit_kind: str
    unit_known: bool
    statistic: str | None
    own: bool
    indicator_label: str
    indicator_group: str | None
    subgroup: str | None
    year: int | None
    period: str | None
    measure: str | None
    line: str
    near: tuple[str, ...] = ()
    area: str | None = None
    quality_area: str | None = None
    yes_no: bool = False

    @property
    def key(self) -> tuple[str | None, ...]:
        """What is printed of it, for its id."""
        year = None if self.year is None else str(self.year)
        return (self.unit_label, self.indicator_label, self.indicator_group, self.subgroup, year)


@dataclass(frozen=True, slots=True)
class _Unit:
    unit_id: str | None
    label: str
    kind: str
    known: bool = True
    statistic: str | None = None
    own: bool = False
    subgroup: str | None = None
    near: tuple[str, ...] = ()


def subjects_of(
    roles: Roles, title: str | None, heading_unit: str | None, heading_label: str | None, context: Context
) -> Iterator[Subject]:
    """Every value cell's subject, row by row.

    Args:
        title: the caption or heading, the indicator's name where no head names one.
        heading_unit, heading_label: the unit that the headings above the table name.
    """
    in_rows = roles.orientation == "units_in_rows"
    own = _own_unit(roles, heading_unit, heading_label, context)
    kind = _usual_kind(roles, in_rows)
    sections = dict(roles.sections)
    before: _Unit | None = None
    last_label: str | None = None
    for row in roles.rows:
        row_unit = _unit(row, own, kind if in_rows else None, before, context)
        if row_unit is not None and row_unit.statistic != "of_which" and row_unit.subgroup is None:
            before = row_unit
        for col in roles.cols:
            col_unit = _unit(col, own, None if in_rows else kind, None, context)
            unit = (row_unit or col_unit) if in_rows else (col_unit or row_unit if _has_unit(col) or not _has_unit(row) else row_unit)
            subject = _subject(roles, row, col, unit or own, title, sections.get(row.index), context)
            if subject is not None:
                yield _after(subject, row, in_rows, last_label)
        if not in_rows and row.statistic_word != "of_which":
            last_label = row.label
