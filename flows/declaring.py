"""How a stage becomes a Prefect flow: what flows are asked is declared once, a run is opened in one place.

Prefect shows a flow's parameters as a form, from the function's signature and docstring; both are made here
from :class:`Parameters`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from prefect import Flow, flow
from prefect.artifacts import create_progress_artifact, update_progress_artifact

from flows.artifacts import open_errors
from flows.cluster import on_cluster
from flows.notices import new_errors_notice, tell_failure
from flows.plan import BATCH_SIZE, MEMORY_MB, RunOptions, open_run, read_plan
from flows.tasks import list_task, notify_task, publish_task, show_task
from pipeline.dataset import PublishSummary

Result = TypeVar("Result")

HOOKS: dict[str, Any] = {"on_failure": [tell_failure], "on_crashed": [tell_failure]}


@dataclass(frozen=True, slots=True)
class Parameters:
    """What every flow that reads the inbox is asked.

    Args:
        raw: the inbox.
        out: folder of the dataset.
        state: state folder; <out>.state when left out.
        workers: processes that read files at the same time, in each batch.
        force: read every file anew.
        registers: folder of registers; the program's own when left out.
        batch_size: files a task.
        memory: MiB that reading a file may take beyond what a reader starts with.
        scheduler: address of a Dask scheduler whose workers read the batches (see ``flows.cluster``).
        notify: slugs of the notification blocks that are told of new errors and of a failure.
        exports: write the analysts' files beside the Parquet files.
        sources: folder of the register of sources, where the flow fetches; the program's own when left out.
    """

    raw: str
    out: str
    state: str | None = None
    workers: int = 2
    force: bool = False
    registers: str | None = None
    batch_size: int = BATCH_SIZE
    memory: int = MEMORY_MB
    scheduler: str | None = None
    notify: list[str] | None = None
    exports: bool = True
    sources: str | None = None

    @property
    def options(self) -> RunOptions:
        """The same, as the stages take it."""
        return RunOptions(
            raw=Path(self.raw),
            out=Path(self.out),
            state=None if self.state is None else Path(self.state),
            workers=self.workers,
            force=self.force,
            registers=None if self.registers is None else Path(self.registers),
            batch_size=self.batch_size,
            exports=self.exports,
            memory=self.memory,
        )


@dataclass(frozen=True, slots=True)
class Run:
    """A run that has begun: its lock is held, and the inbox has been looked through.

    Attributes:
        plan: path of the plan.
    """

    asked: Parameters
    plan: str

    def batches(self, task: Any) -> list[Any]:
        """What a task gave for every batch, in their order; progress is shown as batches get done."""
        numbers = range(read_plan(Path(self.plan)).n_batches)
        tell = _progress(len(numbers), task.name)
        if self.asked.scheduler is None:
            return [tell(task(self.plan, number)) for number in numbers]
        calls = [{"plan": self.plan, "number": number} for number in numbers]
        return [tell(result) for result in on_cluster(self.asked.scheduler, task, calls)]

    def publish(self, results: Sequence[str]) -> PublishSummary:
        """Publish what the batches gave, show it on Prefect's pages, and tell of new errors."""
        slugs, out = self.asked.notify or [], Path(self.asked.out)
        before = open_errors(out) if slugs else {}
        summary: PublishSummary = publish_task(self.plan, list(results), self.asked.options)
        # What cannot be shown or sent fails its own task; the dataset is published all the same.
        show_task(summary, return_state=True)
        notice = new_errors_notice(before, open_errors(out)) if slugs else None
        if notice is not None:
            notify_task(slugs, *notice, return_state=True)
        return summary


def reading_flow(
    name: str, before: Callable[[Parameters], object] | None = None
) -> Callable[[Callable[[Run], Result]], Flow[..., Result]]:
    """A decorator: what is done with a run becomes a Prefect flow that takes :class:`Parameters`.

    Args:
        name: of the flow.
        before: what is done before the run's lock is taken.
    """

    def make(work: Callable[[Run], Result]) -> Flow[..., Result]:
        def begin(*given: Any, **named: Any) -> Result:
            asked = Parameters(*given, **named)
            if before is not None:
                before(asked)
            with open_run(asked.options) as folder:
                return work(Run(asked, list_task(asked.options, str(folder))))

        begin.__name__, begin.__qualname__, begin.__module__ = (
            work.__name__,
            work.__qualname__,
            work.__module__,
        )
        begin.__doc__ = f"{work.__doc__}\n{inspect.getdoc(Parameters)}"
        begin.__signature__ = _signature()  # type: ignore[attr-defined]
        return flow(name=name, persist_result=False, **HOOKS)(begin)

    return make


def _signature() -> inspect.Signature:
    """The signature of :class:`Parameters` with real types, from which Prefect makes its form."""
    hints = get_type_hints(Parameters)
    declared = inspect.signature(Parameters).parameters.values()
    return inspect.Signature([one.replace(annotation=hints[one.name]) for one in declared])


def _progress(n_batches: int, name: str) -> Callable[[Any], Any]:
    """A function that passes a batch's result on and counts it on Prefect's pages."""
    artifact = create_progress_artifact(0.0, key="framsteg", description=f"{name}: {n_batches} omgångar")
    done: list[None] = []

    def tell(result: Any) -> Any:
        done.append(None)
        update_progress_artifact(artifact, progress=100.0 * len(done) / n_batches)  # type: ignore[arg-type]
        return result

    return tell
