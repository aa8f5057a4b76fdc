"""Which expressions a sentence can hold at all: by the letters that every text they match must have.

Most expressions of patterns/ match in few sentences, and looking for each of them in every sentence costs
more than all that is found. The parts of words that an expression cannot match without are read from the
expression itself; which of them a word holds is told in bits, so that a sentence's answer for all
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
#: White space, as the parse tree tells it.
_SPACE = [(_constants.CATEGORY, _constants.CATEGORY_SPACE)]
_GAP = frozenset([" "])

_DIGITS = frozenset([DIGIT])

#: A clause: strings of which one must stand in the text, each without white space.
Clause = frozenset[str]


def clauses_of(pattern: str) -> tuple[Clause, ...]:
    """What a text must hold for an expression to match in it: one string of each of the clauses.

    The strings are lower case. Empty when nothing can be told of the expression.
    """
    tree = _parser.parse(pattern)
    _, found = _sequence(tree)
    if tree.state.flags & re.IGNORECASE:  # ſ is an s there, yet stays what it is in lower case
        found = [clause for clause in found if clause == _DIGITS]
    return _best(found)


def holds(clauses: Iterable[Clause], lower: str) -> bool:
    """Whether a lower-case text holds one string of each clause."""
    return all(any(_stands(part, lower) for part in clause) for clause in clauses)


def _stands(part: str, lower: str) -> bool:
    return part in lower or (part == DIGIT and any(map(str.isdecimal, lower)))


def _best(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses that sort sentences best: of long strings, then of few; three at most."""
    ranked = sorted(set(clauses), key=lambda one: (-min(map(len, one)), len(one), sorted(one)))
    return tuple(ranked[:3])


def _sequence(items: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str] | None, list[Clause]]:
    """The exact strings of a sequence (None when they cannot be told) and the clauses it needs."""
    exact: frozenset[str] | None = frozenset([""])
    stretch = frozenset([""])  # the exact strings since the last space
    clauses = list[Clause]()
    for kind, told in items:
        here, needed = _item(kind, told)
        clauses += needed
        exact = _joined(exact, here)
        longer = _joined(stretch, here)
        if longer is None:
            clauses += _clause(stretch)
            longer = frozenset([""]) if here is None else here
        elif here == _GAP:
            clauses += _clause(longer)
            longer = _GAP
        stretch = longer
    return exact, clauses + _clause(stretch)


def _joined(one: frozenset[str] | None, two: frozenset[str] | None) -> frozenset[str] | None:
    """The strings of one set followed by those of another; None where either is unknown or they are many."""
    if one is None or two is None or len(one) * len(two) > _MANY:
        return None
    return frozenset(first + second for first in one for second in two)


def _clause(exact: frozenset[str]) -> list[Clause]:
    """The clause that exact strings make: of each its longest part without white space, if all have one.

    Parts, not whole words: a text may be cut inside a word before it is searched.
    """
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
    if list(inner) == [(_constants.IN, _SPACE)]:
        return (_GAP if least else None), []
    if least == 0:
        return (exact | {""} if exact is not None and most == 1 else None), []
    return (exact if least == most == 1 else None), clauses


def _branch(choices: Sequence[Any]) -> tuple[frozenset[str] | None, list[Clause]]:
    read = [_sequence(one) for one in choices]
    exact = [one for one, _ in read if one is not None]
    if len(exact) == len(read) and sum(map(len, exact)) <= _MANY:
        return frozenset().union(*exact), []
    if not all(clauses for _, clauses in read):
        return None, []
    shared = set.intersection(*(set(clauses) for _, clauses in read))
    either = frozenset[str]().union(*(_best(clauses)[0] for _, clauses in read))
    return None, [*shared, *([either] if len(either) <= _MANY else [])]


def _characters(told: Sequence[tuple[Any, Any]]) -> tuple[frozenset[str] | None, list[Clause]]:
    """A set of characters: its members when they are few, the mark of a digit for ``\\d`` alone."""
    if told == _SPACE:
        return frozenset([" "]), []
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

    def marks(self, lower: str) -> int:
        """The clauses that a lower-case text meets, as bits; compare ``marks & need == need``."""
        marks = 0
        for word in lower.split():
            marks |= self._marks(word)
        return marks

    def _marks(self, word: str) -> int:
        bits, longest = 0, self._longest
        told = self._bits
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + longest) + 1):
                bits |= told.get(word[start:end], 0)
        if any(char.isdecimal() for char in word):
            bits |= told.get(DIGIT, 0)
        return bits
