"""Every pattern file: its examples are read as its kind of claim, its non-examples are not."""

from __future__ import annotations

import pytest

from pipeline.claims import find_claims
from pipeline.claims.lexicon import Pattern, load_lexicon
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

COMPARED = """
 | Aktuell rutin för hembesök | Erbjuder budgetkurs | Jourtelefon | Väntetid | Antal tjänster | Kostnad
Vallby | JA | JA | JA | JA (1-3 dagar) | 3,5 | 1800
Ekdalen | JA | JA | JA | JA (8-14 dagar) | 14,5 | 2400
Norrsund | JA | NEJ | NEJ | JA (8-14 dagar) | 6 | 1900
Sjöberga | JA | NEJ | NEJ | JA (4-7 dagar) | 8 | 2100
Skogby | NEJ | JA | NEJ | JA (4-7 dagar) | 7 | 2050
Snitt | 80 % | 60 % | 40 % | 100 % | 7,8 | 2050
Stockholm | 55 % | 70 % | 30 % | 88 % | 9 | 2300
Riket | 41 % | 52 % | 35 % | 81 % | 8,2 | 2092
"""
OWN = """
Indikator | Arboga | Riket | Kommentar
Aktuell rutin för hembesök | NEJ | 41 |
Erbjuder budgetkurs | JA | 52 |
Jourtelefon | NEJ | 35 |
"""
PATTERNS = [pattern for pattern in load_lexicon().patterns if pattern.claim_type]


def kinds(pattern: Pattern, sentence: str) -> set[str]:
    if pattern.claim_type == "policy_answer":
        made = document([sentence], table(OWN, rows="indicators"), own="1984")
    else:
        made = document([sentence], table(COMPARED), title="Öppna jämförelser ekonomiskt bistånd 2021")
    return {claim.claim_type for claim in find_claims(made, load_registers()).claims}


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [(one, text) for one in PATTERNS for text in one.examples],
    ids=lambda value: str(value)[:60],
)
def test_example_is_read_as_its_kind(pattern: Pattern, sentence: str) -> None:
    assert pattern.claim_type in kinds(pattern, sentence)


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [(one, text) for one in PATTERNS for text in one.non_examples],
    ids=lambda value: str(value)[:60],
)
def test_non_example_is_not_read_as_its_kind(pattern: Pattern, sentence: str) -> None:
    assert pattern.claim_type not in kinds(pattern, sentence)


def test_every_claim_type_of_the_contract_has_a_pattern_file() -> None:
    contract = (
        "named_list all_except all none count percent fraction comparison rank change number range "
        "policy_answer arithmetic metadata"
    )
    assert {pattern.claim_type for pattern in PATTERNS} == set(contract.split())


def test_every_cue_compiles_and_matches_itself() -> None:
    lexicon = load_lexicon()
    for pattern in lexicon.patterns:
        for kind, value, phrase in pattern.cues:
            plain = phrase.replace("\\", "")
            if plain.isascii() and any(mark in phrase for mark in "[(+?*"):
                continue
            if not any(mark in phrase for mark in "[(+?*\\"):
                assert any(cue.kind == kind and cue.value == value for cue in lexicon.cues(phrase)), phrase
