"""Lines into edges and spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.tables.grids import spans
from extractors.tables.rules import merged, regions_of, snapped


def test_pieces_of_a_line_are_joined_and_their_seams_kept() -> None:
    (line,) = merged([(10.0, 0.0, 50.0), (10.2, 50.0, 90.0), (10.0, 92.0, 120.0)])
    assert (line.lo, line.hi) == (0.0, 120.0)
    assert line.breaks == (50.0,)


def test_doubled_line_is_one() -> None:
    assert len(merged([(10.0, 0.0, 50.0), (11.8, 0.0, 50.0)])) == 1


def test_short_strokes_separate_nothing() -> None:
    assert merged([(10.0, 0.0, 4.0)]) == []


def test_lines_that_touch_hang_together() -> None:
    hs = merged([(10.0, 0.0, 50.0), (60.0, 0.0, 50.0), (10.0, 200.0, 260.0)])
    vs = merged([(0.0, 10.0, 60.0), (200.0, 10.0, 40.0)])
    regions = regions_of(hs, vs)
    assert sorted((region.x0, region.x1) for region in regions) == [(0.0, 50.0), (200.0, 260.0)]


@given(st.lists(st.floats(0, 500), max_size=30))
def test_snapped_values_are_sorted_and_apart(values: list[float]) -> None:
    made = snapped(values, 2.5)
    assert made == sorted(made)
    assert all(any(abs(value - edge) <= 2.5 * len(values) for edge in made) for value in values)


@given(st.data())
def test_spans_cover_every_atom_once(data: st.DataObject) -> None:
    n_rows, n_cols = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    flags = st.booleans()
    right = [[data.draw(flags) for _ in range(n_cols - 1)] for _ in range(n_rows)]
    below = [[data.draw(flags) for _ in range(n_cols)] for _ in range(n_rows - 1)]
    seen = [
        (r, c)
        for span in spans(n_rows, n_cols, right, below)
        for r in range(span.row, span.row + span.row_span)
        for c in range(span.col, span.col + span.col_span)
    ]
    assert sorted(seen) == [(r, c) for r in range(n_rows) for c in range(n_cols)]
