"""The fast way of writing rows gives the same bytes as the library's documented calls, one cell at a time."""

import datetime as dt
import io
from collections.abc import Callable, Sequence

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.exports import workbook_rows
from pipeline.exports.workbook import EPOCH, FORMATS
from pipeline.exports.workbook_rows import write_cells, write_rows
from pipeline.exports.workbook_sheets import Value

Rows = Sequence[Sequence[Value]]
WIDE = 30

texts = st.text(
    alphabet=st.one_of(st.sampled_from(" \n\t<>&\"'_x0041_åäö\x01\x1f\ufffe😀"), st.characters(codec="utf-8"))
)
# A minus sign before nothing is the one number whose equal is written otherwise.
numbers = st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False).map(
    lambda x: x + 0.0
)
cells = st.one_of(
    st.tuples(texts, st.sampled_from([None, "text", "ja", "nej"])),
    st.tuples(numbers, st.sampled_from([None, "tal", "number"])),
    st.tuples(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)), st.just("date")),
    st.just((None, None)),
)


def book_of(rows: Rows, by: Callable[..., int], columns: int) -> bytes:
    """A workbook of two equal sheets whose rows are written by one of the ways."""
    content = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": EPOCH})
        formats = {name: book.add_format(look) for name, look in FORMATS.items()}
        for name in ("ett", "två"):
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 0, 34)
            sheet.set_row(0, 40)
            for column in range(columns):
                sheet.write_string(0, column, f"Rubrik {column}", formats["head"])
            given = (sheet, columns, rows, formats) if by is write_rows else (sheet, rows, formats)
            assert by(*given) == len(rows)
            sheet.autofilter(0, 0, len(rows), columns - 1)
    return content.getvalue()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=8))
def test_the_bytes_are_those_of_the_documented_calls(rows: Rows) -> None:
    assert book_of(rows, write_rows, 3) == book_of(rows, write_cells, 3)


def test_columns_beyond_z_and_more_values_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [[(f"värde {row % 7}-{col}", "text") for col in range(WIDE)] for row in range(40)]
    plain = book_of(rows, write_cells, WIDE)
    monkeypatch.setattr(workbook_rows, "KEPT", 5)
    assert book_of(rows, write_rows, WIDE) == plain


def test_a_library_that_is_built_otherwise_gets_its_cells_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: Rows = [[("JA", "ja"), (1.5, "tal")], [(None, None), (None, None)], [("NEJ", "nej"), (2, None)]]
    plain = book_of(rows, write_cells, 2)
    monkeypatch.setattr(workbook_rows, "NEEDED", ("no_such_part",))
    assert book_of(rows, write_rows, 2) == plain


def test_a_row_that_is_too_short_is_no_row() -> None:
    with pytest.raises(ValueError, match="shorter"):
        book_of([[("JA", "ja")]], write_rows, 2)
