"""summary_row: min–max and median rows against the cells they sum up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import number, quoted
from pipeline.claims.tolerance import same
from pipeline.claims.view import Column, TableView
from pipeline.model import Axis, Cell, Observation

CHECK = "summary_row"
NAME = "summary_row.extremes"
_RANGE = r"^\s*(-?[\d\s]+(?:[.,]\d+)?)\s*[–-]\s*([\d\s]+(?:[.,]\d+)?)\s*%?\s*$"
#: The row sums the table's own units when this share of its columns agree with them.
_OWN_SHARE = 0.6


@document_check(NAME)
def extremes(case: DocumentCase) -> Iterator[Finding]:
    """One finding per column whose printed extremes or median are not those of the table's units."""
    for view in case.views:
        for axis in (*view.reading.row_axes, *view.reading.col_axes):
            if axis.kind == "minmax":
                yield from _minmax(view, axis)
        yield from _medians(view)


def _values(view: TableView, column: Column) -> list[tuple[float, Observation]]:
    cells = [view.cell(line, column) for line in view.members]
    return [(cell.value, cell) for cell in cells if cell is not None and cell.value is not None]


def _minmax(view: TableView, axis: Axis) -> Iterator[Finding]:
    in_rows = view.reading.orientation != "indicators_in_rows"
    cells = {
        (cell.col if in_rows else cell.row): cell
        for cell in view.reading.table.cells
        if (cell.row if in_rows else cell.col) == axis.index
    }
    told: list[tuple[Column, Cell, float, float, list[tuple[float, Observation]]]] = []
    for column in view.columns:
        cell = cells.get(column.index)
        match = re.match(_RANGE, cell.text) if cell is not None else None
        values = _values(view, column)
        if cell is not None and match and len(values) > 1:
            low, high = (
                float(part.replace(" ", "").replace("\u00a0", "").replace(",", "."))
                for part in match.groups()
            )
            told.append((column, cell, low, high, values))
    wrong = [one for one in told if not _fits(one[2], one[3], [value for value, _ in one[4]])]
    if len(told) - len(wrong) < _OWN_SHARE * len(told) or len(told) < 2:
        return
    for column, cell, _low, _high, values in wrong:
        actual = f"{number(min(v for v, _ in values))}–{number(max(v for v, _ in values))}"
        yield _finding(view, column, axis.label, cell.text, actual, [seen for _, seen in values], cell)


def _fits(low: float, high: float, values: list[float]) -> bool:
    return same(low, 1, min(values)) and same(high, 1, max(values))


def _medians(view: TableView) -> Iterator[Finding]:
    for line in view.lines:
        if line.statistic != "median" or line.kind != "grupp":
            continue
        told = [
            (column, cell, values)
            for column in view.columns
            if (cell := view.cell(line, column)) is not None
            and cell.value is not None
            and len(values := _values(view, column)) > 2
        ]
        wrong = [
            one for one in told if not same(one[1].value or 0.0, 1, median(value for value, _ in one[2]))
        ]
        if len(told) < 2 or len(told) - len(wrong) < _OWN_SHARE * len(told):
            continue
        for column, cell, values in wrong:
            actual = number(median(value for value, _ in values))
            yield _finding(
                view, column, line.label, cell.value_raw, actual, [cell, *(seen for _, seen in values)], None
            )


def _finding(
    view: TableView,
    column: Column,
    label: str,
    printed: str,
    actual: str,
    seen: list[Observation],
    cell: Cell | None,
) -> Finding:
    box = cell.box if cell is not None else seen[0].box
    return Finding(
        check=CHECK,
        severity="warning",
        document_id=seen[0].document_id,
        page=box.page,
        boxes=(box,),
        message=(
            f"Avvikelse i {view.title}, {quoted(column.label)}: raden {quoted(label)} visar {printed}, "
            f"men tabellens enheter ger {actual}."
        ),
        key=(view.label or view.title, label, column.label),
        asserted=f"{label} {printed}",
        found=actual,
        table_id=view.table_id,
        table_label=view.label,
        observations=tuple(seen),
        suspects=frozenset(one.observation_id for one in seen),
        place=(f"{view.table_id}|{column.label}",),
        evidence=(printed,),
    )
