"""A published dataset for the tests of the exports: every status, every measure, text like formulas."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline.dataset import RunFacts, publish
from pipeline.model import Observation, ReadDocument, digest
from tests.pipeline.dataset.made import box, document, part, stored

FACTS = RunFacts("0.1.0", dt.datetime(2026, 3, 1, 8, 0, tzinfo=dt.UTC), {"extract": 1.5}, "register-1")
FORMULA = '=HYPERLINK("x")'
#: Name, unit, kind, measure, and the cells of two indicators: (answer, value, unit, status, raw).
LINES: tuple[tuple[Any, ...], ...] = (
    ("Grönby", "1001", "kommun", "answer", ("JA", None, None, "ok", "JA"), (None, None, None, "blank", "")),
    (
        "Blåvik",
        "1002",
        "kommun",
        "answer",
        ("NEJ", None, None, "ok", "NEJ"),
        (None, None, None, "missing", ".."),
    ),
    (
        "Rödsjö",
        "1003",
        "kommun",
        "answer",
        ("DELVIS", None, None, "ok", "DELVIS"),
        (None, None, None, "suppressed", "x"),
    ),
    (
        "Gråmo",
        "1004",
        "kommun",
        "answer",
        (None, None, None, "not_applicable", "-"),
        (None, None, None, "unknown", "Vet ej"),
    ),
    (
        "Svartå",
        "1005",
        "kommun",
        "value",
        (None, 2092.5, "kronor", "ok", "2 092,5"),
        (None, None, None, "unreadable", FORMULA),
    ),
    (
        "Provlän",
        "10",
        "lan",
        "share",
        (None, 62.5, "procent", "ok", "62,5"),
        (None, 40.0, "procent", "ok", "40"),
    ),
    (
        "Riket",
        "00",
        "riket",
        "share",
        (None, 71.0, "procent", "ok", "71"),
        (None, 55.0, "procent", "ok", "55"),
    ),
    ("Snitt", None, "grupp", "mean", (None, 0.5, None, "ok", "0,5"), (None, 1.5, None, "ok", "1,5")),
)
UNITS = [
    SimpleNamespace(
        unit_id=one[1],
        name=one[0],
        kind=one[2],
        lan_code="10" if one[2] == "kommun" else None,
        valid_from=None,
        valid_to=None,
    )
    for one in LINES
    if one[1]
]
INDICATORS = [
    SimpleNamespace(
        indicator_id="i-1",
        name="Rådgivning inom fem dagar",
        area="socialpsykiatri",
        quality_area=None,
        kolada_kpi=None,
        higher_is_better=True,
        first_year=2020,
        last_year=None,
        value_kind="answer",
        value_unit=None,
        definition_notes=None,
    )
]


def read(name: str, year: int, **changes: dict[str, Any]) -> ReadDocument:
    """A document of one edition; ``changes`` replaces fields of a unit's first observation."""
    base = document(name, year=year)
    base = replace(base, observations=tuple(_observations(base, year, changes)))
    return base


def _observations(base: ReadDocument, year: int, changes: dict[str, dict[str, Any]]) -> list[Observation]:
    made = []
    for row, (name, unit_id, kind, measure, *cells) in enumerate(LINES, 1):
        for col, (answer, value, unit, status, raw) in enumerate(cells, 1):
            one = Observation(
                observation_id=f"o-{digest(base.record.document_id, name, col)}",
                document_id=base.record.document_id,
                table_id=base.tables[0].table_id,
                table_label="Tabell 1",
                row=row,
                col=col,
                box=box(row, col),
                year=year,
                area="socialpsykiatri",
                indicator_id="i-1" if col == 1 else None,
                indicator_label="Rådgivning" if col == 1 else "@Rutin vid hot",
                unit_id=unit_id,
                unit_label=name,
                unit_kind=kind,
                measure=measure,
                value_raw=raw,
                answer=answer,
                value=value,
                value_unit=unit,
                status=status,
            )
            made.append(replace(one, **changes[name]) if col == 1 and name in changes else one)
    return made


def published(folder: Path, *reads: ReadDocument, **more: Any) -> Path:
    """Publish the documents (two editions unless given), without any export; gives the dataset's folder."""
    reads = reads or (read("a", 2021), read("b", 2022, Grönby={"answer": "NEJ", "value_raw": "NEJ"}))
    parts = [part(one.record.file_name.removesuffix(".pdf"), one) for one in reads]
    out = folder / "ut"
    facts = more.pop("facts", FACTS)
    more = {"exporters": (), "indicators": INDICATORS, "units": UNITS} | more
    publish(stored(folder / "delar", *parts), out, facts, **more)
    return out


def run_of(out: Path) -> dict[str, Any]:
    """Content of run.json."""
    from pipeline.dataset.runfile import read_run

    run = read_run(out)
    assert run is not None
    return run
