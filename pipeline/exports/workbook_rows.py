"""Rows of a sheet, written as fast as a file: the library makes the XML of a cell once for every value.

A sheet of values has millions of cells and few different ones (names, codes, answers), and XlsxWriter spends
most of a workbook's time on making the same element again. Here it makes the element of every value and
format once, and rows are put together of those and go into the library's own file of rows. What is written
is, byte for byte, what the library writes when it is handed the cells one by one (a test compares them).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pipeline.exports.workbook_sheets import Value

#: What of the library's sheet is used beyond its documented calls; without one of them, cells go one by one.
NEEDED = ("row_data_fh", "previous_row", "table", "_write_single_row", "_write_cell", "_check_dimensions")
#: Elements kept at a time: enough for the names and codes of any corpus, and about 20 MB at most.
KEPT = 50_000


def write_rows(sheet: Any, columns: int, rows: Iterable[Iterable[Value]], formats: Mapping[str, Any]) -> int:
    """Write the rows below the first one of a sheet whose first row is finished; gives how many they are.

    Args:
        sheet: of a workbook with constant memory; its columns have no formats of their own.
        columns: how many a row has. formats: by the names in the values.
    """
    if not all(hasattr(sheet, name) for name in NEEDED):
        return write_cells(sheet, rows, formats)
    sheet._write_single_row(1)
    tail = _tails(sheet, formats)
    starts = [f'<c r="{_letters(number)}' for number in range(columns)]
    write = sheet.row_data_fh.write
    last = filled = 0
    for last, row in enumerate(rows, 1):
        place = f'{last + 1}"'
        cells = "".join(
            [
                start + place + tail(value)
                for start, value in zip(starts, row, strict=True)
                if value[0] is not None
            ]
        )
        if cells:
            write(f'<row r="{last + 1}">{cells}</row>')
            filled = last
    if filled:
        sheet.previous_row = filled
        sheet._check_dimensions(filled, 0)
    return last


def write_cells(sheet: Any, rows: Iterable[Iterable[Value]], formats: Mapping[str, Any]) -> int:
    """The same by the library's documented calls, a cell at a time; gives the number of rows."""
    last = 0
    for last, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if value[0] is not None:
                _write(sheet, last, column, value, formats)
    return last


def _write(sheet: Any, row: int, column: int, value: Value, formats: Mapping[str, Any]) -> None:
    content, form = value
    look = formats[form] if form else None
    if isinstance(content, str):
        sheet.write_string(row, column, content, look)
    elif isinstance(content, dt.date):
        sheet.write_datetime(row, column, content, formats["date"])
    else:
        sheet.write_number(row, column, content, look)


def _tails(sheet: Any, formats: Mapping[str, Any]) -> Callable[[Value], str]:
    """What gives the element of a value from behind its row number on."""
    known: dict[Value, str] = {}

    def tail(value: Value) -> str:
        found = known.get(value)
        if found is None:
            if len(known) >= KEPT:
                known.clear()
            found = known[value] = _element(sheet, value, formats).removeprefix('<c r="A2"')
        return found

    return tail


def _element(sheet: Any, value: Value, formats: Mapping[str, Any]) -> str:
    """The XML of a value in the first cell of the second row, the one that the library holds open."""
    _write(sheet, 1, 0, value, formats)
    cell = sheet.table.pop(1)[0]
    file, sheet.fh = sheet.fh, io.StringIO()
    try:
        sheet._write_cell(1, 0, cell)
        made: str = sheet.fh.getvalue()
    finally:
        sheet.fh = file
    return made


def _letters(number: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    head, place = divmod(number, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + place)
