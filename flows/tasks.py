"""The stages as Prefect tasks. A task costs tens of milliseconds, so one does a whole batch of documents."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows import stages
from flows.artifacts import show_fetched, show_run
from flows.fetching import ingest_stage, table_of
from flows.notices import send
from flows.plan import RunOptions
from pipeline.dataset import PublishSummary


@task(name="lista", cache_policy=NO_CACHE, persist_result=False)
def list_task(options: RunOptions, folder: str) -> str:
    """Look through the inbox; gives the path of the plan."""
    return str(stages.list_stage(options, Path(folder)))


@task(name="extrahera", task_run_name="extrahera {number}", cache_policy=NO_CACHE, persist_result=False)
def extract_task(plan: str, number: int) -> dict[str, int]:
    """Read the PDFs of one batch; gives the counts of :class:`flows.stages.Reading`."""
    return asdict(stages.extract_stage(Path(plan), number))


@task(name="läs", task_run_name="läs {number}", cache_policy=NO_CACHE, persist_result=False)
def read_task(plan: str, number: int) -> str:
    """Read one batch of files and give it its meaning; gives the path of its result."""
    return str(stages.read_stage(Path(plan), number))


@task(name="jämför", cache_policy=NO_CACHE, persist_result=False)
def check_task(plan: str, results: list[str], options: RunOptions) -> int:
    """Compare the documents with each other; gives the number of flags."""
    return stages.check_stage(Path(plan), [Path(result) for result in results], options)


@task(name="publicera", cache_policy=NO_CACHE, persist_result=False)
def publish_task(plan: str, results: list[str], options: RunOptions) -> PublishSummary:
    """Check across documents and publish; gives the summary of what came out."""
    return stages.publish_stage(Path(plan), [Path(result) for result in results], options)


@task(name="visa", cache_policy=NO_CACHE, persist_result=False)
def show_task(summary: PublishSummary) -> None:
    """Put the run's artifacts on Prefect's pages."""
    show_run(summary)


@task(name="meddela", cache_policy=NO_CACHE, persist_result=False)
def notify_task(slugs: list[str], subject: str, body: str) -> None:
    """Send a notice to notification blocks."""
    send(slugs, subject, body)


@task(name="hämta", cache_policy=NO_CACHE, persist_result=False)
def fetch_task(raw: str, out: str, state: str | None, sources: str | None) -> dict[str, int]:
    """Fetch the documents of the register of sources; gives counts of sources by outcome."""
    outcomes = ingest_stage(Path(raw), Path(out), _path(state), _path(sources))
    show_fetched(table_of(outcomes))
    return dict(sorted(Counter(one.status for one in outcomes).items()))


def _path(given: str | None) -> Path | None:
    return None if given is None else Path(given)
