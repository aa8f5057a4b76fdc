"""The grammar of printed quantities: numbers, intervals, margins, with their units.

Source of the rules: the field's own habits (decimal comma and point in one report; thousands parted by
spaces of any kind; open intervals as ``15- dgr``). What has two readings has none here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.normalize.text import clean, plain_dashes
from pipeline.normalize.words import words

if TYPE_CHECKING:
    from pipeline.reference.codes import ValueUnit, ValueUnitRegister


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed quantity: a value, an interval, or a value with its interval.

    Attributes:
        value: the figure itself, None for an interval alone.
        low, high: the bounds of the interval; None where it is open or absent.
        unit: ``procent``, ``kronor``, ``dagar`` … when it is printed beside the figure, else None.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None


#: Groups of three digits after a space (or two and more after points), or plain digits; then decimals.
_NUMBER = r"(?:\d{1,3}(?:[ ]\d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d+)(?:[.,]\d+)?"
_POINT_GROUPS = re.compile(r"^\d{1,3}(?:\.\d{3}){2,}$")
#: ``1.234`` may be one and a bit or one thousand: two readings.
_TWO_READINGS = re.compile(r"^[1-9]\d{0,2}\.\d{3}$")
#: So many texts are remembered with the unit that they are.
_MEMORY = 8192
_PLUS_MINUS = r"(?:±|\+/-|\+-)"


def _alternatives(texts: tuple[str, ...]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text)))


def parse_number(text: str) -> float | None:
    """One number without unit (``2 092``, ``87,5``, ``-3.1``), or None when ``text`` is not one alone.

    ``1.234`` has two readings and gives None; a footnote mark glued as a superscript is never a digit.
    """
    shown = plain_dashes(clean(text))
    return _float(shown) if re.fullmatch(rf"[-+]?{_NUMBER}", shown) else None


def _float(shown: str) -> float | None:
    sign = -1.0 if shown.startswith("-") else 1.0
    digits = shown.lstrip("+-").replace(" ", "")
    if _TWO_READINGS.match(digits):
        return None
    if _POINT_GROUPS.match(digits):
        digits = digits.replace(".", "")
    return sign * float(digits.replace(",", "."))


class QuantityGrammar:
    """Reads quantities with the units of value that a register knows. Immutable after it is made."""

    def __init__(self, register: ValueUnitRegister) -> None:
        self._register = register
        behind = tuple(unit.printed for unit in register.all if unit.place == "behind")
        self._by_printed = {unit.printed: unit for unit in register.all}
        self._units: dict[str, str | None] = {}
        known = _alternatives(behind)
        unit, inner = rf"(?:\s*(?P<unit>{known}))?", rf"(?:\s*(?:{known}))?"
        low, high = f"(?P<low>[-+]?{_NUMBER})", f"(?P<high>[-+]?{_NUMBER})"
        value = f"(?P<value>[-+]?{_NUMBER})"
        bounds = {name: _alternatives(listed) for name, listed in words().bounds.items()}
        about = rf"(?:(?:{bounds['about']})\s*)?"
        self._point = _whole(rf"{about}{value}{unit}")
        self._interval = _whole(rf"{about}{low}{inner}\s*(?:-|till|\.\.\.)\s*{high}{unit}")
        self._between_words = _whole(rf"mellan\s+{low}{inner}\s+och\s+{high}{unit}")
        self._open = (
            _whole(rf"{low}\s*[-+]{unit}"),
            _whole(rf"{low}{unit}\s+(?:{bounds['or_more']})"),
            _whole(rf"{high}{unit}\s+(?:{bounds['or_less']})"),
            _whole(rf"(?:{bounds['at_least']})\s*{low}{unit}"),
            _whole(rf"(?:{bounds['at_most']})\s*{high}{unit}"),
        )
        self._margin = _whole(rf"{_PLUS_MINUS}\s*{value}{unit}")
        self._with_margin = _whole(rf"{value}{inner}\s*{_PLUS_MINUS}\s*(?P<margin>{_NUMBER}){unit}")
        spread = rf"[(\[]\s*{low}\s*(?:-|till|;)\s*{high}\s*%?\s*[)\]]"
        self._with_interval = _whole(rf"{value}{unit}\s*{spread}")

    def unit_of(self, text: str) -> str | None:
        """The unit of value that a whole text is (``%``, ``(kr)``, ``Antal``), else None."""
        if text in self._units:
            return self._units[text]
        found = self._register.find(clean(text))
        unit = None if found is None else found.value_unit
        if len(self._units) < _MEMORY:
            self._units[text] = unit
        return unit

    def parse(self, text: str) -> Quantity | None:
        """Read a whole cell or phrase as one quantity, or None when it is not exactly one.

        Takes texts such as ``87.5 %``, ``2 092``, ``21-39,6``, ``15- dgr``, ``minst 3 månader``, ``±1,8``,
        ``37,1 (35,0-39,2)``. Percent stays 0–100; ``tkr`` and ``mkr`` are kept as units, not multiplied out.
        """
        shown = plain_dashes(clean(text))
        if not any(char.isdigit() for char in shown):
            return None
        if match := self._point.match(shown):
            value = _float(match["value"])
            return None if value is None else self._with_unit(Quantity(value=value), match)
        if match := self._interval.match(shown) or self._between_words.match(shown):
            return self._between(match)
        for pattern in self._open:
            if match := pattern.match(shown):
                return self._bounded(match)
        return self._with_spread(shown)

    def _with_unit(self, quantity: Quantity, match: re.Match[str]) -> Quantity:
        unit = self._printed_unit(match)
        return quantity if unit is None else replace(quantity, unit=unit.value_unit)

    def _printed_unit(self, match: re.Match[str]) -> ValueUnit | None:
        shown = match.groupdict().get("unit")
        return self._by_printed[" ".join(shown.casefold().split())] if shown else None

    def _between(self, match: re.Match[str]) -> Quantity | None:
        low, high = _float(match["low"]), _float(match["high"])
        if low is None or high is None or low > high:
            return None
        return self._with_unit(Quantity(low=low, high=high), match)

    def _bounded(self, match: re.Match[str]) -> Quantity | None:
        groups = match.groupdict()
        low = _float(groups["low"]) if groups.get("low") else None
        high = _float(groups["high"]) if groups.get("high") else None
        return None if low is None and high is None else self._with_unit(Quantity(low=low, high=high), match)

    def _with_spread(self, shown: str) -> Quantity | None:
        if match := self._margin.match(shown):
            size = _float(match["value"])
            return None if size is None else self._with_unit(Quantity(low=-abs(size), high=abs(size)), match)
        if match := self._with_margin.match(shown):
            value, size = _float(match["value"]), _float(match["margin"])
            if value is None or size is None:
                return None
            return self._with_unit(Quantity(value, round(value - size, 9), round(value + size, 9)), match)
        if match := self._with_interval.match(shown):
            value, low, high = (_float(match[name]) for name in ("value", "low", "high"))
            if value is None or low is None or high is None or low > high:
                return None
            return self._with_unit(Quantity(value, low, high), match)
        return None


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^{pattern}$", re.IGNORECASE)


@lru_cache(maxsize=8)
def quantity_grammar(register: ValueUnitRegister) -> QuantityGrammar:
    """The grammar over a register's units of value, built once per register."""
    return QuantityGrammar(register)


def parse_quantity(text: str) -> Quantity | None:
    """Read a whole text as one quantity with the units of the package's own registers, or None."""
    from pipeline.reference import load_registers

    return quantity_grammar(load_registers().value_units).parse(text)
