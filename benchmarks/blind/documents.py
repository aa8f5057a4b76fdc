"""The blind reports: their data, their truth files and the PDFs made of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.samples import Sample, parse_sample, render

DATA = Path(__file__).parent / "data"
_TRUTH = ".truth"


@dataclass(frozen=True, slots=True)
class Statement:
    """One asserting sentence (or one cell) and whether it is true.

    Attributes:
        sentence: verbatim, None for a cell that is wrong by itself.
        table: label of the table that decides it, None where no table does.
        row, column: of a cell or a comment: the row's label and the 0-based column.
        wrong: what is wrong with a planted one; severity: what a flag on it should have.
        token: words that a message about it must name, where the flag may stand at another place.
    """

    kind: str
    planted: bool
    sentence: str | None = None
    table: str | None = None
    row: str | None = None
    column: int | None = None
    wrong: str | None = None
    severity: str | None = None
    token: str | None = None

    def shown(self) -> str:
        """The sentence, or the cell's place."""
        return self.sentence or f"[{self.table}: {self.row}, kolumn {self.column}]"


@dataclass(frozen=True, slots=True)
class BlindReport:
    """A report with its truth."""

    name: str
    sample: Sample
    statements: tuple[Statement, ...]

    def pdf(self) -> bytes:
        """The report as PDF bytes."""
        return render(self.sample.document, self.sample.style)


def _statement(row: Mapping[str, Any]) -> Statement:
    rest = {key: value for key, value in row.items() if key != "truth"}
    return Statement(planted=row["truth"] == "planted", **rest)


def blind_reports() -> tuple[BlindReport, ...]:
    """All reports under data/, by name."""
    found = []
    for path in sorted(DATA.glob(f"*{_TRUTH}.yaml")):
        name = path.name.removesuffix(f"{_TRUTH}.yaml")
        truth = yaml.safe_load(path.read_text(encoding="utf-8"))
        data = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
        rows = tuple(_statement(row) for row in truth["statements"])
        found.append(BlindReport(name, parse_sample(name, data), rows))
    return tuple(found)


def data_digest(folder: Path = DATA, pattern: str = "*.yaml") -> str:
    """SHA-256 over such files of the folder: shows whether a run measured the reports as first written."""
    hasher = hashlib.sha256()
    for path in sorted(folder.glob(pattern)):
        hasher.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hasher.hexdigest()
