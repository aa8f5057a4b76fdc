"""Documents that were in the dataset once and whose file is gone: they stay listed, without their values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any, Literal

from flows.state import LedgerRow
from flows.versions import key_of, pipeline_version
from pipeline.model import DocumentRecord, ReadDocument

if TYPE_CHECKING:
    from pipeline.dataset import Part, StoredPart

CODE, REASON = "borttagen", "Filen finns inte längre i mappen."
STATUS: Literal["withdrawn"] = "withdrawn"
#: Ledger row and documents of a file that is gone, by the file's name.
Withdrawn = dict[str, tuple[LedgerRow, tuple[DocumentRecord, ...]]]


def plain_records(part: StoredPart) -> list[dict[str, Any]]:
    """What the ledger keeps of a part's documents, as JSON can hold it."""
    return [
        {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in asdict(one.record).items()
        }
        for one in part.documents
    ]


def withdrawn_rows(known: Mapping[str, LedgerRow], present: Sequence[StoredPart]) -> Withdrawn:
    """The ledger rows of files that are gone, with the documents that went with them, by file name.

    A document whose bytes are there under another name was moved, not withdrawn.

    Args:
        known: the ledger of the last run that finished. present: the parts of all files that are there.
    """
    names = {part.file_name for part in present}
    ids = {one.record.document_id for part in present for one in part.documents}
    gone: Withdrawn = {}
    for name, row in sorted(known.items()):
        if name in names:
            continue
        records = tuple(
            replace(record, status=STATUS, reason_code=CODE, reason=REASON)
            for record in _records(row.documents)
            if record.document_id not in ids
        )
        if records:
            ids |= {record.document_id for record in records}
            gone[name] = (replace(row, part=None, status=STATUS, reason=REASON), records)
    return gone


def withdrawn_part(name: str, sha256: str, records: Sequence[DocumentRecord]) -> Part:
    """The part that lists a withdrawn file's documents."""
    from pipeline.dataset import DocumentPart, Part

    return Part(
        key=key_of(STATUS, name, sha256),
        file_name=name,
        file_sha256=sha256,
        pipeline_version=pipeline_version(),
        documents=tuple(DocumentPart(ReadDocument(record)) for record in records),
    )


def _records(stored: Iterable[Mapping[str, Any]]) -> Iterable[DocumentRecord]:
    """The records that the ledger keeps; one of another version's shape is left out."""
    known = {one.name for one in fields(DocumentRecord)}
    for one in stored:
        if not {"document_id", "file_name", "file_sha256", "part"} <= one.keys() <= known:
            continue
        given = dict(one) | {"areas": tuple(one.get("areas") or ())}
        if given.get("published"):
            given["published"] = dt.date.fromisoformat(given["published"])
        yield DocumentRecord(**given)
