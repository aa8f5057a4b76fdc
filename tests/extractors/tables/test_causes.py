"""Pages that once came out wrong, one for each cause: every cell stands where it was set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import PdfDocument, Table
from tests.extractors.reading import read_blocks, read_drawn
from tests.extractors.tables.layouts import GREEN, HEADS, PLACES, PROSE, RED, answers, row
from tests.samples import (
    Block,
    CellText,
    Heading,
    SampleDocument,
    Style,
    TableBlock,
    TableStyle,
    expected_cells,
)

BOOKTABS = TableStyle(rules="booktabs")
BARE = TableStyle(rules="none")
ZEBRA = TableStyle(rules="none", zebra="#e6eef5")


def _answers(cols: int, seed: int, n: int = 8, *, fills: bool = False, label: str = "Tabell 1") -> TableBlock:
    head = row("Kommun", *HEADS[:cols])
    return TableBlock((head,), answers(cols, seed, n, fills=fills), label=label, caption="Svar i länet")


def _long(seed: int, label: str, n: int = 8) -> TableBlock:
    """Labels and comments of several lines."""
    said = (
        "Rutinen ses över under hösten och väntas bli klar innan året är slut.",
        "",
        "Gäller bara unga.",
    )
    rows = tuple(
        row(f"{HEADS[index % 5]} för den som bor i {PLACES[index]}", "JA", str(20 + index), said[index % 3])
        for index in range(n)
    )
    return TableBlock(
        (row("Fråga", "Svar", "Länet", "Kommentar"),), rows, label=label, widths=(3.0, 1.0, 1.0, 3.0)
    )


def _grouped() -> TableBlock:
    heads = (
        (CellText("Kommun", rows=2), CellText("Vuxna", cols=2), CellText("Barn", cols=3)),
        tuple(CellText(text) for text in ("Råd i tid", "Svar i tid", "Lotsar", "Läger", "Läxhjälp")),
    )
    return TableBlock(heads, answers(5, 4, 7), label="Tabell 1", caption="Svar i länet")


def _units() -> TableBlock:
    rows = tuple(row(place, str(11 + at), str(40 + at)) for at, place in enumerate(PLACES * 6))
    return TableBlock(
        (row("Kommun", "Väntan på plats är högst 14 dagar", "Beslut"),), rows, units=row("", "%", "dagar")
    )


def _stacked(make: Callable[[int, str], TableBlock]) -> tuple[Block, ...]:
    return (PROSE, make(1, "Tabell 1"), make(2, "Tabell 2"), Heading("Mer", 2), make(3, "Tabell 3"), PROSE)


def _style(table: TableStyle, **more: Any) -> Style:
    return Style(size=9.0, table=replace(table, size=7.5), **more)


TURNED = replace(BARE, rotate=95.0)
CASES: dict[str, tuple[tuple[Block, ...], Style]] = {
    "rows beside the other text column": (
        (PROSE,) * 5 + (_answers(2, 3),) + (PROSE,) * 9,
        _style(BOOKTABS, columns=2),
    ),
    "stripes beside the other text column": (
        (PROSE,) * 5 + (_answers(2, 3),) + (PROSE,) * 9,
        _style(ZEBRA, columns=2),
    ),
    "tables and hardly any text in two columns": (
        (PROSE, _answers(2, 1), _answers(2, 2, label="Tabell 2"), _answers(2, 3, label="Tabell 3"), PROSE),
        _style(TableStyle(), columns=2),
    ),
    "labels and headings between rules": (
        _stacked(lambda seed, label: _answers(4, seed, label=label)),
        _style(BOOKTABS),
    ),
    "labels and headings between stripes": (_stacked(_long), _style(ZEBRA)),
    "captions below": (
        _stacked(lambda seed, label: _answers(4, seed, 16, label=label)),
        _style(ZEBRA, caption_above=False),
    ),
    "captions below tables over pages": (
        (*(PROSE,) * 9, _answers(4, 2, 26), PROSE, _answers(4, 3, 20, label="Tabell 2"), PROSE),
        _style(TableStyle(rules="horizontal"), caption_above=False),
    ),
    "a split row between rules": (
        (*(PROSE,) * 8, _long(1, "Tabell 1", 10)),
        _style(replace(BOOKTABS, split_rows=True)),
    ),
    "a split row between stripes": (
        (*(PROSE,) * 8, _long(1, "Tabell 1", 10)),
        _style(replace(ZEBRA, split_rows=True)),
    ),
    "coloured answers without rules": ((PROSE, _answers(1, 2, fills=True), PROSE), _style(BOOKTABS)),
    "coloured answers between stripes": ((PROSE, _answers(1, 2, fills=True), PROSE), _style(ZEBRA)),
    "groups over heads, one rule": ((PROSE, _grouped(), PROSE), _style(BOOKTABS)),
    "groups over heads, no rule": ((PROSE, _grouped(), PROSE), _style(BARE)),
    "groups over turned heads": ((PROSE, _grouped(), PROSE), _style(replace(BOOKTABS, rotate=80.0))),
    "turned heads without rules": ((PROSE, _answers(5, 2), PROSE), _style(TURNED)),
    "unit row repeated with the header": (
        (PROSE, _units(), PROSE),
        _style(replace(BOOKTABS, repeat_header=True)),
    ),
    "a figure in a wrapped head": (
        (PROSE, _units(), PROSE),
        _style(TableStyle(rules="horizontal"), columns=2),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_every_cell_where_it_was_set(case: str, tmp_path: Path) -> None:
    blocks, style = CASES[case]
    document = read_blocks(tmp_path, blocks, style)
    found = [table for table in document.tables if table.hint == "grid"]
    expected = expected_cells(SampleDocument("prov", "Prov", blocks))
    assert len(found) == len(expected)
    for table, wanted in zip(found, expected, strict=True):
        want = {(cell.row, cell.col): cell.text for cell in wanted.cells}
        assert {place: text for place, text in _texts(table).items() if text} == {
            place: text for place, text in want.items() if text
        }
        assert (table.label or None) == wanted.label


def _texts(table: Table) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.col): cell.text for cell in table.cells}


def _rows(document: PdfDocument) -> list[list[list[str]]]:
    """Texts by table and row."""
    made = []
    for table in document.tables:
        if table.hint == "grid":
            said = _texts(table)
            made.append([[said.get((r, c), "") for c in range(table.n_cols)] for r in range(table.n_rows)])
    return made


LABELS = (
    ("Det finns någon att fråga om råd", "varje vardag från morgon till", "kväll"),
    ("Den som ringer får svar av en", "person och inte av en maskin"),
    ("Alla nya får en lots under sitt", "första år i yrket"),
    ("Vägen till hjälp beskrivs på en", "sida för sig"),
)


def _draw_labels(at: str) -> Callable[[Any], None]:
    """Labels of several lines with their values at the middle or at the bottom, and nothing drawn."""

    def draw(page: Any) -> None:
        page.setFont("Helvetica-Bold", 9)
        for x, head in ((60, "Fråga"), (260, "Svar"), (360, "Länet")):
            page.drawString(x, 720, head)
        page.setFont("Helvetica", 9)
        y = 704.0
        for number, lines in enumerate(LABELS):
            for index, text in enumerate(lines):
                page.drawString(60, y - 11 * index, text)
            down = (len(lines) - 1) * (0.5 if at == "middle" else 1.0)
            page.drawString(260, y - 11 * down, ("JA", "NEJ")[number % 2])
            page.drawString(360, y - 11 * down, f"{30 + number} %")
            y -= 11 * len(lines) + 8

    return draw


@pytest.mark.parametrize("at", ["middle", "bottom"])
def test_values_beside_the_middle_or_the_end_of_their_label(at: str, tmp_path: Path) -> None:
    (read,) = _rows(read_drawn(tmp_path, _draw_labels(at)))
    wanted = [[" ".join(lines), ("JA", "NEJ")[n % 2], f"{30 + n} %"] for n, lines in enumerate(LABELS)]
    assert read == [["Fråga", "Svar", "Länet"], *wanted]


def test_a_split_table_ends_with_a_label_of_two_lines(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        page.setFont("Helvetica-Bold", 9)
        for x, head in ((60, "Kommuntyp"), (260, "Antal"), (360, "Dagar")):
            page.drawString(x, 760, head)
        for x0, x1 in ((58, 255), (255, 355), (355, 400)):
            page.line(x0, 755, x1, 755)
        page.setFillColor("#eeeeee")
        page.rect(58, 724, 342, 30, fill=1, stroke=0)
        page.setFillColor("#000000")
        page.setFont("Helvetica", 9)
        page.drawString(60, 743, "Skärgårdskommun")
        page.drawString(60, 729, "utan fast förbindelse")
        page.drawString(260, 736, "14")
        page.drawString(360, 736, "9")
        for x, text in ((60, "Samtliga"), (260, "212"), (360, "12")):
            page.drawString(x, 712, text)

    (read,) = _rows(read_drawn(tmp_path, draw))
    assert read[1:] == [["Skärgårdskommun utan fast förbindelse", "14", "9"], ["Samtliga", "212", "12"]]


def _draw_columns(page: Any, x: float, rows: Sequence[Sequence[str]], title: str) -> None:
    page.setFont("Helvetica-Bold", 9)
    page.drawString(x, 740, title)
    for number, cells in enumerate(rows):
        page.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 9)
        for index, text in enumerate(cells):
            page.drawString(x + 80 * index, 720 - 14 * number, text)


def test_twins_beside_each_other_are_two_tables(tmp_path: Path) -> None:
    north = [["Kommun", "Andel"], *([place, f"{20 + at},5"] for at, place in enumerate(PLACES[:6]))]
    south = [["Kommun", "Andel"], *([place, f"{50 + at},5"] for at, place in enumerate(PLACES[4:10]))]

    def draw(page: Any) -> None:
        _draw_columns(page, 60, north, "Tabell 1. Norr")
        _draw_columns(page, 320, south, "Tabell 2. Söder")

    document = read_drawn(tmp_path, draw)
    assert _rows(document) == [north, south]
    assert [table.label for table in document.tables] == ["Tabell 1", "Tabell 2"]


def test_colours_alone_answer_beside_labels_without_ground(tmp_path: Path) -> None:
    shades = [[(GREEN, RED)[(r * c + r) % 2] for c in range(4)] for r in range(6)]

    def draw(page: Any) -> None:
        page.setFont("Helvetica-Bold", 9)
        for index, head in enumerate(("Kommun", "Råd", "Svar", "Lots", "Läger")):
            page.drawString(60 + 80 * index, 720, head)
        page.setFont("Helvetica", 9)
        page.setStrokeColor("#ffffff")
        for r, shade in enumerate(shades):
            page.drawString(60, 702 - 18 * r, PLACES[r])
            for c, colour in enumerate(shade):
                page.setFillColor(colour)
                page.rect(136 + 80 * c, 697 - 18 * r, 80, 18, fill=1, stroke=1)
            page.setFillColor("#000000")

    (table,) = [found for found in read_drawn(tmp_path, draw).tables if found.hint == "grid"]
    assert (table.n_rows, table.n_cols, table.header_rows) == (7, 5, 1)
    assert [_texts(table)[r, 0] for r in range(7)] == ["Kommun", *PLACES[:6]]
    fills = {(cell.row - 1, cell.col - 1): cell.fill for cell in table.cells if cell.row and cell.col}
    assert fills == {(r, c): shades[r][c] for r in range(6) for c in range(4)}


def test_groups_flush_with_their_first_column(tmp_path: Path) -> None:
    heads = ["Kommun", "Råd", "Svar", "Lots", "Läger", "Läxhjälp"]
    rows = [
        [place, *("JA" if (at + c) % 3 else "NEJ" for c in range(5))] for at, place in enumerate(PLACES[:8])
    ]

    def draw(page: Any) -> None:
        page.setFont("Helvetica-Bold", 9)
        page.drawString(140, 737, "Vuxna")
        page.drawString(300, 737, "Barn och unga")
        for number, cells in enumerate([heads, *rows]):
            page.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 9)
            for index, text in enumerate(cells):
                page.drawString(60 + 80 * index, 720 - 16 * number, text)
            page.line(56, 715 - 16 * number, 540, 715 - 16 * number)
        page.line(56, 732, 540, 732)

    (table,) = [found for found in read_drawn(tmp_path, draw).tables if found.hint == "grid"]
    over = {cell.text: (cell.row, cell.col, cell.col_span) for cell in table.cells if cell.row == 0}
    assert (over["Vuxna"], over["Barn och unga"]) == ((0, 1, 2), (0, 3, 3))
    assert table.header_rows == 2
    assert [[_texts(table)[r + 2, c] for c in range(6)] for r in range(8)] == rows


def test_a_hyphen_at_a_line_end_is_settled_by_the_rest_of_the_document(tmp_path: Path) -> None:
    def draw(page: Any) -> None:
        page.setFont("Helvetica", 9)
        page.drawString(60, 780, "Väst-svenska lotsar och nordsvenska guider finns på alla orter i år.")
        for y, cells in (
            (740, ("Stöd", "Svar")),
            (720, ("väst-", "JA")),
            (690, ("nord-", "NEJ")),
            (660, ("Läger", "JA")),
        ):
            page.drawString(60, y, cells[0])
            page.drawString(160, y, cells[1])
        page.drawString(60, 709, "svenska lotsar")
        page.drawString(60, 679, "svenska guider")
        page.grid([56, 150, 230], [750, 734, 704, 674, 650])

    (rows,) = _rows(read_drawn(tmp_path, draw))
    assert [row[0] for row in rows] == ["Stöd", "väst-svenska lotsar", "nordsvenska guider", "Läger"]
