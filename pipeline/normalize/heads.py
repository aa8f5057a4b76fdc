"""What the head of one column, or the label of one row, says: unit, year, sex, unit of value, or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.normalize.context import Context
from pipeline.normalize.grid import year_of
from pipeline.normalize.text import clean, folded
from pipeline.normalize.words import words
from pipeline.reference.folding import without_marks

if TYPE_CHECKING:
    from pipeline.reference.units import UnitMatch

#: Kinds of unit that a register names; groups are told by words.
REAL_UNITS = ("kommun", "stadsdel", "lan", "riket")
#: A row's label longer than this holds no unit's name among other words.
_LONG_NAME = 40
#: Roles that a head over labels has: the level stays a name.
_LABEL_ROLES = ("indicator", "unit", "year", "group")
_COLUMN_ROLES = ("comment", "number", "minmax", "change", "ignored", *_LABEL_ROLES)
_ROW_ROLES = ("number", "minmax")


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head or a row's label, taken apart.

    Attributes:
        index: 0-based column or row; printed: the levels verbatim, top to bottom (or left to right).
        names: the levels that remain as an indicator's name, outermost first.
        role: ``comment``, ``number``, ``minmax``, ``change``, ``ignored``, ``indicator``, ``unit``,
            ``group`` or ``year`` when a word of the field says so, else None.
        unit, unit_label: the unit it names and how; own: it means the document's own kommun.
        year: a printed year; year_offset: -1 for "förra året"; subgroup: sex or age; measure: unit of value.
        measure_word: the word that named the unit of value (``Andel``), a name where there is no other.
        answer: the answer a mark under it stands for, where the columns are the possible answers.
        period: a measurement period as printed (``1 februari 2019``).
    """

    index: int
    printed: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    role: str | None = None
    unit: UnitMatch | None = None
    unit_label: str | None = None
    own: bool = False
    year: int | None = None
    year_offset: int = 0
    subgroup: str | None = None
    measure: str | None = None
    measure_word: str | None = None
    period: str | None = None
    answer: str | None = None

    @property
    def text(self) -> str:
        """All levels as one text."""
        return " ".join(self.printed)

    @property
    def label(self) -> str:
        """The leaf: the last name, else the last level printed, else ``""``."""
        return self.names[-1] if self.names else (self.printed[-1] if self.printed else "")

    @property
    def group(self) -> str | None:
        """The names above the leaf, joined, or None."""
        return " – ".join(self.names[:-1]) or None

    @property
    def is_unit(self) -> bool:
        """Whether it names a unit that the registers know, a group, or the own kommun."""
        return self.own or (self.unit is not None and self.unit.exact)


class _Parts:
    """Collects what the levels of one head say."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.role: str | None = None
        self.unit: UnitMatch | None = None
        self.unit_label: str | None = None
        self.own = False
        self.year: int | None = None
        self.year_offset = 0
        self.subgroup: str | None = None
        self.measure: str | None = None
        self.measure_word: str | None = None
        self.period: str | None = None


def head_of(index: int, levels: Sequence[str], context: Context, *, row: bool = False) -> Head:
    """Take the levels of a column's head (or, with ``row``, of a row's label) apart.

    A level that is nothing but a year, a sex, an age band or a unit of value is taken off; a unit's name
    (``Riket``, ``Solna 2023``) is bound by the registers; what remains are names.
    """
    printed = tuple(levels)
    asked = (printed, row, context.year, context.lan)
    parts = context.heads.get(asked)
    if parts is None:
        parts = context.heads[asked] = _parts_of(printed, context, row=row)
    return Head(
        index=index,
        printed=printed,
        names=tuple(parts.names),
        role=parts.role,
        unit=parts.unit,
        unit_label=parts.unit_label,
        own=parts.own,
        year=parts.year,
        year_offset=parts.year_offset,
        subgroup=parts.subgroup,
        measure=parts.measure,
        measure_word=parts.measure_word,
        period=parts.period,
    )


def _parts_of(levels: Sequence[str], context: Context, *, row: bool) -> _Parts:
    parts = _Parts()
    for level in levels:
        _level(level, parts, context, row=row)
    if parts.measure is None:
        parts.measure = measure_in(" ".join(parts.names)) if parts.names else None
    parts.period = parts.period or next(filter(None, map(period_in, parts.names)), None)
    return parts


def _level(level: str, parts: _Parts, context: Context, *, row: bool) -> None:
    shown = folded(level).strip(" :")
    year = year_of(level)
    if year is not None:
        parts.year = year
        return
    if (period := period_in(level)) is not None and len(period) == len(clean(level)):
        parts.period = period
        return
    measure = context.codes.grammar.unit_of(level)
    if measure is not None and not (row and measure == "antal"):
        parts.measure = measure
        parts.measure_word = level if len(level) > 3 else None
        return
    subgroup = subgroup_of(shown)
    if subgroup is not None and (subgroup != "totalt" or parts.names or parts.unit is not None):
        parts.subgroup = None if subgroup == "totalt" else subgroup
        return
    if _relative_year(level, shown, parts, context, row=row):
        return
    parts.subgroup = parts.subgroup or words().first(words().subgroup_tails, shown)
    role = _role_in(shown)
    if role in _ROW_ROLES if row else role in _COLUMN_ROLES:
        parts.role = parts.role or role
        if role not in _LABEL_ROLES:
            return
    if not _unit(level, shown, parts, context, row=row):
        parts.names.append(level)


@lru_cache(maxsize=8192)
def _role_in(shown: str) -> str | None:
    return words().first(words().heads, shown)


def _relative_year(level: str, shown: str, parts: _Parts, context: Context, *, row: bool) -> bool:
    """``Förra året`` alone is the own kommun a year before; behind a unit or a name it is that one's year."""
    heads = words().heads
    if heads["this_year"].fullmatch(shown):
        parts.own = parts.own or parts.unit is None
        return True
    match = heads["prior_year"].search(shown)
    if match is None or len(shown) - len(match[0]) > _LONG_NAME:
        return False
    parts.year_offset = -1
    rest = " ".join((shown[: match.start()] + shown[match.end() :]).split()).strip(" ,()-")
    if not rest:
        parts.own = parts.own or parts.unit is None
    elif not _unit(rest, rest, parts, context, row=row):
        parts.names.append(level)
    return True


def _unit(level: str, shown: str, parts: _Parts, context: Context, *, row: bool) -> bool:
    """Bind a level to a unit. Two units in one head (``Stockholm`` over ``Riket``) keep the innermost."""
    bare, year = split_year(level)
    if words().heads["own_unit"].search(folded(bare)) and not row:
        parts.own, parts.unit_label = True, level
        parts.year = year if year is not None else parts.year
        return True
    match = unit_in_head(bare, context) if len(bare) < _LONG_NAME or not row else context.unit(bare)
    if match is None:
        return False
    if match.statistic in ("min", "max", "minmax"):
        parts.role = "minmax"
        return True
    if not match.exact:
        parts.unit = match if match.near and parts.unit is None else parts.unit
        return False
    if match.statistic == "of_which" and not row:
        return False
    if match.kind == "grupp" and parts.unit is not None and parts.unit.kind in REAL_UNITS:
        return False
    parts.own = match.relative == "kommun"
    parts.unit, parts.unit_label = match, without_marks(bare if year is not None else level)
    parts.year = year if year is not None else parts.year
    return True


def unit_in_head(bare: str, context: Context) -> UnitMatch | None:
    """The register's reading of a head, or of the unit's name within its few words (``Solnas svar``)."""
    match = context.unit(bare)
    if match is None or match.exact:
        return match
    for name in _wrapped_names(bare):
        found = context.known_unit(name)
        if found is not None:
            return found
    return match


@lru_cache(maxsize=8192)
def _wrapped_names(bare: str) -> tuple[str, ...]:
    return tuple(match["name"] for pattern in words().unit_wraps if (match := pattern.match(bare)))


@lru_cache(maxsize=1)
def _year_at_end() -> re.Pattern[str]:
    return re.compile(r"^(?P<rest>.*?\D)[\s,(]*(?:år\s*)?(?P<year>(?:19|20)\d\d)\)?$", re.IGNORECASE)


def split_year(text: str) -> tuple[str, int | None]:
    """``Solna 2023`` → (``Solna``, 2023); a text without a year at its end → (text, None)."""
    shown = clean(text)
    ends_so = shown.endswith(")") or shown[-1:].isdecimal()
    match = _year_at_end().match(shown) if ends_so else None
    if match is None:
        return shown, None
    return match["rest"].strip(" ,("), int(match["year"])


@lru_cache(maxsize=8192)
def subgroup_of(shown: str) -> str | None:
    """The sex or age band a folded text names (``kvinnor``, ``män``, ``totalt``, ``18-24 år``), else None."""
    if len(shown) > 40:
        return None
    found = words().first(words().subgroups, shown)
    if found is not None:
        return found
    return shown if words().ages.fullmatch(shown) else None


@lru_cache(maxsize=8192)
def measure_in(text: str) -> str | None:
    """The unit of value that a head or caption says its figures have (``Andel …, %``), else None."""
    return words().first(words().measure_heads, folded(text))


def measure_of_title(text: str) -> str | None:
    """The unit that a caption gives all its table's figures; None when it names counts and shares."""
    measure = measure_in(text)
    return None if measure == "procent" and "antal" in folded(text).replace(",", " ").split() else measure


@lru_cache(maxsize=1)
def _period() -> re.Pattern[str]:
    months = "|".join(words().months)
    day = rf"(?:\d{{1,2}}\s+)?(?:{months})(?:\s+(?:19|20)\d\d)?"
    full = rf"(?:\d{{1,2}}\s+)?(?:{months})\s+(?:19|20)\d\d"
    years = r"(?:19|20)\d\d\s*[-–—/]\s*(?:19|20)\d\d"
    return re.compile(rf"\b(?:{day}\s*(?:[-–—]|till)\s*{full}|{full}|{years})\b", re.IGNORECASE)


@lru_cache(maxsize=8192)
def period_in(text: str) -> str | None:
    """The measurement period a head prints (``1 februari 2019``, ``2019–2021``), verbatim, else None."""
    match = _period().search(text) if any(char.isdigit() for char in text) else None
    return match[0] if match else None
