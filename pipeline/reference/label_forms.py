"""Forms of an indicator's label that mean the same: numbering, unit and inflection aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.reference.csvfile import read_rows
from pipeline.reference.folding import stem, without_marks, words

FILE = "label_words.csv"
COLUMNS = ("word", "means", "note")


@lru_cache(maxsize=1)
def _numbering() -> re.Pattern[str]:
    # "12. ", "3a) ", "Indikator 4: " before a label.
    return re.compile(r"^\s*(?:(?:indikator|fråga|nr)\s*)?\d{1,3}\s*[a-z]?\s*[.):]\s+", re.IGNORECASE)


@lru_cache(maxsize=1)
def _unit_behind() -> re.Pattern[str]:
    # ", kr", ", procent", "(%)", ", andel (%)", "i procent" behind a label.
    unit = r"(?:kr(?:onor)?(?:\s*/\s*inv(?:ånare)?)?|tkr|procent|%|antal|dagar|andel(?:\s*\(?%\)?)?)"
    return re.compile(
        rf"\s*(?:,\s*(?:i\s+)?{unit}|\(\s*{unit}\s*\)|\s+i\s+(?:procent|kronor))\s*$", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _share_before() -> re.Pattern[str]:
    # "Andel …", "Andelen kommuner med …": the measure, not the matter.
    return re.compile(r"^\s*andel(?:en)?\s+(?:av\s+|kommuner\s+(?:med|som)\s+)?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _date_behind() -> re.Pattern[str]:
    # "… den 1 februari 2019", "… 2019": the measuring day moves with the edition.
    month = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    return re.compile(
        rf",?\s*(?:\(?(?:den\s+)?\d{{1,2}}\s+(?:{month})\s+)?\(?(?:19|20)\d\d\)?\s*$", re.IGNORECASE
    )


def trimmed(label: str) -> Iterator[str]:
    """The label, then ever less of it: without marks, numbering, unit, measuring day, "Andel"."""
    seen = set()
    text = label.strip()
    bare = without_marks(text)
    unnumbered = _numbering().sub("", bare)
    unitless = _unit_behind().sub("", unnumbered)
    dateless = _date_behind().sub("", unitless)
    for form in (text, bare, unnumbered, unitless, dateless, _share_before().sub("", dateless)):
        if form and form not in seen:
            seen.add(form)
            yield form


class LabelWords:
    """Words of labels that mean the same, and words that carry no meaning of their own."""

    def __init__(self, means: Mapping[str, str]) -> None:
        self._means = dict(means)
        self._memory: dict[str, tuple[str, ...]] = {}

    def _meaning(self, word: str) -> tuple[str, ...]:
        known = self._memory.get(word)
        if known is None:
            meant = self._means.get(word)
            known = (stem(word),) if meant is None else tuple(stem(part) for part in meant.split())
            self._memory[word] = known
        return known

    def key(self, label: str) -> str:
        """The label's meaningful words as stems, sorted: inflection, order and filler words aside.

        "Rutin för X" and "Aktuella rutiner för X" give one key; words that deny (inte, utan) stay.
        """
        return " ".join(sorted(self.stems(label)))

    def stems(self, text: str) -> frozenset[str]:
        """The meaningful words of a label or sentence, as stems."""
        return frozenset(part for word in words(text) for part in self._meaning(word))


def read_label_words(folder: Path) -> LabelWords:
    """The rows of label_words.csv in ``folder``. Raises RegisterError on a word that stands twice."""
    means: dict[str, str] = {}
    for row in read_rows(folder, FILE, COLUMNS):
        parts = words(row.required("word"))
        if len(parts) != 1 or parts[0] in means:
            raise RegisterError(f"Registret {FILE}, rad {row.number}: skriv ett ord, och bara en gång.")
        means[parts[0]] = " ".join(words(row["means"]))
    return LabelWords(means)
