"""Tables of one unit each read as one table of several units."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.view import POOL, Column, Line, TableView
from pipeline.model import Observation
from pipeline.model.ids import fold


def pooled(tables: tuple[TableView, ...]) -> TableView | None:
    """One view over tables of one unit each (a table per kommun): units as lines, indicators as columns.

    None unless at least three such tables share most of their indicators. Indices of lines and columns
    are those of the pool; each cell stays the observation of its own table.
    """
    single = [view for view in tables if len(view.members) == 1 and len(view.lines) == 1]
    keys = {view.members[0].key for view in single}
    if len(single) < POOL or len(keys) != len(single):
        return None
    places: dict[str, int] = {}
    columns: dict[int, Column] = {}
    lines: list[Line] = []
    cells: dict[tuple[int, int], Observation] = {}
    for number, view in enumerate(single):
        member = view.members[0]
        lines.append(replace(member, index=number))
        for column in view.columns:
            at = places.setdefault(fold(column.words), len(places))
            columns.setdefault(at, replace(column, index=at))
            seen = view.cell(member, column)
            if seen is not None:
                cells[number, at] = seen
    if len(cells) * 2 < len(lines) * len(columns):
        return None
    return TableView(
        single[0].reading, tuple(lines), tuple(columns[at] for at in sorted(columns)), cells, True
    )
