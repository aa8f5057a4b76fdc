"""Excerpts of tables for people: the cells that made a count, among what explains them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: A whole column is shown up to this many rows, so that a count can be followed; beyond it the marked rows.
MAX_ROWS = 24
#: A whole row is shown up to this many columns; beyond it the labels and the marked columns.
MAX_COLUMNS = 6
#: Marked cells beyond these are counted in words instead of shown.
MAX_MARKED_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as it is shown: how far it reaches in the excerpt, and whether it was counted."""

    text: str
    role: str
    row_span: int
    col_span: int
    marked: bool
    fill: str | None
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some rows and columns of a table.

    Attributes:
        rows: header rows first; hidden_rows, hidden_cols: how many of the table's are not shown.
    """

    table_id: str
    rows: tuple[tuple[ShownCell, ...], ...]
    hidden_rows: int
    hidden_cols: int


Cells = Sequence[Mapping[str, Any]]


def by_table(cells: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Rows of cells.parquet grouped by table."""
    grouped: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for cell in cells:
        grouped[cell["table_id"]].append(cell)
    return grouped


def excerpt(
    table_id: str, cells: Cells, marked: Iterable[tuple[int, int]], orientation: str | None = None
) -> Excerpt | None:
    """The part of a table that shows the marked cells.

    Args:
        cells: all rows of cells.parquet of the table.
        marked: 0-based (row, col) of the cells that were counted.
        orientation: of the table; where indicators stand in rows a count never runs down a column, so only
            the counted rows are shown, one neighbour on either side of a single one.

    Returns:
        None when the table has no cell at a marked place.
    """
    cover = {
        (row, col): cell
        for cell in cells
        for row in range(cell["row"], cell["row"] + cell["row_span"])
        for col in range(cell["col"], cell["col"] + cell["col_span"])
    }
    places = sorted(place for place in set(marked) if place in cover)
    if not places:
        return None
    counted = {row for row, _ in places}
    rows = _rows_to_show(cells, counted, whole=orientation != "indicators_in_rows")
    cols = _columns_to_show(cells, {col for _, col in places}, cover, rows)
    shown = tuple(_line(row, rows, cols, cover, set(places)) for row in rows)
    return Excerpt(
        table_id,
        tuple(line for line in shown if line),
        len({row for row, _ in cover}) - len(rows),
        len({col for _, col in cover}) - len(cols),
    )


def _rows_to_show(cells: Cells, marked: set[int], *, whole: bool) -> list[int]:
    """Header rows, then every row of a short table or the marked rows (of one: with its neighbours)."""
    headers = {row for cell in cells if cell["role"] == "header" for row in _span(cell, "row")}
    body = {row for cell in cells for row in _span(cell, "row")} - headers
    if len(body) > MAX_ROWS or not whole:
        near = {row + step for row in marked for step in (-1, 1)} if len(marked) == 1 else set()
        body &= set(sorted(marked - headers)[:MAX_ROWS]) | near
    return sorted(headers | body)


def _columns_to_show(
    cells: Cells, marked: set[int], cover: Mapping[tuple[int, int], Any], rows: Sequence[int]
) -> list[int]:
    """Every column of a narrow table, else those of the row labels and the marked ones."""
    every = sorted({col for _, col in cover})
    if len(every) <= MAX_COLUMNS:
        return every
    labels = {cell["col"] for cell in cells if cell["role"] == "row_label" and cell["row"] in rows}
    kept = set(sorted(labels)[:2]) or {every[0]}
    return sorted(kept | set(sorted(marked)[:MAX_MARKED_COLUMNS]))


def _line(
    row: int,
    rows: Sequence[int],
    cols: Sequence[int],
    cover: Mapping[tuple[int, int], Mapping[str, Any]],
    marked: set[tuple[int, int]],
) -> tuple[ShownCell, ...]:
    """One row; a cell over several shown rows or columns stands once, at the first of them."""
    line = []
    for col in cols:
        cell = cover.get((row, col))
        if cell is None:
            line.append(ShownCell("", "value", 1, 1, False, None))
            continue
        own_rows = [one for one in rows if one in _span(cell, "row")]
        own_cols = [one for one in cols if one in _span(cell, "col")]
        if (row, col) == (own_rows[0], own_cols[0]):
            counted = any((r, c) in marked for r in own_rows for c in own_cols)
            line.append(
                ShownCell(
                    cell["text"],
                    cell["role"],
                    len(own_rows),
                    len(own_cols),
                    counted,
                    cell["fill"],
                    other_readings(cell),
                )
            )
    return tuple(line)


def other_readings(cell: Mapping[str, Any]) -> tuple[str, ...]:
    """What other engines read in a cell (row of cells.parquet; files of schema version 1.0 do not tell)."""
    return tuple(cell.get("readings") or ())


def _span(cell: Mapping[str, Any], axis: str) -> range:
    """The rows or columns that a cell covers."""
    return range(cell[axis], cell[axis] + cell[f"{axis}_span"])
