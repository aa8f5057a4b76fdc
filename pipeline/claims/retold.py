"""What the running text says again of what a comment says: borne out by the comment, never refuted by it.

A memo explains its answers twice, beside the answer and in its text. A part of a sentence that names no
indicator, or an explanation behind a denial ("utan har …"), is held against the comments of the same
tables: the same telling words, the same figures and the same denial are needed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from pipeline.claims.counts import own_line
from pipeline.claims.decide import Verdict
from pipeline.claims.labels import Lookalikes
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated
from pipeline.claims.rows import Draft
from pipeline.claims.text import heads, plain, stems, weak_stems
from pipeline.claims.view import Column, Line, TableView
from pipeline.model import Observation, Sentence

#: Share of a part's words (by weight) that one comment must have …
SHARE = 0.66
#: … and less for an explanation on the very row whose answer the sentence has just told.
SHARE_OWN_ROW = 0.5
#: Words that say how, not what, weigh this much.
WEAK = 0.3
#: So many telling words must meet; on the row just told one is enough, or so many of any kind.
TELLING = 2
#: A second comment that has the words the first lacks shares at least this much.
SECOND = 0.4


@dataclass(frozen=True, slots=True)
class Comment:
    """A part of a comment cell as words, with the words of its row's label."""

    view: TableView
    line: Line
    column: Column
    seen: Observation
    text: str
    words: frozenset[str]
    label: frozenset[str]
    digits: frozenset[str]
    denies: bool


@dataclass(frozen=True, slots=True)
class Retold:
    """A part of a sentence that comments say too."""

    start: int
    end: int
    negative: bool
    comments: tuple[Comment, ...]

    @property
    def verdict(self) -> Verdict:
        """Borne out by the comments; the evidence is the answers that they stand beside."""
        found: dict[str, object] = {
            "by": "kommentaren",
            "columns": [one.column.label for one in self.comments],
            "comments": [one.text for one in self.comments],
        }
        return Verdict("supported", found, tuple(one.seen for one in self.comments))


def comment_parts(views: Iterable[TableView]) -> tuple[Comment, ...]:
    """Every comment on the own unit's answers, cut where a denial ends."""
    made = []
    for view in views:
        line = own_line(view)
        for column in view.columns if line is not None else ():
            seen = view.cell(line, column) if line is not None else None
            if line is None or seen is None or not seen.comment:
                continue
            label = frozenset(stems(column.words))
            for text in _cut(" ".join(plain(seen.comment).split())):
                words, digits = frozenset(_words(text)), frozenset(re.findall(r"\d+", text))
                made.append(Comment(view, line, column, seen, text, words, label, digits, denies(text)))
    return tuple(made)


@lru_cache(maxsize=5_000)
def denies(text: str) -> bool:
    """Whether a part denies something."""
    return grammar("retold_denial").search(text.lower()) is not None


def _words(text: str) -> tuple[str, ...]:
    """The stems of a part's words without those that only join, wish or place them."""
    return tuple(word for word in stems(grammar("retold_small").sub(" ", text.lower())) if not word.isdigit())


def _cut(text: str) -> list[str]:
    """The parts of a comment: sentences, also where no full stop divides them, and scopes of a denial."""
    parts = []
    for sentence in grammar("retold_sentence").split(text):
        start = 0
        for match in grammar("retold_cut").finditer(sentence.lower()):
            parts.append(sentence[start : match.start()])
            start = match.end()
        parts.append(sentence[start:])
    return [part.strip(" ,.;") for part in parts if len(stems(part)) > 0]


def find_retold(
    note: Annotated,
    comments: Comments,
    taken: Sequence[tuple[int, int]],
    told_rows: AbstractSet[tuple[str, int]],
) -> tuple[Retold, ...]:
    """The parts of a sentence that comments bear out.

    Args:
        comments: those of the tables that the sentence can speak of.
        taken: spans that a decided claim covers already.
        told_rows: table and column (or row) of the answers that the sentence itself tells.
    """
    if not comments.parts:
        return ()
    found, rows = [], set(told_rows)
    for start, end in _parts(note):
        if any(begin < end and start < stop for begin, stop in taken):
            continue
        fitting = _fitting(note.text[start:end], comments, rows)
        rows |= {(one.view.table_id, one.column.index) for one in fitting}
        if fitting:
            found.append(Retold(start, end, denies(note.text[start:end]), fitting))
    return tuple(found)


def _parts(note: Annotated) -> list[tuple[int, int]]:
    """The stretches of a sentence that say something of their own, without what a relative clause adds."""
    lower, parts, start = note.lower, [], 0
    for match in note.finditer("retold_cut"):
        parts.append((start, match.start()))
        start = match.end()
    parts.append((start, len(lower)))
    kept = []
    for begin, end in parts if note.may("retold_aside") else ():
        aside = grammar("retold_aside").search(lower, begin, end)
        kept.append((begin, aside.start() if aside is not None and aside.start() > begin else end))
    return [(begin, end) for begin, end in kept or parts if lower[begin:end].strip(" ,.;")]


def _fitting(text: str, comments: Comments, told_rows: AbstractSet[tuple[str, int]]) -> tuple[Comment, ...]:
    """The comment that says the same, or the two that do together; empty when none does."""
    if not _enough(stems(text), comments, told_rows):
        return ()
    words, digits, denial = _words(text), frozenset(re.findall(r"\d+", text)), denies(text)
    told: dict[int, list[str]] = {}
    for word in words:
        for number in comments.having(word):
            told.setdefault(number, []).append(word)
    scored = []
    for number in sorted(told):
        one = comments.parts[number]
        if one.denies != denial or not digits <= one.digits:
            continue
        met = frozenset(told[number]).union(word for word in words if number in comments.labelled(word))
        telling = sum(word not in weak_stems() for word in told[number])
        if (one.view.table_id, one.column.index) in told_rows:
            fits = (telling >= 1 or len(told[number]) >= TELLING) and _share(met, words) >= SHARE_OWN_ROW
        else:
            fits = telling >= TELLING and _share(met, words) >= SHARE
        if fits:
            scored.append((-_share(met, words), number, met))
    if not scored:
        return ()
    _, best, met = min(scored, key=lambda row: row[:2])
    lacking = comments.foreign(words) - met
    if not lacking:
        return (comments.parts[best],)
    for number in sorted(told):
        one, also = comments.parts[number], frozenset(told[number])
        if (
            one.denies == denial
            and digits <= one.digits
            and lacking <= also
            and _share(also, words) >= SECOND
        ):
            return comments.parts[best], one
    return ()


def _enough(words: Sequence[str], comments: Comments, told_rows: AbstractSet[tuple[str, int]]) -> bool:
    """Whether any comment has as many of a part's words as it needs at least, small words counted too."""
    counts = Counter(number for word in words for number in comments.having(word))
    return any(
        count >= TELLING or (one.view.table_id, one.column.index) in told_rows
        for count, one in ((count, comments.parts[number]) for number, count in counts.items())
    )


def _share(met: frozenset[str], words: Sequence[str]) -> float:
    weights = [(word, WEAK if word in weak_stems() else 1.0) for word in words]
    total = sum(weight for _, weight in weights)
    return sum(weight for word, weight in weights if word in met) / total if total else 0.0


class Comments:
    """The comments that a sentence can speak of, found by the words that they share with it."""

    def __init__(self, parts: Sequence[Comment]) -> None:
        self.parts = tuple(parts)
        self._words = _postings(one.words for one in self.parts)
        self._labels = _postings(one.label for one in self.parts)
        self._lookalikes = Lookalikes([*self._words, *self._labels])
        self._kinds: dict[str, list[str]] = {}
        for word in dict.fromkeys([*self._words, *self._labels]):
            for kind in heads(word):
                self._kinds.setdefault(kind, []).append(word)
        tables = {one.view.table_id: one.view for one in self.parts}
        labels = {column.words: None for view in tables.values() for column in view.columns}
        self._known = frozenset(word for label in labels for word in stems(label)).union(self._words)
        self._having: dict[str, frozenset[int]] = {}
        self._labelled: dict[str, frozenset[int]] = {}

    def having(self, word: str) -> frozenset[int]:
        """The numbers of the comments that have a word."""
        return self._found(word, self._words, self._having)

    def labelled(self, word: str) -> frozenset[int]:
        """The numbers of the comments on rows whose label has a word."""
        return self._found(word, self._labels, self._labelled)

    def _found(
        self, word: str, postings: Mapping[str, Sequence[int]], memo: dict[str, frozenset[int]]
    ) -> frozenset[int]:
        """Comments with a word: that word itself, one alike, or one of its kind (genomförandeplan, plan)."""
        known = memo.get(word)
        if known is None:
            near = {*self._lookalikes.near(word), *(o for k in heads(word) for o in self._kinds.get(k, ()))}
            known = memo[word] = frozenset(at for other in near for at in postings.get(other, ()))
        return known

    def foreign(self, words: Sequence[str]) -> frozenset[str]:
        """The telling words that some row's label or comment has: each must be met, or another row is
        meant."""
        return frozenset(word for word in words if word not in weak_stems() and word in self._known)


def _postings(bags: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, words in enumerate(bags):
        for word in sorted(words):
            found.setdefault(word, []).append(number)
    return found


def retold_draft(sentence: Sentence, location: str, one: Retold) -> Draft:
    """The draft of a part that comments bear out; it says nothing of an indicator."""
    first = one.comments[0]
    key = first.line.key
    return Draft(
        sentence=sentence,
        location=location,
        claim_type="policy_answer",
        start=one.start,
        end=one.end,
        rule="policy_answer.retold",
        asserted={"unit": first.line.label, "states": "NEJ" if one.negative else "JA"},
        verdict=one.verdict,
        unit_ids=(key,) if not key.startswith("label:") else (),
        area=first.view.reading.area,
        table_id=first.view.table_id,
        table_label=first.view.label,
    )
