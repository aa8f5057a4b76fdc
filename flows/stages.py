"""The stages of a run: list, read, publish. The Prefect flow and ``--direct`` call the very same ones.

Stages take and give paths; what a file gave is kept as a part whose name is made of the file's bytes and
everything that the result depends on, so an unchanged document costs a look-up.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flows import parts
from flows.across import kept_flags
from flows.batches import Announcer, Progress, listening, outcomes
from flows.current import Basis, basis_of, current_summary, found_parts, registers_of
from flows.inputs import list_inputs
from flows.plan import Plan, RunOptions, open_run, read_plan, write_plan, write_result
from flows.versions import meaning_version, pipeline_version
from flows.worker import extract_file, read_file

if TYPE_CHECKING:
    from pipeline.dataset import PublishSummary, StoredPart


@dataclass(frozen=True, slots=True)
class Reading:
    """How many files a batch had: read now, known from before (or not to be read), and not readable."""

    files: int
    read: int
    known: int
    failed: int


def run_direct(options: RunOptions, progress: Progress | None = None) -> PublishSummary:
    """All stages one after the other, without an orchestrator.

    All files are one batch: nobody needs to hear of the batches, and workers are not started anew for each.

    Raises:
        OjError: nothing could be published; the sentence says why and what to do.
    """
    whole = replace(options, batch_size=sys.maxsize)
    with open_run(options) as folder, listening(progress):
        plan = list_stage(whole, folder)
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
    from pipeline.reference import load_registers

    state = options.state_folder
    files = list_inputs(options.raw, leave_out=(options.out, state.root))
    folder_of_registers = _reviewed(state.root, options.registers)
    registers, manifest = load_registers(folder_of_registers), parts.manifest_of(options.raw)
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
    from pipeline.dataset import RunFacts, publish
    from pipeline.reference.published import published_indicators

    plan = read_plan(plan_path)
    basis = basis_of(plan, results, options)
    if not plan.force and basis.is_published(options.out):
        return _leave(plan, basis, options)
    registers, began = basis.registers, time.perf_counter()
    flags = kept_flags(options.state_folder.across, basis.stored, registers)
    timings = _timings(basis.stored) | {"cross_checks": time.perf_counter() - began}
    started = dt.datetime.fromtimestamp(plan.path.stat().st_mtime, dt.UTC)
    rules = meaning_version()
    summary = publish(
        basis.stored,
        options.out,
        RunFacts(pipeline_version(), started, timings, registers.digest, basis.state, rules=rules),
        corpus_flags=flags,
        decisions=basis.decisions,
        indicators=published_indicators(registers.indicators),
        units=registers.units.all,
        exporters=basis.exports.exporters,
    )
    basis.exports.keep(options.out)
    basis.remember(plan, options.state_folder)
    return summary


def unchanged_stage(options: RunOptions) -> PublishSummary | None:
    """The summary of the dataset when it is what a run would give; None when there is something to do.

    Nothing is read or published: this costs a look at every file, and spares an unchanged inbox the start of
    an orchestrator.

    Raises:
        OjError: as the stages do.
    """
    if options.force:
        return None
    with open_run(options) as folder:
        plan_path = list_stage(options, folder)
        plan = read_plan(plan_path)
        kept = (
            parts.is_kept(plan, key)
            for file, key in zip(plan.files, plan.keys, strict=True)
            if parts.is_readable(file)
        )
        if not all(kept):
            return None
        results = [read_stage(plan_path, number) for number in range(plan.n_batches)]
        basis = basis_of(plan, results, options)
        return _leave(plan, basis, options) if basis.is_published(options.out) else None


def _leave(plan: Plan, basis: Basis, options: RunOptions) -> PublishSummary:
    """Leave the dataset as it is."""
    basis.exports.keep(options.out)  # a run that was killed after it had published has kept none
    basis.remember(plan, options.state_folder)
    return current_summary(options.out, basis.stored)


def check_stage(plan_path: Path, results: Sequence[Path], options: RunOptions) -> int:
    """Compare the documents with each other and keep what was found; gives the number of flags.

    Raises:
        OutputError: the result cannot be kept, or a part went away meanwhile.
    """
    plan = read_plan(plan_path)
    found = found_parts(plan, results)
    return len(kept_flags(options.state_folder.across, found, registers_of(plan)))


def _timings(stored: Sequence[StoredPart]) -> dict[str, float]:
    """Seconds per stage, summed over the files (for kept parts: what they took when they were made)."""
    total: dict[str, float] = {}
    for part in stored:
        for stage, seconds in part.timings:
            total[stage] = total.get(stage, 0.0) + seconds
    return total


def _reviewed(state: Path, registers: Path | None) -> Path | None:
    """The folder of registers with what reviewers added to them; the one asked for while that is nothing."""
    from pipeline.review import reviewed_registers

    return reviewed_registers(state, registers)
