"""How much of the published tables is read rightly: the scorers on what the real stages publish."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.restyled import restyled
from benchmarks.shared import CORPUS, ICDAR, TOOLS, present

NAME = "quality"
_VARIANTS = ("ruled", "zebra", "booktabs", "twocol", "word", "scan")
_OBSERVATIONS = re.compile(
    r"recall (?P<recall>[\d.]+) \((?P<found>\d+)/(?P<gold>\d+)\) precision (?P<precision>[\d.]+) "
    r"\((?P<used>\d+)/(?P<given>\d+)\) wrong values (?P<wrong>\d+)"
)
_RELATIONS = re.compile(
    r"(?P<documents>\d+) documents: P (?P<p>[\d.]+) R (?P<r>[\d.]+) F1 (?P<f1>[\d.]+); "
    r"fully ruled (?P<n_ruled>\d+): F1 (?P<ruled>[\d.]+)"
)


def publish(files: Sequence[Path], folder: Path) -> Path:
    """Take the files through ``oj run --direct`` and give the folder of the dataset."""
    from flows.plan import RunOptions
    from flows.stages import run_direct

    raw, out = folder / "raw", folder / "out"
    raw.mkdir(parents=True)
    for path in files:
        shutil.copy(path, raw)
    run_direct(RunOptions(raw=raw, out=out, workers=1, exports=False))
    return out


def scored(script: str, out: Path, *arguments: str) -> str:
    """What a scorer prints about a dataset."""
    command = [sys.executable, str(TOOLS / script), str(out), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _numbers(pattern: re.Pattern[str], text: str) -> dict[str, float]:
    found = pattern.search(text)
    return {key: float(value) for key, value in found.groupdict().items()} if found else {}


def run() -> dict[str, Any]:
    """Score every variant of the corpus and the public table set."""
    console = Console(width=140)
    styles = _samples_in_other_styles(console)
    if not present(console, CORPUS, ICDAR, TOOLS):
        return {"samples in other styles": styles}
    gold = str(CORPUS / "gold_observations.csv")
    measured: dict[str, Any] = {"samples in other styles": styles}
    with tempfile.TemporaryDirectory() as folder:
        for variant in _VARIANTS:
            files = sorted(CORPUS.glob(f"*.{variant}.pdf"))
            text = scored("score.py", publish(files, Path(folder) / variant), gold, "--show", "0")
            measured[variant] = {"files": len(files), **_numbers(_OBSERVATIONS, text)}
        out = publish(sorted(ICDAR.glob("*.pdf")), Path(folder) / "icdar")
        text = scored("score_icdar.py", out, str(ICDAR), "--subset", str(ICDAR / "subset.csv"))
        measured["icdar2013"] = _numbers(_RELATIONS, text)
    _show(console, measured)
    return measured


def _samples_in_other_styles(console: Console) -> dict[str, dict[str, int]]:
    """Print and give how many cells of our own samples are right in every style they are set in."""
    made: dict[str, dict[str, int]] = {}
    for one in restyled():
        row = made.setdefault(one.style, {"cells": 0, "right": 0, "tables": 0, "whole": 0})
        for key in row:
            row[key] += getattr(one, key)
    table = Table(title="Egna exempel i andra sättningar: celler på sin plats med sin text")
    for head in ("sättning", "celler", "rätt", "tabeller", "hela"):
        table.add_column(head, justify="left" if head == "sättning" else "right")
    for style, row in made.items():
        table.add_row(style, *(str(row[key]) for key in ("cells", "right", "tables", "whole")))
    console.print(table)
    return made


def _show(console: Console, measured: dict[str, Any]) -> None:
    table = Table(title="Observationer mot facit (golv: 1,000 och 1,000; inskannat 0,97 och inga fel värden)")
    for head in ("variant", "filer", "recall", "precision", "funna", "facit", "fel värden"):
        table.add_column(head, justify="left" if head == "variant" else "right")
    for variant in _VARIANTS:
        row = measured[variant]
        if "recall" not in row:
            table.add_row(variant, str(row["files"]), "–", "–", "–", "–", "–")
            continue
        counts = (f"{row['found']:.0f}", f"{row['gold']:.0f}", f"{row['wrong']:.0f}")
        table.add_row(variant, str(row["files"]), f"{row['recall']:.4f}", f"{row['precision']:.4f}", *counts)
    console.print(table)
    row = measured["icdar2013"]
    if row:
        console.print(
            f"ICDAR 2013, {row['documents']:.0f} dokument: "
            f"P {row['p']:.3f} R {row['r']:.3f} F1 {row['f1']:.3f} (golv 0,88); "
            f"helt linjerade, {row['n_ruled']:.0f} dokument: F1 {row['ruled']:.3f} (golv 0,99)"
        )
