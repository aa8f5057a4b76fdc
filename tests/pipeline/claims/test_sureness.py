"""A refutation needs a sure binding: what only the sentence before suggests may bear out, never refute."""

from __future__ import annotations

import pytest

from pipeline.checks import check_document
from pipeline.claims import find_claims
from pipeline.model import Claim, Flag
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

TABLE = """
 | Nöjda med hemtjänsten, % | Väntetid till boende, dagar | Fallolyckor, antal | Drabbade barn, antal
Borlänge | 81 | 40 | 17 | 6
Falun | 74 | 55 | 12 | 4
Mora | 90 | 23 | 9 | 9
Rättvik | 86 | 31 | 15 | 2
Medel | 83 | 37 | 13 | 5
Riket | 79 | 61 | 14 | 7
"""


def read(text: str) -> tuple[tuple[Claim, ...], list[Flag]]:
    registers = load_registers()
    made = document([text], table(TABLE))
    claims = find_claims(made, registers).claims
    return claims, [flag for flag in check_document(made, claims, registers) if flag.severity != "info"]


@pytest.mark.parametrize(
    "text",
    [
        # another subject is named, in words that no label has
        "Nöjda med hemtjänsten är 81 procent i Borlänge. Vårdcentralernas läkare träffar 62 procent i Falun.",
        # a sentence that was not understood stands between
        "Nöjda med hemtjänsten är 81 procent i Borlänge. Personalen har bytt schema. Falun har 62 procent.",
        # one figure for one of two columns
        "Borlänge hade 17 fallolyckor, däribland sådana som gällde sex barn.",
        # a difference, and a figure held against the mean
        "Väntetiden till boende är nio dagar längre i Borlänge.",
        "Fallolyckor i Borlänge är 17. Antalet fallolyckor, 12, ligger under snittet.",
        # "dock inte" denies of the one named behind it
        "Fallolyckor räknade alla fyra, dock inte Orsa.",
    ],
)
def test_what_is_only_leant_on_accuses_nobody(text: str) -> None:
    assert read(text)[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "Nöjda med hemtjänsten är 88 procent i Borlänge.",
        "Nöjda med hemtjänsten är 81 procent i Borlänge. I Falun är andelen 62 procent.",
        "I Mora är väntetiden till boende 23 dagar. Även i Rättvik är väntetiden 77 dagar.",
        "Borlänge har längre väntetid till boende än Falun.",
        # the figure beside it fits the mean: the comparison is the mean's, though Mora was named before
        "Nöjda med hemtjänsten är 90 procent i Mora. Snittet (83 %) är lägre än i riket (79 %).",
    ],
)
def test_what_is_named_or_pointed_at_is_refuted(text: str) -> None:
    claims, flags = read(text)
    assert flags
    assert "refuted" in {claim.verdict for claim in claims}


def test_a_reason_tells_why_nothing_was_decided() -> None:
    claims, _ = read("Nöjda med hemtjänsten är 81 procent i Borlänge. Läkarna träffar 62 procent i Falun.")
    left = [claim for claim in claims if "Läkarna" in claim.sentence]
    assert left
    assert all(claim.verdict == "undecidable" and claim.reason for claim in left)


YEARS = """
 | Kvalitetsindex 2021 | Kvalitetsindex 2022 | Klara inom tio dagar, %
Borlänge | 61 | 64 | 88
Falun | 70 | 66 | 71
Mora | 58 | 55 | 93
Rättvik | 66 | 65 | 79
"""
ANSWERS = """
 | Rutin för hembesök | Plan för sommaren | Jourtelefon
Borlänge | Ja | Ja | Nej
Falun | Ja | Nej | Ja
Mora | Nej | Ja | Ja
Rättvik | Ja | Ja | Ja
"""


def flags_of(text: str, shown: str) -> list[Flag]:
    registers = load_registers()
    made = document([text], table(shown))
    claims = find_claims(made, registers).claims
    return [flag for flag in check_document(made, claims, registers) if flag.severity != "info"]


@pytest.mark.parametrize(
    "text",
    [
        # the comparison opens the sentence: those behind the verb are compared, or nobody is
        "Kortare väntetid till boende än i riket, 61 dagar, är det i Borlänge och Mora.",
        "Längre väntetid till boende än i riket har ingen.",
        # a difference, said with the thing that is counted, or in another unit than the column's
        "Borlänge ligger fyra fallolyckor över snittet.",
        "Rättvik ligger en dag under snittet för fallolyckor.",
        # a part of a whole
        "Av 17 fallolyckor i Borlänge skedde nio på natten.",
    ],
)
def test_the_sides_of_a_comparison_are_told_from_its_order(text: str) -> None:
    assert read(text)[1] == []


def test_a_false_comparison_that_opens_its_sentence_is_found() -> None:
    assert read("Längre väntetid till boende än i Borlänge är det i Mora och Rättvik.")[1]
    assert read("Nöjdast är de i Mora, där 70 procent är nöjda med hemtjänsten.")[1]
    assert read("Spannet mellan Mora och Falun är 26 procentenheter för nöjda med hemtjänsten.")[1]


@pytest.mark.parametrize(
    "text",
    [
        # the sum of an index means nothing
        "Tre kommuner har ett lägre kvalitetsindex än 2021.",
        # the greatest change, not the greatest value
        "Det största klivet tar Borlänge, vars kvalitetsindex stiger med tre enheter.",
        # most in time is fastest
        "Snabbast är de i Mora, där flest är klara inom tio dagar.",
        # the number is the label's
        "Flest är klara inom tio dagar i Mora.",
    ],
)
def test_an_index_is_not_summed_and_a_share_is_no_time(text: str) -> None:
    assert flags_of(text, YEARS) == []


@pytest.mark.parametrize(
    "text",
    [
        "En rutin för hembesök finns överallt, Mora undantaget.",
        "Samtliga har en jourtelefon, Borlänge borträknat.",
        "Rutin för hembesök finns i Borlänge, Falun och Rättvik. "
        "Plan för sommaren finns på samma orter, Falun undantaget.",
        "Borlänge är ensamt om att ha en plan för sommaren men ingen jourtelefon.",
    ],
)
def test_a_name_left_out_behind_is_an_exception(text: str) -> None:
    assert flags_of(text, ANSWERS) == []


def test_a_wrong_exception_behind_is_found() -> None:
    assert flags_of("En rutin för hembesök finns i samtliga kommuner, Falun undantaget.", ANSWERS)
