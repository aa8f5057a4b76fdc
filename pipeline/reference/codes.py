"""Answer codes, units of value and colours: how tables code their values by default.

These are defaults: a document's own legend wins (DATASET.md), then its colours, then its layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.reference.csvfile import Row, read_rows

ANSWER_FILE, UNIT_FILE, COLOUR_FILE = "answers.csv", "value_units.csv", "colours.csv"
ANSWER_COLUMNS = ("printed", "answer", "status", "note", "explanation")
UNIT_COLUMNS = ("value_unit", "printed", "place", "base_unit", "factor", "note")
COLOUR_COLUMNS = (
    "colour",
    "name",
    "hue_from",
    "hue_to",
    "saturation_from",
    "saturation_to",
    "lightness_from",
    "lightness_to",
    "meaning",
    "note",
)
ANSWERS = ("", "JA", "NEJ", "DELVIS")
#: So many fills are remembered with the colour that they are.
_MEMORY = 4096
STATUSES = ("ok", "blank", "missing", "suppressed", "not_applicable", "unknown", "unreadable")


@dataclass(frozen=True, slots=True)
class AnswerCode:
    """What a printed code means where no legend says otherwise.

    Attributes:
        printed: lower case, one space between words.
        answer: ``JA``, ``NEJ``, ``DELVIS`` or None; note: published as answer_note ("MED VISSA").
        status: status of the published observation; explanation: for people, also of known clashes.
    """

    printed: str
    answer: str | None
    status: str
    note: str | None
    explanation: str | None


class AnswerRegister:
    """Answer and missing-value codes by their printed form."""

    def __init__(self, codes: Iterable[AnswerCode]) -> None:
        self._codes = tuple(codes)
        self._by_printed: Mapping[str, AnswerCode] = {code.printed: code for code in self._codes}

    @property
    def all(self) -> tuple[AnswerCode, ...]:
        """All rows in the register's order."""
        return self._codes

    def find(self, text: str) -> AnswerCode | None:
        """The code that a whole cell is (case, white space and outer punctuation aside); None if none."""
        folded = " ".join(text.casefold().split())
        return self._by_printed.get(folded) or self._by_printed.get(folded.strip(" .,;:()*\"'"))


@dataclass(frozen=True, slots=True)
class ValueUnit:
    """A printed unit of value.

    Attributes:
        value_unit: as published (``procent``, ``kronor``, ``tkr``, ``dagar``, ``antal`` …).
        place: ``behind`` (also glued to a number) or ``header`` (only as or in a header or unit row).
        base_unit, factor: value × factor is the value in base_unit, for comparisons (tkr → kronor × 1000).
    """

    value_unit: str
    printed: str
    place: str
    base_unit: str
    factor: float


class ValueUnitRegister:
    """Units of value by their printed form."""

    def __init__(self, units: Iterable[ValueUnit]) -> None:
        self._units = tuple(units)
        self._by_printed: Mapping[str, ValueUnit] = {unit.printed: unit for unit in self._units}

    @property
    def all(self) -> tuple[ValueUnit, ...]:
        """All rows, longest printed form first (for building a pattern of alternatives)."""
        return tuple(sorted(self._units, key=lambda unit: (-len(unit.printed), unit.printed)))

    def find(self, text: str) -> ValueUnit | None:
        """The unit that a whole text is ("%", "(kr)", "Dagar"); None if none."""
        folded = " ".join(text.casefold().split())
        return self._by_printed.get(folded) or self._by_printed.get(folded.strip(" .,;()[]"))


@dataclass(frozen=True, slots=True)
class ColourRange:
    """A named range of colours (hue 0–360 degrees, saturation and lightness 0–1, the HSL model).

    ``hue_from`` > ``hue_to`` means that the range goes through 0. ``meaning`` is the default answer
    or status of the colour where neither legend nor layout gives one.
    """

    colour: str
    name: str
    hue: tuple[float, float]
    saturation: tuple[float, float]
    lightness: tuple[float, float]
    meaning: str | None

    def holds(self, hue: float, saturation: float, lightness: float) -> bool:
        """Whether a colour (degrees, 0–1, 0–1) lies in the range, edges included."""
        first, last = self.hue
        in_hue = first <= hue <= last if first <= last else hue >= first or hue <= last
        in_saturation = self.saturation[0] <= saturation <= self.saturation[1]
        return in_hue and in_saturation and self.lightness[0] <= lightness <= self.lightness[1]


class ColourRegister:
    """Named colours by their ranges; the first row that holds a colour wins."""

    def __init__(self, ranges: Iterable[ColourRange]) -> None:
        self._ranges = tuple(ranges)
        self._memory: dict[str, ColourRange | None] = {}

    @property
    def all(self) -> tuple[ColourRange, ...]:
        """All rows in the register's order."""
        return self._ranges

    def find(self, fill: str | None) -> ColourRange | None:
        """The named colour of a fill ``#rrggbb``; None for none, white, black and unnamed colours.

        Raises ValueError when the text is no ``#rrggbb``.
        """
        if fill is None:
            return None
        if fill not in self._memory:
            found = self._find(fill)
            if len(self._memory) >= _MEMORY:
                return found
            self._memory[fill] = found
        return self._memory[fill]

    def _find(self, fill: str) -> ColourRange | None:
        import colorsys

        red, green, blue = (int(fill[start : start + 2], 16) / 255 for start in (1, 3, 5))
        hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
        return next((r for r in self._ranges if r.holds(hue * 360, saturation, lightness)), None)


def read_answers(folder: Path) -> AnswerRegister:
    """The rows of answers.csv in ``folder``. Raises RegisterError, also on a code that stands twice."""
    codes: dict[str, AnswerCode] = {}
    for row in read_rows(folder, ANSWER_FILE, ANSWER_COLUMNS):
        printed = " ".join(row.required("printed").casefold().split())
        if printed in codes:
            raise row.error(f"koden ”{printed}” står två gånger.")
        codes[printed] = AnswerCode(
            printed,
            row.one_of("answer", ANSWERS) or None,
            row.one_of("status", STATUSES),
            row.optional("note"),
            row.optional("explanation"),
        )
    return AnswerRegister(codes.values())


def read_value_units(folder: Path) -> ValueUnitRegister:
    """The rows of value_units.csv in ``folder``. Raises RegisterError, also on a form that stands twice."""
    units: dict[str, ValueUnit] = {}
    for row in read_rows(folder, UNIT_FILE, UNIT_COLUMNS):
        printed = " ".join(row.required("printed").casefold().split())
        if printed in units:
            raise row.error(f"enheten ”{printed}” står två gånger.")
        place = row.one_of("place", ("behind", "header"))
        units[printed] = ValueUnit(
            row.required("value_unit"), printed, place, row.required("base_unit"), _number(row, "factor", 1e9)
        )
    return ValueUnitRegister(units.values())


def read_colours(folder: Path) -> ColourRegister:
    """The rows of colours.csv in ``folder``. Raises RegisterError."""
    return ColourRegister([_colour(row) for row in read_rows(folder, COLOUR_FILE, COLOUR_COLUMNS)])


def _colour(row: Row) -> ColourRange:
    def pair(name: str, most: float) -> tuple[float, float]:
        return (_number(row, f"{name}_from", most), _number(row, f"{name}_to", most))

    return ColourRange(
        row.one_of("colour", ("gron", "gul", "rod", "gra")),
        row.required("name"),
        pair("hue", 360),
        pair("saturation", 1),
        pair("lightness", 1),
        row.one_of("meaning", (*ANSWERS, *STATUSES)) or None,
    )


def _number(row: Row, column: str, most: float) -> float:
    try:
        value = float(row.required(column))
    except ValueError:
        value = -1.0
    if not 0 <= value <= most:
        raise row.error(f"kolumnen {column} är ”{row[column]}” men ska vara ett tal från 0 till {most:g}.")
    return value
