"""A page's picture read: straightened, its lines found and taken out, its words read in Swedish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from extractors.engines.tesseract import PAGE, SPARSE, OcrWord, read_words
from extractors.geometry import PageGeometry, Rule
from extractors.scans.figures import FIGURES, can_read_figures, with_figures
from extractors.scans.letters import glyphs_of
from extractors.scans.rules import PixelRule, find_rules, without_rules
from extractors.scans.straight import Lean, lean_of, straightened

if TYPE_CHECKING:
    from PIL.Image import Image

#: Resolution that tesseract's models were made for.
DPI = 300
#: A page's picture has at most so many pixels (an A2 sheet at 300 dpi).
MOST_PIXELS = 36_000_000
#: Words with less confidence (0–100) that hold no letter or figure are specks.
SPECK = 60.0


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
    """Read the picture of the 1-based page ``number``.

    Args:
        picture: the page as shown, in grey.
        width, height: of the page in points.
        dpi: of the picture.

    Raises:
        OcrError: tesseract is missing, fails or takes too long.
    """
    from PIL import Image as Images

    degrees = lean_of(picture)
    straight = straightened(picture, degrees)
    page = np.asarray(straight)
    across, down = find_rules(page, dpi)
    cleaned = without_rules(page, across + down, dpi)
    clean_picture = Images.fromarray(cleaned)
    mode = SPARSE if _is_grid(across, down) else PAGE
    swedish = [w for w in read_words(clean_picture, language="swe", mode=mode, dpi=dpi) if not _speck(w)]
    figures = read_words(clean_picture, language=FIGURES, mode=mode, dpi=dpi) if can_read_figures() else []
    words = with_figures(swedish, figures)
    geometry = PageGeometry(
        number=number,
        width=width,
        height=height,
        glyphs=glyphs_of(words, cleaned, dpi),
        rules=tuple(_rules(across, down, dpi)),
        fills=(),
        pictures=(),
    )
    return Scan(geometry, Lean(degrees, width, height), clean_picture, dpi)


def _is_grid(across: list[PixelRule], down: list[PixelRule]) -> bool:
    """Whether the page holds a ruled table: words then stand apart rather than in paragraphs."""
    return len(across) >= 3 and len(down) >= 2


def _speck(word: OcrWord) -> bool:
    return word.confidence < SPECK and not any(map(str.isalnum, word.text))


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
