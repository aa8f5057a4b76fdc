"""Changes of tables after which every statement is as true as before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from benchmarks.mutation.editing import edit_table, exchange_columns, exchange_rows, retype
from benchmarks.mutation.errors_tables import members
from benchmarks.mutation.model import CellEdit, Mutant, harmless
from benchmarks.mutation.world import Line, World
from pipeline.model import Table


def _columns(world: World) -> Iterator[tuple[Line, Line]]:
    for at, one in enumerate(world.lines):
        for other in world.lines[at + 1 :]:
            if one.table == other.table and world.readings[one.table].orientation == "units_in_rows":
                yield one, other


def _plain_head(table: Table, cols: tuple[int, int]) -> bool:
    return all(cell.col_span == 1 for cell in table.cells if cell.col in cols)


@harmless("identical columns exchanged")
def identical_columns(world: World) -> Iterator[Mutant]:
    """Two columns that hold the same exchanged, without their headers."""
    for one, other in _columns(world):
        members = {key: seen.answer for key, seen in one.members.items()}
        if members and members == {key: seen.answer for key, seen in other.members.items()} and one.answered:
            rows = {seen.row for seen in one.members.values()}
            table = edit_table(one.table, exchange_columns(one.at, other.at, rows.__contains__))
            yield Mutant(
                "named_list", table, f"{one.label} och {other.label} är lika och byter plats", table=one.table
            )


@harmless("columns moved")
def columns_moved(world: World) -> Iterator[Mutant]:
    """Two columns exchanged with their headers."""
    for one, other in _columns(world):
        if other.at != one.at + 1 or not _plain_head(world.readings[one.table].table, (one.at, other.at)):
            continue
        change = edit_table(one.table, exchange_columns(one.at, other.at, lambda row: True))
        yield Mutant(
            "named_list", change, f"kolumnerna {one.label} och {other.label} byter plats", table=one.table
        )


@harmless("rows moved")
def rows_moved(world: World) -> Iterator[Mutant]:
    """Two kommuner's rows exchanged with their labels."""
    for index, reading in sorted(world.readings.items()):
        if reading.orientation != "units_in_rows":
            continue
        units = members(world, index)
        for one, other in pairwise(units):
            change = edit_table(index, exchange_rows(one.index, other.index, lambda col: True))
            yield Mutant(
                "named_list", change, f"{reading.label}: raderna {one.label} och {other.label}", table=index
            )


@harmless("case of answers")
def answers_case(world: World) -> Iterator[Mutant]:
    """``Ja`` for ``JA`` throughout a table."""
    for index in sorted(world.readings):
        edits = tuple(
            CellEdit(index, seen.row, seen.col, seen.value_raw, seen.value_raw.capitalize())
            for line in world.lines
            if line.table == index
            for seen in line.members.values()
            if seen.value_raw in ("JA", "NEJ", "DELVIS")
        )
        if edits:
            yield Mutant("named_list", retype(edits), f"tabell {index}: Ja för JA", table=index)


@harmless("comma ↔ point in a table")
def decimal_sign_in_table(world: World) -> Iterator[Mutant]:
    """Decimal comma for point, point for comma, in one cell."""
    for line in world.lines:
        for seen in (*line.members.values(), *line.totals.values()):
            if seen.status == "ok" and re.fullmatch(r"\d+[.,]\d+", seen.value_raw):
                new = seen.value_raw.replace(",", "·").replace(".", ",").replace("·", ".")
                edit = CellEdit(line.table, seen.row, seen.col, seen.value_raw, new)
                shown = f"{seen.unit_label} / {line.label}: {seen.value_raw} → {new}"
                yield Mutant("percent", retype((edit,)), shown, cells=(edit,), table=line.table)


@harmless("suffix of a row label")
def row_label_suffix(world: World) -> Iterator[Mutant]:
    """``Ekerö kommun`` for ``Ekerö`` in a table."""
    for index, reading in sorted(world.readings.items()):
        if reading.orientation != "units_in_rows":
            continue
        for axis in members(world, index):
            edit = CellEdit(index, axis.index, 0, axis.label, f"{axis.label} kommun")
            yield Mutant("named_list", retype((edit,)), f"{axis.label} kommun", cells=(edit,), table=index)


@harmless("% in a cell")
def percent_in_cell(world: World) -> Iterator[Mutant]:
    """A share with its sign behind it."""
    for line in world.lines:
        for seen in line.totals.values():
            if seen.value_unit == "procent" and re.fullmatch(r"\d+(?:[.,]\d+)?", seen.value_raw):
                edit = CellEdit(line.table, seen.row, seen.col, seen.value_raw, f"{seen.value_raw} %")
                shown = f"{seen.unit_label} / {line.label}: {edit.new}"
                yield Mutant("percent", retype((edit,)), shown, cells=(edit,), table=line.table)


@harmless("neighbour's page break")
def page_break(world: World) -> Iterator[Mutant]:
    """A table's second page begins one row earlier: boxes move, nothing else."""
    for index, reading in sorted(world.readings.items()):
        if reading.table.page_first == reading.table.page_last:
            continue

        def shifted(table: Table) -> Table:
            return replace(table, boxes=tuple(replace(box, top=box.top + 1.0) for box in table.boxes))

        yield Mutant("named_list", edit_table(index, shifted), f"{reading.label}: annan kant", table=index)
