"""Work on untrusted files in child processes, so that a file that crashes or runs wild harms only itself.

pdfium is not thread-safe even across documents, and a timeout does not stop C code: so every file
is worked on in a process of its own kind, with limits on CPU time, memory and file size. A worker
serves many files (its libraries and registers are loaded once); one that dies takes down only the
file it had in hand, which is tried once more in a fresh worker before it is given up.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from extractors.confinement import Limits, died_of
from extractors.workers import process_context, serve
from pipeline.errors import OjError

Argument = TypeVar("Argument")
Value = TypeVar("Value")

#: How long a worker that has been asked to stop may take before it is killed (seconds).
STOP_SECONDS = 5.0
#: Limits that are counted anew for each task: a fresh worker would meet them just the same.
TASK_BUDGETS = frozenset({"tidsgrans", "cpu-grans"})
#: Workers in a row that may die before they have said that they are ready: then it is no file's fault.
START_TRIES = 3
#: How long a worker may take to get ready (seconds): it loads libraries and registers, on busy machines too.
START_SECONDS = 300.0


class WorkerStartError(OjError):
    """No worker process can be started: the machine or the installation is at fault, not a file."""

    code = "startar-inte"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Argument, Value]):
    """What became of one task.

    Attributes:
        status: ``done`` (``value`` holds what the function gave), ``refused`` (it raised an
            ``UnreadableFileError``: the same bytes will give the same answer again), ``failed`` (it
            raised another ``OjError``) or ``died`` (crash, limit or a fault in the program). What
            failed or died says nothing of the file that would hold the next time.
        code, reason: stable code and Swedish sentence when not done.
        detail: the end of what the worker wrote to its error stream, for the log.
    """

    argument: Argument
    status: Literal["done", "refused", "failed", "died"]
    value: Value | None = None
    code: str | None = None
    reason: str | None = None
    detail: str = ""


def run_sandboxed(
    function: Callable[[Argument], Value],
    arguments: Iterable[Argument],
    *,
    workers: int,
    limits: Limits | None = None,
    prepare: Callable[[], None] | None = None,
    preload: tuple[str, ...] = (),
) -> Iterator[Outcome[Argument, Value]]:
    """Call ``function`` on every argument in child processes; outcomes come as they get ready.

    Args:
        function: importable by name (it is pickled); what it takes and gives must be picklable
            and small (paths, not documents).
        workers: how many processes at most (at least 1).
        limits: what one task may use; the defaults of :class:`Limits` when None.
        prepare: called once in every worker before its first task (loads registers and the like).
        preload: modules that the fork server imports once for all workers.

    Raises:
        WorkerStartError: workers cannot be started, or ``prepare`` raised an :class:`OjError` (its sentence).
    """
    queue = deque(_Task(argument) for argument in arguments)
    if not queue:
        return
    limits = limits or Limits()
    scratch = Path(tempfile.mkdtemp(prefix="oj-"))
    recipe = _Recipe(process_context(preload), function, prepare, limits, scratch)
    pool: list[_Worker] = []
    try:
        while queue or any(worker.task for worker in pool):
            _hand_out(pool, queue, recipe, max(1, workers))
            for worker in _ready(pool):
                outcome = _collect(worker, queue, recipe)
                if outcome is not None:
                    yield outcome
            pool = [worker for worker in pool if worker.alive]
    finally:
        for worker in pool:
            worker.stop()
        shutil.rmtree(scratch, ignore_errors=True)


@dataclass(slots=True)
class _Task:
    argument: Any
    tries: int = 0


@dataclass(frozen=True, slots=True)
class _Recipe:
    """What every worker of one run is made from."""

    context: ForkServerContext | SpawnContext
    function: Callable[[Any], Any]
    prepare: Callable[[], None] | None
    limits: Limits
    scratch: Path
    numbers: Iterator[int] = field(default_factory=itertools.count)
    unready: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Worker:
    """A worker process as its parent sees it."""

    process: BaseProcess
    pipe: connection.Connection
    folder: Path
    limits: Limits
    task: _Task | None = None
    deadline: float = field(default=0.0)
    served: int = 0
    alive: bool = True
    ready: bool = False

    @classmethod
    def start(cls, recipe: _Recipe) -> _Worker:
        folder = recipe.scratch / str(next(recipe.numbers))
        folder.mkdir()
        ours, theirs = recipe.context.Pipe()
        process = recipe.context.Process(
            target=serve,
            args=(theirs, recipe.function, recipe.prepare, recipe.limits, str(folder)),
            daemon=True,
        )
        process.start()
        theirs.close()
        return cls(process, ours, folder, recipe.limits)

    def give(self, task: _Task) -> None:
        self.task = task
        task.tries += 1
        allowed = self.limits.wall_seconds
        self.deadline = time.monotonic() + (allowed if self.ready else max(allowed, START_SECONDS))
        # One that is already dead takes the task all the same: _collect tells what it died of.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(task.argument)

    def stop(self) -> None:
        """End the process: politely by closing its pipe when it is idle, else at once."""
        self.alive = False
        self.pipe.close()
        if self.task is not None:
            self._kill()
        self.process.join(STOP_SECONDS)
        if self.process.is_alive():
            self._kill()
            self.process.join()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _kill(self) -> None:
        """Kill the process and the programs that it started (its group, see ``confine``)."""
        if self.process.pid is not None and hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()


def _hand_out(pool: list[_Worker], queue: deque[_Task], recipe: _Recipe, workers: int) -> None:
    """Give waiting tasks to idle workers; start workers while there is more to do than hands."""
    for worker in pool:
        if queue and worker.task is None:
            if queue[0].tries and worker.served:
                worker.stop()  # a second try needs a process that nothing else has touched
            else:
                worker.give(queue.popleft())
    pool[:] = [worker for worker in pool if worker.alive]
    while queue and len(pool) < workers:
        worker = _Worker.start(recipe)
        worker.give(queue.popleft())
        pool.append(worker)


def _ready(pool: list[_Worker]) -> list[_Worker]:
    """Workers that answered, died or overran, waiting until there is at least one."""
    busy = [worker for worker in pool if worker.task is not None]
    wait_for = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
    signalled = connection.wait([w.pipe for w in busy] + [w.process.sentinel for w in busy], wait_for)
    now = time.monotonic()
    return [w for w in busy if w.pipe in signalled or w.process.sentinel in signalled or w.deadline <= now]


def _collect(worker: _Worker, queue: deque[_Task], recipe: _Recipe) -> Outcome[Any, Any] | None:
    """The outcome of the worker's task; None when there is none yet, or it goes back for a second try."""
    task = worker.task
    assert task is not None
    try:
        reply = worker.pipe.recv() if worker.pipe.poll() else None
    except (EOFError, ConnectionResetError):
        reply = None
    if reply is None:
        return _died(worker, task, queue, recipe)
    status, value, code, reason = reply
    if status == "unready":
        raise WorkerStartError(reason, code=code)
    if status == "ready":
        worker.ready = True
        worker.deadline = time.monotonic() + worker.limits.wall_seconds
        recipe.unready.clear()
        return None
    worker.task = None
    worker.served += 1
    if worker.served >= worker.limits.tasks_per_worker:
        worker.stop()
    return Outcome(task.argument, status, value, code, reason)


def _died(worker: _Worker, task: _Task, queue: deque[_Task], recipe: _Recipe) -> Outcome[Any, Any] | None:
    """What to say of a worker that gave no answer; None when its task is to be tried in another one."""
    overran = worker.deadline <= time.monotonic() and worker.process.is_alive()
    if not overran:
        worker.process.join(STOP_SECONDS)
    exit_code = None if overran else worker.process.exitcode
    detail = _error_tail(worker.folder)
    worker.stop()
    code, reason = died_of(exit_code, detail, worker.limits)
    if not worker.ready:
        recipe.unready.append(detail)
        if len(recipe.unready) >= START_TRIES:
            last_words = detail.strip().rpartition("\n")[2] or reason
            raise WorkerStartError(
                f"Arbetsprocesserna går inte att starta ({code}: {last_words}). Ingenting har ändrats: "
                "kontrollera installationen och datorns minne, och kör igen."
            )
        task.tries -= 1
    elif worker.served == 0 or code in TASK_BUDGETS:
        return Outcome(task.argument, "died", None, code, reason, detail)
    queue.appendleft(task)
    return None


def _error_tail(folder: Path, characters: int = 4000) -> str:
    try:
        return (folder / "stderr").read_text(encoding="utf-8", errors="replace")[-characters:]
    except OSError:
        return ""
