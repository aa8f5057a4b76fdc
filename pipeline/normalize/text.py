"""Small text repairs that every reader of cells and headings shares."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Superscripts are footnote marks: they go before compatibility folding could turn them into digits.
_SUPERSCRIPTS = dict.fromkeys(map(ord, "¹²³⁰⁴⁵⁶⁷⁸⁹⁽⁾ª†‡"), None)
_DASHES = str.maketrans({"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "­": None, "​": None})


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """``text`` without superscripts and soft hyphens, every run of white space as one space.

    Spaces include no-break, thin and narrow spaces. Case and dashes stay as printed.
    """
    without = text.translate(_SUPERSCRIPTS).replace("\u00ad", "").replace("\u200b", "")
    return " ".join(without.split())


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """The form texts are compared in: :func:`clean`, NFKC, lower case, every dash a hyphen."""
    return unicodedata.normalize("NFKC", clean(text)).casefold().translate(_DASHES)


_TRAILING_MARKS = re.compile(r"(?<=\S)\s*(?:[*†‡]+|\s\d{1,2}\))$")


def without_trailing_marks(text: str) -> str:
    """A label without asterisks, daggers or ``1)`` behind it; glued plain digits may be part of a name."""
    return _TRAILING_MARKS.sub("", clean(text)) or clean(text)


_SQUEEZE = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def squeezed(text: str) -> str:
    """Letters and digits only, lower case: equal for texts that differ in hyphens, spaces or stops."""
    return _SQUEEZE.sub("", folded(text))


def plain_dashes(text: str) -> str:
    """``text`` with every kind of dash and minus as ``-``."""
    return text.translate(_DASHES)
