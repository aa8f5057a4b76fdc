"""The grammar of printed quantities: numbers, intervals, margins, with their units.

Source of the rules: the field's own habits (decimal comma and point in one report; thousands parted by
spaces of any kind; open intervals as ``15- dgr``). What has two readings has none here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.normalize.text import clean, plain_dashes
from pipeline.normalize.words import words


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


#: Groups of three digits after a space, or plain digits; then decimals after comma or point.
_NUMBER = r"(?:\d{1,3}(?:[ ]\d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d+)(?:[.,]\d+)?"
_POINT_GROUPS = re.compile(r"^\d{1,3}(?:\.\d{3}){2,}$")
#: ``1.234`` may be one and a bit or one thousand: two readings.
_TWO_READINGS = re.compile(r"^[1-9]\d{0,2}\.\d{3}$")


@dataclass(frozen=True, slots=True)
class _Grammar:
    point: re.Pattern[str]
    interval: re.Pattern[str]
    above: re.Pattern[str]
    above_after: re.Pattern[str]
    below: re.Pattern[str]
    margin: re.Pattern[str]
    with_margin: re.Pattern[str]
    with_interval: re.Pattern[str]


def _words_pattern(name: str) -> str:
    listed = sorted(words().bounds[name], key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in listed)


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    unit = rf"(?:\s*(?P<unit>{words().measure_pattern}))?"
    inner = rf"(?:\s*(?:{words().measure_pattern}))?"
    low, high = f"(?P<low>[-+]?{_NUMBER})", f"(?P<high>[-+]?{_NUMBER})"
    value = f"(?P<value>[-+]?{_NUMBER})"
    about = rf"(?:(?:{_words_pattern('about')})\s*)?"
    or_more = _words_pattern("or_more")
    second = rf"(?P<low2>{_NUMBER})(?:\s*(?P<unit2>{words().measure_pattern}))?"

    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(rf"^{pattern}$", re.IGNORECASE)

    return _Grammar(
        point=made(rf"{about}{value}{unit}"),
        interval=made(rf"{about}{low}{inner}\s*(?:-|till|\.\.\.)\s*{high}{unit}"),
        above=made(rf"(?:{_words_pattern('at_least')})\s*{low}{unit}"),
        above_after=made(rf"(?:{low}\s*(?:-|\+){unit}|{second}\s+(?:{or_more}))"),
        below=made(rf"(?:{_words_pattern('at_most')})\s*{high}{unit}"),
        margin=made(rf"(?:±|\+/-|\+-)\s*{value}{unit}"),
        with_margin=made(rf"{value}{inner}\s*(?:±|\+/-|\+-)\s*(?P<margin>{_NUMBER}){unit}"),
        with_interval=made(rf"{value}{unit}\s*[(\[]\s*{low}\s*(?:-|till|;)\s*{high}\s*%?\s*[)\]]"),
    )


def parse_number(text: str) -> float | None:
    """One number without unit (``2 092``, ``87,5``, ``-3.1``), or None when ``text`` is not one alone.

    ``1.234`` has two readings and gives None; a footnote mark glued as a superscript is never a digit.
    """
    shown = plain_dashes(clean(text))
    if not re.fullmatch(rf"[-+]?{_NUMBER}", shown):
        return None
    return _float(shown)


def _float(shown: str) -> float | None:
    sign = -1.0 if shown.startswith("-") else 1.0
    digits = shown.lstrip("+-").replace(" ", "")
    if _TWO_READINGS.match(digits):
        return None
    if _POINT_GROUPS.match(digits):
        digits = digits.replace(".", "")
    return sign * float(digits.replace(",", "."))


def _unit(match: re.Match[str], *names: str) -> str | None:
    for name in names:
        shown = match.groupdict().get(name)
        if shown:
            return words().measures[shown.casefold()]
    return None


def parse_quantity(text: str) -> Quantity | None:
    """Read a whole cell or phrase as one quantity, or None when it is not exactly one.

    Takes texts such as ``87.5 %``, ``2 092``, ``21-39,6``, ``15- dgr``, ``minst 3 månader``, ``±1,8``,
    ``37,1 (35,0-39,2)``. Percent stays 0–100; ``tkr`` and ``mkr`` are kept as units, not multiplied out.
    """
    shown = plain_dashes(clean(text))
    if not any(char.isdigit() for char in shown):
        return None
    grammar = _grammar()
    if match := grammar.point.match(shown):
        value = _float(match["value"])
        return None if value is None else Quantity(value=value, unit=_unit(match, "unit"))
    if match := grammar.interval.match(shown):
        return _interval(match, "low", "high")
    if match := grammar.above_after.match(shown):
        return _open(match["low"] or match["low2"], None, _unit(match, "unit", "unit2"))
    if match := grammar.above.match(shown):
        return _open(match["low"], None, _unit(match, "unit"))
    if match := grammar.below.match(shown):
        return _open(None, match["high"], _unit(match, "unit"))
    return _with_spread(shown)


def _open(low: str | None, high: str | None, unit: str | None) -> Quantity | None:
    first = _float(low) if low else None
    last = _float(high) if high else None
    return None if first is None and last is None else Quantity(low=first, high=last, unit=unit)


def _interval(match: re.Match[str], low: str, high: str) -> Quantity | None:
    first, last = _float(match[low]), _float(match[high])
    if first is None or last is None or first > last:
        return None
    return Quantity(low=first, high=last, unit=_unit(match, "unit"))


def _with_spread(shown: str) -> Quantity | None:
    grammar = _grammar()
    if match := grammar.margin.match(shown):
        value = _float(match["value"])
        return None if value is None else Quantity(low=-abs(value), high=abs(value), unit=_unit(match, "unit"))
    if match := grammar.with_margin.match(shown):
        value, margin = _float(match["value"]), _float(match["margin"])
        if value is None or margin is None:
            return None
        low, high = round(value - margin, 9), round(value + margin, 9)
        return Quantity(value=value, low=low, high=high, unit=_unit(match, "unit"))
    if match := grammar.with_interval.match(shown):
        value, spread = _float(match["value"]), _interval(match, "low", "high")
        if value is None or spread is None:
            return None
        return Quantity(value=value, low=spread.low, high=spread.high, unit=_unit(match, "unit"))
    return None
