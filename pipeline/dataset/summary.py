"""What a run says of itself: the facts given, the content of run.json, and the summary for the terminal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.dataset.decisions import SEVERITIES, DecidedFlag
from pipeline.dataset.files import sha256_of
from pipeline.dataset.parts import StoredPart
from pipeline.dataset.schemas import SCHEMA_VERSION, schemas
from pipeline.dataset.shapes import DocumentSummary
from pipeline.model import DocumentRecord


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the caller knows of the run.

    Attributes:
        started: with time zone.
        timings: seconds per stage before publishing.
        registers: digest of the registers used.
        state: digest of all that the dataset is made of, so that ``is_current`` can tell an unchanged run.
        rules: digest of the code that gives documents their meaning, so that a difference can be explained.
    """

    pipeline_version: str
    started: dt.datetime
    timings: Mapping[str, float] = field(default_factory=dict)
    registers: str | None = None
    state: str | None = None
    rules: str | None = None


@dataclass(frozen=True, slots=True)
class PublishSummary:
    """What came out, for the terminal and for run.json.

    Attributes:
        rows: number of rows by table.
        documents: number of documents by status.
        flags: number of open flags by severity; decided: number of decided ones.
        unmatched: number of labels that matched no register row.
        not_ok: file name, status and reason of every document that is not ok.
        repaired: what ``verify`` found wrong with the dataset that was there before.
        run: content of run.json.
    """

    out: Path
    rows: Mapping[str, int]
    documents: Mapping[str, int]
    flags: Mapping[str, int]
    decided: int
    unmatched: int
    not_ok: tuple[tuple[str, str, str], ...]
    repaired: tuple[str, ...]
    run: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of one part, in the order of publishing."""

    part: StoredPart
    index: int

    @property
    def summary(self) -> DocumentSummary:
        """Its record and counts."""
        return self.part.documents[self.index]

    @property
    def document_id(self) -> str:
        """The id that documents are published in order of."""
        return self.summary.record.document_id


def final_record(record: DocumentRecord, broken: Mapping[str, str]) -> DocumentRecord:
    """The record, quarantined when its rows broke a schema: then only what identifies it is kept."""
    if record.document_id not in broken:
        return record
    return DocumentRecord(
        document_id=record.document_id,
        file_name=record.file_name,
        file_sha256=record.file_sha256,
        part=record.part,
        page_first=None,
        page_last=None,
        title=record.title,
        status="quarantined",
        reason_code="schema",
        reason=broken[record.document_id],
    )


def reason_of(record: DocumentRecord) -> str | None:
    """Code and sentence, as the contract has them in one column."""
    if record.reason_code and record.reason:
        return f"{record.reason_code}: {record.reason}"
    return record.reason or record.reason_code


def run_content(
    parts: Sequence[StoredPart],
    entries: Sequence[Entry],
    counts: Mapping[str, int],
    flags: Sequence[DecidedFlag],
    broken: Mapping[str, str],
    facts: RunFacts,
) -> dict[str, Any]:
    """run.json but for what is known only when all files are written; withdrawn files are no inputs."""
    coverage: Counter[str] = Counter()
    for entry in entries:
        coverage.update(dict(entry.summary.coverage))
    present = [part for part in parts if any(one.record.status != "withdrawn" for one in part.documents)]
    statuses = Counter(final_record(entry.summary.record, broken).status for entry in entries)
    return {
        "schema_version": SCHEMA_VERSION,
        "pipeline_version": facts.pipeline_version,
        "registers": facts.registers,
        "state": facts.state,
        "rules": facts.rules,
        "started": facts.started.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "finished": now(),
        "inputs": {
            "count": len(present),
            "bytes": sum(part.n_bytes for part in present),
            "pages": sum(part.n_pages or 0 for part in present),
        },
        "rows": {name: counts.get(name, 0) for name in schemas()},
        "documents": dict(sorted(statuses.items())),
        "flags": _by_severity(flags),
        "coverage": dict(sorted(coverage.items())),
        "timings": {name: round(seconds, 3) for name, seconds in facts.timings.items()},
        "outputs": {},
    }


def _by_severity(flags: Sequence[DecidedFlag]) -> dict[str, int]:
    """Open flags per severity, every severity named."""
    found = Counter(decided.flag.severity for decided in flags if decided.flag.status == "open")
    return {severity: found[severity] for severity in SEVERITIES}


def outputs_of(folder: Path, counts: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Rows (None for what is no table), bytes and sha256 of every staged file."""
    return {
        path.relative_to(folder).as_posix(): {
            "rows": counts.get(path.stem) if path.suffix == ".parquet" else None,
            "bytes": path.stat().st_size,
            "sha256": sha256_of(path),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def summary_of(
    out: Path,
    entries: Sequence[Entry],
    counts: Mapping[str, int],
    flags: Sequence[DecidedFlag],
    unmatched: int,
    broken: Mapping[str, str],
    before: tuple[str, ...],
    run: Mapping[str, Any],
) -> PublishSummary:
    """The summary for the terminal."""
    records = [final_record(entry.summary.record, broken) for entry in entries]
    return PublishSummary(
        out=out,
        rows=dict(counts),
        documents=dict(sorted(Counter(record.status for record in records).items())),
        flags=_by_severity(flags),
        decided=sum(decided.flag.status != "open" for decided in flags),
        unmatched=unmatched,
        not_ok=tuple(
            (record.file_name, record.status, record.reason or "")
            for record in records
            if record.status != "ok"
        ),
        repaired=before,
        run=run,
    )


def now() -> str:
    """The time in UTC, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
