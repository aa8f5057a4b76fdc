"""CSV: csv/svensk/ (semicolon, decimal comma, BOM, Swedish headings and words) and csv/plain/ (RFC 4180)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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


def csv_files(table: str) -> tuple[str, str]:
    """Both files of a table, as paths below the dataset's folder."""
    return f"{PLAIN}/{table}.csv", f"{SWEDISH}/{table}.csv"


def csv_exporter(table: str) -> Callable[[Path, Mapping[str, Any]], None]:
    """An exporter for ``publish`` that writes both kinds of CSV of one table.

    A null is an empty field, an empty text ``""``; statuses and measures are columns of their own.
    The exporter raises OutputError where a file cannot be written.
    """

    def write_table(folder: Path, run: Mapping[str, Any]) -> None:
        import duckdb

        with over_parquet(folder, views=False) as connection:
            for target, query, separator in _files(table):
                path = folder / target
                path.parent.mkdir(parents=True, exist_ok=True)
                told = f"COPY ({query}) TO '{_escaped(path)}' (HEADER, DELIMITER '{separator}')"
                try:
                    connection.execute(told)
                except duckdb.Error as error:
                    raise OutputError(f"{path} går inte att skriva: {error}.") from error

    return write_table


def write_csv(folder: Path, run: Mapping[str, Any]) -> None:
    """Write both kinds of CSV of every table beside the Parquet files.

    Raises:
        OutputError: a file cannot be written.
    """
    for table in TABLES:
        csv_exporter(table)(folder, run)


def _files(table: str) -> Iterator[tuple[str, str, str]]:
    """Path, query and separator of both files of a table."""
    columns = schemas()[table].columns
    plain = ", ".join(f"{_field(column, '.')} AS {_named(column.name)}" for column in columns)
    swedish = ", ".join(
        f"{_worded(table, column)} AS {_named((BOM if number == 0 else '') + heading(column.name))}"
        for number, column in enumerate(columns)
    )
    yield f"{PLAIN}/{table}.csv", f"SELECT {plain} FROM {table}", ","  # noqa: S608
    yield f"{SWEDISH}/{table}.csv", f"SELECT {swedish} FROM {table}", ";"  # noqa: S608


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
