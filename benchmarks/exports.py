"""Time and memory of all exports of a made dataset: 1,000 documents, 290 kommuner, 200 indicators."""

from __future__ import annotations

import hashlib
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console

from pipeline.dataset.files import sha256_of
from pipeline.dataset.runfile import run_bytes
from pipeline.dataset.schemas import SCHEMA_VERSION, arrow_schema, schemas
from pipeline.exports import exporters, load_settings
from pipeline.reference import load_registers

NAME = "exports"
#: Documents, kommuner and indicators of the made dataset; a document holds a table of some of each.
N_DOCUMENTS, N_UNITS, N_INDICATORS = 1_000, 290, 200
ROWS, COLUMNS, CLAIMS = 15, 20, 20
AREA = "ekonomiskt_bistand"
ANSWERS = ("JA", "NEJ", "DELVIS")


def run() -> dict[str, Any]:
    """Seconds of the first run, of an unchanged second one, and of one in which one document changed."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="oj-bench-") as place:
        out = Path(place) / "ut"
        measured: dict[str, Any] = {"documents": N_DOCUMENTS}
        measured["first"] = _timed(out, make(out / "ett", random.Random(1)))
        measured["pages"] = sum(1 for _ in (out / "site").rglob("*.html"))
        measured["unchanged"] = _timed(out, make(out / "tva", random.Random(1)))
        changed = make(out / "tre", random.Random(1), changed=f"d{N_DOCUMENTS // 2:05d}")
        began = time.time_ns()
        measured["one_changed"] = _timed(out, changed)
        new = [path for path in (out / "site").rglob("*.html") if path.stat().st_mtime_ns >= began]
        measured["pages_written_after_one_change"] = len(new)
    measured["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for name, value in measured.items():
        console.print(f"{name}: {value}")
    return measured


def _timed(out: Path, staging: Path) -> dict[str, float]:
    """Run all exporters in the staging folder, move everything into place; seconds by clock and of work."""
    facts = _facts(staging)
    began, worked = time.perf_counter(), time.process_time()
    for export in exporters(load_settings(), None, "1"):
        export(staging, facts)
    seconds = {
        "seconds": round(time.perf_counter() - began, 1),
        "cpu_seconds": round(time.process_time() - worked, 1),
    }
    names = [path for path in staging.rglob("*") if path.is_file()]
    facts["outputs"] = {
        path.relative_to(staging).as_posix(): {"sha256": sha256_of(path), "rows": None, "bytes": 0}
        for path in names
    }
    for path in names:
        target = out / path.relative_to(staging)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    (out / "run.json").write_bytes(run_bytes(facts))
    return seconds


def _facts(folder: Path) -> dict[str, Any]:
    """A run.json as the exporters read it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "pipeline_version": "0",
        "registers": "r",
        "started": "2026-01-01T00:00:00+00:00",
        "finished": "2026-01-01T00:01:00+00:00",
        "inputs": {"count": N_DOCUMENTS, "bytes": 1, "pages": N_DOCUMENTS},
        "rows": {name: pq.read_metadata(folder / one.file_name).num_rows for name, one in schemas().items()},
        "documents": {"ok": N_DOCUMENTS},
        "flags": {"error": 1, "warning": 0, "info": 0},
        "coverage": {"sentences": 1},
        "outputs": {},
    }


def make(folder: Path, dice: random.Random, changed: str = "") -> Path:
    """Write the Parquet files of a made dataset.

    Args:
        dice: decides all values. changed: id of a document whose first answer is another.
    """
    folder.mkdir(parents=True)
    registers = load_registers()
    units = sorted((one for one in registers.units.all if one.kind == "kommun"), key=lambda one: one.unit_id)
    indicators = [one for one in registers.indicators.all if one.value_kind == "answer"][:N_INDICATORS]
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in schemas()}
    for number in range(N_DOCUMENTS):
        document_id = f"d{number:05d}"
        chosen = [units[(number * ROWS + row) % N_UNITS] for row in range(ROWS)]
        asked = [indicators[(number * COLUMNS + col) % len(indicators)] for col in range(COLUMNS)]
        for name, rows in _document(document_id, 2010 + number % 14, chosen, asked, dice).items():
            tables[name] += rows
    for one in tables["observations"]:
        if one["document_id"] == changed:
            one["answer"] = one["value_raw"] = "NEJ" if one["answer"] != "NEJ" else "JA"
            break
    for name in schemas():
        rows = pa.Table.from_pylist([_whole(name, row) for row in tables[name]], arrow_schema(name))
        if name in ("units", "indicators"):
            entries = registers.units.all if name == "units" else registers.indicators.all
            rows = pa.Table.from_pylist(
                [{field: getattr(one, field, None) for field in arrow_schema(name).names} for one in entries],
                arrow_schema(name),
            )
        pq.write_table(rows, folder / f"{name}.parquet", compression="zstd")
    (folder / "unmatched.csv").write_text("register,label\n", encoding="utf-8")
    return folder


def _document(
    document_id: str, year: int, units: list[Any], indicators: list[Any], dice: random.Random
) -> dict[str, list[dict[str, Any]]]:
    """The rows of one document: a table of answers, its claims and, for one in ten, a flag."""
    table_id = f"t-{document_id}"
    same = {"document_id": document_id, "table_id": table_id, "page": 1, "table_label": "Tabell 1"}
    values = list(_observations(same, year, units, indicators, dice))
    claim = {**same, "location": "text", "claim_type": "count", "verdict": "supported", "area": AREA}
    claims = [
        {**claim, "claim_id": f"c-{document_id}-{number}", "sentence": f"Mening nummer {number}."}
        for number in range(CLAIMS)
    ]
    flag = {**same, "flag_id": f"f-{document_id}", "severity": "error", "status": "open"}
    return {
        "documents": [_record(document_id, year, len(values))],
        "tables": [{**same, "kind": "indicators", "status": "ok", "page_first": 1, "page_last": 1}],
        "cells": [
            {**same, "row": row, "col": col, "role": "value", "text": "JA"}
            for row in range(ROWS + 1)
            for col in range(COLUMNS + 1)
        ],
        "observations": values,
        "claims": claims,
        "flags": [{**flag, "check": "text_vs_table", "message": "Texten säger en sak, tabellen en annan."}]
        if dice.random() < 0.1
        else [],
        "indicators": [],
        "units": [],
    }


def _record(document_id: str, year: int, n_values: int) -> dict[str, Any]:
    """A row of documents."""
    return {
        "document_id": document_id,
        "file_name": f"{document_id}.pdf",
        "file_sha256": hashlib.sha256(document_id.encode()).hexdigest(),
        "title": f"Jämförelse {document_id}",
        "year": year,
        "status": "ok",
        "document_type": "oj_rapport",
        "page_first": 1,
        "page_last": 1,
        "n_observations": n_values,
    }


def _observations(
    same: dict[str, Any], year: int, units: list[Any], indicators: list[Any], dice: random.Random
) -> Iterator[dict[str, Any]]:
    """An answer for every unit and indicator."""
    for row, unit in enumerate(units, 1):
        for col, indicator in enumerate(indicators, 1):
            answer = dice.choice(ANSWERS)
            yield {
                **same,
                "observation_id": f"o-{same['document_id']}-{row}-{col}",
                **{"row": row, "col": col, "x0": 60.0 * col, "top": 20.0 * row},
                **{"x1": 60.0 * col + 60, "bottom": 20.0 * row + 20, "year": year, "area": AREA},
                **{"indicator_id": indicator.indicator_id, "indicator_label": indicator.name},
                **{"unit_id": unit.unit_id, "unit_label": unit.name, "unit_kind": "kommun"},
                **{"measure": "answer", "answer": answer, "value_raw": answer, "status": "ok"},
            }


def _whole(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """The row with something in every column that may not be null."""
    empty = {"int": 0, "float": 0.0, "bool": False, "strings": [], "boxes": [], "json": "{}"}
    return {
        column.name: row.get(
            column.name,
            None
            if column.nullable
            else (column.allowed or ("",))[0]
            if column.type == "string"
            else empty.get(column.type),
        )
        for column in schemas()[table].columns
    }
