"""Tables as office programs set them: high rows, heads that nearly touch, labels beside long comments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.extractors.reading import read_drawn
from tests.extractors.tables.layouts import PLACES

TOP, LEFT, SIZE, LINE = 700.0, 57.0, 9.0, 10.5
Cells = Sequence[str]


def _cell(page: Any, x: float, middle: float, text: str, bold: bool = False) -> None:
    """A cell's lines (parted by /), centred in height."""
    page.setFont("Helvetica-Bold" if bold else "Helvetica", SIZE)
    lines = text.split("/") if text else []
    for at, line in enumerate(lines):
        page.drawString(x, middle + LINE * ((len(lines) - 1) / 2 - at) - 3, line)


def _rows(page: Any, xs: Sequence[float], y: float, rows: Sequence[Cells], step: float, heads: int) -> float:
    for at, row in enumerate(rows):
        high = step + LINE * (max(text.count("/") for text in row) if row else 0)
        for x, text in zip(xs, row, strict=True):
            _cell(page, x, y - high / 2, text, bold=at < heads)
        y -= high
    return y


def _plain(rows: Sequence[Cells]) -> list[list[str]]:
    return [[text.replace("/", " ") for text in row] for row in rows]


def _read(folder: Path, draw: Any) -> list[list[str]]:
    (table,) = [one for one in read_drawn(folder, draw).tables if one.hint == "grid"]
    texts = {(cell.row, cell.col): cell.text for cell in table.cells}
    return [[texts.get((r, c), "") for c in range(table.n_cols)] for r in range(table.n_rows)]


def _figures(n: int, cols: int) -> list[list[str]]:
    return [[PLACES[at], *(f"{(at * 13 + col * 29) % 80 + 11}" for col in range(cols))] for at in range(n)]


@pytest.mark.parametrize(
    "heads",
    [
        [["Ort", "Personal/per plats", "Kostnad", "Andel/med plan"]],
        [["Ort", "Personal", "Kostnad", "Andel"], ["", "antal", "kr", "%"]],
        [["Ort", "Kvinnor", "", "Alla"], ["", "2021", "2022", "2022"]],
    ],
    ids=["one row", "units below", "two levels"],
)
def test_a_head_as_far_above_as_rows_stand_apart(heads: list[list[str]], tmp_path: Path) -> None:
    body = _figures(9, 3)

    def draw(page: Any) -> None:
        y = _rows(page, [LEFT, 170, 250, 330], TOP, heads, 27, len(heads) if heads[-1][1] != "antal" else 1)
        _rows(page, [LEFT, 170, 250, 330], y, body, 27, 0)

    assert _read(tmp_path, draw) == [*_plain(heads), *body]


def test_a_group_between_the_head_and_the_first_row(tmp_path: Path) -> None:
    rows = [["Ort", "Personal", "Kostnad", "Andel"], ["Norra delen", "", "", ""], *_figures(8, 3)]

    def draw(page: Any) -> None:
        _rows(page, [LEFT, 170, 250, 330], TOP, rows, 27, 2)

    assert _read(tmp_path, draw) == rows


def test_a_bold_head_in_the_middle_of_a_high_row(tmp_path: Path) -> None:
    heads, body = [["Ort", "Personal", "Kostnad per/plats", "Andel/med plan"]], _figures(9, 3)

    def draw(page: Any) -> None:
        y = _rows(page, [LEFT, 170, 250, 330], TOP, heads, 46, 1)
        _rows(page, [LEFT, 170, 250, 330], y, body, 13, 0)

    assert _read(tmp_path, draw) == [*_plain(heads), *body]


def test_years_high_above_their_figures_are_no_axis(tmp_path: Path) -> None:
    rows = [["Ort", *(str(year) for year in range(2015, 2021))], *_figures(9, 6)]
    xs = [LEFT, *(150 + 40 * col for col in range(6))]

    def draw(page: Any) -> None:
        y = _rows(page, xs, TOP, rows, 30, 1)
        for x in [LEFT - 3, *(x - 3 for x in xs[1:]), 387]:
            page.line(x, TOP, x, y)
        for at in range(len(rows) + 1):
            page.line(LEFT - 3, TOP - 30 * at, 387, TOP - 30 * at)

    assert _read(tmp_path, draw) == rows


def test_labels_beside_comments_are_no_text_columns(tmp_path: Path) -> None:
    label = "Boendet har en skriven plan för hur/nya medarbetare tas emot under/sin första {} på plats"
    note = "Planen ses över varje gång en ny/ledare börjar och gäller därför inte/alla hus under nummer {}."
    words = ["månad", "vecka", "vår", "höst", "vinter", "sommar", "termin", "dag", "natt"]
    rows = [["Fråga", "Svar", "Anmärkning"]]
    rows += [[label.format(w), "JA" if at % 3 else "NEJ", note.format(at)] for at, w in enumerate(words)]

    def draw(page: Any) -> None:
        _rows(page, [LEFT, 240, 300], TOP + 60, rows, 28, 1)

    assert _read(tmp_path, draw) == _plain(rows)


def test_figures_right_before_comments(tmp_path: Path) -> None:
    """Figures end where comments begin, as a workbook prints them: no more than a space between."""
    notes = ["", "Gäller natt.", "Delas med grannen.", "Bara helger.", "Nytt i år."]
    rows = [["Ort", "Länet", "Riket", "Anmärkning"]]
    rows += [
        [PLACES[at], str(at * 9 + 3), str(at * 11 + 5) if at % 5 < 4 else "", notes[at % 5]]
        for at in range(10)
    ]

    def draw(page: Any) -> None:
        y = TOP
        for at, row in enumerate(rows):
            high = 14 + LINE * row[3].count("/")
            page.line(LEFT - 2, y, 420, y)
            for col, text in enumerate(row):
                x = (LEFT, 170.0, 220.0, 272.0)[col]
                if at and 0 < col < 3:
                    x += 49.9 - stringWidth(text, "Helvetica", SIZE)
                _cell(page, x, y - high / 2, text, bold=at == 0)
            y -= high
        page.line(LEFT - 2, y, 420, y)

    assert _read(tmp_path, draw) == _plain(rows)


def test_a_label_that_ends_close_before_the_answers(tmp_path: Path) -> None:
    long = "rutiner för allas trygghet nattetid"
    rows = [["Fråga", *PLACES[:4]]]
    rows += [[f"Boende {at}", "JA", "NEJ", "JA", "NEJ"] for at in range(1, 5)]
    rows += [[f"Det finns fasta/{long}", "NEJ", "JA", "JA", "JA"]]
    rows += [[f"Det finns ett/råd för boende {at}", "JA", "JA", "NEJ", "JA"] for at in range(1, 4)]
    first = LEFT + stringWidth(long, "Helvetica", SIZE) + 4

    def draw(page: Any) -> None:
        _rows(page, [LEFT, *(first + 65 * col for col in range(4))], TOP, rows, 28, 1)

    assert _read(tmp_path, draw) == _plain(rows)


def test_heads_that_nearly_touch(tmp_path: Path) -> None:
    """Each word fills its column; a space would be as wide as what is left between two heads."""
    heads = ["Ort", "Återkoppling", "Lägenheter", "Sysselsättning"]
    body = [[PLACES[at], *("JA" if (at + col) % 3 else "NEJ" for col in range(3))] for at in range(9)]
    xs = [LEFT, 170.0]
    for text, room in zip(heads[1:], (2.9, 12.0), strict=False):
        xs.append(xs[-1] + stringWidth(text, "Helvetica-Bold", SIZE) + room)

    def draw(page: Any) -> None:
        lower = ["", "till anhöriga", "för unga", "på dagtid"]
        y = _rows(page, xs, TOP, [heads], 12, 1)
        y = _rows(page, xs, y + 1, [lower], 12, 1)
        _rows(page, xs, y, body, 13, 0)

    whole = ["Ort", "Återkoppling till anhöriga", "Lägenheter för unga", "Sysselsättning på dagtid"]
    assert _read(tmp_path, draw) == [whole, *body]
