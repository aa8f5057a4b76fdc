"""Statements over whole tables, about the report itself, and counted lists."""

from __future__ import annotations

import json

import pytest

from pipeline.claims import find_claims
from pipeline.model import Claim
from pipeline.reference import load_registers
from tests.pipeline.claims.making import REGION, claims_of, document, table

NUMBERS = """
 | Antal årsarbetare
Arboga | 6
Köping | 31
Sala | 14
"""


def outcomes(*sentences: str, text: str = REGION) -> list[tuple[str, str]]:
    return [(one.rule, one.verdict) for one in claims_of(*sentences, text=text)]


def under(heading: str, *sentences: str, text: str) -> tuple[Claim, ...]:
    made = document([f"# {heading}", " ".join(sentences)], table(text, heading=heading))
    return find_claims(made, load_registers()).claims


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Kommunernas svar är överlag bättre än eller i nivå med riket.", "supported"),
        ("Kommunernas resultat är generellt sett sämre än i riket.", "undecidable"),
    ],
)
def test_the_results_as_a_whole_are_counted_over_all_columns(sentence: str, verdict: str) -> None:
    assert outcomes(sentence) == [
        (
            "comparison.compare.better" if "bättre" in sentence else "comparison.compare.worse",
            verdict,
        )
    ]


def test_low_and_high_are_borne_out_by_most_columns() -> None:
    told = claims_of("Tabell 1 gäller besök.", "Resultatet i Stockholm och riket är överlag högt.")
    found = {json.loads(one.asserted)["left"]: one.verdict for one in told if one.rule == "comparison.level"}
    assert found == {"Stockholm": "supported", "riket": "supported"}
    low = claims_of("Tabell 1 gäller besök.", "Resultatet i riket är överlag lågt.")
    assert [one.verdict for one in low if one.rule == "comparison.level"] == ["undecidable"]


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Bemanningen skiljer sig kraftigt åt.", "supported"),
        ("Bemanningen varierar stort mellan kommunerna.", "supported"),
    ],
)
def test_a_spread_is_that_of_the_one_indicator_of_the_section(sentence: str, verdict: str) -> None:
    (one,) = under("Bemanning", sentence, text=NUMBERS)
    assert (one.rule, one.verdict) == ("comparison.spread", verdict)


def test_figures_near_each_other_bear_out_no_spread() -> None:
    near = NUMBERS.replace("31", "7").replace("14", "6")
    (one,) = under("Bemanning", "Bemanningen skiljer sig kraftigt åt.", text=near)
    assert one.verdict == "undecidable"


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("De tre målen är trygghet, inflytande och delaktighet samt god tillgång.", "supported"),
        ("De fyra målen är trygghet, inflytande och delaktighet samt god tillgång.", "supported"),
        ("De tre målen är trygghet, inflytande och arbete.", "supported"),
        ("De fyra målen är trygghet, inflytande och arbete.", "refuted"),
        ("Dessa två delar utgörs av stöd och vägledning.", "supported"),
    ],
)
def test_a_number_of_things_is_counted_against_the_list_behind_it(sentence: str, verdict: str) -> None:
    assert outcomes(sentence) == [("arithmetic.enumeration", verdict)]


@pytest.mark.parametrize(
    "sentence",
    [
        "De fyra målen är bland annat trygghet och arbete.",
        "De fyra åren är snart gångna.",
        "Alla de sju frågor som ställdes är, enligt nämnden, för många, för långa och för svåra.",
        "De fem områdena är viktiga, och de har alla en egen plan som nämnden har tagit ställning till i år.",
    ],
)
def test_what_is_no_closed_list_is_not_counted(sentence: str) -> None:
    assert outcomes(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "rule", "verdict"),
    [
        ("Svaren redovisas i tabell 1.", "metadata.reference_there", "supported"),
        ("Svaren redovisas i tabell 1–4.", "metadata.reference_there", "undecidable"),
        ("Som jämförelse redovisas resultaten för riket.", "metadata.compared_with", "supported"),
        ("Som jämförelse redovisas resultaten för länet.", "metadata.compared_with", "undecidable"),
    ],
)
def test_what_the_report_says_it_holds(sentence: str, rule: str, verdict: str) -> None:
    assert outcomes(sentence) == [(rule, verdict)]


@pytest.mark.parametrize(("nth", "verdict"), [("elfte", "supported"), ("nionde", "undecidable")])
def test_the_edition_is_counted_from_the_register(nth: str, verdict: str) -> None:
    """The register's oldest indicators of ekonomiskt bistånd are of 2011; the document is of 2021."""
    (one,) = claims_of(f"För {nth} året i rad publiceras Öppna jämförelser för ekonomiskt bistånd.")
    assert (one.rule, one.verdict) == ("metadata.edition", verdict)


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Även om minskningen är liten bör den följas.", "supported"),
        ("Även om minskningen är kraftig bör den följas.", "undecidable"),
        ("Ökningen är liten.", "undecidable"),
    ],
)
def test_the_size_of_a_change_is_that_of_the_sentence_before(sentence: str, verdict: str) -> None:
    before = "Andelen kommuner i riket med budgetkurs har minskat från 44 till 41 procent."
    assert ("change.degree", verdict) in outcomes(before, sentence)
