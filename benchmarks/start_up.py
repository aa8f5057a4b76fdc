"""How long ``oj --help`` takes, and what importing the command line costs."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from typing import Any

from rich.console import Console

from benchmarks.scale.runs import OJ, ROOT

NAME = "start_up"
TIMES = 9
#: Modules that take long to import: none of them may be loaded by ``--help``.
HEAVY = (
    "numpy",
    "pandas",
    "pyarrow",
    "spacy",
    "prefect",
    "duckdb",
    "pypdfium2",
    "camelot",
    "altair",
    "fastapi",
)
_TOLD = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|\s*([\w.]+)")


def run() -> dict[str, Any]:
    """The middle of several starts, in seconds, and the heavy modules that ``--help`` loads (none)."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", OJ, "--help"]
    taken = []
    for _ in range(TIMES + 1):
        began = time.perf_counter()
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - began)
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", OJ, "--help"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    modules = {name: int(whole) / 1e6 for _, whole, name in _TOLD.findall(told)}
    measured = {
        "help_s": round(statistics.median(taken[1:]), 3),
        "import_s": round(modules.get("flows.cli", 0.0), 3),
        "modules": len(modules),
        "heavy": sorted(name for name in HEAVY if name in modules),
    }
    Console(width=140).print(f"oj --help: {measured}")
    return measured
