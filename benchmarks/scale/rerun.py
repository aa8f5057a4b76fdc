"""Warm runs over a folder that has been read: nothing changed, one document changed, one alias changed."""

from __future__ import annotations

import csv
import shutil
import statistics
import time
from pathlib import Path
from typing import Any

from benchmarks.made.corpus import rendered
from benchmarks.scale.runs import ROOT, run, written_since

REGISTERS = ROOT / "pipeline" / "reference"
ALIASES = "indicator_aliases.csv"
#: Of so many unchanged runs the middle one counts: starting a process varies.
TIMES = 3


def rerun(raw: Path, out: Path, workers: int) -> dict[str, Any]:
    """Seconds and what was done again, after a run over ``raw`` gave ``out``."""
    state = out.with_name(f"{out.name}.state")
    unchanged = [run(raw, out, workers=workers) for _ in range(TIMES)]
    files = sorted(raw.glob("*.pdf"))
    # The next document that the corpus would hold takes the place of one in the middle.
    other = rendered(len(files) + 1)[-1]
    changed = files[len(files) // 2]
    changed.unlink()
    shutil.copyfile(other, changed)
    began = time.time_ns()
    one_document = run(raw, out, workers=workers)
    document_done = _done(state, began)
    folder = _registers_with_one_alias(out.parent / "registers")
    began = time.time_ns()
    one_alias = run(raw, out, "--no-exports", "--registers", str(folder), workers=workers)
    return {
        "unchanged": {
            "wall_s": round(statistics.median(one.wall for one in unchanged), 2),
            "cpu_s": round(statistics.median(one.cpu for one in unchanged), 2),
            "same_dataset": len({one.dataset for one in unchanged}) == 1,
        },
        "one_document": {"wall_s": round(one_document.wall, 2), "cpu_s": round(one_document.cpu, 2)}
        | document_done,
        "one_alias": {
            "wall_s": round(one_alias.wall, 2),
            "cpu_s": round(one_alias.cpu, 2),
            "cpu_ms_a_page": round(one_alias.ms_a_page, 2),
        }
        | _done(state, began),
    }


def _done(state: Path, moment_ns: int) -> dict[str, int]:
    """How many files were extracted, and how many given their meaning, since a moment."""
    return {
        "extracted": written_since(state, ".extract", moment_ns),
        "given_meaning": written_since(state, ".part", moment_ns),
    }


def _registers_with_one_alias(folder: Path) -> Path:
    """A copy of the program's registers in which one indicator has one more spelling."""
    shutil.copytree(REGISTERS, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "*.md"))
    with (folder / "indicators.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    with (folder / ALIASES).open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    row = {"alias": "Stavning som inget dokument har", "indicator_id": first["indicator_id"]}
    with (folder / ALIASES).open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="", lineterminator="\n").writerow(row)
    return folder
