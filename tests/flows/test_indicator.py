"""`oj indicator ID`: the values of an indicator in the terminal, a line for every value."""

from pathlib import Path

import pytest

from flows.cli import main
from flows.listing import value_lines
from pipeline.reference import load_registers
from tests.flows.makers import report


def test_equal_values_of_an_indicator_are_one_line_with_all_their_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = load_registers().indicators.get("eb-socialjour")
    head = ("Kommun", entry.name, "Rutin för samverkan")
    report(tmp_path / "in" / "a.pdf", rows=(head, ("Solna", "JA", "NEJ"), ("Nacka", "JA", "NEJ")))
    report(
        tmp_path / "in" / "b.pdf",
        rows=(head, ("Solna", "JA", "JA"), ("Nacka", "NEJ", "NEJ")),
        sentences=["Svaren lämnades under våren."],
    )
    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "ut"), "--direct", "--no-exports"]) == 0
    capsys.readouterr()
    assert main(["indicator", entry.indicator_id, "--out", str(tmp_path / "ut")]) == 0
    shown = [line for line in capsys.readouterr().out.splitlines() if "2021" in line]
    solna, nacka = ([line for line in shown if name in line] for name in ("Solna", "Nacka"))
    assert len(solna) == 1 and "a.pdf, s. 1; b.pdf, s. 1" in solna[0]
    assert ["JA" in line for line in nacka] == [True, False]
    assert "b.pdf" not in nacka[0] and "a.pdf" not in nacka[1]


def test_values_that_differ_in_anything_told_are_lines_of_their_own() -> None:
    same = {"unit_label": "Ås", "measure": "value", "answer": None, "value": 3.0, "value_unit": "dagar"}
    same |= {"range_min": None, "range_max": None, "status": "ok", "year": 2020, "page": 2}
    same |= {"subgroup": None, "period": None, "document_id": "d"}
    rows = [
        same,
        same | {"page": 1},
        same | {"subgroup": "Kvinnor"},
        same | {"measure": "stated"},
        same | {"year": 2019},
        same | {"unit_label": "Zinkgruvan"},
    ]
    del rows[3]["subgroup"], rows[3]["period"]
    lines = value_lines(rows, {"d": "d.pdf"})
    assert [line[:3] for line in lines] == [
        ("2019", "Ås", "värde"),
        ("2020", "Zinkgruvan", "värde"),
        ("2020", "Ås", "i text"),
        ("2020", "Ås", "värde"),
        ("2020", "Ås, Kvinnor", "värde"),
    ]
    assert lines[3][3:] == ("3 dagar", "d.pdf, s. 1; d.pdf, s. 2")
    assert value_lines(reversed(rows), {"d": "d.pdf"}) == lines
