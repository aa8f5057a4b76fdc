"""Swedish words of the exports: headings of columns, words for codes."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from pipeline.dataset.schemas import schemas, words

HEADINGS = Path(__file__).parent / "data" / "headings.csv"
#: A status that only views over several tables have: they print different values for the same thing.
CONFLICT = "conflict"
#: Short words for values that are not there, each of its own kind (in a table of answers).
ABSENT = {
    "blank": "tom cell",
    "missing": "uppgift saknas",
    "suppressed": "sekretess",
    "not_applicable": "ej aktuellt",
    "unknown": "vet ej",
    "unreadable": "oläslig",
    CONFLICT: "olika uppgifter",
}
#: What a figure is, in front of a column or row: never mixed.
MEASURES = {"answer": "svar", "share": "andel ja", "mean": "medelvärde", "median": "median", "value": "mått"}


@lru_cache(maxsize=1)
def headings() -> dict[str, str]:
    """Swedish heading by column name."""
    with HEADINGS.open(encoding="utf-8", newline="") as file:
        return {row["column"]: row["sv"] for row in csv.DictReader(file)}


def heading(column: str) -> str:
    """The Swedish heading of a column; its own name when it has none."""
    return headings().get(column, column)


@lru_cache(maxsize=256)
def code_words(table: str, column: str) -> dict[str, str]:
    """Swedish words for the codes of a published column; empty when it holds no codes."""
    for one in schemas()[table].columns if table in schemas() else ():
        if one.name == column and one.values:
            return words(one.values)
    return {}


def area_word(area: str | None) -> str:
    """The Swedish name of an area; ``Okänt område`` when there is none."""
    return "Okänt område" if area is None else words("area").get(area, area)
