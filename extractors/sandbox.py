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
from multiprocessing import connection, get_all_start_methods, get_context
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from extractors.confinement import Limits, confine, died_of, grant_cpu_seconds, quiet_environment
from pipeline.errors import OjError, UnreadableFileError

Argument = TypeVar("Argument")
Value = TypeVar("Value")

#: How long a worker that has been asked to stop may take before it is killed (seconds).
STOP_SECONDS = 5.0
#: Limits that are counted anew for each task: a fresh worker would meet them just the same.
TASK_BUDGETS = frozenset({"tidsgrans", "cpu-grans"})


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Argument, Value]):
    """What became of one task.

    Attributes:
        status: ``done`` (``value`` holds what the function gave), ``refused`` (it raised an
            :class:`UnreadableFileError`: the same bytes will give the same answer again), ``failed`` (it
            raised another :class:`OjError`) or ``died`` (crash, limit or a fault in the program). What
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
    """
    queue = deque(_Task(argument) for argument in arguments)
    if not queue:
        return
    limits = limits or Limits()
    scratch = Path(tempfile.mkdtemp(prefix="oj-"))
    recipe = _Recipe(_context(preload), function, prepare, limits, scratch)
    pool: list[_Worker] = []
    try:
        while queue or any(worker.task for worker in pool):
            _hand_out(pool, queue, recipe, max(1, workers))
            for worker in _ready(pool):
                outcome = _collect(worker, queue)
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

    @classmethod
    def start(cls, recipe: _Recipe) -> _Worker:
        folder = recipe.scratch / str(next(recipe.numbers))
        folder.mkdir()
        ours, theirs = recipe.context.Pipe()
        process = recipe.context.Process(
            target=_serve,
            args=(theirs, recipe.function, recipe.prepare, recipe.limits, str(folder)),
            daemon=True,
        )
        process.start()
        theirs.close()
        return cls(process, ours, folder, recipe.limits)

    def give(self, task: _Task) -> None:
        self.task = task
        task.tries += 1
        self.deadline = time.monotonic() + self.limits.wall_seconds
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


def _collect(worker: _Worker, queue: deque[_Task]) -> Outcome[Any, Any] | None:
    """The outcome of the worker's task, or None when it goes back into the queue for a second try."""
    task = worker.task
    assert task is not None
    try:
        answered = worker.pipe.poll()
        reply = worker.pipe.recv() if answered else None
    except (EOFError, ConnectionResetError):
        reply = None
    if reply is not None:
        worker.task = None
        worker.served += 1
        if worker.served >= worker.limits.tasks_per_worker:
            worker.stop()
        status, value, code, reason = reply
        return Outcome(task.argument, status, value, code, reason)
    overran = worker.deadline <= time.monotonic() and worker.process.is_alive()
    if not overran:
        worker.process.join(STOP_SECONDS)
    exit_code = None if overran else worker.process.exitcode
    detail = _error_tail(worker.folder)
    fresh = worker.served == 0
    worker.stop()
    code, reason = died_of(exit_code, detail, worker.limits)
    if not fresh and code not in TASK_BUDGETS:
        queue.appendleft(task)
        return None
    return Outcome(task.argument, "died", None, code, reason, detail)


def _error_tail(folder: Path, characters: int = 4000) -> str:
    try:
        return (folder / "stderr").read_text(encoding="utf-8", errors="replace")[-characters:]
    except OSError:
        return ""


def _context(preload: tuple[str, ...]) -> ForkServerContext | SpawnContext:
    """A fork server where there is one (about ten times cheaper a worker than spawning), else spawn.

    The server is started here, so that it and its children get the quiet environment.
    """
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    from multiprocessing import forkserver

    context = get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    with quiet_environment():
        forkserver.ensure_running()
    return context


def _serve(
    pipe: connection.Connection,
    function: Callable[[Any], Any],
    prepare: Callable[[], None] | None,
    limits: Limits,
    folder: str,
) -> None:
    """The worker's side: one task at a time until the pipe closes.

    Anything but an :class:`OjError` ends the process; its traceback goes to the file that the parent reads.
    """
    confine(limits, Path(folder))
    if prepare is not None:
        prepare()
    while True:
        try:
            argument = pipe.recv()
        except (EOFError, OSError):
            return
        grant_cpu_seconds(limits.cpu_seconds)
        try:
            reply: tuple[str, Any, str | None, str | None] = ("done", function(argument), None, None)
        except UnreadableFileError as error:
            reply = ("refused", None, error.code, error.message)
        except OjError as error:
            reply = ("failed", None, error.code, error.message)
        try:
            pipe.send(reply)
        except BrokenPipeError:
            os._exit(0)  # the parent is gone: nobody is left to tell
