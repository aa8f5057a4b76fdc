"""Corrections that reviewers make: rows of corrections.csv with their guard."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.model import digest
from pipeline.reference.corrections import COLUMNS, Correction
from pipeline.reference.folding import squash
from pipeline.review.errors import RefusedError
from pipeline.review.events import CORRECTED, Event, Standing

#: What identifies the corrected cell among the columns of a row.
CELL = ("document_id", "document_sha256", "table_label", "unit_label", "indicator_label", "expect")
MAX_VALUE = 200


def correction_rows(standings: Mapping[str, Standing]) -> list[dict[str, str]]:
    """The corrections that count, as rows of corrections.csv sorted by id; of two of one cell the newer."""
    by_cell: dict[tuple[str, ...], dict[str, str]] = {}
    decided = [one.decision for one in standings.values() if one.status == CORRECTED and one.decision]
    for event in sorted(decided, key=lambda one: one.id):
        for row in rows_of(event):
            by_cell[tuple(row[name] for name in CELL)] = row
    return sorted(by_cell.values(), key=lambda row: row["correction_id"])


def rows_of(event: Event | None) -> list[dict[str, str]]:
    """The rows that one event holds."""
    held: list[dict[str, str]] = json.loads(event.correction) if event and event.correction else []
    return held


def new_row(
    observation: Mapping[str, Any],
    document: Mapping[str, Any],
    replace: str,
    *,
    reason: str,
    date: str,
    author: str,
    peers: Iterable[Mapping[str, Any]],
) -> dict[str, str]:
    """A row that makes the next run read ``replace`` in a cell while it says what it says now.

    Args:
        observation: row of observations.parquet; document: row of documents.parquet.
        date: ``ÅÅÅÅ-MM-DD``; author: pseudonymous id.
        peers: all observations of the document, among which the row must hit this one alone.

    Raises:
        RefusedError: nothing would change, or other cells would be changed as well.
    """
    replace = " ".join(replace.split())
    expect = str(observation["value_raw"])
    _check(observation, expect, replace)
    row = {
        "correction_id": "",
        "document_id": str(observation["document_id"]),
        "document_sha256": str(document["file_sha256"]),
        "table_label": str(observation["table_label"] or ""),
        "unit_label": str(observation["unit_label"]),
        "indicator_label": str(observation["indicator_label"]),
        "expect": expect,
        "replace": replace,
        "reason": " ".join(reason.split()) or "Rättad vid granskning",
        "date": date,
        "author": author,
    }
    row["correction_id"] = "granskad-" + digest(*(row[name] for name in CELL), replace)
    hit = [one for one in peers if _hits(row, one)]
    if len(hit) > 1:
        raise RefusedError(
            f"Rättelsen skulle träffa {len(hit)} celler med samma rubriker och text, inte bara den här: "
            "be den som förvaltar registren att skilja dem åt."
        )
    return row


def _check(observation: Mapping[str, Any], expect: str, replace: str) -> None:
    """Raises RefusedError where a correction of this cell to this text could not hold."""
    if len(replace) > MAX_VALUE or not (replace == "" or replace.isprintable()):
        raise RefusedError(
            f"Värdet är för långt eller innehåller osynliga tecken (högst {MAX_VALUE} tecken)."
        )
    if replace.split() == expect.split():
        raise RefusedError("Det nya värdet är detsamma som det lästa, så rättelsen skulle inte ändra något.")
    if not str(observation["indicator_label"] or "") or not str(observation["unit_label"] or ""):
        raise RefusedError("Cellen saknar namn på rad eller kolumn: rätta dokumentets layout i stället.")


def merged(earlier: Sequence[Mapping[str, str]], row: Mapping[str, str]) -> str:
    """Earlier corrections of the same flag and a new one as JSON; the new one replaces that of its cell."""
    cell = tuple(row[name] for name in CELL)
    kept = [dict(one) for one in earlier if tuple(one[name] for name in CELL) != cell]
    return json.dumps([*kept, dict(row)], ensure_ascii=False)


def fields_of(row: Mapping[str, str]) -> list[str]:
    """The row's fields in the order of corrections.csv."""
    return [row[name] for name in COLUMNS]


def _hits(row: Mapping[str, str], observation: Mapping[str, Any]) -> bool:
    """Whether the row would be applied to an observation (the rules of ``Correction``)."""
    if row["table_label"] and squash(row["table_label"]) != squash(observation["table_label"] or ""):
        return False
    same = all(
        squash(row[name]) == squash(observation[name] or "") for name in ("unit_label", "indicator_label")
    )
    return same and str(observation["value_raw"]).split() == row["expect"].split()


__all__ = ["Correction", "correction_rows", "fields_of", "merged", "new_row", "rows_of"]
