"""``python -m benchmarks.scale.watch LOG COMMAND …``: run a command and print what it and its children used.

Workers are children of a fork server that outlives the command, so the command's own account misses them:
this process adopts what the command leaves behind (Linux: PR_SET_CHILD_SUBREAPER) and adds all accounts up.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
#: Seconds between two looks at the memory of all processes; of which every so many-th sums shares of pages.
LOOK, SUM_EVERY = 0.1, 5
MIB = 1024.0


class Memory:
    """Highest resident memory seen: of the command itself, of one process below it, and of all together."""

    def __init__(self) -> None:
        self.parent = self.worker = self.together = 0.0
        self._known: dict[int, bool] = {}

    def look(self, command: int, *, add_up: bool) -> None:
        """Look at all processes below this one once."""
        pids = list(_below(os.getpid()))
        for pid in pids:
            is_parent = self._known.setdefault(pid, pid == command)
            peak = _status(pid, "VmHWM")
            if is_parent:
                self.parent = max(self.parent, peak)
            else:
                self.worker = max(self.worker, peak)
        if add_up:
            self.together = max(self.together, sum(_share(pid) for pid in pids))


def _below(pid: int) -> list[int]:
    found: list[int] = []
    waiting = [pid]
    while waiting:
        try:
            tasks = [path.read_text() for path in Path(f"/proc/{waiting.pop()}/task").glob("*/children")]
        except OSError:
            continue
        children = [int(word) for text in tasks for word in text.split()]
        found += children
        waiting += children
    return found


def _status(pid: int, name: str) -> float:
    """A field of a process's status in MiB; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / MIB for line in lines if line.startswith(name)), 0.0)


def _share(pid: int) -> float:
    """The process's share of the memory it uses (pages that several use are shared between them) in MiB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / MIB for line in lines if line.startswith("Pss:")), 0.0)


def watch(command: list[str], log: Path) -> dict[str, float]:
    """Run to the end; gives seconds by the clock and of processors, exit code and MiB."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    memory, cpu, code, looks, began = Memory(), 0.0, 1, 0, time.perf_counter()
    wall = 0.0
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        while True:
            memory.look(process.pid, add_up=looks % SUM_EVERY == 0)
            looks += 1
            try:
                pid, status, used = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid == 0:
                time.sleep(LOOK)
                continue
            cpu += used.ru_utime + used.ru_stime
            if pid == process.pid:
                code, wall = os.waitstatus_to_exitcode(status), time.perf_counter() - began
    return {
        "wall": wall,
        "cpu": cpu,
        "code": code,
        "parent_mib": memory.parent,
        "worker_mib": memory.worker,
        "together_mib": memory.together,
    }


def main() -> None:
    """Read the command line, run, print one line of JSON."""
    sys.stdout.write(json.dumps(watch(sys.argv[2:], Path(sys.argv[1]))) + "\n")


if __name__ == "__main__":
    main()
