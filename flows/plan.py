"""What a run is asked to do and what it has found to do: written down, so that tasks hand on paths only."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.inputs import InputFile
from flows.state import StateFolder, run_lock, state_for
from pipeline.dataset.files import atomic_write

#: Documents a batch: a Prefect task costs tens of milliseconds whatever it does.
BATCH_SIZE = 100
#: MiB that a reader may take beyond what it starts with; ``extractors.confinement.Limits`` has the figures.
MEMORY_MB = 1024


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What ``oj run`` was asked to do.

    Attributes:
        raw: the inbox. out: folder of the dataset. state: its state folder (None: ``<OUT>.state``).
        workers: processes that read files at the same time.
        force: read every file anew, also what has been read before.
        registers: folder of registers; None is the ones that come with the program.
        batch_size: files a task.
        exports: write the analysts' files beside the Parquet files.
        memory: MiB that reading one file may take beyond what a reader starts with.
    """

    raw: Path
    out: Path
    state: Path | None = None
    workers: int = os.cpu_count() or 1
    force: bool = False
    registers: Path | None = None
    batch_size: int = BATCH_SIZE
    exports: bool = True
    memory: int = MEMORY_MB

    @property
    def state_folder(self) -> StateFolder:
        """The state folder that belongs to ``out``.

        Raises:
            WrongCallError: it would lie inside the dataset.
        """
        return state_for(self.out, self.state)


@dataclass(frozen=True, slots=True)
class Plan:
    """One run, as every batch of it finds it on disk.

    Attributes:
        folder: the run's own folder inside the state folder; it goes when the run ends.
        parts, extracts: where results are kept from run to run.
        files: the inbox, sorted by name; keys: name of the stored result of each, in the same order.
        raw: the inbox. The other fields are those of :class:`RunOptions`.
    """

    folder: Path
    parts: Path
    extracts: Path
    raw: Path
    registers: Path | None
    workers: int
    force: bool
    files: tuple[InputFile, ...]
    keys: tuple[str, ...]
    batch_size: int = BATCH_SIZE
    memory: int = MEMORY_MB

    @property
    def path(self) -> Path:
        """The file that the plan is written to."""
        return self.folder / "plan.json"

    @property
    def failed(self) -> Path:
        """Parts that count for this run only: a crash or a time-out is never kept as a result."""
        return self.folder / "parts"

    @property
    def n_batches(self) -> int:
        """How many batches the files make."""
        return -(-len(self.files) // self.batch_size)

    def files_before(self, number: int) -> int:
        """How many files the batches before the 0-based ``number`` hold."""
        return number * self.batch_size

    def batch(self, number: int) -> tuple[tuple[InputFile, str], ...]:
        """Files and keys of the 0-based batch."""
        chosen = slice(number * self.batch_size, (number + 1) * self.batch_size)
        return tuple(zip(self.files[chosen], self.keys[chosen], strict=True))


def write_plan(plan: Plan) -> Path:
    """Write the plan into its run folder and give its path."""
    stored = asdict(plan)
    atomic_write(plan.path, json.dumps(stored, default=str).encode("ascii"))
    return plan.path


def read_plan(path: Path) -> Plan:
    """The plan that :func:`write_plan` wrote."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    for name in ("folder", "parts", "extracts", "raw", "registers"):
        stored[name] = None if stored[name] is None else Path(stored[name])
    stored["files"] = tuple(InputFile(**{**file, "path": Path(file["path"])}) for file in stored["files"])
    stored["keys"] = tuple(stored["keys"])
    return Plan(**stored)


def write_result(plan: Plan, number: int, kept: Mapping[str, str]) -> Path:
    """Write the key of the part of each file of a batch, by file name."""
    path = plan.folder / f"batch-{number:05d}.json"
    atomic_write(path, json.dumps(kept, sort_keys=True).encode("utf-8"))
    return path


def read_result(path: Path) -> dict[str, str]:
    """What :func:`write_result` wrote."""
    stored: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return stored


@contextmanager
def open_run(options: RunOptions) -> Iterator[Path]:
    """Hold the lock of the state folder and give the run's own empty folder, which goes in the end.

    Raises:
        OutputError: the state folder cannot be written. BusyError: another run holds it.
    """
    state = options.state_folder
    state.make()
    with run_lock(state):
        folder = state.root / "run"
        shutil.rmtree(folder, ignore_errors=True)  # what a killed run left
        folder.mkdir(exist_ok=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
