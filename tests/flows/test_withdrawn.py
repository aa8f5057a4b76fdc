"""A file that is removed leaves the dataset's values and stays listed; an unchanged dataset is left alone."""

import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from flows.cli import main
from tests.flows.makers import report


def run(raw: Path, out: Path, *more: str) -> int:
    return main(["run", str(raw), "--out", str(out), "--direct", "--workers", "2", *more])


def documents(out: Path) -> dict[str, dict[str, Any]]:
    return {row["file_name"]: row for row in pq.read_table(out / "documents.parquet").to_pylist()}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("två")
    report(folder / "in" / "a.pdf")
    report(folder / "in" / "b.pdf", title="Öppna jämförelser 2022 – ekonomiskt bistånd")
    assert run(folder / "in", folder / "ut") == 0
    return folder


@pytest.fixture
def place(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published, tmp_path / "kopia")


def test_a_removed_file_is_listed_as_withdrawn_until_it_comes_back(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, out = place / "in", place / "ut"
    before = documents(out)
    files = {path.name: path.read_bytes() for path in out.glob("*.parquet")}
    (raw / "b.pdf").rename(place / "b.pdf")
    for _ in range(2):  # it stays listed, also in the run after the next
        assert run(raw, out) == 0
        row = documents(out)["b.pdf"]
        assert row["status"] == "withdrawn"
        assert row["reason"].startswith("borttagen: ")
        same = ("document_id", "file_sha256", "title", "year", "areas", "publisher")
        assert {name: row[name] for name in same} == {name: before["b.pdf"][name] for name in same}
        assert row["n_observations"] == row["n_tables"] == row["n_claims"] == 0
        for table in ("observations", "claims", "tables"):
            ids = set(pq.read_table(out / f"{table}.parquet").column("document_id").to_pylist())
            assert ids == {before["a.pdf"]["document_id"]}
    capsys.readouterr()
    assert main(["status", str(raw), "--out", str(out)]) == 0
    assert "tillbakadragen" in capsys.readouterr().out
    (place / "b.pdf").rename(raw / "b.pdf")
    assert run(raw, out) == 0
    assert {path.name: path.read_bytes() for path in out.glob("*.parquet")} == files


def rows_of(out: Path, name: str) -> list[dict[str, Any]]:
    """The rows of documents.parquet that bear a file's name, those that are there first."""
    rows = [row for row in pq.read_table(out / "documents.parquet").to_pylist() if row["file_name"] == name]
    return sorted(rows, key=lambda row: row["status"] == "withdrawn")


def test_a_file_that_was_renamed_is_not_withdrawn(place: Path) -> None:
    (place / "in" / "b.pdf").rename(place / "in" / "c.pdf")
    assert run(place / "in", place / "ut") == 0
    assert {name: row["status"] for name, row in documents(place / "ut").items()} == {
        "a.pdf": "ok",
        "c.pdf": "ok",
    }


def test_a_file_that_is_replaced_under_its_name_leaves_and_stays_listed(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, out = place / "in", place / "ut"
    before, files = documents(out), {path.name: path.read_bytes() for path in out.glob("*.parquet")}
    old = (raw / "a.pdf").read_bytes()
    report(raw / "a.pdf", title="Öppna jämförelser 2023 – ekonomiskt bistånd")
    for _ in range(2):  # it stays listed, also in the run after the next
        assert run(raw, out) == 0
        new, gone = rows_of(out, "a.pdf")
        assert (new["status"], new["year"]) == ("ok", 2023)
        assert gone["document_id"] == before["a.pdf"]["document_id"]
        assert (gone["status"], gone["year"], gone["n_observations"]) == ("withdrawn", 2021, 0)
        assert gone["reason"].startswith("ersatt: ")
        ids = set(pq.read_table(out / "observations.parquet").column("document_id").to_pylist())
        assert ids == {new["document_id"], before["b.pdf"]["document_id"]}
    capsys.readouterr()
    assert main(["status", str(raw), "--out", str(out)]) == 0
    assert "ersatt" in capsys.readouterr().out

    report(raw / "a.pdf", title="Öppna jämförelser 2024 – ekonomiskt bistånd")
    assert run(raw, out) == 0
    new, *gone = rows_of(out, "a.pdf")
    assert (new["status"], new["year"]) == ("ok", 2024)
    assert {row["year"] for row in gone} == {2021, 2023}

    (raw / "a.pdf").unlink()
    assert run(raw, out) == 0
    assert {(row["year"], row["reason"].partition(":")[0]) for row in rows_of(out, "a.pdf")} == {
        (2021, "ersatt"),
        (2023, "ersatt"),
        (2024, "borttagen"),
    }

    (raw / "a.pdf").write_bytes(old)
    assert run(raw, out) == 0
    assert {(row["year"], row["status"]) for row in rows_of(out, "a.pdf")} == {
        (2021, "ok"),
        (2023, "withdrawn"),
        (2024, "withdrawn"),
    }
    (place / "ut.state" / "ledger.json").unlink()  # without its memory it is the dataset that it was
    assert run(raw, out) == 0
    assert {path.name: path.read_bytes() for path in out.glob("*.parquet")} == files


def test_a_dataset_that_is_what_a_run_would_give_is_left_as_it_is(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, out = place / "in", place / "ut"
    stamp = (out / "run.json").stat().st_mtime_ns
    capsys.readouterr()
    assert run(raw, out) == 0
    assert (out / "run.json").stat().st_mtime_ns == stamp
    assert "Dokument" in capsys.readouterr().out  # what there is, is told all the same

    whole = (out / "flags.parquet").read_bytes()
    (out / "flags.parquet").write_bytes(b"damaged")
    assert run(raw, out) == 0
    assert "Lagat" in capsys.readouterr().out
    assert (out / "flags.parquet").read_bytes() == whole

    report(raw / "c.pdf", title="Öppna jämförelser 2024 – ekonomiskt bistånd")
    assert run(raw, out) == 0
    assert len(documents(out)) == 3


def test_documents_are_compared_again_only_when_they_change(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import across

    compared: list[int] = []
    real = across.cross_document_flags

    def counting(stored: Any, registers: Any) -> Any:
        compared.append(len(stored))
        return real(stored, registers)

    monkeypatch.setattr(across, "cross_document_flags", counting)
    shutil.rmtree(place / "ut")
    assert run(place / "in", place / "ut") == 0
    assert compared == []
    report(place / "in" / "c.pdf", title="Öppna jämförelser 2024 – ekonomiskt bistånd")
    assert run(place / "in", place / "ut") == 0
    assert compared == [3]
