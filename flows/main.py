"""The Prefect flows: the stages of :mod:`flows.stages` as tasks, one task a batch, paths between tasks.

Each flow also runs alone: what it needs from the stages before it is a look-up when it is there, and is made
when it is not. Prefect reads its settings when it is imported: :func:`flows.running.run_flow` sets them
first. A deployment sets the same ones in its worker's environment (``PREFECT_SETTINGS`` there lists them).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from prefect import flow

from flows.declaring import HOOKS, Parameters, Run, reading_flow
from flows.plan import read_plan
from flows.tasks import check_task, extract_task, fetch_task, read_task
from pipeline.dataset import PublishSummary


@flow(name="ingest", persist_result=False, **HOOKS)
def ingest_flow(
    raw: str,
    out: str,
    state: str | None = None,
    sources: str | None = None,
    notify: list[str] | None = None,
) -> dict[str, int]:
    """Fetch the documents of the register of sources into the inbox; gives counts of sources by outcome.

    Args:
        raw: the inbox.
        out: folder of the dataset.
        state: state folder; <out>.state when left out.
        sources: folder of the register of sources; the program's own when left out.
        notify: slugs of the notification blocks that are told of a failure.
    """
    return fetch_task(raw, out, state, sources)


def _fetch(asked: Parameters) -> dict[str, int]:
    return ingest_flow(asked.raw, asked.out, asked.state, asked.sources)


@reading_flow("oj")
def oj_flow(run: Run) -> PublishSummary:
    """PDF files in ``raw`` to the dataset in ``out``, in one pass over each file; gives what came out."""
    return run.publish(run.batches(read_task))


@reading_flow("extract")
def extract_flow(run: Run) -> dict[str, int]:
    """Read the PDFs that have not been read, and keep their readings; gives counts of files."""
    counts: Counter[str] = Counter()
    for one in run.batches(extract_task):
        counts.update(one)
    return dict(counts)


@reading_flow("normalise")
def normalise_flow(run: Run) -> int:
    """Give the readings their meaning: observations, claims and a document's own checks; gives files."""
    run.batches(read_task)
    return len(read_plan(Path(run.plan)).files)


@reading_flow("check")
def check_flow(run: Run) -> int:
    """Compare the documents with each other; gives the number of flags that this found."""
    return check_task(run.plan, run.batches(read_task), run.asked.options)


@reading_flow("publish")
def publish_flow(run: Run) -> PublishSummary:
    """Publish the dataset of all that has been read and checked; gives what came out."""
    return run.publish(run.batches(read_task))


@reading_flow("nightly", before=_fetch)
def nightly_flow(run: Run) -> PublishSummary:
    """Fetch, read, give meaning, check and publish: the whole way, one stage after the other."""
    run.batches(extract_task)
    results = run.batches(read_task)
    check_task(run.plan, results, run.asked.options)
    return run.publish(results)


__all__ = [
    "check_flow",
    "extract_flow",
    "ingest_flow",
    "nightly_flow",
    "normalise_flow",
    "oj_flow",
    "publish_flow",
]
