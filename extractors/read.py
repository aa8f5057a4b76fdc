"""One PDF file to one :class:`pipeline.model.PdfDocument`: checks, pages, tables, text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from extractors.engines.pdfium import OpenPdf, open_pdf
from extractors.tables import PageSource, find_page_tables
from extractors.text import PageFlow, assemble, page_flow
from pipeline.errors import UnreadableFileError
from pipeline.model import Page, PdfDocument

#: The header stands within the first 1024 bytes (PDF 32000-1, annex H, note 13).
HEADER_WITHIN = 1024
_CHUNK = 1 << 20
_EDGES = ".,;:()[]\"'”’?!"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Limits on what is read, and which ways of reading may be used.

    Attributes:
        max_bytes: larger files are refused (bytes).
        max_pages: files with more pages are refused.
        second_opinions: whether slower table engines may be asked where one reading is in doubt.
        ocr: whether pages without readable text are read from their picture.
    """

    max_bytes: int = 500 << 20
    max_pages: int = 3000
    second_opinions: bool = True
    ocr: bool = True


def read_pdf(path: Path, *, file_name: str, options: ReadOptions | None = None) -> PdfDocument:
    """Read one PDF file.

    Args:
        path: the file on disk.
        file_name: what it is called in the dataset: its path relative to the inbox, forward slashes.
        options: limits; the defaults of :class:`ReadOptions` when None.

    Raises:
        UnreadableFileError: with code ``tom-fil``, ``inte-pdf``, ``for-stor``, ``for-manga-sidor``,
            ``krypterad``, ``skadad`` or ``inga-sidor`` and a Swedish sentence.
    """
    options = options or ReadOptions()
    sha256 = _checked_digest(path, options)
    with open_pdf(path) as pdf:
        if pdf.n_pages > options.max_pages:
            raise UnreadableFileError(
                f"Filen har {pdf.n_pages} sidor, fler än de {options.max_pages} som är tillåtna. "
                "Dela upp den i mindre filer.",
                code="for-manga-sidor",
            )
        pages, flows = _read_pages(pdf, path, options)
        title = pdf.title
    made = assemble(flows)
    return PdfDocument(
        file_name=file_name,
        sha256=sha256,
        pages=tuple(pages),
        blocks=made.blocks,
        sentences=made.sentences,
        tables=made.tables,
        title=title,
    )


def _checked_digest(path: Path, options: ReadOptions) -> str:
    """SHA-256 of a file that looks like a PDF by its content, in hexadecimal."""
    try:
        size = path.stat().st_size
        if size == 0:
            raise UnreadableFileError(
                "Filen är tom (0 byte). Hämta den på nytt från källan.", code="tom-fil"
            )
        if size > options.max_bytes:
            raise UnreadableFileError(
                f"Filen är {size / 1e6:.0f} MB, större än de {options.max_bytes / 1e6:.0f} MB som är tillåtna.",
                code="for-stor",
            )
        with path.open("rb") as file:
            first = file.read(HEADER_WITHIN)
            if b"%PDF-" not in first:
                raise UnreadableFileError(
                    "Filen är inte en PDF, trots sitt namn. Spara dokumentet som PDF och lägg in det igen.",
                    code="inte-pdf",
                )
            hasher = hashlib.sha256(first)
            while chunk := file.read(_CHUNK):
                hasher.update(chunk)
    except OSError as error:
        raise UnreadableFileError(
            f"Filen går inte att öppna: {error.strerror or error}.", code="skadad"
        ) from error
    return hasher.hexdigest()


def _read_pages(pdf: OpenPdf, path: Path, options: ReadOptions) -> tuple[list[Page], list[PageFlow]]:
    pages: list[Page] = []
    flows: list[PageFlow] = []
    gutter: float | None = None
    for number in range(1, pdf.n_pages + 1):
        page, flow = _read_page(pdf, path, number, gutter, options)
        pages.append(page)
        if flow is not None:
            gutter = flow.gutter
            flows.append(flow)
    return pages, flows


def _read_page(
    pdf: OpenPdf, path: Path, number: int, gutter: float | None, options: ReadOptions
) -> tuple[Page, PageFlow | None]:
    try:
        geometry = pdf.geometry(number)
    except UnreadableFileError as error:
        width, height = pdf.page_size(number)
        return Page(number, width, height, "unreadable", error.message), None
    words = geometry.words()
    source = PageSource(path, number, second_opinions=options.second_opinions)
    tables = find_page_tables(geometry, words, source)
    flow = page_flow(geometry, words, tables, gutter)
    if words:
        return Page(number, geometry.width, geometry.height, "text"), flow
    if geometry.pictures:
        reason = f"Sidan {number} är en bild utan text som kan läsas."
        return Page(number, geometry.width, geometry.height, "unreadable", reason), flow
    return Page(number, geometry.width, geometry.height, "empty", f"Sidan {number} är tom."), flow
