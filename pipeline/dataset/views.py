"""What the report shows beside the flags, as plain values: documents, answers, what was not read."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.dataset.decisions import SEVERITIES
from pipeline.dataset.excerpts import by_table
from pipeline.dataset.heatmap import alternative, heat_map
from pipeline.dataset.loading import Dataset, Listing
from pipeline.dataset.schemas import words
from pipeline.dataset.uncovered import UNCOVERED_FILE
from pipeline.dataset.unmatched import UNMATCHED_FILE

#: The page stays readable and below about 10 MB however many documents there are; beyond these the page
#: says how many more stand in the Parquet files.
MAX_DOCUMENTS = 1_000
MAX_TABLES = 80
MAX_TABLES_PER_DOCUMENT = 15
MAX_LISTED = 300
MONTHS = ("jan.", "feb.", "mars", "april", "maj", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec.")


@dataclass(frozen=True, slots=True)
class Answers:
    """Heat maps by document.

    Attributes:
        documents: pairs of document and listing of (table row, grid, name, words for it).
        flagged: flag_id by observation_id for the cells of open flags, None for a flag not on the page.
        shown, total: number of tables.
    """

    documents: Sequence[tuple[Mapping[str, Any], Listing]]
    flagged: Mapping[str, str | None]
    shown: int
    total: int


def count(value: int | float) -> str:
    """A whole number with narrow spaces between thousands."""
    return f"{value:,.0f}".replace(",", "\u202f")


def counted(value: int | float, one: str, many: str) -> str:
    """A count with its noun in the right number (``1 fil``, ``2 filer``)."""
    return f"{count(value)} {one if value == 1 else many}"


def run_facts(run: Mapping[str, Any]) -> Mapping[str, Any]:
    """When, how long and over what the run went."""
    started, finished = (dt.datetime.fromisoformat(run[name]) for name in ("started", "finished"))
    size = run["inputs"]["bytes"] / 1e6
    return {
        "date": f"{started.day} {MONTHS[started.month - 1]} {started:%Y kl. %H.%M} UTC",
        "seconds": max(0, round((finished - started).total_seconds())),
        "megabytes": f"{size:.1f}".replace(".", ","),
    }


def documents(dataset: Dataset) -> dict[str, Mapping[str, Any]]:
    """All documents by id with words for their codes and a name to show."""
    kinds, states, areas = words("document_type"), words("document_status"), words("area")
    made: dict[str, Mapping[str, Any]] = {}
    for number, row in enumerate(_by_file(dataset.arrow("documents").to_pylist()), 1):
        code = row["reason_code"]
        sentence = (row["reason"] or "").removeprefix(f"{code}: " if code else "")
        made[row["document_id"]] = row | {
            "anchor": f"dokument-{number}" if number <= MAX_DOCUMENTS else None,
            "name": row["title"] or row["file_name"],
            "kind": kinds.get(row["document_type"], row["document_type"]),
            "state": states.get(row["status"], row["status"]),
            "area_words": ", ".join(areas.get(area, area) for area in row["areas"]),
            "sentence": sentence,
        }
    return made


def _by_file(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Documents in the order of their files and pages."""
    return sorted(
        map(dict, rows), key=lambda row: (row["file_name"], row["page_first"] or 0, row["document_id"])
    )


def answers(
    dataset: Dataset, known: Mapping[str, Mapping[str, Any]], flags_shown: Collection[str]
) -> Answers:
    """Heat maps of the interpreted tables, as many as the page holds, in the order of the documents.

    Args:
        flags_shown: flag_ids that stand on the page, so that a cell can lead to them.
    """
    order = {document_id: place for place, document_id in enumerate(known)}
    tables = [
        row
        for row in dataset.arrow("tables").to_pylist()
        if row["kind"] == "indicators" and row["status"] == "ok"
    ]
    tables.sort(key=lambda row: (order[row["document_id"]], row["page_first"]))
    chosen = _choose(tables)
    listed = {row["table_id"] for row in chosen}
    held_by = {row["document_id"] for row in chosen}
    observations = by_table(dataset.among("observations", "table_id", listed, held_by))
    shown: dict[str, list[Any]] = {}
    for row in chosen:
        grid = heat_map(observations.get(row["table_id"], ()), row["orientation"])
        if grid is not None:
            shown.setdefault(row["document_id"], []).append((row, grid, table_name(row), alternative(grid)))
    totals = Counter(row["document_id"] for row in tables)
    documents = [(known[one], Listing(maps, totals[one])) for one, maps in shown.items()]
    return Answers(documents, _flagged(dataset, flags_shown), sum(map(len, shown.values())), len(tables))


def _choose(tables: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first tables of every document, until the page is full."""
    per_document: Counter[str] = Counter()
    chosen: list[Mapping[str, Any]] = []
    for row in tables:
        per_document[row["document_id"]] += 1
        if per_document[row["document_id"]] <= MAX_TABLES_PER_DOCUMENT and len(chosen) < MAX_TABLES:
            chosen.append(row)
    return chosen


def table_name(row: Mapping[str, Any]) -> str:
    """Label and caption of a table, or where it stands."""
    parts = [part for part in (row["label"], row["caption"]) if part]
    if len(parts) == 2 and parts[1].casefold().startswith(parts[0].casefold()):
        parts = parts[1:]
    return ". ".join(parts) or f"Tabell på sida {row['page_first']}"


def _flagged(dataset: Dataset, shown: Collection[str]) -> dict[str, str | None]:
    """The worst open flag that counts each observation: observation_id to flag_id, None when not shown."""
    rows = dataset.arrow("flags", columns=["flag_id", "severity", "status", "observation_ids"]).to_pylist()
    found: dict[str, str | None] = {}
    for row in sorted(rows, key=lambda one: (SEVERITIES.index(one["severity"]), one["flag_id"])):
        if row["status"] == "open" and row["severity"] != "info":
            for one in row["observation_ids"]:
                found.setdefault(one, row["flag_id"] if row["flag_id"] in shown else None)
    return found


def unread(dataset: Dataset, known: Mapping[str, Mapping[str, Any]]) -> Listing:
    """Tables whose roles could not be told, with their document."""
    rows = [row for row in dataset.arrow("tables").to_pylist() if row["status"] == "unread"]
    pairs = [(known[row["document_id"]], row, table_name(row)) for row in rows]
    pairs.sort(key=lambda one: (one[0]["file_name"], one[1]["page_first"], one[1]["table_id"]))
    return Listing(pairs[:MAX_LISTED], len(pairs))


def unmatched(dataset: Dataset, known: Mapping[str, Mapping[str, Any]]) -> Listing:
    """Labels that no register row knows, from unmatched.csv."""
    with (dataset.out / UNMATCHED_FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = words("register")
    shown = [
        row
        | {
            "kind": kinds.get(row["register"], row["register"]),
            "near": [one for one in row["candidates"].split(" | ") if one],
            "document": known.get(row["document_id"]),
        }
        for row in rows[:MAX_LISTED]
    ]
    return Listing(shown, len(rows))


def uncovered(dataset: Dataset, known: Mapping[str, Mapping[str, Any]]) -> Listing:
    """Figures in the text that no claim covers, from uncovered.csv; none where an older run wrote no file."""
    if not (dataset.out / UNCOVERED_FILE).is_file():
        return Listing([], 0)
    with (dataset.out / UNCOVERED_FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shown = [row | {"document": known.get(row["document_id"])} for row in rows[:MAX_LISTED]]
    return Listing(shown, len(rows))


def coverage(run: Mapping[str, Any]) -> list[tuple[str, int, float]]:
    """The figures of the text reading: words, count, share of the largest (0–1)."""
    figures: Mapping[str, int] = run["coverage"]
    names = words("coverage")
    largest = max(figures.values(), default=0) or 1
    ordered = [name for name in names if name in figures] + sorted(set(figures) - set(names))
    return [(names.get(name, name), figures[name], figures[name] / largest) for name in ordered]
