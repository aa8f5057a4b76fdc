"""Prefect servers that a killed run left behind: the next run on the same state folder ends them."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from flows.state import StateFolder
from pipeline.dataset.files import atomic_write

#: How long a server that was asked to stop may take before it is killed (seconds).
STOP_SECONDS = 5.0
NAME = "server.json"


def remember_server(state: StateFolder, pid: int) -> None:
    """Write down which server belongs to the state folder."""
    content = json.dumps({"pid": pid, "started": _started(pid)})
    atomic_write(state.prefect / NAME, content.encode("ascii"))


def forget_server(state: StateFolder) -> None:
    """The server has been stopped by who started it."""
    with suppress(OSError):
        (state.prefect / NAME).unlink()


def end_left_server(state: StateFolder) -> bool:
    """End the server that an earlier run started and could not stop; gives whether there was one.

    The process must be the very one that was written down: a number that now belongs to another process
    (it began at another time) is left alone. To be called by who holds the state folder's lock.
    """
    try:
        stored = json.loads((state.prefect / NAME).read_text(encoding="ascii"))
        pid, started = int(stored["pid"]), stored["started"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    forget_server(state)
    if started is None or _started(pid) != started:
        return False
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while _started(pid) == started and time.monotonic() < until:
            time.sleep(0.05)
        if _started(pid) == started:
            os.kill(pid, signal.SIGKILL)
    return True


def _started(pid: int) -> str | None:
    """When a process began, as the kernel counts it; None when it is gone or the system does not tell.

    A process that has ended but has not been waited for (a zombie) counts as gone.
    """
    try:
        # proc(5): the name in brackets may hold anything; state is the field after it, start time the 20th.
        fields = (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        )
    except OSError:
        return None
    return None if fields[0] == "Z" else fields[19]
