"""Which expressions a sentence can hold at all: by the letters that every text they match must have.

Most expressions of patterns/ match in few sentences, and looking for each of them in every sentence costs
more than all that is found. The parts of words that an expression cannot match without are read from the
expression itself; which of them a word holds is remembered per word, so that a sentence's answer for all
expressions is a handful of look-ups. The gate only ever says "not here" where a search would find nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from re import _constants, _parser  # type: ignore[attr-defined]  # the parse tree has no public door
from typing import Any

#: So many strings an exact stretch or a choice may stand for, before it counts as unknown.
_MANY = 200
#: Any character that ``\d`` matches.
DIGIT = "\\d"
#: Words whose marks are kept; a corpus' vocabulary is larger than what one worker meets in a while.
_REMEMBERED = 50_000

#: A clause: strings of which one must stand in the text, each without white space.
Clause = frozenset[str]


def clauses_of(pattern: str) -> tuple[Clause, ...]:
    """What a text must hold for an expression to match in it: one string of each of the clauses.

    The strings are lower case. Empty when nothing can be told of the expression.
    """
    tree = _parser.parse(pattern)
    if tree.state.flags & re.IGNORECASE:
        return ()  # ſ is an s there, yet stays what it is in lower case
    _, found = _sequence(tree)
    return _best(found)


def holds(clauses: Iterable[Clause], lower: str) -> bool:
    """Whether a lower-case text holds one string of each clause."""
    return all(
        any(part in lower or (part == DIGIT and any(map(str.isdecimal, lower))) for part in clause)
        for clause in clauses
    )


def _best(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses that sort sentences best: of long strings, then of few; three at most."""
    ranked = sorted(set(clauses), key=lambda one: (-min(map(len, one)), len(one), sorted(one)))
    return tuple(ranked[:3])


def _sequence(items: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str] | None, list[Clause]]:
    """The exact strings of a sequence (None when they cannot be told) and the clauses it needs."""
    exact: frozenset[str] = frozenset([""])
    whole, clauses = True, list[Clause]()
    for kind, told in items:
        here, needed = _item(kind, told)
        clauses += needed
        if here is not None and len(here) * len(exact) <= _MANY:
            exact = frozenset(one + two for one in exact for two in here)
            continue
        clauses += _clause(exact)
        whole = False
        exact = here if here is not None else frozenset([""])
    clauses += _clause(exact)
    return (exact if whole else None), clauses


def _clause(exact: frozenset[str]) -> list[Clause]:
    """The clause that exact strings make: of each its longest part without white space, if all have one."""
    parts = {max(one.lower().split(), key=len, default="") for one in exact}
    if "" in parts or len(parts) > _MANY:
        return []
    return [frozenset(one for one in parts if not any(two != one and two in one for two in parts))]


def _item(kind: Any, told: Any) -> tuple[frozenset[str] | None, list[Clause]]:
    """The exact strings of one element of an expression (None: unknown) and the clauses it needs."""
    if kind is _constants.LITERAL:
        return frozenset([chr(told)]), []
    if kind is _constants.IN:
        return _characters(told)
    if kind is _constants.SUBPATTERN:
        _, on, off, inner = told
        return (None, []) if on or off else _sequence(inner)
    if kind is _constants.BRANCH:
        return _branch(told[1])
    if kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        return _repeat(*told)
    if kind is _constants.ASSERT:
        return frozenset([""]), _sequence(told[1])[1]
    if kind in (_constants.AT, _constants.ASSERT_NOT):
        return frozenset([""]), []
    return None, []


def _repeat(least: int, most: int, inner: Any) -> tuple[frozenset[str] | None, list[Clause]]:
    exact, clauses = _sequence(inner)
    if least == 0:
        return (exact | {""} if exact is not None and most == 1 else None), []
    return (exact if least == most == 1 else None), clauses


def _branch(choices: Sequence[Any]) -> tuple[frozenset[str] | None, list[Clause]]:
    read = [_sequence(one) for one in choices]
    exact = [one for one, _ in read if one is not None]
    if len(exact) == len(read) and sum(map(len, exact)) <= _MANY:
        return frozenset().union(*exact), []
    needed = [_best(clauses) for _, clauses in read]
    if not all(needed):
        return None, []
    either = frozenset[str]().union(*(one[0] for one in needed))
    return None, _clause(either)


def _characters(told: Sequence[tuple[Any, Any]]) -> tuple[frozenset[str] | None, list[Clause]]:
    """A set of characters: its members when they are few, the mark of a digit for ``\\d`` alone."""
    if told == [(_constants.CATEGORY, _constants.CATEGORY_DIGIT)]:
        return None, [frozenset([DIGIT])]
    found: set[str] = set()
    for kind, one in told:
        if kind is _constants.LITERAL:
            found.add(chr(one))
        elif kind is _constants.RANGE and one[1] - one[0] < 10:
            found.update(map(chr, range(one[0], one[1] + 1)))
        else:
            return None, []
    return frozenset(found), []


class Gate:
    """What a set of expressions needs, as bits; ``marks`` of a sentence against ``needs`` of an expression.

    Args:
        expressions: the expressions by name.
    """

    def __init__(self, expressions: dict[str, str]) -> None:
        self.needs: dict[str, int] = {}
        self._bits: dict[str, int] = {}
        clauses: dict[Clause, int] = {}
        for name, pattern in expressions.items():
            need = 0
            for clause in clauses_of(pattern):
                need |= clauses.setdefault(clause, 1 << len(clauses))
            self.needs[name] = need
        for clause, bit in clauses.items():
            for part in clause:
                self._bits[part] = self._bits.get(part, 0) | bit
        self._longest = max(map(len, self._bits), default=0)
        self._known: dict[str, int] = {}

    def marks(self, lower: str) -> int:
        """The clauses that a lower-case text meets, as bits; compare ``marks & need == need``."""
        known, marks = self._known, 0
        for word in lower.split():
            bits = known.get(word)
            marks |= self._fresh(word) if bits is None else bits
        return marks

    def _fresh(self, word: str) -> int:
        bits, longest = 0, self._longest
        told = self._bits
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + longest) + 1):
                bits |= told.get(word[start:end], 0)
        if any(char.isdecimal() for char in word):
            bits |= told.get(DIGIT, 0)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[word] = bits
        return bits
