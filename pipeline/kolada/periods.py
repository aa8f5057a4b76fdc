"""Which of Kolada's years an edition's value is: the period that is printed, else a rule of ``periods.csv``.

An ÖJ edition is named after the year of its survey, and Kolada files an answer under that year. Register
figures, background measures and costs of an edition are those of the year before. A row of the file is
``offset`` (years from edition to Kolada's year) for one indicator or a whole quality area, for the
editions ``first_year`` to ``last_year`` (empty: open). A row for the indicator goes before one for its
area; without a row the offset is 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.reference import Registers
from pipeline.reference.csvfile import Row, read_rows

PERIOD_FILE, GENDER_FILE = "periods.csv", "genders.csv"
PERIOD_COLUMNS = ("indicator_id", "quality_area", "first_year", "last_year", "offset", "note")
GENDER_COLUMNS = ("subgroup", "gender", "note")
LARGEST_OFFSET = 5


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """One row: exactly one of indicator_id and quality_area is set; years are editions, None where open."""

    indicator_id: str | None
    quality_area: str | None
    first_year: int | None
    last_year: int | None
    offset: int

    def holds(self, edition: int) -> bool:
        """Whether the rule is for this edition."""
        return (self.first_year or 0) <= edition <= (self.last_year or 9999)


@dataclass(frozen=True, slots=True)
class PeriodRules:
    """The rules for years, and the words for sex.

    Attributes:
        genders: printed subgroup, lower case → Kolada's ``T``, ``K`` or ``M``.
    """

    rules: tuple[PeriodRule, ...]
    genders: Mapping[str, str]

    def year(
        self, indicator_id: str, quality_area: str | None, edition: int | None, period: str | None
    ) -> int | None:
        """Kolada's year of a value; None when neither a period with a year nor an edition is known.

        Args:
            edition: the ÖJ edition; period: the measurement period as printed.
        """
        printed = printed_year(period)
        if printed is not None:
            return printed
        return None if edition is None else edition + self.offset(indicator_id, quality_area, edition)

    def offset(self, indicator_id: str, quality_area: str | None, edition: int) -> int:
        """Years from the edition to Kolada's year."""
        held = [rule for rule in self.rules if rule.holds(edition)]
        for rule in held:
            if rule.indicator_id == indicator_id:
                return rule.offset
        for rule in held:
            if rule.quality_area is not None and rule.quality_area == quality_area:
                return rule.offset
        return 0

    def gender(self, subgroup: str | None) -> str | None:
        """Kolada's letter for a printed subgroup: T for none; None for one that is no sex (an age)."""
        return "T" if subgroup is None else self.genders.get(subgroup.strip().casefold())


def printed_year(period: str | None) -> int | None:
    """The last year that a printed period names (Kolada files a mean over years under its last), or None."""
    return max((int(year) for year in _years().findall(period or "")), default=None)


def load_period_rules(registers: Registers, folder: Path | None = None) -> PeriodRules:
    """The rules of a folder (None: the package's own).

    Raises:
        RegisterError: a file cannot be read, or a row names what the registers do not know.
    """
    where = folder or Path(__file__).resolve().parent
    rules = tuple(_rule(row, registers) for row in read_rows(where, PERIOD_FILE, PERIOD_COLUMNS))
    genders = {
        row.required("subgroup").casefold(): row.one_of("gender", ("T", "K", "M"))
        for row in read_rows(where, GENDER_FILE, GENDER_COLUMNS)
    }
    return PeriodRules(rules, genders)


def _rule(row: Row, registers: Registers) -> PeriodRule:
    indicator_id, quality_area = row.optional("indicator_id"), row.optional("quality_area")
    if (indicator_id is None) == (quality_area is None):
        raise row.error("ange antingen indicator_id eller quality_area.")
    if indicator_id is not None and indicator_id not in registers.indicators:
        raise row.error(f"indikatorn ”{indicator_id}” finns inte i registret.")
    row.one_of("quality_area", ("", *registers.quality_areas.codes))
    offset = row.required("offset")
    if not (offset.removeprefix("-").isdecimal() and abs(int(offset)) <= LARGEST_OFFSET):
        raise row.error(f"kolumnen offset är ”{offset}” men ska vara ett antal år, högst {LARGEST_OFFSET}.")
    first, last = row.years("first_year", "last_year")
    return PeriodRule(indicator_id, quality_area, first, last, int(offset))


@lru_cache(maxsize=1)
def _years() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
