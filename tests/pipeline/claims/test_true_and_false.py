"""One sentence in a true and a false version: the false one is flagged, the true one never is."""

from __future__ import annotations

import pytest

from pipeline.checks import check_document
from pipeline.claims import find_claims
from pipeline.model import Flag
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

ANSWERS = """
 | Rutin för hembesök | Budgetkurs | Jourtelefon | Brukarråd
Arboga | JA | NEJ | JA | NEJ
Fagersta | JA | JA | JA | NEJ
Köping | NEJ | JA | JA | NEJ
Norberg | JA | NEJ | JA | NEJ
Sala | JA | DELVIS | JA | NEJ
Västerås | NEJ | NEJ | JA | NEJ
Riket | 41 % | 52 % | 90 % | 12 %
"""
NUMBERS = """
 | Väntetid till utredning, dagar | Ej verkställda beslut, antal | Kostnad per plats, kronor
Arboga | 21 | 3 | 1200
Fagersta | 14 | 0 | 1350
Köping | 30 | 5 | 1100
Norberg | 9 | 1 | 1500
Sala | 25 | 2 | 1275
Riket | 20 | 4 | 1300
"""


def loud(sentence: str, text: str, **options: object) -> list[Flag]:
    made = document([sentence], table(text), **options)  # type: ignore[arg-type]
    registers = load_registers()
    flags = check_document(made, find_claims(made, registers).claims, registers)
    return [flag for flag in flags if flag.severity != "info"]


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (
            "Av sex kommuner är det fyra som har en rutin för hembesök.",
            "Av sex kommuner är det tre som har en rutin för hembesök.",
        ),
        ("Antalet kommuner som har budgetkurs är två.", "Antalet kommuner som har budgetkurs är fyra."),
        (
            "Samtliga har en rutin för hembesök; undantagen är Köping och Västerås.",
            "Samtliga har en rutin för hembesök; undantagen är Köping och Norberg.",
        ),
        (
            "Alla kommuner utom två har en rutin för hembesök.",
            "Alla kommuner utom tre har en rutin för hembesök.",
        ),
        (
            "Köping och Västerås är de enda kommunerna utan rutin för hembesök.",
            "Köping och Arboga är de enda kommunerna utan rutin för hembesök.",
        ),
        (
            "Köping svarar nej på frågan om rutin för hembesök.",
            "Norberg svarar nej på frågan om rutin för hembesök.",
        ),
        (
            "För Sala är svaret delvis när det gäller budgetkurs.",
            "För Arboga är svaret delvis när det gäller budgetkurs.",
        ),
        ("Noll av sex kommuner har brukarråd.", "Noll av sex kommuner har jourtelefon."),
        ("Brukarråd finns inte i någon kommun.", "Jourtelefon finns inte i någon kommun."),
        ("En minoritet av kommunerna har budgetkurs.", "En minoritet av kommunerna har jourtelefon."),
        (
            "Fagersta har budgetkurs men inget brukarråd.",
            "Arboga har rutin för hembesök men ingen jourtelefon.",
        ),
        ("Arboga saknar budgetkurs men har jourtelefon.", "Arboga saknar brukarråd men har budgetkurs."),
        (
            "Sala, som svarat delvis om budgetkurs, har en rutin för hembesök.",
            "Köping, som svarat ja om budgetkurs, har en rutin för hembesök.",
        ),
    ],
)
def test_answers(true: str, false: str) -> None:
    assert loud(true, ANSWERS) == []
    assert loud(false, ANSWERS)


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (
            "Väntetiden till utredning varierar mellan 9 och 30 dagar.",
            "Väntetiden till utredning varierar mellan 9 och 25 dagar.",
        ),
        (
            "Väntetiden till utredning går från 9 dagar till 30 dagar.",
            "Väntetiden till utredning går från 14 dagar till 30 dagar.",
        ),
        (
            "Kostnaden per plats är 200 kronor högre i Norberg än i riket.",
            "Kostnaden per plats är 300 kronor högre i Norberg än i riket.",
        ),
        (
            "Väntetiden till utredning är kortare i Arboga än i Köping, 21 dagar mot 30.",
            "Väntetiden till utredning är kortare i Arboga än i Köping, 21 dagar mot 25.",
        ),
        ("Näst längst väntetid till utredning har Sala.", "Näst längst väntetid till utredning har Arboga."),
        (
            "Ingen kommun har så hög kostnad per plats som Norberg.",
            "Ingen kommun har så hög kostnad per plats som Sala.",
        ),
        ("Bäst är väntetiden till utredning i Norberg.", "Bäst är väntetiden till utredning i Köping."),
        ("Fagersta har inga ej verkställda beslut.", "Norberg har inga ej verkställda beslut."),
        (
            "Bara Köping, Sala och Arboga har längre väntetid till utredning än riket.",
            "Bara Köping har längre väntetid till utredning än riket.",
        ),
        (
            "Kostnaden per plats är ungefär 1 190 kronor i Arboga.",
            "Kostnaden per plats är ungefär 1 400 kronor i Arboga.",
        ),
        (
            "Väntetiden till utredning är 20 dagar i riket. Den är kortare än så i Norberg, 9 dagar.",
            "Väntetiden till utredning är 20 dagar i riket. I Norberg är den 19 dagar.",
        ),
    ],
)
def test_numbers(true: str, false: str) -> None:
    assert loud(true, NUMBERS) == []
    assert loud(false, NUMBERS)


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (
            "Andelen har ökat från 31 procent 2019 till 37 procent 2021.",
            "Andelen har ökat från 31 procent 2021 till 37 procent 2019.",
        ),
        (
            "Andelen föll till 39 procent 2021, från 44 procent 2019.",
            "Andelen föll till 39 procent 2021, från 34 procent 2019.",
        ),
        (
            "Andelen, som minskat från 35 procent till 29 procent, följs noga.",
            "Andelen, som minskat från 29 procent till 35 procent, följs noga.",
        ),
        (
            "Andelen har mer än fördubblats, från 12 till 26 procent.",
            "Andelen har mer än tredubblats, från 12 till 26 procent.",
        ),
        (
            "Andelen har minskat från 39 till 36 procent, alltså med tre procentenheter.",
            "Andelen har minskat från 39 till 36 procent, alltså med fyra procentenheter.",
        ),
        (
            "Andelen är 58 procent, sex procentenheter högre än 2019 (52 procent).",
            "Andelen är 58 procent, nio procentenheter högre än 2019 (52 procent).",
        ),
        ("Väntan har förbättrats från 41 till 29 dagar.", "Väntan har ökat från 41 till 29 dagar."),
        (
            "Fyra hushåll fick 2 500 kronor vardera, tillsammans 10 000 kronor.",
            "Fyra hushåll fick 2 500 kronor vardera, tillsammans 12 500 kronor.",
        ),
        ("12 familjer x 2 000 kr blir 24 000 kr.", "12 familjer x 2 000 kr blir 26 000 kr."),
        (
            "Av 290 kommuner svarade 261, vilket motsvarar 90 procent.",
            "Av 290 kommuner svarade 261, vilket motsvarar 80 procent.",
        ),
        (
            "Knappt fyra av tio kommuner (39 procent) har svarat.",
            "Knappt fyra av tio kommuner (49 procent) har svarat.",
        ),
        ("Var fjärde kommun, 26 procent, har svarat.", "Var fjärde kommun, 36 procent, har svarat."),
        (
            "Bidraget var 45 000 kronor, varav 15 000 kronor till resor och 30 000 kronor till hyra.",
            "Bidraget var 45 000 kronor, varav 15 000 kronor till resor och 35 000 kronor till hyra.",
        ),
        (
            "I fjol fick 20 barn 900 kronor var. I år får 25 barn samma belopp, vilket kostar 22 500 kronor.",
            "I fjol fick 20 barn 900 kronor var. I år får 25 barn samma belopp, vilket kostar 24 500 kronor.",
        ),
    ],
)
def test_the_text_by_itself(true: str, false: str) -> None:
    for sentence, wrong in ((true, False), (false, True)):
        made = document([sentence])
        flags = check_document(made, find_claims(made, load_registers()).claims, load_registers())
        assert bool([flag for flag in flags if flag.severity != "info"]) is wrong, sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Att ha rutiner för hembesök är viktigt för alla kommuner.",
        "Länsstyrelsen rekommenderar att alla kommuner har budgetkurs.",
        "Köping beräknas få en rutin för hembesök till våren.",
        "Varken i Arboga eller Norberg finns budgetkurs.",
        "Ökningen av jourtelefoner var störst i Sala.",
    ],
)
def test_what_is_no_report_of_the_answers_is_left_alone(sentence: str) -> None:
    assert loud(sentence, ANSWERS) == []
