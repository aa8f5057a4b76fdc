"""Nearest register entries for what is not found: proposals for people, never bindings."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

#: At most so many candidates are proposed.
LIMIT = 3
#: From so many letters on a beginning of a name is near it, and names may differ in their first letter.
_BEGINNING, _ANY_FIRST = 5, 7


def allowed_distance(length: int) -> int:
    """How many edits (insert, delete, replace, swap of neighbours) a name of this length may be away.

    One in short names and two from nine letters on: with more, everyday words come near names.
    """
    if length < 4:
        return 0
    return 1 if length < 9 else 2


@lru_cache(maxsize=4096)
def without_diacritics(key: str) -> str:
    """The text with å, ä, ö, é … as their base letters, as a bad scan or an old system writes them."""
    return "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c))


class NearNames:
    """Known spellings, laid out once so that the few near a printed name are found without trying all."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a squashed known spelling and what to propose for it (``unit_id: name``)."""
        self._names = tuple(sorted(names))
        self._spellings = [known for known, _ in self._names]
        self._by_length: dict[int, list[int]] = defaultdict(list)
        self._by_plain: dict[str, list[int]] = defaultdict(list)
        for at, known in enumerate(self._spellings):
            self._by_length[len(known)].append(at)
            self._by_plain[without_diacritics(known)].append(at)
        self._of_length: dict[int, tuple[list[str], list[int]]] = {}

    def find(self, key: str) -> tuple[str, ...]:
        """Candidates for a squashed name, nearest first, at most three; empty when nothing is near.

        A spelling of which the printed text is a beginning of at least five letters is near too
        ("Upplands" was cut off), and one that differs in its diacritics only ("Jarfalla"). Short names
        must agree in their first letter.
        """
        limit = allowed_distance(len(key))
        if limit == 0:
            return ()
        places = self._edited(key, limit)
        for at in self._alike(key, limit):
            places.setdefault(at, 1)
        places.update((at, limit + 1) for at in self._begun(key, limit))
        nearest: dict[str, int] = {}
        for at, distance in places.items():
            proposal = self._names[at][1]
            nearest[proposal] = min(distance, nearest.get(proposal, distance))
        ranked = sorted((distance, proposal) for proposal, distance in nearest.items())
        return tuple(proposal for _, proposal in ranked[:LIMIT])

    def _edited(self, key: str, limit: int) -> dict[int, int]:
        """Position → distance of the spellings at most ``limit`` edits away."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        spellings, places = self._within(len(key), limit)
        found = process.extract(key, spellings, scorer=OSA.distance, score_cutoff=limit, limit=None)
        return {
            places[at]: int(distance)
            for known, distance, at in found
            if len(key) >= _ANY_FIRST or key[0] == known[0]
        }

    def _within(self, length: int, limit: int) -> tuple[list[str], list[int]]:
        """The spellings whose length is at most ``limit`` off, with their positions; kept per length."""
        found = self._of_length.get(length)
        if found is None:
            lengths = range(length - limit, length + limit + 1)
            places = [at for one in lengths for at in self._by_length.get(one, ())]
            found = [self._spellings[at] for at in places], places
            if places:
                self._of_length[length] = found
        return found

    def _alike(self, key: str, limit: int) -> Iterator[int]:
        """Positions of spellings that differ in nothing but diacritics: as near as one letter away."""
        for at in self._by_plain.get(without_diacritics(key), ()):
            if abs(len(self._spellings[at]) - len(key)) <= limit:
                yield at

    def _begun(self, key: str, limit: int) -> Iterator[int]:
        """Positions of spellings that begin with the whole key and are longer than edits can make it."""
        if len(key) < _BEGINNING:
            return
        at = bisect_left(self._spellings, key)
        while at < len(self._spellings) and self._spellings[at].startswith(key):
            if len(self._spellings[at]) - len(key) > limit:
                yield at
            at += 1


class NearLabels:
    """Known labels, their words sorted once, so that their order does not count."""

    def __init__(self, labels: Iterable[tuple[Sequence[str], str]]) -> None:
        """Take pairs of a known label's words, case folded, and what to propose for it."""
        pairs = [(" ".join(sorted(words)), proposal) for words, proposal in labels]
        self._labels = [label for label, _ in pairs]
        self._proposals = [proposal for _, proposal in pairs]

    def find(self, words: Sequence[str], cutoff: float) -> tuple[tuple[str, float], ...]:
        """Candidates for a label's words (case folded), best first: pairs of proposal and likeness 0–100.

        ``cutoff`` is the least likeness (rapidfuzz: ratio of the sorted words) that is worth a proposal.
        """
        from rapidfuzz import fuzz, process

        best: dict[str, float] = {}
        key = " ".join(sorted(words))
        found = process.extract(key, self._labels, scorer=fuzz.ratio, score_cutoff=cutoff, limit=4 * LIMIT)
        for _, score, position in found:
            proposal = self._proposals[position]
            best[proposal] = max(score, best.get(proposal, 0.0))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        return tuple(ranked[:LIMIT])
