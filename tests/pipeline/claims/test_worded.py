"""Other words for the same column: time and money by their comparisons, compounds, tables of län."""

from __future__ import annotations

import pytest

from pipeline.claims import find_claims
from pipeline.model import Claim
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

STAYS = """
 | Utredningstid, dagar (median) | Väntetid till lägenhet, dagar | Rutin vid våld | Kostnad per plats, kr
Arboga | 88 | 40 | JA | 900
Fagersta | 102 | 55 | NEJ | 740
Köping | 76 | 31 | JA | 1200
Sala | 120 | 66 | JA | 810
Riket | 95 | 44 | 61 | 850
"""
COUNTIES = """
 | Väntetid till lägenhet, dagar | Andel med plan
Västmanlands län | 40 | 55 %
Dalarnas län | 61 | 48 %
Uppsala län | 22 | 70 %
Riket | 44 | 51 %
"""


def told(sentence: str, text: str = STAYS) -> set[str]:
    found: tuple[Claim, ...] = find_claims(document([sentence], table(text)), load_registers()).claims
    return {one.verdict for one in found} - {"undecidable"}


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Utredningarna går snabbare i Köping än i Sala.", "supported"),
        ("Utredningarna går snabbare i Sala än i Köping.", "refuted"),
        ("Längst får man vänta på en lägenhet i Sala.", "supported"),
        ("Längst får man vänta på en lägenhet i Arboga.", "refuted"),
        ("En plats är dyrare i Köping än i riket.", "supported"),
        ("En plats är dyrare i Sala än i riket.", "refuted"),
        ("I två kommuner är utredningstiden längre än 100 dagar.", "supported"),
        ("Utredningstiden är i tre kommuner längre än 100 dagar.", "refuted"),
    ],
)
def test_time_and_money_are_told_by_their_comparisons(sentence: str, verdict: str) -> None:
    assert told(sentence) == {verdict}


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Längst väntetid till lägenhet har Dalarnas län.", "supported"),
        ("Längst väntetid till lägenhet har Uppsala län.", "refuted"),
    ],
)
def test_a_table_of_counties_ranks_counties(sentence: str, verdict: str) -> None:
    assert told(sentence, COUNTIES) == {verdict}


def test_an_earlier_word_that_is_the_label_s_own_excuses_nothing() -> None:
    text = """
 | Har tidigare synpunkter åtgärdats? | Är styrningen tydlig?
Arboga | JA | JA
Köping | NEJ | JA
Sala | NEJ | NEJ
"""
    assert told("Endast Köping har åtgärdat tidigare synpunkter.", text) == {"refuted"}
    assert told("Endast Arboga har åtgärdat tidigare synpunkter.", text) == {"supported"}
