"""For the n-th year running, against a table of three years: 64, 71, 78 persons and 83, 79, 86 per cent."""

from __future__ import annotations

import pytest

from tests.pipeline.claims.test_years_and_report import over_years


@pytest.mark.parametrize(
    "sentence",
    [
        "Personer med boendestöd har ökat för andra året i rad.",
        "Personer med boendestöd har ökat för sjätte året i rad.",  # the table does not go so far back
        "Andelen som trivs i boendet sjönk inte för tredje gången utan steg.",
    ],
)
def test_what_the_years_bear_out_or_do_not_show_is_silent(sentence: str) -> None:
    assert over_years(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Personer med boendestöd har minskat för andra året i rad.",
        "Andelen som trivs i boendet har ökat för andra året i rad.",
        "Andelen som trivs i boendet har ökat för femte året i rad.",  # one shown step goes the other way
    ],
)
def test_a_step_the_other_way_is_flagged(sentence: str) -> None:
    assert [one.severity for one in over_years(sentence)] == ["warning"]
