"""Memos whose tables are appendices pages away, the organisation's own figures, and groups of kommuner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.claims import find_claims
from pipeline.model import Box, Claim, ReadDocument
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

OWN = """
Indikator | Sala | Länet | Riket | Kommentar
Jourtelefon dygnet runt | JA | 40 | 51 |
Rutin för avslut av insats | NEJ | 62 | 58 |
Erbjuder träffpunkt | NEJ | 30 | 22 |
"""
SIZES = """
 | Utbetalt per invånare | Svarat ja på enkäten
Storstäder | 1300 | 80 %
Större städer | 1100 | 60 %
Mindre städer | 900 | 45 %
Landsbygdskommuner | 400 | 20 %
"""


def appended(*paragraphs: str, own: str = OWN) -> ReadDocument:
    """A memo of one kommun with its table five pages behind the text."""
    made = document([*paragraphs], table(own, rows="indicators", label="Bilaga 2"), before=0, own="1981")
    reading = made.tables[0]
    far = replace(reading.table, boxes=(Box(6, 50, 50, 150, 60),))
    return replace(made, tables=(replace(reading, table=far),))


def claims(read: ReadDocument) -> tuple[Claim, ...]:
    return find_claims(read, load_registers()).claims


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Kommunen erbjuder jourtelefon dygnet runt.", "supported"),
        ("Jourtelefon dygnet runt erbjuds inte.", "refuted"),
        ("Det finns en rutin för avslut av insats.", "refuted"),
        ("En rutin för avslut av insats saknas.", "supported"),
        ("Vi erbjuder inte någon träffpunkt.", "supported"),
    ],
)
def test_a_memo_speaks_of_its_appendix(sentence: str, verdict: str) -> None:
    assert [one.verdict for one in claims(appended(sentence))] == [verdict]


def test_what_was_so_last_year_is_not_held_against_this_year() -> None:
    told = claims(appended("Förra året hade vi en rutin för avslut av insats."))
    assert all(one.verdict != "refuted" for one in told)


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Mindre städer har mer utbetalt per invånare än större städer.", "refuted"),
        ("De större städerna har mer utbetalt per invånare än de mindre städerna.", "supported"),
        ("I landsbygdskommuner hade 20 procent svarat ja på enkäten.", "supported"),
        ("I landsbygdskommunerna hade 45 procent svarat ja på enkäten.", "refuted"),
    ],
)
def test_groups_of_kommuner_are_units(sentence: str, verdict: str) -> None:
    made = document([sentence], table(SIZES))
    assert verdict in {one.verdict for one in find_claims(made, load_registers()).claims}
