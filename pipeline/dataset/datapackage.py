"""datapackage.json (Data Package v2): every published table described for people and programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.dataset.files import atomic_write
from pipeline.dataset.schemas import Column, TableSchema, codes, schemas

#: Table Schema's word for a type; lists are ``any``, the only one that validates for lists in Parquet.
_TYPES = {
    "string": "string",
    "json": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "date": "date",
    "timestamp": "datetime",
    "strings": "any",
    "boxes": "any",
}

#: Programs that read Parquet through pandas meet these nulls as "not a number"; an empty text is a value.
_NAN_TYPES = ("int", "float", "timestamp", "date")


def write_datapackage(folder: Path, run: Mapping[str, Any]) -> None:
    """Write datapackage.json beside the Parquet files. An exporter for ``publish``."""
    atomic_write(
        folder / "datapackage.json", json.dumps(datapackage(run), ensure_ascii=False, indent=2).encode()
    )


def datapackage(run: Mapping[str, Any]) -> dict[str, Any]:
    """The descriptor as a JSON object."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "oppna-jamforelser",
        "title": "Öppna jämförelser: en datamängd ur publicerade PDF-filer",
        "version": run["schema_version"],
        "resources": [_resource(schema) for schema in schemas().values()],
    }


def _resource(schema: TableSchema) -> dict[str, Any]:
    """One table."""
    resource: dict[str, Any] = {
        "name": schema.name,
        "title": schema.sv_title,
        "description": schema.sv,
        "description_en": schema.en,
        "path": schema.file_name,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": [_field(column) for column in schema.columns],
            "primaryKey": list(schema.key),
            "missingValues": [],
        },
    }
    keys = [
        _foreign_key(column) for column in schema.columns if column.references and column.type == "string"
    ]
    if keys:
        resource["schema"]["foreignKeys"] = keys
    return resource


def _field(column: Column) -> dict[str, Any]:
    """One column."""
    constraints: dict[str, Any] = {"required": not column.nullable}
    if column.allowed and column.type == "string":
        constraints["enum"] = list(column.allowed)
    if column.minimum is not None:
        constraints["minimum"] = int(column.minimum) if column.type == "int" else column.minimum
    if column.maximum is not None:
        constraints["maximum"] = int(column.maximum) if column.type == "int" else column.maximum
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.sv,
        "description_en": column.en,
        "constraints": constraints,
    }
    if column.nullable and column.type in _NAN_TYPES:
        field["missingValues"] = ["nan", "NaT"]
    if column.values and column.type == "string":
        field["categories"] = [{"value": code.value, "label": code.sv} for code in codes()[column.values]]
    return field


def _foreign_key(column: Column) -> dict[str, Any]:
    """Where the column's values point."""
    table, _, target = (column.references or "").partition(".")
    return {"fields": [column.name], "reference": {"resource": table, "fields": [target]}}
