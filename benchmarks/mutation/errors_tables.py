"""Planted errors in tables: one answer, one mean, a row label, a header, two columns, a caption's number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from benchmarks.mutation.editing import Change, edit_table, exchange_columns, exchange_rows, retype
from benchmarks.mutation.errors_sets import Truth, truths
from benchmarks.mutation.language import bare, number, printed
from benchmarks.mutation.model import CellEdit, Mutant, plants
from benchmarks.mutation.world import Line, World
from pipeline.model import Axis, Cell, Observation, Table, TableReading

_OTHER = {"JA": "NEJ", "NEJ": "JA", "Ja": "Nej", "Nej": "Ja", "ja": "nej", "nej": "ja"}


def told(world: World) -> dict[tuple[int, int], list[Truth]]:
    """The lines that a list of names in the text is true of, each the only one of its table with that set."""
    found: dict[tuple[int, int], list[Truth]] = {}
    for truth in truths(world):
        line = truth.line
        wanted = line.having(truth.answer)
        same = [
            one for one in truth.said.lines if one.table == line.table and one.having(truth.answer) == wanted
        ]
        if len(same) == 1 and "både" not in truth.said.text:
            found.setdefault((line.table, line.at), []).append(truth)
    return found


def _mean(line: Line) -> tuple[Observation, float] | None:
    """The mean over the members' answers with its figure, where the table prints it rightly."""
    for seen in line.totals.values():
        if seen.measure == "mean" and seen.value is not None and line.answered:
            share = 100 * len(line.having("JA")) / len(line.members)
            if abs(share - seen.value) <= 0.51:
                return seen, seen.value
    return None


def cell_at(table: Table, row: int, col: int) -> Cell | None:
    return next((cell for cell in table.cells if (cell.row, cell.col) == (row, col)), None)


def of_table(world: World, index: int, kind: str, change: Change, cells: list[Cell], shown: str,
            orders: tuple[int, ...], edits: tuple[CellEdit, ...] = ()) -> Mutant:  # fmt: skip
    boxes = tuple(cell.box for cell in cells)
    title = world.readings[index].label or f"tabell på sidan {world.readings[index].table.page_first}"
    return Mutant(kind, change, f"{title}: {shown}", cells=edits, orders=orders, table=index, boxes=boxes)


@plants("one JA/NEJ cell")
def one_answer(world: World) -> Iterator[Mutant]:
    """One answer turned round, where a mean, a count, a colour or a sentence holds it in place."""
    spoken = told(world)
    counted = {at for at, one in world.readings.items() if _counted(world, one)}
    for line in world.lines:
        truth = spoken.get((line.table, line.at), [])
        for seen in line.members.values():
            new = _OTHER.get(seen.value_raw)
            held = bool(truth) or _mean(line) or line.table in counted
            if new is None or not held:
                continue
            edit = CellEdit(line.table, seen.row, seen.col, seen.value_raw, new)
            cell = cell_at(world.readings[line.table].table, seen.row, seen.col)
            if cell is None or (cell.fill is not None and world.document.legend.colours):
                continue
            kind = "summary_row" if _mean(line) else truth[0].claim_type if truth else "count"
            orders = tuple(one.said.order for one in truth)
            shown = f"{seen.unit_label} / {line.label}: {seen.value_raw} → {new}"
            yield of_table(world, line.table, kind, retype((edit,)), [cell], shown, orders, (edit,))


def _counted(world: World, reading: TableReading) -> bool:
    """Whether a sentence counts the table's answers and is right."""
    label = bare(reading.label)
    return any(
        label and label in bare(said.heading) and "varav" in said.text and re.search(r"\bröda?\b", said.text)
        for said in world.said
    )


@plants("one mean")
def one_mean(world: World) -> Iterator[Mutant]:
    """One mean that its cells deny."""
    for line in world.lines:
        mean = _mean(line)
        if mean is None:
            continue
        seen, value = mean
        raw = re.search(r"\d+(?:[.,]\d+)?", seen.value_raw)
        for step in (1, -1, 10, -12.5):
            if raw is None or not 0 <= value + step <= 100:
                continue
            again = printed(value + step, raw[0])
            text = seen.value_raw.replace(raw[0], again)
            if abs(number(again) - value) < 0.9:
                continue
            edit = CellEdit(line.table, seen.row, seen.col, seen.value_raw, text)
            cell = cell_at(world.readings[line.table].table, seen.row, seen.col)
            if cell is not None:
                shown = f"{seen.unit_label} / {line.label}: {seen.value_raw} → {text}"
                yield of_table(world, line.table, "summary_row", retype((edit,)), [cell], shown, (), (edit,))


def members(world: World, index: int) -> list[Axis]:
    """The rows of a table's own kommuner, without totals and without a city that counts its parts."""
    keys = {key for line in world.lines if line.table == index for key in line.members}
    return [
        axis
        for axis in world.readings[index].row_axes
        if axis.unit_kind == "kommun" and axis.statistic is None and axis.ref_id and bare(axis.label) in keys
    ]


@plants("row labels exchanged")
def row_labels(world: World) -> Iterator[Mutant]:
    """Two kommuner's labels exchanged, where a sentence names one of the two."""
    spoken = told(world)
    for index, reading in sorted(world.readings.items()):
        if reading.orientation != "units_in_rows":
            continue
        held = [
            (line, spoken[(index, line.at)])
            for line in world.lines
            if (index, line.at) in spoken and line.table == index
        ]
        units = members(world, index)
        for one, other in pairwise(units):
            pair = {bare(one.label), bare(other.label)}
            hit = [
                truth
                for line, truth_list in held
                for truth in truth_list
                if len(pair & line.having(truth.answer)) == 1
            ]
            cells = [cell_at(reading.table, axis.index, 0) for axis in (one, other)]
            if not hit or any(cell is None for cell in cells):
                continue
            edits = (
                CellEdit(index, one.index, 0, one.label, other.label),
                CellEdit(index, other.index, 0, other.label, one.label),
            )
            orders = tuple(truth.said.order for truth in hit)
            shown = f"raderna {one.label} och {other.label} byter namn"
            yield of_table(
                world, index, hit[0].claim_type, retype(edits), [c for c in cells if c], shown, orders, edits
            )


@plants("row label misspelt")
def row_label_misspelt(world: World) -> Iterator[Mutant]:
    """A kommun's name in a table with a letter too many or too few."""
    for index, reading in sorted(world.readings.items()):
        if reading.orientation != "units_in_rows":
            continue
        for axis in members(world, index):
            cell = cell_at(reading.table, axis.index, 0)
            if cell is None or len(axis.label) < 5:
                continue
            for wrong in (axis.label[:2] + axis.label[1:], axis.label[:3] + axis.label[4:]):
                edit = CellEdit(index, axis.index, 0, cell.text, wrong)
                orders = tuple(said.order for said in world.said if axis.label in said.text)
                yield of_table(
                    world,
                    index,
                    "unknown_name",
                    retype((edit,)),
                    [cell],
                    f"{axis.label} → {wrong}",
                    orders,
                    (edit,),
                )


def _pairs(world: World) -> Iterator[tuple[int, Line, Line, list[Truth]]]:
    """Neighbouring columns of one table with different answers, at least one of them told of in the text."""
    spoken = told(world)
    for one, other in pairwise(world.lines):
        reading = world.readings[one.table]
        if one.table != other.table or reading.orientation != "units_in_rows":
            continue
        hit = [
            truth
            for line, beside in ((one, other), (other, one))
            for truth in spoken.get((line.table, line.at), [])
            if beside.having(truth.answer) != line.having(truth.answer)
        ]
        if hit:
            yield one.table, one, other, hit


@plants("columns swapped")
def columns_swapped(world: World) -> Iterator[Mutant]:
    """What two columns hold exchanged under their headers."""
    for index, one, other, hit in _pairs(world):
        head = min(seen.row for seen in (*one.members.values(), *one.totals.values()))
        change = edit_table(index, exchange_columns(one.at, other.at, range(head, 10**6).__contains__))
        orders = tuple(truth.said.order for truth in hit)
        shown = f"innehållet i {one.label} och {other.label} byter plats"
        yield of_table(world, index, hit[0].claim_type, change, [], shown, orders)


@plants("headers exchanged")
def headers_exchanged(world: World) -> Iterator[Mutant]:
    """Two columns' leaf headers exchanged."""
    for index, one, other, hit in _pairs(world):
        table = world.readings[index].table
        leaf = table.header_rows - 1
        cells = [cell_at(table, leaf, line.at) for line in (one, other)]
        if any(
            cell is None or cell.col_span > 1 or cell.text != line.label
            for cell, line in zip(cells, (one, other), strict=True)
        ):
            continue
        edits = (
            CellEdit(index, leaf, one.at, one.label, other.label),
            CellEdit(index, leaf, other.at, other.label, one.label),
        )
        orders = tuple(truth.said.order for truth in hit)
        shown = f"rubrikerna {one.label} och {other.label} byter plats"
        yield of_table(
            world, index, hit[0].claim_type, retype(edits), [c for c in cells if c], shown, orders, edits
        )


@plants("rows swapped")
def rows_swapped(world: World) -> Iterator[Mutant]:
    """What two kommuner answered exchanged, where a sentence names one of the two."""
    for mutant in row_labels(world):
        one, other = (edit.row for edit in mutant.cells)
        assert mutant.table is not None
        change = edit_table(mutant.table, exchange_rows(one, other, lambda col: col > 0))
        yield replace(mutant, change=change, cells=(), shown=mutant.shown.replace("namn", "svar"))
