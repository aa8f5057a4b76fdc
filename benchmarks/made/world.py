"""A made-up country of answers: what every kommun answered on every indicator of every edition.

A value hangs on its unit, indicator, year and the seed only, so two documents that print it agree.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

HERE = Path(__file__).parent
UNITS = HERE.parents[1] / "pipeline" / "reference" / "units.csv"
YEARS = range(2012, 2024)
#: Shares of the answers that are neither JA nor NEJ.
PARTLY, MISSING = 0.05, 0.01


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator: its area, its label and what it is answered with (``answer``, ``share``, ``money``)."""

    area: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Lan:
    """A län with its kommuner, both by name."""

    name: str
    kommuner: tuple[str, ...]


@lru_cache(maxsize=1)
def indicators() -> dict[str, tuple[Asked, ...]]:
    """The indicators by area, in the order of the file."""
    found: dict[str, list[Asked]] = {}
    with (HERE / "indicators.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["area"], []).append(Asked(row["area"], row["kind"], row["label"]))
    return {area: tuple(listed) for area, listed in found.items()}


@lru_cache(maxsize=1)
def counties() -> tuple[Lan, ...]:
    """The län of more than one kommun, by code."""
    with UNITS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["valid_to"]]
    kommuner: dict[str, list[str]] = {}
    for row in rows:
        if row["kind"] == "kommun":
            kommuner.setdefault(row["lan_code"], []).append(row["name"])
    lan = {row["lan_code"]: row["name"] for row in rows if row["kind"] == "lan"}
    return tuple(
        Lan(lan[code], tuple(sorted(names))) for code, names in sorted(kommuner.items()) if len(names) > 1
    )


@dataclass(frozen=True)
class World:
    """All values, by seed."""

    seed: int

    def part(self, *key: object) -> float:
        """A number from 0 up to 1 that hangs on the key."""
        text = "\x1f".join(map(str, (self.seed, *key)))
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=7).digest(), "big") / 2**56

    def level(self, asked: Asked, year: int) -> float:
        """The share of all kommuner that answered JA, or where the middle of the figures lies."""
        base = 0.15 + 0.75 * self.part("level", asked.label)
        slope = 0.03 * (self.part("slope", asked.label) - 0.3)
        return min(0.99, max(0.03, base + slope * (year - YEARS[0])))

    def riket(self, asked: Asked, year: int) -> int:
        """Whole percent for Riket."""
        return round(100 * self.level(asked, year))

    def answer(self, unit: str, asked: Asked, year: int) -> str:
        """``JA``, ``NEJ``, ``DELVIS`` or ``..``; steady over the years but for a few changes."""
        odd = self.part("odd", unit, asked.label, year)
        if odd < MISSING:
            return ".."
        if odd > 1 - PARTLY:
            return "DELVIS"
        steady = self.part("unit", unit, asked.label)
        return "JA" if steady < self.level(asked, year) else "NEJ"

    def figure(self, unit: str, asked: Asked, year: int) -> float:
        """A unit's own figure: percent with one decimal, or whole kronor."""
        within = self.part("figure", unit, asked.label, year // 3)
        if asked.kind == "money":
            return float(round(200 + 4800 * within))
        return round(100 * min(1.0, 0.6 * self.level(asked, year) + 0.4 * within), 1)

    @cached_property
    def n_areas(self) -> int:
        """How many areas there are."""
        return len(indicators())
