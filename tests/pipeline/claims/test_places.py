"""Places in an order and spans told by "allt från": before and behind others, not before a time."""

from __future__ import annotations

import pytest

from pipeline.claims import find_claims
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

STAYS = """
 | Andel nöjda med hemtjänsten | Utredningstid, dagar | Rutin vid hot
Arboga | 88 % | 40 | JA
Fagersta | 72 % | 55 | NEJ
Köping | 76 % | 31 | JA
Sala | 91 % | 66 | JA
Riket | 80 % | 44 | 61
"""


def told(sentence: str) -> set[str]:
    made = document([sentence], table(STAYS))
    return {one.verdict for one in find_claims(made, load_registers()).claims} - {"undecidable"}


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("När det gäller nöjda med hemtjänsten ligger Sala före riket.", "supported"),
        ("När det gäller nöjda med hemtjänsten ligger Köping före riket.", "refuted"),
        ("I andelen nöjda med hemtjänsten hamnar Fagersta bakom riket.", "supported"),
        ("I andelen nöjda med hemtjänsten hamnar Arboga bakom riket.", "refuted"),
        ("Utredningarna tar allt från 31 till 66 dagar.", "supported"),
        ("Utredningarna tar allt från 36 till 66 dagar.", "refuted"),
    ],
)
def test_places_and_spans(sentence: str, verdict: str) -> None:
    assert told(sentence) == {verdict}


def test_before_in_time_compares_nothing() -> None:
    made = document(["Rutinen vid hot togs fram i Fagersta före Köping."], table(STAYS))
    kinds = {one.claim_type for one in find_claims(made, load_registers()).claims}
    assert "comparison" not in kinds
