"""pdfium: the one pass over a page's geometry that everything else shares.

A page is read once: characters with boxes of font height (pdfium's *loose* boxes), and the
straight rules, filled rectangles and images among its objects. Coordinates are converted here:
points, origin at the top left of the page as it is shown (after /Rotate and inside the crop box).
pdfium is not thread-safe, not even across documents: use processes, never threads.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.engines.characters import read_glyphs
from extractors.engines.pagespace import PageSpace, page_objects, unit_square
from extractors.engines.paths import PathCollector
from extractors.engines.styles import Fonts
from extractors.geometry import Disc, Fill, PageGeometry, Picture, Rule
from pipeline.errors import UnreadableFileError


class OpenPdf:
    """An open PDF file. Use :func:`open_pdf`; pages are closed as soon as they are read."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document
        self._fonts = Fonts()
        self._leftwards = _leftwards(document)

    @property
    def n_pages(self) -> int:
        """Number of pages."""
        return len(self._document)

    @property
    def title(self) -> str | None:
        """The title entry of the file's metadata, or None when it is empty."""
        return str(self._document.get_metadata_value("Title")).strip() or None

    def page_size(self, number: int) -> tuple[float, float]:
        """Width and height in points of the 1-based page, as shown, without loading the page.

        Both are 0 where the page is so broken that it has no size.
        """
        try:
            width, height = self._document.get_page_size(number - 1)
        except pdfium.PdfiumError:
            return 0.0, 0.0
        return float(width), float(height)

    def geometry(self, number: int) -> PageGeometry:
        """Everything drawn on the 1-based page ``number``.

        Raises:
            UnreadableFileError: the page itself is broken.
        """
        page = self._load(number)
        try:
            text_page = page.get_textpage()
            try:
                return self._read(page, text_page, number)
            finally:
                text_page.close()
        finally:
            page.close()

    def picture(self, number: int, dpi: float, *, grayscale: bool = False) -> Any:
        """The 1-based page as a PIL image at ``dpi`` dots per inch."""
        page = self._load(number)
        try:
            # Four bytes a pixel, as PIL holds them: nothing is shuffled; converting copies what pdfium frees.
            bitmap = page.render(
                scale=dpi / 72.0, grayscale=grayscale, rev_byteorder=True, prefer_bgrx=not grayscale
            )
            try:
                image = bitmap.to_pil()
                return image.copy() if grayscale else image.convert("RGB")
            finally:
                bitmap.close()
        finally:
            page.close()

    def _load(self, number: int) -> pdfium.PdfPage:
        try:
            return self._document[number - 1]
        except (pdfium.PdfiumError, IndexError) as error:
            raise UnreadableFileError(
                f"Sidan {number} går inte att läsa: den är skadad i filen.", code="trasig-sida"
            ) from error

    def _read(self, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, number: int) -> PageGeometry:
        space = PageSpace.of(page)
        collector = PathCollector()
        pictures: list[Picture] = []
        for obj, kind, matrix in page_objects(page.raw):
            if kind == raw.FPDF_PAGEOBJ_PATH:
                collector.add(obj, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                pictures.append(Picture(*space.box(*unit_square(matrix))))
        collector.finish()
        glyphs = read_glyphs(text_page.raw, space, self._fonts, leftwards=self._leftwards)
        rules = [Rule(*space.box(r.x0, r.y0, r.x1, r.y1), r.width, r.colour) for r in collector.rules]
        fills = [Fill(*space.box(f.x0, f.y0, f.x1, f.y1), f.colour, f.order) for f in collector.fills]
        return PageGeometry(
            number=number,
            width=space.width,
            height=space.height,
            glyphs=glyphs,
            rules=tuple(rules),
            fills=tuple(fills),
            pictures=tuple(pictures),
            n_curves=collector.n_curves,
            slices=tuple(Picture(*space.box(*one)) for one in collector.slices),
            discs=tuple(
                Disc(*space.box(d.x0, d.y0, d.x1, d.y1), d.colour, d.filled) for d in collector.discs
            ),
        )


def _leftwards(document: pdfium.PdfDocument) -> bool:
    """Whether a document says that it is read from right to left (PDF 32000-1 table 150: Direction)."""
    said = ctypes.create_string_buffer(8)
    raw.FPDF_VIEWERREF_GetName(document.raw, b"Direction", said, len(said))
    return said.value == b"R2L"


_REASONS = {
    # pdfium refuses a document without pages but sets no error: what open_pdf set before is left
    raw.FPDF_ERR_FILE: ("inga-sidor", "Filen har inga sidor."),
    raw.FPDF_ERR_PASSWORD: (
        "krypterad",
        "Filen är lösenordsskyddad. Spara en kopia utan lösenord och lägg den i mappen i stället.",
    ),
    raw.FPDF_ERR_SECURITY: (
        "krypterad",
        "Filen är krypterad på ett sätt som inte kan läsas. Spara en kopia utan kryptering.",
    ),
}


@contextmanager
def open_pdf(path: Path) -> Iterator[OpenPdf]:
    """Open a PDF for reading; closed when the block ends.

    Raises:
        UnreadableFileError: with code ``krypterad``, ``skadad`` or ``inga-sidor`` and a Swedish sentence.
    """
    # The last error outlives its document: opening nothing gives it a known value, whatever came before.
    raw.FPDF_LoadDocument(b"", None)
    try:
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, OSError) as error:
        code, message = _REASONS.get(
            getattr(error, "err_code", None),
            (
                "skadad",
                "Filen är skadad eller ofullständig och går inte att öppna. Hämta den på nytt från källan.",
            ),
        )
        raise UnreadableFileError(message, code=code) from error
    try:
        if len(document) == 0:
            raise UnreadableFileError("Filen har inga sidor.", code="inga-sidor")
        yield OpenPdf(document)
    finally:
        document.close()
