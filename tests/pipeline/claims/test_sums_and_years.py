"""Years of one län or of the country, and products told by a rate (à)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.claims import find_claims
from pipeline.model import ReadDocument
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

YEARS = """
 | 2018 | 2019 | 2020
Lots för nyanlända | 31 % | 40 % | 52 %
Skuldrådgivning på kvällstid | 66 % | 64 % | 61 %
"""


def county(sentence: str) -> ReadDocument:
    """A document with one table of a single län over the years."""
    reading, rows = table(YEARS, rows="indicators")
    told = tuple(
        replace(
            seen,
            unit_id="19",
            unit_label="länet",
            unit_kind="lan",
            year=int(seen.unit_label),
            value_unit="procent",
        )
        for seen in rows
    )
    return document([sentence], (reading, told), year=2020)


def verdicts(made: ReadDocument) -> set[str]:
    return {one.verdict for one in find_claims(made, load_registers()).claims} - {"undecidable"}


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Skuldrådgivningen på kvällstid har minskat med fem procentenheter sedan 2018.", "supported"),
        ("Skuldrådgivningen på kvällstid har minskat med åtta procentenheter sedan 2018.", "refuted"),
        ("Lotsarna för nyanlända har byggts ut med tolv procentenheter sedan 2019.", "supported"),
        ("Lotsarna för nyanlända har byggts ut med tjugo procentenheter på två år.", "refuted"),
        ("En av de två frågorna har ökat sedan 2019.", ""),
        ("I riket har lotsar för nyanlända ökat med fem procentenheter sedan 2018.", ""),
    ],
)
def test_the_years_of_a_single_county(sentence: str, verdict: str) -> None:
    assert verdicts(county(sentence)) == ({verdict} if verdict else set())


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Stödet gällde 14 familjer à 2 000 kronor, vilket blir 28 000 kronor.", "supported"),
        ("Stödet gällde 14 familjer à 2 000 kronor, vilket blir 26 000 kronor.", "refuted"),
        ("Kostnaden landade på 45 000 kronor (30 dygn à 1 500 kronor).", "supported"),
        ("Kostnaden landade på 54 000 kronor (30 dygn à 1 500 kronor).", "refuted"),
        ("Tre utbetalningar om 4 000 kronor ger 12 000 kronor.", "supported"),
        ("Två grupper om 8 personer ger 3 000 kronor.", ""),
    ],
)
def test_products_told_by_a_rate(sentence: str, verdict: str) -> None:
    made = document([sentence], table("\n | Rutin | Kurs\nArboga | JA | NEJ\nSala | NEJ | NEJ\n"))
    assert verdicts(made) == ({verdict} if verdict else set())
