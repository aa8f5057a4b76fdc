"""``oj serve``: one machine that runs the flows on schedule, with a Prefect server of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import WrongCallError
from flows.leftovers import end_left_server, forget_server, remember_server
from flows.running import PrefectUnreachableError, set_prefect_environment
from flows.state import StateFolder, state_for

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

#: How long a starting server is waited for (seconds): busy machines are slow.
START_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What ``oj serve`` was asked to do.

    Attributes:
        cron: when the nightly flow runs, five fields, in ``timezone``.
        port: of the Prefect server that is started when PREFECT_API_URL names none.
        notify: slugs of notification blocks.
    """

    raw: Path
    out: Path
    state: Path | None = None
    sources: Path | None = None
    cron: str = "30 2 * * *"
    timezone: str = "Europe/Stockholm"
    workers: int = 2
    port: int = 4200
    notify: tuple[str, ...] = ()


def serve_flows(options: ServeOptions) -> int:
    """Serve the nightly flow on its schedule, and every flow by hand, until interrupted; gives 0.

    Raises:
        WrongCallError: the schedule is none. PrefectUnreachableError: the server does not start.
        OutputError: the state folder cannot be written.
    """
    check_cron(options.cron)
    state = state_for(options.out, options.state)
    set_prefect_environment(state)
    os.environ.pop("PREFECT_SERVER_EPHEMERAL_ENABLED", None)
    with _server(state, options.port):
        from prefect import serve

        from flows.screens import say

        say(f"Väntar på nästa körning ({options.cron}). Körningarna visas på {os.environ['PREFECT_API_URL']}")
        serve(*deployments(options), limit=1, print_starting_message=False)
    return 0


def deployments(options: ServeOptions) -> list[RunnerDeployment]:
    """One deployment a flow; only the nightly one has a schedule.

    One run at a time is the runner's limit, over all flows: a deployment's own limit would let two different
    flows run at once, and hangs on a lease that Prefect 3.8 keeps in its server's memory. When the server is
    restarted while a run holds it, the run is cancelled if it was still pending, and the place is never given
    back: measured, every later run of the deployment waits for ever. Under it all lies the run lock.
    """
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.types.entrypoint import EntrypointType

    from flows import main

    places = {
        "raw": str(options.raw.resolve()),
        "out": str(options.out.resolve()),
        "state": None if options.state is None else str(options.state.resolve()),
        "notify": list(options.notify),
    }
    sources = {"sources": None if options.sources is None else str(options.sources.resolve())}
    workers = {"workers": options.workers}
    schedule = CronSchedule(cron=options.cron, timezone=options.timezone)
    given: dict[Any, dict[str, Any]] = {
        main.nightly_flow: places | sources | workers,
        main.ingest_flow: places | sources,
        main.extract_flow: places | workers,
        main.normalise_flow: places | workers,
        main.check_flow: places | workers,
        main.publish_flow: places | workers,
    }
    return [
        flow.to_deployment(
            name="oj",
            parameters=parameters,
            schedule=schedule if flow is main.nightly_flow else None,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for flow, parameters in given.items()
    ]


def check_cron(cron: str) -> None:
    """Make sure that a schedule is one.

    Raises:
        WrongCallError: it is none.
    """
    from prefect.client.schemas.schedules import CronSchedule
    from pydantic import ValidationError

    try:
        CronSchedule(cron=cron)
    except ValidationError as error:
        raise WrongCallError(
            f"”{cron}” är ingen tidtabell: ange fem fält som i crontab, till exempel ”30 2 * * *”."
        ) from error


@contextmanager
def _server(state: StateFolder, port: int) -> Iterator[None]:
    """A Prefect server for as long as the block lasts, unless PREFECT_API_URL names one already."""
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    end_left_server(state)
    address = f"http://127.0.0.1:{port}/api"
    with (state.root / "prefect-server.log").open("ab") as log:
        server = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C ends the runs first, and they tell the server
        )
    remember_server(state, server.pid)
    os.environ["PREFECT_API_URL"] = address
    try:
        _wait_until_up(server, address)
        yield
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        forget_server(state)


def _wait_until_up(server: subprocess.Popen[bytes], address: str) -> None:
    import httpx

    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{address}/health", trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise PrefectUnreachableError(
        f"Prefect-servern på {address} startade inte: se prefect-server.log i tillståndsmappen, "
        "eller ange en annan port med --port."
    )
