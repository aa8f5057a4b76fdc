"""Coloured answers beside labels without a ground, under a head without one: one table with all its rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.extractors.reading import read_drawn
from tests.extractors.tables.layouts import GREEN, PLACES, RED

HEADS = ["Fråga", *PLACES[:5]]
LEFT, LABELS, WIDE, HIGH = 57.0, 150.0, 62.0, 22.0
GROUPS = {
    "Stöd": [("Lots utses", "inom en vecka"), ("Rådgivning", "på kvällstid")],
    "Boende": [("Reserverad plats", "för unga"), ("Tillsyn", "varje natt"), ("Egen nyckel", "till rummet")],
}


def _answer(row: int, col: int) -> str:
    return "Ja" if (row * 2 + col) % 3 else "Nej"


@pytest.mark.parametrize("shaded", [True, False], ids=["groups shaded", "groups bare"])
def test_labels_without_ground_and_a_head_above(shaded: bool, tmp_path: Path) -> None:
    right = LEFT + LABELS + WIDE * 5

    def draw(page: Any) -> None:
        page.setFont("Helvetica-Bold", 8)
        for col, head in enumerate(HEADS):
            x = LEFT + 4 if col == 0 else LEFT + LABELS + WIDE * (col - 0.5)
            (page.drawString if col == 0 else page.drawCentredString)(x, 707, head)
        page.line(LEFT, 700, right, 700)
        y, row = 700.0, 0
        for group, labels in GROUPS.items():
            if shaded:
                page.setFillColor("#eee6df")
                page.rect(LEFT, y - 16, right - LEFT, 16, fill=1, stroke=0)
            page.setFillColor("#000000")
            page.setFont("Helvetica-Bold", 8)
            page.drawString(LEFT + 4, y - 11, group)
            y -= 16
            for lines in labels:
                page.setStrokeColor("#ffffff")
                for col in range(5):
                    page.setFillColor(GREEN if _answer(row, col) == "Ja" else RED)
                    page.rect(LEFT + LABELS + WIDE * col, y - HIGH, WIDE, HIGH, fill=1, stroke=1)
                page.setStrokeColor("#000000")
                page.setFillColor("#000000")
                page.setFont("Helvetica", 8)
                for at, line in enumerate(lines):
                    page.drawString(LEFT + 4, y - 9 - 9 * at, line)
                for col in range(5):
                    page.drawCentredString(LEFT + LABELS + WIDE * (col + 0.5), y - 13.5, _answer(row, col))
                y, row = y - HIGH, row + 1

    (table,) = [one for one in read_drawn(tmp_path, draw).tables if one.hint == "grid"]
    rows: list[list[str]] = [["" for _ in range(table.n_cols)] for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row][cell.col] = cell.text
    wanted, row = [HEADS], 0
    for group, labels in GROUPS.items():
        wanted.append([group, *[""] * 5])
        for lines in labels:
            wanted.append([" ".join(lines), *(_answer(row, col) for col in range(5))])
            row += 1
    assert rows == wanted
    assert table.header_rows == 1
