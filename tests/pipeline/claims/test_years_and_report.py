"""Tables of several years, and what a text says of its own report, in a true and a false version."""

from __future__ import annotations

import pytest

from pipeline.checks import check_document
from pipeline.claims import find_claims
from pipeline.model import Flag, ReadDocument
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document, table

SERIES = """
Mått | Arboga
Personer med boendestöd | {}
Andel som trivs i boendet | {}
"""
FIRST = """
 | Rutin för hembesök | Budgetkurs
Arboga | JA | NEJ
Köping | NEJ | JA
Sala | JA | NEJ
"""
SECOND = """
 | Brukarråd | Jourtelefon
Arboga | NEJ | JA
Köping | NEJ | NEJ
Sala | JA | JA
"""


def loud(made: ReadDocument) -> list[Flag]:
    claims = find_claims(made, load_registers()).claims
    return [one for one in check_document(made, claims, load_registers()) if one.severity != "info"]


def over_years(sentence: str) -> list[Flag]:
    """The flags of a sentence under a table whose lines are one kommun's years."""
    parts = [
        table(SERIES.format(*values), rows="indicators", year=year, label="Bilaga 1")
        for year, values in ((2019, (64, 83)), (2020, (71, 79)), (2021, (78, 86)))
    ]
    reading = parts[0][0]
    rows = tuple(
        type(seen)(
            **{**{f: getattr(seen, f) for f in seen.__slots__}, "col": at, "table_id": reading.table_id}
        )
        for at, (_, observed) in enumerate(parts, 1)
        for seen in observed
    )
    return loud(document([sentence], (reading, rows), own="1984"))


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("Personer med boendestöd har ökat sedan 2019.", "Personer med boendestöd har minskat sedan 2019."),
        (
            "Antalet personer med boendestöd steg från 64 år 2019 till 78 år 2021.",
            "Antalet personer med boendestöd steg från 46 år 2019 till 78 år 2021.",
        ),
        ("Personer med boendestöd var 71 år 2020.", "Personer med boendestöd var 75 år 2020."),
        (
            "Andelen som trivs i boendet är högre än 2020.",
            "Andelen som trivs i boendet är lägre än 2020.",
        ),
        (
            "Personer med boendestöd blev sju fler mellan 2020 och 2021.",
            "Personer med boendestöd blev nio fler mellan 2020 och 2021.",
        ),
    ],
)
def test_a_table_of_several_years(true: str, false: str) -> None:
    assert over_years(true) == []
    assert over_years(false)


@pytest.mark.parametrize(
    "sentence",
    [
        "Under 2020 lämnade 9 personer boendestöd och 16 nya tillkom.",
        "Boendestöden har blivit längre sedan 2019.",
        "I riket har personer med boendestöd minskat sedan 2019.",
        "Kommunen vill att personer med boendestöd ska ha minskat till 60 år 2021.",
    ],
)
def test_what_happened_in_a_year_is_no_level_of_it(sentence: str) -> None:
    assert over_years(sentence) == []


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("Rapporten omfattar tre kommuner.", "Rapporten omfattar fem kommuner."),
        ("Nätverkets tre kommuner ses varje år.", "Nätverkets fyra kommuner ses varje år."),
        (
            "Tabell 1 visar att alla kommuner utom Köping har rutin för hembesök.",
            "Tabell 2 visar att alla kommuner utom Köping har rutin för hembesök.",
        ),
        ("Här har vi samlat svaren för 2021 års omgång.", "Här har vi samlat svaren för 2018 års omgång."),
    ],
)
def test_what_a_report_says_of_itself(true: str, false: str) -> None:
    tables = table(FIRST), table(SECOND, label="Tabell 2", index=1)
    assert loud(document([true], *tables)) == []
    (flag,) = loud(document([false], *tables))
    assert flag.severity == "warning"


def test_an_exception_in_the_next_sentence_excuses_all() -> None:
    one = "Alla kommuner har rutin för hembesök."
    assert loud(document([one], table(FIRST)))
    assert loud(document([f"{one} Undantaget är Köping."], table(FIRST))) == []


def test_last_years_count_is_not_held_against_this_year() -> None:
    own = "\nIndikator | Arboga | Riket\nBudgetkurs | JA | 52\nJourtelefon | NEJ | 35\n"
    tables = table(own, rows="indicators", label="Bilaga 1")
    said = "Bilaga 1 har 2 indikatorer. Förra året var två av dem röda."
    assert loud(document([said], tables, own="1984")) == []
