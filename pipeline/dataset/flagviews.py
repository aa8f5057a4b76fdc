"""Flags as people see them: the sentence on one side, the cells that were counted on the other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.dataset.decisions import SEVERITIES
from pipeline.dataset.excerpts import Excerpt, by_table, excerpt
from pipeline.dataset.loading import Dataset, Listing
from pipeline.dataset.schemas import words

#: Flags on one page; the page says how many more stand in flags.parquet.
MAX_FLAGS = 300
#: Excerpts per flag (a flag across documents has one per table).
MAX_EXCERPTS = 3


@dataclass(frozen=True, slots=True)
class FlagView:
    """A flag with what stands on either side of the contradiction.

    Attributes:
        row: the row of flags.parquet; document: of documents.
        sentence: before, inside and after the part that the claim rests on; None for a table-only flag.
        asserted, found: as pairs of name and text, or one pair without name.
        excerpts: pairs of where (table, page, other document) and excerpt.
    """

    row: Mapping[str, Any]
    document: Mapping[str, Any]
    check: str
    sentence: tuple[str, str, str] | None
    asserted: Sequence[tuple[str, str]]
    found: Sequence[tuple[str, str]]
    place: str
    excerpts: Sequence[tuple[str, Excerpt]]


def flags(dataset: Dataset, known: Mapping[str, Mapping[str, Any]]) -> Listing:
    """Flags with both sides, open ones first, worst first, then in the order of documents and pages."""
    order = {document_id: place for place, document_id in enumerate(known)}
    rows = sorted(
        dataset.arrow("flags").to_pylist(),
        key=lambda row: (
            row["status"] != "open",
            SEVERITIES.index(row["severity"]),
            order[row["document_id"]],
            row["page"],
            row["flag_id"],
        ),
    )
    shown = rows[:MAX_FLAGS]
    own = {row["document_id"] for row in shown}
    others = {one for row in shown for one in row["other_document_ids"]}
    wanted = {one for row in shown for one in row["observation_ids"]}
    counted = dataset.among("observations", "observation_id", wanted, own | others)
    where = {row["observation_id"]: row for row in counted}
    held = {row["table_id"] for row in counted}
    cells = by_table(dataset.among("cells", "table_id", held, own | others))
    tables = {row["table_id"]: row for row in dataset.among("tables", "table_id", held, own | others)}
    claim_ids = {row["claim_id"] for row in shown if row["claim_id"]}
    claims = {row["claim_id"]: row for row in dataset.among("claims", "claim_id", claim_ids, own)}
    checks = words("check")
    return Listing(
        [
            FlagView(
                row=row,
                document=known[row["document_id"]],
                check=checks.get(row["check"], row["check"].replace("_", " ")),
                sentence=_marked_sentence(row, claims.get(row["claim_id"])),
                asserted=told(row["asserted"]),
                found=told(row["found"]),
                place=place_of(row["boxes"], row["page"]),
                excerpts=_excerpts(row, where, tables, cells, known),
            )
            for row in shown
        ],
        len(rows),
    )


def _excerpts(
    row: Mapping[str, Any],
    where: Mapping[str, Mapping[str, Any]],
    tables: Mapping[str, Mapping[str, Any]],
    cells: Mapping[str, Sequence[Mapping[str, Any]]],
    known: Mapping[str, Mapping[str, Any]],
) -> list[tuple[str, Excerpt]]:
    """An excerpt per table that the flag's observations stand in, the flag's own table first."""
    counted = [where[one] for one in row["observation_ids"] if one in where]
    times = Counter(one["table_id"] for one in counted)
    order = sorted(times, key=lambda one: (one != row["table_id"], -times[one], one))
    made = []
    for table_id in order[:MAX_EXCERPTS]:
        own = [one for one in counted if one["table_id"] == table_id]
        marks = [(one["row"], one["col"]) for one in own]
        found = excerpt(table_id, cells.get(table_id, ()), marks, tables[table_id]["orientation"])
        if found is not None:
            made.append((_source(own[0], row, known), found))
    return made


def _source(one: Mapping[str, Any], row: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> str:
    """Which table of which document an excerpt is of, and on which page."""
    label = one["table_label"] or "Tabell utan beteckning"
    other = one["document_id"] != row["document_id"] and known.get(one["document_id"])
    return f"{label}, sida {one['page']}" + (f", {other['name']}" if other else "")


def _marked_sentence(row: Mapping[str, Any], claim: Mapping[str, Any] | None) -> tuple[str, str, str] | None:
    """The sentence cut around the claim's span, when the claim is of this very sentence."""
    sentence = row["sentence"]
    if sentence is None:
        return None
    if claim is None or claim["sentence"] != sentence:
        return sentence, "", ""
    start, end = claim["span_start"], claim["span_end"]
    return sentence[:start], sentence[start:end], sentence[end:]


def told(text: str | None) -> list[tuple[str, str]]:
    """A JSON object as pairs of name and value in words; any other text as one pair without name."""
    if not text:
        return []
    try:
        content = json.loads(text)
    except ValueError:
        return [("", text)]
    if not isinstance(content, dict):
        return [("", text)]
    return [
        (str(name).replace("_", " "), _plain(value))
        for name, value in content.items()
        if value not in (None, [])
    ]


def _plain(value: Any) -> str:
    """A JSON value in words."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(one)}" for name, one in value.items())
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def place_of(boxes: Sequence[Mapping[str, Any]], page: int) -> str:
    """Page and box of the first place, and how many more there are."""
    if not boxes:
        return f"Sida {page}"
    box = boxes[0]
    more = f" och {len(boxes) - 1} ruta till" if len(boxes) == 2 else f" och {len(boxes) - 1} rutor till"
    across, down = f"{box['x0']:.0f}–{box['x1']:.0f}", f"{box['top']:.0f}–{box['bottom']:.0f}"
    return f"Sida {box['page']}, ruta {across} × {down} punkter" + (more if len(boxes) > 1 else "")
