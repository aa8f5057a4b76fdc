"""Scanned pages from end to end: a sample is drawn, turned into leaning pictures, and read again."""

from __future__ import annotations

from pathlib import Path

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
from tests.samples import Heading, Paragraph, Style

SAID = "Alla kommuner utom Storby har en rutin. Andelen är 67 % i länet och 34,5 procent i riket."
BLOCKS = (Heading("Rutiner i länet"), Paragraph(SAID), table("Tabell 1", "Svar om rutiner"), Paragraph(SAID))


def scanned(folder: Path, lean: float = 0.8) -> tuple[PdfDocument, Path]:
    """The sample as read from its text, and the path of its scan."""
    from PIL import Image

    born = read_blocks(folder, BLOCKS, Style(size=11.0))
    with open_pdf(folder / "prov.pdf") as pdf:
        picture: Image.Image = pdf.picture(1, 300, grayscale=True)
    leaning = picture.rotate(-lean, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grain = np.random.default_rng(7).normal(0, 6, (leaning.height, leaning.width))
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

    def second(picture: object, **_: object) -> list[OcrWord]:
        """What a second model reads in the rows of the picture of cells."""
        tops = [round((30 + i * (39 + 30) + 15) * numbers_room.SCALE) for i in range(3)]
        said = ["75%", "225", "8"]
        return [
            OcrWord(t, 60, y, 90, y + 20, 90.0, (1, 1, i))
            for i, (t, y) in enumerate(zip(said, tops, strict=True))
        ]

    monkeypatch.setattr(numbers_room, "read_words", second)
    (settled,) = settle_numbers(
        scan, [grid(cell(0, "Lillby"), cell(1, "75 %"), cell(2, "22.5"), cell(3, ""))]
    )
    assert [c.readings for c in settled.cells] == [(), (), ("225",), ("8",)]
    assert [c.text for c in settled.cells] == ["Lillby", "75 %", "22.5", ""]
    assert settled.agreement == pytest.approx(1 / 3)
    assert settled.confidence < 0.9
