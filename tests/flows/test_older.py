"""What an older release left: a dataset of another schema, its parts and its ledger, met by today's run."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.cli import main
from flows.plan import RunOptions
from flows.stages import run_direct
from pipeline.dataset import verify
from pipeline.dataset.files import sha256_of
from pipeline.dataset.schemas import SCHEMA_VERSION
from tests.flows.makers import report


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("äldre")
    report(place / "in" / "a.pdf")
    report(place / "in" / "b.pdf", title="Öppna jämförelser 2022 – ekonomiskt bistånd")
    run(place)
    (place / "in" / "b.pdf").unlink()
    run(place)
    return place


@pytest.fixture
def place(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published, tmp_path / "kopia")


def run(place: Path) -> None:
    run_direct(RunOptions(place / "in", place / "ut", workers=1, exports=False))


def parquet(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.parquet"))}


def made_older(out: Path, version: str) -> None:
    """Make the dataset one of an older schema: a column less, one more file, and a run.json that fits."""
    table = pq.read_table(out / "observations.parquet")
    pq.write_table(table.drop_columns(["confidence"]), out / "observations.parquet")
    shutil.copy(out / "units.parquet", out / "kommuner.parquet")
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    run["outputs"]["kommuner.parquet"] = dict(run["outputs"]["units.parquet"])
    run["outputs"]["observations.parquet"]["sha256"] = sha256_of(out / "observations.parquet")
    run |= {"schema_version": version, "state": "of another release"}
    (out / "run.json").write_text(json.dumps(run), encoding="utf-8")


@pytest.mark.parametrize("version", ["0.9", "1.0"])
def test_a_dataset_of_an_older_schema_is_written_anew(
    version: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, expected = place / "ut", parquet(place / "ut")
    made_older(out, version)
    same_major = version.split(".")[0] == SCHEMA_VERSION.split(".")[0]
    assert main(["flags", "--out", str(out)]) == (0 if same_major else 1)
    if not same_major:
        told = capsys.readouterr().err
        assert f"schemaversion {version}" in told
        assert "oj run" in told
    run(place)
    assert parquet(out) == expected  # also without the file that only the older release had
    assert verify(out) == ()


def test_parts_and_readings_of_an_older_release_are_made_again(place: Path) -> None:
    expected = parquet(place / "ut")
    for path in [*(place / "ut.state" / "parts").iterdir(), *(place / "ut.state" / "extracts").iterdir()]:
        path.write_bytes(b"OJ-DEL 0 " + path.read_bytes())
    shutil.rmtree(place / "ut")
    run(place)
    assert parquet(place / "ut") == expected


def test_a_ledger_of_an_older_release_still_knows_what_was_withdrawn(place: Path) -> None:
    expected = parquet(place / "ut")
    path = place / "ut.state" / "ledger.json"
    ledger = json.loads(path.read_text(encoding="utf-8"))
    for row in ledger["files"].values():
        del row["replaced"]
    path.write_text(json.dumps(ledger), encoding="utf-8")
    shutil.rmtree(place / "ut")
    run(place)
    assert parquet(place / "ut") == expected
    assert "b.pdf" in pq.read_table(place / "ut" / "documents.parquet").column("file_name").to_pylist()
