"""Planted errors in a table's printed number, and in the kommun that a red cell names as an example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.mutation.editing import Change, retype
from benchmarks.mutation.errors_tables import cell_at, of_table
from benchmarks.mutation.language import bare
from benchmarks.mutation.model import CellEdit, Mutant, plants
from benchmarks.mutation.world import World
from pipeline.model import PdfDocument


@plants("caption number")
def caption_number(world: World) -> Iterator[Mutant]:
    """A table's printed number changed while the text speaks of the old one."""
    for index, reading in sorted(world.readings.items()):
        label = reading.table.label
        found = re.fullmatch(r"(Tabell) (\d+)", label or "")
        if not found:
            continue
        orders = tuple(
            said.order for said in world.said if re.search(rf"\btabell {found[2]}\b", said.text, re.I)
        )
        if orders:
            new = f"Tabell {int(found[2]) + 60}"
            shown = f"{label} → {new}"
            yield of_table(world, index, "metadata", _relabel(index, str(label), new), [], shown, orders)


def _relabel(index: int, old: str, new: str) -> Change:
    def change(pdf: PdfDocument) -> PdfDocument:
        tables = tuple(replace(one, label=new) if one.index == index else one for one in pdf.tables)
        blocks = tuple(
            replace(block, text=block.text.replace(old, new, 1))
            if block.kind == "caption" and re.match(rf"{old}\b", block.text)
            else block
            for block in pdf.blocks
        )
        sentences = tuple(
            replace(one, text=one.text.replace(old, new, 1))
            if pdf.blocks[one.block].kind == "caption" and re.match(rf"{old}\b", one.text)
            else one
            for one in pdf.sentences
        )
        return replace(pdf, tables=tables, blocks=blocks, sentences=sentences)

    return change


@plants("named as ja-svar")
def named_example(world: World) -> Iterator[Mutant]:
    """In a red cell a kommun named as example whose own table says NEJ."""
    answers = {
        (bare(seen.unit_label), bare(line.label)): seen.answer
        for line in world.lines
        for seen in line.members.values()
        if len(line.members) == 1
    }
    names = sorted(
        {seen.unit_label for line in world.lines for seen in line.members.values() if len(line.members) == 1}
    )
    for line in world.lines:
        for seen in line.members.values():
            if (
                len(line.members) != 1
                or seen.answer != "NEJ"
                or not seen.answer_note
                or bare(seen.answer_note) not in map(bare, names)
            ):
                continue
            wrong = [
                n
                for n in names
                if answers.get((bare(n), bare(line.label))) == "NEJ" and bare(n) != bare(seen.unit_label)
            ]
            cell = cell_at(world.readings[line.table].table, seen.row, seen.col)
            for name in wrong[:1]:
                if (
                    cell is not None
                    and bare(name) != bare(cell.text)
                    and answers.get((bare(cell.text), bare(line.label))) == "JA"
                ):
                    edit = CellEdit(line.table, seen.row, seen.col, cell.text, name)
                    shown = f"{seen.unit_label} / {line.label}: {cell.text} → {name}"
                    yield of_table(
                        world, line.table, "cross_reference", retype((edit,)), [cell], shown, (), (edit,)
                    )
