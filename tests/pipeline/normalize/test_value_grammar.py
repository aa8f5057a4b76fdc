"""The value grammar: what is printed is read, what is no value is unreadable, nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.normalize import Style, Value, format_value, parse_number, parse_quantity, parse_value
from pipeline.normalize.answers import STATUSES, Codes, agree
from pipeline.normalize.numbers import quantity_grammar
from pipeline.normalize.printing import SPELLINGS, THOUSANDS
from pipeline.reference import load_registers


def codes(**legend: str) -> Codes:
    registers = load_registers()
    return Codes(registers.answers, quantity_grammar(registers.value_units), legend)


PLAIN = codes()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("87.5 %", Value("ok", value=87.5, unit="procent")),
        ("87,5 procent", Value("ok", value=87.5, unit="procent")),
        ("0 %", Value("ok", value=0.0, unit="procent")),
        ("2 092", Value("ok", value=2092.0)),
        ("2\u00a0092", Value("ok", value=2092.0)),
        ("30\u2009049 kr", Value("ok", value=30049.0, unit="kronor")),
        ("1\u202f532,5", Value("ok", value=1532.5)),
        ("1.234.567", Value("ok", value=1234567.0)),
        ("12,5 tkr", Value("ok", value=12.5, unit="tkr")),
        ("−3,2", Value("ok", value=-3.2)),
        ("21-39,6", Value("ok", low=21.0, high=39.6)),
        ("1 186–2 560", Value("ok", low=1186.0, high=2560.0)),
        ("8-14 dgr", Value("ok", low=8.0, high=14.0, unit="dagar")),
        ("15- dgr", Value("ok", low=15.0, unit="dagar")),
        ("mer än 14 dagar", Value("ok", low=14.0, unit="dagar")),
        ("15 dagar eller mer", Value("ok", low=15.0, unit="dagar")),
        ("högst 3 månader", Value("ok", high=3.0, unit="månader")),
        ("±1,8", Value("ok", low=-1.8, high=1.8)),
        ("37,1 ± 1,8", Value("ok", value=37.1, low=35.3, high=38.9)),
        ("37,1 (35,3–38,9)", Value("ok", value=37.1, low=35.3, high=38.9)),
        ("JA", Value("ok", answer="JA")),
        ("nej", Value("ok", answer="NEJ")),
        ("Delvis", Value("ok", answer="DELVIS")),
        ("JA MED VISSA", Value("ok", answer="JA", note="MED VISSA")),
        ("Ja, men inte alla", Value("ok", answer="JA", note="men inte alla")),
        ("JA (4-7 DAGAR)", Value("ok", answer="JA", low=4.0, high=7.0, unit="dagar")),
        ("Nej (21 dagar)", Value("ok", answer="NEJ", value=21.0, unit="dagar")),
        ("Ja, till viss del", Value("ok", answer="DELVIS")),
        ("Ja (delvis)", Value("ok", answer="DELVIS")),
        ("NEJ!", Value("ok", answer="NEJ")),
        ("mellan 4 och 7 dagar", Value("ok", low=4.0, high=7.0, unit="dagar")),
        ("5 dagar eller färre", Value("ok", high=5.0, unit="dagar")),
        ("- -", Value("missing")),
        ("", Value("blank")),
        ("\u00a0", Value("blank")),
        ("..", Value("missing")),
        ("…", Value("missing")),
        ("-", Value("missing")),
        (".", Value("not_applicable")),
        ("x", Value("suppressed")),
        ("Vet ej", Value("unknown")),
        ("●", Value("ok", answer="JA")),
        ("○", Value("ok", answer="NEJ")),
    ],
)
def test_what_is_printed_is_read(text: str, expected: Value) -> None:
    assert parse_value(text, PLAIN) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1.234",
        "15 30",
        "2019-10-11",
        "14-8",
        "Ja/Nej",
        "JA NEJ",
        "3 av 5",
        "7 5N",
        "O",
        "Ludvika",
        "12,5,5",
        "JA?",
    ],
)
def test_what_has_no_or_two_readings_is_unreadable(text: str) -> None:
    assert parse_value(text, PLAIN).status == "unreadable"


@pytest.mark.parametrize("text", ["1995²", "JA¹", "87,5*", "Nej 1)", "12 2)"])
def test_a_footnote_mark_is_never_a_digit(text: str) -> None:
    value = parse_value(text, PLAIN)
    assert (value.answer, value.value) in {
        (None, 1995.0),
        ("JA", None),
        (None, 87.5),
        ("NEJ", None),
        (None, 12.0),
    }


def test_the_legend_wins_over_the_defaults() -> None:
    assert parse_value("x", codes(x="JA")) == Value("ok", answer="JA")
    assert parse_value("-", codes(**{"-": "suppressed"})).status == "suppressed"
    assert parse_value("O", codes(o="zero")) == Value("ok", value=0.0)
    assert parse_value("", codes(**{"": "NEJ"})) == Value("ok", answer="NEJ")


def test_readings_agree_only_when_they_say_the_same() -> None:
    assert agree(parse_value("75 %", PLAIN), parse_value("75", PLAIN))
    assert not agree(parse_value("75 %", PLAIN), parse_value("754", PLAIN))
    assert not agree(parse_value("JA", PLAIN), parse_value("NEJ", PLAIN))


def numbers(least: int = 0) -> st.SearchStrategy[float]:
    return st.integers(0, 3).flatmap(
        lambda places: st.integers(least, 99_999_999).map(lambda n: float(Decimal(n).scaleb(-places)))
    )


styles = st.builds(
    Style,
    decimal=st.sampled_from([",", "."]),
    thousands=st.sampled_from(THOUSANDS),
    spelling=st.integers(0, 3),
    dash=st.sampled_from(["-", "–"]),
    upper=st.booleans(),
)
units = st.sampled_from([None, *SPELLINGS])
points = st.builds(Value, status=st.just("ok"), value=numbers(-99_999_999), unit=units)
intervals = st.builds(
    lambda pair, opened, unit: Value("ok", low=min(pair), high=None if opened else max(pair), unit=unit),
    st.tuples(numbers(), numbers()),
    st.booleans(),
    units,
)
notes = st.sampled_from([None, "MED VISSA", "men inte alla", "endast för unga"])
plain_answers = st.builds(Value, status=st.just("ok"), answer=st.sampled_from(["JA", "NEJ"]), note=notes)
answers_with_figures = st.builds(
    lambda answer, quantity: Value(
        "ok", answer.answer, answer.note, quantity.value, quantity.low, quantity.high, quantity.unit
    ),
    plain_answers,
    st.one_of(points, intervals),
)


@given(
    value=st.one_of(points, intervals, plain_answers, answers_with_figures, st.just(Value("blank"))),
    style=styles,
)
@example(value=Value("ok", value=1.125), style=Style(decimal="."))
def test_whatever_is_printed_is_read_back(value: Value, style: Style) -> None:
    assert parse_value(format_value(value, style), PLAIN) == value


@given(value=points, style=styles, mark=st.sampled_from(["¹", "²", "³", "⁴", "*", " 2)"]))
def test_a_mark_behind_a_value_changes_nothing(value: Value, style: Style, mark: str) -> None:
    assert parse_value(format_value(value, style) + mark, PLAIN) == value


@given(st.text(max_size=30))
def test_any_text_gets_a_published_status(text: str) -> None:
    value = parse_value(text, PLAIN)
    assert value.status in ("ok", *STATUSES)
    assert (value.answer is None and value.value is None and value.low is None and value.high is None) or (
        value.status in ("ok", "not_applicable", "unknown", "missing")
    )


@given(st.text(alphabet="0123456789 .,-–", max_size=12))
def test_digits_are_never_made_up(text: str) -> None:
    value = parse_number(text)
    if value is not None:
        assert "".join(char for char in f"{Decimal(repr(abs(value))):f}" if char.isdigit()).strip(
            "0"
        ) == "".join(char for char in text if char.isdigit()).strip("0")


def test_a_phrase_is_read_with_the_registers_units() -> None:
    quantity = parse_quantity("cirka 1 500 kronor")
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (1500.0, "kronor")
    assert parse_quantity("femton kronor") is None


def test_only_values_can_be_printed() -> None:
    with pytest.raises(ValueError, match="missing"):
        format_value(Value("missing"))
