"""The Prefect flows: the stages of :mod:`flows.stages` as tasks, one task a batch, paths between tasks.

Each flow also runs alone: what it needs from the stages before it is a look-up when it is there, and is made
when it is not. Prefect reads its settings when it is imported: :func:`flows.running.run_flow` sets them
first. A deployment sets the same ones in its worker's environment (``PREFECT_SETTINGS`` there lists them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_progress_artifact, update_progress_artifact

from flows.artifacts import open_errors
from flows.cluster import on_cluster
from flows.notices import new_errors_notice, tell_failure
from flows.plan import BATCH_SIZE, RunOptions, open_run, read_plan
from flows.tasks import (
    check_task,
    extract_task,
    fetch_task,
    list_task,
    notify_task,
    publish_task,
    read_task,
    show_task,
)
from pipeline.dataset import PublishSummary

HOOKS: dict[str, Any] = {"on_failure": [tell_failure], "on_crashed": [tell_failure]}


@flow(name="oj", persist_result=False, **HOOKS)
def oj_flow(
    raw: str,
    out: str,
    state: str | None = None,
    workers: int = 2,
    force: bool = False,
    registers: str | None = None,
    batch_size: int = BATCH_SIZE,
    scheduler: str | None = None,
    notify: list[str] | None = None,
    exports: bool = True,
) -> PublishSummary:
    """PDF files in ``raw`` to the dataset in ``out``.

    Args:
        state: state folder, ``<out>.state`` when None.
        workers: processes that read files at the same time, in each batch.
        force: read every file anew.
        registers: folder of registers; the program's own when None.
        batch_size: files a task.
        scheduler: address of a Dask scheduler whose workers read the batches (see ``flows.cluster``).
        notify: slugs of the notification blocks that are told of new errors and of a failure.
        exports: write the analysts' files beside the Parquet files.

    Returns:
        What came out.

    Raises:
        OjError: nothing could be published.
    """
    options = replace(_options(raw, out, state, workers, force, registers, batch_size), exports=exports)
    with open_run(options) as folder:
        plan = list_task(options, str(folder))
        return _publish(options, plan, _batches(read_task, plan, scheduler=scheduler), notify)


@flow(name="extract", persist_result=False, **HOOKS)
def extract_flow(
    raw: str,
    out: str,
    state: str | None = None,
    workers: int = 2,
    force: bool = False,
    batch_size: int = BATCH_SIZE,
    scheduler: str | None = None,
    notify: list[str] | None = None,
) -> dict[str, int]:
    """Read the PDFs that have not been read, and keep their readings; gives counts of files."""
    options = _options(raw, out, state, workers, force, None, batch_size)
    with open_run(options) as folder:
        return _counted(_batches(extract_task, list_task(options, str(folder)), scheduler=scheduler))


@flow(name="normalise", persist_result=False, **HOOKS)
def normalise_flow(
    raw: str,
    out: str,
    state: str | None = None,
    workers: int = 2,
    force: bool = False,
    registers: str | None = None,
    batch_size: int = BATCH_SIZE,
    scheduler: str | None = None,
    notify: list[str] | None = None,
) -> int:
    """Give the readings their meaning: observations, claims and a document's own checks; gives files."""
    options = _options(raw, out, state, workers, force, registers, batch_size)
    with open_run(options) as folder:
        plan = list_task(options, str(folder))
        _batches(read_task, plan, scheduler=scheduler)
        return len(read_plan(Path(plan)).files)


@flow(name="check", persist_result=False, **HOOKS)
def check_flow(
    raw: str,
    out: str,
    state: str | None = None,
    workers: int = 2,
    registers: str | None = None,
    batch_size: int = BATCH_SIZE,
    scheduler: str | None = None,
    notify: list[str] | None = None,
) -> int:
    """Compare the documents with each other; gives the number of flags that this found."""
    options = _options(raw, out, state, workers, False, registers, batch_size)
    with open_run(options) as folder:
        plan = list_task(options, str(folder))
        return check_task(plan, _batches(read_task, plan, scheduler=scheduler), options)


@flow(name="publish", persist_result=False, **HOOKS)
def publish_flow(
    raw: str,
    out: str,
    state: str | None = None,
    workers: int = 2,
    registers: str | None = None,
    batch_size: int = BATCH_SIZE,
    scheduler: str | None = None,
    notify: list[str] | None = None,
) -> PublishSummary:
    """Publish the dataset of all that has been read and checked; gives what came out."""
    options = _options(raw, out, state, workers, False, registers, batch_size)
    with open_run(options) as folder:
        plan = list_task(options, str(folder))
        return _publish(options, plan, _batches(read_task, plan, scheduler=scheduler), notify)


@flow(name="ingest", persist_result=False, **HOOKS)
def ingest_flow(
    raw: str,
    out: str,
    state: str | None = None,
    sources: str | None = None,
    notify: list[str] | None = None,
) -> dict[str, int]:
    """Fetch the documents of the register of sources into the inbox; gives counts of sources by outcome."""
    return fetch_task(raw, out, state, sources)


@flow(name="nightly", persist_result=False, **HOOKS)
def nightly_flow(
    raw: str,
    out: str,
    state: str | None = None,
    sources: str | None = None,
    workers: int = 2,
    registers: str | None = None,
    batch_size: int = BATCH_SIZE,
    scheduler: str | None = None,
    notify: list[str] | None = None,
) -> PublishSummary:
    """Fetch, read, give meaning, check and publish: the whole way, one stage after the other."""
    options = _options(raw, out, state, workers, False, registers, batch_size)
    ingest_flow(raw, out, state, sources)
    with open_run(options) as folder:
        plan = list_task(options, str(folder))
        _batches(extract_task, plan, scheduler=scheduler)
        results = _batches(read_task, plan, scheduler=scheduler)
        check_task(plan, results, options)
        return _publish(options, plan, results, notify)


def _publish(options: RunOptions, plan: str, results: list[str], notify: list[str] | None) -> PublishSummary:
    """Publish, show the result on Prefect's pages, and tell of new errors."""
    before = open_errors(options.out) if notify else {}
    summary: PublishSummary = publish_task(plan, results, options)
    # What cannot be shown or sent fails its own task; the dataset is published all the same.
    show_task(summary, return_state=True)
    notice = new_errors_notice(before, open_errors(options.out)) if notify else None
    if notice is not None:
        notify_task(notify or [], *notice, return_state=True)
    return summary


def _batches(task: Any, plan: str, *, scheduler: str | None) -> list[Any]:
    """What the task gave for every batch, in their order; progress is shown as batches get done."""
    numbers = range(read_plan(Path(plan)).n_batches)
    tell = _progress(len(numbers), task.name)
    if scheduler is None:
        return [tell(task(plan, number)) for number in numbers]
    calls = [{"plan": plan, "number": number} for number in numbers]
    return [tell(result) for result in on_cluster(scheduler, task, calls)]


def _progress(n_batches: int, name: str) -> Callable[[Any], Any]:
    """A function that passes a batch's result on and counts it on Prefect's pages."""
    artifact = create_progress_artifact(0.0, key="framsteg", description=f"{name}: {n_batches} omgångar")
    done: list[None] = []

    def tell(result: Any) -> Any:
        done.append(None)
        update_progress_artifact(artifact, progress=100.0 * len(done) / n_batches)  # type: ignore[arg-type]
        return result

    return tell


def _counted(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for one in counts:
        for name, count in one.items():
            total[name] = total.get(name, 0) + count
    return total


def _options(
    raw: str,
    out: str,
    state: str | None,
    workers: int,
    force: bool,
    registers: str | None,
    batch_size: int,
) -> RunOptions:
    return RunOptions(
        Path(raw),
        Path(out),
        None if state is None else Path(state),
        workers,
        force,
        None if registers is None else Path(registers),
        batch_size,
    )


__all__ = [
    "check_flow",
    "extract_flow",
    "ingest_flow",
    "nightly_flow",
    "normalise_flow",
    "oj_flow",
    "publish_flow",
]
