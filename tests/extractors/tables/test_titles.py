"""Header rows of grids: stripes, answers, groups and years below a header are told from it."""

from __future__ import annotations

import pytest

from extractors.tables.titles import header_rows_of
from pipeline.model import Box, Cell

HEAD = ["Ort", "Stöd", "Råd", "Tillsyn"]
ANSWERS = [[f"Ort {at}", *("JA" if (at + col) % 3 else "NEJ" for col in range(3))] for at in range(6)]


def _rows(rows: list[list[str]], fills: list[str | None], bold: tuple[int, ...] = ()) -> int:
    cells = [
        Cell(
            r,
            c,
            1,
            1,
            text,
            text,
            Box(1, 60.0 * c, 12.0 * r, 60.0 * c + 60, 12.0 * r + 12),
            fill=fills[r % len(fills)],
            bold=r in bold,
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return header_rows_of(cells, len(rows), len(rows[0]))


@pytest.mark.parametrize("fills", [[None], ["#ddeeff", None], ["#ddeeff", "#eeeeee"], ["#aabbcc"]])
@pytest.mark.parametrize("bold", [(), (0,)])
def test_rows_of_answers_are_no_header_whatever_their_stripes(
    fills: list[str | None], bold: tuple[int, ...]
) -> None:
    assert _rows([HEAD, *ANSWERS], fills, bold) == 1


def test_the_name_of_the_first_group_is_no_header() -> None:
    rows = [HEAD, ["Norra delen", "", "", ""], *ANSWERS]
    assert _rows(rows, [None], (0, 1)) == 1


def test_years_below_the_groups_of_columns_are_a_header() -> None:
    figures = [[f"Ort {at}", *(f"{at * 7 + col * 3 + 10},5" for col in range(3))] for at in range(6)]
    rows = [["", "Kvinnor", "", "Alla"], ["Ort", "2021", "2022", "2022"], *figures]
    assert _rows(rows, [None]) == 2


def test_without_a_header_answers_begin_at_once() -> None:
    assert _rows(ANSWERS, [None]) == 0
