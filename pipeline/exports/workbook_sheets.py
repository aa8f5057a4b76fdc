"""What stands on the sheets of the workbook, as plain values with the name of their format."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.dataset.schemas import Column, schemas
from pipeline.exports.database import Edition, editions, rows_of
from pipeline.exports.harmless import harmless
from pipeline.exports.headings import ABSENT, CONFLICT, MEASURES, area_word, code_words, heading

#: A value and the name of its format (see ``workbook.FORMATS``), None for the sheet's own.
Value = tuple[str | float | int | dt.date | None, str | None]
#: Excel cuts longer texts with a warning; the whole text stands in Parquet.
MAX_TEXT = 32_000
TABLES = (
    ("long", "Värden"),
    ("documents", "Dokument"),
    ("flags", "Avvikelser"),
    ("indicators", "Indikatorer"),
    ("units", "Enheter"),
)
#: Published tables that the workbook is made of.
MADE_OF = ("observations", "documents", "flags", "indicators", "units")
#: Columns of the sheet of values: what is measured, of whom, the value, and where it stands.
VALUES = (
    *("year", "area", "quality_area", "indicator_name", "unit_name", "unit_id", "unit_kind", "measure"),
    *("answer", "value", "value_unit", "range_min", "range_max", "status", "value_raw", "answer_note"),
    *("subgroup", "period", "comment", "uncertain", "document_title", "file_name", "page", "table_label"),
    *("indicator_id", "indicator_label", "indicator_group", "unit_label", "correction", "observation_id"),
)
#: Columns for programs that follow a value to its cell: they stand in the other files.
LEFT_OUT = frozenset({"row", "col", "x0", "top", "x1", "bottom", "boxes", "evidence_hash", "file_sha256"})
FORM_OF_STATUS = {"unreadable": "olaslig", CONFLICT: "olaslig"}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """Heading and width (in characters) of a column."""

    heading: str
    width: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: frozen is the number of columns that stay; rows may be streamed."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[Iterable[Value]]
    frozen: int = 0
    head_height: float = 32


def table_sheets(connection: Any, max_rows: int, chunk: int) -> Iterator[Sheet]:
    """The published tables that people read, with Swedish headings and words, at most ``max_rows`` rows."""
    for name, title in TABLES:
        columns = shown_columns(name)
        listed = ", ".join(f'"{column.name}"' for column in columns)
        cursor = connection.execute(f"SELECT {listed} FROM {name} LIMIT {max_rows}")  # noqa: S608
        put = [_put(name, column) for column in columns]
        yield Sheet(
            title,
            tuple(SheetColumn(heading(column.name), _width(column)) for column in columns),
            ([one(value) for one, value in zip(put, row, strict=True)] for row in rows_of(cursor, chunk)),
        )


def shown_columns(table: str) -> tuple[Column, ...]:
    """The columns of a table (or of the view ``long``) that people read."""
    if table != "long":
        return tuple(column for column in schemas()[table].columns if column.name not in LEFT_OUT)
    known = {column.name: column for column in schemas()["observations"].columns}
    return tuple(known.get(name) or _of_view(name) for name in VALUES)


def _of_view(name: str) -> Column:
    """A column that only the view has: text, described by its heading."""
    return Column(name, "string", True, None, (), None, None, None, f"{heading(name)}.", name)


def wide_sheets(connection: Any, most: int) -> Iterator[Sheet]:
    """A sheet per area and edition, newest first: documents, units and measures by indicators."""
    found = sorted(editions(connection), key=lambda one: (-(one.year or 0), one.area or "~"))
    taken: set[str] = set()
    for edition in found[:most]:
        yield _wide(connection, edition, taken)


def _wide(connection: Any, edition: Edition, taken: set[str]) -> Sheet:
    """One edition; its rows are few (units of one survey), so they are held."""
    rows = connection.execute(
        "SELECT r.document_id, unit_id, unit_label, measure, subgroup, period, "
        "indicator_key, indicator_name, "
        "answer, value, value_unit, range_min, range_max, r.status, coalesce(d.title, d.file_name) "
        "FROM resolved r JOIN documents d USING (document_id) "
        "WHERE r.area IS NOT DISTINCT FROM ? AND r.year IS NOT DISTINCT FROM ? "
        "ORDER BY d.file_name, document_id, measure, unit_id NULLS LAST, unit_label, subgroup NULLS FIRST, "
        "period NULLS FIRST, indicator_key",
        [edition.area, edition.year],
    ).fetchall()
    names = {row[6]: row[7] for row in rows}
    place = {key: number for number, key in enumerate(sorted(names, key=lambda key: (names[key], key)))}
    units = _units_of(rows)
    fixed = ("unit_id", "unit_label", "measure", "subgroup", "period")
    columns = (
        *(SheetColumn(heading(name), 24 if name == "unit_label" else 11) for name in fixed),
        *(SheetColumn(harmless(names[key] + units.get(key, "")), 16) for key in place),
        SheetColumn(heading("document_title"), 40),
    )
    return Sheet(_sheet_name(edition, taken), columns, list(_wide_rows(rows, place)), 2, 96)


def _units_of(rows: Iterable[tuple[Any, ...]]) -> dict[str, str]:
    """What the figures of each indicator are measured in, as the end of a heading: `` (kronor)``.

    A share is in percent always; its measure says so.
    """
    found: dict[str, set[str]] = {}
    for row in rows:
        if row[3] != "share" and row[9] is not None and row[10]:
            found.setdefault(row[6], set()).add(row[10])
    return {key: f" ({' eller '.join(sorted(units))})" for key, units in found.items()}


def _wide_rows(rows: Iterable[tuple[Any, ...]], place: Mapping[str, int]) -> Iterator[list[Value]]:
    """One line per document, unit and measure."""
    for _, group in itertools.groupby(rows, key=lambda row: row[:6]):
        held = list(group)
        _, unit_id, unit_label, measure, subgroup, period = held[0][:6]
        line: list[Value] = [
            (unit_id, "text"),
            (harmless(unit_label), None),
            (MEASURES[measure], None),
            (_text(subgroup), None),
            (_text(period), None),
            *[(None, None)] * len(place),
            (_text(held[0][14]), None),
        ]
        for row in held:
            line[5 + place[row[6]]] = wide_value(*row[8:14])
        yield line


def wide_value(
    answer: str | None,
    value: float | None,
    value_unit: str | None,
    low: float | None,
    high: float | None,
    status: str,
) -> Value:
    """A value as a coloured cell: its answer, its number, its range, or the word for why there is none."""
    if status != "ok":
        return ABSENT.get(status, status), FORM_OF_STATUS.get(status, "utan")
    if answer is not None and low is None and value is None:
        return answer, answer.lower()
    if value is not None and answer is None:
        return value, "tal"
    figure = f"{low:g}–{'' if high is None else f'{high:g}'}" if low is not None else f"{value:g}"
    told = f"{figure} {value_unit or ''}".strip().replace(".", ",")
    return (f"{answer} ({told})", answer.lower()) if answer else (told, "tal")


def _put(table: str, column: Column) -> Callable[[Any], Value]:
    """What turns a value of a column into a cell: codes in words, numbers as numbers, lists joined.

    Chosen once a column: a sheet has millions of cells.
    """
    known = code_words("observations" if table == "long" else table, column.name)
    if column.type in ("int", "float"):
        return _number
    if column.type in _PUTS:
        return _PUTS[column.type]
    if column.type == "strings":
        return lambda value: (_text(", ".join(known.get(one, one) for one in value)), "text")
    if column.name == "answer":
        return lambda value: (value, value and value.lower())
    if known:
        return lambda value: (known.get(value, value), "text")
    return lambda value: (_text(value), "text")


def _number(value: float | None) -> Value:
    return value, None


#: Cells of the types that need no words of their column.
_PUTS: dict[str, Callable[[Any], Value]] = {
    "date": lambda value: (value, "date"),
    "bool": lambda value: (None if value is None else "ja" if value else "nej", None),
    "timestamp": lambda value: (value and value.isoformat(timespec="seconds"), "text"),
    "boxes": lambda value: (" ".join(f"s. {one['page']}" for one in value), None),
}


def _text(text: str | None) -> str | None:
    """Text that is no formula and fits a cell."""
    return None if text is None else harmless(text)[:MAX_TEXT]


def _width(column: Column) -> float:
    """A width that shows most values without wrapping."""
    if column.type in ("int", "float", "bool", "date"):
        return 10
    return (
        40
        if column.name in ("message", "sentence", "title", "indicator_label", "name", "reason", "comment")
        else 16
    )


def _sheet_name(edition: Edition, taken: set[str]) -> str:
    """At most 31 characters, none of ``[]:*?/\\``, never twice: ``2019 Ekonomiskt bistånd``."""
    name = re.sub(r"[\[\]:*?/\\']", " ", f"{edition.year or 'Utan år'} {area_word(edition.area)}")[
        :31
    ].strip()
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{name[:27].strip()} ({number})"
    taken.add(name.casefold())
    return name
