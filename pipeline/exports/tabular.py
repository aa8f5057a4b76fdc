"""CSV: csv/svensk/ (semicolon, decimal comma, BOM, Swedish headings and words) and csv/plain/ (RFC 4180)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.dataset.schemas import Column, schemas
from pipeline.errors import OutputError
from pipeline.exports.database import over_parquet
from pipeline.exports.harmless import harmless_sql
from pipeline.exports.headings import code_words, heading

#: cells is the evidence, tens of times larger than all other tables, and stands in Parquet and DuckDB.
TABLES = ("documents", "tables", "observations", "claims", "flags", "indicators", "units")
SWEDISH, PLAIN = "csv/svensk", "csv/plain"
BOM = "\ufeff"
LIST_MARK = "|"


def write_csv(folder: Path, run: Mapping[str, Any]) -> None:
    """Write both kinds of CSV beside the Parquet files. An exporter for ``publish``.

    A null is an empty field, an empty text ``""``; statuses and measures are columns of their own.

    Raises:
        OutputError: a file cannot be written.
    """
    import duckdb

    with over_parquet(folder) as connection:
        for name, target, query, separator in _files():
            path = folder / target / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                connection.execute(f"COPY ({query}) TO '{_escaped(path)}' (HEADER, DELIMITER '{separator}')")
            except duckdb.Error as error:
                raise OutputError(f"{path} går inte att skriva: {error}.") from error


def _files() -> Iterator[tuple[str, str, str, str]]:
    """Name, folder, query and separator of every file."""
    for name in TABLES:
        columns = schemas()[name].columns
        plain = ", ".join(f"{_field(column, '.')} AS {_named(column.name)}" for column in columns)
        yield name, PLAIN, f"SELECT {plain} FROM {name}", ","  # noqa: S608
        swedish = ", ".join(
            f"{_worded(name, column)} AS {_named((BOM if number == 0 else '') + heading(column.name))}"
            for number, column in enumerate(columns)
        )
        yield name, SWEDISH, f"SELECT {swedish} FROM {name}", ";"  # noqa: S608


def _field(column: Column, decimal: str) -> str:
    """A column as CSV can hold it: lists joined, boxes as JSON, text harmless, decimal mark set."""
    name = _named(column.name)
    if column.type == "strings":
        return harmless_sql(f"array_to_string({name}, '{LIST_MARK}')")
    if column.type == "boxes":
        return f"CAST(to_json({name}) AS VARCHAR)"
    if column.type in ("string", "json"):
        return harmless_sql(name)
    if column.type == "float" and decimal == ",":
        return f"replace(CAST({name} AS VARCHAR), '.', ',')"
    return name


def _worded(table: str, column: Column) -> str:
    """A column of the Swedish file: yes and no in words; keys and codes stay, so that files can be joined."""
    if column.type == "bool":
        return f"CASE {_named(column.name)} WHEN true THEN 'ja' WHEN false THEN 'nej' END"
    known = code_words(table, column.name)
    if known and column.type == "string" and column.name in ("status", "measure", "severity", "verdict"):
        cases = " ".join(
            f"WHEN '{code}' THEN '{word.replace(chr(39), chr(39) * 2)}'" for code, word in known.items()
        )
        return f"CASE {_named(column.name)} {cases} ELSE {_named(column.name)} END"
    return _field(column, ",")


def _named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
