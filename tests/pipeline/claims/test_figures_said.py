"""Figures with owners, comparisons, ranks and numbers against a table."""

from __future__ import annotations

import json

import pytest

from tests.pipeline.claims.making import claims_of, verdicts

NUMBERS = """
 | Antal årsarbetare per 10 000 invånare | Kostnad per invånare, kronor | Andel långvarigt bistånd
Arboga | 5.8 | 1020 | 31,4
Fagersta | 26.2 | 980 | 22,0
Köping | 12 | 1540 | 40,1
Sala | 10 | 760 | 28,7
Snitt | 13,5 | 1075 | 30,6
Riket | 14,1 | 1123 | 37,1
"""
TRUE = [
    "Resultatet för rutin för hembesök är 80 procent, vilket är högre än riket (41 %) och Stockholm (55 %).",
    "Snittet för budgetkurs (60 %) är i nivå med Stockholm (62 %) men lägre än riket (70 %).",
    "Kommunerna ligger högre än riket när det gäller rutin för hembesök (80 jämfört med 41 procent).",
    "Andelen kommuner med aktuell rutin för hembesök är 80 procent, att jämföra med 55 procent i Stockholm och 41 procent i riket.",  # noqa: E501
    "När det gäller budgetkurs är resultatet sämre än i riket.",
    "Färre kommuner erbjuder budgetkurs än i riket (70 %).",
    "Aktuell rutin för hembesök är vanligare bland kommunerna (80 %) än i riket (41 %).",
    "Stockholm och riket ligger på 55 respektive 41 procent när det gäller rutin för hembesök.",
    "Jourtelefon dygnet runt finns i 77 procent av kommunerna i riket.",
]
FALSE = [
    "Resultatet för rutin för hembesök är 80 procent, vilket är lägre än riket (41 %) och Stockholm (55 %).",
    "Resultatet för rutin för hembesök är 80 procent, vilket är högre än riket (55 %) och Stockholm (41 %).",
    "Snittet för budgetkurs (60 %) är i nivå med Stockholm (62 %) men högre än riket (70 %).",
    "Snittet för budgetkurs (61 %) är i nivå med Stockholm (62 %).",
    "Kommunerna ligger lägre än riket när det gäller rutin för hembesök (80 jämfört med 41 procent).",
    "Stockholm och riket ligger på 41 respektive 55 procent när det gäller rutin för hembesök.",
    "Resultatet för rutin för hembesök är i nivå med riket.",
]
TRUE_NUMBERS = [
    "Fagersta har högst antal årsarbetare per 10 000 invånare (26,2), följt av Köping (12) och Sala (10).",
    "Lägst antal årsarbetare per 10 000 invånare har Arboga (5,8), följt av Sala (10).",
    "Kostnaden per invånare är högst i Köping med 1 540 kronor och lägst i Sala med 760 kronor.",
    "Kostnaden per invånare i riket är 1 123 kronor.",
    "Köping har en högre kostnad per invånare än Sala.",
    "Andelen långvarigt bistånd är högre i Köping (40,1 procent) än i riket (37,1 procent).",
    "I Sala är andelen med långvarigt bistånd 28,7 procent.",
    "Arboga, Fagersta och Sala har en lägre andel långvarigt bistånd än riket.",
    "Snittet för årsarbetare per 10 000 invånare är 13,5, vilket är något lägre än riket (14,1).",
    "Arboga hade 5,8 årsarbetare per 10 000 invånare och Fagersta 26,2.",
]
FALSE_NUMBERS = [
    "Lägst antal årsarbetare per 10 000 invånare har Sala (10), följt av Arboga (5,8).",
    "Köping har högst antal årsarbetare per 10 000 invånare (12).",
    "Fagersta har högst antal årsarbetare per 10 000 invånare (26,3).",
    "Kostnaden per invånare är högst i Köping med 1 450 kronor och lägst i Sala med 760 kronor.",
    "Kostnaden per invånare i riket är 1 132 kronor.",
    "Köping har en lägre kostnad per invånare än Sala.",
    "Andelen långvarigt bistånd är lägre i Köping (40,1 procent) än i riket (37,1 procent).",
    "I Sala är andelen med långvarigt bistånd 27,8 procent.",
    "Arboga, Fagersta och Köping har en lägre andel långvarigt bistånd än riket.",
    "Snittet för årsarbetare per 10 000 invånare är 13,5, vilket är något högre än riket (14,1).",
]


@pytest.mark.parametrize("sentence", TRUE)
def test_true_figures_are_supported(sentence: str) -> None:
    found = verdicts(sentence)
    assert found
    assert {verdict for _, verdict in found} == {"supported"}


@pytest.mark.parametrize("sentence", FALSE)
def test_false_figures_are_refuted(sentence: str) -> None:
    assert "refuted" in {verdict for _, verdict in verdicts(sentence)}


@pytest.mark.parametrize("sentence", TRUE_NUMBERS)
def test_true_numbers_are_supported(sentence: str) -> None:
    found = verdicts(sentence, text=NUMBERS)
    assert found
    assert {verdict for _, verdict in found} == {"supported"}


@pytest.mark.parametrize("sentence", FALSE_NUMBERS)
def test_false_numbers_are_refuted(sentence: str) -> None:
    assert "refuted" in {verdict for _, verdict in verdicts(sentence, text=NUMBERS)}


def test_better_needs_a_known_direction() -> None:
    found = verdicts("Kostnaden per invånare är bättre i Sala än i riket.", text=NUMBERS)
    assert {verdict for _, verdict in found} <= {"undecidable"}


@pytest.mark.parametrize(
    ("own", "expected"), [("69 %", "supported"), ("70 %", "supported"), ("85 %", "refuted")]
)
def test_level_covers_seven_points(own: str, expected: str) -> None:
    text = f"\n | Aktuell rutin för hembesök\nArboga | JA\nSala | NEJ\nSnitt | {own}\nRiket | 62,5 %\n"
    assert verdicts("Snittet är i nivå med riket när det gäller rutin för hembesök.", text=text) == [
        ("comparison", expected)
    ]


def test_anaphora_speaks_of_the_sentence_before() -> None:
    found = verdicts(
        "Alla kommuner utom Hallstahammar har en aktuell rutin för hembesök.",
        "Även det resultatet (80 %) är bättre än i riket (41 %).",
        "I Stockholm gäller det 55 procent av stadsdelarna.",
    )
    assert [verdict for _, verdict in found] == ["supported"] * len(found)
    assert len(found) >= 5


def test_plural_anaphora_spans_the_columns_spoken_of() -> None:
    found = verdicts(
        "Arboga, Hallstahammar, Köping och Sala har jourtelefon dygnet runt.",
        "Fagersta, Hallstahammar och Köping erbjuder budgetkurs.",
        "Resultatet i dessa två indikatorer ligger mellan 60 och 80 procent.",
    )
    assert ("range", "supported") in found


def test_two_comparisons_joined_by_och_have_one_left_side() -> None:
    told = claims_of(
        "Snittet för budgetkurs (60 %) är i nivå med Stockholm (62 %) och sämre än riket (70 %)."
    )
    pairs = [json.loads(one.asserted) for one in told if one.claim_type == "comparison"]
    assert [(one["left"], one["is"], one["right"]) for one in pairs] == [
        ("snittet", ["level"], "Stockholm"),
        ("snittet", ["worse"], "riket"),
    ]


@pytest.mark.parametrize(("figure", "verdict"), [("12", "supported"), ("11", "refuted")])
def test_two_names_share_a_bracket_where_the_others_have_their_own(figure: str, verdict: str) -> None:
    rows = NUMBERS.replace("Sala | 10", "Sala | 12")
    text = (
        f"Lägst antal årsarbetare per 10 000 invånare har Arboga (5,8), följt av Köping och Sala ({figure})."
    )
    told = {json.loads(one.asserted).get("unit"): one.verdict for one in claims_of(text, text=rows)}
    assert told["Köping och Sala"] == verdict
    assert told["Arboga"] == "supported"


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Resultatet för budgetkurs på 60 procent är sämre än 70 procent i riket.", "supported"),
        ("Resultatet för budgetkurs på 60 procent är bättre än 70 procent i riket.", "refuted"),
    ],
)
def test_a_figure_behind_than_with_its_owner_is_compared(sentence: str, verdict: str) -> None:
    assert ("comparison", verdict) in verdicts(sentence)
