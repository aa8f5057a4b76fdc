"""What a run shows on Prefect's pages: its summary, the flags, what is quarantined, and a heat map."""

from __future__ import annotations

import base64
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.screens import SEVERITY_WORD, SEVERITY_WORDS, STATUS_WORD, STATUS_WORDS, counted, number

if TYPE_CHECKING:
    from pipeline.dataset import Dataset, PublishSummary

#: Rows of the table of flags; the dataset holds them all.
FLAG_ROWS = 200
#: A heat map with more lines or columns cannot be read as a picture.
MAP_ROWS, MAP_COLUMNS = 60, 30


def show_run(summary: PublishSummary) -> None:
    """Put all artifacts of a run on Prefect's pages (called inside a task)."""
    from prefect.artifacts import create_image_artifact, create_markdown_artifact, create_table_artifact

    from pipeline.dataset import load

    dataset = load(summary.out)
    create_markdown_artifact(markdown_of(summary), key="sammanfattning", description="Det här kom ut")
    create_table_artifact(flag_rows(dataset), key="avvikelser", description="Öppna avvikelser")
    create_table_artifact(not_ok_rows(summary), key="karantan", description="Dokument som inte lästs helt")
    picture = heat_map_of(dataset)
    if picture is not None:
        title, svg = picture
        address = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode('utf-8')).decode('ascii')}"
        create_image_artifact(address, key="varmekarta", description=title)


def show_fetched(rows: list[tuple[str, str, str]]) -> None:
    """Put what became of every source on Prefect's pages."""
    from prefect.artifacts import create_table_artifact

    table = [dict(zip(("källa", "läge", "skäl"), row, strict=True)) for row in rows]
    create_table_artifact(table, key="kallor", description="Hämtade källor")


def markdown_of(summary: PublishSummary) -> str:
    """The summary of a run, as Markdown."""
    rows, flags = summary.rows, summary.flags
    documents = summary.documents
    lines = [
        "| | antal | |",
        "|---|---:|---|",
        f"| Dokument | {number(sum(documents.values()))} | {counted(documents, STATUS_WORDS)} |",
        f"| Tabeller | {number(rows.get('tables', 0))} | {number(rows.get('cells', 0))} celler |",
        f"| Observationer | {number(rows.get('observations', 0))} | |",
        f"| Påståenden | {number(rows.get('claims', 0))} | |",
        f"| Öppna avvikelser | {number(sum(flags.values()))} | {counted(flags, SEVERITY_WORDS)} |",
        f"| Okända namn | {number(summary.unmatched)} | |",
    ]
    return "\n".join([*lines, "", *(f"- Lagat: {sentence}" for sentence in summary.repaired)])


def flag_rows(dataset: Dataset) -> list[dict[str, Any]]:
    """The open flags, worst first, at most ``FLAG_ROWS``."""
    columns = ("severity", "document_id", "page", "table_label", "check", "message", "flag_id")
    flags = dataset.arrow("flags", where=[("status", "=", "open")], columns=columns).to_pylist()
    order = list(SEVERITY_WORD)
    flags.sort(key=lambda flag: (order.index(flag["severity"]), flag["document_id"], flag["page"] or 0))
    names = _file_names(dataset)
    return [
        {
            "grad": SEVERITY_WORD[flag["severity"]],
            "fil": names.get(flag["document_id"], ""),
            "sida": flag["page"],
            "tabell": flag["table_label"] or "",
            "avvikelse": flag["message"],
            "id": flag["flag_id"],
        }
        for flag in flags[:FLAG_ROWS]
    ]


def not_ok_rows(summary: PublishSummary) -> list[dict[str, str]]:
    """Every document that is not read in full, with its reason."""
    return [
        {"fil": name, "läge": STATUS_WORD.get(status, status), "skäl": reason}
        for name, status, reason in sorted(summary.not_ok)
    ]


def heat_map_of(dataset: Dataset) -> tuple[str, str] | None:
    """Title and SVG of the table with the most open flags (of several the largest); None without tables."""
    from pipeline.dataset.heatmap import heat_map, heat_map_svg

    tables = dataset.arrow(
        "tables",
        where=[("kind", "=", "indicators"), ("status", "=", "ok")],
        columns=("table_id", "document_id", "label", "caption", "orientation", "n_rows", "n_cols"),
    ).to_pylist()
    flagged = Counter(
        dataset.arrow("flags", where=[("status", "=", "open")], columns=("table_id",))
        .column("table_id")
        .to_pylist()
    )
    shown = [one for one in tables if one["n_rows"] <= MAP_ROWS and one["n_cols"] <= MAP_COLUMNS]
    shown.sort(key=lambda one: (-flagged[one["table_id"]], -one["n_rows"] * one["n_cols"], one["table_id"]))
    for table in shown:
        rows = dataset.arrow("observations", where=[("table_id", "=", table["table_id"])]).to_pylist()
        grid = heat_map(rows, table["orientation"])
        if grid is not None:
            name = table["label"] or table["caption"] or "Tabell"
            title = f"{_file_names(dataset)[table['document_id']]}: {name}"
            return title, heat_map_svg(grid, title)
    return None


def open_errors(out: Path) -> dict[str, str]:
    """Message of every open error of the dataset in ``out`` by flag_id; empty without a dataset."""
    from pipeline.dataset import load
    from pipeline.errors import OutputError

    try:
        dataset = load(out)
    except OutputError:
        return {}
    wanted = [("status", "=", "open"), ("severity", "=", "error")]
    rows = dataset.arrow("flags", where=wanted, columns=("flag_id", "message")).to_pylist()
    return {row["flag_id"]: row["message"] for row in rows}


def _file_names(dataset: Dataset) -> dict[str, str]:
    rows = dataset.arrow("documents", columns=("document_id", "file_name")).to_pylist()
    return {row["document_id"]: row["file_name"] for row in rows}
