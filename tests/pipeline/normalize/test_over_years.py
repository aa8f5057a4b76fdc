"""Tables over the years: of one unit, in rows or in columns, and years within the names of columns."""

from __future__ import annotations

import pytest

from pipeline.model import Observation
from tests.pipeline.normalize.build import Rows, block, table
from tests.pipeline.normalize.test_layout_kinds import read

YEARS = ("2020", "2021", "2022", "2023")


def _said(one: Observation) -> tuple[object, ...]:
    return one.unit_id, one.indicator_label, one.year, one.value


@pytest.mark.parametrize(
    ("caption", "unit_id"),
    [("Svarstider i riket", "00"), ("Svarstider i Nacka", "0182"), ("Svarstider i Stockholms län", "01")],
)
def test_years_in_rows_are_of_the_unit_that_the_caption_names(caption: str, unit_id: str) -> None:
    rows: Rows = [
        ["År", "Dagar till svar", "Ärenden"],
        *([y, str(8 + n), str(90 - n)] for n, y in enumerate(YEARS)),
    ]
    found = read(table(rows, label="Tabell 2", caption=caption))
    assert [_said(one) for one in found.observations[2:4]] == [
        (unit_id, "Dagar till svar", 2021, 9.0),
        (unit_id, "Ärenden", 2021, 89.0),
    ]
    assert len(found.observations) == 8


def test_years_in_columns_over_names_that_no_register_knows_are_of_the_own_kommun() -> None:
    rows: Rows = [["Insats", *YEARS], ["Läxläger", "14", "15", "9", "7"], ["Simskola", "3", "5", "6", "8"]]
    found = read(table(rows, label="Tabell 3"), block("Uppgifter för Nacka kommun", kind="heading", level=2))
    assert [_said(one) for one in found.observations[3:5]] == [
        ("0182", "Läxläger", 2023, 7.0),
        ("0182", "Simskola", 2020, 3.0),
    ]


def test_years_of_nobody_are_no_observations() -> None:
    rows: Rows = [["Insats", *YEARS], ["Läxläger", "14", "15", "9", "7"], ["Simskola", "3", "5", "6", "8"]]
    assert not read(table(rows, label="Tabell 3")).observations


def test_columns_of_one_name_that_end_in_different_years() -> None:
    rows: Rows = [
        ["Kommun", "Beslut per 100 barn, 2022", "Beslut per 100 barn, 2023", "Handläggare 2023"],
        ["Falun", "12", "13", "5"],
        ["Mora", "8", "9", "2"],
    ]
    found = read(table(rows, label="Tabell 4"))
    assert [(one.indicator_label, one.year, one.value) for one in found.observations[:3]] == [
        ("Beslut per 100 barn", 2022, 12.0),
        ("Beslut per 100 barn", 2023, 13.0),
        ("Handläggare 2023", 2023, 5.0),
    ]
