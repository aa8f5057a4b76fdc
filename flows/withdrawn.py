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

REMOVED = ("borttagen", "Filen finns inte längre i mappen.")
REPLACED = ("ersatt", "Filen har ersatts av en med samma namn och annat innehåll.")
STATUS: Literal["withdrawn"] = "withdrawn"
#: Documents that are gone, by the name of the file that they stood in.
Withdrawn = dict[str, tuple[DocumentRecord, ...]]


def plain_records(records: Iterable[DocumentRecord]) -> list[dict[str, Any]]:
    """What the ledger keeps of documents, as JSON can hold it."""
    return [
        {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in asdict(record).items()
        }
        for record in records
    ]


def withdrawn_documents(known: Mapping[str, LedgerRow], present: Sequence[StoredPart]) -> Withdrawn:
    """The documents that the last run knew and that are gone, by file name: removed, or replaced under it.

    A document whose bytes are there under another name was moved, not withdrawn.

    Args:
        known: the ledger of the last run that finished. present: the parts of all files that are there.
    """
    here = {part.file_name: part.file_sha256 for part in present}
    ids = {one.record.document_id for part in present for one in part.documents}
    gone: Withdrawn = {}
    for name, row in sorted(known.items()):
        left = [(record, REPLACED) for record in _records(row.replaced)]
        if here.get(name) != row.sha256:
            left += [(record, REPLACED if name in here else REMOVED) for record in _records(row.documents)]
        records = tuple(
            replace(record, status=STATUS, reason_code=code, reason=reason)
            for record, (code, reason) in left
            if record.document_id not in ids
        )
        if records:
            ids |= {record.document_id for record in records}
            gone[name] = records
    return gone


def ledger_rows(known: Mapping[str, LedgerRow], gone: Withdrawn) -> dict[str, LedgerRow]:
    """The rows of files that are gone, and what those that are there have to remember (``replaced``)."""
    rows = {}
    for name, records in gone.items():
        removed = [record for record in records if record.reason_code == REMOVED[0]]
        others = [record for record in records if record.reason_code != REMOVED[0]]
        rows[name] = replace(
            known[name],
            part=None,
            status=STATUS,
            reason=REMOVED[1],
            documents=plain_records(removed),
            replaced=plain_records(others),
        )
    return rows


def withdrawn_part(name: str, sha256: str, records: Sequence[DocumentRecord]) -> Part:
    """The part that lists the withdrawn documents of one file's bytes."""
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
