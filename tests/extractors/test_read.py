"""Files that can and cannot be read, and what a read document holds."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from extractors.read import ReadOptions, read_pdf
from pipeline.errors import UnreadableFileError
from tests.extractors.reading import A4, read_blocks, read_drawn, table
from tests.samples import Heading, PageBreak, Paragraph, SampleDocument, Style, render

TEXT = "Lillby har en rutin sedan 2017, men Storby saknar en sådan."


def made() -> bytes:
    return render(SampleDocument("prov", "Provets titel", (Heading("Prov"), Paragraph(TEXT))), Style())


def refused(folder: Path, content: bytes, options: ReadOptions | None = None) -> UnreadableFileError:
    path = folder / "fil.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as raised:
        read_pdf(path, file_name="fil.pdf", options=options)
    return raised.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "tom-fil"),
        (b"PK\x03\x04" + b"x" * 3000, "inte-pdf"),
        (b"<html>" + b" " * 2000 + b"%PDF-1.4", "inte-pdf"),
        (b"%PDF-1.4\n" + b"inget mer", "skadad"),
    ],
)
def test_what_is_no_readable_pdf_is_refused_with_a_sentence(
    content: bytes, code: str, tmp_path: Path
) -> None:
    error = refused(tmp_path, content)
    assert error.code == code
    assert error.message.endswith(".")


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, made()[:700]).code == "skadad"


def test_a_file_without_pages_is_refused(tmp_path: Path) -> None:
    bare = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    assert refused(tmp_path, bare).code in ("inga-sidor", "skadad")


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "hemlig.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("lösen", ownerPassword="annat", strength=128))
    canvas.drawString(70, 700, "Hemligt")
    canvas.save()
    with pytest.raises(UnreadableFileError) as raised:
        read_pdf(path, file_name="hemlig.pdf")
    assert raised.value.code == "krypterad"


def test_limits_are_kept(tmp_path: Path) -> None:
    assert refused(tmp_path, made(), ReadOptions(max_bytes=100)).code == "for-stor"
    many = (Paragraph(TEXT), PageBreak(), Paragraph(TEXT), PageBreak(), Paragraph(TEXT))
    content = render(SampleDocument("prov", "Prov", many), Style())
    assert refused(tmp_path, content, ReadOptions(max_pages=2)).code == "for-manga-sidor"


def test_a_header_after_other_bytes_is_still_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "fil.pdf"
    path.write_bytes(b"\n" * 300 + made())
    assert read_pdf(path, file_name="fil.pdf").pages[0].source == "text"


def test_the_document_says_what_it_was_read_from(tmp_path: Path) -> None:
    path = tmp_path / "fil.pdf"
    path.write_bytes(made())
    document = read_pdf(path, file_name="mapp/fil.pdf")
    assert document.file_name == "mapp/fil.pdf"
    assert document.sha256 == hashlib.sha256(made()).hexdigest()
    assert document.title == "Provets titel"
    assert document == read_pdf(path, file_name="mapp/fil.pdf")


def test_an_empty_page_is_reported(tmp_path: Path) -> None:
    document = read_drawn(
        tmp_path, lambda canvas: canvas.drawString(70, 700, TEXT), lambda canvas: canvas.rect(50, 50, 99, 9)
    )
    assert [page.source for page in document.pages] == ["text", "empty"]
    assert document.pages[0].reason is None
    assert "2" in (document.pages[1].reason or "")


def test_orders_are_consistent(tmp_path: Path) -> None:
    blocks = (Paragraph(TEXT), table("Tabell 1", "Svar"), Paragraph(TEXT), table(), Paragraph(TEXT))
    document = read_blocks(tmp_path, blocks)
    assert [t.index for t in document.tables] == list(range(len(document.tables)))
    assert [s.order for s in document.sentences] == list(range(len(document.sentences)))
    for sentence in document.sentences:
        assert sentence.text in document.blocks[sentence.block].text
    befores = [block.before_table for block in document.blocks]
    assert befores == sorted(befores)


def test_turned_pages_are_read_as_they_are_shown(tmp_path: Path) -> None:
    def turned(canvas: object) -> None:
        canvas.setPageRotation(90)  # type: ignore[attr-defined]
        canvas.saveState()  # type: ignore[attr-defined]
        canvas.rotate(90)  # type: ignore[attr-defined]
        canvas.drawString(80, -100, TEXT)  # type: ignore[attr-defined]
        canvas.restoreState()  # type: ignore[attr-defined]

    document = read_drawn(tmp_path, turned)
    assert document.sentences[0].text == TEXT
    box = document.sentences[0].boxes[0]
    assert (document.pages[0].width, document.pages[0].height) == pytest.approx(A4, abs=0.1)
    assert box.width > 200 and box.height < 20
