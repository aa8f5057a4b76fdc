"""Fonts without a usable encoding: the page is read from its picture, or says what to install."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.engines import tesseract
from extractors.read import read_pdf
from pipeline.model import PdfDocument
from tests.extractors.reading import table
from tests.samples import Heading, Paragraph, SampleDocument, Style, render

SAID = "Alla kommuner utom Storby har en rutin. Andelen är 67 % i länet och 34,5 procent i riket."
BLOCKS = (Heading("Rutiner i länet"), Paragraph(SAID), table("Tabell 1", "Svar om rutiner"), Paragraph(SAID))


def _nowhere(code: int) -> int:
    """Every character in the private use area, as subset fonts without names have it."""
    return 0xE000 + code


def _shifted(code: int) -> int:
    """Letters that stand for others: the codes of the font taken for those of the alphabet."""
    return code - 29 if code > 0x40 else code


def garbled(folder: Path, meant: Callable[[int], int]) -> Path:
    """The sample with its ToUnicode maps made wrong; what is seen on the page stays."""
    data = render(SampleDocument("prov", "Prov", BLOCKS), Style(size=11.0))
    wrong = re.sub(
        rb"(<[0-9A-F]{2}> )<([0-9A-F]{4})>",
        lambda found: found[1] + b"<%04X>" % max(meant(int(found[2], 16)), 1),
        data,
    )
    assert len(wrong) == len(data) and wrong != data
    path = folder / "kodning.pdf"
    path.write_bytes(wrong)
    return path


def _cells(document: PdfDocument) -> list[dict[tuple[int, int], str]]:
    return [
        {(cell.row, cell.col): cell.text.replace(" ", "") for cell in found.cells}
        for found in document.tables
    ]


@pytest.mark.needs_debian("tesseract:swe", "tesseract-ocr tesseract-ocr-swe")
@pytest.mark.parametrize("meant", [_nowhere, _shifted])
def test_garbled_page_is_read_from_its_picture(meant: Callable[[int], int], tmp_path: Path) -> None:
    right = tmp_path / "prov.pdf"
    right.write_bytes(render(SampleDocument("prov", "Prov", BLOCKS), Style(size=11.0)))
    document = read_pdf(garbled(tmp_path, meant), file_name="kodning.pdf")
    assert [page.source for page in document.pages] == ["ocr"]
    assert _cells(document) == _cells(read_pdf(right, file_name="prov.pdf"))
    assert SAID in " ".join(sentence.text for sentence in document.sentences)


@pytest.mark.parametrize("meant", [_nowhere, _shifted])
def test_without_tesseract_a_garbled_page_says_what_to_install(
    meant: Callable[[int], int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tesseract, "languages", frozenset)
    (page,) = read_pdf(garbled(tmp_path, meant), file_name="kodning.pdf").pages
    assert page.source == "unreadable"
    assert page.reason is not None and "Installera Debianpaketen" in page.reason
