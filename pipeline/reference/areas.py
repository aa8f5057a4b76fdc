"""Areas of Öppna jämförelser and quality areas, and finding them in titles and headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.reference.csvfile import read_rows
from pipeline.reference.folding import searchable

FILE, QUALITY_FILE = "areas.csv", "quality_areas.csv"
COLUMNS = ("area", "phrase", "role", "note")
QUALITY_COLUMNS = ("quality_area", "phrase", "role", "note")


@dataclass(frozen=True, slots=True)
class AreaPhrase:
    """A phrase that names an area.

    Attributes:
        code: area code of the published dataset (``ekonomiskt_bistand`` …).
        phrase: lower-case words; white space and hyphens between them may be anything.
        role: ``name`` (shown to people; one per code), ``alias``, or ``weak``: used only where
            no stronger phrase stands (a word that other areas' titles use too).
    """

    code: str
    phrase: str
    role: str


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    code: str
    weak: bool


class AreaRegister:
    """Areas (or quality areas) and the phrases that name them."""

    def __init__(self, phrases: Iterable[AreaPhrase]) -> None:
        self._phrases = tuple(phrases)
        self._names: Mapping[str, str] = {p.code: p.phrase for p in self._phrases if p.role == "name"}

    @cached_property
    def _patterns(self) -> tuple[tuple[str, re.Pattern[str], AreaPhrase], ...]:
        """Each phrase's longest word (where it is not, the phrase is not), its pattern, and the phrase."""
        ordered = sorted(self._phrases, key=lambda p: (-len(p.phrase), p.phrase))
        return tuple((searchable(max(_words(p.phrase), key=len)), _pattern(p.phrase), p) for p in ordered)

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in the register's order."""
        return tuple(self._names)

    @property
    def phrases(self) -> tuple[AreaPhrase, ...]:
        """All rows."""
        return self._phrases

    def name(self, code: str) -> str:
        """The Swedish name of a code, lower case. Raises KeyError when the register has none."""
        return self._names[code]

    def find(self, text: str) -> str | None:
        """The area that a title or heading names: the first one in it; None if none.

        Where phrases overlap the longest counts; a weak phrase counts only if the text has no other.
        """
        found = self.find_all(text)
        return found[0] if found else None

    def find_all(self, text: str) -> tuple[str, ...]:
        """All areas that a text names, each once, in the order of their first mention."""
        spots: list[_Found] = []
        shown = searchable(text)
        for word, pattern, phrase in self._patterns:
            for match in pattern.finditer(text) if word in shown else ():
                spot = _Found(match.start(), match.end(), phrase.code, phrase.role == "weak")
                if all(spot.end <= had.start or had.end <= spot.start for had in spots):
                    spots.append(spot)
        strong = [spot for spot in spots if not spot.weak] or spots
        ordered = sorted(strong, key=lambda spot: spot.start)
        return tuple(dict.fromkeys(spot.code for spot in ordered))


def _pattern(phrase: str) -> re.Pattern[str]:
    # Hyphens, line breaks and spaces may stand between words; a definite or genitive ending may follow.
    parts = [re.escape(part) for part in _words(phrase)]
    return re.compile(
        r"(?<!\w)" + r"[\s\-‐‑–]*".join(parts) + r"(?:e?n|e?t|s|ens|ets|ns|ts)?(?!\w)", re.IGNORECASE
    )


def _words(phrase: str) -> list[str]:
    return re.split(r"[\s-]+", phrase)


def read_areas(folder: Path) -> AreaRegister:
    """The register of areas from areas.csv in ``folder``. Raises RegisterError."""
    return _read(folder, FILE, COLUMNS)


def read_quality_areas(folder: Path) -> AreaRegister:
    """The register of quality areas from quality_areas.csv in ``folder``. Raises RegisterError."""
    return _read(folder, QUALITY_FILE, QUALITY_COLUMNS)


def _read(folder: Path, name: str, columns: tuple[str, ...]) -> AreaRegister:
    phrases: list[AreaPhrase] = []
    for row in read_rows(folder, name, columns):
        role = row.one_of("role", ("name", "alias", "weak"))
        phrases.append(AreaPhrase(row.required(columns[0]), row.required("phrase").casefold(), role))
        if role == "name" and sum(p.role == "name" and p.code == row[columns[0]] for p in phrases) > 1:
            raise row.error(f"koden ”{row[columns[0]]}” har redan ett namn.")
    unnamed = {p.code for p in phrases} - {p.code for p in phrases if p.role == "name"}
    if unnamed:
        raise RegisterError(f"Registret {name}: koden ”{min(unnamed)}” saknar en rad med rollen name.")
    return AreaRegister(phrases)
