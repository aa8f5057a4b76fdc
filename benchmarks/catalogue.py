"""The catalogue (DCAT-AP-SE) of a small dataset against the published SHACL shapes of DCAT-AP 3."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.shared import SHARED, present
from pipeline.dataset import DocumentPart, Part, RunFacts, publish, read_part, write_part
from pipeline.exports import exporters, load_settings
from pipeline.model import DocumentRecord, ReadDocument

NAME = "catalogue"
SHAPES = SHARED / "dcat"


def run() -> dict[str, Any]:
    """Whether the catalogue conforms to each file of shapes; empty where they are absent."""
    console = Console()
    if not present(console, SHAPES):
        return {}
    from pyshacl import validate

    found = {}
    with tempfile.TemporaryDirectory(prefix="oj-bench-") as folder:
        out = make(Path(folder))
        for shapes in sorted(SHAPES.glob("*.ttl")):
            for name in ("dcat.ttl", "dcat.rdf"):
                conforms, _, told = validate(str(out / name), shacl_graph=str(shapes), allow_warnings=False)
                console.print(f"{name} mot {shapes.name}: {'följer' if conforms else told}")
                found[f"{name} {shapes.name}"] = bool(conforms)
    return {"conforms": all(found.values()), "checks": found}


def make(folder: Path) -> Path:
    """A published dataset of one document without tables, with its exports."""
    record = DocumentRecord("d-1", "a.pdf", "0" * 64, 1, 1, 1, title="Provrapport", year=2024)
    part = Part("k-1", "a.pdf", "0" * 64, "0", (DocumentPart(ReadDocument(record)),), 1, 1)
    write_part(folder / "delar", part)
    stored = read_part(folder / "delar", "k-1")
    assert stored is not None
    facts = RunFacts("0", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    publish([stored], folder / "ut", facts, exporters=exporters(load_settings()))
    return folder / "ut"
