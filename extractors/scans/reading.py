"""A page's picture read: straightened, its lines found and taken out, its words read in Swedish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from extractors.engines.tesseract import PAGE, SPARSE, OcrWord, read_words
from extractors.geometry import Fill, PageGeometry, Rule
from extractors.scans.figures import FIGURES, can_read_figures, with_figures
from extractors.scans.letters import glyphs_of
from extractors.scans.rules import PixelRule, find_rules, without_rules
from extractors.scans.shades import Shade, background, find_shades, without_shades
from extractors.scans.straight import lean_of, straightened
from extractors.turning import Lean

if TYPE_CHECKING:
    from PIL.Image import Image

#: Resolution that tesseract's models were made for.
DPI = 300
#: A page's picture has at most so many pixels (an A2 sheet at 300 dpi).
MOST_PIXELS = 36_000_000
#: Readings less sure than this (mean confidence, 0–100) are tried on the side; measured: upright pages
#: 91–95, also pale, blurred and grainy ones; pages on their side or head 28–46.
SURE, SURER = 70.0, 5.0
#: So few letters tell nothing about how a page stands.
FEW = 12
#: Words with less confidence (0–100) that hold no letter or figure are specks.
SPECK = 60.0
#: So sure a single letter or two must be.
SURE_LETTER = 35.0
#: A dash or dots may be all that a cell says: they are kept with less confidence.
DASHES, SURE_DASH = frozenset({"-", "–", "—", "..", "...", "●", "○", "•"}), 25.0


def picture_dpi(width: float, height: float) -> int:
    """The resolution for a page of this size in points: less than :data:`DPI` where it is very large."""
    inches = width * height / 72.0**2
    return DPI if inches * DPI**2 <= MOST_PIXELS else max(int((MOST_PIXELS / inches) ** 0.5), 72)


@dataclass(frozen=True, slots=True)
class Scan:
    """A page read from its picture.

    Attributes:
        geometry: glyphs and rules in points of the straightened page.
        lean: where its places stand on the page as shown.
        picture: straightened, without its ruled lines, for second readings.
        dpi: of ``picture``.
    """

    geometry: PageGeometry
    lean: Lean
    picture: Image
    dpi: int


def read_scan(picture: Image, number: int, width: float, height: float, dpi: int = DPI) -> Scan:
    """Read the picture of the 1-based page ``number``, turned on its feet if it lies on its side.

    Args:
        picture: the page as shown, in colour.
        width, height: of the page in points.
        dpi: of the picture.

    Raises:
        OcrError: tesseract is missing, fails or takes too long.
    """
    best, surest = _read(picture, number, (width, height), 0, dpi)
    if surest >= SURE:
        return best
    for turn in (90, 270, 180):
        size = (height, width) if turn in (90, 270) else (width, height)
        scan, sure = _read(picture.rotate(turn, expand=True), number, size, turn, dpi)
        if sure > surest + SURER:
            best, surest = scan, sure
        if surest >= SURE:
            break
    return best


def _read(picture: Image, number: int, size: tuple[float, float], turn: int, dpi: int) -> tuple[Scan, float]:
    """A picture read as it stands, and how sure tesseract is of it (0–100)."""
    from PIL import Image as Images

    grey = picture.convert("L")
    degrees = lean_of(grey)
    shades = find_shades(background(straightened(picture, degrees)), dpi)
    page = without_shades(np.asarray(straightened(grey, degrees)), shades)
    across, down = find_rules(page, dpi)
    cleaned = without_rules(page, across + down, dpi)
    clean_picture = Images.fromarray(cleaned)
    mode = SPARSE if _is_grid(across, down) else PAGE
    swedish = read_words(clean_picture, language="swe", mode=mode, dpi=dpi)
    sure = _sureness(swedish)
    readable = sure >= SURE and can_read_figures()
    figures = read_words(clean_picture, language=FIGURES, mode=mode, dpi=dpi) if readable else []
    words = [word for word in with_figures(swedish, figures) if not _speck(word)]
    geometry = PageGeometry(
        number=number,
        width=size[0],
        height=size[1],
        glyphs=glyphs_of(words, cleaned, dpi),
        rules=tuple(_rules(across, down, dpi)),
        fills=tuple(_fills(shades, dpi)),
        pictures=(),
    )
    return Scan(geometry, Lean(degrees, size[0], size[1], turn), clean_picture, dpi), sure


def _sureness(words: Sequence[OcrWord]) -> float:
    """Mean confidence of the letters read; 100 where there is (almost) nothing to read."""
    letters = sum(len(word.text) for word in words)
    if letters < FEW:
        return 100.0
    return sum(word.confidence * len(word.text) for word in words) / letters


def _is_grid(across: list[PixelRule], down: list[PixelRule]) -> bool:
    """Whether the page holds a ruled table: words then stand apart rather than in paragraphs."""
    return len(across) >= 3 and len(down) >= 2


def _speck(word: OcrWord) -> bool:
    """Whether a word is dirt: signs, or a letter or two, that tesseract itself hardly believes in."""
    if any(map(str.isalnum, word.text)):
        return len(word.text) <= 2 and word.confidence < SURE_LETTER
    return word.confidence < (SURE_DASH if word.text in DASHES else SPECK)


def _fills(shades: Sequence[Shade], dpi: int) -> list[Fill]:
    """Shades in points."""
    k = 72.0 / dpi
    return [
        Fill(s.x0 * k, s.top * k, s.x1 * k, s.bottom * k, s.colour, order) for order, s in enumerate(shades)
    ]


def _rules(across: list[PixelRule], down: list[PixelRule], dpi: int) -> list[Rule]:
    """Lines in points."""
    scale = 72.0 / dpi
    made = []
    for rule in across:
        y = (rule.top + rule.bottom) / 2 * scale
        width = (rule.bottom - rule.top) * scale
        made.append(Rule(rule.x0 * scale, y, rule.x1 * scale, y, width, "#000000"))
    for rule in down:
        x = (rule.x0 + rule.x1) / 2 * scale
        width = (rule.x1 - rule.x0) * scale
        made.append(Rule(x, rule.top * scale, x, rule.bottom * scale, width, "#000000"))
    return made
