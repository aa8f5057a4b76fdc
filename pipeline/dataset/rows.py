"""Rows of the published tables, built column by column from what the rooms below give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter, le
from typing import Any

import pyarrow as pa

from pipeline.dataset.schemas import arrow_schema, schemas
from pipeline.model import Box, Cell, CellRole, Claim, Flag, ReadDocument, Unmatched

#: Boxes are published with two decimals: a hundredth of a point is far below a hair line, and rounding keeps
#: the last bits of a float, which differ between builds of an engine, out of the bytes.
DECIMALS = 2


@dataclass(frozen=True, slots=True)
class UnmatchedRows:
    """The unmatched labels of one document."""

    rows: tuple[Unmatched, ...]


@cache
def part_schema(table: str) -> pa.Schema:
    """The Arrow schema of a table's rows without descriptions, as they travel in a work part."""
    return pa.schema([pa.field(field.name, field.type, field.nullable) for field in arrow_schema(table)])


def table_of(table: str, columns: dict[str, Any]) -> pa.Table:
    """Column lists as an Arrow table of the declared types, in the declared order.

    Raises:
        pyarrow.ArrowInvalid, TypeError: a value that does not fit its column's type (a programming fault).
    """
    schema = part_schema(table)
    arrays = []
    for name, kind in _types(table):
        values = columns[name]
        if isinstance(values, pa.Array):
            arrays.append(values)
        elif values and values[0] is None and values.count(None) == len(values):
            arrays.append(pa.nulls(len(values), kind))
        else:
            arrays.append(pa.array(values, kind))
    return pa.Table.from_arrays(arrays, schema=schema)


@cache
def _types(table: str) -> tuple[tuple[str, pa.DataType], ...]:
    return tuple((field.name, field.type) for field in part_schema(table))


def columns_of(items: Sequence[Any], paths: dict[str, str]) -> dict[str, Any]:
    """Read attributes of many objects at once.

    Args:
        items: objects of one class.
        paths: column name to attribute path (``{"page": "box.page"}``); at least two.
    """
    if not items:
        return dict.fromkeys(paths, ())
    return dict(zip(paths, zip(*map(attrgetter(*paths.values()), items), strict=True), strict=True))


def document_rows(document: ReadDocument, claims: Sequence[Claim]) -> dict[str, pa.Table]:
    """The rows of one document for tables, cells, observations and claims.

    Rows keep reading order (tables and claims in the document's, cells by table, row and column), which is
    the same for the same file whatever the order or number of workers.
    """
    return {
        "tables": _tables(document),
        "cells": _cells(document),
        "observations": _observations(document),
        "claims": _claims(claims),
    }


def _tables(document: ReadDocument) -> pa.Table:
    """One row per logical table."""
    own = ("table_id", "kind", "label", "label_inferred", "orientation", "status", "reason", "area", "layout")
    of_table = ("caption", "page_first", "page_last", "n_rows", "n_cols", "engine", "confidence", "agreement")
    paths = {name: name for name in own} | {name: f"table.{name}" for name in of_table}
    columns = columns_of(document.tables, paths)
    columns["document_id"] = [document.record.document_id] * len(document.tables)
    return table_of("tables", columns)


def _cells(document: ReadDocument) -> pa.Table:
    """Every cell of every table with its role."""
    plain = ("row", "col", "row_span", "col_span", "text", "fill", "bold", "italic", "rotated", "readings")
    paths = {name: name for name in plain} | {"box": "box"}
    cells: list[Cell] = []
    roles: list[CellRole] = []
    table_ids: list[str] = []
    place = attrgetter("row", "col")
    for reading in document.tables:
        own = reading.table.cells
        places = list(map(place, own))
        if len(own) != len(reading.roles):
            raise ValueError("a table has as many roles as cells")
        if all(map(le, places, places[1:])):  # as nearly every table has them
            cells += own
            roles += reading.roles
        else:
            order = sorted(range(len(own)), key=places.__getitem__)
            cells += [own[index] for index in order]
            roles += [reading.roles[index] for index in order]
        table_ids += [reading.table_id] * len(own)
    columns = columns_of(cells, paths)
    columns |= box_columns(columns.pop("box"))
    columns |= {"role": roles, "table_id": table_ids}
    columns["document_id"] = [document.record.document_id] * len(cells)
    return table_of("cells", columns)


def _observations(document: ReadDocument) -> pa.Table:
    """One row per value cell of an indicator table."""
    names = [column.name for column in schemas()["observations"].columns]
    paths = {name: name for name in names if name not in Box.__slots__} | {"box": "box"}
    columns = columns_of(document.observations, paths)
    columns |= box_columns(columns.pop("box"))
    return table_of("observations", columns)


def _claims(claims: Sequence[Claim]) -> pa.Table:
    """One row per claim."""
    columns = columns_of(claims, {column.name: column.name for column in schemas()["claims"].columns})
    shared = {id(boxes): boxes for boxes in columns["boxes"]}  # claims of one sentence have one
    shown = {key: box_list(boxes) for key, boxes in shared.items()}
    columns["boxes"] = [shown[id(boxes)] for boxes in columns["boxes"]]
    return table_of("claims", columns)


def flag_rows(flags: Sequence[Flag], reopened: Sequence[bool], still_found: Sequence[bool]) -> pa.Table:
    """One row per flag; the two lists run parallel to the flags."""
    names = [c.name for c in schemas()["flags"].columns if c.name not in ("reopened", "still_found")]
    columns = columns_of(flags, {name: name for name in names})
    columns["boxes"] = [box_list(boxes) for boxes in columns["boxes"]]
    return table_of("flags", columns | {"reopened": reopened, "still_found": still_found})


def register_rows(table: str, entries: Iterable[Any]) -> pa.Table:
    """Rows of indicators or units, sorted by id; an attribute that the register does not have is null."""
    listed = sorted(entries, key=attrgetter(schemas()[table].key[0]))
    absent: dict[str, Any] = {
        column.name: [] if column.type == "strings" else None for column in schemas()[table].columns
    }
    return table_of(
        table, {name: [getattr(entry, name, default) for entry in listed] for name, default in absent.items()}
    )


def box_columns(boxes: Sequence[Box]) -> dict[str, Any]:
    """page, x0, top, x1 and bottom of many boxes as Arrow arrays, lengths to a hundredth of a point."""
    import pyarrow.compute as pc

    columns = columns_of(boxes, {name: name for name in Box.__slots__})
    return {
        name: pa.array(values, pa.int32())
        if name == "page"
        else pc.round(pa.array(values, pa.float64()), DECIMALS)
        for name, values in columns.items()
    }


def box_list(boxes: Iterable[Box]) -> list[dict[str, float]]:
    """Boxes as the structs of a ``boxes`` column."""
    return [
        {
            "page": box.page,
            "x0": round(box.x0, DECIMALS),
            "top": round(box.top, DECIMALS),
            "x1": round(box.x1, DECIMALS),
            "bottom": round(box.bottom, DECIMALS),
        }
        for box in boxes
    ]
