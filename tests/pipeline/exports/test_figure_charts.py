from typing import Any

from pipeline.exports.site.indicators import _time_lines


def row(value: float, document: str) -> dict[str, Any]:
    return {
        "measure": "value",
        "unit_kind": "kommun",
        "year": 2020,
        "subgroup": None,
        "unit_id": "0180",
        "unit_label": "Stockholm",
        "answer": None,
        "value": value,
        "value_unit": "kronor",
        "status": "ok",
        "document_id": document,
    }


def test_figures_that_one_source_gives_have_a_chart() -> None:
    assert [title for title, _ in _time_lines([row(120.0, "a")])] == [
        "Enheternas egna tal per upplaga (kronor)"
    ]


def test_figures_that_the_sources_differ_on_have_none() -> None:
    assert list(_time_lines([row(120.0, "a"), row(150.0, "b")])) == []
