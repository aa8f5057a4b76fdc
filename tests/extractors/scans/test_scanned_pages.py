"""Scanned pages from end to end: a sample is drawn, turned into leaning pictures, and read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extractors.engines import tesseract
from extractors.engines.pdfium import open_pdf
from extractors.engines.tesseract import OcrError, OcrWord
from extractors.geometry import PageGeometry
from extractors.read import ReadOptions, read_pdf
from extractors.scans import Scan, settle_numbers
from extractors.scans import numbers as numbers_room
from extractors.tables import PageTable
from extractors.turning import Lean
from pipeline.model import Box, Cell, PdfDocument
from tests.extractors.reading import read_blocks, table
from tests.samples import Block, CellText, Heading, Paragraph, Style, TableBlock, TableStyle

SAID = "Alla kommuner utom Storby har en rutin. Andelen är 67 % i länet och 34,5 procent i riket."
BLOCKS = (Heading("Rutiner i länet"), Paragraph(SAID), table("Tabell 1", "Svar om rutiner"), Paragraph(SAID))


def scanned(
    folder: Path, lean: float = 0.8, blocks: tuple[Block, ...] = BLOCKS, **style: Any
) -> tuple[PdfDocument, Path]:
    """The sample as read from its text, and the path of its scan."""
    from PIL import Image

    born = read_blocks(folder, blocks, Style(size=11.0, **style))
    with open_pdf(folder / "prov.pdf") as pdf:
        picture: Image.Image = pdf.picture(1, 300)
    leaning = picture.rotate(-lean, resample=Image.Resampling.BICUBIC, fillcolor="white")
    grain = np.random.default_rng(7).normal(0, 6, (leaning.height, leaning.width, 1))
    rough = np.clip(np.asarray(leaning).astype(np.float64) + grain, 0, 255).astype(np.uint8)
    path = folder / "skannad.pdf"
    Image.fromarray(rough).save(path, format="PDF", resolution=300.0)
    return born, path


@pytest.mark.needs_debian("tesseract:swe", "tesseract-ocr tesseract-ocr-swe")
def test_a_scan_says_what_the_document_says(tmp_path: Path) -> None:
    born, path = scanned(tmp_path)
    document = read_pdf(path, file_name="skannad.pdf")
    assert [page.source for page in document.pages] == ["ocr"]
    assert [s.text for s in document.sentences] == [s.text for s in born.sentences]
    (read,), (drawn,) = document.tables, born.tables
    assert (read.label, read.caption, read.n_rows) == (drawn.label, drawn.caption, drawn.n_rows)
    said = {(c.row, c.col): c.text for c in drawn.cells}
    for cell in read.cells:
        same = cell.text.replace(" ", "") == said[cell.row, cell.col].replace(" ", "")
        assert same or cell.readings
    assert read.engine.startswith("tesseract")


@pytest.mark.needs_debian("tesseract:swe", "tesseract-ocr tesseract-ocr-swe")
def test_boxes_of_a_leaning_scan_stand_on_the_page_as_it_is_shown(tmp_path: Path) -> None:
    _, path = scanned(tmp_path, lean=1.5)
    document = read_pdf(path, file_name="skannad.pdf")
    with open_pdf(path) as pdf:
        page = np.asarray(pdf.picture(1, 72, grayscale=True))
    for cell in document.tables[0].cells:
        x, y = cell.box.centre
        if cell.text and cell.col:
            around = page[int(y) - 8 : int(y) + 8, int(cell.box.x0) + 2 : int(cell.box.x1) - 2]
            assert (around < 160).any(), (cell.text, x, y)


def test_without_tesseract_the_page_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = scanned(tmp_path)
    monkeypatch.setattr(tesseract, "languages", frozenset)
    document = read_pdf(path, file_name="skannad.pdf")
    (page,) = document.pages
    assert page.source == "unreadable"
    assert "tesseract-ocr" in (page.reason or "") and "tesseract-ocr-swe" in (page.reason or "")
    assert document.sentences == () and document.tables == ()


def test_ocr_can_be_left_out(tmp_path: Path) -> None:
    _, path = scanned(tmp_path)
    document = read_pdf(path, file_name="skannad.pdf", options=ReadOptions(ocr=False))
    assert document.pages[0].source == "unreadable"


@pytest.mark.needs_debian("tesseract:swe", "tesseract-ocr tesseract-ocr-swe")
def test_colours_behind_the_text_are_kept_and_the_text_is_read(tmp_path: Path) -> None:
    answers = [("Lillby", "JA", "#92d050"), ("Storby", "NEJ", "#ff5050"), ("Mellanby", "JA", "#92d050")]
    coloured = TableBlock(
        header=((CellText("Kommun"), CellText("Har rutin")),),
        rows=tuple((CellText(name), CellText(said, fill=fill)) for name, said, fill in answers),
        label="Tabell 1",
        caption="Svar i färg",
    )
    blocks = (Paragraph(SAID), coloured, Paragraph(SAID))
    _, path = scanned(tmp_path, blocks=blocks, table=TableStyle(header_fill="#dddddd", size=10.0))
    (read,) = read_pdf(path, file_name="skannad.pdf").tables
    said = {(c.row, c.col): c for c in read.cells}
    for row, (name, answer, fill) in enumerate(answers, start=1):
        assert (said[row, 0].text, said[row, 1].text) == (name, answer)
        red, green, blue = (int(fill[i : i + 2], 16) for i in (1, 3, 5))
        found = said[row, 1].fill or "#ffffff"
        assert [int(found[i : i + 2], 16) for i in (1, 3, 5)] == pytest.approx([red, green, blue], abs=12)


@pytest.mark.needs_debian("tesseract:swe", "tesseract-ocr tesseract-ocr-swe")
def test_turned_heads_of_a_scan_are_read(tmp_path: Path) -> None:
    heads = ("Kommun", "Andel med rutin", "Antal hushåll", "Kostnad per hushåll")
    wide = TableBlock(
        header=(tuple(CellText(head) for head in heads),),
        rows=tuple(
            tuple(CellText(text) for text in (name, "62", "40", "310"))
            for name in ("Lillby", "Storby", "Nyby")
        ),
        label="Tabell 1",
        caption="Nyckeltal",
        widths=(2, 1, 1, 1),
        overrides={"rotate": 110.0, "size": 10.0, "width": 0.5},
    )
    _, path = scanned(tmp_path, blocks=(Paragraph(SAID), wide, Paragraph(SAID)))
    (read,) = read_pdf(path, file_name="skannad.pdf").tables
    assert [c.text for c in read.cells if c.row == 0] == list(heads)
    assert read.header_rows == 1
    assert [c.rotated for c in read.cells if c.row == 0] == [False, True, True, True]


@pytest.mark.needs_debian("tesseract:swe", "tesseract-ocr tesseract-ocr-swe")
def test_a_scan_on_its_side_is_turned(tmp_path: Path) -> None:
    from PIL import Image

    born, path = scanned(tmp_path)
    with open_pdf(path) as pdf:
        picture: Image.Image = pdf.picture(1, 300)
    side = tmp_path / "liggande.pdf"
    picture.rotate(90, expand=True).save(side, format="PDF", resolution=300.0)
    document = read_pdf(side, file_name="liggande.pdf")
    assert [s.text for s in document.sentences] == [s.text for s in born.sentences]
    page = document.pages[0]
    assert page.width > page.height
    for box in document.sentences[1].boxes:
        assert box.height > box.width and box.x1 <= page.width and box.bottom <= page.height


@pytest.mark.needs_debian("tesseract:swe", "tesseract-ocr tesseract-ocr-swe")
def test_tesseract_is_stopped_when_it_takes_too_long() -> None:
    from PIL import Image

    blank = Image.new("L", (2000, 2000), 255)
    with pytest.raises(OcrError):
        tesseract.read_words(blank, language="swe", mode=tesseract.PAGE, dpi=300, timeout=0.0001)


def cell(col: int, text: str) -> Cell:
    return Cell(1, col, 1, 1, text, text, Box(1, 72.0 * col, 72.0, 72.0 * col + 72, 90.0))


def grid(*cells: Cell) -> PageTable:
    edges = tuple(72.0 * i for i in range(5))
    box = Box(1, 0.0, 54.0, 288.0, 90.0)
    return PageTable(1, box, cells, 2, 4, 1, "vector", 1.0, None, "grid", edges)


def test_readings_that_differ_are_both_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    page = np.full((600, 1200), 255, np.uint8)
    for col in (1, 2, 3):
        page[310:340, 300 * col + 20 : 300 * col + 80] = 0  # ink in every cell
    empty = PageGeometry(1, 288.0, 144.0, (), (), (), ())
    scan = Scan(empty, Lean(0.0, 288.0, 144.0), Image.fromarray(page), 300)

    def second(picture: object, *, only: str, **_: object) -> list[OcrWord]:
        """What a second model reads in the rows of the picture of cells: figures apart from the rest."""
        said = ["75%", "225"] if only else ["8"]
        tops = [round((30 + i * (39 + 30) + 15) * numbers_room.SCALES[0]) for i in range(len(said))]
        return [OcrWord(said[i], 60, y, 90, y + 20, 90.0, (1, 1, i)) for i, y in enumerate(tops)]

    monkeypatch.setattr(numbers_room, "read_words", second)
    (settled,) = settle_numbers(
        scan, [grid(cell(0, "Lillby"), cell(1, "75 %"), cell(2, "22.5"), cell(3, ""))]
    )
    assert [c.readings for c in settled.cells] == [(), (), ("225",), ("8",)]
    assert [c.text for c in settled.cells] == ["Lillby", "75 %", "22.5", ""]
    assert settled.agreement == pytest.approx(1 / 3)
    assert settled.confidence < 0.9
