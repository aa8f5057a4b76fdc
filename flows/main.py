"""The Prefect flow: the stages of :mod:`flows.stages` as tasks, one task a batch, paths between tasks.

Prefect reads its settings when it is imported: :func:`flows.running.run_flow` sets them first. A deployment
sets the same ones in its worker's environment (``PREFECT_SETTINGS`` there lists them).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import stages
from flows.plan import RunOptions, open_run, read_plan
from pipeline.dataset import PublishSummary


@task(name="lista", cache_policy=NO_CACHE, persist_result=False)
def list_task(options: dict[str, Any], folder: str) -> str:
    """Look through the inbox; gives the path of the plan."""
    return str(stages.list_stage(_options(options), Path(folder)))


@task(name="läs", task_run_name="läs {number}", cache_policy=NO_CACHE, persist_result=False)
def read_task(plan: str, number: int) -> str:
    """Read one batch of files; gives the path of its result."""
    return str(stages.read_stage(Path(plan), number))


@task(name="publicera", cache_policy=NO_CACHE, persist_result=False)
def publish_task(plan: str, results: list[str], options: dict[str, Any]) -> PublishSummary:
    """Check across documents and publish; gives the summary of what came out."""
    return stages.publish_stage(Path(plan), [Path(result) for result in results], _options(options))


@flow(name="oj", persist_result=False)
def oj_flow(
    raw: str,
    out: str,
    state: str | None = None,
    workers: int = 2,
    force: bool = False,
    registers: str | None = None,
) -> PublishSummary:
    """PDF files in ``raw`` to the dataset in ``out``.

    Args:
        state: state folder, ``<out>.state`` when None.
        workers: processes that read files at the same time.
        force: read every file anew.
        registers: folder of registers; the program's own when None.

    Returns:
        What came out.

    Raises:
        OjError: nothing could be published.
    """
    options = {
        "raw": raw,
        "out": out,
        "state": state,
        "workers": workers,
        "force": force,
        "registers": registers,
    }
    with open_run(_options(options)) as folder:
        plan = list_task(options, str(folder))
        results = [read_task(plan, number) for number in range(read_plan(Path(plan)).n_batches)]
        return publish_task(plan, results, options)


def _options(given: dict[str, Any]) -> RunOptions:
    return RunOptions(
        raw=Path(given["raw"]),
        out=Path(given["out"]),
        state=None if given["state"] is None else Path(given["state"]),
        workers=given["workers"],
        force=given["force"],
        registers=None if given["registers"] is None else Path(given["registers"]),
    )
