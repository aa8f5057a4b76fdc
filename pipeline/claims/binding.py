"""Which table and which columns a phrase of the text speaks of.

A phrase binds to the column whose label shares most of its telling words: words that every column of
the table has tell little, words that one column has tell much. Two columns as near as each other bind
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.claims.gate import Clause, clauses_of, holds
from pipeline.claims.labels import Labels, Lookalikes, common_words
from pipeline.claims.lexicon import grammar
from pipeline.claims.text import alike, heads, stems, weak_stems
from pipeline.claims.units import holds_kind
from pipeline.claims.view import Column, TableView

#: A binding needs this score, and this much more than the runner-up (both measured on own samples).
LOCAL, GLOBAL, MARGIN = 0.34, 0.62, 0.06
#: Far from its table a phrase must name most of the label, and the label most of the phrase.
WIDE = 0.7
#: … or half of both, when no other column comes near.
HALF, LEAD = 0.48, 0.15
#: A conjunct names a column of its own only with this share of its label.
PART = 0.28
#: What was taken out of a phrase leaves many spaces, each of which could open a conjunct.
_MANY = re.compile(r"\s{2,}")
#: A phrase's share of the score: its words weigh a little more than the label's, labels being long.
PHRASE_SHARE = 0.55


class Target(NamedTuple):
    """A column of a table that a phrase was bound to.

    Attributes:
        score: 0–1.
        said, label: the shares of the phrase's and of the label's words (by weight) that met.
        telling: a word met that names something and that not every column of the table has.
        headless: the label names a kind of thing (rutin, plan) and the phrase names none.
        inherited: no word of the clause chose the column; what was spoken of before did.
        sole: … but the section's one table has no other.
        stale: … and it was not the sentence just before that spoke of it.
    """

    view: TableView
    column: Column
    score: float
    said: float = 1.0
    label: float = 1.0
    telling: bool = True
    headless: bool = False
    inherited: bool = False
    sole: bool = False
    stale: bool = False


class Bound(NamedTuple):
    """The outcome of a binding: targets, or why there are none.

    Attributes:
        targets: several when the phrase names several columns (both … and).
        rivals: columns as near as the best when nothing was bound.
        best: the highest score seen.
        reason: Swedish, when there are no targets.
    """

    targets: tuple[Target, ...] = ()
    rivals: tuple[Target, ...] = ()
    best: float = 0.0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What else a sentence tells of the column it speaks of.

    Attributes:
        kinds: the kinds of value its figures state (see ``units``); empty when it states none.
        years: the years it names.
    """

    kinds: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()

    def admits(self, column: Column) -> bool:
        """Whether the column can hold what is stated."""
        return not self.kinds or holds_kind(column, self.kinds)


#: A sentence that tells nothing of kinds and years.
ANY = Wanted()


class Index:
    """The columns of a set of tables with the weights of their words."""

    def __init__(self, tables: Iterable[TableView], lookalikes: Lookalikes | None = None) -> None:
        self.views = tuple(tables)
        named = [(view, column) for view in self.views for column in view.columns]
        self._columns = [(view, column, heads(column.words)) for view, column in named]
        self._kinded = frozenset(number for number, (_, _, own) in enumerate(self._columns) if own)
        self._labels = Labels(named, lookalikes)
        self._common = {view: common_words(view) for view in self.views}
        self._ranked: dict[str, tuple[Target, ...]] = {}

    @property
    def words(self) -> Mapping[str, float]:
        """The stems of all labels with their weights."""
        return self._labels.weights

    def reaches(self, phrase: str) -> bool:
        """Whether any word of a phrase is alike to any of a label."""
        return self._labels.reaches(phrase)

    def rank(self, phrase: str) -> tuple[Target, ...]:
        """All columns that share a word with the phrase, best first; ties in the table's order."""
        known = self._ranked.get(phrase)
        if known is None:
            known = self._ranked[phrase] = self._rank(phrase)
        return known

    def _rank(self, phrase: str) -> tuple[Target, ...]:
        total, said, label = self._labels.met(stems(phrase))
        if not said:
            return ()
        kinds = frozenset[str]() if self._kinded.isdisjoint(said) else heads(phrase)
        weak, ranked = weak_stems(), []
        for number, hit in said.items():
            view, column, own = self._columns[number]
            if kinds and own and not kinds & own:
                continue
            met = label[number]
            share, back = min(hit / total, 1.0), sum(met.values()) / self._labels.whole[number]
            common = self._common[view]
            telling = any(word not in common and word not in weak for word in met)
            score = PHRASE_SHARE * share + (1 - PHRASE_SHARE) * back
            ranked.append(Target(view, column, score, share, back, telling, bool(own) and not kinds))
        if len(ranked) > 1:
            ranked.sort(key=lambda one: (-one.score, one.view.reading.table.index, one.column.index))
        return tuple(ranked)

    def bind(self, phrase: str, *, least: float = LOCAL, wanted: Wanted = ANY) -> Bound:
        """The one column a phrase speaks of; nothing when the best is too weak or has a rival."""
        ranked: Sequence[Target] = self.rank(phrase)
        if wanted.kinds:
            ranked = [one for one in ranked if wanted.admits(one.column)]
        if len(ranked) > 1:
            ranked = _current(ranked, wanted.years)
        if not ranked or ranked[0].score < least:
            best = ranked[0].score if ranked else 0.0
            return Bound((), tuple(ranked[:1]), best, "ingen kolumn i tabellen motsvarar det texten säger")
        top = ranked[0]
        if least >= GLOBAL and not _clear(top, ranked, phrase):
            return Bound((), (top,), top.score, "ingen tabell i närheten handlar om det texten säger")
        margin = MARGIN if top.telling else 2 * MARGIN
        rivals = tuple(t for t in ranked if t is not top and top.score - t.score < margin)
        rivals = rivals or _same_leaf(top, ranked, phrase)
        if rivals or (not top.telling and top.label < HALF):
            return Bound((), (top, *rivals), top.score, "flera kolumner passar lika bra på det texten säger")
        return Bound((top,), (), top.score)


def _same_leaf(top: Target, ranked: Sequence[Target], phrase: str) -> tuple[Target, ...]:
    """The columns of other groups with the same leaf when the phrase says nothing of the top's own group."""
    group = stems(top.column.group or "")
    same = tuple(
        one
        for one in ranked
        if one.view is top.view
        and one.column.label == top.column.label
        and one.column.group not in (None, top.column.group)
        and one.column.year == top.column.year
    )
    others = {word for one in same for word in stems(one.column.group or "")}
    own = [word for word in group if word not in others]
    told = any(alike(word, other) > 0 for word in own for other in stems(phrase))
    return () if told or not own else same


def _clear(top: Target, ranked: Sequence[Target], phrase: str) -> bool:
    """Whether a column far from the sentence is clearly meant: nearly all of both, or much of both and no
    second."""
    if heads(phrase) - heads(top.column.words):
        return False
    shared = min(top.said, top.label)
    second = ranked[1].score if len(ranked) > 1 else 0.0
    return shared >= WIDE or (shared >= HALF and top.score - second >= LEAD)


def _current(ranked: Sequence[Target], years: frozenset[int]) -> Sequence[Target]:
    """Of columns that differ only by year those of the years asked for, else the latest."""
    if years:
        asked = [target for target in ranked if target.column.year in years]
        if asked:
            return asked
    now = [target for target in ranked if target.column.year_offset == 0] or ranked
    latest: dict[tuple[str, str], int] = {}
    for target in now:
        key = (target.view.table_id, target.column.words)
        latest[key] = max(latest.get(key, 0), target.column.year or 0)
    return [t for t in now if (t.column.year or 0) == latest[t.view.table_id, t.column.words]]


def bind_phrase(index: Index, phrase: str, *, least: float = LOCAL, wanted: Wanted = ANY) -> Bound:
    """The columns of a phrase: several when its conjuncts bind to columns of their own.

    "både A och B", "A samt B": each part must find its own column in one and the same table; a label
    that itself holds "och" stays one column, because its parts find the same column.
    """
    whole = index.bind(phrase, least=least, wanted=wanted)
    if whole.best <= 0.0 and not index.reaches(phrase):
        return whole
    if not holds(_joining(), phrase.lower()):
        return whole
    parts = _parts(phrase)
    if len(parts) < 2 or len(_parts(phrase.strip())) < 2:
        return whole
    parts = [part for part in parts if stems(part)]
    if len(parts) < 2:
        return whole
    bound = [index.bind(part, least=least, wanted=wanted) for part in parts]
    found: dict[tuple[str, int], Target] = {}
    kinds = heads(phrase)
    for one in bound:
        for target in one.targets:
            if target.label < PART:
                continue
            kinded = target._replace(headless=target.headless and not kinds)
            found.setdefault((target.view.table_id, target.column.index), kinded)
    tables = {target.view.table_id for target in found.values()}
    if len(found) < 2 or len(tables) != 1:
        return whole
    paired = grammar("binding_pair").search(phrase) is not None
    if whole.targets and not paired and _covers(whole.targets[0], phrase, found):
        return whole
    return Bound(tuple(found.values()), (), max(target.score for target in found.values()))


@lru_cache(maxsize=1)
def _joining() -> tuple[Clause, ...]:
    return clauses_of(grammar("binding_conjunction").pattern)


def _parts(phrase: str) -> list[str]:
    """The conjuncts of a phrase; "som" joins them after "såväl"."""
    parts = grammar("binding_conjunction").split(_MANY.sub(" ", phrase))
    if "såväl" not in phrase.lower():
        return parts
    return [half for part in parts for half in re.split(r"\s+som\s+", part)]


def _covers(whole: Target, phrase: str, found: dict[tuple[str, int], Target]) -> bool:
    """Whether one column already explains the telling words by which the parts found others."""
    label = stems(whole.column.words)
    weak = weak_stems()
    words = [
        word for word in stems(phrase) if word not in weak and all(alike(word, other) == 0 for other in label)
    ]
    if not words:
        return True
    others = [target for target in found.values() if target.column is not whole.column]
    return not any(
        alike(word, other) > 0 for target in others for other in stems(target.column.words) for word in words
    )
