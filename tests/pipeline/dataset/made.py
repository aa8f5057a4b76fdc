"""Documents made by hand for the tests of the dataset: own wording, own figures."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

from pipeline.dataset import DocumentPart, Part, RunFacts, StoredPart, read_part, write_part
from pipeline.model import (
    Axis,
    Block,
    Box,
    Cell,
    Claim,
    DocumentRecord,
    Flag,
    Observation,
    ReadDocument,
    Sentence,
    Table,
    TableReading,
    Unmatched,
    digest,
)

FACTS = RunFacts("0.1.0", dt.datetime(2026, 3, 1, 8, 0, tzinfo=dt.UTC), {"extract": 1.5})
LABELS = ("Kö till rådgivning mäts", "Rutin vid hot")
ANSWERS = (("Grönby", "1001", "JA", "NEJ"), ("Blåvik", "1002", "NEJ", "JA"), ("Rödsjö", "1003", "JA", ".."))


def box(row: int, col: int, page: int = 1) -> Box:
    return Box(page, 50.0 + 100 * col, 80.0 + 20 * row, 150.0 + 100 * col, 100.0 + 20 * row)


def cells(answers: tuple[tuple[str, str, str, str], ...] = ANSWERS) -> tuple[Cell, ...]:
    texts = [("Kommun", *LABELS), *((name, first, second) for name, _, first, second in answers)]
    return tuple(
        Cell(row, col, 1, 1, text, text, box(row, col), fill="#ddeeff" if row == 0 else None, bold=row == 0)
        for row, line in enumerate(texts)
        for col, text in enumerate(line)
    )


def observations(document_id: str, table_id: str) -> tuple[Observation, ...]:
    made = []
    for row, (name, unit_id, *values) in enumerate(ANSWERS, 1):
        for col, text in enumerate(values, 1):
            made.append(
                Observation(
                    observation_id=f"o-{digest(document_id, name, col)}",
                    document_id=document_id,
                    table_id=table_id,
                    table_label="Tabell 1",
                    row=row,
                    col=col,
                    box=box(row, col),
                    year=2022,
                    area="socialpsykiatri",
                    indicator_id=None,
                    indicator_label=LABELS[col - 1],
                    unit_id=unit_id,
                    unit_label=name,
                    unit_kind="kommun",
                    measure="answer",
                    value_raw=text,
                    status="missing" if text == ".." else "ok",
                    answer=None if text == ".." else text,
                )
            )
    return tuple(made)


def document(name: str = "a", *, cell_text: str | None = None, **record: object) -> ReadDocument:
    """A document with one table of three municipalities and two indicators, and two sentences."""
    document_id = f"d-{digest(name)}"
    table_id = f"t-{digest(document_id, 'Tabell 1')}"
    own = cells()
    if cell_text is not None:
        own = (*own[:-1], replace(own[-1], text=cell_text, raw=cell_text))
    table = Table(0, own, 4, 3, 1, (Box(1, 50, 80, 350, 160),), "grid", 0.98, 1.0, "Tabell 1", "Rådgivning")
    reading = TableReading(
        table_id,
        table,
        "indicators",
        "ok",
        tuple("header" if c.row == 0 else "row_label" if c.col == 0 else "value" for c in own),
        label="Tabell 1",
        orientation="units_in_rows",
        row_axes=(Axis(1, "unit", "Grönby", ref_id="1001", unit_kind="kommun"),),
        area="socialpsykiatri",
    )
    text = "Samtliga tre kommuner mäter kön till rådgivning."
    return ReadDocument(
        record=replace(
            DocumentRecord(
                document_id=document_id,
                file_name=f"{name}.pdf",
                file_sha256=digest(name) * 4,
                part=1,
                page_first=1,
                page_last=2,
                title=f"Jämförelse {name}",
                document_type="oj_rapport",
                published=dt.date(2022, 9, 1),
                year=2022,
                areas=("socialpsykiatri",),
            ),
            **record,
        ),
        blocks=(Block("paragraph", text, (Box(1, 50, 200, 500, 212),)),),
        sentences=(Sentence(text, 0, 0, (Box(1, 50, 200, 500, 212),)),),
        tables=(reading,),
        observations=observations(document_id, table_id),
        unmatched=(
            Unmatched("indicators", LABELS[1], document_id, "Tabell 1", 1, ("i-9: Rutin",), "i-9,Rutin"),
        ),
        own_unit="1001",
    )


def claim(read: ReadDocument) -> Claim:
    return Claim(
        claim_id=f"c-{digest(read.record.document_id)}",
        document_id=read.record.document_id,
        location="text",
        page=1,
        boxes=read.sentences[0].boxes,
        sentence=read.sentences[0].text,
        span_start=0,
        span_end=21,
        claim_type="all",
        verdict="refuted",
        rule="alla",
        asserted=json.dumps({"svar": "JA", "av": 3}),
        found=json.dumps({"nej": ["Blåvik"]}),
        table_id=read.tables[0].table_id,
        table_label="Tabell 1",
        indicator_ids=(),
        unit_ids=("1001", "1002", "1003"),
        evidence=(read.observations[0].observation_id,),
    )


def flag(read: ReadDocument, **changes: object) -> Flag:
    made = Flag(
        flag_id=f"f-{digest(read.record.document_id)}",
        evidence_hash="e1",
        document_id=read.record.document_id,
        check="text_vs_table",
        severity="error",
        page=1,
        boxes=read.sentences[0].boxes,
        message="Avvikelse: texten säger alla tre, men Blåvik svarar NEJ i Tabell 1.",
        asserted="alla 3",
        found="2 av 3",
        sentence=read.sentences[0].text,
        claim_id=f"c-{digest(read.record.document_id)}",
        table_id=read.tables[0].table_id,
        table_label="Tabell 1",
        observation_ids=(read.observations[2].observation_id,),
    )
    return replace(made, **changes)


def part(name: str = "a", *reads: ReadDocument, with_flag: bool = True) -> Part:
    documents = reads or (document(name),)
    return Part(
        key=f"k-{digest(name)}",
        file_name=f"{name}.pdf",
        file_sha256=digest(name) * 4,
        pipeline_version="0.1.0",
        documents=tuple(
            DocumentPart(
                read,
                (claim(read),) if read.sentences else (),
                (flag(read),) if with_flag and read.tables else (),
                (("sentences", len(read.sentences)), ("claims_found", 1)),
                ((1, "Det fanns 7 ärenden kvar.", "7"),),
            )
            for read in documents
        ),
        n_bytes=1000,
        n_pages=2,
        timings=(("extract", 0.5),),
    )


def stored(folder: Path, *parts: Part) -> list[StoredPart]:
    """Write the parts and open them again."""
    for one in parts:
        write_part(folder, one)
    opened = [read_part(folder, one.key) for one in parts]
    assert all(opened)
    return [one for one in opened if one is not None]
