"""How units stand to each other: so many times another's figure, and places in an order."""

from __future__ import annotations

import pytest

from pipeline.checks import check_document
from pipeline.claims import find_claims
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

STAYS = """
 | Plats | Utredningstid, dagar | Bemanning per boende
Arboga | 2 | 40 | 5
Fagersta | 3 | 62 | 7
Köping | 1 | 30 | 9
Sala | 4 | 121 | 11
Riket | | 44 | 8
"""


def told(sentence: str) -> set[tuple[str, str]]:
    made = document([sentence], table(STAYS))
    found = find_claims(made, load_registers()).claims
    return {
        (one.rule, one.verdict)
        for one in found
        if one.rule in ("comparison.times", "rank.place") and one.verdict != "undecidable"
    }


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("I Sala är utredningstiden fyra gånger så lång som i Köping.", "supported"),
        ("I Sala är utredningstiden sex gånger så lång som i Köping.", "refuted"),
        ("Fagersta har dubbelt så lång utredningstid som Köping.", "supported"),
        ("Arboga har dubbelt så lång utredningstid som Köping.", "refuted"),
        ("I Köping är utredningstiden hälften så lång som i Fagersta.", "supported"),
        ("I Sala är utredningstiden mer än tre gånger så lång som i Arboga.", "supported"),
        ("I Fagersta är utredningstiden mer än tre gånger så lång som i Arboga.", "refuted"),
    ],
)
def test_times_another_unit_s_figure(sentence: str, verdict: str) -> None:
    assert told(sentence) == {("comparison.times", verdict)}


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Fagersta placerar sig på tredje plats.", "supported"),
        ("Fagersta placerar sig på andra plats.", "refuted"),
        ("På plats 4 återfinns Sala.", "supported"),
        ("I fråga om utredningstid hamnar Arboga på andra plats.", "supported"),
        ("I fråga om utredningstid hamnar Sala på andraplatsen.", "refuted"),
        ("I fråga om utredningstid hamnar Sala på tredje plats.", "refuted"),
    ],
)
def test_places(sentence: str, verdict: str) -> None:
    assert told(sentence) == {("rank.place", verdict)}


@pytest.mark.parametrize(
    "sentence",
    [
        "I Sala är utredningstiden inte sex gånger så lång som i Köping.",
        "I Sala var utredningstiden 2019 sex gånger så lång som i Köping.",
        "I Sala är kvällarna sex gånger så lugna som i Köping.",
        "Kajakklubben i Sala kom på andra plats.",
    ],
)
def test_what_no_column_or_year_of_the_table_tells(sentence: str) -> None:
    assert told(sentence) == set()


def test_a_refuted_standing_is_a_flag_with_both_sides() -> None:
    sentence = "I Sala är utredningstiden sex gånger så lång som i Köping."
    made = document([sentence], table(STAYS))
    flags = check_document(made, find_claims(made, load_registers()).claims, load_registers())
    told = [one.message for one in flags if one.sentence == sentence]
    assert len(told) == 1
    assert "sex gånger så lång" in told[0] and "121 för Sala och 30 för Köping" in told[0]
