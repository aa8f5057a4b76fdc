"""Rows and columns that sum a table up, of any kind: länets share of ja, staden, Summa, Totalt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Flag
from tests.pipeline.checks.test_checks import flags
from tests.pipeline.claims.making import document, table

SHARES = """
 | Rutin vid hot | Budgetkurs | Jourtelefon | Plan | Lots
Arboga | JA | NEJ | JA | JA | NEJ
Köping | JA | JA | NEJ | JA | NEJ
Sala | NEJ | JA | JA | NEJ | JA
Norberg | NEJ | JA | JA | NEJ | NEJ
Västmanlands län | {hot} | 75 | 75 | 50 | {lots}
Riket | 61 | 44 | 52 | 71 | 33
"""
SUMS = """
 | 2019 | 2020 | 2021
Kontaktperson | 10 | 12 | 9
Avlastning | 4 | 7 | 8
Summa | 14 | 19 | {last}
"""


def found(text: str, **options: str) -> list[Flag]:
    return flags(document([], table(text, **options)), "summary_row")  # type: ignore[arg-type]


@pytest.mark.parametrize(("hot", "lots", "count"), [("50", "25", 0), ("75", "25", 1), ("50", "52", 1)])
def test_a_county_row_that_sums_the_table_s_own_kommuner(hot: str, lots: str, count: int) -> None:
    told = found(SHARES.format(hot=hot, lots=lots))
    assert [one.severity for one in told] == ["warning"] * count


def test_a_county_row_of_more_kommuner_than_the_table_s_own_is_left() -> None:
    text = SHARES.format(hot="61", lots="31").replace("75 | 75 | 50", "58 | 75 | 42")
    assert found(text) == []


def by_years(last: str) -> list[Flag]:
    reading, rows = table(SUMS.format(last=last), rows="indicators")
    told = tuple(
        replace(seen, unit_id="1984", unit_label="Arboga", unit_kind="kommun", year=int(seen.unit_label))
        for seen in rows
    )
    return flags(document([], (reading, told)), "summary_row")


def test_a_row_of_sums_under_its_parts() -> None:
    assert by_years("17") == []
    told = by_years("18")
    assert len(told) == 1
    assert "9 + 8" in told[0].message


def with_total(*printed: int) -> list[Flag]:
    """Flags of a table whose last line is a total, as normalize reads such a line."""
    cells = " | ".join(str(one) for one in printed)
    text = f"\n | Platser | Barn | Hushåll\nArboga | 5 | 9 | 20\nSala | 7 | 4 | 31\nTotalt | {cells}\n"
    reading, rows = table(text)
    axes = tuple(
        replace(axis, statistic="total") if axis.label == "Totalt" else axis for axis in reading.row_axes
    )
    told = tuple(replace(seen, measure="value") for seen in rows)
    return flags(document([], (replace(reading, row_axes=axes), told)), "summary_row")


def test_a_line_of_totals_under_its_units() -> None:
    assert with_total(12, 13, 51) == []
    assert len(with_total(12, 13, 52)) == 1


def test_totals_that_never_add_up_are_of_other_units() -> None:
    assert with_total(40, 50, 90) == []
