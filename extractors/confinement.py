"""What a worker process may use, and what it died of when it took more."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20
#: One thread a worker: the workers are the parallelism, and sums in one order give the same bytes.
#: CMAP_PATH would let the environment choose the character maps that pdfminer loads.
QUIET_ENVIRONMENT: dict[str, str | None] = {
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "CMAP_PATH": None,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may use.

    Attributes:
        cpu_seconds: processor time of the worker itself (a program it starts has as much again).
        wall_seconds: time on the clock; generous, since shared machines are slow. It ends what waits
            without computing.
        memory_bytes: address space beyond what the worker has when it starts. Reading takes some 75 MiB, a
            scanned page some 200; the registers and the language model some 200 more.
        file_bytes: size of any file that it writes.
        tasks_per_worker: after so many tasks a worker is replaced: what it remembers of words and labels is
            bounded, but fills for hundreds of documents (286 MiB at 500 tasks, measured; a fresh worker
            takes half a second to get warm).
    """

    cpu_seconds: int = 600
    wall_seconds: float = 3600.0
    memory_bytes: int = 1024 * MIB
    file_bytes: int = 2048 * MIB
    tasks_per_worker: int = 200


@contextmanager
def quiet_environment() -> Iterator[None]:
    """The environment that workers are to inherit, for as long as the block lasts."""
    before = {name: os.environ.get(name) for name in QUIET_ENVIRONMENT}
    _set_environment(QUIET_ENVIRONMENT)
    try:
        yield
    finally:
        _set_environment(before)


def _set_environment(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def confine(limits: Limits, folder: Path) -> None:
    """Put the calling process under ``limits``; its output, errors and temporary files go to ``folder``.

    It leads a process group of its own, so that the programs it starts can be ended with it, and an
    interrupt from the keyboard reaches only the parent, which ends its workers itself.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    _set_environment(QUIET_ENVIRONMENT)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    with (folder / "stderr").open("wb") as errors:
        os.dup2(errors.fileno(), 1)
        os.dup2(errors.fileno(), 2)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="replace", closefd=False, buffering=1)
    if sys.platform == "win32":
        return
    import resource

    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, limits.file_bytes)
    _lower(resource.RLIMIT_AS, _address_space() + limits.memory_bytes)


def grant_cpu_seconds(seconds: int) -> None:
    """Let the calling process use ``seconds`` of processor time from now on."""
    if sys.platform == "win32":
        return
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime) + 1 + seconds)


def _lower(kind: int, soft: int) -> None:
    """Set a soft limit, never above the hard one (which is left alone)."""
    import resource

    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _address_space() -> int:
    """Bytes of address space that the calling process has now (0 where the system does not tell)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def died_of(exit_code: int | None, detail: str, limits: Limits) -> tuple[str, str]:
    """Code and Swedish sentence for a worker that gave no answer.

    Args:
        exit_code: of the process; negative is the signal that ended it; None when it overran the clock.
        detail: what it had written to its error stream.
    """
    if exit_code is None:
        minutes = limits.wall_seconds / 60
        return "tidsgrans", f"Läsningen avbröts: den var inte klar efter {minutes:g} minuter."
    if sys.platform != "win32" and exit_code == -signal.SIGXCPU:
        return "cpu-grans", f"Läsningen avbröts: den tog mer än {limits.cpu_seconds} sekunder processortid."
    if "[Errno 27]" in detail:  # EFBIG: Python ignores the signal, so the write fails instead
        return "filgrans", f"Läsningen avbröts: den skrev en fil över {limits.file_bytes // MIB} MiB."
    # C code that is refused memory calls abort (pdfium: FX_OutOfMemoryTerminate); one that finds its memory
    # damaged says so before it does.
    aborted = sys.platform != "win32" and exit_code == -signal.SIGABRT and not detail.strip()
    if aborted or "MemoryError" in detail or "bad_alloc" in detail:
        return "minnesgrans", f"Läsningen avbröts: den behövde mer än {limits.memory_bytes // MIB} MiB minne."
    if exit_code < 0:
        if sys.platform != "win32" and exit_code == -signal.SIGKILL:
            return "krasch", "Läsningen dödades av systemet, oftast för att datorns eget minne var slut."
        return "krasch", f"Läsningen kraschade (signal {-exit_code}): filen är skadad eller mycket ovanlig."
    return "internt-fel", "Läsningen stötte på ett fel i programmet; se loggen i tillståndsmappen."
