"""Decimals as printed, and roundings of one figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.kolada.rounding import decimals, printed_decimals, same


@pytest.mark.parametrize(
    ("raw", "value", "digits"),
    [
        ("12,0 %", 12.0, 1),
        ("87.5", 87.5, 1),
        ("2 092", 2092.0, 0),
        ("2\u00a0092,50 kr", 2092.5, 2),
        ("2.092", 2092.0, 0),
        ("1.234,5", 1234.5, 1),
        ("Tabell 3: 4,25", 4.25, 2),
        ("fyra", 4.0, 0),
        ("", 4.5, 1),
        ("-3,10", -3.1, 2),
        ("88", 88.0, 0),
    ],
)
def test_printed_decimals(raw: str, value: float, digits: int) -> None:
    assert printed_decimals(raw, value) == digits


@given(st.decimals(0, 10**7, places=3), st.integers(0, 3))
def test_a_printed_number_has_the_decimals_it_was_printed_with(number: object, places: int) -> None:
    shown = f"{number:.{places}f}"
    assert printed_decimals(f"{shown.replace('.', ',')} %", float(shown)) == places
    assert decimals(float(shown)) <= places


@given(st.floats(0, 10**6), st.integers(0, 3), st.integers(0, 3))
def test_two_roundings_of_one_figure_are_the_same(figure: float, one: int, other: int) -> None:
    assert same(round(figure, one), round(figure, other), min(one, other))


@pytest.mark.parametrize(
    ("one", "other", "digits", "equal"),
    [
        (88, 87.5, 0, True),
        (88, 87.4, 0, False),
        (12.3, 12.34, 1, True),
        (12.3, 12.36, 1, False),
        (0.1 + 0.2, 0.3, 6, True),
        (2092, 2093, 0, False),
    ],
)
def test_same(one: float, other: float, digits: int, equal: bool) -> None:
    assert same(one, other, digits) is equal
