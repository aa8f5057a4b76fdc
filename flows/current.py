"""Whether the published dataset is already what this run would give, and what to say of it then."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.versions import key_of, meaning_version

if TYPE_CHECKING:
    from pipeline.dataset import PublishSummary, StoredPart


def state_digest(stored: Sequence[StoredPart], *more: str) -> str:
    """A name for all that a dataset is made of: equal names, equal Parquet files.

    A part's key does not tell a crash of this run from the reading of the next, so what became of every
    document counts as well.

    Args:
        more: what else the dataset depends on (registers, decisions).
    """
    facts = sorted(
        " ".join(
            [
                part.key,
                *(
                    f"{one.record.document_id} {one.record.status} {one.record.reason}"
                    for one in part.documents
                ),
            ]
        )
        for part in stored
    )
    return key_of(meaning_version(), *more, *facts)


def current_summary(out: Path, stored: Sequence[StoredPart]) -> PublishSummary:
    """The summary of a dataset that was left as it is: ``run.json`` tells most of it."""
    import pyarrow.parquet as pq

    from pipeline.dataset import PublishSummary
    from pipeline.dataset.runfile import read_run
    from pipeline.dataset.unmatched import UNMATCHED_FILE

    run = read_run(out)
    assert run is not None
    statuses = pq.read_table(out / "flags.parquet", columns=["status"]).column("status").to_pylist()
    with (out / UNMATCHED_FILE).open(encoding="utf-8", newline="") as file:
        unmatched = sum(1 for _ in csv.reader(file)) - 1
    return PublishSummary(
        out=out,
        rows=run["rows"],
        documents=run["documents"],
        flags=run["flags"],
        decided=sum(status != "open" for status in statuses),
        unmatched=max(unmatched, 0),
        not_ok=tuple(
            (one.record.file_name, one.record.status, one.record.reason or "")
            for part in sorted(stored, key=lambda part: part.file_name)
            for one in part.documents
            if one.record.status != "ok"
        ),
        repaired=(),
        run=run,
    )
