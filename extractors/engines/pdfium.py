"""pdfium: the one pass over a page's geometry that everything else shares.

A page is read once: characters with boxes of font height (pdfium's *loose* boxes), and the
straight rules, filled rectangles and images among its objects. Coordinates are converted here:
points, origin at the top left of the page as it is shown (after /Rotate and inside the crop box).
pdfium is not thread-safe, not even across documents: use processes, never threads.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.engines.pagespace import PageSpace, page_objects, unit_square
from extractors.engines.paths import PathCollector
from extractors.geometry import Disc, Fill, Glyph, PageGeometry, Picture, Rule
from pipeline.errors import UnreadableFileError

#: pdfium marks a hyphen that it takes for a line-break hyphen with one of these.
HYPHEN_CODES = frozenset({0x02, 0xFFFE})
#: Fonts at or above this weight (CSS scale) are bold.
BOLD_WEIGHT = 600
#: PDF 32000-1 table 123: font descriptor flags.
FLAG_ITALIC, FLAG_FORCE_BOLD = 1 << 6, 1 << 18


class _Calls(NamedTuple):
    """What is asked of every character and text object, by addresses: see :func:`_quick_calls`."""

    code: Any
    box: Any
    text_object: Any
    size: Any
    matrix: Any
    font: Any
    mode: Any


@lru_cache(maxsize=1)
def _quick_calls() -> _Calls:
    """Calls that take and give addresses: half the time of the typed ones.

    They are made for every character, and wrapping what they take and give costs more than their work.
    """
    number, address = ctypes.c_int, ctypes.c_void_p

    def plain(function: Any, gives: Any, *takes: Any) -> Any:
        return ctypes.PYFUNCTYPE(gives, *takes)(ctypes.cast(function, address).value or 0)

    return _Calls(
        plain(raw.FPDFText_GetUnicode, ctypes.c_uint, address, number),
        plain(raw.FPDFText_GetLooseCharBox, number, address, number, address),
        plain(raw.FPDFText_GetTextObject, address, address, number),
        plain(raw.FPDFText_GetFontSize, ctypes.c_double, address, number),
        plain(raw.FPDFText_GetMatrix, number, address, number, address),
        plain(raw.FPDFTextObj_GetFont, address, address),
        plain(raw.FPDFTextObj_GetTextRenderMode, number, address),
    )


class OpenPdf:
    """An open PDF file. Use :func:`open_pdf`; pages are closed as soon as they are read."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document
        self._fonts: dict[int, tuple[bool, bool]] = {}

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
            bitmap = page.render(scale=dpi / 72.0, grayscale=grayscale)
            try:
                return bitmap.to_pil().copy()
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
        glyphs = self._glyphs(text_page.raw, space)
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

    def _glyphs(self, text_page: Any, space: PageSpace) -> tuple[Glyph, ...]:
        get_code, get_box, get_object, *_ = _quick_calls()
        page_of_text = ctypes.addressof(text_page.contents)
        rect = raw.FS_RECTF()
        rect_at = ctypes.addressof(rect)
        styles: dict[int, tuple[float, bool, bool, int, bool]] = {}
        glyphs: list[Glyph] = []
        upright, left, height, place, make = (
            space.rotation == 0,
            space.left,
            space.top,
            space.box,
            tuple.__new__,
        )
        previous, style = 0, None
        for index in range(raw.FPDFText_CountChars(text_page)):
            address = get_object(page_of_text, index)
            if not address:
                # pdfium's own line ends may stand within a word (text that is set letter by letter):
                # whether the line ends there the boxes tell
                if get_code(page_of_text, index) not in LINE_ENDS:
                    glyphs.append(BREAK)
                continue
            if address != previous or style is None:
                previous = address
                style = styles.get(address)
                if style is None:
                    style = styles[address] = self._style(page_of_text, index, address, space)
            code = get_code(page_of_text, index)
            if (code <= 0x20 and code not in HYPHEN_CODES) or code == 0xA0:
                glyphs.append(BREAK)
                continue
            get_box(page_of_text, index, rect_at)
            if upright:
                box = rect.left - left, height - rect.top, rect.right - left, height - rect.bottom
            else:
                box = place(rect.left, rect.bottom, rect.right, rect.top)
            text = "-" if code in HYPHEN_CODES else chr(code) if code < 0x110000 else "\ufffd"
            glyphs.append(make(Glyph, (text, *box, *style)))
        return tuple(glyphs)

    def _style(
        self, page_of_text: int, index: int, text_object: int, space: PageSpace
    ) -> tuple[float, bool, bool, int, bool]:
        """What all characters of one text object share: the last five fields of their glyphs."""
        calls, matrix = _quick_calls(), raw.FS_MATRIX()
        size = calls.size(page_of_text, index)
        angle = 0
        if calls.matrix(page_of_text, index, ctypes.addressof(matrix)):
            size *= math.hypot(matrix.c, matrix.d) or 1.0
            degrees = math.degrees(math.atan2(matrix.b, matrix.a)) - space.rotation
            angle = round(degrees / 90.0) * 90 % 360
        bold, italic = self._font(calls.font(text_object))
        mode = calls.mode(text_object)
        if mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE:
            bold = True  # stroked outlines are how converters imitate a bold face
        return size, bold, italic, angle, mode != raw.FPDF_TEXTRENDERMODE_INVISIBLE

    def _font(self, address: int | None) -> tuple[bool, bool]:
        if not address:
            return False, False
        had = self._fonts.get(address)
        if had is None:
            font = ctypes.cast(address, raw.FPDF_FONT)
            buffer = ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(font, buffer, 256)
            name = buffer.value.decode("utf-8", "replace").casefold()
            flags = raw.FPDFFont_GetFlags(font)
            bold = (
                "bold" in name
                or "black" in name
                or "semibold" in name
                or bool(flags & FLAG_FORCE_BOLD)
                or raw.FPDFFont_GetWeight(font) >= BOLD_WEIGHT
            )
            italic = "italic" in name or "oblique" in name or bool(flags & FLAG_ITALIC)
            had = self._fonts[address] = (bold, italic)
        return had


LINE_ENDS = (0x0A, 0x0D)
BREAK = Glyph("", 0.0, 0.0, 0.0, 0.0, 0.0, False, False, 0, False)


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
