"""Which code is Nej: the title says it, or all figures do, or nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.kolada.coding import Coding, coding_of, is_scale, stated_no


@pytest.mark.parametrize(
    ("title", "no"),
    [
        ("Rådgivning på kvällstid, (Ja=1, Nej=0)", 0),
        ("Boende utan motkrav (Ja = 1, Nej = 2) (-2023)", 2),
        ("Rådgivning (0=nej, 1=ja)", 0),
        ("Rådgivning (Nej=1, Ja=2)", None),
        ("Rådgivning (Ja=1, Nej=5)", None),
        ("Rådgivning (Ja=1)", None),
        ("Rådgivning, ja eller nej", None),
        ("", None),
    ],
)
def test_titles(title: str, no: int | None) -> None:
    assert stated_no(title) == no


@pytest.mark.parametrize(
    ("title", "scale"),
    [
        ("Tid till samtal (Inom 3 dagar=3, 4-7 dagar=2, mer=1)", True),
        ("Resultat (Överskott=2, Balans=1, Underskott=0)", True),
        ("Risk (skala 1-8, 1=låg, 8 = hög)", True),
        ("Rådgivning (Ja=1, Nej=0)", False),
        ("Hushåll med stöd, andel (%)", False),
        ("Kostnad, kr/inv 0-20 år", False),
    ],
)
def test_scales(title: str, scale: bool) -> None:
    assert is_scale(title) is scale


@pytest.mark.parametrize(
    ("title", "figures", "coding"),
    [
        (None, [0, 1, 1], Coding(0, source="figures")),
        (None, [1, 2, 1], Coding(2, source="figures")),
        (None, [0], Coding(0, source="figures")),
        (None, [2.0, 0.64], Coding(2, source="figures")),
        (None, [1, 1, 1], Coding(None)),
        (None, [], Coding(None)),
        (None, [0, 1, 2], Coding(None)),
        (None, [1, 2, 3], Coding(None, binary=False)),
        ("(Ja=1, Nej=2)", [1, 1], Coding(2, source="title")),
        ("(Ja=1, Nej=2)", [], Coding(2, source="title")),
        ("(Ja=1, Nej=2)", [0, 1], Coding(None, conflict=True)),
        ("(Ja=1, Nej=0)", [0, 1, 2], Coding(None, conflict=True)),
        ("(Ja=1, Nej=0)", [0, 1, 7], Coding(None, binary=False)),
        ("Utan koder", [1, 2], Coding(2, source="figures")),
    ],
)
def test_title_before_figures_and_never_a_guess(
    title: str | None, figures: list[float], coding: Coding
) -> None:
    assert coding_of(title, figures) == coding


@pytest.mark.parametrize(
    ("title", "figures", "means", "coding"),
    [
        (None, [1, 1], [0.4, 0.9, 1], Coding(0, source="means")),
        (None, [], [1.4, 2], Coding(2, source="means")),
        (None, [1], [0.4, 1.4], Coding(None)),
        (None, [1], [1], Coding(None)),
        (None, [0, 1], [1.4], Coding(0, source="figures")),
        (None, [1], [1.4, 62], Coding(None, percent=True)),
        (None, [1, 2], [1.4, 62], Coding(2, source="figures", percent=True)),
        ("(Ja=1, Nej=2)", [1, 2], [0.4], Coding(2, source="title")),
        ("(Ja=1, Nej=2)", [1, 0], [62], Coding(None, conflict=True, percent=True)),
    ],
)
def test_means_decide_where_title_and_kommuner_do_not(
    title: str | None, figures: list[float], means: list[float], coding: Coding
) -> None:
    assert coding_of(title, figures, means) == coding


def test_answers() -> None:
    assert [Coding(0).answer(value) for value in (0, 1, 2, 0.5)] == ["NEJ", "JA", None, None]
    assert [Coding(2).answer(value) for value in (0, 1, 2, 1.5)] == [None, "JA", "NEJ", None]
    assert [Coding(None).answer(value) for value in (0, 1, 2)] == [None, "JA", None]
    assert [Coding(None, binary=False).answer(value) for value in (0, 1, 2)] == [None, None, None]


def test_shares() -> None:
    assert [Coding(0).share(value) for value in (0, 0.25, 1, 1.5, 62)] == [0, 25, 100, None, None]
    assert [Coding(2).share(value) for value in (2, 1.75, 1, 0.5, 62)] == [0, 25, 100, None, None]
    assert [Coding(None).share(value) for value in (1, 0.5, 1.5, 62)] == [100, None, None, None]
    percent = Coding(2, percent=True)
    assert [percent.share(value) for value in (0, 1, 1.5, 62, 100.5, -1)] == [0, 1, 1.5, 62, None, None]
    assert Coding(None, binary=False).share(1) is None


@given(st.lists(st.sampled_from(["JA", "NEJ"]), min_size=1), st.sampled_from([0, 2]))
def test_what_one_way_of_coding_writes_is_read_back_or_left_open(answers: list[str], no: int) -> None:
    figures = [1 if answer == "JA" else no for answer in answers]
    coding = coding_of(None, figures)
    read = [coding.answer(figure) for figure in figures]
    assert read == answers
    assert coding.no == (no if "NEJ" in answers else None)
    mean = sum(figures) / len(figures)
    told = Coding(no).share(mean)
    assert told == pytest.approx(100 * answers.count("JA") / len(answers))
