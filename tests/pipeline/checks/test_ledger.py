from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.ledger import Ledger
from pipeline.model import Box, Observation

VALUES = st.one_of(st.none(), st.sampled_from([40.0, 40.04, 40.2, 40.5, 41.0, 41.3]))
ONE = st.tuples(
    st.sampled_from(["i1", "i2", None]),
    st.sampled_from(["0180", "00"]),
    st.sampled_from([2018, 2019, None]),
    st.sampled_from(["JA", "NEJ", None, None]),
    VALUES,
    st.sampled_from(["procent", "antal"]),
    st.sampled_from(["share", "value"]),
    st.sampled_from(["ok", "ok", "missing"]),
)
DOCUMENTS = st.lists(st.lists(ONE, max_size=8), max_size=6)


def observation(
    one: tuple[str | None, str, int | None, str | None, float | None, str, str, str],
) -> Observation:
    indicator, unit, year, answer, value, value_unit, measure, status = one
    return Observation(
        observation_id="o",
        document_id="d",
        table_id="t",
        table_label=None,
        row=0,
        col=0,
        box=Box(1, 0, 0, 1, 1),
        year=year,
        area=None,
        indicator_id=indicator,
        indicator_label="Rutin",
        unit_id=unit,
        unit_label="Riket",
        unit_kind="riket",
        measure=measure,
        value_raw="",
        status=status,
        answer=answer,
        value=value,
        value_unit=value_unit,
    )


def differ(one: Observation, two: Observation) -> bool:
    if one.answer is not None and two.answer is not None:
        return one.answer != two.answer
    if one.value is None or two.value is None or one.value_unit != two.value_unit:
        return False
    whole = one.value == int(one.value) or two.value == int(two.value)
    return abs(one.value - two.value) > (0.5 if whole else 0.05) + 1e-9


def entered(documents: list[list[Observation]]) -> Ledger:
    ledger = Ledger()
    for number, rows in enumerate(documents):
        ledger.add(number, rows)
    return ledger


@given(DOCUMENTS, st.randoms())
def test_neighbours_in_time_that_differ_are_those_that_a_plain_loop_finds(told: list, chance) -> None:
    documents = [[observation(one) for one in rows] for rows in told]
    order = list(range(len(documents)))
    chance.shuffle(order)
    seen: dict[tuple, dict[int, tuple[int, int]]] = {}
    for number in sorted(range(len(documents)), key=order.__getitem__):
        for index, one in enumerate(documents[number]):
            if one.indicator_id and one.year is not None and one.status == "ok":
                key = (one.indicator_id, one.unit_id, one.year, one.measure)
                seen.setdefault(key, {}).setdefault(number, (number, index))
    wanted = {
        (a, b)
        for places in seen.values()
        for a, b in pairwise(places.values())
        if differ(documents[a[0]][a[1]], documents[b[0]][b[1]])
    }
    found = entered(documents).differing(order)
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_shares_are_given_earliest_first() -> None:
    share = ("i1", "00", 2018, None, 40.0, "procent", "share", "ok")
    ledger = entered([[observation(share)], [observation((*share[:4], 41.0, *share[5:]))]])
    assert ledger.shares([1, 0], [("i1", "00", 2018), ("i1", "0180", 2018)]) == {
        ("i1", "00", 2018): [((1, 0), 41.0), ((0, 0), 40.0)]
    }


def test_nothing_entered_differs_from_nothing() -> None:
    assert Ledger().differing([]) == []
    assert Ledger().shares([], [("i1", "00", 2018)]) == {}
