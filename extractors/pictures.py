"""Pictures of pages: as printed, and with what was found drawn on them.

What is drawn is given as marks with styles; this module knows nothing of what they mean.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UnreadableFileError
from pipeline.model import Box

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

POINTS_PER_INCH = 72.0
#: Larger pictures are not drawn: a page may claim any size (pixels).
MAX_PIXELS = 60_000_000
#: A plain page's compression: a third faster than zlib's own choice for four percent more bytes (measured).
PNG_LEVEL = 4
LEGEND_POINTS, TAG_POINTS, MARGIN_POINTS = 8.0, 6.5, 10.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of mark looks.

    Attributes:
        title: its words in the legend.
        colour: ``#rrggbb`` of outline and tag. tint: 0–255, how strongly the area is filled.
        width: of the outline in points.
    """

    title: str
    colour: str
    tint: int = 0
    width: float = 0.75


@dataclass(frozen=True, slots=True)
class Mark:
    """Something found on a page: its area, the name of its style, and words for its tag (or None)."""

    box: Box
    style: str
    tag: str | None = None


def page_picture(path: Path, page: int, dpi: float) -> bytes:
    """The 1-based page as a PNG file's bytes.

    Args:
        dpi: dots per inch; lowered when the picture would be larger than ``MAX_PIXELS``.

    Raises:
        UnreadableFileError: the file cannot be read, or has no such page (code ``ingen-sida``).
    """
    return _png(_render(path, page, dpi)[0])


def plain_picture(path: Path, page: int, dpi: float, colours: int) -> bytes:
    """The 1-based page as a small PNG file of few colours, made in a tenth of the time.

    The colours are chosen from every second pixel of every second line.

    Raises:
        UnreadableFileError: the file cannot be read, or has no such page (code ``ingen-sida``).
    """
    from PIL import Image

    image = _render(path, page, dpi)[0]
    some = image.resize((-(-image.width // 2), -(-image.height // 2)), Image.Resampling.NEAREST)
    palette = some.quantize(colours, method=Image.Quantize.FASTOCTREE)
    return _png(image.quantize(palette=palette, dither=Image.Dither.NONE), PNG_LEVEL)


def annotated_picture(
    path: Path, page: int, dpi: float, marks: Sequence[Mark], styles: Mapping[str, Style], title: str = ""
) -> bytes:
    """The 1-based page with marks drawn on it and a legend below, as a PNG file's bytes.

    Args:
        marks: drawn in their order; those of other pages are left out.
        styles: by name; the legend lists those in use, in this order.
        title: a line above the legend.

    Raises:
        UnreadableFileError: the file cannot be read, or has no such page (code ``ingen-sida``).
    """
    from PIL import Image, ImageDraw

    image, scale = _render(path, page, dpi)
    shown = [mark for mark in marks if mark.box.page == page]
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for mark in shown:
        _draw_area(draw, mark, styles[mark.style], scale)
    for mark in shown:
        if mark.tag:
            _draw_tag(draw, mark, styles[mark.style], scale)
    drawn = Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")
    used = {mark.style for mark in shown}
    lines = [style for name, style in styles.items() if name in used]
    return _png(_with_legend(drawn, title, lines, scale))


def _render(path: Path, page: int, dpi: float) -> tuple[Image.Image, float]:
    """The page's picture and how many of its pixels make a point."""
    from extractors.engines.pdfium import open_pdf

    with open_pdf(path) as pdf:
        if not 1 <= page <= pdf.n_pages:
            pages = f"{pdf.n_pages} {'sida' if pdf.n_pages == 1 else 'sidor'}"
            raise UnreadableFileError(
                f"{path} har ingen sida {page}: dokumentet har {pages}.", code="ingen-sida"
            )
        width, height = pdf.page_size(page)
        scale = dpi / POINTS_PER_INCH
        scale = min(scale, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        return pdf.picture(page, scale * POINTS_PER_INCH), scale


def _draw_area(draw: ImageDraw.ImageDraw, mark: Mark, style: Style, scale: float) -> None:
    box = mark.box
    corners = (box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)
    rgb = _rgb(style.colour)
    fill = (*rgb, style.tint) if style.tint else None
    draw.rectangle(corners, fill=fill, outline=(*rgb, 255), width=max(1, round(style.width * scale)))


def _draw_tag(draw: ImageDraw.ImageDraw, mark: Mark, style: Style, scale: float) -> None:
    """The tag, white on the style's colour, above the mark's left corner (inside where there is no room)."""
    words = _words(mark.tag or "", TAG_POINTS * scale)
    x, y = round(mark.box.x0 * scale), round(mark.box.top * scale)
    y = y - words.height if y >= words.height else y
    pad = words.height // 3
    draw.rectangle((x, y, x + words.width + 2 * pad, y + words.height), fill=(*_rgb(style.colour), 255))
    draw.bitmap((x + pad, y), words, fill=(255, 255, 255, 255))


def _with_legend(image: Image.Image, title: str, styles: Sequence[Style], scale: float) -> Image.Image:
    """The picture with a white strip below that names the styles."""
    from PIL import Image, ImageDraw

    margin, size = round(MARGIN_POINTS * scale), LEGEND_POINTS * scale
    line = round(size * 1.6)
    entries = [(style, _words(style.title, size)) for style in styles]
    rows = _rows_of(entries, image.width - 2 * margin, line)
    height = 2 * margin + line * (len(rows) + bool(title))
    whole = Image.new("RGB", (image.width, image.height + height), "white")
    whole.paste(image, (0, 0))
    draw = ImageDraw.Draw(whole)
    draw.line((0, image.height, image.width, image.height), fill="#888888")
    y = image.height + margin
    if title:
        draw.bitmap((margin, y), _words(title, size), fill="black")
        y += line
    for row in rows:
        for x, style, words in row:
            corners = (margin + x, y, margin + x + line - 6, y + line - 6)
            rgb = _rgb(style.colour)
            tint = tuple(round(255 - (255 - part) * style.tint / 255) for part in rgb)
            draw.rectangle(corners, fill=tint, outline=rgb, width=max(1, round(style.width * scale)))
            draw.bitmap((margin + x + line, y), words, fill="black")
        y += line
    return whole


def _rows_of(
    entries: Sequence[tuple[Style, Image.Image]], width: int, line: int
) -> list[list[tuple[int, Style, Image.Image]]]:
    """Legend entries with their x, broken into rows that fit the width."""
    rows: list[list[tuple[int, Style, Image.Image]]] = []
    x = width + 1
    for style, words in entries:
        needed = line * 2 + words.width
        if x + needed > width:
            rows.append([])
            x = 0
        rows[-1].append((x, style, words))
        x += needed
    return rows


def _words(text: str, pixels: float) -> Image.Image:
    """One line of text as a mask."""
    from extractors.engines.lettering import lettering

    words: Image.Image = lettering(text, max(8, round(pixels)))
    return words


def _rgb(colour: str) -> tuple[int, int, int]:
    """``#rrggbb`` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _png(image: Image.Image, level: int = 6) -> bytes:
    """The image as a PNG file, compressed as zlib does at this level."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=level)
    return buffer.getvalue()
