"""``oj run``: the call is checked, the stages run with or without Prefect, and the result is shown."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from flows.batches import Progress, listening
from flows.errors import WrongCallError, system_reason
from flows.exporting import exporting
from flows.inputs import check_inbox
from flows.leftovers import end_left_server, remember_server
from flows.plan import RunOptions
from flows.stages import run_direct, unchanged_stage
from flows.state import StateFolder, run_lock
from pipeline.errors import OjError, OutputError

if TYPE_CHECKING:
    from pipeline.dataset import PublishSummary

#: What Prefect is told before it is imported. The console is kept for our own progress; the run's log goes to
#: the server. Starting the embedded server takes some 15 seconds, on a busy machine much longer.
PREFECT_SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}
LOG_BYTES, LOG_FILES = 1_000_000, 3


class PrefectUnreachableError(OjError):
    """No Prefect server answers."""

    code = "prefect"


def run_with_progress(options: RunOptions, *, direct: bool, scheduler: str | None = None) -> int:
    """Run all stages with progress on the terminal and print what came out; gives the exit code 0.

    Args:
        scheduler: address of a Dask scheduler whose workers read the files.

    Raises:
        WrongCallError: the call makes no sense. OjError: nothing could be published.
    """
    from flows.screens import progress_bar, show_summary

    if direct and scheduler is not None:
        raise WrongCallError("--direct och --scheduler går inte ihop: ett kluster nås genom Prefect.")
    state = options.state_folder
    check_inbox(options.raw, leave_out=(options.out, state.root))
    check_output(options.out)
    state.make()
    with run_lock(state):
        pass  # a run that would have to wait is told before a server is started
    with _logging_to(state), progress_bar(starting_server=not direct) as progress:
        if direct:
            summary = run_direct(options, progress)
        else:
            summary = _already_done(options) or run_flow(options, progress, scheduler)
    show_summary(summary, exporting(options).notice)
    return 0


def _already_done(options: RunOptions) -> PublishSummary | None:
    """The summary when nothing has changed: then no server is started (one that is set hears of the run)."""
    return None if os.environ.get("PREFECT_API_URL") else unchanged_stage(options)


def run_flow(
    options: RunOptions, progress: Progress | None = None, scheduler: str | None = None
) -> PublishSummary:
    """All stages as a Prefect flow, against PREFECT_API_URL if set, else on Prefect's embedded server.

    Raises:
        PrefectUnreachableError: no server answers. OjError: nothing could be published.
    """
    state = options.state_folder
    set_prefect_environment(state)
    with run_lock(state):
        end_left_server(state)
    from flows.main import oj_flow

    _reach_server(state)
    with listening(progress):
        return oj_flow(
            raw=str(options.raw),
            out=str(options.out),
            state=None if options.state is None else str(options.state),
            workers=options.workers,
            force=options.force,
            registers=None if options.registers is None else str(options.registers),
            batch_size=options.batch_size,
            scheduler=scheduler,
            exports=options.exports,
            memory=options.memory,
        )


def set_prefect_environment(state: StateFolder) -> None:
    """Put Prefect's settings into the environment; to be called before Prefect is imported.

    Raises:
        OutputError: the state folder cannot be written.
    """
    state.make()
    state.prefect.mkdir(exist_ok=True)
    os.environ["PREFECT_HOME"] = str(state.prefect)
    if not os.environ.get("PREFECT_API_URL"):
        os.environ["PREFECT_SERVER_EPHEMERAL_ENABLED"] = "true"
    for name, value in PREFECT_SETTINGS.items():
        os.environ.setdefault(name, value)


def check_output(out: Path) -> None:
    """Make sure that the dataset can be written before any work is done.

    Raises:
        OutputError: it cannot, with the system's reason.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe = out / f".prov-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputError(
            f"Det går inte att skriva i mappen {out} ({system_reason(error)}): välj en annan med --out.",
            code="gar-inte-att-skriva",
        ) from error


def _reach_server(state: StateFolder) -> None:
    """Start the embedded server, or knock at the one that is set."""
    import httpx
    from prefect.client.orchestration import get_client

    trouble: Exception | None
    try:
        with _interrupts_held_back(), get_client(sync_client=True) as client:
            trouble = client.api_healthcheck()
            _remember_embedded(state)
    except (RuntimeError, httpx.HTTPError) as error:
        trouble = error
    if trouble is not None:
        where = os.environ.get("PREFECT_API_URL") or "den inbyggda"
        raise PrefectUnreachableError(
            f"Prefect-servern ({where}) svarar inte: starta den, ta bort PREFECT_API_URL, "
            "eller kör utan Prefect med --direct."
        ) from trouble


def _remember_embedded(state: StateFolder) -> None:
    """Write down the embedded server, which a run that is killed cannot stop."""
    from prefect.server.api.server import SubprocessASGIServer

    process = SubprocessASGIServer().server_process
    if not os.environ.get("PREFECT_API_URL") and process is not None:
        remember_server(state, process.pid)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Start the server deaf to Ctrl-C, which the terminal sends to it too (children inherit what is blocked).

    A flow that is interrupted tells its server so; without one it would knock for minutes before it ends.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _logging_to(state: StateFolder) -> Iterator[None]:
    """Write the project's log to the state folder for the time of a run."""
    try:
        handler = RotatingFileHandler(
            state.log, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", delay=True
        )
    except OSError as error:
        raise OutputError(f"Loggen {state.log} går inte att skriva ({system_reason(error)}).") from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("oj")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()
