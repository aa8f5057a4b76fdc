"""Prefect for real: a server, workers and runners in processes of their own, and what their server says."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx

#: How long a busy machine may take for any one of these (seconds).
PATIENCE = 240.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def wait_for(what: str, ready: Callable[[], Any], *processes: "subprocess.Popen[bytes]") -> Any:
    """Ask until the answer is true; fails when a process ends meanwhile or patience does."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if answer := ready():
            return answer
        assert all(process.poll() is None for process in processes), f"a process ended before {what}"
        time.sleep(0.3)
    raise AssertionError(f"waited in vain for {what}")


@contextmanager
def running(call: Sequence[str], log: Path, **environment: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A process in a session of its own for as long as the block lasts; its words go to a file."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    with log.open("ab") as words:
        process = subprocess.Popen(
            [sys.executable, *call],
            env=kept | {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"} | environment,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@dataclass(frozen=True)
class Api:
    """Prefect's API at an address."""

    address: str

    def is_up(self) -> bool:
        try:
            return httpx.get(f"{self.address}/health", trust_env=False).is_success
        except httpx.TransportError:
            return False

    def ask(self, method: str, path: str, content: Any = None) -> Any:
        for _ in range(20):
            answer = httpx.request(
                method, f"{self.address}/{path}", json=content, trust_env=False, timeout=60
            )
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:  # what a busy SQLite makes of a request
                break
            time.sleep(0.5)
        answer.raise_for_status()
        return answer.json()

    def deployment(self, flow: str) -> dict[str, Any] | None:
        answer = httpx.get(f"{self.address}/deployments/name/{flow}/oj", trust_env=False, timeout=60)
        return dict(answer.json()) if answer.is_success else None

    def start(self, flow: str) -> str:
        """Order a run of a deployment for now; gives its id."""
        found = self.deployment(flow)
        assert found is not None
        made = self.ask(
            "POST", f"deployments/{found['id']}/create_flow_run", {"state": {"type": "SCHEDULED"}}
        )
        return str(made["id"])

    def states(self, run: str) -> list[str]:
        """The names of the states that a run went through, in their order."""
        found = self.ask("GET", f"flow_run_states/?flow_run_id={run}")
        return [str(state["name"]) for state in sorted(found, key=lambda state: str(state["timestamp"]))]

    def ended(self, runs: Sequence[str]) -> list[dict[str, Any]] | None:
        """The runs when all of them have ended, in the order in which they began."""
        found = [self.ask("GET", f"flow_runs/{run}") for run in runs]
        if any(run["end_time"] is None for run in found):
            return None
        return sorted(found, key=lambda run: str(run["start_time"]))


def one_after_the_other(runs: Sequence[dict[str, Any]]) -> bool:
    """Whether no run began before the one before it had ended (times as Prefect writes them sort as text)."""
    return all(first["end_time"] <= second["start_time"] for first, second in pairwise(runs))
