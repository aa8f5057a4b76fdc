"""Columns of values of every kind that work parts hold are read back as they were."""

from __future__ import annotations

import datetime as dt
import json
import math
from array import array
from dataclasses import dataclass, replace
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dataset import StaleFormatError, pack, unpack
from pipeline.dataset.columnar import BETWEEN, Floats, reader, writer
from tests.pipeline.dataset.made import document


@dataclass(frozen=True, slots=True)
class Place:
    page: int
    x: float


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    kind: Literal["a", "b"]
    count: int
    share: float | None
    sure: bool
    label: str | None
    place: Place
    other: Place | None
    places: tuple[Place, ...]
    names: tuple[str, ...]
    pairs: tuple[tuple[int, str], ...]
    runs: tuple[tuple[float, ...], ...]
    day: dt.date | None
    when: dt.datetime | None


texts = st.text(st.characters(exclude_categories=["Cs"]) | st.just(BETWEEN), max_size=6)
numbers = st.floats(allow_nan=False)
places = st.builds(Place, st.integers(0, 9), numbers)
things = st.builds(
    Thing,
    name=texts,
    kind=st.sampled_from(["a", "b"]),
    count=st.integers(),
    share=st.none() | numbers,
    sure=st.booleans(),
    label=st.none() | texts,
    place=places,
    other=st.none() | places,
    places=st.lists(places, max_size=3).map(tuple),
    names=st.lists(texts, max_size=3).map(tuple),
    pairs=st.lists(st.tuples(st.integers(), texts), max_size=3).map(tuple),
    runs=st.lists(st.lists(numbers, max_size=3).map(tuple), max_size=3).map(tuple),
    day=st.none() | st.dates(),
    when=st.none() | st.datetimes(timezones=st.just(dt.UTC)).map(lambda one: one.replace(fold=0)),
)


def way(hint: Any, values: list[Any]) -> list[Any]:
    floats = array("d")
    matter = json.loads(json.dumps(writer(hint)(values, floats)))
    return list(reader(hint)(matter, len(values), Floats(list(floats))))


@given(st.lists(things, max_size=5))
def test_columns_are_read_back_as_they_were_written(values: list[Thing]) -> None:
    back = way(Thing, values)
    assert back == values
    assert repr(back) == repr(values)  # so are signs of zero, and whole numbers apart from floats


def test_a_zero_keeps_its_sign_beside_another() -> None:
    back = way(float | None, [0.0, -0.0])
    assert [math.copysign(1, value) for value in back] == [1, -1]


def test_columns_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        reader(int)([1, 2], 3, Floats([]))
    with pytest.raises(ValueError, match="too few"):
        reader(float)(None, 2, Floats([1.0]))


def test_a_changed_byte_anywhere_is_told() -> None:
    one = replace(document(), own_unit="0180")
    data = pack(one)
    for at in range(0, len(data), 7):
        wrong = bytearray(data)
        wrong[at] ^= 0x10
        with pytest.raises(StaleFormatError):
            unpack(type(one), bytes(wrong))
