"""What labels, notes, list markers and page numbers look like; the words stand in labels.csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

#: A caption's title runs over at most so many characters.
TITLE_LENGTH = 240
#: Kinds of words that a label begins with.
LABELS = ("table", "figure", "appendix")


class Label(NamedTuple):
    """A caption's label and the title that follows it on the same line ("" when none does).

    ``parted`` tells that a full stop, colon or dash stands between them.
    """

    label: str
    title: str
    parted: bool


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    """Words by kind, from labels.csv: ``table``, ``figure``, ``appendix``, ``note``, ``continued``."""
    kinds: dict[str, list[str]] = {}
    text = files("extractors").joinpath("labels.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        kinds.setdefault(row["kind"], []).append(row["word"])
    return {kind: tuple(sorted(words, key=lambda w: (-len(w), w))) for kind, words in kinds.items()}


def _any(kind: str) -> str:
    return "|".join(re.escape(word) for word in _words()[kind])


@lru_cache(maxsize=1)
def _label_pattern() -> re.Pattern[str]:
    known = [word for kind in LABELS for word in _words()[kind]]
    words = "|".join(re.escape(form) for word in known for form in (word, word.upper()))
    number = r"(?:\d{1,3}(?:[.:]\d{1,3})*\s?[a-zåäö]?|[A-ZÅÄÖ]\d{0,2}|[IVX]{1,5})"
    return re.compile(
        rf"^(?P<word>{words})\s*(?:nr\s*)?(?P<number>{number})(?![\wåäö%])"
        r"(?P<mark>\s*[.:–—-]|,(?=\s+[A-ZÅÄÖ]))?\s*(?P<title>.*)$",
        re.DOTALL,
    )


@lru_cache(maxsize=1)
def _continued() -> re.Pattern[str]:
    words = _any("continued")
    return re.compile(
        rf"^(?:{words})[.:,]?\s+|\s*[,(–-]?\s*(?:{words})[.]?(?:\s+från\s+föregående\s+sida)?\)?\s*$",
        re.IGNORECASE,
    )


def read_label(text: str) -> Label | None:
    """The label that a caption begins with, or None when the text is no caption.

    "Tabell 3", "Tabell 3. Titel", "Tabell 10 Personalens agerande" are captions; "Tabell 3 visar att …"
    is a sentence: a title begins with a capital or a figure, or after a full stop, colon or dash.
    """
    found = _label_pattern().match(text)
    if found is None:
        return None
    word, number, title = found["word"], found["number"], found["title"].strip()
    if len(title) > TITLE_LENGTH:
        return None
    parted = bool(found["mark"])
    if title and not parted and not (title[0].isupper() or title[0].isdigit() or title[0] in "(\"”'"):
        return None
    if title and not parted and title.endswith(".") and len(title) > 60:
        return None
    return Label(f"{word} {number.strip()}", without_continued(title), parted)


def is_appendix(label: str) -> bool:
    """Whether a label names an appendix rather than a table or a figure."""
    return label.split(None, 1)[0].capitalize() in _words()["appendix"]


def without_continued(text: str) -> str:
    """A title without its "forts." at either end."""
    if any(map(text.casefold().__contains__, _continued_stems())):
        text = _continued().sub("", text)
    return text.strip()


@lru_cache(maxsize=1)
def _continued_stems() -> tuple[str, ...]:
    """The shortest of the words for "forts.", one of which stands in every text that has any of them."""
    words = sorted({word.casefold() for word in _words()["continued"]}, key=lambda word: (len(word), word))
    return tuple(word for word in words if not any(word != other and other in word for other in words))


def is_label_start(text: str) -> bool:
    """Whether the first words of a line are a label that is not followed by a sentence."""
    return may_open_label(text) and read_label(without_continued(text)) is not None


def may_open_label(word: str) -> bool:
    """Whether a label, or "forts." and one, can begin with this word: most are told without an expression."""
    words, continued = _openings()
    return word.startswith(words) or word[:1].casefold() in continued or word[:1].isspace()


@lru_cache(maxsize=1)
def _openings() -> tuple[tuple[str, ...], frozenset[str]]:
    """The words that labels begin with, and the first letters (folded) of what "forts." may be written as."""
    known = [word for kind in LABELS for word in _words()[kind]]
    firsts = [word.split(None, 1)[0] for word in known]
    words = tuple(form for word in firsts for form in (word, word.upper()))
    return words, frozenset(word[0].casefold() for word in _words()["continued"])


@lru_cache(maxsize=1)
def _note_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:\\?[*†‡]+\)?\s?\S|[¹²³⁴⁵⁶⁷⁸⁹]|\d{{1,2}}\)\s|(?:{_any('note')})(?:\s?\d)?\s?[.:]|[a-e]\)\s)",
        re.IGNORECASE,
    )


def is_note(text: str) -> bool:
    """Whether a text begins as a note does: with a mark, "Källa:", "Not." or "Anm."."""
    return _note_pattern().match(text) is not None


@lru_cache(maxsize=1)
def _number_pattern() -> re.Pattern[str]:
    return re.compile(
        r"^(?:[-–—(\[]?\s*(?:\d{1,3}|[ivxl]{1,6})\s*[-–—)\]]?|(?:sida|sid|s|page)\.?\s*\d{1,4}(?:\s*(?:av|of|/)\s*\d{1,4})?"
        r"|\d{1,4}\s*(?:\(\s*\d{1,4}\s*\)|av\s+\d{1,4}|/\s*\d{1,4}))$",
        re.IGNORECASE,
    )


def is_page_number(text: str) -> bool:
    """Whether a line holds nothing but a page number ("7", "- 7 -", "Sida 3 av 10", "3 (10)")."""
    return len(text) <= 18 and _number_pattern().match(text) is not None


@lru_cache(maxsize=1)
def _numbered() -> re.Pattern[str]:
    return re.compile(r"^\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[A-ZÅÄÖ][^.:;]*$")


def is_numbered_heading(text: str) -> bool:
    """Whether a text is a number of several levels and a title ("3.2 Resultat per kommun")."""
    return _numbered().match(text) is not None


@lru_cache(maxsize=1)
def _list_pattern() -> re.Pattern[str]:
    return re.compile(
        r"^(?P<bullet>[•◦▪▫■□●○∙·‣⁃➢➤►✓✔\uf0b7\uf0a7\uf0d8]|[-–—](?=\s)|o(?=\s[A-ZÅÄÖ]))\s*"
        r"|^(?P<number>\(?(?:\d{1,2}|[a-zåäö]|[ivx]{1,4})[.)])\s+(?=\S)",
    )


class Marker(NamedTuple):
    """A list marker: its length in characters (with the space after it), and whether it is a bullet."""

    length: int
    bullet: bool


def read_marker(text: str) -> Marker | None:
    """The bullet or number that a list item begins with, or None."""
    found = _list_pattern().match(text)
    if found is None:
        return None
    return Marker(found.end(), found["bullet"] is not None)


def same_title(a: Sequence[str | None], b: Sequence[str | None]) -> bool:
    """Whether two captions say the same, whatever their case, white space and "forts."."""
    return _folded(a) == _folded(b) != ""


def _folded(parts: Sequence[str | None]) -> str:
    return " ".join(without_continued(" ".join(p for p in parts if p)).casefold().split())
