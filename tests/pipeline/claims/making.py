"""Small documents for tests: a table written as text, and paragraphs; nothing here is read from a PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.claims import find_claims
from pipeline.model import (
    Axis,
    Block,
    Box,
    Cell,
    Claim,
    DocumentRecord,
    Observation,
    ReadDocument,
    Sentence,
    Table,
    TableReading,
    digest,
)
from pipeline.reference import load_registers

BOX = Box(1, 50, 50, 150, 60)
#: Real kommun names with their SCB codes; the answers in the tests are invented.
UNITS = {
    "Arboga": "1984",
    "Fagersta": "1982",
    "Hallstahammar": "1961",
    "Kungsör": "1960",
    "Köping": "1983",
    "Norberg": "1962",
    "Sala": "1981",
    "Surahammar": "1907",
    "Skinnskatteberg": "1904",
    "Västerås": "1980",
    "Gävle": "2180",
    "Borlänge": "2081",
    "Falun": "2080",
    "Mora": "2062",
    "Rättvik": "2031",
    "Dalarnas län": "20",
    "Ljungby": "0781",
    "Alvesta": "0764",
    "Tingsryd": "0763",
    "Älmhult": "0765",
    "Markaryd": "0767",
    "Lessebo": "0761",
    "Ockelbo": "2101",
    "Upplands Väsby": "0114",
    "Borås": "1490",
    "Stockholm": "0180",
    "Västmanlands län": "19",
    "Uppsala län": "03",
    "Länet": "19",
    "Riket": "00",
}


def _kind(label: str, code: str | None) -> str:
    if code is None:
        return "grupp" if label in ("Snitt", "Medel", "Median", "Totalt") else "kommun"
    return {"00": "riket"}.get(code, "lan" if len(code) == 2 else "kommun")


def _observation(
    document: str,
    table: str,
    label: str | None,
    at: tuple[int, int],
    unit: str,
    column: str,
    raw: str,
    year: int,
    area: str,
    comment: str | None,
    answered: bool,
) -> Observation:
    code = UNITS.get(unit)
    kind = _kind(unit, code)
    answer = value = low = high = None
    unit_of_value: str | None = None
    upper = raw.upper()
    number = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(%|procent)?", raw)
    span = re.search(r"(\d+)\s*[-–]\s*(\d+)\s*dag", raw.lower())
    if upper.startswith(("JA", "NEJ", "DELVIS")):
        answer = "JA" if upper.startswith("JA") else "NEJ" if upper.startswith("NEJ") else "DELVIS"
    elif number:
        value = float(number[1].replace(",", "."))
        shared = answered and (kind in ("riket", "lan", "grupp") or unit == "Stockholm")
        unit_of_value = "procent" if number[2] or shared else None
    if span:
        low, high, unit_of_value = float(span[1]), float(span[2]), "dagar"
    measure = (
        "answer"
        if answer
        else "mean"
        if kind == "grupp"
        else "share"
        if unit_of_value == "procent"
        else "value"
    )
    return Observation(
        observation_id="obs-" + digest(document, table, unit, column),
        document_id=document,
        table_id=table,
        table_label=label,
        row=at[0],
        col=at[1],
        box=BOX,
        year=year,
        area=area,
        indicator_id=None,
        indicator_label=column,
        unit_id=code,
        unit_label=unit,
        unit_kind=kind,
        measure=measure,
        value_raw=raw,
        status="ok" if raw else "blank",
        answer=answer,
        value=value,
        value_unit=unit_of_value,
        range_min=low,
        range_max=high,
        comment=comment,
    )


def table(
    text: str,
    *,
    label: str | None = "Tabell 1",
    index: int = 0,
    document: str = "doc-a",
    rows: str = "units",
    year: int = 2021,
    area: str = "ekonomiskt_bistand",
    heading: str | None = None,
) -> tuple[TableReading, tuple[Observation, ...]]:
    """A table from lines of cells divided by ``|``; ``rows`` is ``units`` or ``indicators``; a column
    ``Kommentar`` comments."""
    grid = [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines()]
    table_id = "table-" + digest(document, label or str(index))
    head, body = grid[0], grid[1:]
    observations, cells, roles = [], [], []
    comment_at = head.index("Kommentar") if "Kommentar" in head else None
    for r, line in enumerate(body, 1):
        comment = line[comment_at] or None if comment_at is not None else None
        for c in range(1, len(head)):
            cells.append(Cell(r, c, 1, 1, line[c], line[c], BOX))
            roles.append("comment" if c == comment_at else "value")
            if c == comment_at:
                continue
            unit, column = (line[0], head[c]) if rows == "units" else (head[c], line[0])
            values = [row[c] for row in body] if rows == "units" else line[1:]
            answered = any(value.upper().startswith(("JA", "NEJ")) for value in values)
            own = comment if rows == "indicators" and c == 1 else None
            observations.append(
                _observation(
                    document, table_id, label, (r, c), unit, column, line[c], year, area, own, answered
                )
            )
    unit_labels = (
        [(r, line[0]) for r, line in enumerate(body, 1)] if rows == "units" else list(enumerate(head))[1:]
    )
    axes = tuple(
        Axis(
            i,
            "comment" if name == "Kommentar" else "unit",
            name,
            None,
            UNITS.get(name),
            _kind(name, UNITS.get(name)),
            "mean" if name in ("Snitt", "Medel") else None,
        )
        for i, name in unit_labels
    )
    indicators = (
        list(enumerate(head))[1:] if rows == "units" else [(r, line[0]) for r, line in enumerate(body, 1)]
    )
    labels = tuple(Axis(i, "indicator", name) for i, name in indicators)
    made = Table(
        index, tuple(cells), len(grid), len(head), 1, (BOX,), "test", 1.0, label=label, heading=heading
    )
    reading = TableReading(
        table_id, made, "indicators", "ok", tuple(roles), label,
        orientation="units_in_rows" if rows == "units" else "indicators_in_rows",
        row_axes=axes if rows == "units" else labels,
        col_axes=labels if rows == "units" else axes,
        area=area,
    )  # fmt: skip
    return reading, tuple(observations)


def document(
    paragraphs: Sequence[str],
    *tables: tuple[TableReading, tuple[Observation, ...]],
    name: str = "doc-a",
    year: int | None = 2021,
    areas: tuple[str, ...] = ("ekonomiskt_bistand",),
    own: str | None = None,
    before: int | None = None,
    title: str | None = None,
) -> ReadDocument:
    """A document of paragraphs (``# `` heading, ``- `` list item); they stand after the first table
    unless ``before`` says."""
    blocks, sentences = [], []
    at = before if before is not None else min(len(tables), 1)
    for text in paragraphs:
        kind = "heading" if text.startswith("# ") else "list_item" if text.startswith("- ") else "paragraph"
        shown = text[2:] if kind != "paragraph" else text
        blocks.append(Block(kind, shown, (BOX,), 1 if kind == "heading" else None, before_table=at))
        for part in re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])", shown):
            sentences.append(Sentence(part, len(sentences), len(blocks) - 1, (BOX,)))
    record = DocumentRecord(name, name + ".pdf", "0", 1, 1, 1, title=title, year=year, areas=areas)
    readings = tuple(reading for reading, _ in tables)
    observations = tuple(seen for _, rows in tables for seen in rows)
    return ReadDocument(record, tuple(blocks), tuple(sentences), readings, observations, own_unit=own)


REGION = """
 | Aktuell rutin för hembesök | Erbjuder budgetkurs | Jourtelefon dygnet runt | Väntetid till första besök
Arboga | JA | NEJ | JA | JA (1-3 dagar)
Fagersta | JA | JA | NEJ | JA (4-7 dagar)
Hallstahammar | NEJ | JA | JA | JA (8-14 dagar)
Köping | JA | JA | JA | JA (4-7 dagar)
Sala | JA | DELVIS | JA | JA (1-3 dagar)
Snitt | 80 % | 60 % | 80 % | 100 %
Stockholm | 55 % | 62 % | 100 % | 90 %
Riket | 41 % | 70 % | 76,5 % | 88 %
"""


def claims_of(*sentences: str, text: str = REGION, **options: object) -> tuple[Claim, ...]:
    """The claims of one paragraph below one regional table."""
    made = document([" ".join(sentences)], table(text), **options)  # type: ignore[arg-type]
    return find_claims(made, load_registers()).claims


def verdicts(*sentences: str, text: str = REGION) -> list[tuple[str, str]]:
    """``(claim_type, verdict)`` of every claim, in order."""
    return [(claim.claim_type, claim.verdict) for claim in claims_of(*sentences, text=text)]
