"""The text read as claims: what the sentences of a document assert, bound to its tables and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.claims.coverage import Coverage
from pipeline.claims.document import ClaimReading, DocumentReader

if TYPE_CHECKING:
    from pipeline.model import ReadDocument
    from pipeline.reference import Registers

__all__ = ["ClaimReading", "Coverage", "find_claims"]


def find_claims(document: ReadDocument, registers: Registers) -> ClaimReading:
    """Read every sentence of a document as claims and decide them against its tables.

    Args:
        document: as normalize gives it: sentences in reading order, tables with observations.
        registers: units, indicators and areas by which names are known.

    Returns:
        The claims in reading order, each supported, refuted or undecidable with its reason, and the coverage.
    """
    return DocumentReader(document, registers).read()
