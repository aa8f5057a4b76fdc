"""True statements that a hasty binding would accuse, and the same kinds of statement when they are wrong."""

from __future__ import annotations

import pytest

from pipeline.claims import find_claims
from pipeline.model import Claim
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

ANSWERS = (
    "\n | Anonym rådgivning | Stöd till fritidsaktiviteter | ASI vid utredning"
    " | Rutin för samordning med LSS | Samverkan med vården | Plan för bemanning"
    """
Arboga | JA | JA | NEJ | NEJ | JA | JA
Fagersta | JA | JA | NEJ | JA | JA | NEJ
Köping | NEJ | JA | NEJ | JA | JA | JA
Norberg | NEJ | NEJ | JA | NEJ | JA | NEJ
Sala | JA | JA | NEJ | NEJ | JA | JA
Länet | 60 | 80 | 20 | 40 | 100 | 60
Riket | 63 | 70 | 14 | 51 | 98 | 55
"""
)
FIGURES = """
 | Väntetid till bostad, dagar | Vårddygn i boende | Kostnad per brukare, tkr | Nöjda med stödet, procent
Arboga | 45 | 540 | 612 | 82 %
Fagersta | 61 | 498 | 540 | 71 %
Köping | 30 | 96 | 701 | 90 %
Norberg | 118 | 71 | 655 | 88 %
Sala | 121 | 240 | 580 | 64 %
Riket | 60 | 300 | 640 | 80 %
"""
BEFORE = "Anonym rådgivning finns i 60 procent av länets kommuner."


def claims(*sentences: str) -> tuple[Claim, ...]:
    made = document([" ".join(sentences)], table(ANSWERS), table(FIGURES, label="Tabell 2", index=1))
    return find_claims(made, load_registers()).claims


def refuted(*sentences: str) -> list[str]:
    return [claim.rule for claim in claims(*sentences) if claim.verdict == "refuted"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Fritidsstöd finns i 80 procent av länets kommuner.",
        "ASI är mindre spritt: bara 14 procent i riket använder metoden.",
        "Bemanningsplaner har 55 procent av landets kommuner.",
        "Rutin för samordnad individuell plan finns i Arboga och Sala.",
        "Andelen är inte högre än i riket.",
        "Sala är inte ensam om att sakna ASI: fyra kommuner i länet använder den inte.",
        "Så ser det inte ut överallt: två kommuner i länet saknar rådgivning.",
        "Köping tillhör de kommuner som inte erbjuder anonym rådgivning.",
        "Norberg hör liksom Köping till dem som inte erbjuder anonym rådgivning.",
        "Norberg är en av två kommuner som saknar anonym rådgivning.",
        "Inte mindre än fyra kommuner ger stöd till fritidsaktiviteter.",
        "Inte ens en femtedel av landets kommuner använder ASI.",
        "Samverkan med vården finns överallt, inte minst i Sala.",
        "Trots att metoden inte är ny använder bara 14 procent av landets kommuner ASI.",
        "Alla kommuner utom Norberg ger stöd till fritidsaktiviteter i minst lika hög grad som riket.",
        "I Sala kostade varje vårddygn 2 400 kronor.",
        "I Sala motsvarade kostnaden 2 400 kronor per vårddygn i boende.",
        "Kostnaden för vårddygn i boende uppgick i Sala till 1,1 miljoner kronor.",
        "Av Arbogas 540 vårddygn i boende gällde knappt tre av fyra kvinnor.",
        "Väntetiden till bostad är längre än tre månader i Norberg och Sala.",
        "Väntetiden till bostad är kortare än rikets 60 dagar i Arboga och Köping.",
        "I Norberg är väntetiden till bostad längre än 115 dagar.",
    ],
)
def test_a_true_statement_is_not_accused(sentence: str) -> None:
    assert refuted(BEFORE, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("I två kommuner är väntetiden till bostad längre än 115 dagar.", "supported"),
        ("I tre kommuner är väntetiden till bostad längre än 115 dagar.", "refuted"),
        ("Ingen kommun har mer än 121 dagars väntetid till bostad.", "supported"),
        ("Ingen kommun har mer än 100 dagars väntetid till bostad.", "refuted"),
        ("Alla kommuner utom Köping har längre väntetid till bostad än 40 dagar.", "supported"),
        ("Alla kommuner utom Arboga har längre väntetid till bostad än 40 dagar.", "refuted"),
        ("Fyra kommuner har över 70 procent nöjda med stödet.", "supported"),
        ("Två kommuner har över 70 procent nöjda med stödet.", "refuted"),
        ("Bara Köping och Norberg når över 85 procent nöjda med stödet.", "supported"),
        ("Bara Köping och Sala når över 85 procent nöjda med stödet.", "refuted"),
        ("Kostnaden per brukare ligger under 0,6 miljoner kronor i två kommuner.", "supported"),
        ("Kostnaden per brukare ligger under 0,6 miljoner kronor i fyra kommuner.", "refuted"),
    ],
)
def test_units_on_a_side_of_a_level_are_counted(sentence: str, verdict: str) -> None:
    told = [one.verdict for one in claims(sentence) if one.rule.endswith(".level")]
    assert told == [verdict]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kostnaden per brukare var i Sala 590 tusen kronor.",
        "Kostnaden i Sala var 610 000 kronor per brukare.",
        "Andelen med anonym rådgivning är inte lägre än i riket.",
        "Köping tillhör de kommuner som inte ger stöd till fritidsaktiviteter.",
        "Inte mindre än fem kommuner ger stöd till fritidsaktiviteter.",
        "ASI är mindre spritt: bara 24 procent i riket använder metoden.",
    ],
)
def test_the_wrong_one_of_the_same_kind_is_found(sentence: str) -> None:
    assert refuted(sentence) != []
