"""A document of one kommun: stated counts of coloured indicators, policy with negation, comments."""

from __future__ import annotations

import json

import pytest

from pipeline.claims import find_claims
from pipeline.model import Claim
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

OWN = """
Indikator | Arboga | Länet | Riket | Kommentar
Aktuell rutin för hembesök | NEJ | 43 | 41 | Enheten ser över behovet
Aktuell överenskommelse om samverkan med vårdcentral | NEJ | 20 | 34 | Har gott samarbete med vårdcentralen
Aktuell överenskommelse om samverkan med bostadsbolag | DELVIS | 49 | 45 |
Erbjuder budgetkurs | JA | 61 | 52 |
Använder ASI för att kartlägga missbruk | JA | 55 | 48 | Enheten använder inte ASI för att kartlägga missbruk
Genomfört brukarrevision | NEJ | 23 | 14 | En brukarundersökning har gjorts
Jourtelefon dygnet runt |  |  |  |
"""


def claims(*sentences: str) -> tuple[Claim, ...]:
    made = document(
        ["# Ekonomiskt bistånd (bilaga 2)", " ".join(sentences)],
        table(OWN, label="Bilaga 2", rows="indicators"),
        own="1984",
    )
    return find_claims(made, load_registers()).claims


def said(*sentences: str) -> list[tuple[str, str]]:
    return [(one.claim_type, one.verdict) for one in claims(*sentences) if one.location != "comment"]


@pytest.mark.parametrize(
    ("sentence", "verdicts"),
    [
        ("Området har sju indikatorer varav tre är röda.", ["supported", "supported"]),
        ("Området omfattar 7 indikatorer varav 3 är röda och 1 är gul.", ["supported"] * 3),
        ("Området omfattar 7 indikatorer varav 4 är röda.", ["supported", "refuted"]),
        ("Området omfattar 8 indikatorer, varav två gröna.", ["refuted", "supported"]),
    ],
)
def test_counts_of_indicators(sentence: str, verdicts: list[str]) -> None:
    assert said(sentence) == [("count", verdict) for verdict in verdicts]


def test_an_empty_row_may_be_counted_or_not() -> None:
    assert said("Området omfattar 6 indikatorer varav 3 är röda.")[0] == ("count", "supported")


@pytest.mark.parametrize(
    "sentence",
    [
        "Enheten har inte någon aktuell rutin för hembesök.",
        "Enheten saknar en aktuell rutin för hembesök men erbjuder budgetkurs.",
        "Brukarrevision har inte genomförts under året.",
        "Budgetkurs erbjuds av enheten.",
        "Enheten har inte överenskommelse om samverkan med vårdcentral men ser över om en sådan ska tecknas.",
        "Enheten använder ASI för att kartlägga missbruk.",
    ],
)
def test_true_policy_is_supported(sentence: str) -> None:
    found = said(sentence)
    assert found
    assert {verdict for _, verdict in found} == {"supported"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Enheten har en aktuell rutin för hembesök.",
        "Budgetkurs erbjuds inte utan klienterna hänvisas till kommunens vägledare.",
        "Enheten använder inte ASI för att kartlägga missbruk.",
        "Brukarrevision har genomförts under året.",
    ],
)
def test_false_policy_is_refuted(sentence: str) -> None:
    assert "refuted" in {verdict for _, verdict in said(sentence)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Enheten har ett gott samarbete med vårdcentralen när behov uppstår.",
        "En brukarundersökning har genomförts under våren.",
        "Enheten ska under hösten ta fram en aktuell rutin för hembesök.",
        "Teamet har god samverkan och därför finns inte behov av överenskommelse om samverkan.",
        "Aktuell rutin för hembesök:",
    ],
)
def test_an_explanation_is_not_a_contradiction(sentence: str) -> None:
    assert "refuted" not in {verdict for _, verdict in said(sentence)}


def test_only_the_comment_that_denies_its_answer_is_refuted() -> None:
    refuted = [
        one for one in claims("Texten säger inget.") if one.location == "comment" and one.verdict == "refuted"
    ]
    assert [json.loads(one.found or "{}")["columns"] for one in refuted] == [
        ["Använder ASI för att kartlägga missbruk"]
    ]


def test_the_shorter_of_two_alternatives_is_the_row_that_the_longer_leaves() -> None:
    rows = """
Indikator | Arboga | Länet
Erbjuder Kedjan Stegmodellen i form av öppna grupper | NEJ | 43
Erbjuder individuell Kedjan Stegmodellen - intensivprogram | NEJ | 41
Erbjuder budgetkurs | JA | 61
"""
    text = "Enheten erbjuder inte Kedjan Stegmodellen eller individuell Kedjan Stegmodellen intensivprogram."
    made = document(["# Stöd (bilaga 2)", text], table(rows, label="Bilaga 2", rows="indicators"), own="1984")
    told = [one for one in find_claims(made, load_registers()).claims if one.location == "text"]
    columns = sorted(json.loads(one.found or "{}")["columns"][0] for one in told)
    assert {one.verdict for one in told} == {"supported"}
    assert [column.split()[-1] for column in columns] == ["grupper", "intensivprogram"]
