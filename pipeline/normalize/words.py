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
        heads: role of a column → pattern of its head; measure_heads: unit of value → pattern of a head.
        unit_wraps: heads that hold a unit's name among other words, group ``name``.
        groups: labels of groups of kommuner that no register row names; subgroups, ages: parts of people.
        bounds: name → its words, lower case (``at_least``, ``at_most``, ``or_more``, ``about``).
        months: lower-case month name → 1 … 12; publisher: a line that names who published, group ``name``.
    """

    heads: Patterns
    measure_heads: Patterns
    groups: re.Pattern[str]
    unit_wraps: tuple[re.Pattern[str], ...]
    subgroups: Patterns
    subgroup_tails: Patterns
    ages: re.Pattern[str]
    bounds: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]
    publisher: tuple[re.Pattern[str], ...]

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
    return Words(
        heads=_each(raw["heads"]),
        measure_heads=_each(raw["measure_heads"]),
        groups=_any(raw["groups"]),
        unit_wraps=tuple(re.compile(pattern, re.IGNORECASE) for pattern in raw["unit_wraps"]),
        subgroups=_each(raw["subgroups"]),
        subgroup_tails=_each(raw["subgroup_tails"]),
        ages=re.compile(raw["ages"], re.IGNORECASE),
        bounds={name: tuple(word.casefold() for word in all_) for name, all_ in raw["bounds"].items()},
        months={name: number for number, name in enumerate(raw["months"], start=1)},
        publisher=tuple(re.compile(pattern) for pattern in raw["publisher_marks"]),
    )
