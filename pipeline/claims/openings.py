"""The two words that a phrase can begin with, read from its expression: so phrases are looked up by them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants, _parser  # type: ignore[attr-defined]  # the parse tree has no public door
from typing import Any, Generic, TypeVar

#: A phrase of more beginnings than this is known by the letters that they share so far.
_MANY = 500
#: Words whose phrases are kept.
_REMEMBERED = 20_000
_WORD = re.compile(r"[\w-]+")
#: An expression of this form matches within one word, or not at all.
_ONE_WORD = re.compile(r"(?:\[\\w-\]|\\w|[^\W\d_]|[()|?:+*])+")

#: White space, as the parse tree tells it.
_SPACE = [(_constants.CATEGORY, _constants.CATEGORY_SPACE)]

T = TypeVar("T")
#: What a word begins: with certain words behind it, and with any other.
Begun = tuple[dict[str, tuple[T, ...]], tuple[T, ...]]


def words_of(lower: str) -> tuple[tuple[int, str], ...]:
    """The words of a lower-case text with their places: runs of letters, digits and hyphens."""
    return tuple([(match.start(), match.group()) for match in _WORD.finditer(lower)])


def word_behind(lower: str, place: int) -> str:
    """The first word of a text behind a place; empty where none follows."""
    match = _WORD.search(lower, place)
    return match.group() if match is not None else ""


def openings_of(pattern: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a match of an expression can begin with: one or two whole words, and beginnings of them.

    The expression is one that no letter, digit or hyphen may follow. An empty whole word tells that a
    match need not begin with a word at all; an empty beginning, that nothing is known.
    """
    grown = _Grown()
    grown.words |= grown.go(_parser.parse(pattern), frozenset([""]))
    return frozenset(word.rstrip() for word in grown.words), frozenset(grown.beginnings)


class _Grown:
    """The beginnings that an expression makes, letter by letter, until the second word of each ends."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.beginnings: set[str] = set()

    def go(self, items: Iterable[tuple[Any, Any]], begun: frozenset[str]) -> frozenset[str]:
        """What the beginnings grow to behind a sequence; words that end in it are put aside."""
        for kind, told in items:
            if begun:
                begun = self._item(kind, told, begun)
        return begun

    def _item(self, kind: Any, told: Any, begun: frozenset[str]) -> frozenset[str]:
        if kind in (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT):
            return begun
        if kind is _constants.LITERAL:
            return self._letters([chr(told)], begun)
        if kind is _constants.IN and all(one is _constants.LITERAL for one, _ in told):
            return self._letters([chr(one) for _, one in told], begun)
        if kind is _constants.IN and told == _SPACE:
            return self._space(begun)
        if kind is _constants.SUBPATTERN and not (told[1] or told[2]):
            return self.go(told[3], begun)
        if kind is _constants.BRANCH:
            return frozenset().union(*(self.go(choice, begun) for choice in told[1]))
        if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
            least, most, inner = told
            return self._repeat(least, most, inner, begun)
        return self._unknown(begun)

    def _repeat(self, least: int, most: int, inner: Any, begun: frozenset[str]) -> frozenset[str]:
        if least and list(inner) == [(_constants.IN, _SPACE)]:
            return self._space(begun)
        if least == 0 and most > 1:
            return self._unknown(begun)
        grown = self.go(inner, begun)
        if most > 1 and grown:
            return self._unknown(grown)
        return grown | begun if least == 0 else grown

    def _space(self, begun: frozenset[str]) -> frozenset[str]:
        self.words |= {word for word in begun if not word or " " in word}
        return frozenset(f"{word} " for word in begun if word and " " not in word)

    def _letters(self, letters: Sequence[str], begun: frozenset[str]) -> frozenset[str]:
        inside = [one for one in letters if _WORD.fullmatch(one)]
        if len(inside) < len(letters):
            self.words |= begun
        grown = frozenset(word + one for word in begun for one in inside)
        return grown if len(grown) <= _MANY else self._unknown(begun)

    def _unknown(self, begun: frozenset[str]) -> frozenset[str]:
        self.beginnings |= begun
        return frozenset()


class Openings(Generic[T]):
    """Things known by the first words of their expression, found by the words of a text.

    Args:
        things: pairs of an expression and what is found by it; found again in this order.
    """

    def __init__(self, things: Iterable[tuple[str, T]]) -> None:
        self._things: list[T] = []
        self._inside: dict[int, re.Pattern[str]] = {}
        self._words: dict[str, list[int]] = {}
        self._pairs: dict[str, dict[str, list[int]]] = {}
        self._beginnings: dict[str, list[int]] = {}
        self._known: dict[str, Begun[T]] = {}
        for at, (pattern, thing) in enumerate(things):
            self._things.append(thing)
            if _ONE_WORD.fullmatch(pattern):
                self._inside[at] = re.compile(pattern)
            self._keep(at, *openings_of(pattern))

    def _keep(self, at: int, words: frozenset[str], beginnings: frozenset[str]) -> None:
        for told in words:
            word, _, after = told.partition(" ")
            kept = self._pairs.setdefault(word, {}).setdefault(after, []) if after else None
            (self._words.setdefault(word, []) if kept is None else kept).append(at)
        for told in beginnings:
            word, space, _ = told.partition(" ")
            (self._words if space else self._beginnings).setdefault(word, []).append(at)

    @property
    def bare(self) -> tuple[T, ...]:
        """The things whose expressions can match without a word at their beginning."""
        return self._told(self._words.get("", ()))

    @property
    def anywhere(self) -> tuple[T, ...]:
        """The things that any word can begin."""
        return self._told(at for at in self._beginnings.get("", ()) if at not in self._inside)

    def of(self, word: str) -> Begun[T]:
        """All that can begin with a word, in order: by the word behind it, and with any other behind it."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            alone = tuple(self._places(word))
            pairs = self._pairs.get(word, {})
            known = (
                {after: self._told((*alone, *places)) for after, places in pairs.items()},
                self._told(alone),
            )
            self._known[word] = known
        return known

    def _told(self, places: Iterable[int]) -> tuple[T, ...]:
        return tuple(self._things[at] for at in sorted(set(places)))

    def _places(self, word: str) -> Iterator[int]:
        yield from self._words.get(word, ())
        for end in range(len(word) + 1):
            for at in self._beginnings.get(word[:end], ()):
                if at not in self._inside or self._inside[at].fullmatch(word):
                    yield at
