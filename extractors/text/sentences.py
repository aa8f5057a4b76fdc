"""Swedish sentences: where one ends, told from abbreviations, numbers, brackets and quotes.

Abbreviations stand in abbreviations.csv; those that may end a sentence ("m.m.") do so before a capital.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files

#: A bracket that is not closed within so many characters holds nothing together.
BRACKET = 300


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, bool]:
    """Abbreviations without their last full stop, and whether they may end a sentence."""
    text = files("extractors.text").joinpath("abbreviations.csv").read_text(encoding="utf-8")
    return {row["abbreviation"]: row["ends"] == "ja" for row in csv.DictReader(text.splitlines())}


@lru_cache(maxsize=1)
def _candidate() -> re.Pattern[str]:
    """A full stop, question or exclamation mark with what closes after it, before white space (or a
    capital that was set without a space). It begins with a set: else it is tried at every letter."""
    return re.compile(r"[.!?…](?:(?<!…)[.!?]+)?[\"”’»)\]]*(?:\s+|(?<=[a-zåäö][.])(?=[A-ZÅÄÖ][a-zåäö]))")


@lru_cache(maxsize=1)
def _brackets() -> re.Pattern[str]:
    return re.compile(r"[()\[\]]")


def sentence_spans(text: str, start: int = 0) -> list[tuple[int, int]]:
    """The sentences of one block as ``(start, end)`` offsets, without white space around them.

    Args:
        start: where to begin (after a list marker).
    """
    spans: list[tuple[int, int]] = []
    begin = start
    closed = _closings(text) if "(" in text or "[" in text else ()
    for found in _candidate().finditer(text, start):
        if found.end() >= len(text) or _goes_on(text, begin, found.start(), found.end()):
            continue
        if any(a < found.start() < b and found.end() <= b for a, b in closed):
            continue
        _append(spans, text, begin, found.end())
        begin = found.end()
    _append(spans, text, begin, len(text))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))


def _closings(text: str) -> tuple[tuple[int, int], ...]:
    """Brackets as ``(open, close)`` offsets; those that stay open, or close far away, do not count."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for found in _brackets().finditer(text):
        at = found.start()
        if text[at] in "([":
            stack.append(at)
        elif stack:
            opened = stack.pop()
            if at - opened <= BRACKET:
                pairs.append((opened, at))
    return tuple(pairs)


def _goes_on(text: str, begin: int, stop: int, after: int) -> bool:
    """Whether the sentence that began at ``begin`` goes on after the mark at ``stop``."""
    following = text[after]
    if following.islower():
        return True
    if text[stop] != ".":
        return False
    if following in ",;:)%/–-":
        return True
    word = text[begin:stop].rsplit(None, 1)[-1].lstrip('(["”’»') if stop > begin else ""
    if text[stop : stop + 2] == ".." or not word:
        return False
    if not text[after - 1].isspace():  # a capital set without a space: only after a plain word
        return "." in word or "/" in word or "@" in word or len(word) < 3
    folded = word.casefold()
    ends = _abbreviations().get(folded)
    if ends is None and " " in text[begin:stop]:
        pair = " ".join(text[begin:stop].rsplit(None, 2)[-2:]).casefold()
        ends = _abbreviations().get(pair)
    if ends is not None:
        if ends:
            return not following.isupper()
        return not _ends_after_all(folded, following)
    if len(word) == 1 and word.isupper():
        return True  # an initial
    return word.isdigit() and text[begin:stop].strip() == word  # the number of a list item


def _ends_after_all(word: str, following: str) -> bool:
    """Words that are abbreviations and common words alike ("min", "max", "art") end before a capital."""
    return word in ("min", "max", "art", "red", "st", "tom", "el", "ex") and following.isupper()
