"""The published tables as data: columns, types, allowed values and descriptions.

The declarations are rows of ``data/tables.csv``, ``data/columns.csv`` and ``data/values.csv``; everything
else that must know a column (Arrow and pandera schemas, ``datapackage.json``, ``docs/dataset.md``, the
report's words for a code) is made from them here, so that a column is added in one place.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.errors import OutputError

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

#: Major number: a column renamed or dropped. Minor: columns, tables or codes added.
SCHEMA_VERSION = "1.1"
DATA = Path(__file__).parent / "data"

BOX_TYPE = pa.struct(
    [
        pa.field("page", pa.int32(), nullable=False),
        *(pa.field(name, pa.float64(), nullable=False) for name in ("x0", "top", "x1", "bottom")),
    ]
)


def _arrow_type(name: str) -> pa.DataType:
    """The Arrow type behind a type word of ``columns.csv``."""
    return {
        "string": pa.string(),
        "json": pa.string(),
        "int": pa.int32(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us", tz="UTC"),
        "strings": pa.list_(pa.field("element", pa.string(), nullable=False)),
        "boxes": pa.list_(pa.field("element", BOX_TYPE, nullable=False)),
    }[name]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a published table.

    Attributes:
        type: ``string``, ``json`` (a JSON object as text), ``int``, ``float``, ``bool``, ``date``,
            ``timestamp`` (UTC), ``strings`` (list) or ``boxes`` (list of page, x0, top, x1, bottom).
        values: name of the list of allowed values, None when open; allowed: those values.
        references: ``table.column`` that the value points at, None when it points nowhere.
        sv, en: what the column holds, in Swedish and English.
    """

    name: str
    type: str
    nullable: bool
    values: str | None
    allowed: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    references: str | None
    sv: str
    en: str

    @property
    def arrow(self) -> pa.DataType:
        """The column's Arrow type."""
        return _arrow_type(self.type)


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One published table: its columns in the contract's order, its key and its descriptions."""

    name: str
    key: tuple[str, ...]
    sv_title: str
    en_title: str
    sv: str
    en: str
    columns: tuple[Column, ...]

    @property
    def file_name(self) -> str:
        """Name of the Parquet file in the output folder."""
        return f"{self.name}.parquet"


@dataclass(frozen=True, slots=True)
class Code:
    """One allowed value and the words for it."""

    value: str
    sv: str
    en: str


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of one declaration file, every field as text."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def codes() -> dict[str, tuple[Code, ...]]:
    """Every list of allowed values by its name, in the file's order."""
    lists: dict[str, list[Code]] = {}
    for row in _rows("values.csv"):
        lists.setdefault(row["list"], []).append(Code(row["value"], row["sv"], row["en"]))
    return {name: tuple(entries) for name, entries in lists.items()}


def words(list_name: str) -> dict[str, str]:
    """Swedish words by code for one list of allowed values (``words("severity")["error"]``)."""
    return {code.value: code.sv for code in codes()[list_name]}


@lru_cache(maxsize=1)
def schemas() -> dict[str, TableSchema]:
    """All published tables by name, in the order of DATASET.md."""
    columns: dict[str, list[Column]] = {}
    for row in _rows("columns.csv"):
        columns.setdefault(row["table"], []).append(_column(row))
    return {
        row["table"]: TableSchema(
            name=row["table"],
            key=tuple(row["key"].split("|")),
            sv_title=row["sv_title"],
            en_title=row["en_title"],
            sv=row["sv"],
            en=row["en"],
            columns=tuple(columns[row["table"]]),
        )
        for row in _rows("tables.csv")
    }


def _column(row: dict[str, str]) -> Column:
    """One row of columns.csv as a :class:`Column`."""
    listed = row["values"] or None
    return Column(
        name=row["column"],
        type=row["type"],
        nullable=row["nullable"] == "yes",
        values=listed,
        allowed=tuple(code.value for code in codes()[listed]) if listed else (),
        minimum=float(row["minimum"]) if row["minimum"] else None,
        maximum=float(row["maximum"]) if row["maximum"] else None,
        references=row["references"] or None,
        sv=row["sv"],
        en=row["en"],
    )


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of one table, descriptions in the metadata of fields and file.

    ``pipeline_version`` is a column of documents, not metadata, so that equal rows give equal bytes.
    """
    schema = schemas()[table]
    fields = [
        pa.field(
            column.name,
            column.arrow,
            nullable=column.nullable,
            metadata={"description_sv": column.sv, "description_en": column.en},
        )
        for column in schema.columns
    ]
    return pa.schema(
        fields,
        metadata={
            "schema_version": SCHEMA_VERSION,
            "title_sv": schema.sv_title,
            "title_en": schema.en_title,
            "description_sv": schema.sv,
            "description_en": schema.en,
        },
    )


@cache
def pandera_schema(table: str) -> DataFrameSchema:
    """The pandera schema of one table: nullability, allowed values and limits; for Arrow-backed frames."""
    from pandera.pandas import Check, DataFrameSchema
    from pandera.pandas import Column as PanderaColumn

    made: dict[str, Any] = {}
    for column in schemas()[table].columns:
        checks = []
        if column.allowed and column.type != "strings":
            checks.append(Check.isin(list(column.allowed)))
        if column.minimum is not None:
            checks.append(Check.ge(column.minimum))
        if column.maximum is not None:
            checks.append(Check.le(column.maximum))
        made[column.name] = PanderaColumn(
            checks=checks,
            nullable=column.nullable,
            unique=len(schemas()[table].key) == 1 and column.name in schemas()[table].key,
        )
    return DataFrameSchema(made, strict=True, ordered=True, name=table)


def validate(table: str, rows: pa.Table) -> pa.Table:
    """Check rows against the declaration before they are published.

    Args:
        table: name of the published table.
        rows: an Arrow table with the table's columns.

    Returns:
        The same rows with the declared Arrow schema and its metadata.

    Raises:
        OutputError: code ``schema``; the Swedish message names table, column, value and document.
    """
    from pandas import ArrowDtype
    from pandera.errors import SchemaErrors

    try:
        typed = rows.select([column.name for column in schemas()[table].columns]).cast(arrow_schema(table))
    except (KeyError, ValueError, pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise OutputError(
            f"Tabellen {table} har inte de kolumner den ska: {error}.", code="schema"
        ) from error
    frame = typed.to_pandas(types_mapper=ArrowDtype)
    try:
        pandera_schema(table).validate(frame, lazy=True)
    except SchemaErrors as error:
        raise OutputError(_complaint(table, frame, error.failure_cases), code="schema") from error
    _check_lists(table, typed)
    return typed.replace_schema_metadata(arrow_schema(table).metadata)


def _complaint(table: str, frame: Any, cases: Any) -> str:
    """The first failure in words: table, column, value, document."""
    case = cases.iloc[0]
    index = case["index"]
    known = index is not None and index == index  # NaN for a failure of the whole column
    document = f", dokument {frame['document_id'][index]}" if known and "document_id" in frame else ""
    return (
        f"Tabellen {table} följer inte sitt schema: kolumnen {case['column']} har värdet "
        f"{case['failure_case']!r} ({case['check']}{document}; {len(cases)} fel sammanlagt)."
    )


def _check_lists(table: str, rows: pa.Table) -> None:
    """Check the members of list columns that have allowed values (pandera does not look into lists)."""
    import pyarrow.compute as pc

    for column in schemas()[table].columns:
        if column.type == "strings" and column.allowed:
            members = pc.list_flatten(rows[column.name])
            wrong = members.filter(pc.invert(pc.is_in(members, pa.array(column.allowed))))
            if len(wrong):
                raise OutputError(
                    f"Tabellen {table} följer inte sitt schema: "
                    f"kolumnen {column.name} har värdet {wrong[0].as_py()!r}.",
                    code="schema",
                )
