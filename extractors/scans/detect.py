"""Which pages must be read from their picture: no text under a picture, or a text layer of garbage."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from extractors.geometry import PageGeometry
from pipeline.model import Word

#: A picture over this share of the page is a scan when there is hardly any text.
COVERED = 0.5
#: So few characters are hardly any text (a stamp, a page number set by the scanner).
HARDLY_ANY = 60
#: More than this share of characters that stand for nothing is garbage.
GARBAGE = 0.1
#: Fewer letters than this say nothing about the language.
ENOUGH = 120
#: Vowels are 30–45 % of the letters of Swedish and its neighbours; text with shifted codes has other shares.
VOWELS = frozenset("aeiouyåäöéüæø")
VOWEL_SHARE = (0.2, 0.6)
#: Letters that make up less than 4 % of Swedish or English, but many where glyph numbers are taken for codes.
RARE, RARE_SHARE = frozenset("qwxz"), 0.08
#: The most common words of Swedish and English: one word in ten or so is one of them.
COMMON = frozenset(
    {"och", "i", "att", "det", "som", "en", "på", "är", "av", "för", "med", "till", "den", "har", "de"}
    | {"inte", "om", "ett", "men", "var", "från", "vi", "kan", "så", "alla", "ja", "nej"}
    | {"of", "the", "and", "to", "in", "is", "for"}
)

Why = Literal["picture", "garbage"]


def why_scan(geometry: PageGeometry, words: Sequence[Word]) -> Why | None:
    """Why the page cannot be read by its text layer, or None when it can.

    Returns:
        ``picture``: (almost) no visible text, and a picture over most of the page;
        ``garbage``: characters without meaning, or letters that make no words.
    """
    if geometry.pictures and _covered(geometry) >= COVERED:
        visible = sum(glyph.visible for glyph in geometry.glyphs if glyph.text)
        if visible <= HARDLY_ANY:
            return "picture"
    text = "".join([word.text for word in words])
    if len(text) <= HARDLY_ANY // 2:
        return None
    counts = Counter(text)
    if sum(count for sign, count in counts.items() if _is_garbage(sign)) > GARBAGE * len(text):
        return "garbage"
    return "garbage" if _no_language(counts, words) else None


def _covered(geometry: PageGeometry) -> float:
    """Share of the page that its largest picture covers (several strips count together)."""
    area = geometry.width * geometry.height
    if area <= 0:
        return 0.0
    total = 0.0
    for picture in geometry.pictures:
        width = min(picture.x1, geometry.width) - max(picture.x0, 0.0)
        height = min(picture.bottom, geometry.height) - max(picture.top, 0.0)
        if width > 0 and height > 0:
            total += width * height
    return min(total / area, 1.0)


def _is_garbage(sign: str) -> bool:
    if sign == "\ufffd":
        return True
    if sign.isascii():
        return not sign.isprintable()
    category = unicodedata.category(sign)
    # bullets of symbol fonts stand in the private use area too: they are few
    return category in ("Co", "Cn", "Cc", "Cs")


def _no_language(counts: Counter[str], words: Sequence[Word]) -> bool:
    """Whether letters make no words: a font whose codes stand for other characters."""
    letters = sum(count for sign, count in counts.items() if sign.isalpha())
    if letters < ENOUGH:
        return False
    vowels = sum(count for sign, count in counts.items() if sign.casefold() in VOWELS)
    rare = sum(count for sign, count in counts.items() if sign.casefold() in RARE)
    low, high = VOWEL_SHARE
    if low <= vowels / letters <= high and rare <= RARE_SHARE * letters:
        return False
    common = sum(word.text.casefold().strip(".,;:()") in COMMON for word in words)
    return common * 50 < len(words)
