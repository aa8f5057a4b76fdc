"""Entries of the registers as the dataset publishes them: an indicator with its breaks in comparability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.reference.indicators import Indicator, IndicatorRegister


@dataclass(frozen=True, slots=True)
class PublishedIndicator:
    """An indicator of the register; its other attributes are those of ``entry``.

    Attributes:
        breaks: ``<year>: <what changed>`` per row of indicator_breaks.csv, the oldest first: editions before
            the year do not compare with those from it on.
    """

    entry: Indicator
    breaks: tuple[str, ...]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.entry, name)


def published_indicators(register: IndicatorRegister) -> tuple[PublishedIndicator, ...]:
    """All indicators of a register, each with its breaks."""
    found: dict[str, list[str]] = {}
    for one in sorted(register.all_breaks, key=lambda one: one.year):
        found.setdefault(one.indicator_id, []).append(f"{one.year}: {one.note}")
    return tuple(
        PublishedIndicator(entry, tuple(found.get(entry.indicator_id, ()))) for entry in register.all
    )
