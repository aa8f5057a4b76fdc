"""Small text repairs that every reader of cells and headings shares."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Superscripts are footnote marks: they go before compatibility folding could turn them into digits. So do
#: soft hyphens and spaces without width.
_UNSHOWN = re.compile("[¹²³⁰⁴⁵⁶⁷⁸⁹⁽⁾ª†‡\u00ad\u200b]")
_DASHES = str.maketrans({"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "­": None, "​": None})
_ANY_DASH = re.compile(f"[{''.join(map(chr, _DASHES))}]")


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """``text`` without superscripts and soft hyphens, every run of white space as one space.

    Spaces include no-break, thin and narrow spaces. Case and dashes stay as printed.
    """
    without = text if text.isascii() else _UNSHOWN.sub("", text)
    return " ".join(without.split())


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """The form texts are compared in: :func:`clean`, NFKC, lower case, every dash a hyphen."""
    shown = clean(text)
    if shown.isascii():
        return shown.casefold()
    return plain_dashes(unicodedata.normalize("NFKC", shown).casefold())


_TRAILING_MARKS = re.compile(r"(?<=\S)\s*(?:[*†‡]+|\s\d{1,2}\))$")
_MARK_ENDS = ("*", "†", "‡", ")")


def without_trailing_marks(text: str) -> str:
    """A label without asterisks, daggers or ``1)`` behind it; glued plain digits may be part of a name."""
    shown = clean(text)
    if not shown.endswith(_MARK_ENDS):
        return shown
    return _TRAILING_MARKS.sub("", shown) or shown


_SQUEEZE = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def squeezed(text: str) -> str:
    """Letters and digits only, lower case: equal for texts that differ in hyphens, spaces or stops."""
    return _SQUEEZE.sub("", folded(text))


def plain_dashes(text: str) -> str:
    """``text`` with every kind of dash and minus as ``-``."""
    return text.translate(_DASHES) if not text.isascii() and _ANY_DASH.search(text) else text
