import datetime as dt
from dataclasses import dataclass, make_dataclass, replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dataset import StaleFormatError, pack, unpack
from pipeline.dataset.codec import fingerprint
from pipeline.model import Box, Flag, Observation, ReadDocument
from tests.pipeline.dataset.made import document, flag, observations

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBER = st.none() | st.floats(allow_nan=False)
#: Whole numbers that a column of the dataset can hold.
WHOLE = st.integers(-(2**63), 2**63 - 1)
SOME = observations("d", "t")[0]


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


PLACES = st.builds(Place, st.integers(0, 9), st.floats(allow_nan=False))
THINGS = st.builds(
    Thing,
    name=TEXT,
    kind=st.sampled_from(["a", "b"]),
    count=WHOLE,
    share=st.none() | st.floats(allow_nan=False),
    sure=st.booleans(),
    label=st.none() | TEXT,
    place=PLACES,
    other=st.none() | PLACES,
    places=st.lists(PLACES, max_size=3).map(tuple),
    names=st.lists(TEXT, max_size=3).map(tuple),
    pairs=st.lists(st.tuples(WHOLE, TEXT), max_size=3).map(tuple),
    runs=st.lists(st.lists(st.floats(allow_nan=False), max_size=3).map(tuple), max_size=3).map(tuple),
    day=st.none() | st.dates(),
    when=st.none() | st.datetimes(timezones=st.just(dt.UTC)).map(lambda one: one.replace(fold=0)),
)


@given(THINGS)
def test_values_of_every_kind_are_read_back(one: Thing) -> None:
    back = unpack(Thing, pack(one))
    assert back == one
    assert repr(back) == repr(one)  # so are signs of zero, and whole numbers apart from floats


@given(
    raw=TEXT,
    value=NUMBER,
    comment=st.none() | TEXT,
    x0=st.floats(allow_nan=False),
    year=st.none() | WHOLE,
)
def test_whatever_is_packed_is_read_back(
    raw: str, value: float | None, comment: str | None, x0: float, year: int | None
) -> None:
    one = replace(SOME, value_raw=raw, value=value, comment=comment, box=Box(3, x0, 1.5, 2, 3), year=year)
    assert unpack(Observation, pack(one)) == one


@given(st.none() | st.datetimes(timezones=st.just(dt.UTC)), st.lists(TEXT, max_size=3))
def test_times_and_lists_are_read_back(when: dt.datetime | None, others: list[str]) -> None:
    one = flag(document(), reviewed_at=when, other_document_ids=tuple(others))
    assert unpack(Flag, pack(one)) == one


def test_whole_document_is_read_back() -> None:
    assert unpack(ReadDocument, pack(document())) == document()


def test_damaged_bytes_are_told() -> None:
    data = pack(document())
    for wrong in (b"", data[:-5], data[:20], b"x" + data, data.replace(b"\n", b" ", 1)):
        with pytest.raises(StaleFormatError):
            unpack(ReadDocument, wrong)


def test_bytes_of_another_shape_are_told() -> None:
    with pytest.raises(StaleFormatError):
        unpack(Observation, pack(flag(document())))


def test_a_change_of_a_nested_field_changes_the_fingerprint() -> None:
    inner_a = make_dataclass("Inner", [("a", "int")], frozen=True)
    inner_b = make_dataclass("Inner", [("b", "int")], frozen=True)
    outer_a = make_dataclass("Outer", [("inner", tuple[inner_a, ...])], frozen=True)
    outer_b = make_dataclass("Outer", [("inner", tuple[inner_b, ...])], frozen=True)
    assert fingerprint(outer_a) != fingerprint(outer_b)


@dataclass(frozen=True)
class Odd:
    thing: complex


def test_a_type_that_cannot_be_kept_is_refused_when_written() -> None:
    with pytest.raises(TypeError, match="complex"):
        pack(Odd(1j))


def test_a_number_that_no_column_holds_is_refused_when_written() -> None:
    with pytest.raises(OverflowError):
        pack(replace(SOME, year=2**64))


def test_a_changed_byte_anywhere_is_told() -> None:
    one = replace(document(), own_unit="0180")
    data = pack(one)
    for at in range(0, len(data), 7):
        wrong = bytearray(data)
        wrong[at] ^= 0x10
        with pytest.raises(StaleFormatError):
            unpack(type(one), bytes(wrong))
