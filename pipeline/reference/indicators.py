"""The register of indicators and the finding of a printed label in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.errors import AmbiguousError
from pipeline.reference.folding import squash, words
from pipeline.reference.label_forms import LabelWords, trimmed
from pipeline.reference.mentions import IndicatorAlias, Mention, MentionIndex, maximal
from pipeline.reference.nearest import LIMIT, NearLabels

#: Least likeness (rapidfuzz token sort ratio, 0–100) of a proposal: below it, labels share common words only.
NEAR_CUTOFF = 62.0
_MEMORY = 20_000


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: a line over the editions.

    Attributes:
        area, quality_area: codes (quality_area None for register and background measures).
        value_kind: ``answer`` (JA/NEJ), ``share`` (percent), ``number``, ``days`` or ``money``.
        value_unit: unit of its figures (``procent``, ``kronor`` …); of an answer, of its aggregates.
        higher_is_better: None where no direction is wanted.
        kolada_kpi: id of the KPI that is the same measure in Kolada, else None.
        first_year, last_year: editions; None where unknown or still asked.
    """

    indicator_id: str
    name: str
    area: str
    quality_area: str | None
    value_kind: str
    value_unit: str | None
    higher_is_better: bool | None
    kolada_kpi: str | None
    first_year: int | None
    last_year: int | None
    definition_notes: str | None


@dataclass(frozen=True, slots=True)
class Break:
    """A change of definition: values of editions before ``year`` do not compare with those from it on."""

    indicator_id: str
    year: int
    note: str


@dataclass(frozen=True, slots=True)
class IndicatorMatch:
    """What a printed label means.

    Attributes:
        indicator_id: None when no row of the registers knows the label.
        exact: the label is a known one (through typography and inflection); False when nothing was bound.
        near: nearest indicators as ``indicator_id: name``, best first; empty when exact.
    """

    indicator_id: str | None
    exact: bool = True
    near: tuple[str, ...] = ()


class IndicatorRegister:
    """All indicators and their labels; immutable after loading."""

    def __init__(
        self,
        indicators: Iterable[Indicator],
        aliases: Iterable[IndicatorAlias],
        breaks: Iterable[Break],
        label_words: LabelWords,
    ) -> None:
        self._indicators: Mapping[str, Indicator] = {i.indicator_id: i for i in indicators}
        self._aliases = tuple(aliases)
        self._breaks = tuple(breaks)
        self._words = label_words
        self._labels = (
            *(IndicatorAlias(i.name, i.indicator_id, i.area) for i in self._indicators.values()),
            *self._aliases,
        )
        self._by_key: Mapping[str, tuple[IndicatorAlias, ...]] = _grouped(self._labels, squash)
        self._memory: dict[tuple[str, str | None, int | None], IndicatorMatch] = {}

    @cached_property
    def _by_words(self) -> Mapping[str, tuple[IndicatorAlias, ...]]:
        return _grouped(self._labels, self._words.key)

    @cached_property
    def _near_labels(self) -> Mapping[str | None, NearLabels]:
        """Area → its labels, proposing their indicator_id; under None those of all areas."""
        labels: dict[str | None, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for label in self._labels:
            pair = (words(label.alias), label.indicator_id)
            labels[None].append(pair)
            labels[label.area or self._indicators[label.indicator_id].area].append(pair)
        return {area: NearLabels(pairs) for area, pairs in labels.items()}

    @property
    def all(self) -> tuple[Indicator, ...]:
        """All indicators, ordered by indicator_id."""
        return tuple(self._indicators[key] for key in sorted(self._indicators))

    @property
    def aliases(self) -> tuple[IndicatorAlias, ...]:
        """The rows of indicator_aliases.csv."""
        return self._aliases

    @property
    def labels(self) -> tuple[IndicatorAlias, ...]:
        """Every known label: the indicators' own names (within their area) and all aliases."""
        return self._labels

    def word_key(self, label: str) -> str:
        """The label's meaningful words as one key: labels of equal keys bind to the same indicator."""
        return self._words.key(label)

    def get(self, indicator_id: str) -> Indicator:
        """The indicator with this id. Raises KeyError when the register has none."""
        return self._indicators[indicator_id]

    def __contains__(self, indicator_id: object) -> bool:
        return indicator_id in self._indicators

    def find(self, label: str, *, area: str | None = None, year: int | None = None) -> IndicatorMatch:
        """What a printed label means.

        Args:
            label: as printed; case, hyphens, line breaks, a trailing "?", numbering before it, the
                unit behind it ("…, kr") and footnote marks do not matter.
            area: area code of the table or document. The same words under another area are another
                indicator and are not bound, only proposed.
            year: the ÖJ edition; an alias binds only in the editions it holds for.

        Raises AmbiguousError when the label means several indicators: without an area, or within one.
        """
        asked = (label, area, year)
        known = self._memory.get(asked)
        if known is None:
            known = self._find(label, area, year)
            if len(self._memory) < _MEMORY:
                self._memory[asked] = known
        return known

    def _find(self, label: str, area: str | None, year: int | None) -> IndicatorMatch:
        shorter = tuple(trimmed(label))
        for text in shorter:
            found = self._choose(self._by_key.get(squash(text), ()), label, area, year)
            if found is not None:
                return IndicatorMatch(found)
        for text in shorter:
            found = self._choose(self._by_words.get(self._words.key(text), ()), label, area, year)
            if found is not None:
                return IndicatorMatch(found)
        near = self.nearest(label, area=area)
        return IndicatorMatch(None, False, tuple(self._shown(indicator_id) for indicator_id, _ in near))

    def _choose(
        self, labels: Iterable[IndicatorAlias], printed: str, area: str | None, year: int | None
    ) -> str | None:
        """The one indicator that the labels mean under area and year; None if none. Raises AmbiguousError."""
        held = [label for label in labels if label.holds(year)]
        if area is not None:
            held = [label for label in held if label.area == area] or [
                label for label in held if label.area is None
            ]
        ids = sorted({label.indicator_id for label in held})
        if len(ids) > 1:
            raise AmbiguousError(
                f"Indikatorn ”{printed}” kan vara flera: {', '.join(ids)}. Ange område eller årgång."
            )
        return ids[0] if ids else None

    def _shown(self, indicator_id: str) -> str:
        return f"{indicator_id}: {self._indicators[indicator_id].name}"

    def nearest(
        self, label: str, *, area: str | None = None, cutoff: float = NEAR_CUTOFF
    ) -> tuple[tuple[str, float], ...]:
        """At most three indicators whose labels are likest to a text: (indicator_id, likeness), best first.

        Likeness is 0–100. With an area, its two likest come first; proposals, never bindings.
        """
        asked, known = words(label), self._near_labels
        if not asked or None not in known:
            return ()
        everywhere = known[None].find(asked, cutoff)
        if area is None:
            return everywhere
        within = known[area].find(asked, cutoff)[: LIMIT - 1] if area in known else ()
        kept = {indicator_id for indicator_id, _ in within}
        others = tuple(pair for pair in everywhere if pair[0] not in kept)
        return (*within, *others)[:LIMIT]

    def mentioned(
        self, text: str, *, area: str | None = None, year: int | None = None, least: float = 1.0
    ) -> tuple[Mention, ...]:
        """The indicators that a sentence speaks of by its words, most telling first.

        Args:
            text: a sentence or a part of one.
            area: only labels of this area (and those that hold in any); None: of all areas.
            year: only labels that hold in this edition.
            least: share of a label's weight in rare words that must stand in the text, 0–1.

        A label whose words all belong to a longer label that is mentioned too is left out.
        """
        found = self._mentions.find(text, least)
        held = [
            mention
            for mention in found
            if mention.label.holds(year) and (area is None or mention.label.area in (None, area))
        ]
        return maximal(held)

    @cached_property
    def _mentions(self) -> MentionIndex:
        return MentionIndex(self._labels, self._words)

    def breaks(self, indicator_id: str) -> tuple[Break, ...]:
        """The changes of definition of one indicator, oldest first."""
        return tuple(
            sorted((b for b in self._breaks if b.indicator_id == indicator_id), key=lambda b: b.year)
        )

    @property
    def all_breaks(self) -> tuple[Break, ...]:
        """The rows of indicator_breaks.csv."""
        return self._breaks

    def comparable(self, indicator_id: str, year_a: int, year_b: int) -> bool:
        """Whether values of two editions compare: no change of definition lies between them."""
        first, last = sorted((year_a, year_b))
        return not any(first < b.year <= last for b in self._breaks if b.indicator_id == indicator_id)


def _grouped(
    labels: Iterable[IndicatorAlias], key: Callable[[str], str]
) -> dict[str, tuple[IndicatorAlias, ...]]:
    grouped: dict[str, list[IndicatorAlias]] = defaultdict(list)
    for label in labels:
        folded = key(label.alias)
        if folded:
            grouped[folded].append(label)
    return {folded: tuple(group) for folded, group in grouped.items()}
