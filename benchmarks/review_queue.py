"""The queue of the reviewer's desk with 20,000 flags: how long a filtered page takes to answer.

The application is asked in this process, as a server would ask it, over a dataset that is made here; filters,
free text, pages, single flags and decisions are mixed as a reviewer mixes them. The bar is 200 milliseconds
at the 95th percentile for every kind of request but the first, which reads the dataset.
"""

from __future__ import annotations

import datetime as dt
import html
import random
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from starlette.testclient import TestClient

from pipeline.dataset import DocumentPart, Part, RunFacts, publish, read_part, write_part
from pipeline.model import (
    Box,
    Cell,
    DocumentRecord,
    Flag,
    Observation,
    ReadDocument,
    Table,
    TableReading,
    digest,
)
from pipeline.review.database import sqlite_url
from pipeline.review.desk import Desk
from pipeline.review.settings import Settings
from pipeline.review.store import Store
from pipeline.review.web.app import create_app
from pipeline.review.web.caller import Access

NAME = "review_queue"
FLAGS, REQUESTS = 20_000, 300
BAR_MS = 200.0
FIRST = "första"
DOCUMENTS = 400
#: Cells that a flag rests on.
COUNTED = 9
CHECKS = ("text_vs_table", "summary_row", "count_statement", "arithmetic", "unknown_name", "cross_document")
AREAS = ("ekonomiskt_bistand", "barn_och_unga", "missbruk_och_beroende", "socialpsykiatri")
ORIGIN = "http://testserver"


@dataclass(frozen=True)
class Figures:
    """Milliseconds of all requests of one kind."""

    kind: str
    times: tuple[float, ...]

    def at(self, share: float) -> float:
        return sorted(self.times)[min(len(self.times) - 1, int(share * len(self.times)))]


def run() -> dict[str, Any]:
    """Milliseconds per kind of request, and whether the bar holds."""
    with tempfile.TemporaryDirectory(prefix="oj-bench-") as folder:
        figures = list(measure(Path(folder), FLAGS, REQUESTS))
    console = Console()
    for one in figures:
        console.print(
            f"{one.kind:12} {len(one.times):4} anrop   median {one.at(0.5):7.1f} ms   "
            f"p95 {one.at(0.95):7.1f} ms   högst {max(one.times):7.1f} ms"
        )
    worst = max(one.at(0.95) for one in figures if one.kind != FIRST)
    console.print(f"p95 högst {worst:.0f} ms; gränsen är {BAR_MS:.0f} ms")
    return {
        "flags": FLAGS,
        "bar_ms": BAR_MS,
        "holds": worst <= BAR_MS,
        "requests": {
            one.kind: {"median_ms": round(one.at(0.5), 1), "p95_ms": round(one.at(0.95), 1)}
            for one in figures
        },
    }


def measure(folder: Path, n_flags: int, n_requests: int) -> Iterator[Figures]:
    """Make the dataset, then ask for pages."""
    out = folder / "ut"
    make(folder, out, n_flags)
    store = Store.open(sqlite_url(folder))
    desk = Desk(out, folder, store, lambda path, page, dpi: b"")
    client = TestClient(
        create_app(desk, Access("open", Settings(""))), base_url=ORIGIN, headers={"origin": ORIGIN}
    )
    yield Figures(FIRST, (timed(client, "/flaggor")[0],))
    chance = random.Random(7)
    queries = list(requests(chance, n_requests))
    yield Figures("kö", tuple(timed(client, query)[0] for query in queries))
    ids = [row.flag_id for row in desk.queue().rows()]
    yield Figures("flagga", tuple(timed(client, f"/flaggor/{chance.choice(ids)}")[0] for _ in range(60)))
    deciding, after = [], []
    for _ in range(60):
        flag_id = chance.choice(ids)
        _, page = timed(client, f"/flaggor/{flag_id}")
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        fields = {name: html.unescape(value) for name, value in fields.items()} | {"val": "confirmed"}
        began = time.perf_counter()
        answer = client.post(f"/flaggor/{flag_id}/beslut", data=fields, follow_redirects=False)
        deciding.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 303, answer.text
        after.append(timed(client, chance.choice(queries))[0])
    yield Figures("beslut", tuple(deciding))
    yield Figures("kö efteråt", tuple(after))
    store.close()


def timed(client: TestClient, path: str) -> tuple[float, str]:
    """Milliseconds of one page, and the page."""
    began = time.perf_counter()
    answer = client.get(path)
    taken = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, (path, answer.status_code)
    return taken, answer.text


def requests(chance: random.Random, many: int) -> Iterator[str]:
    """Addresses of the queue as reviewers make them; few are asked for twice."""
    for _ in range(many):
        parts = [
            f"grad={chance.choice(('error', 'warning', 'info'))}",
            f"kontroll={chance.choice(CHECKS)}",
            f"omrade={chance.choice(AREAS)}",
            f"sok=kommun+{chance.randrange(290)}",
            f"sok={chance.choice(('tabell', 'andel', 'samverkan'))}+{chance.randrange(100)}",
            "status=alla",
            f"ordning={chance.choice(('allvar', 'dokument', 'kontroll', 'senast'))}",
            f"s={chance.randrange(1, 20)}",
            f"upplaga={chance.randrange(2015, 2025)}",
        ]
        yield "/flaggor?" + "&".join(chance.sample(parts, chance.randrange(0, 4)))


def make(folder: Path, out: Path, n_flags: int) -> None:
    """Publish a dataset with that many flags over :data:`DOCUMENTS` documents."""
    parts = []
    for number in range(DOCUMENTS):
        name = f"dokument-{number}"
        own = range(number, n_flags, DOCUMENTS)
        document, flags = document_of(name, number, own)
        part = Part(
            key=digest(name) * 2,
            file_name=f"{name}.pdf",
            file_sha256=digest(name) * 4,
            pipeline_version="0",
            documents=(DocumentPart(document, (), flags, ()),),
            n_bytes=1,
            n_pages=3,
            timings=(),
        )
        write_part(folder / "parts", part)
        stored = read_part(folder / "parts", part.key)
        assert stored is not None
        parts.append(stored)
    facts = RunFacts("0", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), {})
    publish(parts, out, facts, exporters=())


def document_of(name: str, number: int, own: range) -> tuple[ReadDocument, tuple[Flag, ...]]:
    """One document with a table of all units that its flags rest on."""
    document_id, table_id = f"{digest(name)}-1", digest(name, "tabell")
    observations = tuple(observation(document_id, table_id, number, row) for row in range(40))
    cells = tuple(Cell(one.row, one.col, 1, 1, one.value_raw, one.value_raw, one.box) for one in observations)
    table = Table(0, cells, 41, 2, 1, (Box(1, 50, 50, 500, 800),), "vector", 0.9, label="Tabell 1")
    reading = TableReading(
        table_id, table, "indicators", "ok", ("value",) * len(cells), "Tabell 1", orientation="units_in_rows"
    )
    record = DocumentRecord(
        document_id,
        f"{name}.pdf",
        digest(name) * 4,
        1,
        1,
        3,
        title=f"Jämförelse {number}",
        year=2015 + number % 10,
        areas=(AREAS[number % len(AREAS)],),
    )
    flags = tuple(flag(document_id, table_id, one, observations) for one in own)
    return ReadDocument(record, tables=(reading,), observations=observations), flags


def observation(document_id: str, table_id: str, number: int, row: int) -> Observation:
    """One answer of one kommun."""
    return Observation(
        observation_id=digest(document_id, row),
        document_id=document_id,
        table_id=table_id,
        table_label="Tabell 1",
        row=row + 1,
        col=1,
        box=Box(1, 100, 50 + 15 * row, 200, 62 + 15 * row),
        year=2015 + number % 10,
        area=AREAS[number % len(AREAS)],
        indicator_id=None,
        indicator_label="Rutin för samverkan",
        unit_id=None,
        unit_label=f"Kommun {(number * 7 + row) % 290}",
        unit_kind="kommun",
        measure="answer",
        value_raw="JA",
        status="ok",
        answer="JA",
    )


def flag(document_id: str, table_id: str, number: int, observations: tuple[Observation, ...]) -> Flag:
    """One flag over some of the document's answers."""
    first = number % (len(observations) - COUNTED)
    return Flag(
        flag_id=f"flag-{digest(document_id, number)}",
        evidence_hash=digest(number),
        document_id=document_id,
        check=CHECKS[number % len(CHECKS)],
        severity=("error", "warning", "info")[number % 3],
        page=1,
        boxes=(Box(1, 50, 700, 500, 712),),
        message=f"Avvikelse mot Tabell 1: texten säger {number % 100} procent, tabellen en annan andel.",
        sentence=f"Andelen är {number % 100} procent.",
        table_id=table_id,
        table_label="Tabell 1",
        observation_ids=tuple(one.observation_id for one in observations[first : first + COUNTED]),
    )
