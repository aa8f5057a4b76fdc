"""What one input file gave: its documents with their claims and flags, and the counts of each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from pipeline.model import Claim, DocumentRecord, Flag, ReadDocument


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """One document of an input file with what its own text and tables gave.

    Attributes:
        flags: of the checks within the document; those across documents are given to ``publish``.
        coverage: counts of the text reading by name (``sentences`` …), as pairs.
        uncovered: page, sentence and figure as printed of the figures that no claim covers.
    """

    document: ReadDocument
    claims: tuple[Claim, ...] = ()
    flags: tuple[Flag, ...] = ()
    coverage: tuple[tuple[str, int], ...] = ()
    uncovered: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """All that one input file gave.

    Attributes:
        key: name of the part, made by the caller from the file's content and all versions it depends on.
        n_bytes, n_pages: of the input file; n_pages None when it could not be opened.
        timings: seconds per stage as pairs.
    """

    key: str
    file_name: str
    file_sha256: str
    pipeline_version: str
    documents: tuple[DocumentPart, ...]
    n_bytes: int = 0
    n_pages: int | None = None
    timings: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """What ``documents.parquet`` and ``run.json`` say of one document."""

    record: DocumentRecord
    n_pages: int | None
    n_tables: int
    n_observations: int
    n_sentences: int
    n_claims: int
    coverage: tuple[tuple[str, int], ...]


def summarise(part: DocumentPart) -> DocumentSummary:
    """The counts of one document; pages from first to last, None when it could not be opened."""
    record = part.document.record
    first, last = record.page_first, record.page_last
    return DocumentSummary(
        record=record,
        n_pages=None if first is None or last is None else last - first + 1,
        n_tables=len(part.document.tables),
        n_observations=len(part.document.observations),
        n_sentences=len(part.document.sentences),
        n_claims=len(part.claims),
        coverage=part.coverage,
    )


def coverage_counts(coverage: Any) -> tuple[tuple[str, int], ...]:
    """The counts of a ``pipeline.claims.Coverage`` as pairs; a listing counts its entries."""
    values = ((one.name, getattr(coverage, one.name)) for one in fields(coverage))
    return tuple((name, value if isinstance(value, int) else len(value)) for name, value in values)
