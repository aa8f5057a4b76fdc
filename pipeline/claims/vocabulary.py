"""Which indicator of the registers a sentence without a table speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import DocumentRecord

if TYPE_CHECKING:
    from pipeline.reference import Registers

#: Share of a label's telling words that must stand in the sentence, and how much the best must outweigh
#: the next.
LEAST, LEAD = 0.66, 1.15


def mentioned_indicator(text: str, record: DocumentRecord, registers: Registers) -> tuple[str, ...]:
    """The id of the one indicator that a stretch of text names, as a tuple of one; empty when none or
    several do."""
    area = record.areas[0] if len(record.areas) == 1 else None
    found = registers.indicators.mentioned(text, area=area, year=record.year, least=LEAST)
    if not found or (len(found) > 1 and found[0].weight < LEAD * found[1].weight):
        return ()
    return (found[0].indicator_id,)
