"""The counterpart of the value grammar: print a value the way the field's documents do.

Whatever :func:`format_value` prints, :func:`pipeline.normalize.answers.parse_value` reads back.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.normalize.answers import Value

#: Spaces that part thousands in print: space, no-break, thin, narrow no-break, or none.
THOUSANDS = (" ", "\u00a0", "\u2009", "\u202f", "")
#: How each unit may be spelled in a cell.
SPELLINGS = {
    "procent": (" %", "%", " procent"),
    "kronor": (" kr", " kronor"),
    "dagar": (" dgr", " dagar", " DAGAR"),
    "månader": (" mån", " månader"),
    "antal": (" st",),
    "tkr": (" tkr",),
    "timmar": (" timmar", " h"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """How to print: decimal mark, thousands mark, spelling of the unit, dash of intervals, letter case."""

    decimal: str = ","
    thousands: str = " "
    spelling: int = 0
    dash: str = "-"
    upper: bool = True


def format_number(value: float, style: Style | None = None) -> str:
    """``2092.0`` → ``2 092``; ``87.5`` → ``87,5``. Three decimals after a point get a fourth: they could
    be thousands."""
    style = style or Style()
    shown = format(Decimal(repr(value)).normalize(), "f")
    sign, shown = ("-", shown[1:]) if shown.startswith("-") else ("", shown)
    whole, _, decimals = shown.partition(".")
    if style.decimal == "." and len(decimals) == 3:
        decimals += "0"
    if style.thousands and len(whole) > 3:
        whole = f"{int(whole):,}".replace(",", style.thousands)
    return f"{sign}{whole}{style.decimal}{decimals}" if decimals else f"{sign}{whole}"


def _quantity(value: Value, style: Style) -> str:
    spelled = SPELLINGS.get(value.unit or "", ("",))
    unit = spelled[style.spelling % len(spelled)]
    if value.value is not None:
        return format_number(value.value, style) + unit
    if value.low is None and value.high is None:
        return ""
    if value.low is None:
        return f"högst {format_number(value.high or 0.0, style)}{unit}"
    high = "" if value.high is None else format_number(value.high, style)
    return f"{format_number(value.low, style)}{style.dash}{high}{unit}"


def format_value(value: Value, style: Style | None = None) -> str:
    """One cell's text for an ``ok`` or ``blank`` value.

    Raises:
        ValueError: a status that only a legend's code can print.
    """
    style = style or Style()
    if value.status == "blank":
        return ""
    if value.status != "ok":
        raise ValueError(value.status)
    quantity = _quantity(value, style)
    if value.answer is None:
        return quantity
    answer = value.answer if style.upper else value.answer.capitalize()
    shown = " ".join(part for part in (answer, value.note) if part)
    return f"{shown} ({quantity})" if quantity else shown
