"""What the text decides by itself: changes, arithmetic, and what it says about its own report."""

from __future__ import annotations

import json

import pytest

from pipeline.claims import find_claims
from pipeline.model import Claim
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document


def claims(*sentences: str, title: str | None = None) -> tuple[Claim, ...]:
    made = document([" ".join(sentences)], year=2020, title=title)
    return find_claims(made, load_registers()).claims


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Andelen kommuner med jour har ökat från 35 procent 2019 till 41 procent 2020.", "supported"),
        ("Andelen kommuner med jour har minskat från 35 procent 2019 till 41 procent 2020.", "refuted"),
        ("Andelen har sjunkit från 35 till 32 procent.", "supported"),
        ("Andelen har ökat från 35 till 32 procent.", "refuted"),
        ("Andelen har ökat med sex procentenheter, från 35 till 41 procent.", "supported"),
        ("Andelen har ökat med nio procentenheter, från 35 till 41 procent.", "refuted"),
        ("Andelen har ökat till 23 procent för 2020 mot 17 procent 2019.", "supported"),
        ("Andelen har minskat till 23 procent för 2020 mot 17 procent 2019.", "refuted"),
        ("Andelen har ökat med tolv procentenheter till 48 procent.", "undecidable"),
    ],
)
def test_changes(sentence: str, verdict: str) -> None:
    assert [(one.claim_type, one.verdict) for one in claims(sentence)] == [("change", verdict)]


def test_a_change_gives_the_figure_before() -> None:
    (one,) = claims("Sedan 2019 har andelen ökat med tolv procentenheter till 48 procent.")
    assert (one.value, one.base_value, one.year, one.base_year, one.value_unit) == (
        48.0,
        36.0,
        2020,
        2019,
        "procent",
    )


@pytest.mark.parametrize(
    ("sentences", "verdict"),
    [
        (
            [
                "Stödet är 500 kr per barn.",
                "Stödet gick till 200 barn och den totala kostnaden var 100 000 kronor.",
            ],
            "supported",
        ),
        (
            [
                "Stödet är 500 kr per barn.",
                "Stödet gick till 200 barn och den totala kostnaden var 110 000 kronor.",
            ],
            "refuted",
        ),
        (["Totalt 250 personer, varav 150 kvinnor och 100 män, fick stöd."], "supported"),
        (["Totalt 250 personer, varav 150 kvinnor och 110 män, fick stöd."], "refuted"),
        (["Av de svarande är 5 av 8 (62,5 procent) nöjda."], "supported"),
        (["Av de svarande är 5 av 8 (65 procent) nöjda."], "refuted"),
    ],
)
def test_arithmetic(sentences: list[str], verdict: str) -> None:
    found = [one for one in claims(*sentences) if one.claim_type == "arithmetic"]
    assert [one.verdict for one in found] == [verdict]


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Den här rapporten redovisar resultat i Öppna jämförelser ekonomiskt bistånd 2020.", {"supported"}),
        (
            "Den här rapporten redovisar resultat i Öppna jämförelser missbruks- och beroendevård 2020.",
            {"supported", "refuted"},
        ),
        (
            "Den här rapporten redovisar resultat i Öppna jämförelser ekonomiskt bistånd 2018.",
            {"supported", "refuted"},
        ),
        (
            "Rapporten jämför med tidigare resultat i Öppna jämförelser ekonomiskt bistånd 2018.",
            {"supported"},
        ),
    ],
)
def test_metadata(sentence: str, verdict: set[str]) -> None:
    assert {one.verdict for one in claims(sentence) if one.claim_type == "metadata"} == verdict


def test_claims_without_tables_name_their_indicator() -> None:
    (one,) = claims("Andelen kommuner som använder AUDIT har ökat från 28 till 30 procent.")
    assert one.indicator_ids
    assert json.loads(one.asserted)["from"] == 28.0


def test_a_change_told_twice_is_borne_out_by_the_other_sentence() -> None:
    told = "Andelen har ökat med tolv procentenheter till 48 procent."
    again = "Jämfört med tidigare har andelen ökat med tolv procentenheter till 48 procent."
    assert [one.verdict for one in claims(told, again)] == ["supported", "supported"]
