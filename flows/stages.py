"""The stages of a run: list, read, publish. The Prefect flow and ``--direct`` call the very same ones.

Stages take and give paths; what a file gave is kept as a part whose name is made of the file's bytes and
everything that the result depends on, so an unchanged document costs a look-up.
"""

from __future__ import annotations

import datetime as dt
import functools
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.sandbox import Outcome, run_sandboxed
from flows import parts
from flows.inputs import list_inputs
from flows.plan import Plan, RunOptions, open_run, read_plan, read_result, write_plan, write_result
from flows.state import LedgerRow, write_ledger
from flows.versions import pipeline_version
from flows.worker import PRELOAD, Job, prepare, read_file
from pipeline.errors import OutputError

if TYPE_CHECKING:
    from pipeline.dataset import PublishSummary, StoredPart
    from pipeline.model import Flag
    from pipeline.reference import Registers

#: Told of every file that is done: files done, files in all, and the file's name.
Progress = Callable[[int, int, str], None]
_listener: ContextVar[Progress | None] = ContextVar("listener", default=None)
log = logging.getLogger("oj")
#: Code of the error that pipeline.dataset.files raises when a folder cannot be written.
UNWRITABLE = "gar-inte-att-skriva"


@contextmanager
def listening(progress: Progress | None) -> Iterator[None]:
    """Have ``progress`` told of the files that the stages finish in this thread."""
    token = _listener.set(progress)
    try:
        yield
    finally:
        _listener.reset(token)


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
    registers, manifest = _registers(options.registers), parts.manifest_of(options.raw)
    plan = Plan(
        folder=folder,
        parts=state.parts,
        extracts=state.extracts,
        raw=options.raw,
        registers=options.registers,
        workers=options.workers,
        force=options.force,
        files=files,
        keys=tuple(parts.part_key(file, parts.said_of(manifest, file), registers.digest) for file in files),
    )
    return write_plan(plan)


def read_stage(plan_path: Path, number: int) -> Path:
    """Read the files of one batch that have no part yet; gives the path of the batch's result.

    A file that cannot be read gets a quarantined part, and the others go on.
    """
    plan = read_plan(plan_path)
    batch = plan.batch(number)
    announce = _Announcer(plan, number)
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
    for outcome in _outcomes(plan, jobs):
        file = by_name[outcome.argument.file_name]
        if outcome.status != "done":
            _note(outcome)
            _stop_if_unwritable(outcome)
            parts.keep_failure(plan, file, outcome)
        kept[file.name] = outcome.argument.key
        announce(file.name)
    return write_result(plan, number, kept)


def publish_stage(plan_path: Path, results: Sequence[Path], options: RunOptions) -> PublishSummary:
    """Check across documents and publish everything that the batches gave.

    Raises:
        OutputError: the dataset cannot be written, or a part went away meanwhile.
    """
    from pipeline.dataset import RunFacts, publish

    plan = read_plan(plan_path)
    registers = _registers(options.registers)
    stored = [parts.open_part(plan, key) for result in results for key in read_result(result).values()]
    began = time.perf_counter()
    flags = cross_document_flags(stored, registers)
    timings = _timings(stored) | {"cross_checks": time.perf_counter() - began}
    started = dt.datetime.fromtimestamp(plan.path.stat().st_mtime, dt.UTC)
    summary = publish(
        stored,
        options.out,
        RunFacts(pipeline_version(), started, timings, registers.digest),
        corpus_flags=flags,
        indicators=registers.indicators.all,
        units=registers.units.all,
    )
    _remember(options, plan, stored)
    return summary


def cross_document_flags(stored: Sequence[StoredPart], registers: Registers) -> tuple[Flag, ...]:
    """The flags of the checks that compare documents; quarantined documents have nothing to compare."""
    from pipeline.checks import check_corpus

    documents, claims = [], {}
    for part in stored:
        for index, summary in enumerate(part.documents):
            if summary.record.status == "quarantined":
                continue
            documents.append(part.document(index))
            claims[summary.record.document_id] = part.claims(index)
    documents.sort(key=lambda document: document.record.document_id)
    return check_corpus(documents, claims, registers)


class _Announcer:
    """Tells the listener how far the run has come."""

    def __init__(self, plan: Plan, number: int) -> None:
        self._listener = _listener.get()
        self._all = len(plan.files)
        self._done = plan.files_before(number)

    def __call__(self, name: str) -> None:
        self._done += 1
        if self._listener is not None:
            self._listener(self._done, self._all, name)


def _outcomes(plan: Plan, jobs: Sequence[Job]) -> Iterator[Outcome[Job, str]]:
    """What the workers made of the jobs; large files first, so that none is waited for alone at the end."""
    return run_sandboxed(
        read_file,
        sorted(jobs, key=lambda job: (-job.size, job.file_name)),
        workers=plan.workers,
        prepare=functools.partial(prepare, plan.registers),
        preload=PRELOAD,
    )


def _note(outcome: Outcome[Job, str]) -> None:
    """Write to the log what went wrong with a file, with the worker's last words."""
    name = outcome.argument.file_name
    if outcome.status == "refused":
        log.info("%s: %s: %s", name, outcome.code, outcome.reason)
    else:
        log.error("%s: %s: %s\n%s", name, outcome.code, outcome.reason, outcome.detail)


def _stop_if_unwritable(outcome: Outcome[Job, str]) -> None:
    """A full disk is no fault of the file: the run ends, and the dataset that was there stays."""
    if outcome.status == "failed" and outcome.code == UNWRITABLE:
        raise OutputError(outcome.reason or "", code=UNWRITABLE)


def _timings(stored: Sequence[StoredPart]) -> dict[str, float]:
    """Seconds per stage, summed over the files (for kept parts: what they took when they were made)."""
    total: dict[str, float] = {}
    for part in stored:
        for stage, seconds in part.timings:
            total[stage] = total.get(stage, 0.0) + seconds
    return total


def _remember(options: RunOptions, plan: Plan, stored: Sequence[StoredPart]) -> None:
    """Write the ledger and forget parts and readings that belong to no file of this run."""
    rows = {}
    for part in stored:
        worst = max(part.documents, key=lambda one: parts.BADNESS.index(one.record.status))
        kept = None if part.path.parent == plan.failed else part.key
        rows[part.file_name] = LedgerRow(part.file_sha256, kept, worst.record.status, worst.record.reason)
    write_ledger(options.state_folder, rows)
    parts.forget_others(plan)


def _registers(folder: Path | None) -> Registers:
    from pipeline.reference import load_registers

    return load_registers(folder)
