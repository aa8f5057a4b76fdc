"""What looks like a table and is none, and tables in unusual places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.extractors.tables.layouts import PROSE, answers, row
from tests.extractors.tables.reading import grids, read_pdf_tables, read_sample, rows_of
from tests.samples import (
    BarChart,
    Block,
    Contents,
    Heading,
    Legend,
    ListBlock,
    PageBreak,
    Paragraph,
    SampleDocument,
    Style,
    TableBlock,
)


def _canvas(path: Path, size: tuple[float, float] = (595.0, 842.0)) -> Any:
    return Canvas(str(path), pagesize=size, invariant=1)


def _sample(*blocks: Block) -> SampleDocument:
    return SampleDocument("x", "X", blocks)


def test_bar_chart_is_a_chart(tmp_path: Path) -> None:
    bars = tuple((place, 10.0 + 7 * index) for index, place in enumerate("ABCDEF"))
    tables = read_sample(_sample(PROSE, BarChart("Andel", bars), PROSE), Style(), tmp_path)
    assert {table.hint for table in tables} == {"chart"}


@pytest.mark.parametrize("key", ["squares", "grid"])
def test_pie_in_a_frame_is_a_chart(key: str, tmp_path: Path) -> None:
    path = tmp_path / "pie.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 8)
    page.rect(60, 480, 460, 200)
    parts = (("Alltid", 150, "#4f81bd"), ("Ibland", 110, "#c0504d"), ("Aldrig", 100, "#9bbb59"))
    start = 0
    for number, (text, extent, colour) in enumerate(parts):
        y = 600 - 24 * number
        page.setFillColor(colour)
        page.wedge(100, 500, 260, 660, start, extent, fill=1)
        page.rect(340, y, 10, 10, fill=int(key == "squares"))
        page.setFillColor("#000000")
        page.drawString(358, y + 2, text)
        page.drawString(450, y + 2, f"{extent * 10 // 36} %")
        if key == "grid":
            page.line(330, y - 7, 490, y - 7)
        start += extent
    if key == "grid":
        page.rect(330, 545, 160, 75)
    page.showPage()
    page.save()
    assert [table.hint for table in read_pdf_tables(path)[1]] == ["chart"]


def test_table_of_contents_with_leaders_is_contents(tmp_path: Path) -> None:
    blocks: list[Block] = [Contents(), PageBreak()]
    for number in range(1, 9):
        blocks += [Heading(f"Avsnitt om väntetider nummer {number}", 2), PROSE, PROSE, PageBreak()]
    tables = read_sample(_sample(*blocks), Style(), tmp_path)
    assert grids(tables) == []


def test_contents_in_a_grid_is_contents(tmp_path: Path) -> None:
    lines = tuple(row(f"Kapitel {n} om stöd …", str(2 * n)) for n in range(1, 9))
    tables = read_sample(_sample(PROSE, TableBlock((row("Förord …", "1"),), lines), PROSE), Style(), tmp_path)
    assert [table.hint for table in tables] == ["contents"]


@pytest.mark.parametrize("style", [Style(), Style(columns=2), Style(columns=2, justify=True)])
def test_prose_lists_and_keys_are_no_tables(style: Style, tmp_path: Path) -> None:
    blocks = (
        Heading("Bakgrund"),
        PROSE,
        ListBlock(("Råd inom tre dagar", "Möte varje vecka", "Plan efter en månad")),
        PROSE,
        ListBlock(("Första steget tas av handläggaren", "Sedan följer beslutet"), numbered=True),
        Legend((("#92d050", "Uppfyllt"), ("#ff5050", "Inte uppfyllt"))),
        *(PROSE for _ in range(6)),
    )
    assert grids(read_sample(_sample(*blocks), style, tmp_path)) == []


def test_letter_head_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 10)
    for y, (left, right) in zip(
        (800, 786, 772),
        (("Socialförvaltningen", "Datum"), ("Box 12", "den tredje maj"), ("123 45 Orten", "Diarienummer")),
        strict=True,
    ):
        page.drawString(60, y, left)
        page.drawString(380, y, right)
    for index in range(20):
        page.drawString(
            60, 700 - 14 * index, "Nämnden föreslås besluta att stödet ska finnas kvar under hela året."
        )
    page.showPage()
    page.save()
    assert grids(read_pdf_tables(path)[1]) == []


def test_box_around_prose_is_no_grid(tmp_path: Path) -> None:
    path = tmp_path / "box.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 10)
    page.rect(50, 500, 480, 200)
    for index in range(10):
        page.drawString(
            60, 680 - 14 * index, "Rutan sammanfattar vad avsnittet handlar om och vem som bör läsa det."
        )
    page.showPage()
    page.save()
    assert grids(read_pdf_tables(path)[1]) == []


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_page_reads_as_shown(turn: int, tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    page = _canvas(path, (842.0, 595.0))
    page.setFont("Helvetica", 10)
    page.setPageRotation(turn)
    wide, high = 842.0, 595.0
    if turn == 90:
        page.transform(0, 1, -1, 0, wide, 0)
        high = wide
    elif turn == 180:
        page.transform(-1, 0, 0, -1, wide, high)
    else:
        page.transform(0, -1, 1, 0, 0, high)
        high = wide
    texts = (("Kommun", "Svar", "År"), ("Ale", "Ja", "2020"), ("Orust", "Nej", "2021"))
    for r, cells in enumerate(texts):
        for c, text in enumerate(cells):
            x, y = 60 + 100 * c, high - 100 - 20 * r
            page.rect(x, y, 100, 20)
            page.drawString(x + 4, y + 6, text)
    page.showPage()
    page.save()
    tables = grids(read_pdf_tables(path)[1])
    assert [rows_of(table) for table in tables] == [texts]


def _grid(page: Any, x: float, y: float, texts: tuple[tuple[str, ...], ...], wide: float = 60.0) -> None:
    for r, cells in enumerate(texts):
        for c, text in enumerate(cells):
            page.rect(x + wide * c, y - 18 * r, wide, 18)
            page.drawString(x + wide * c + 3, y - 18 * r + 5, text)


def test_tables_side_by_side_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "side.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 9)
    left = (("Kommun", "2020"), ("Ale", "12,5"), ("Orust", "9,1"))
    right = (("Kommun", "2021"), ("Kil", "3,5"), ("Sotenäs", "4,4"), ("Åre", "7,0"))
    _grid(page, 60, 700, left)
    _grid(page, 320, 700, right)
    page.showPage()
    page.save()
    assert [rows_of(table) for table in grids(read_pdf_tables(path)[1])] == [left, right]


def test_header_turned_the_other_way(tmp_path: Path) -> None:
    path = tmp_path / "down.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 9)
    heads = (("Stöd under", "helgen"), ("Tolk vid", "möten"))
    for c in range(3):
        page.rect(60 + 60 * c, 600, 60, 100)
    page.drawString(64, 640, "Kommun")
    for c, lines in enumerate(heads):
        for n, line in enumerate(lines):
            page.saveState()
            page.translate(60 + 60 * (c + 1) + 40 - 12 * n, 695)
            page.rotate(270)
            page.drawString(0, 0, line)
            page.restoreState()
    _grid(page, 60, 582, (("Ale", "Ja", "Nej"), ("Orust", "Nej", "Ja")))
    page.showPage()
    page.save()
    (table,) = grids(read_pdf_tables(path)[1])
    assert rows_of(table)[0] == ("Kommun", "Stöd under helgen", "Tolk vid möten")
    assert [cell.rotated for cell in table.cells[:3]] == [False, True, True]
    assert table.header_rows == 1


def test_last_column_beyond_the_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "beyond.pdf"
    page = _canvas(path, (300.0, 400.0))
    page.setFont("Helvetica", 9)
    texts = (("Kommun", "2019", "2020", "2021"), ("Ale", "1,5", "2,5", "3,5"), ("Orust", "4,5", "5,5", "6,5"))
    _grid(page, 40, 300, texts, 80.0)
    page.showPage()
    page.save()
    (table,) = grids(read_pdf_tables(path)[1])
    assert rows_of(table) == texts


def test_word_across_a_separator_is_split_at_its_seam(tmp_path: Path) -> None:
    path = tmp_path / "seam.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 9)
    _grid(page, 60, 700, (("Kommun", "2020", "2021"), ("Ale", "", ""), ("Orust", "3,5", "4,5")), 40.0)
    page.drawRightString(139.6, 687, "12,5")
    page.drawString(140.6, 687, "13,5")
    page.showPage()
    page.save()
    (table,) = grids(read_pdf_tables(path)[1])
    assert rows_of(table)[1] == ("Ale", "12,5", "13,5")


def test_missing_outer_borders_are_extended(tmp_path: Path) -> None:
    path = tmp_path / "open.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 9)
    texts = (("Kommun", "2020", "2021"), ("Ale", "Ja", "Nej"), ("Orust", "Nej", "Ja"))
    for r, cells in enumerate(texts):
        for c, text in enumerate(cells):
            page.drawString(64 + 80 * c, 706 - 20 * r, text)
    for y in (700, 680):
        page.line(60, y, 300, y)
    for x in (140, 220):
        page.line(x, 720, x, 660)
    page.showPage()
    page.save()
    (table,) = grids(read_pdf_tables(path)[1])
    assert rows_of(table) == texts


def test_fill_of_a_cell_is_kept_and_white_is_none(tmp_path: Path) -> None:
    path = tmp_path / "fills.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 9)
    page.setFillColorRGB(1, 1, 1)
    page.rect(120, 682, 60, 18, stroke=0, fill=1)
    page.setFillColorRGB(0x92 / 255, 0xD0 / 255, 0x50 / 255)
    page.rect(180, 691, 60, 9, stroke=0, fill=1)
    page.rect(180, 682, 60, 9, stroke=0, fill=1)
    page.setFillColorRGB(0, 0, 0)
    _grid(page, 60, 700, (("Kommun", "A", "B"), ("Ale", "Ja", "Ja")))
    page.showPage()
    page.save()
    (table,) = grids(read_pdf_tables(path)[1])
    assert [cell.fill for cell in table.cells if cell.row == 1] == [None, None, "#92d050"]


def test_heading_names_nothing_inside_the_table(tmp_path: Path) -> None:
    table = TableBlock((row("Indikator", "Svar"),), answers(1, 4, 5))
    sample = _sample(Heading("Orust"), Paragraph("Mindre kommun"), table)
    (found,) = grids(read_sample(sample, Style(), tmp_path))
    assert all("Orust" not in cell.text for cell in found.cells)


def test_marks_of_a_symbol_font_are_text(tmp_path: Path) -> None:
    path = tmp_path / "symbols.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 9)
    _grid(page, 60, 700, (("Kommun", "A", "B"), ("Ale", "", ""), ("Orust", "", "")))
    page.setFont("ZapfDingbats", 9)
    for x, y in ((123, 687), (183, 669)):
        page.drawString(x, y, "\u25cf")
    page.showPage()
    page.save()
    (table,) = grids(read_pdf_tables(path)[1])
    assert rows_of(table) == (("Kommun", "A", "B"), ("Ale", "●", ""), ("Orust", "", "●"))


def test_drawn_circles_are_marks_with_their_colour(tmp_path: Path) -> None:
    path = tmp_path / "circles.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 9)
    _grid(page, 60, 700, (("Kommun", "A", "B"), ("Ale", "", ""), ("Orust", "", "")))
    page.setFillColorRGB(1, 0, 0)
    page.circle(150, 691, 4, stroke=0, fill=1)
    page.circle(210, 673, 4, stroke=1, fill=0)
    page.showPage()
    page.save()
    (table,) = grids(read_pdf_tables(path)[1])
    assert rows_of(table) == (("Kommun", "A", "B"), ("Ale", "●", ""), ("Orust", "", "○"))
    assert [cell.fill for cell in table.cells if cell.text == "●"] == ["#ff0000"]


def test_cells_of_rounded_boxes_are_cells(tmp_path: Path) -> None:
    path = tmp_path / "rounded.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 9)
    texts = (("Kommun", "2020", "2021"), ("Ale", "Ja", "Nej"), ("Orust", "", "Ja"))
    for r, cells in enumerate(texts):
        for c, text in enumerate(cells):
            page.setFillColorRGB(0.9, 0.9, 1)
            page.roundRect(60 + 63 * c, 700 - 21 * r, 60, 18, 4, stroke=0, fill=1)
            page.setFillColorRGB(0, 0, 0)
            page.drawString(63 + 63 * c, 705 - 21 * r, text)
    page.showPage()
    page.save()
    (table,) = grids(read_pdf_tables(path)[1])
    assert rows_of(table) == texts


def test_borders_of_dots_are_rules(tmp_path: Path) -> None:
    path = tmp_path / "dots.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 9)
    for y in (720, 700, 680, 660):
        for x in range(60, 241, 2):
            page.rect(x, y, 1, 1, stroke=0, fill=1)
    for x in (60, 120, 180, 240):
        for y in range(660, 721, 2):
            page.rect(x, y, 1, 1, stroke=0, fill=1)
    texts = (("Kommun", "A", "B"), ("Ale", "Ja", ""), ("Orust", "", "Nej"))
    for r, cells in enumerate(texts):
        for c, text in enumerate(cells):
            page.drawString(64 + 60 * c, 706 - 20 * r, text)
    page.showPage()
    page.save()
    (table,) = grids(read_pdf_tables(path)[1])
    assert rows_of(table) == texts


def test_leaders_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "leaders.pdf"
    page = _canvas(path)
    page.setFont("Helvetica", 9)
    for r, (label, value) in enumerate((("Ale", "12,5"), ("Orust", "9,1"), ("Kil", "7,0"), ("Åre", "1,5"))):
        page.drawString(60, 700 - 14 * r, f"{label} {'.' * (40 - len(label))}")
        page.drawRightString(260, 700 - 14 * r, value)
    page.showPage()
    page.save()
    (table,) = grids(read_pdf_tables(path)[1])
    assert rows_of(table) == (("Ale", "12,5"), ("Orust", "9,1"), ("Kil", "7,0"), ("Åre", "1,5"))


def test_form_is_a_form(tmp_path: Path) -> None:
    prompts = tuple(row(f"{name}:", "") for name in ("Namn", "Adress", "Telefon", "Datum", "Underskrift"))
    table = TableBlock((row("Uppgifter:", ""),), prompts)
    assert [t.hint for t in read_sample(_sample(PROSE, table, PROSE), Style(), tmp_path)] == ["form"]


def test_row_left_over_on_the_next_page_belongs_to_the_table(tmp_path: Path) -> None:
    path = tmp_path / "left.pdf"
    page = _canvas(path, (400.0, 300.0))
    rows = (("Kommun", "Andel", "Tid"), ("Ale", "12,5", "3"), ("Orust", "9,1", "14"), ("Kil", "7,0", "5"))

    def draw(texts: tuple[str, ...], y: float) -> None:
        for c, text in enumerate(texts):
            page.drawString(60 + 100 * c, y, text)

    page.setFont("Helvetica", 9)
    for r, texts in enumerate(rows):
        draw(texts, 130 - 18 * r)
    page.showPage()
    page.setFont("Helvetica", 9)
    draw(("Riket", "8,5", "7"), 270)
    for n in range(4):
        page.drawString(60, 240 - 12 * n, "Väntan är kortare än i fjol men skillnaden är liten.")
    page.showPage()
    page.save()
    (table,) = grids(read_pdf_tables(path)[1])
    assert rows_of(table) == (*rows, ("Riket", "8,5", "7"))


def test_running_head_of_two_parts_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "head.pdf"
    page = _canvas(path, (400.0, 300.0))
    page.setFont("Helvetica", 9)
    page.drawString(60, 275, "Rapport om stödet")
    page.drawString(320, 275, "2 (3)")
    for n in range(8):
        page.drawString(60, 240 - 12 * n, "Väntan är kortare än i fjol men skillnaden är liten.")
    page.showPage()
    page.save()
    assert read_pdf_tables(path)[1] == ()
