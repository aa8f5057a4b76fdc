"""``python -m benchmarks [name …]``: run all benchmarks, or the named ones, and keep what they measured."""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import os
import pkgutil
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

import benchmarks
from benchmarks.goals import changed, show_goals

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark as found: its name, what runs it and the words that it takes of the command line."""

    name: str
    title: str
    run: Callable[..., dict[str, Any]]
    options: frozenset[str]


def found(wanted: Sequence[str]) -> dict[str, Benchmark]:
    """Every module and package beside this one that has ``NAME`` and ``run``, by name.

    Only the wanted ones are imported when they are all called as their files are.
    """
    files = [info.name for info in pkgutil.iter_modules(benchmarks.__path__) if info.name[0] != "_"]
    chosen = [name for name in files if name in wanted] if set(wanted) <= set(files) and wanted else files
    all_of_them = {}
    for file in chosen:
        module = importlib.import_module(f"benchmarks.{file}")
        name, run = getattr(module, "NAME", None), getattr(module, "run", None)
        if isinstance(name, str) and callable(run):
            title = (module.__doc__ or "").strip().splitlines()[0]
            options = frozenset(inspect.signature(run).parameters)
            all_of_them[name] = Benchmark(name, title, run, options)
    return all_of_them


def kept() -> dict[str, Any]:
    """The figures of results.json, by benchmark."""
    had: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    return had


def machine() -> dict[str, Any]:
    """What the figures were measured on: nothing that names the machine."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "processor": model or platform.machine(),
        "python": platform.python_version(),
        "system": platform.system(),
    }


def keep(name: str, measured: dict[str, Any]) -> None:
    """Put the figures of one benchmark into results.json beside those of the others."""
    had = kept() | {name: measured, "machine": machine()}
    text = json.dumps(had, ensure_ascii=False, indent=2, sort_keys=True)
    RESULTS.write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Mäter kvalitet och tid.")
    parser.add_argument("names", nargs="*", metavar="namn", help="vilka (annars alla)")
    parser.add_argument("--show", type=int, default=0, help="visa så många missar i klartext (sparas inte)")
    parser.add_argument("--only", default="", help="bara mutationer och dokument vars namn innehåller detta")
    parser.add_argument("--quick", action="store_true", help="små underlag, inget sparas")
    chosen = parser.parse_args()
    known = found(chosen.names)
    if unknown := sorted(set(chosen.names) - set(known)):
        parser.error(f"okänd mätning: {', '.join(unknown)}; det finns: {', '.join(known)}")
    console = Console(width=140)
    before, told = kept(), dict[str, Any]()
    for name in chosen.names or known:
        bench = known[name]
        console.rule(f"{name}: {bench.title}")
        given = {"show": chosen.show, "only": chosen.only, "quick": chosen.quick}
        began = time.perf_counter()
        measured = bench.run(**{key: value for key, value in given.items() if key in bench.options})
        console.print(f"{name}: {time.perf_counter() - began:.0f} s")
        told[name] = measured
        if not chosen.only and not chosen.quick:
            keep(name, measured)
    show_goals(told, console)
    if not chosen.quick and (different := changed(before, told)):
        console.print(f"[bold red]{different}[/]")


if __name__ == "__main__":
    main()
