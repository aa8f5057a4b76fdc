"""The state folder beside the dataset: run lock, ledger and the places of parts and of Prefect's home.

Nothing in here is needed to read the dataset; deleting the dataset loses nothing of what is here.
"""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from flows.errors import BusyError, WrongCallError, system_reason
from pipeline.dataset.files import atomic_write
from pipeline.errors import OutputError

LEDGER_VERSION = 1


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What the last run that finished knew of one input file.

    Attributes:
        sha256: of the file's bytes.
        part: name of the folder of its parts, None when its result was not kept.
        status: ``ok``, ``partial``, ``quarantined`` (the worst of its documents) or ``withdrawn``.
        reason: Swedish sentence when not ok.
        documents: what documents.parquet said of each document but for its counts, as JSON can hold it.
        replaced: the same of documents that stood under this name before, in files with other bytes.
    """

    sha256: str
    part: str | None
    status: str
    reason: str | None = None
    documents: list[dict[str, Any]] = field(default_factory=list)
    replaced: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StateFolder:
    """Where what the project keeps for itself lies."""

    root: Path

    @property
    def parts(self) -> Path:
        """Content-addressed results, one folder per input file."""
        return self.root / "parts"

    @property
    def extracts(self) -> Path:
        """Content-addressed readings of PDF files, before any register was asked."""
        return self.root / "extracts"

    @property
    def across(self) -> Path:
        """The result of the checks that compare documents."""
        return self.root / "across"

    @property
    def sources(self) -> Path:
        """Fetched documents by content, and what their hosts said of them."""
        return self.root / "sources"

    @property
    def prefect(self) -> Path:
        """PREFECT_HOME."""
        return self.root / "prefect"

    @property
    def log(self) -> Path:
        """What went wrong inside the program, with tracebacks, for those who mend it."""
        return self.root / "oj.log"

    @property
    def ledger(self) -> Path:
        """What the last run knew of every input file."""
        return self.root / "ledger.json"

    def make(self) -> None:
        """Create the folder.

        Raises:
            OutputError: it cannot be created or written in.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.root):
                pass
        except OSError as error:
            raise OutputError(
                f"Tillståndsmappen {self.root} går inte att skriva i ({system_reason(error)}): "
                "ange en annan med --state.",
                code="tillstand",
            ) from error


def state_for(out: Path, state: Path | None) -> StateFolder:
    """The state folder of a dataset: the one asked for, else ``<OUT>.state`` beside it.

    Raises:
        WrongCallError: the folder asked for lies inside the dataset, where deleting OUT would delete it.
    """
    out = out.resolve()
    root = out.with_name(out.name + ".state") if state is None else state.resolve()
    if root == out or out in root.parents:
        raise WrongCallError(
            f"Tillståndsmappen {root} ligger inne i {out}: lägg den utanför, så att datamängden kan "
            "tas bort utan att besluten följer med."
        )
    return StateFolder(root)


@contextmanager
def run_lock(state: StateFolder) -> Iterator[None]:
    """Hold the state folder for one run; the system lets go of the lock however the process ends.

    Raises:
        BusyError: another run holds it.
    """
    path = state.root / "lock"
    with path.open("a+", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            handle.seek(0)
            who = handle.read().strip()
            raise BusyError(
                f"En annan körning{f' (process {who})' if who else ''} skriver redan samma datamängd: "
                "vänta tills den är klar, eller ange en annan mapp med --out.",
            ) from error
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        yield


def read_ledger(state: StateFolder) -> dict[str, LedgerRow]:
    """Rows by file name; empty when there is no ledger or it is of another version or damaged."""
    try:
        stored = json.loads(state.ledger.read_text(encoding="utf-8"))
        if stored["version"] != LEDGER_VERSION:
            return {}
        return {name: LedgerRow(**row) for name, row in stored["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_ledger(state: StateFolder, rows: Mapping[str, LedgerRow]) -> None:
    """Replace the ledger in one step."""
    text = json.dumps(
        {"version": LEDGER_VERSION, "files": {name: asdict(rows[name]) for name in sorted(rows)}},
        ensure_ascii=False,
        indent=1,
    )
    atomic_write(state.ledger, text.encode("utf-8"))
