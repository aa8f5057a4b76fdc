from dataclasses import replace
from typing import Any

from pipeline.dataset.excerpts import MAX_ROWS, excerpt
from pipeline.dataset.rows import document_rows
from tests.pipeline.dataset.made import document


def cell(
    row: int, col: int, text: str, role: str = "value", row_span: int = 1, col_span: int = 1
) -> dict[str, Any]:
    return {
        "table_id": "t", "row": row, "col": col, "row_span": row_span, "col_span": col_span, "role": role,
        "text": text, "fill": None,
    }  # fmt: skip


def grid(rows: int, cols: int) -> list[dict[str, Any]]:
    head = [cell(0, col, f"K{col}", "header") for col in range(cols)]
    return head + [
        cell(row, col, f"{row}.{col}", "row_label" if col == 0 else "value")
        for row in range(1, rows)
        for col in range(cols)
    ]


def texts(found: Any) -> list[list[str]]:
    return [[one.text for one in line] for line in found.rows]


def test_a_small_table_is_shown_whole() -> None:
    found = excerpt("t", grid(4, 3), [(2, 1)])
    assert texts(found) == [["K0", "K1", "K2"], *([f"{row}.{col}" for col in range(3)] for row in (1, 2, 3))]
    assert [one.text for line in found.rows for one in line if one.marked] == ["2.1"]
    assert (found.hidden_rows, found.hidden_cols) == (0, 0)


def test_a_wide_table_keeps_labels_and_counted_columns() -> None:
    found = excerpt("t", grid(4, 12), [(1, 7), (3, 7), (2, 11)])
    assert texts(found)[0] == ["K0", "K7", "K11"]
    assert found.hidden_cols == 9 and len(found.rows) == 4


def test_a_long_table_keeps_its_head_and_counted_rows() -> None:
    found = excerpt("t", grid(MAX_ROWS + 40, 3), [(30, 1), (50, 2)])
    assert [line[0] for line in texts(found)] == ["K0", "30.0", "50.0"]
    assert found.hidden_rows == MAX_ROWS + 40 - 3


def test_where_indicators_stand_in_rows_only_counted_rows_are_shown() -> None:
    found = excerpt("t", grid(12, 4), [(4, 1), (9, 1)], "indicators_in_rows")
    assert [line[0] for line in texts(found)] == ["K0", "4.0", "9.0"]
    alone = excerpt("t", grid(12, 4), [(11, 1), (11, 3)], "indicators_in_rows")
    assert [line[0] for line in texts(alone)] == ["K0", "10.0", "11.0"]


def test_a_merged_head_reaches_over_the_columns_that_are_shown() -> None:
    cells = [cell(0, 0, "", "header"), cell(0, 1, "Grupp", "header", col_span=9)]
    cells += [dict(one, row=one["row"] + 1) for one in grid(3, 10)]
    found = excerpt("t", cells, [(2, 4), (3, 6)])
    assert [(one.text, one.col_span) for one in found.rows[0]] == [("", 1), ("Grupp", 2)]


def test_no_counted_cell_no_excerpt() -> None:
    assert excerpt("t", grid(3, 3), []) is None
    assert excerpt("t", grid(3, 3), [(9, 9)]) is None


def test_what_another_engine_read_travels_with_the_cell_from_the_document_to_the_excerpt() -> None:
    made = document()
    reading = made.tables[0]
    own = tuple(
        replace(cell, readings=("NEI",)) if (cell.row, cell.col) == (1, 2) else cell
        for cell in reading.table.cells
    )
    told = replace(made, tables=(replace(reading, table=replace(reading.table, cells=own)),))
    rows = document_rows(told, ())["cells"].to_pylist()
    assert {(row["row"], row["col"]): row["readings"] for row in rows if row["readings"]} == {(1, 2): ["NEI"]}
    shown = excerpt(reading.table_id, rows, [(1, 2)])
    assert shown is not None
    assert [cell.readings for line in shown.rows for cell in line if cell.marked] == [("NEI",)]
    old = [{name: value for name, value in row.items() if name != "readings"} for row in rows]
    assert excerpt(reading.table_id, old, [(1, 2)]) is not None  # files of schema version 1.0
