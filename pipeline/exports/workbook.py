"""oj.xlsx: the dataset for people who work in Excel; numbers are numbers, codes are text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.dataset.files import unwritable
from pipeline.exports import workbook_sheets as sheets
from pipeline.exports import workbook_words
from pipeline.exports.database import over_parquet
from pipeline.exports.settings import ExportSettings
from pipeline.exports.workbook_rows import write_rows

WORKBOOK_FILE = "oj.xlsx"
#: Published tables that it is made of.
WORKBOOK_TABLES = sheets.MADE_OF
#: The workbook's own date: equal tables give equal bytes (a zip file cannot be older).
EPOCH = dt.datetime(1980, 1, 1)
#: Rows fetched from DuckDB at a time.
CHUNK = 5_000
BORDER = {"border": 1, "border_color": "#d9d9d9"}
#: Formats of cells by name. Text on every fill is at least 7:1; every fill also carries its word.
FORMATS: dict[str, dict[str, Any]] = {
    "head": {
        "bold": True,
        "bg_color": "#0e565d",
        "font_color": "#ffffff",
        "text_wrap": True,
        "valign": "top",
    },
    "title": {"bold": True, "font_size": 16},
    "wrap": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True, "valign": "top"},
    "text": {"num_format": "@"},
    "number": {},
    "date": {"num_format": "yyyy-mm-dd"},
    "ja": {"bg_color": "#bfe3d6", **BORDER},
    "nej": {"bg_color": "#f7c8b4", **BORDER},
    "delvis": {"bg_color": "#fbe3a6", **BORDER},
    "tal": {"bg_color": "#e8eff7", **BORDER},
    "utan": {"bg_color": "#ececea", "italic": True, **BORDER},
    "olaslig": {"bg_color": "#e3d3ec", "italic": True, **BORDER},
}


def workbook_exporter(settings: ExportSettings) -> Callable[[Path, Mapping[str, Any]], None]:
    """An exporter for ``publish`` that writes oj.xlsx; it raises OutputError where it cannot."""

    def write_workbook(folder: Path, run: Mapping[str, Any]) -> None:
        import xlsxwriter
        from xlsxwriter.exceptions import FileCreateError

        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(folder),
        }
        try:
            with (
                over_parquet(folder) as connection,
                xlsxwriter.Workbook(str(folder / WORKBOOK_FILE), options) as book,
            ):
                book.set_properties(
                    {"title": settings.title, "author": settings.publisher_name, "created": EPOCH}
                )
                _fill(_Writer(book), connection, run, settings)
        except (OSError, FileCreateError) as error:
            raise unwritable(folder, error if isinstance(error, OSError) else OSError(str(error))) from error

    return write_workbook


def _fill(writer: _Writer, connection: Any, run: Mapping[str, Any], settings: ExportSettings) -> None:
    """All sheets, the documentation first."""
    wide = list(sheets.wide_sheets(connection, settings.excel_max_wide_sheets))
    writer.document(workbook_words.documentation(connection, run, settings, [one.name for one in wide]))
    for sheet in wide:
        writer.table(sheet)
    for sheet in sheets.table_sheets(connection, settings.excel_max_rows, CHUNK):
        writer.table(sheet)


class _Writer:
    """Puts sheets into one workbook; a row is finished before the next begins (constant memory)."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats = {name: book.add_format(look) for name, look in FORMATS.items()}

    def document(self, lines: Sequence[tuple[str, ...]]) -> None:
        """The documentation sheet: a title line, headings (one text) and pairs."""
        sheet = self._book.add_worksheet("Om datamängden")
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 110)
        for number, line in enumerate(lines):
            form = "title" if number == 0 else "bold"
            if line:
                sheet.write_string(number, 0, line[0], self._formats[form])
            if len(line) > 1:
                sheet.write_string(number, 1, line[1], self._formats["wrap"])

    def table(self, table: sheets.Sheet) -> None:
        """A sheet with a frozen heading row and a filter."""
        sheet = self._book.add_worksheet(table.name)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width)
        sheet.freeze_panes(1, table.frozen)
        sheet.set_row(0, table.head_height)
        for number, column in enumerate(table.columns):
            sheet.write_string(0, number, column.heading, self._formats["head"])
        last = write_rows(sheet, len(table.columns), table.rows, self._formats)
        if table.columns:
            sheet.autofilter(0, 0, last, len(table.columns) - 1)
