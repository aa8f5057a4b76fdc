"""Batches of files given to worker processes: who is told of what is done, and what when one fails."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from extractors.confinement import MIB, Limits
from extractors.sandbox import Outcome, run_sandboxed
from flows.plan import Plan
from flows.worker import PRELOAD, Job, prepare
from pipeline.errors import OutputError

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


class Announcer:
    """Tells the listener how far the run has come."""

    def __init__(self, plan: Plan, number: int) -> None:
        self._listener = _listener.get()
        self._all = len(plan.files)
        self._done = plan.files_before(number)

    def __call__(self, name: str) -> None:
        """One more file is done."""
        self._done += 1
        if self._listener is not None:
            self._listener(self._done, self._all, name)


def outcomes(plan: Plan, function: Callable[[Job], str], jobs: Sequence[Job]) -> Iterator[Outcome[Job, str]]:
    """What the workers made of the jobs; large files first, so that none is waited for alone at the end.

    What went wrong with a file stands in the log.

    Raises:
        OutputError: a worker could not write: a full disk is no fault of the file, so the run ends, and the
            dataset that was there stays. WorkerStartError: readers cannot be started, likewise.
    """
    for outcome in run_sandboxed(
        function,
        sorted(jobs, key=lambda job: (-job.size, job.file_name)),
        workers=plan.workers,
        limits=Limits(memory_bytes=plan.memory * MIB),
        prepare=functools.partial(prepare, plan.registers),
        preload=PRELOAD,
    ):
        if outcome.status != "done":
            _note(outcome)
            if outcome.status == "failed" and outcome.code == UNWRITABLE:
                raise OutputError(outcome.reason or "", code=UNWRITABLE)
        yield outcome


def _note(outcome: Outcome[Job, str]) -> None:
    """Write to the log what went wrong with a file, with the worker's last words."""
    name = outcome.argument.file_name
    if outcome.status == "refused":
        log.info("%s: %s: %s", name, outcome.code, outcome.reason)
    else:
        log.error("%s: %s: %s\n%s", name, outcome.code, outcome.reason, outcome.detail)
