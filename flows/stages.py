"""The stages of a run: list, read, publish. The Prefect flow and ``--direct`` call the very same ones.

Stages take and give paths; what a file gave is kept as a part whose name is made of the file's bytes and
everything that the result depends on, so an unchanged document costs a look-up.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows import parts
from flows.across import kept_flags
from flows.batches import Announcer, Progress, listening, outcomes
from flows.current import current_summary, state_digest
from flows.inputs import list_inputs
from flows.plan import Plan, RunOptions, open_run, read_plan, read_result, write_plan, write_result
from flows.state import LedgerRow, read_ledger, write_ledger
from flows.versions import meaning_version, pipeline_version
from flows.withdrawn import Withdrawn, plain_records, withdrawn_rows
from flows.worker import extract_file, read_file

if TYPE_CHECKING:
    from pipeline.dataset import PublishSummary, StoredPart
    from pipeline.reference import Registers


@dataclass(frozen=True, slots=True)
class Reading:
    """How many files a batch had: read now, known from before (or not to be read), and not readable."""

    files: int
    read: int
    known: int
    failed: int


def run_direct(options: RunOptions, progress: Progress | None = None) -> PublishSummary:
    """All stages one after the other, without an orchestrator.

    Raises:
        OjError: nothing could be published; the sentence says why and what to do.
    """
    with open_run(options) as folder, listening(progress):
        plan = list_stage(options, folder)
        results = [read_stage(plan, number) for number in range(read_plan(plan).n_batches)]
        return publish_stage(plan, results, options)


def list_stage(options: RunOptions, folder: Path) -> Path:
    """Look through the inbox and write down what is to be done; gives the path of the plan.

    Args:
        folder: the run's own folder (see ``open_run``).

    Raises:
        WrongCallError: there is no such inbox. NothingToPublishError: it holds no PDF.
        RegisterError: a register is broken. OutputError: the state folder cannot be written.
    """
    state = options.state_folder
    files = list_inputs(options.raw, leave_out=(options.out, state.root))
    folder_of_registers = _reviewed(state.root, options.registers)
    registers, manifest = _registers(folder_of_registers), parts.manifest_of(options.raw)
    plan = Plan(
        folder=folder,
        parts=state.parts,
        extracts=state.extracts,
        raw=options.raw,
        registers=folder_of_registers,
        workers=options.workers,
        force=options.force,
        files=files,
        keys=tuple(
            parts.part_key(file, parts.said_of(manifest, file), parts.digest_for(registers, file))
            for file in files
        ),
        batch_size=options.batch_size,
        memory=options.memory,
    )
    return write_plan(plan)


def extract_stage(plan_path: Path, number: int) -> Reading:
    """Read the PDFs of one batch that have no reading yet, and give them no meaning; gives the counts.

    A file that cannot be read gets its quarantined part here, so that a later stage of the same run does not
    try it again.
    """
    plan = read_plan(plan_path)
    manifest = parts.manifest_of(plan.raw)
    announce, by_name, jobs = Announcer(plan, number), {}, []
    for file, key in plan.batch(number):
        if parts.is_readable(file):
            job = parts.job_of(plan, file, key, parts.said_of(manifest, file))
            if plan.force or not (job.reading.is_file() or parts.is_kept(plan, key)):
                by_name[file.name] = file
                jobs.append(job)
                continue
        announce(file.name)
    statuses: Counter[str] = Counter()
    for outcome in outcomes(plan, extract_file, jobs):
        statuses[outcome.status] += 1
        if outcome.status != "done":
            parts.keep_failure(plan, by_name[outcome.argument.file_name], outcome)
        announce(outcome.argument.file_name)
    n_files = len(plan.batch(number))
    return Reading(n_files, statuses["done"], n_files - len(jobs), len(jobs) - statuses["done"])


def read_stage(plan_path: Path, number: int) -> Path:
    """Read the files of one batch that have no part yet; gives the path of the batch's result.

    A file that cannot be read gets a quarantined part, and the others go on.
    """
    plan = read_plan(plan_path)
    batch = plan.batch(number)
    announce = Announcer(plan, number)
    kept: dict[str, str] = {}
    jobs = []
    manifest = parts.manifest_of(plan.raw)
    for file, key in batch:
        if parts.is_readable(file) and (plan.force or not parts.is_kept(plan, key)):
            jobs.append(parts.job_of(plan, file, key, parts.said_of(manifest, file)))
            continue
        if not parts.is_readable(file):
            parts.keep_unread(plan, file, key, parts.said_of(manifest, file))
        kept[file.name] = key
        announce(file.name)
    by_name = {file.name: file for file, _ in batch}
    for outcome in outcomes(plan, read_file, jobs):
        if outcome.status != "done":
            parts.keep_failure(plan, by_name[outcome.argument.file_name], outcome)
        kept[outcome.argument.file_name] = outcome.argument.key
        announce(outcome.argument.file_name)
    return write_result(plan, number, kept)


def publish_stage(plan_path: Path, results: Sequence[Path], options: RunOptions) -> PublishSummary:
    """Check across documents and publish everything that the batches gave.

    A dataset that is whole and was made of just this already is left as it is.

    Raises:
        OutputError: the dataset cannot be written, or a part went away meanwhile.
    """
    from flows.exporting import exporting
    from pipeline.dataset import RunFacts, is_current, publish
    from pipeline.review import latest_decisions

    plan = read_plan(plan_path)
    exports = exporting(options)
    registers = _registers(plan.registers)
    decisions = latest_decisions(options.state_folder.root)
    found = _found(plan, results)
    gone = withdrawn_rows(read_ledger(options.state_folder), found)
    stored = [*found, *(parts.keep_withdrawn(plan, name, *gone[name]) for name in gone)]
    decided = sorted(repr(decision) for decision in decisions.values())
    state = state_digest(stored, registers.digest, pipeline_version(), exports.digest, *decided)
    if not plan.force and is_current(options.out, state):
        exports.keep(options.out)  # a run that was killed after it had published has kept none
        _remember(options, plan, found, gone)
        return current_summary(options.out, stored)
    began = time.perf_counter()
    flags = kept_flags(options.state_folder.across, stored, registers)
    timings = _timings(stored) | {"cross_checks": time.perf_counter() - began}
    started = dt.datetime.fromtimestamp(plan.path.stat().st_mtime, dt.UTC)
    summary = publish(
        stored,
        options.out,
        RunFacts(pipeline_version(), started, timings, registers.digest, state, rules=meaning_version()),
        corpus_flags=flags,
        decisions=decisions,
        indicators=registers.indicators.all,
        units=registers.units.all,
        exporters=exports.exporters,
    )
    exports.keep(options.out)
    _remember(options, plan, found, gone)
    return summary


def check_stage(plan_path: Path, results: Sequence[Path], options: RunOptions) -> int:
    """Compare the documents with each other and keep what was found; gives the number of flags.

    Raises:
        OutputError: the result cannot be kept, or a part went away meanwhile.
    """
    plan = read_plan(plan_path)
    found = _found(plan, results)
    return len(kept_flags(options.state_folder.across, found, _registers(plan.registers)))


def _found(plan: Plan, results: Sequence[Path]) -> list[StoredPart]:
    """The parts of all files of the run."""
    return [parts.open_part(plan, key) for result in results for key in read_result(result).values()]


def _timings(stored: Sequence[StoredPart]) -> dict[str, float]:
    """Seconds per stage, summed over the files (for kept parts: what they took when they were made)."""
    total: dict[str, float] = {}
    for part in stored:
        for stage, seconds in part.timings:
            total[stage] = total.get(stage, 0.0) + seconds
    return total


def _remember(options: RunOptions, plan: Plan, found: Sequence[StoredPart], gone: Withdrawn) -> None:
    """Write the ledger and forget parts and readings that belong to no file of this run."""
    rows = {name: row for name, (row, _) in gone.items()}
    for part in found:
        worst = max(part.documents, key=lambda one: parts.BADNESS.index(one.record.status)).record
        kept = None if part.path.parent == plan.failed else part.key
        rows[part.file_name] = LedgerRow(
            part.file_sha256, kept, worst.status, worst.reason, plain_records(part)
        )
    write_ledger(options.state_folder, rows)
    parts.forget_others(plan)


def _reviewed(state: Path, registers: Path | None) -> Path | None:
    """The folder of registers with what reviewers added to them; the one asked for while that is nothing."""
    from pipeline.review import reviewed_registers

    return reviewed_registers(state, registers)


def _registers(folder: Path | None) -> Registers:
    from pipeline.reference import load_registers

    return load_registers(folder)
