"""load, verify, unmatched.csv, datapackage.json and the page of columns."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from pipeline.dataset import is_current, load, publish, verify
from pipeline.dataset.dictionary import dataset_page
from pipeline.dataset.integrity import dangling
from pipeline.dataset.schemas import schemas
from pipeline.dataset.unmatched import unmatched_csv
from pipeline.errors import OutputError
from pipeline.model import Unmatched
from tests.pipeline.dataset.made import FACTS, document, flag, part, stored


@pytest.fixture
def out(tmp_path: Path) -> Path:
    publish(stored(tmp_path / "delar", part("a"), part("b")), tmp_path / "ut", FACTS)
    return tmp_path / "ut"


def test_frames_have_nullable_types(out: Path) -> None:
    frame = load(out).frame("observations", columns=["unit_id", "year", "value"])
    assert frame["unit_id"].tolist()[0] in {"1001", "1002", "1003"}
    assert frame["year"].tolist() == [2022] * 12
    assert frame["value"].isna().all()
    assert isinstance(frame, pd.DataFrame)


def test_rows_by_key(out: Path) -> None:
    wanted = document("a").tables[0].table_id
    rows = load(out).among("cells", "table_id", {wanted})
    assert len(rows) == 12 and {row["table_id"] for row in rows} == {wanted}
    assert load(out).among("cells", "table_id", set()) == []


def test_pandas_alone_reads_the_files(out: Path) -> None:
    assert len(pd.read_parquet(out / "documents.parquet")) == 2


def test_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        load(tmp_path / "none")
    assert caught.value.code == "inget-dataset" and "oj run" in caught.value.message


def test_run_json_that_is_no_json(out: Path) -> None:
    (out / "run.json").write_text("{")
    assert "går inte att läsa" in verify(out)[0]
    with pytest.raises(OutputError):
        load(out)


def test_another_schema_version(out: Path) -> None:
    run = json.loads((out / "run.json").read_text())
    (out / "run.json").write_text(json.dumps(run | {"schema_version": "9.0"}))
    with pytest.raises(OutputError) as caught:
        load(out)
    assert caught.value.code == "annan-version" and "9.0" in caught.value.message


def test_a_dataset_is_current_while_it_is_whole_and_made_of_the_same(tmp_path: Path) -> None:
    parts = stored(tmp_path / "delar", part("a"))
    assert not is_current(tmp_path / "ut", "s1")
    publish(parts, tmp_path / "ut", replace(FACTS, state="s1"))
    assert is_current(tmp_path / "ut", "s1")
    assert not is_current(tmp_path / "ut", "s2")
    (tmp_path / "ut" / "flags.parquet").unlink()
    assert not is_current(tmp_path / "ut", "s1")


def test_changed_and_missing_files(out: Path) -> None:
    (out / "cells.parquet").write_bytes(b"PAR1")
    (out / "units.parquet").unlink()
    told = verify(out)
    assert len(told) == 2 and "cells.parquet stämmer inte" in told[0] and "units.parquet saknas" in told[1]
    with pytest.raises(OutputError) as caught:
        load(out)
    assert caught.value.code == "ofullstandigt"
    with pytest.raises(OutputError, match=r"cells\.parquet"):
        load(out, check=False).arrow("cells")


def test_ids_that_point_nowhere_are_told(tmp_path: Path) -> None:
    bare = part("b").documents[0]
    lost = replace(part("b"), documents=(replace(bare, flags=(flag(document("b"), table_id="t-0"),)),))
    units = [SimpleNamespace(unit_id=one, name=one, kind="kommun") for one in ("1001", "1003")]
    publish(stored(tmp_path / "delar", part("a"), lost), tmp_path / "ut", FACTS, units=units)
    assert dangling(load(tmp_path / "ut")) == (
        "observations.unit_id pekar på rader som saknas i units.unit_id: 1002.",
        "claims.unit_ids pekar på rader som saknas i units.unit_id: 1002.",
        "flags.table_id pekar på rader som saknas i tables.table_id: t-0.",
    )


def unmatched(
    label: str, document_id: str = "d-2", page: int = 3, candidates: tuple[str, ...] = ()
) -> Unmatched:
    return Unmatched("indicators", label, document_id, "Tabell 1", page, candidates, f"ny,{label}")


def test_unmatched_labels_are_counted_once_in_a_fixed_order() -> None:
    found = [unmatched("Öl"), unmatched("Al", "d-9"), unmatched("Al", "d-1", 7, ("i-1: Ek", "i-2: Ask"))]
    content, count = unmatched_csv(found)
    assert (content, count) == unmatched_csv(reversed(found))
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert count == 2 and [row["label"] for row in rows] == ["Al", "Öl"]
    assert (
        rows[0] | {"count": "2", "document_id": "d-1", "candidates": "i-1: Ek | i-2: Ask", "row": "ny,Al"}
        == rows[0]
    )


@pytest.mark.parametrize("label", ["=1+1", "+46", "-2", "@SUM(A1)", "\t=1"])
def test_no_label_is_a_formula(label: str) -> None:
    content, _ = unmatched_csv([unmatched(label)])
    (row,) = csv.DictReader(io.StringIO(content.decode()))
    assert row["label"] == f"'{label}"


def test_data_package_describes_every_column(out: Path) -> None:
    package = json.loads((out / "datapackage.json").read_text())
    assert [one["path"] for one in package["resources"]] == [
        schema.file_name for schema in schemas().values()
    ]
    for resource, schema in zip(package["resources"], schemas().values(), strict=True):
        assert [one["name"] for one in resource["schema"]["fields"]] == [
            column.name for column in schema.columns
        ]
    observations = package["resources"][3]["schema"]
    answer = next(one for one in observations["fields"] if one["name"] == "answer")
    assert answer["constraints"] == {"required": False, "enum": ["JA", "NEJ", "DELVIS"]}
    assert {
        "fields": ["table_id"],
        "reference": {"resource": "tables", "fields": ["table_id"]},
    } in observations["foreignKeys"]


def test_the_page_of_columns_is_up_to_date() -> None:
    page = Path(__file__).parents[3] / "docs" / "dataset.md"
    assert page.read_text(encoding="utf-8") == dataset_page()


def test_a_damaged_page_does_not_stop_a_reader_of_the_tables_but_is_told_and_repaired(tmp_path: Path) -> None:
    def page(folder: Path, run: object) -> None:
        (folder / "sida.html").write_text("hel", encoding="utf-8")

    out = tmp_path / "ut"
    parts = stored(tmp_path / "delar", part("a"))
    publish(parts, out, FACTS, exporters=(page,))
    (out / "sida.html").write_text("halv", encoding="utf-8")
    assert load(out).arrow("documents").num_rows == 1
    (told,) = verify(out)
    assert told.startswith("Filen sida.html stämmer inte")
    publish(parts, out, FACTS, exporters=(page,))
    assert verify(out) == ()
