from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.dataset import coverage_counts, parts, read_part, read_parts, write_part
from pipeline.errors import OutputError
from pipeline.model import DocumentRecord, ReadDocument
from tests.pipeline.dataset.made import claim, document, flag, part, stored


def test_a_part_is_read_back_whole(tmp_path: Path) -> None:
    (one,) = stored(tmp_path, part("a", document("a"), document("b")))
    assert [one.document(index) for index in (0, 1)] == [document("a"), document("b")]
    assert one.claims(1) == (claim(document("b")),)
    assert one.flags(0) == (flag(document("a")),)
    assert one.unmatched(0).rows == document("a").unmatched
    assert one.uncovered(1).rows == ((1, "Det fanns 7 ärenden kvar.", "7"),)
    assert (one.n_bytes, one.n_pages, one.timings) == (1000, 2, (("extract", 0.5),))
    summary = one.documents[0]
    assert (summary.n_pages, summary.n_tables, summary.n_observations, summary.n_sentences) == (2, 1, 6, 1)
    assert dict(summary.coverage) == {"sentences": 1, "claims_found": 1}


def test_a_reading_without_its_text(tmp_path: Path) -> None:
    (one,) = stored(tmp_path, part())
    light = one.document(0, text=False)
    assert (light.tables, light.observations) == (document().tables, document().observations)
    assert (light.blocks, light.sentences) == ((), ())


def test_a_reading_without_its_cells(tmp_path: Path) -> None:
    (one,) = stored(tmp_path, part())
    light = one.document(0, cells=False)
    assert (light.sentences, light.observations) == (document().sentences, document().observations)
    assert [(table.label, table.roles, table.table.cells) for table in light.tables] == [("Tabell 1", (), ())]


def test_rows_hold_roles_and_rounded_boxes(tmp_path: Path) -> None:
    (one,) = stored(tmp_path, part())
    cells = one.rows(0, "cells").to_pylist()
    assert [cell["role"] for cell in cells[:4]] == ["header", "header", "header", "row_label"]
    assert cells[4] | {"text": "JA", "page": 1, "x0": 150.0, "bottom": 120.0} == cells[4]
    assert one.rows(0, "claims").to_pylist()[0]["boxes"] == [
        {"page": 1, "x0": 50.0, "top": 200.0, "x1": 500.0, "bottom": 212.0}
    ]


def test_a_quarantined_file_has_a_part_too(tmp_path: Path) -> None:
    record = DocumentRecord(
        "d-1", "x.pdf", "00", 1, None, None, status="quarantined", reason_code="tom", reason="Tom fil."
    )
    (one,) = stored(tmp_path, part("x", ReadDocument(record)))
    assert one.documents[0].record == record
    assert one.documents[0].n_pages is None
    assert one.rows(0, "cells").num_rows == 0


def test_absent_part(tmp_path: Path) -> None:
    assert read_part(tmp_path, "k-0") is None
    assert list(read_parts(tmp_path / "nowhere")) == []


def test_parts_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    stored(tmp_path, part("b"), part("a"), part("c"))
    keys = [one.key for one in read_parts(tmp_path)]
    assert keys == sorted(part(name).key for name in "abc")
    assert [one.key for one in read_parts(tmp_path, [keys[2], "k-gone", keys[0]])] == [keys[2], keys[0]]


@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_a_flipped_bit_anywhere_makes_the_part_absent(tmp_path: Path, where: float, bit: int) -> None:
    path = write_part(tmp_path, part())
    data = bytearray(path.read_bytes())
    data[int(where * len(data))] ^= 1 << bit
    path.write_bytes(data)
    assert read_part(tmp_path, part().key) is None


@given(keep=st.floats(0, 1, exclude_max=True))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
def test_a_part_cut_off_anywhere_is_absent(tmp_path: Path, keep: float) -> None:
    path = write_part(tmp_path, part())
    path.write_bytes(path.read_bytes()[: int(keep * path.stat().st_size)])
    assert read_part(tmp_path, part().key) is None


def test_a_part_of_another_format_is_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(tmp_path, part())
    monkeypatch.setattr(parts, "format_fingerprint", lambda: "another")
    assert read_part(tmp_path, part().key) is None


def test_a_part_that_went_while_in_use_is_told(tmp_path: Path) -> None:
    (one,) = stored(tmp_path, part())
    one.path.unlink()
    with pytest.raises(OutputError) as caught:
        one.rows(0, "cells")
    assert caught.value.code == "del-skadad" and "a.pdf" in caught.value.message


def test_where_no_folder_can_be(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(OutputError) as caught:
        write_part(tmp_path / "fil" / "delar", part())
    assert caught.value.code == "gar-inte-att-skriva"


@pytest.mark.parametrize("year", [2**40, "tjugohundra"])
def test_a_value_that_fits_no_column_is_told(tmp_path: Path, year: object) -> None:
    bad = replace(document().observations[0], year=year)
    with pytest.raises(OutputError, match=r"a\.pdf") as caught:
        write_part(tmp_path, part("a", replace(document(), observations=(bad,)), with_flag=False))
    assert caught.value.code == "schema" and not list(tmp_path.iterdir())


def test_half_a_character_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        write_part(tmp_path, part("a", document("a", cell_text="\ud800")))
    assert caught.value.code == "schema"


def test_nothing_but_the_part_is_left_behind(tmp_path: Path) -> None:
    path = write_part(tmp_path, part())
    write_part(tmp_path, part())
    assert list(tmp_path.iterdir()) == [path]


@dataclass(frozen=True)
class Seen:
    sentences: int = 4
    uncovered_figures: tuple[tuple[int, str, str], ...] = ((1, "En mening med 7.", "7"),)


def test_coverage_counts_what_is_listed() -> None:
    assert coverage_counts(Seen()) == (("sentences", 4), ("uncovered_figures", 1))
