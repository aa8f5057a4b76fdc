"""The words of column labels: how much each tells, and which columns a word of the text reaches."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.claims.lexicon import grammar
from pipeline.claims.text import alike, stem, stems
from pipeline.claims.view import Column, TableView

#: An acronym (AUDIT, SIP) tells more than a word.
TELLING = 1.8
#: Weight of a word that no label of the table has: it tells that the phrase may mean something else.
STRANGE = 0.5
#: Stems that are alike share so many letters in a row (see ``text.alike``: the part of a compound has them,
#: and so has a word of eight letters with a slip of the pen among its first three), or begin alike.
_RUN, _BEGIN = 4, 3


@lru_cache(maxsize=5_000)
def runs(word: str) -> frozenset[str]:
    """What stems that are alike share one of: runs of four letters, how a word begins, the word itself."""
    begin = (f"^{word[:_BEGIN]}",) if len(word) >= _RUN else ()
    return frozenset((word, *begin, *[word[at : at + _RUN] for at in range(len(word) - _RUN + 1)]))


@lru_cache(maxsize=5_000)
def acronyms(text: str) -> frozenset[str]:
    """The stems of the acronyms that a label or a phrase prints."""
    return frozenset(stem(word) for word in grammar("binding_acronym").findall(text))


class Lookalikes:
    """Stems, found by those that are alike without comparing each with each."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_run: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            for run in runs(word):
                self._by_run.setdefault(run, []).append(word)
        self._near: dict[str, dict[str, float]] = {}
        self._telling: dict[str, tuple[str, ...]] = {}
        #: Stretches of text that are known to hold no stem alike to any of these: most words of a document.
        self.silent: set[str] = set()

    def telling(self, token: str) -> tuple[str, ...]:
        """The stems in a stretch of text without white space that are alike to any of these."""
        known = self._telling.get(token)
        if known is None:
            known = self._telling[token] = tuple([word for word in stems(token) if self.near(word)])
            if not known:
                self.silent.add(token)
        return known

    def near(self, word: str) -> Mapping[str, float]:
        """The stems that are alike (see ``text.alike``), each with how alike it is, in no certain order."""
        known = self._near.get(word)
        if known is None:
            shared = self._by_run.keys() & runs(word)
            others = {other for run in shared for other in self._by_run[run]}
            known = self._near[word] = {other: like for other in others if (like := alike(word, other)) > 0}
        return known


class Reach(NamedTuple):
    """What a word of the text meets in the labels.

    Attributes:
        worth: the most that it meets, ``STRANGE`` when it meets nothing.
        said: per column (by number) the most that it meets there.
        label: column, word of the label and its worth, for each word that it meets.
    """

    worth: float
    said: Mapping[int, float]
    label: Sequence[tuple[int, str, float]]


_NOWHERE = Reach(STRANGE, {}, ())


class Labels:
    """The words of the columns of some tables with their weights."""

    def __init__(
        self, columns: Sequence[tuple[TableView, Column]], lookalikes: Lookalikes | None = None
    ) -> None:
        named = [(view, column, stems(column.words)) for view, column in columns]
        self.weights = _weights(named)
        self.whole = [sum(self.weights[word] for word in words) or 1.0 for _, _, words in named]
        self._postings: dict[str, list[int]] = {}
        for number, (_, _, words) in enumerate(named):
            for word in words:
                self._postings.setdefault(word, []).append(number)
        self._order = {word: at for at, word in enumerate(self.weights)}
        self._lookalikes = lookalikes or Lookalikes(self.weights)
        self._reach: dict[str, Reach] = {}

    def reach(self, word: str) -> Reach:
        """What a stem of the text meets; remembered for the next sentence that has it."""
        known = self._reach.get(word)
        if known is None:
            known = self._reach[word] = self._fresh(word)
        return known

    def _fresh(self, word: str) -> Reach:
        near = self._lookalikes.near(word)
        if not near:
            return _NOWHERE
        met = sorted((other for other in near if other in self._order), key=self._order.__getitem__)
        if not met:
            return _NOWHERE
        said: dict[int, float] = {}
        label = []
        for other in met:
            worth = self.weights[other] * near[other]
            for number in self._postings[other]:
                said[number] = max(said.get(number, 0.0), worth)
                label.append((number, other, worth))
        return Reach(max(self.weights[other] * near[other] for other in met), said, label)

    def reaches(self, phrase: str) -> bool:
        """Whether any word of a phrase meets a label."""
        words = self._lookalikes
        told = [token for token in phrase.split() if token not in words.silent]
        return any(self.reach(word).said for token in told for word in words.telling(token))

    def met(self, words: Iterable[str]) -> tuple[float, dict[int, float], dict[int, dict[str, float]]]:
        """What all words of a phrase are worth; per column they reach, the weight of the phrase's words that
        meet it, and of each word of its label that they meet."""
        total = 0.0
        said: dict[int, float] = {}
        label: dict[int, dict[str, float]] = {}
        for word in words:
            reach = self.reach(word)
            total += reach.worth
            for number, worth in reach.said.items():
                said[number] = said.get(number, 0.0) + worth
            for number, other, worth in reach.label:
                back = label.setdefault(number, {})
                back[other] = max(back.get(other, 0.0), worth)
        return total, said, label


def common_words(view: TableView) -> frozenset[str]:
    """The words that every column of a table shares: they tell the table, not the column."""
    bags = [set(stems(column.words)) for column in view.columns]
    return frozenset(set.intersection(*bags)) if len(bags) > 1 else frozenset()


def _weights(named: list[tuple[TableView, Column, tuple[str, ...]]]) -> dict[str, float]:
    """How much each word tells (inverse document frequency); a label in several columns counts once per
    table."""
    labels = {(view.table_id, column.words): words for view, column, words in named}
    counts: dict[str, int] = {}
    for words in labels.values():
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    telling = {word for _, column, _ in named for word in acronyms(column.label)}
    return {
        word: math.log(1 + len(labels) / count) * (TELLING if word in telling else 1.0)
        for word, count in counts.items()
    }
