"""The same edits made in the data of our own samples: the PDF is set anew and read from its first byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.mutation.judge import SET_ANEW, Outcome, Reading, read_part, verdict
from benchmarks.mutation.model import CellEdit, Mutant, Operation
from benchmarks.mutation.world import World
from extractors.read import read_pdf
from pipeline.reference import Registers
from tests.samples import ListBlock, Paragraph, Sample, SampleDocument, Style, TableBlock, render
from tests.samples.model import Block

#: Mutants that are set anew for one operator and one sample.
MOST = 2
#: Kind of the mutants that only set a sample otherwise: what they raise is a misread page, counted by itself.
OTHER_STYLE = "style"
_MARKS = re.compile(r"\*\*|\^[^^]*\^|\u00ad")


def with_text(document: SampleDocument, old: str, new: str) -> SampleDocument | None:
    """The sample with one sentence in other words; None where the sentence does not stand in one block."""
    for at, block in enumerate(document.blocks):
        if isinstance(block, Paragraph) and old in (text := _MARKS.sub("", block.text)):
            changed: Block = replace(block, text=text.replace(old, new, 1))
        elif isinstance(block, ListBlock) and any(old in item for item in block.items):
            changed = replace(block, items=tuple(item.replace(old, new, 1) for item in block.items))
        else:
            continue
        return replace(document, blocks=(*document.blocks[:at], changed, *document.blocks[at + 1 :]))
    return None


def with_cells(
    document: SampleDocument, label: str | None, edits: tuple[CellEdit, ...]
) -> SampleDocument | None:
    """The sample with cells of one table changed; None where the table has spans there or is not found."""
    for at, block in enumerate(document.blocks):
        if not isinstance(block, TableBlock) or not label or not (block.label or "").startswith(label):
            continue
        rows = [list(row) for row in block.rows]
        above = len(block.header) + bool(block.units)
        for edit in edits:
            row = rows[edit.row - above] if 0 <= edit.row - above < len(rows) else []
            cell = row[edit.col] if edit.col < len(row) else None
            if cell is None or _MARKS.sub("", cell.text) != edit.old:
                return None
            row[edit.col] = replace(cell, text=edit.new)
        changed = replace(block, rows=tuple(tuple(row) for row in rows))
        return replace(document, blocks=(*document.blocks[:at], changed, *document.blocks[at + 1 :]))
    return None


def again(world: World, sample: Sample, mutant: Mutant) -> SampleDocument | None:
    """The sample's data with the mutant's edits."""
    if mutant.texts:
        return with_text(sample.document, mutant.texts[0].old, mutant.texts[0].new)
    if mutant.cells:
        return with_cells(sample.document, world.readings[mutant.cells[0].table].table.label, mutant.cells)
    return None


def judge_remade(
    world: World, sample: Sample, operation: Operation, mutant: Mutant, registers: Registers, folder: Path
) -> Outcome | None:
    """The verdict on the mutant's own PDF; None where the edit cannot be made in the sample's data."""
    document = again(world, sample, mutant)
    if document is None:
        return None
    read = _read(document, sample.style, world, registers, folder)
    return verdict(world, operation, mutant, read, SET_ANEW)


def _read(
    document: SampleDocument, style: Style, world: World, registers: Registers, folder: Path
) -> Reading | None:
    path = folder / f"{document.name}.pdf"
    path.write_bytes(render(document, style))
    return read_part(read_pdf(path, file_name=path.name), world.part, registers)


def styles(style: Style) -> Iterator[tuple[str, Style]]:
    """The sample set in other ways: nothing that it says changes."""
    table = style.table
    yield "hyphenation", replace(style, hyphenate=True, justify=True, table=replace(table, hyphenate=True))
    yield "two columns", replace(style, columns=2)
    yield "booktabs", replace(style, table=replace(table, rules="booktabs", header_fill=None))
    yield "zebra", replace(style, table=replace(table, rules="none", zebra="#e6eef5"))
    yield "rules as fills", replace(style, table=replace(table, rules_as="fill", rules="grid"))
    yield "caption below", replace(style, caption_above=not style.caption_above)
    yield "other face", replace(style, font="times" if style.font != "times" else "helvetica", size=11.0)
    yield "narrow page", replace(style, page=(style.page[0] - 60, style.page[1] - 120))


def set_otherwise(world: World, sample: Sample, registers: Registers, folder: Path) -> Iterator[Outcome]:
    """The unchanged sample in every other style: nothing new may be flagged."""
    for name, style in styles(sample.style):
        operation = Operation(f"PDF set anew: {name}", False, lambda world: iter(()))
        kind = "hyphenation" if name == "hyphenation" else OTHER_STYLE
        mutant = Mutant(kind, lambda pdf: pdf, f"{sample.document.name} ({name})")
        read = _read(sample.document, style, world, registers, folder)
        yield verdict(world, operation, mutant, read, SET_ANEW)
