"""The published dataset: schemas, work parts, atomic publishing, reading back, and the report.

Names are resolved when first used, so that ``oj --help`` does not load Arrow and pandas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.lazy import lazy_names

if TYPE_CHECKING:
    from pipeline.dataset.codec import StaleFormatError, pack, unpack
    from pipeline.dataset.decisions import DecidedFlag, Decision
    from pipeline.dataset.files import atomic_write
    from pipeline.dataset.loading import Dataset, load
    from pipeline.dataset.parts import StoredPart, read_part, read_parts, write_part
    from pipeline.dataset.publishing import publish
    from pipeline.dataset.runfile import is_current, verify
    from pipeline.dataset.shapes import DocumentPart, Part, coverage_counts
    from pipeline.dataset.summary import PublishSummary, RunFacts

_WHERE = {
    "codec": ("StaleFormatError", "pack", "unpack"),
    "decisions": ("DecidedFlag", "Decision"),
    "files": ("atomic_write",),
    "loading": ("Dataset", "load"),
    "parts": ("StoredPart", "read_part", "read_parts", "write_part"),
    "publishing": ("publish",),
    "runfile": ("is_current", "verify"),
    "shapes": ("DocumentPart", "Part", "coverage_counts"),
    "summary": ("PublishSummary", "RunFacts"),
}

__all__ = [
    "Dataset",
    "DecidedFlag",
    "Decision",
    "DocumentPart",
    "Part",
    "PublishSummary",
    "RunFacts",
    "StaleFormatError",
    "StoredPart",
    "atomic_write",
    "coverage_counts",
    "is_current",
    "load",
    "pack",
    "publish",
    "read_part",
    "read_parts",
    "unpack",
    "verify",
    "write_part",
]

__getattr__ = lazy_names(__name__, _WHERE)
