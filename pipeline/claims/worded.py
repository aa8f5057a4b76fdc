"""What the letters of a sentence alone tell: its words, its cues, which expressions it can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.claims.lexicon import Cue, gate, grammar, load_lexicon
from pipeline.claims.openings import words_of
from pipeline.claims.text import plain

#: The marks of a sentence of which nothing is known: it may hold every expression.
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Worded:
    """A sentence and what is read from its letters, before any name is looked for.

    Attributes:
        text: the sentence with ordinary spaces; all offsets count in it.
        words: its words in lower case, with their places.
        marks: what it holds of what expressions need (``gate``).
        spans: where the phrases of the word lists stand, by list ("group_plural", "place_riket").
    """

    text: str
    lower: str
    words: tuple[tuple[int, str], ...]
    marks: int
    cues: tuple[Cue, ...]
    spans: dict[str, list[tuple[int, int]]]

    def may(self, name: str) -> bool:
        """Whether the expression of this name can match in the sentence or in a part of it."""
        need = gate().needs[name]
        return self.marks & need == need

    def finditer(self, name: str) -> Iterable[re.Match[str]]:
        """The matches of an expression of the grammar in the lower-case sentence."""
        return grammar(name).finditer(self.lower) if self.may(name) else ()


def worded(text: str) -> Worded:
    """Everything that the letters of a sentence tell."""
    shown = plain(text)
    lower = shown.lower()
    words = words_of(lower)
    cues, spans = load_lexicon().read(lower, words)
    return Worded(shown, lower, words, gate().marks(lower), cues, spans)


def matches_at(expression: re.Pattern[str], lower: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """As ``finditer`` of an expression that can begin at no other places than the given ones."""
    end = 0
    for at in places:
        match = expression.match(lower, at) if at >= end else None
        if match is not None:
            end = match.end()
            yield match
