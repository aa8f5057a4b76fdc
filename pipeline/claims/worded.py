"""What the letters of a sentence alone tell: its words, its cues, which expressions it can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.claims.lexicon import Cue, Tried, gate, grammar, load_lexicon
from pipeline.claims.openings import Begun, words_of
from pipeline.claims.text import plain

#: The marks of a sentence of which nothing is known: it may hold every expression.
UNKNOWN = -1
#: Runs of characters of which it is kept what they hold: more than the vocabulary of many reports.
_REMEMBERED = 20_000


class Worded(NamedTuple):
    """A sentence and what is read from its letters, before any name is looked for.

    Attributes:
        text: the sentence with ordinary spaces; all offsets count in it.
        marks: what it holds of what expressions need (``gate``).
        numbers: where its words begin that are numbers or begin with a digit.
        spans: where the phrases of the word lists stand, by list ("group_plural", "place_riket").
    """

    text: str
    lower: str
    marks: int
    numbers: tuple[int, ...]
    cues: tuple[Cue, ...]
    spans: dict[str, list[tuple[int, int]]]

    def may(self, name: str) -> bool:
        """Whether the expression of this name can match in the sentence or in a part of it."""
        need = gate().needs[name]
        return self.marks & need == need

    def finditer(self, name: str) -> Iterable[re.Match[str]]:
        """The matches of an expression of the grammar in the lower-case sentence."""
        return grammar(name).finditer(self.lower) if self.may(name) else ()


class _Chunk(NamedTuple):
    """What a run of characters without white space holds; places count from its beginning."""

    marks: int
    numbers: tuple[int, ...]
    opened: tuple[tuple[int, int, Begun[Tried]], ...]

    @property
    def dull(self) -> bool:
        """Whether nothing begins in it."""
        return not (self.numbers or self.opened)


class _Chunks(dict[str, tuple[int, _Chunk | None]]):
    """The marks of each run of characters met so far, and what begins in it, if anything does."""

    def __missing__(self, chunk: str) -> tuple[int, _Chunk | None]:
        lexicon, numbers, opened = load_lexicon(), list[int](), list[tuple[int, int, Begun[Tried]]]()
        for at, word in words_of(chunk):
            if word in lexicon.numbers or word[0].isdecimal():
                numbers.append(at)
            begun = lexicon.opened(word)
            if any(begun):
                opened.append((at, len(word), begun))
        made = _Chunk(gate().marks(chunk), tuple(numbers), tuple(opened))
        if len(self) >= _REMEMBERED:
            self.clear()
        self[chunk] = found = made.marks, None if made.dull else made
        return found


_CHUNKS = _Chunks()


def worded(text: str) -> Worded:
    """Everything that the letters of a sentence tell."""
    shown = plain(text)
    lower = shown.lower()
    place, marks, begun = 0, 0, list[tuple[int, _Chunk]]()
    for chunk in lower.split():
        place = lower.index(chunk, place)
        bits, told = _CHUNKS[chunk]
        marks |= bits
        if told is not None:
            begun.append((place, told))
        place += len(chunk)
    numbers = tuple([at + one for at, told in begun for one in told.numbers])
    opened = [(at + one, length, things) for at, told in begun for one, length, things in told.opened]
    cues, spans = load_lexicon().read(lower, opened)
    return Worded(shown, lower, marks, numbers, cues, spans)


def matches_at(expression: re.Pattern[str], lower: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """As ``finditer`` of an expression that can begin at no other places than the given ones."""
    end = 0
    for at in places:
        match = expression.match(lower, at) if at >= end else None
        if match is not None:
            end = match.end()
            yield match
