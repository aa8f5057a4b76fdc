"""What a steward adds to the registers takes effect without code: layouts, codes, corrections."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.errors import RegisterError
from pipeline.normalize import read_documents
from pipeline.normalize.layouts import layouts_from
from pipeline.reference import Registers, load_registers, register_folder
from tests.pipeline.normalize.build import block, document, table

ROWS = [["Fråga om stödet", "Vad vi gör", "Alla andra"], ["Rutin för samverkan", "Ja", "41"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the package's registers that a test may change."""
    to = tmp_path / "register"
    shutil.copytree(register_folder(), to, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return to


def read(registers: Registers):  # type: ignore[no-untyped-def]
    heads = [block("Öppna jämförelser 2022", kind="heading"), block("Ludvika", kind="heading", level=2)]
    (only,) = read_documents(document(heads, [table(ROWS)]), registers)
    return only


def test_a_new_layout_is_one_file(folder: Path) -> None:
    assert read(load_registers(folder)).observations == ()
    (folder / "layouts" / "stodet.yaml").write_text(
        """id: stodet
kind: indicators
orientation: indicators_in_rows
fingerprint:
  headers: ['^fråga om stödet']
columns:
  - {header: '^fråga om stödet', role: indicator}
  - {header: '^vad vi gör', role: unit, unit: heading}
  - {header: '^alla andra', role: unit, unit: '00'}
""",
        encoding="utf-8",
    )
    found = read(load_registers(folder))
    assert [(one.unit_id, one.answer, one.value, one.measure) for one in found.observations] == [
        ("2085", "JA", None, "answer"),
        ("00", None, 41.0, "share"),
    ]
    assert found.tables[0].layout == "stodet"


def test_a_correction_applies_while_its_guard_holds(folder: Path) -> None:
    rows = [["Kommun", "Rutin för samverkan"], ["Falun", "Ja"], ["Mora", "Nej"]]
    head = (
        "correction_id,document_id,document_sha256,table_label,unit_label,indicator_label,"
        "expect,replace,reason,date,author\n"
    )
    line = "r{0},{1}-1,,,{2},Rutin för samverkan,{3},{4},Kommunen har rättat,2024-01-02,a1\n"
    (folder / "corrections.csv").write_text(
        head
        + line.format(1, "0f" * 8, "Falun", "Ja", "Nej")
        + line.format(2, "0f" * 8, "Mora", "Delvis", "Ja"),
        encoding="utf-8",
    )
    pdf = document([block("Öppna jämförelser 2022", kind="heading")], [table(rows)])
    (found,) = read_documents(pdf, load_registers(folder))
    assert [(one.value_raw, one.answer, one.correction) for one in found.observations] == [
        ("Ja", "NEJ", "r1"),
        ("Nej", "NEJ", None),
    ]
    (missed,) = [one for one in found.unmatched if one.register == "corrections"]
    assert (missed.label, "Delvis" in missed.candidates[0], "Nej" in missed.candidates[0]) == (
        "r2",
        True,
        True,
    )


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"kind": "indicators"}, "saknar id"),
        ({"id": "a"}, "saknar fingeravtryck"),
        ({"id": "a", "kind": "lista", "fingerprint": {"evidence": "key"}}, "kind är ”lista”"),
        ({"id": "a", "fingerprint": {"headers": ["("]}}, "går inte att läsa"),
        (
            {"id": "a", "fingerprint": {"headers": ["b"]}, "columns": [{"header": "b", "role": "rad"}]},
            "role är ”rad”",
        ),
    ],
)
def test_a_bad_layout_is_a_clear_sentence(entry: dict[str, object], told: str) -> None:
    with pytest.raises(RegisterError) as caught:
        layouts_from([entry])
    assert told in caught.value.message


def test_the_package_layouts_can_be_read() -> None:
    registers = load_registers()
    assert len(layouts_from(layout.data for layout in registers.layouts)) == len(registers.layouts) > 5
