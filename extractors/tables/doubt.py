"""How sure a reading by alignment is, and the second opinion on a doubtful one."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from extractors.engines.opinion import Opinion
from extractors.tables.align import Aligned
from extractors.tables.model import PageSource, PageTable
from extractors.tables.rows import is_stated
from extractors.tables.textlines import is_value
from pipeline.model import Cell, Disagreement

#: Readings less sure than this are shown to another engine.
DOUBTFUL = 0.8
#: With an agreement of at least this the reading is sure enough again.
AGREED = 0.9


def sureness(made: Aligned, *, ruled: bool) -> float:
    """How sure a reading by alignment is, 0–1.

    It starts from what is drawn (borders broken at the columns 0.97, rules 0.93, nothing 0.88) and loses by
    values that stand together in one cell, by texts that run over an edge in the body, and by emptiness.
    """
    start = 0.97 if made.drawn else 0.93 if ruled else 0.88
    body = made.rows[made.layout.header_rows :]
    cells = crowded = over = 0
    for group in body:
        seen: dict[int, int] = {}
        for row in group:
            for run in row.runs:
                if run.first > 0:
                    over += run.last > run.first
                    cells += 1
                    parts = run.text.split()
                    crowded += len(parts) > 1 and not is_value(run.text) and all(map(is_value, parts))
            for col in row.value_cols:
                seen[col] = seen.get(col, 0) + 1
        crowded += sum(count > 1 for count in seen.values())
    if not cells:
        return round(start - 0.3, 3)
    n_cols = made.layout.n_cols
    stated = sum(is_stated(t, made.answers) for g in body for r in g for c, t in r.texts.items() if c)
    filled = min(1.0, cells / max(1, len(body) * (n_cols - 1)))
    loss = 2.0 * crowded / cells + 1.0 * over / cells
    loss += 0.3 * max(0.0, 0.5 - filled) + 0.15 * (1.0 - min(1.0, stated / cells))
    return round(max(0.2, start - loss), 3)


def second_opinion(table: PageTable, source: PageSource, height: float, *, ruled: bool) -> PageTable:
    """The table with the agreement of another engine, and with what that reads otherwise in its values.

    camelot's hybrid engine is asked where something is drawn, its stream engine and then pdfplumber where
    nothing is; the first one that finds a table is believed.
    """
    if source.path is None:
        return table
    opinion = _ask(table, source, height, ruled=ruled)
    if opinion is None:
        return dataclasses.replace(table, reason="Ingen andra läsning gick att få av tabellen.")
    agreement, found = compare(table.cells, table.header_rows, opinion, table.engine)
    readings = {(one.row, one.col): one.other_reading for one in found}
    cells = tuple(
        dataclasses.replace(cell, readings=(readings[cell.row, cell.col],))
        if (cell.row, cell.col) in readings
        else cell
        for cell in table.cells
    )
    confidence = table.confidence
    if agreement >= AGREED:
        confidence = max(confidence, 0.85)
    return dataclasses.replace(
        table, cells=cells, agreement=agreement, confidence=confidence, disagreements=tuple(found)
    )


def _ask(table: PageTable, source: PageSource, height: float, *, ruled: bool) -> Opinion | None:
    from extractors.engines import camelot_engine, plumber

    assert source.path is not None
    box = table.box
    area = (box.x0, box.top, box.x1, box.bottom)
    opinion = camelot_engine.read_area(
        source.path, source.page, area, height, "hybrid" if ruled else "stream"
    )
    if opinion is None or len(opinion.rows) < 2 or len(opinion.xs) < 3:
        opinion = plumber.read_area(source.path, source.page, area, list(table.column_edges))
    return opinion


def compare(
    cells: Sequence[Cell], header_rows: int, opinion: Opinion, engine: str
) -> tuple[float, list[Disagreement]]:
    """How far another reading agrees, and the values it reads otherwise.

    Agreement is the share of texts in the body that both have. Values are compared where a row of the
    other reading has the same label and as many columns.
    """
    ours: dict[int, dict[int, Cell]] = {}
    for cell in cells:
        if cell.row >= header_rows:
            ours.setdefault(cell.row, {})[cell.col] = cell
    theirs: dict[str, tuple[str, ...]] = {}
    pool: dict[str, int] = {}
    for row in opinion.rows:
        if row and row[0]:
            theirs.setdefault(_plain(row[0]), row)
        for text in row:
            pool[_plain(text)] = pool.get(_plain(text), 0) + 1
    shared = total = 0
    found: list[Disagreement] = []
    n_cols = max((cell.col + cell.col_span for cell in cells), default=0)
    for index in sorted(ours):
        row_cells = ours[index]
        other = theirs.get(_plain(row_cells[0].text)) if 0 in row_cells else None
        for col, cell in sorted(row_cells.items()):
            if not cell.text:
                continue
            total += 1
            key = _plain(cell.text)
            if pool.get(key, 0) > 0:
                pool[key] -= 1
                shared += 1
            elif other is not None and len(other) == n_cols and is_value(cell.text):
                reading = " ".join(other[col].split())
                if is_value(reading) and _plain(reading) != key:
                    found.append(Disagreement(index, col, engine, cell.text, opinion.engine, reading))
    return (round(shared / total, 3) if total else 0.0), found


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").casefold()
