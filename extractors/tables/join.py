"""Tables continued over pages made one: by column positions, repeated or missing headers, split rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise

from extractors.tables.hyphens import join_lines
from extractors.tables.model import GapBetween, Joined, PageTable
from extractors.tables.rows import is_unit_row
from extractors.tables.textlines import is_value
from pipeline.model import Cell, Disagreement, TableHint

#: Column edges of one table differ from page to page by at most this share of its width, or so many points.
EDGE_SHARE = 0.025
EDGE_POINTS = 7.0
#: The left edge of a table told by alignment is where its labels begin: vague by so many points.
OUTER = 12.0

ColumnMap = list[tuple[int, int]]


def join_tables(page_tables: Sequence[PageTable], between: GapBetween) -> tuple[Joined, ...]:
    """Logical tables, in the order of their first parts.

    Args:
        page_tables: all tables of the file in reading order.
        between: tells what stands between two tables that follow each other.

    A table continues the one before it when it stands on the next page, nothing but running heads or
    a repeated title stands between, their columns agree, and it brings no new header.
    """
    chains: list[list[int]] = []
    maps: list[list[ColumnMap]] = []
    for index, table in enumerate(page_tables):
        if chains:
            first, last = page_tables[chains[-1][0]], page_tables[chains[-1][-1]]
            columns = _continues(first, last, table, between)
            if columns is not None:
                chains[-1].append(index)
                maps[-1].append(columns)
                continue
        chains.append([index])
        maps.append([[(i, i) for i in range(table.n_cols)]])
    return tuple(
        _join(chain, [page_tables[i] for i in chain], columns)
        for chain, columns in zip(chains, maps, strict=True)
    )


def _continues(first: PageTable, last: PageTable, table: PageTable, between: GapBetween) -> ColumnMap | None:
    """The columns of ``first`` that the columns of ``table`` are, or None when it is another table."""
    follows = table.page == last.page + 1 or _in_next_column(first, last, table)
    if not follows or "chart" in (last.hint, table.hint):
        return None
    if "contents" in (last.hint, table.hint) and last.hint != table.hint:
        return None
    repeats = first.n_cols == table.n_cols and _repeats_header(first, table) > 0
    columns = [(i, i) for i in range(table.n_cols)] if repeats else column_map(first, table)
    if columns is None:
        return None
    gap = between(last, table)
    if gap.text:
        return None
    if _repeats_header(first, table):
        return columns
    return None if _brings_header(first, table) and not _goes_on(last, table) else columns


def _in_next_column(first: PageTable, last: PageTable, table: PageTable) -> bool:
    """Whether a table goes on at the top of the next text column of the same page. Two that begin at one
    height are tables side by side, unless the second repeats the header or the first goes on already."""
    return (
        table.page == last.page
        and table.box.x0 >= last.box.x1 - 2
        and (table.box.top < last.box.top - 12 or last is not first or _repeats_header(first, table) > 0)
        and abs(table.box.width - last.box.width) <= EDGE_POINTS
    )


def column_map(first: PageTable, table: PageTable) -> ColumnMap | None:
    """For each column of ``table`` the columns of ``first`` that it is, as ``(first, last)``; None when
    the two cannot be one table.

    A shift of the whole table (other margins on the next page) and a narrow difference are let pass;
    ``table`` may lack edges (a page on which some columns are not told apart). Where columns were told by
    alignment alone their edges are vague: then a column is the one its text stands in.
    """
    wide, narrow = first.column_edges, table.column_edges
    slack = max(EDGE_POINTS, EDGE_SHARE * (wide[-1] - wide[0]))
    if len(wide) == len(narrow):
        for shift in (0.0, wide[0] - narrow[0]):
            if all(abs(a - b - shift) <= slack for a, b in zip(wide, narrow, strict=True)):
                return [(i, i) for i in range(table.n_cols)]
    if table.column_texts and table.n_cols <= first.n_cols:
        return _by_texts(first, table)
    if len(narrow) >= len(wide) or len(narrow) < 3:
        return None
    found: list[int] = []
    for x in narrow:
        index = min(range(len(wide)), key=lambda i: abs(wide[i] - x))
        if abs(wide[index] - x) > slack or index in found:
            return None
        found.append(index)
    if found[0] != 0 or found[-1] != len(wide) - 1:
        return None
    return [(a, b - 1) for a, b in pairwise(found)]


def _by_texts(first: PageTable, table: PageTable) -> ColumnMap | None:
    """Columns of ``table`` by where their texts stand among the columns of ``first``."""
    edges = first.column_edges
    shift = table.column_edges[0] - edges[0]
    within = shift > -OUTER and table.column_edges[-1] <= edges[-1] + OUTER
    if abs(shift) <= OUTER or within:
        shift = 0.0
    elif abs(table.box.width - first.box.width) > OUTER:
        return None
    if table.column_edges[-1] - shift > edges[-1] + 4 * OUTER:
        return None
    found: list[int] = []
    for col, extent in enumerate(table.column_texts):
        if extent is None:
            index: int | None = found[-1] + 1 if found else 0
        else:
            index = _standing(first, (extent[0] - shift, extent[1] - shift), col)
        if index is None or index >= first.n_cols or (found and index <= found[-1]):
            return None
        found.append(index)
    return [(index, index) for index in found]


def _standing(first: PageTable, extent: tuple[float, float], col: int) -> int | None:
    """The column of ``first`` that a text extent shares most with, None when it shares with none."""
    edges = first.column_edges
    shares = [min(extent[1], edges[i + 1]) - max(extent[0], edges[i]) for i in range(first.n_cols)]
    best = max(range(first.n_cols), key=lambda i: (shares[i], -abs(i - col)))
    if best == first.n_cols - 1 and extent[0] >= edges[best]:
        return best
    return best if shares[best] >= 0.6 * (extent[1] - extent[0]) else None


def _rows(table: PageTable, count: int) -> list[dict[int, Cell]]:
    rows: list[dict[int, Cell]] = [{} for _ in range(count)]
    for cell in table.cells:
        if cell.row < count:
            rows[cell.row][cell.col] = cell
    return rows


def _said(row: dict[int, Cell]) -> list[tuple[int, str]]:
    return [
        (col, "".join(cell.text.casefold().split()).replace("-", ""))
        for col, cell in sorted(row.items())
        if cell.text
    ]


def _repeats_header(first: PageTable, table: PageTable) -> int:
    """How many rows at the top of ``table`` repeat the header of ``first``."""
    most = max(first.header_rows, 1)
    if table.n_rows < most or first.n_rows < most:
        return 0
    ours, theirs = _rows(first, most), _rows(table, most)
    said = [_said(row) for row in ours]
    if not any(said) or said != [_said(row) for row in theirs]:
        return 0
    if table.n_rows > most and first.n_rows > most:  # a row of units goes with the header
        ours, theirs = _rows(first, most + 1)[most:], _rows(table, most + 1)[most:]
        texts = [(col, cell.text) for col, cell in sorted(ours[0].items()) if cell.text]
        if is_unit_row(texts) and _said(ours[0]) == _said(theirs[0]):
            return most + 1
    return most


def _brings_header(first: PageTable, table: PageTable) -> bool:
    """Whether ``table`` begins with a header of its own (set off as the first table's header is)."""
    if table.header_rows == 0 or table.n_rows == table.header_rows:
        return False
    if first.header_rows == 0 or first.n_rows <= first.header_rows:
        return False
    head = [cell for cell in table.cells if cell.row < table.header_rows and cell.text]
    model = [cell for cell in first.cells if cell.row < first.header_rows and cell.text]
    body = [cell for cell in first.cells if cell.row >= first.header_rows and cell.text and cell.col > 0]
    if not head or not model:
        return False
    if _style(head) == _style(model) and _style(model) != _style(body):
        return True
    valued = sum(is_value(cell.text) for cell in body) * 2 > len(body)
    head_valued = any(is_value(cell.text) for cell in head if cell.col > 0)
    return valued and not head_valued and len({cell.col for cell in head}) > 1


def _goes_on(last: PageTable, table: PageTable) -> bool:
    """Whether what looks like the header of ``table`` is the rest of the last row of ``last``: it runs on in
    lower case below cells that have text."""
    head = {cell.col: cell.text for cell in table.cells if cell.row == 0 and cell.text}
    above = {cell.col for cell in last.cells if cell.row + cell.row_span == last.n_rows and cell.text}
    return head.keys() <= above and all(text[0].islower() for text in head.values())


def _style(cells: Sequence[Cell]) -> tuple[bool, bool, str | None]:
    fills: dict[str | None, int] = {}
    for cell in cells:
        fills[cell.fill] = fills.get(cell.fill, 0) + 1
    fill = max(sorted(fills, key=str), key=lambda colour: fills[colour]) if fills else None
    return (
        sum(cell.bold for cell in cells) * 2 > len(cells),
        sum(cell.rotated for cell in cells) * 2 > len(cells),
        fill,
    )


def _join(chain: list[int], parts: list[PageTable], maps: list[ColumnMap]) -> Joined:
    first = parts[0]
    cells = list(first.cells)
    n_rows = first.n_rows
    disagreements = list(first.disagreements)
    for part, columns in zip(parts[1:], maps[1:], strict=True):
        dropped = _repeats_header(first, part)
        shift = n_rows - dropped
        fresh = [_moved(cell, shift, columns) for cell in part.cells if cell.row >= dropped]
        if fresh and _splits_row(cells, fresh, n_rows):
            cells, fresh = _mend(cells, fresh, n_rows)
            shift -= 1
        cells += fresh
        disagreements += [
            _moved_disagreement(d, shift, columns) for d in part.disagreements if d.row >= dropped
        ]
        n_rows = max((cell.row + cell.row_span for cell in cells), default=n_rows)
    agreements = [part.agreement for part in parts if part.agreement is not None]
    return Joined(
        parts=tuple(chain),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))),
        n_rows=n_rows,
        n_cols=first.n_cols,
        header_rows=first.header_rows,
        boxes=tuple(part.box for part in parts),
        engine=first.engine,
        confidence=min(part.confidence for part in parts),
        agreement=min(agreements) if agreements else None,
        hint=_hint(parts),
        reason=next((part.reason for part in parts if part.reason), None),
        disagreements=tuple(disagreements),
    )


def _hint(parts: Sequence[PageTable]) -> TableHint:
    """The kind of the whole: a single row told by alignment that continues nothing is no table."""
    first = parts[0]
    if len(parts) == 1:
        return "layout" if first.n_rows == 1 and first.column_texts and first.hint == "grid" else first.hint
    return "grid" if any(part.hint == "grid" for part in parts) else first.hint


def _moved(cell: Cell, shift: int, columns: ColumnMap) -> Cell:
    col, last = columns[cell.col][0], columns[cell.col + cell.col_span - 1][1]
    return Cell(  # dataclasses.replace takes twice as long, and tables over pages have many
        cell.row + shift,
        col,
        cell.row_span,
        last - col + 1,
        cell.text,
        cell.raw,
        cell.box,
        cell.fill,
        cell.bold,
        cell.italic,
        cell.rotated,
        cell.marks,
        cell.readings,
    )


def _moved_disagreement(found: Disagreement, shift: int, columns: ColumnMap) -> Disagreement:
    return dataclasses.replace(found, row=found.row + shift, col=columns[found.col][0])


def _splits_row(cells: Sequence[Cell], fresh: Sequence[Cell], n_rows: int) -> bool:
    """Whether the first new row is the rest of the last row: it holds no value, and its label is
    missing or runs on in the middle of a sentence, where the last row has text to run on from."""
    above = {cell.col: cell for cell in cells if cell.row + cell.row_span == n_rows and cell.row_span == 1}
    below = {cell.col: cell for cell in fresh if cell.row == n_rows and cell.text}
    if not below or not above or any(cell.row_span > 1 for cell in below.values()):
        return False
    if any(is_value(cell.text) or col not in above or not above[col].text for col, cell in below.items()):
        return False
    if len(below) == len(above) and len(above) > 1 and all(cell.text for cell in above.values()):
        starts = [cell.text[0] for cell in below.values()]
        return all(sign.islower() for sign in starts)
    label = below.get(min(above))
    if label is None:
        return not any(is_value(above[col].text) for col in below)
    before = above[min(above)].text
    return label.text[0].islower() or before.endswith("-")


def _mend(cells: list[Cell], fresh: list[Cell], n_rows: int) -> tuple[list[Cell], list[Cell]]:
    """The last row and its rest as one row; rows after it move up."""
    rest = {cell.col: cell for cell in fresh if cell.row == n_rows}
    mended = []
    for cell in cells:
        more = rest.get(cell.col) if cell.row + cell.row_span == n_rows else None
        if more is not None and more.text:
            cell = dataclasses.replace(
                cell,
                text=join_lines([cell.text, more.text]),
                raw=f"{cell.raw}\n{more.raw}",
                marks=cell.marks + more.marks,
                fill=cell.fill or more.fill,
            )
        mended.append(cell)
    moved = [dataclasses.replace(cell, row=cell.row - 1) for cell in fresh if cell.row > n_rows]
    return mended, moved
