"""Columns of years: their heads are figures too, set to another edge than the values below them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import PdfDocument
from tests.extractors.reading import read_drawn
from tests.extractors.tables.layouts import PLACES

LEFT, LABELS, WIDE, STEP = 57.0, 190.0, 62.0, 13.0
YEARS = ["2018", "2019", "2020", "2021"]


def _figures(n: int, cols: int, start: int = 11) -> list[list[str]]:
    return [[PLACES[at], *(str(start + 7 * at + 3 * col) for col in range(cols))] for at in range(n)]


def _draw(page: Any, y: float, head: Sequence[str], rows: Sequence[Sequence[str]], heads: str) -> float:
    """A table whose first rule stands below its head; figures end at the right of their columns."""
    right = LEFT + LABELS + WIDE * (len(head) - 1)
    page.setFont("Helvetica-Bold", 9)
    for col, text in enumerate(head):
        x = LEFT + 5 if col == 0 else LEFT + LABELS + WIDE * (col - 1) + 5
        if col and heads == "right":
            page.drawRightString(x + WIDE - 10, y, text)
        elif col and heads == "middle":
            page.drawCentredString(x + WIDE / 2 - 5, y, text)
        else:
            page.drawString(x, y, text)
    page.setFont("Helvetica", 9)
    for at, cells in enumerate(rows):
        y -= STEP
        page.line(LEFT, y + 9.5, right, y + 9.5)
        page.drawString(LEFT + 5, y, cells[0])
        for col, text in enumerate(cells[1:]):
            page.drawRightString(LEFT + LABELS + WIDE * (col + 1) - 5, y, text)
        if at == len(rows) - 1:
            page.line(LEFT, y - 3.5, right, y - 3.5)
    return y


def _rows(document: PdfDocument) -> list[list[list[str]]]:
    found = []
    for table in document.tables:
        assert table.hint == "grid"
        texts = {(cell.row, cell.col): cell.text for cell in table.cells}
        found.append([[texts.get((r, c), "") for c in range(table.n_cols)] for r in range(table.n_rows)])
    return found


@pytest.mark.parametrize("heads", ["left", "middle", "right"])
@pytest.mark.parametrize("more", [[], ["Länet 2021", "Riket 2021"]])
def test_years_head_their_columns(heads: str, more: list[str], tmp_path: Path) -> None:
    head = ["Mått", *(YEARS[2:] if more else YEARS), *more]
    rows = _figures(7, len(head) - 1)

    def draw(page: Any) -> None:
        _draw(page, 700, head, rows, heads)

    assert _rows(read_drawn(tmp_path, draw)) == [[head, *rows]]


def test_heads_of_stacked_tables_are_no_axis(tmp_path: Path) -> None:
    first, second = _figures(5, 4), _figures(6, 4, 400)

    def draw(page: Any) -> None:
        page.setFont("Helvetica-Bold", 9)
        page.drawString(LEFT + 5, 720, "Bilaga 2. Svar i länet")
        y = _draw(page, 700, ["Fråga", *YEARS], first, "left")
        page.drawString(LEFT + 5, y - 60, "Bilaga 3. Volymer i länet")
        _draw(page, y - 80, ["Insats", *YEARS], second, "left")

    assert _rows(read_drawn(tmp_path, draw)) == [[["Fråga", *YEARS], *first], [["Insats", *YEARS], *second]]


def test_first_group_of_rows_below_a_rule_under_some_heads(tmp_path: Path) -> None:
    rows = _figures(8, 4)
    right = LEFT + LABELS + WIDE * 4

    def draw(page: Any) -> None:
        page.setFont("Helvetica-Bold", 9)
        page.drawString(LEFT + 5, 726, "Kommun")
        page.drawString(LEFT + LABELS + 5, 726, "Väntan, dagar")
        page.drawString(LEFT + LABELS + 2 * WIDE + 5, 726, "Beslut, antal")
        page.line(LEFT + LABELS, 722, right, 722)
        for col, year in enumerate(["2020", "2021"] * 2):
            page.drawString(LEFT + LABELS + WIDE * col + 5, 713, year)
        page.line(LEFT + LABELS, 709.5, right, 709.5)
        y = 700.0
        for at, cells in enumerate(rows):
            if at % 4 == 0:
                page.setFont("Helvetica-Bold", 9)
                page.drawString(LEFT + 5, y, ("Små kommuner", "Stora kommuner")[at // 4])
                y -= STEP
            page.line(LEFT, y + 9.5, right, y + 9.5)
            page.setFont("Helvetica", 9)
            page.drawString(LEFT + 5, y, cells[0])
            for col, text in enumerate(cells[1:]):
                page.drawRightString(LEFT + LABELS + WIDE * (col + 1) - 5, y, text)
            page.line(LEFT, y - 3.5, right, y - 3.5)
            y -= STEP

    (read,) = _rows(read_drawn(tmp_path, draw))
    blank = [""] * 4
    assert read == [
        ["Kommun", "Väntan, dagar", "", "Beslut, antal", ""],
        ["", "2020", "2021", "2020", "2021"],
        ["Små kommuner", *blank],
        *rows[:4],
        ["Stora kommuner", *blank],
        *rows[4:],
    ]
