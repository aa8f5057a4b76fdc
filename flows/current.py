"""What a dataset is made of, whether the published one is made of just that, and what to say of it then."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows import parts
from flows.plan import Plan, RunOptions, read_result
from flows.state import LedgerRow, StateFolder, read_ledger, write_ledger
from flows.versions import key_of, meaning_version, pipeline_version
from flows.withdrawn import Withdrawn, ledger_rows, plain_records, withdrawn_documents

if TYPE_CHECKING:
    from flows.exporting import Exporting
    from pipeline.dataset import Decision, PublishSummary, StoredPart
    from pipeline.reference import Registers


@dataclass(frozen=True, slots=True)
class Basis:
    """All that a dataset is made of.

    Attributes:
        found: the parts of the inbox's files. stored: these, and those that list what is withdrawn.
        known: the ledger of the last run. gone: documents that it knew and that are gone.
        decisions: the latest by flag_id.
        state: a name for all of it.
    """

    registers: Registers
    exports: Exporting
    decisions: Mapping[str, Decision]
    found: Sequence[StoredPart]
    stored: Sequence[StoredPart]
    known: Mapping[str, LedgerRow]
    gone: Withdrawn
    state: str

    def is_published(self, out: Path) -> bool:
        """Whether OUT holds a whole dataset that was made of just this."""
        from pipeline.dataset import is_current

        return is_current(out, self.state)

    def remember(self, plan: Plan, folder: StateFolder) -> None:
        """Write the ledger and forget parts and readings that belong to no file of this run."""
        rows = ledger_rows(self.known, self.gone)
        for part in self.found:
            worst = max(part.documents, key=lambda one: parts.BADNESS.index(one.record.status)).record
            before = rows.get(part.file_name)
            rows[part.file_name] = LedgerRow(
                part.file_sha256,
                None if part.path.parent == plan.failed else part.key,
                worst.status,
                worst.reason,
                plain_records(one.record for one in part.documents),
                before.replaced if before is not None else [],
            )
        write_ledger(folder, rows)
        parts.forget_others(plan)


def basis_of(plan: Plan, results: Sequence[Path], options: RunOptions) -> Basis:
    """What the batches gave, with all else that a dataset is made of.

    Raises:
        OutputError: a part went away meanwhile. OjError: settings or decisions cannot be read.
    """
    from flows.exporting import exporting
    from pipeline.review import latest_decisions

    exports, registers = exporting(options), registers_of(plan)
    decisions = latest_decisions(options.state_folder.root)
    found, known = found_parts(plan, results), read_ledger(options.state_folder)
    gone = withdrawn_documents(known, found)
    stored = [*found, *parts.keep_withdrawn(plan, gone)]
    decided = sorted(repr(decision) for decision in decisions.values())
    state = state_digest(stored, registers.digest, pipeline_version(), exports.digest, *decided)
    return Basis(registers, exports, decisions, found, stored, known, gone, state)


def found_parts(plan: Plan, results: Sequence[Path]) -> list[StoredPart]:
    """The parts of all files of the run.

    Raises:
        OutputError: one went away meanwhile.
    """
    return [parts.open_part(plan, key) for result in results for key in read_result(result).values()]


def registers_of(plan: Plan) -> Registers:
    """The registers of the run."""
    from pipeline.reference import load_registers

    return load_registers(plan.registers)


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
