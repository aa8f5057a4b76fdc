"""Runs of ``oj run`` in processes of their own: what each took, and a name for the dataset it gave."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
#: Workers import the program anew: what runs must be guarded.
OJ = """
if __name__ == "__main__":
    import sys
    from flows.cli import main
    sys.exit(main())
"""
#: A local cluster of two processes that may start processes, and a run on it (see ``flows.cluster``).
ON_CLUSTER = """
import sys
def start():
    import dask
    from distributed import LocalCluster
    from flows.cli import main
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
    ):
        sys.argv += ["--scheduler", cluster.scheduler_address]
        return main()
if __name__ == "__main__":
    sys.exit(start())
"""


class RunFailedError(RuntimeError):
    """A run did not end well; holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds by the clock and of processors (all processes), MiB, and what it published."""

    wall: float
    cpu: float
    parent_mib: float
    worker_mib: float
    together_mib: float
    facts: dict[str, Any]
    dataset: str

    @property
    def pages(self) -> int:
        """Pages of the dataset."""
        return int(self.facts["inputs"]["pages"])

    @property
    def documents(self) -> int:
        """Input files of the dataset."""
        return int(self.facts["inputs"]["count"])

    @property
    def ms_a_page(self) -> float:
        """Milliseconds of processor time a page."""
        return 1000 * self.cpu / self.pages

    def figures(self) -> dict[str, Any]:
        """What results.json keeps of a run."""
        return {
            "documents": self.documents,
            "pages": self.pages,
            "wall_s": round(self.wall, 2),
            "cpu_s": round(self.cpu, 2),
            "cpu_ms_a_page": round(self.ms_a_page, 2),
            "parent_mib": round(self.parent_mib),
            "worker_mib": round(self.worker_mib),
            "together_mib": round(self.together_mib),
            "dataset": self.dataset,
        }


def run(raw: Path, out: Path, *more: str, workers: int, program: str = OJ, direct: bool = True) -> Run:
    """Run ``oj run`` on an inbox.

    Args:
        more: further words of the command line.
        program: Python source that reads the command line.

    Raises:
        RunFailedError: it did not end well.
    """
    log = out.parent / f"{out.name}.log"
    script = out.parent / "program.py"
    script.write_text(program, encoding="utf-8")
    words = ["run", str(raw), "--out", str(out), "--workers", str(workers), *more]
    command = [sys.executable, str(script), *words, *(["--direct"] if direct else [])]
    told = _watched(command, log)
    if told["code"]:
        raise RunFailedError(f"{' '.join(words)}\n{log.read_text(encoding='utf-8')[-2000:]}")
    facts = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return Run(
        told["wall"],
        told["cpu"],
        told["parent_mib"],
        told["worker_mib"],
        told["together_mib"],
        facts,
        dataset_digest(facts),
    )


def _watched(command: Sequence[str], log: Path) -> dict[str, float]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale.watch", str(log), *command],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    told: dict[str, float] = json.loads(said)
    return told


def dataset_digest(facts: dict[str, Any]) -> str:
    """A name for the bytes of all Parquet files, as run.json has them."""
    sums = [
        f"{name} {one['sha256']}"
        for name, one in sorted(facts["outputs"].items())
        if name.endswith(".parquet") and "/" not in name
    ]
    return hashlib.sha256("\n".join(sums).encode()).hexdigest()[:16]


def written_since(folder: Path, suffix: str, moment_ns: int) -> int:
    """How many files of that suffix below a folder were written after a moment."""
    return sum(path.stat().st_mtime_ns > moment_ns for path in folder.rglob(f"*{suffix}"))
