"""The project's own samples set in other styles: is every cell of every table still read as it was set?"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mutation.remade import styles
from extractors.read import read_pdf
from pipeline.model import Table
from tests.samples import ExpectedTable, Sample, Style, expected_cells, load_sample, render, sample_names


@dataclass(frozen=True, slots=True)
class Restyled:
    """One sample in one style.

    Attributes:
        sample, style: names; cells: set in its tables with a text; right: read in their place with it.
        tables, whole: set, and read with every cell right and in the same size.
        wrong: what is read otherwise, a line for each cell.
    """

    sample: str
    style: str
    cells: int
    right: int
    tables: int
    whole: int
    wrong: tuple[str, ...]


def restyled(only: str = "") -> Iterator[Restyled]:
    """Every undamaged sample, as it is and in every other style; ``only``: those named so."""
    with tempfile.TemporaryDirectory() as folder:
        for name in sample_names():
            sample = load_sample(name)
            if sample.damage is not None:
                continue
            for title, style in (("as published", sample.style), *styles(sample.style)):
                if only in f"{name} | {title}":
                    yield _read(sample, title, style, Path(folder))


def _read(sample: Sample, title: str, style: Style, folder: Path) -> Restyled:
    path = folder / f"{sample.document.name}.pdf"
    path.write_bytes(render(sample.document, style))
    found = [table for table in read_pdf(path, file_name=path.name).tables if table.hint == "grid"]
    expected = expected_cells(sample.document)
    cells = right = whole = 0
    wrong: list[str] = []
    for number, (wanted, read) in enumerate(matched(expected, found), start=1):
        own = differences(wanted, read)
        filled = sum(bool(cell.text) for cell in wanted.cells)
        cells += filled
        right += filled - sum(bool(cell) for _, cell, _ in own)
        whole += read is not None and not own
        wrong += [f"tabell {number} {place}: {text!r} lästes {other!r}" for place, text, other in own]
    surplus = len(found) - sum(read is not None for _, read in matched(expected, found))
    wrong += [f"{surplus} tabeller för mycket"] if surplus else []
    return Restyled(sample.document.name, title, cells, right, len(expected), whole, tuple(wrong))


def matched(
    expected: Sequence[ExpectedTable], found: Sequence[Table]
) -> list[tuple[ExpectedTable, Table | None]]:
    """Each table that was set with the table read that shares most of its texts; each is taken once."""
    pairs = sorted(
        (-_shared(wanted, table), i, j) for i, wanted in enumerate(expected) for j, table in enumerate(found)
    )
    of: dict[int, int] = {}
    for shared, i, j in pairs:
        if shared and i not in of and j not in of.values():
            of[i] = j
    return [(wanted, found[of[i]] if i in of else None) for i, wanted in enumerate(expected)]


def _shared(wanted: ExpectedTable, table: Table) -> int:
    one = Counter(cell.text for cell in wanted.cells if cell.text)
    return sum((one & Counter(cell.text for cell in table.cells if cell.text)).values())


def differences(wanted: ExpectedTable, table: Table | None) -> list[tuple[tuple[int, int], str, str]]:
    """Places whose text is read otherwise: ``(place, text set, text read)``."""
    want = {(cell.row, cell.col): cell.text for cell in wanted.cells}
    have = {(cell.row, cell.col): cell.text for cell in table.cells} if table is not None else {}
    return [
        (place, want.get(place, ""), have.get(place, ""))
        for place in sorted(want.keys() | have.keys())
        if want.get(place, "") != have.get(place, "")
    ]
