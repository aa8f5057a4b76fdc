"""Words as pictures, set by pdfium: its built-in Helvetica has å, ä and ö on every machine.

(The font that comes with Pillow has no Swedish letters, and which fonts a system has is not known.)
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pypdfium2 as pdfium

#: Line height and baseline above the line's bottom, in parts of the type size.
LINE, BASELINE = 1.3, 0.35


@lru_cache(maxsize=256)
def lettering(text: str, pixels: int) -> Any:
    """One line of text as a grey PIL image: 255 where there is ink; as wide as the words are.

    Args:
        pixels: type size. Characters outside Windows-1252 are shown as question marks.
    """
    from PIL import ImageOps

    document = pdfium.PdfDocument(_pdf_of(text))
    try:
        page = document[0]
        bitmap = page.render(scale=float(pixels), grayscale=True)
        ink = ImageOps.invert(bitmap.to_pil().convert("L"))
        page.close()
    finally:
        document.close()
    box = ink.getbbox()
    return ink.crop((0, 0, box[2] + 1 if box else 1, ink.height))


def _pdf_of(text: str) -> bytes:
    """A PDF of one page with the text in Helvetica of 1 point (so that the scale is the type size)."""
    shown = text.encode("cp1252", errors="replace")
    for character in (b"\\", b"(", b")"):
        shown = shown.replace(character, b"\\" + character)
    stream = b"BT /F 1 Tf 0 %.2f Td (%s) Tj ET" % (BASELINE, shown)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.1f %.2f]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
        % (len(text) + 1.0, LINE),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    )
