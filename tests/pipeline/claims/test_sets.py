"""Who has something: lists, all, all but, none, counts, fractions, percentages – right ones silent, wrong
ones found."""

from __future__ import annotations

import pytest

from tests.pipeline.claims.making import verdicts

TRUE = [
    "Arboga, Fagersta, Köping och Sala har en aktuell rutin för hembesök.",
    "Sala, Köping, Arboga och Fagersta har en aktuell rutin för hembesök.",
    "Arboga, Fagersta, Köping samt Sala har aktuella rutiner för hembesök.",
    "Alla kommuner utom Hallstahammar har en aktuell rutin för hembesök.",
    "Samtliga kommuner förutom Hallstahammar har aktuella rutiner för hembesök.",
    "Förutom Hallstahammar har alla kommuner en aktuell rutin för hembesök.",
    "Med undantag av Fagersta har alla kommuner jourtelefon dygnet runt.",
    "Hallstahammar saknar en aktuell rutin för hembesök.",
    "Hallstahammar är den enda kommun som saknar rutin för hembesök.",
    "Endast Hallstahammar saknar aktuell rutin för hembesök.",
    "Fyra av fem kommuner har en aktuell rutin för hembesök.",
    "4 av 5 kommuner har en aktuell rutin för hembesök.",
    "80 procent av kommunerna har en aktuell rutin för hembesök.",
    "80\u00a0% av kommunerna har en aktuell rutin för hembesök.",
    "Fyra kommuner har en aktuell rutin för hembesök.",
    "De flesta kommunerna har en aktuell rutin för hembesök.",
    "En majoritet av kommunerna erbjuder budgetkurs.",
    "Drygt hälften av kommunerna erbjuder budgetkurs.",
    "Inte alla kommuner har en aktuell rutin för hembesök.",
    "Hembesök görs enligt en aktuell rutin i alla kommuner utom i Hallstahammar.",
    "En aktuell rutin för hembesök finns i Arboga, Fagersta, Köping samt Sala.",
    "Sala erbjuder delvis budgetkurs.",
    "Arboga erbjuder inte budgetkurs.",
    "Fagersta, Hallstahammar och Köping erbjuder budgetkurs medan Arboga saknar det och Sala gör det delvis.",
    "Köping har både en aktuell rutin för hembesök och jourtelefon dygnet runt.",
    "Arboga, Köping och Sala har både en aktuell rutin för hembesök och jourtelefon dygnet runt.",
    "Bland annat Arboga och Sala har en aktuell rutin för hembesök.",
    "I Stockholm har alla stadsdelar jourtelefon dygnet runt.",
    "I riket har 41 procent av kommunerna en aktuell rutin för hembesök.",
    "Jourtelefon dygnet runt finns i 76,5 procent av kommunerna i riket.",
    "Jourtelefon dygnet runt finns i drygt tre fjärdedelar av landets kommuner.",
    "Arboga och Sala har en väntetid till första besök på 1–3 dagar.",
    "Väntetiden till första besök är 8–14 dagar i Hallstahammar.",
]
FALSE = [
    "Arboga, Fagersta, Köping och Hallstahammar har en aktuell rutin för hembesök.",
    "Arboga, Fagersta och Köping har en aktuell rutin för hembesök.",
    "Alla kommuner utom Fagersta har en aktuell rutin för hembesök.",
    "Alla kommuner utom Hallstahammar och Sala har en aktuell rutin för hembesök.",
    "Alla kommuner har en aktuell rutin för hembesök.",
    "Samtliga fem kommuner erbjuder budgetkurs.",
    "Ingen kommun erbjuder budgetkurs.",
    "Tre av fem kommuner har en aktuell rutin för hembesök.",
    "Fyra av sex kommuner har en aktuell rutin för hembesök.",
    "Tre kommuner har en aktuell rutin för hembesök.",
    "60 procent av kommunerna har en aktuell rutin för hembesök.",
    "Få kommuner har en aktuell rutin för hembesök.",
    "En tredjedel av kommunerna erbjuder budgetkurs.",
    "Fagersta saknar en aktuell rutin för hembesök.",
    "Endast Arboga saknar aktuell rutin för hembesök.",
    "Bara Arboga och Köping har en aktuell rutin för hembesök.",
    "Arboga erbjuder budgetkurs.",
    "Sala har inte gjort budgetkurs delvis.",
    "Sala och Arboga erbjuder inte jourtelefon dygnet runt.",
    "Arboga och Fagersta har både en aktuell rutin för hembesök och jourtelefon dygnet runt.",
    "I Stockholm har ingen stadsdel jourtelefon dygnet runt.",
    "I riket har 42 procent av kommunerna en aktuell rutin för hembesök.",
    "Jourtelefon dygnet runt finns i knappt tre fjärdedelar av landets kommuner.",
    "Arboga och Sala har en väntetid till första besök på 4–7 dagar.",
    "Väntetiden till första besök är inte 8–14 dagar i Hallstahammar.",
]
SILENT = [
    "Representanter från Arboga och Sala deltog i två möten.",
    "Alla samtal dokumenteras i verksamhetssystemet.",
    "Har alla kommuner en aktuell rutin för hembesök?",
    "Arbetet fortsätter under 2022.",
]


@pytest.mark.parametrize("sentence", TRUE)
def test_true_statement_is_supported(sentence: str) -> None:
    found = verdicts(sentence)
    assert found
    assert {verdict for _, verdict in found} == {"supported"}


@pytest.mark.parametrize("sentence", FALSE)
def test_false_statement_is_refuted(sentence: str) -> None:
    assert "refuted" in {verdict for _, verdict in verdicts(sentence)}


@pytest.mark.parametrize("sentence", SILENT)
def test_what_asserts_nothing_is_no_decided_claim(sentence: str) -> None:
    assert not [verdict for _, verdict in verdicts(sentence) if verdict != "undecidable"]


def test_equal_columns_may_be_exchanged() -> None:
    text = "\n | Rutin för hembesök | Rutin för skyddat boende\n"
    text += "Arboga | JA | JA\nSala | NEJ | NEJ\nKöping | JA | JA\n"
    for label in ("rutin för hembesök", "rutin för skyddat boende"):
        assert verdicts(f"Arboga och Köping har en {label}.", text=text) == [("named_list", "supported")]


def test_two_columns_as_near_as_each_other_decide_nothing() -> None:
    text = "\n | Rutin för unga | Rutin för vuxna\nArboga | JA | NEJ\nSala | NEJ | JA\n"
    assert {verdict for _, verdict in verdicts("Arboga och Sala har en rutin.", text=text)} <= {"undecidable"}


@pytest.mark.parametrize(
    ("sentence", "refuted"),
    [
        ("Resultatet för samtliga kommuner med rutin för hembesök finns på nämndens hemsida.", False),
        ("Samtliga kommuner har en aktuell rutin för hembesök.", True),
    ],
)
def test_where_something_is_to_be_read_is_no_answer(sentence: str, refuted: bool) -> None:
    assert ("refuted" in {verdict for _, verdict in verdicts(sentence)}) is refuted
