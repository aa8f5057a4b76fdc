"""Figures told far from their table, parts of a whole told before, and lists set below a sentence."""

from __future__ import annotations

import json

import pytest

from pipeline.claims import find_claims
from pipeline.model import Claim
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

REGISTER = """
 | Långvarigt boende på härbärge | Hushåll på härbärge i befolkningen | Barn i familjer på härbärge
Sala | 26,7 | 4,9 | 8,5
Köping | 39,6 | 5,6 | 10,2
Riket | 36,4 | 4,3 | 7,0
"""


def claims(*paragraphs: str) -> tuple[Claim, ...]:
    """The claims of paragraphs that stand before the table and name no table."""
    read = document([*paragraphs], table(REGISTER, label=None), before=0)
    return find_claims(read, load_registers()).claims


def told(*paragraphs: str) -> list[tuple[str, str]]:
    return [(one.rule, one.verdict) for one in claims(*paragraphs)]


def test_the_level_a_change_reached_is_borne_out_by_the_country_s_figure() -> None:
    found = claims(
        "Andelen med långvarigt boende på härbärge har ökat med 2 procentenheter till 36,4 procent."
    )
    (level,) = [one for one in found if one.rule == "percent.value"]
    assert (level.verdict, json.loads(level.asserted)["unit"], level.unit_ids) == (
        "supported",
        "riket",
        ("00",),
    )
    assert len(level.evidence) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Andelen med långvarigt boende på härbärge har ökat med 2 procentenheter till 36,5 procent.",
        "Andelen som tackat nej har ökat med 2 procentenheter till 36,4 procent.",
    ],
)
def test_another_figure_or_another_thing_is_left_undecided(sentence: str) -> None:
    assert {one.verdict for one in claims(sentence)} <= {"undecidable"}


def test_parts_that_come_to_the_whole_before_are_added() -> None:
    found = told("Totalt fick 90 personer stöd. Av dessa var 60 vuxna, varav 20 kvinnor, och 30 var barn.")
    assert ("arithmetic.sum", "supported") in found


def test_parts_that_do_not_are_left_alone() -> None:
    found = told("Totalt fick 90 personer stöd. Av dessa var 60 vuxna och 25 var barn.")
    assert "refuted" not in {verdict for _, verdict in found}


@pytest.mark.parametrize(
    ("number", "expected"), [("tre", [("arithmetic.enumeration", "supported")]), ("fyra", [])]
)
def test_a_list_set_below_its_sentence_is_counted(number: str, expected: list[tuple[str, str]]) -> None:
    items = ("- Bemötande", "- Väntetider", "- Lokaler")
    found = told(f"Arbetet samlades i följande {number} delar:", *items, "# Nästa")
    assert [one for one in found if one[0] == "arithmetic.enumeration"] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Nämnden ser två vägar: dels tidigare kontakt, dels tätare uppföljning.",
        "Arbetet delades in i två delar: en för unga och en för vuxna.",
    ],
)
def test_what_follows_a_colon_is_counted(sentence: str) -> None:
    assert told(sentence) == [("arithmetic.enumeration", "supported")]


def test_from_a_to_b_without_year_or_direction_is_no_change() -> None:
    assert not [
        one
        for one in claims("Handläggarna har olika många ärenden, från 50 till 115 ärenden.")
        if one.claim_type == "change"
    ]


@pytest.mark.parametrize(
    ("sentence", "verdicts"),
    [
        ("Det är elfte gången som Öppna jämförelser visar läget inom ekonomiskt bistånd.", ["supported"]),
        ("Det är tredje gången som Öppna jämförelser visar läget inom ekonomiskt bistånd.", []),
        ("År 2011 var första gången som Öppna jämförelser visade ekonomiskt bistånd.", ["supported"]),
    ],
)
def test_how_many_times_the_area_has_been_compared(sentence: str, verdicts: list[str]) -> None:
    assert [one.verdict for one in claims(sentence) if one.rule == "metadata.edition"] == verdicts


@pytest.mark.parametrize(
    ("sentence", "verdicts"),
    [
        ("Det blir 2 × 1,0 + 4 × 0,5 = 2 + 2 = 4,0 tjänster.", ["supported"]),
        ("Kostnaden blir 12 x 1 500 = 18 000 kronor.", ["supported"]),
        ("Kostnaden blir 12 x 1 500 = 16 000 kronor.", ["refuted"]),
        ("Dag 7 = sista dagen.", []),
        ("I tabellen betyder 1 = ja.", []),
    ],
)
def test_a_printed_equation_is_worked_out(sentence: str, verdicts: list[str]) -> None:
    assert [one.verdict for one in claims(sentence) if one.rule == "arithmetic.equation"] == verdicts
