"""The checks that compare documents, over the kept parts of a run: time and memory for more and more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.scale.runs import ROOT

COMPARE = "from benchmarks.scale.across import main; main()"


def across(state: Path, counts: Sequence[int]) -> list[dict[str, float]]:
    """For each count of documents: seconds of processor time and peak MiB, in a process of its own."""
    measured = []
    for count in counts:
        said = subprocess.run(
            [sys.executable, "-c", COMPARE, str(state), str(count)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            text=True,
            check=True,
        ).stdout
        measured.append(json.loads(said))
    return measured


def main() -> None:
    """Compare the first documents of a state folder and print what it took."""
    from flows.across import cross_document_flags
    from pipeline.dataset import read_parts
    from pipeline.reference import load_registers

    folder, count = Path(sys.argv[1]) / "parts", int(sys.argv[2])
    registers = load_registers()
    listed = sorted(read_parts(folder), key=lambda part: part.file_name)
    cross_document_flags(listed[:1], registers)  # imports are no part of the growth
    began = time.process_time()
    flags = cross_document_flags(listed[:count], registers)
    seconds = time.process_time() - began
    status = Path("/proc/self/status").read_text()
    peak = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024
    told = {"documents": count, "cpu_s": round(seconds, 3), "peak_mib": round(peak), "flags": len(flags)}
    sys.stdout.write(json.dumps(told) + "\n")
