"""How many decimals a figure is given with, and when two roundings of one figure are the same."""

from __future__ import annotations

import re
from functools import lru_cache

#: Decimals that a measure can be given with; more is a computer's rest.
MOST_DECIMALS = 6
#: A computer's rest, against half a unit of the last decimal.
_REST = 1e-9


def printed_decimals(raw: str, value: float) -> int:
    """Decimals of ``value`` as printed in ``raw`` (``12,0 %`` has one; ``2.092`` as 2092 has none).

    Where no number of the text is the value, the fewest decimals that give it.
    """
    for match in _number().finditer(raw):
        text = _spaces().sub("", match[0])
        whole, _, fraction = text.replace(",", ".").rpartition(".")
        if whole and abs(float(f"{whole.replace('.', '')}.{fraction}") - abs(value)) < _REST:
            return min(len(fraction), MOST_DECIMALS)
    return decimals(value)


def decimals(value: float) -> int:
    """The fewest decimals (at most 6) that give the value."""
    for digits in range(MOST_DECIMALS):
        if abs(value - round(value, digits)) < _REST * max(1.0, abs(value)):
            return digits
    return MOST_DECIMALS


def same(one: float, other: float, digits: int) -> bool:
    """Whether two figures are one figure rounded to ``digits`` decimals (or finer) at either side."""
    return abs(one - other) <= 0.5 * 10.0**-digits + _REST * max(1.0, abs(one))


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    return re.compile(r"\d(?:[\d.,\s]*\d)?")


@lru_cache(maxsize=1)
def _spaces() -> re.Pattern[str]:
    return re.compile(r"\s+")
