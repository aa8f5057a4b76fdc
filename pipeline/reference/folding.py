"""Folding of printed text to keys: what differs only in typography is one and the same key.

Case, compatibility forms, soft hyphens, kinds of dash, white space and line-break hyphens are
typography; letters with diacritics are not ("Habo" and "Håbo" are two kommuner).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Protocol

#: Footnote marks that are never part of a name or label.
_MARKS = "¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§"
#: Quotation marks and apostrophes around or inside labels.
_QUOTES = "\"'’‘“”„»«´`"


@lru_cache(maxsize=1)
def _not_alphanumeric() -> re.Pattern[str]:
    return re.compile(r"[\W_]+")


@lru_cache(maxsize=1)
def _glued_digits() -> re.Pattern[str]:
    # "Sigtuna2", "Hela staden 1)", "Solna (3)": a mark of at most two digits after a letter.
    return re.compile(r"(?<=[^\W\d_])(?:\s*\(?\d{1,2}\)|\d{1,2})\s*$")


def without_marks(text: str) -> str:
    """The text without footnote marks: superscript digits, asterisks, daggers and bracketed or glued digits.

    Takes a printed name or label, gives it stripped. Digits that stand alone ("18-24 år", "Bilaga 2")
    are kept: only one or two digits glued to the last letter, or bracketed behind it, are marks.
    """
    bare = (text.replace("*", "") if text.isascii() else text.translate(_mark_table())).strip()
    if not (bare.endswith(")") or bare[-1:].isdecimal()):
        return bare
    return _glued_digits().sub("", bare).strip()


@lru_cache(maxsize=1)
def _mark_table() -> dict[int, None]:
    return dict.fromkeys(map(ord, _MARKS))


@lru_cache(maxsize=1)
def _quote_table() -> dict[int, None]:
    return dict.fromkeys(map(ord, _QUOTES + "\u00ad"))


def searchable(text: str) -> str:
    """The text as lower-case letters: where ``re.IGNORECASE`` finds a word of them, the word stands in it.

    To look for a word with ``in`` before searching for a pattern around it. More may stand in it (``ﬁ`` is
    two letters here), so what is found is still to be searched for.
    """
    if text.isascii():
        return text.lower()
    return text.casefold().replace("i\u0307", "i").replace("ı", "i")  # İ and ı: re takes both for i


@lru_cache(maxsize=8192)
def squash(text: str) -> str:
    """A key of letters and digits only, case folded: "Upplands- Bro" and "UPPLANDS BRO" give ``upplandsbro``.

    Superscript footnote marks go before the compatibility fold, which would turn ``²`` into ``2``.
    """
    bare = unicodedata.normalize("NFKC", text.translate(_mark_table()))
    return _not_alphanumeric().sub("", bare.casefold())


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in order, case folded, hyphens inside words undone ("under-tecknats" is one word).

    A dash with white space on either side separates words; so does a slash, and so does the hyphen
    of "barn-och" with its space forgotten.
    """
    bare = unicodedata.normalize("NFKC", text.translate(_mark_table())).translate(_quote_table())
    bare = _inner_hyphen().sub("", bare.casefold())
    return tuple(part for part in _not_alphanumeric().split(bare) if part)


@lru_cache(maxsize=1)
def _inner_hyphen() -> re.Pattern[str]:
    return re.compile(r"(?<=[^\W\d_])[-‐‑](?!och\b)(?=[^\W\d_])")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The Snowball stem of a Swedish word, stemmed until nothing more goes: inflections fall together.

    Once is not enough: "databaser" gives "databas", which as a word of its own gives "datab".
    """
    shorter = _stemmer().stemWord(word)
    return word if shorter == word else stem(shorter)


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


@lru_cache(maxsize=1)
def _stemmer() -> _Stemmer:
    import snowballstemmer

    made: _Stemmer = snowballstemmer.stemmer("swedish")
    return made
