"""Changes against an earlier year that is told by its distance ("på två år"), or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims.changes import Change
from pipeline.claims.dated import years_back
from pipeline.claims.mentions import Annotated
from pipeline.claims.yearly import Series


def resolved(one: Change | None, told: Sequence[Series]) -> Change | None:
    """A change with its earlier year by the table; None where the table does not tell which year it is.

    Args:
        one: its ``base_year`` is negative for so many years before the latest, 0 where none is told.
        told: the values by year of those that the sentence speaks of.
    """
    if one is None or one.base_year is None or one.base_year > 0:
        return one
    if not told:
        return None
    latest = told[0].latest
    if one.base_year < 0:
        return replace(one, base_year=latest + one.base_year)
    earlier = sorted(set(told[0].values) - {latest})
    return replace(one, base_year=earlier[0]) if len(earlier) == 1 else None


def dated_back(one: Change, note: Annotated, told: Sequence[Series]) -> Change:
    """A change without an earlier year, with the one that its sentence tells by its distance."""
    back = years_back(note)
    if one.base_year is not None or one.year is not None or back is None:
        return one
    return resolved(replace(one, base_year=-back), told) or one
