"""Golden tests: every kind of table in every style comes out cell by cell as it was set."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.extractors.tables.layouts import documents, styles
from tests.extractors.tables.reading import differences, grids, read_sample
from tests.samples import expected_cells

#: Too wide for a text column: the words of neighbouring cells would touch.
TOO_WIDE = {"landscape", "indicators", "colour"}
#: What cannot be told from the page, or is not yet.
UNREADABLE = {
    ("indicators", "tight"): "rows and wrapped lines stand equally near",
    ("empty", "tight"): "a row of nothing but its label looks like the rest of the label above",
    ("long", "two-columns-space"): "no running text tells that the page has two columns",
}


def _cases() -> list[tuple[str, str]]:
    return [
        (document, style)
        for document, style in itertools.product(documents(), styles())
        if not (style.startswith("two-columns") and document in TOO_WIDE)
        and (document, style) not in UNREADABLE
    ]


@pytest.mark.parametrize(("document", "style"), _cases())
def test_every_cell_as_set(document: str, style: str, tmp_path: Path) -> None:
    sample = documents()[document]
    found = grids(read_sample(sample, styles()[style], tmp_path))
    expected = expected_cells(sample)
    assert len(found) == len(expected)
    for table, wanted in zip(found, expected, strict=True):
        assert differences(table, wanted) == []
        assert table.header_rows == wanted.header_rows
