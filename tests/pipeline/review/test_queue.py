"""Filters against a plain reckoning of the same thing; the address that holds them."""

from dataclasses import replace
from itertools import pairwise
from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box, Flag
from pipeline.review.catalog import Item
from pipeline.review.columns import Columns, values_of
from pipeline.review.queue import ANY, FACETS, ORDERS, Filter, Found, Row

NAMES = st.sampled_from(["a", "b", "c"])
SEVERITIES = st.sampled_from(["error", "warning", "info"])


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    made = []
    for number in range(draw(st.integers(0, 14))):
        flag = Flag(
            flag_id=f"flag-{number}",
            evidence_hash="e",
            document_id=draw(NAMES),
            check=draw(NAMES),
            severity=draw(SEVERITIES),
            page=draw(st.integers(1, 3)),
            boxes=(Box(1, 0, 0, 1, 1),),
            message="",
        )
        item = Item(
            flag,
            flag.document_id,
            draw(st.sampled_from([None, 2019, 2020])),
            draw(st.frozensets(NAMES, max_size=2)),
            draw(st.frozensets(NAMES, max_size=3)),
            draw(st.text("ab ", max_size=6)),
        )
        status = draw(st.sampled_from(["open", "confirmed", "dismissed"]))
        made.append(Row(item, status, draw(st.none() | NAMES), draw(st.floats(0, 9)), 0, False))
    return made


ASKED = st.dictionaries(
    st.sampled_from(FACETS), st.sampled_from(["a", "b", "error", "open", "2019"]), max_size=3
)


def passes(row: Row, asked: dict[str, str], words: list[str]) -> bool:
    inside = all(value in values_of(row, name) for name, value in asked.items())
    return inside and all(word in row.item.haystack for word in words)


@given(
    rows(), ASKED, st.lists(st.sampled_from(["a", "b", "ab"]), max_size=2), st.sampled_from(sorted(ORDERS))
)
def test_rows_and_counts_are_those_of_a_plain_reckoning(
    given_rows: list[Row], asked: dict[str, str], words: list[str], order: str
) -> None:
    found, counts = Columns(given_rows, FACETS).find(asked, words, order)
    assert {row.flag_id for row in found} == {row.flag_id for row in given_rows if passes(row, asked, words)}
    for name in FACETS:
        others = {key: value for key, value in asked.items() if key != name}
        expected: dict[str, int] = {}
        for row in given_rows:
            if passes(row, others, words):
                for value in values_of(row, name):
                    expected[value] = expected.get(value, 0) + 1
        assert counts[name] == expected
    if order == "senast":
        assert [row.decided for row in found] == sorted((row.decided for row in found), reverse=True)
    if order == "allvar":
        worst = ["error", "warning", "info"]
        places = [worst.index(row.item.flag.severity) for row in found]
        assert places == sorted(places)


@given(rows(), st.data())
def test_a_changed_row_is_counted_as_it_is_now(given_rows: list[Row], data: st.DataObject) -> None:
    columns = Columns(given_rows, FACETS)
    columns.find({}, (), "allvar")
    if given_rows:
        row = data.draw(st.sampled_from(given_rows))
        columns.replace(replace(row, status="deferred", reviewer="ny"))
        found, counts = columns.find({"status": "deferred"}, (), "allvar")
        assert [one.flag_id for one in found] == [row.flag_id]
        assert counts["granskare"] == {"ny": 1}


@given(rows())
def test_next_and_previous_go_through_all(given_rows: list[Row]) -> None:
    kept, counts = Columns(given_rows, FACETS).find({}, (), "dokument")
    found = Found(kept, counts, {row.flag_id: place for place, row in enumerate(kept)})
    seen = []
    row = kept[0] if kept else None
    while row is not None and row.flag_id not in seen:
        seen.append(row.flag_id)
        row = found.after(row.flag_id)
    assert len(seen) == len(kept)
    for first, second in pairwise(kept):
        before = found.before(second.flag_id)
        assert before is not None
        assert before.flag_id == first.flag_id


@given(
    st.builds(
        Filter, grad=st.text(max_size=5), sok=st.text(max_size=9), status=st.sampled_from(["open", ANY])
    )
)
def test_the_address_holds_the_filter(wanted: Filter) -> None:
    again = Filter.of(dict(parse_qsl(wanted.query)))
    assert again == replace(wanted, grad=wanted.grad.strip(), sok=wanted.sok.strip())
