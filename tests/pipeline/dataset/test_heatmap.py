from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dataset.heatmap import alternative, heat_map, heat_map_svg, number, shown_value
from tests.pipeline.dataset.made import observations

ROWS = [asdict(one) | {"page": one.box.page} for one in observations("d", "t")]


def test_units_in_rows() -> None:
    grid = heat_map(ROWS, "units_in_rows")
    assert grid is not None
    assert grid.row_labels == ("Grönby", "Blåvik", "Rödsjö")
    assert grid.col_labels == ("Kö till rådgivning mäts", "Rutin vid hot")
    assert [[cell.text for cell in line if cell] for line in grid.cells] == [
        ["Ja", "Nej"],
        ["Nej", "Ja"],
        ["Ja", "saknas"],
    ]


def test_indicators_in_rows() -> None:
    turned = [row | {"row": row["col"], "col": row["row"]} for row in ROWS]
    grid = heat_map(turned, "indicators_in_rows")
    assert grid is not None and not grid.units_in_rows
    assert grid.row_labels[0] == "Kö till rådgivning mäts" and grid.col_labels[0] == "Grönby"


def test_a_table_without_observations_has_no_map() -> None:
    assert heat_map([], None) is None


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"value": 62.5, "value_unit": "procent"}, "62,5\u00a0%"),
        ({"value": 2092.0}, "2\u202f092"),
        ({"range_min": 4.0, "range_max": 7.0}, "4–7"),
        ({"range_min": 15.0}, "15–"),
        ({"value_raw": "se not"}, "se not"),
    ],
)
def test_figures_are_written_the_swedish_way(fields: dict[str, Any], shown: str) -> None:
    bare = {"value": None, "value_unit": None, "range_min": None, "range_max": None, "value_raw": ""}
    assert shown_value(bare | fields) == shown


@given(st.integers(-(10**9), 10**9))
def test_a_number_keeps_its_digits(value: int) -> None:
    assert float(number(value / 1000).replace("\u202f", "").replace(",", ".")) == value / 1000


def test_picture_carries_words_and_an_alternative() -> None:
    hostile = replace(observations("d", "t")[0], unit_label='A\'"]+alert(1)+["')
    rows = [asdict(hostile) | {"page": 1}, *ROWS[1:]]
    grid = heat_map(rows, None)
    assert grid is not None
    svg = heat_map_svg(grid, "Tabell 1")
    assert svg.startswith("<svg") and ">Nej<" in svg and "Blåvik" in svg
    assert alternative(grid) == "3 rader och 2 kolumner: 3 ja, 2 nej, 1 saknas."
    assert "Tabell 1. 3 rader och 2 kolumner: 3 ja, 2 nej, 1 saknas." in svg
