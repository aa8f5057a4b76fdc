"""One PDF file to one :class:`pipeline.model.PdfDocument`: checks, pages, tables, text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from extractors.engines.pdfium import OpenPdf, open_pdf
from extractors.engines.tesseract import OcrError, missing_reason
from extractors.geometry import PageGeometry
from extractors.scans import picture_dpi, read_scan, read_sideways, settle_numbers, why_scan
from extractors.streams import refuse_bombs
from extractors.tables import PageSource, PageTable, find_page_tables, open_at_end
from extractors.text import PageFlow, assemble, page_flow
from extractors.turning import Lean, on_shown_pages, sideways, turned
from pipeline.errors import UnreadableFileError
from pipeline.model import Page, PdfDocument, Word

#: The header stands within the first 1024 bytes (PDF 32000-1, annex H, note 13).
HEADER_WITHIN = 1024
_CHUNK = 1 << 20
#: Square points of the largest page that is drawn: 1 m × 3 m, beyond any report; a page may claim any size.
LARGEST_DRAWN = 2835.0 * 8504.0


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Limits on what is read, and which ways of reading may be used.

    Attributes:
        max_bytes: larger files are refused (bytes).
        max_pages: files with more pages are refused.
        max_stream_bytes: files in which a stream opens to more are refused (bytes).
        second_opinions: whether slower table engines may be asked where one reading is in doubt.
        ocr: whether pages without readable text are read from their picture.
    """

    max_bytes: int = 500 << 20
    max_pages: int = 3000
    max_stream_bytes: int = 64 << 20
    second_opinions: bool = True
    ocr: bool = True


def read_pdf(path: Path, *, file_name: str, options: ReadOptions | None = None) -> PdfDocument:
    """Read one PDF file.

    Args:
        path: the file on disk.
        file_name: what it is called in the dataset: its path relative to the inbox, forward slashes.
        options: limits; the defaults of :class:`ReadOptions` when None.

    Raises:
        UnreadableFileError: with code ``tom-fil``, ``inte-pdf``, ``for-stor``, ``packbomb``,
            ``for-manga-sidor``, ``krypterad``, ``skadad`` or ``inga-sidor`` and a Swedish sentence.
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
        reader = _Reader(pdf, path, options)
        pages, flows = reader.pages()
        title = pdf.title
    made = assemble(flows)
    document = PdfDocument(
        file_name=file_name,
        sha256=sha256,
        pages=tuple(pages),
        blocks=made.blocks,
        sentences=made.sentences,
        tables=made.tables,
        title=title,
    )
    return on_shown_pages(document, reader.leans) if reader.leans else document


def _checked_digest(path: Path, options: ReadOptions) -> str:
    """SHA-256 of a file that looks like a PDF by its content, in hexadecimal."""
    try:
        size = path.stat().st_size
        if size == 0:
            raise UnreadableFileError("Filen är tom (0 byte). Hämta den på nytt från källan.", code="tom-fil")
        if size > options.max_bytes:
            raise UnreadableFileError(
                f"Filen är {size / 1e6:.0f} MB, mer än de {options.max_bytes / 1e6:.0f} MB som är tillåtna.",
                code="for-stor",
            )
        with path.open("rb") as file:
            first = file.read(HEADER_WITHIN)
            if b"%PDF-" not in first:
                raise UnreadableFileError(
                    "Filen är inte en PDF. Spara dokumentet som PDF och lägg in det igen.",
                    code="inte-pdf",
                )
            hasher = hashlib.sha256(first)
            while chunk := file.read(_CHUNK):
                hasher.update(chunk)
        refuse_bombs(path, options.max_stream_bytes)
    except OSError as error:
        raise UnreadableFileError(
            f"Filen går inte att öppna: {error.strerror or error}.", code="skadad"
        ) from error
    return hasher.hexdigest()


@dataclass(slots=True)
class _Reader:
    """Reads one file's pages, one after the other, and remembers what the next page should know."""

    pdf: OpenPdf
    path: Path
    options: ReadOptions
    gutter: float | None = None
    before: PageTable | None = None
    leans: dict[int, Lean] = field(default_factory=dict)

    def pages(self) -> tuple[list[Page], list[PageFlow]]:
        """Every page, and the flow of those that could be read."""
        pages: list[Page] = []
        flows: list[PageFlow] = []
        for number in range(1, self.pdf.n_pages + 1):
            page, flow = self._page(number)
            pages.append(page)
            if flow is not None:
                self.gutter = flow.gutter
                flows.append(flow)
        return pages, flows

    def _page(self, number: int) -> tuple[Page, PageFlow | None]:
        try:
            geometry = self.pdf.geometry(number)
        except UnreadableFileError as error:
            width, height = self.pdf.page_size(number)
            return Page(number, width, height, "unreadable", error.message), None
        words = geometry.words()
        size = number, geometry.width, geometry.height
        why = why_scan(geometry, words)
        if why is not None:
            return self._scan(*size)
        if not words:
            reason = f"Sidan {number} innehåller ingen text."
            return Page(*size, "empty", reason), self._flow(geometry, words)
        if turn := sideways(words):
            geometry = turned(geometry, turn)
            words = geometry.words()
            self.leans[number] = Lean(0.0, geometry.width, geometry.height, turn)
        return Page(*size, "text"), self._flow(geometry, words)

    def _flow(self, geometry: PageGeometry, words: list[Word]) -> PageFlow:
        # other engines read the page as it is shown: a turned one has no second opinion
        path = None if geometry.number in self.leans else self.path
        source = PageSource(
            path,
            geometry.number,
            second_opinions=self.options.second_opinions,
            gutter=self.gutter,
            before=self.before,
        )
        tables = find_page_tables(geometry, words, source)
        self.before = open_at_end(tables, words, geometry.height)
        return page_flow(geometry, words, tables, self.gutter)

    def _scan(self, number: int, width: float, height: float) -> tuple[Page, PageFlow | None]:
        """A page that is a picture, or whose text layer is garbage."""
        reason = (
            missing_reason(number) if self.options.ocr else f"Sidan {number} är en bild utan läsbar text."
        )
        if width * height > LARGEST_DRAWN:
            reason = f"Sidan {number} är en bild, {width:.0f} × {height:.0f} punkter, större än något papper."
        if reason is not None:
            return Page(number, width, height, "unreadable", reason), None
        dpi = picture_dpi(width, height)
        try:
            scan = read_scan(self.pdf.picture(number, dpi), number, width, height, dpi)
            words = scan.geometry.words()
            if not words:
                return Page(number, width, height, "empty", f"Sidan {number} innehåller ingen text."), None
            found = find_page_tables(scan.geometry, words, PageSource(None, number, second_opinions=False))
            tables = settle_numbers(scan, read_sideways(scan, found))
        except OcrError as error:
            return Page(number, width, height, "unreadable", f"Sidan {number}: {error.message}"), None
        if scan.lean.moves:
            self.leans[number] = scan.lean
        return Page(number, width, height, "ocr"), page_flow(scan.geometry, words, tables, self.gutter)
