"""Second opinions: what other engines read, and how it is compared."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from extractors.engines import camelot_engine, plumber
from extractors.engines.opinion import Opinion
from extractors.engines.pdfium import open_pdf
from extractors.tables import PageSource, find_page_tables
from extractors.tables.doubt import compare, second_opinion
from pipeline.model import Box, Cell
from tests.extractors.tables.layouts import row
from tests.samples import SampleDocument, Style, TableBlock, TableStyle, render

ROWS = (row("Ale", "12,5", "3"), row("Orust", "9,1", "4"), row("Kil", "7,0", "5"), row("Åre", "1,5", "6"))


def _pdf(folder: Path) -> Path:
    block = TableBlock((row("Kommun", "Andel", "Antal"),), ROWS)
    style = Style(table=TableStyle(rules="booktabs", width=0.6))
    path = folder / "sample.pdf"
    path.write_bytes(render(SampleDocument("x", "X", (block,)), style))
    return path


def _cells(*rows: tuple[str, ...]) -> list[Cell]:
    return [
        Cell(r, c, 1, 1, text, text, Box(1, 0, 0, 1, 1))
        for r, texts in enumerate(rows)
        for c, text in enumerate(texts)
    ]


def test_differing_value_is_a_disagreement() -> None:
    ours = _cells(("Kommun", "Andel"), ("Ale", "12,5"), ("Orust", "9,1"))
    theirs = Opinion("camelot-stream", (), (), (("Kommun", "Andel"), ("Ale", "12,8"), ("Orust", "9,1")))
    agreement, found = compare(ours, 1, theirs, "vector")
    assert agreement == 0.75
    assert [(d.row, d.col, d.reading, d.other_reading) for d in found] == [(1, 1, "12,5", "12,8")]


def test_other_columns_give_agreement_but_no_disagreement() -> None:
    ours = _cells(("Kommun", "Andel"), ("Ale", "12,5"))
    theirs = Opinion("camelot-stream", (), (), (("Ale", "x", "12,5"),))
    assert compare(ours, 1, theirs, "vector") == (1.0, [])


def test_second_opinion_is_stored_with_the_table(tmp_path: Path) -> None:
    path = _pdf(tmp_path)
    with open_pdf(path) as pdf:
        geometry = pdf.geometry(1)
        source = PageSource(path, 1)
        (table,) = find_page_tables(geometry, geometry.words(), source)
    assert table.agreement is None
    wrong = tuple(
        dataclasses.replace(cell, text="19,1") if cell.text == "9,1" else cell for cell in table.cells
    )
    doubted = dataclasses.replace(table, cells=wrong, confidence=0.6)
    asked = second_opinion(doubted, source, geometry.height, ruled=True)
    assert asked.agreement is not None
    assert asked.agreement >= 0.9
    assert [(d.reading, d.other_reading) for d in asked.disagreements] == [("19,1", "9,1")]
    assert [cell.readings for cell in asked.cells if cell.text == "19,1"] == [("9,1",)]


def test_engines_read_an_area_in_page_coordinates(tmp_path: Path) -> None:
    path = _pdf(tmp_path)
    with open_pdf(path) as pdf:
        geometry = pdf.geometry(1)
        (table,) = find_page_tables(geometry, geometry.words(), PageSource(path, 1))
    box = table.box
    area = (box.x0, box.top, box.x1, box.bottom)
    stream = camelot_engine.read_area(path, 1, area, geometry.height, "stream")
    plain = plumber.read_area(path, 1, area, list(table.column_edges))
    assert stream is not None
    assert plain is not None
    for opinion in (stream, plain):
        assert [texts for texts in opinion.rows if texts[0] == "Orust"] == [("Orust", "9,1", "4")]
        assert list(opinion.ys) == sorted(opinion.ys)
        assert box.top - 5 <= opinion.ys[0]
        assert opinion.ys[-1] <= box.bottom + 5


def test_empty_area_has_no_opinion(tmp_path: Path) -> None:
    path = _pdf(tmp_path)
    assert plumber.read_area(path, 1, (300.0, 700.0, 400.0, 760.0), []) is None
    assert camelot_engine.read_area(path, 1, (300.0, 700.0, 400.0, 760.0), 841.9, "hybrid") is None
