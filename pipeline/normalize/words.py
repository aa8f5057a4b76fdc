"""The words of the field that tell rows, columns and values apart, compiled once from ``words.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

Patterns = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled word lists; each mapping goes from a name to one pattern over all its spellings.

    Attributes:
        measures: printed spelling (lower case) → unit of value (``%`` → ``procent``).
        measure_pattern: alternatives of all spellings, longest first, without anchors.
        heads, statistics, subgroups, quality_areas, document_types, measure_heads: name → pattern.
        bounds: name → its words, lower case.
        months: lower-case month name → 1 … 12.
    """

    measures: Mapping[str, str]
    measure_pattern: str
    measure_heads: Patterns
    heads: Patterns
    statistics: Patterns
    groups: re.Pattern[str]
    subgroups: Patterns
    ages: re.Pattern[str]
    bounds: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]
    quality_areas: Patterns
    document_types: Patterns
    web_marks: re.Pattern[str]
    publisher_marks: re.Pattern[str]

    def first(self, patterns: Patterns, text: str) -> str | None:
        """The name of the first pattern that is found in ``text`` (in the file's order), or None."""
        for name, pattern in patterns.items():
            if pattern.search(text):
                return name
        return None


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _each(section: Mapping[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {name: _any(patterns) for name, patterns in section.items()}


@lru_cache(maxsize=1)
def words() -> Words:
    """The word lists of this package, read once."""
    import yaml

    raw: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    spellings = {spelling.casefold(): name for name, all_ in raw["measures"].items() for spelling in all_}
    longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return Words(
        measures=spellings,
        measure_pattern="|".join(re.escape(spelling) for spelling in longest_first),
        measure_heads=_each(raw["measure_heads"]),
        heads=_each(raw["heads"]),
        statistics=_each(raw["statistics"]),
        groups=_any(raw["groups"]),
        subgroups=_each(raw["subgroups"]),
        ages=re.compile(raw["ages"], re.IGNORECASE),
        bounds={name: tuple(word.casefold() for word in all_) for name, all_ in raw["bounds"].items()},
        months={name: number for number, name in enumerate(raw["months"], start=1)},
        quality_areas=_each(raw["quality_areas"]),
        document_types=_each(raw["document_types"]),
        web_marks=_any(raw["web_marks"]),
        publisher_marks=re.compile("|".join(raw["publisher_marks"][:1]), re.IGNORECASE),
    )
