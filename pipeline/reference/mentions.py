"""Which indicators a running text speaks of: labels whose telling words all stand in a sentence."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.reference.label_forms import LabelWords


@dataclass(frozen=True, slots=True)
class IndicatorAlias:
    """A label as printed, with the area (None: any) and the editions (None: open) it holds for."""

    alias: str
    indicator_id: str
    area: str | None = None
    first_year: int | None = None
    last_year: int | None = None

    def holds(self, year: int | None) -> bool:
        """Whether the label means this indicator in the edition ``year`` (always when None)."""
        return year is None or (self.first_year or 0) <= year <= (self.last_year or 9999)


@dataclass(frozen=True, slots=True)
class Mention:
    """A label whose words stand in a text.

    Attributes:
        label: the row that matched; indicator_id: the indicator it means.
        stems: the label's meaningful words that stand in the text, as stems.
        coverage: their share of the label's weight, 0–1 (rare words weigh more).
        weight: their weight; of two mentions the weightier says more.
    """

    label: IndicatorAlias
    stems: frozenset[str]
    coverage: float
    weight: float

    @property
    def indicator_id(self) -> str:
        """The indicator that is mentioned."""
        return self.label.indicator_id


class MentionIndex:
    """From a text's words to the labels that they make up."""

    def __init__(self, labels: Sequence[IndicatorAlias], label_words: LabelWords) -> None:
        self._labels = tuple(labels)
        self._words = label_words
        bags = [label_words.stems(label.alias) for label in self._labels]
        counts = Counter(stem for bag in bags for stem in bag)
        # Inverse document frequency: a word of every other label tells nothing, a rare one nearly all.
        self._weight = {stem: math.log(1 + len(bags) / count) for stem, count in counts.items()}
        self._totals = [sum(self._weight[stem] for stem in sorted(bag)) for bag in bags]
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, bag in enumerate(bags):
            for stem in sorted(bag):
                self._postings[stem].append(number)

    def find(self, text: str, least: float) -> list[Mention]:
        """Every label of which the text holds at least the share ``least`` (0–1) of the weight."""
        hits: dict[int, list[str]] = defaultdict(list)
        for stem in sorted(self._words.stems(text)):
            for number in self._postings.get(stem, ()):
                hits[number].append(stem)
        found = []
        for number, stems in hits.items():
            weight = sum(self._weight[stem] for stem in stems)
            coverage = weight / self._totals[number]
            if coverage >= least - 1e-9:
                found.append(Mention(self._labels[number], frozenset(stems), min(coverage, 1.0), weight))
        return found


def maximal(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """One mention per indicator (its weightiest), without those whose words a weightier one holds too."""
    ordered = sorted(mentions, key=lambda m: (-m.weight, -m.coverage, m.indicator_id, m.label.alias))
    kept: list[Mention] = []
    for mention in ordered:
        if any(had.indicator_id == mention.indicator_id or mention.stems < had.stems for had in kept):
            continue
        kept.append(mention)
    return tuple(kept)
