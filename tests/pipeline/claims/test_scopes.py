"""Scope: what a word denies or halves, whose figure it is, which year and which kind of value is meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.claims import find_claims
from pipeline.model import Claim
from pipeline.reference import load_registers
from tests.pipeline.claims.making import REGION, document, table

MEASURES = """
 | Väntetid till samtal | Handläggare som familjen möter på 14 dagar | Kostnad per dygn | Antal platser
Arboga | 12 | 3 | 900 | 40
Fagersta | 30 | 5 | 1150 | 25
Köping | 21 | 4 | 1010 | 60
Sala | 45 | 7 | 980 | 15
Länet | 28 | 5 | 1040 | 35
Riket | 25 | 6 | 1000 | 33
"""
HELD = {
    "Väntetid till samtal": "dagar",
    "Handläggare som familjen möter på 14 dagar": "antal",
    "Kostnad per dygn": "kronor",
    "Antal platser": "antal",
}


def _claims(text: str, *sentences: str) -> tuple[Claim, ...]:
    reading, rows = table(text)
    rows = tuple(replace(seen, value_unit=HELD.get(seen.indicator_label, seen.value_unit)) for seen in rows)
    return find_claims(document([" ".join(sentences)], (reading, rows)), load_registers()).claims


def _last(text: str, *sentences: str) -> set[str]:
    return {claim.verdict for claim in _claims(text, *sentences) if claim.sentence == sentences[-1]}


@pytest.mark.parametrize(
    "sentences",
    [
        ("Sala erbjuder budgetkurs bara delvis och Arboga inte alls.",),
        ("Budgetkurs erbjuds i Fagersta, Hallstahammar och Köping och delvis i Sala.",),
        ("Alla kommuner har en aktuell rutin för hembesök.", "Undantaget är Hallstahammar."),
        ("Fyra av fem har en aktuell rutin för hembesök; undantaget är Hallstahammar.",),
        ("Hallstahammar är ensam om att sakna en aktuell rutin för hembesök.",),
        ("Tabell 1 visar att Hallstahammar saknar en aktuell rutin för hembesök.",),
        ("En aktuell rutin för hembesök finns överallt utom i Hallstahammar.",),
        ("Bara Fagersta står utan jourtelefon dygnet runt.",),
        ("Jourtelefon dygnet runt har alla utom en.",),
        ("Tre av fem erbjuder budgetkurs, en gör det delvis och en inte alls.",),
        ("Budgetkurs erbjuds av 70 procent av alla kommuner i riket.",),
        ("En aktuell rutin för hembesök har 80 procent, klart över rikets 41 procent.",),
    ],
)
def test_degree_and_denial_keep_to_their_own_part(sentences: tuple[str, ...]) -> None:
    found = _last(REGION, *sentences)
    assert "supported" in found
    assert "refuted" not in found


@pytest.mark.parametrize(
    "sentences",
    [
        ("Sala erbjuder budgetkurs bara delvis och Köping inte alls.",),
        ("Alla kommuner har en aktuell rutin för hembesök.", "Undantaget är Sala."),
        ("Budgetkurs erbjuds inte i någon av de fem kommunerna.",),
        ("En aktuell rutin för hembesök finns överallt utom i Köping.",),
        ("Drygt hälften av kommunerna, närmare bestämt 42 procent, erbjuder detta.",),
    ],
)
def test_wrong_degree_and_exception_are_found(sentences: tuple[str, ...]) -> None:
    assert "refuted" in _last(REGION, *sentences)


@pytest.mark.parametrize(
    "sentences",
    [
        ("Väntetiden till samtal är kortast i Arboga.", "Därefter kommer Köping med 21 dagar."),
        ("Salas kostnad per dygn är 20 kronor lägre än rikets.",),
        ("Skillnaden i kostnad per dygn mellan Fagersta och Arboga uppgår till 250 kronor.",),
        ("Arboga och Köping har tillsammans 100 platser.",),
        ("Tre av de fyra kommunerna har en lägre kostnad per dygn än länet.",),
        ("Tillsammans har de fyra kommunerna 140 platser.",),
    ],
)
def test_measures_are_read_as_levels_differences_and_sums(sentences: tuple[str, ...]) -> None:
    assert "refuted" not in _last(MEASURES, *sentences)


@pytest.mark.parametrize(
    "sentence",
    [
        "Salas kostnad per dygn är 60 kronor lägre än rikets.",
        "Skillnaden i kostnad per dygn mellan Fagersta och Arboga uppgår till 420 kronor.",
        "Arboga och Köping har tillsammans 120 platser.",
        "En av de fyra kommunerna har en lägre kostnad per dygn än länet.",
        "Sala har en väntetid till samtal på 54 dagar.",
    ],
)
def test_wrong_difference_sum_and_level_are_found(sentence: str) -> None:
    assert "refuted" in _last(MEASURES, sentence)


def test_figure_of_another_kind_of_value_is_not_held_against_a_column() -> None:
    found = _claims(MEASURES, "Handläggare som familjen möter är 5 i Fagersta.", "Sala ligger på 980 kronor.")
    assert "refuted" not in {claim.verdict for claim in found}


YEARS = """
 | 2019 | 2020 | 2021
Arboga | 10 | 14 | 12
Sala | 30 | 28 | 21
Köping | 8 | 8 | 9
Riket | 15 | 16 | 17
"""


def _yearly(sentence: str) -> set[str]:
    reading, rows = table(YEARS, heading="Placerade barn")
    label = "Placerade barn"
    rows = tuple(
        replace(seen, year=int(seen.indicator_label), indicator_label=label, value_unit="antal")
        for seen in rows
    )
    made = document([f"# {label}", sentence], (reading, rows))
    return {claim.verdict for claim in find_claims(made, load_registers()).claims}


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("I Sala har antalet placerade barn minskat med 9 sedan 2019.", True),
        ("I Sala har antalet placerade barn minskat med 5 sedan 2019.", False),
        ("Antalet placerade barn var 2020 högre i Arboga än i Köping.", True),
        ("Antalet placerade barn var 2020 lägre i Arboga än i Köping.", False),
        ("Två av de tre kommunerna ligger lägre än riket.", True),
        ("Samtliga tre kommuner ligger lägre än riket.", False),
    ],
)
def test_year_in_the_sentence_chooses_the_column(sentence: str, right: bool) -> None:
    assert ("refuted" in _yearly(sentence)) is not right
