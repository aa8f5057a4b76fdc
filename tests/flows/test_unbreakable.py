"""Runs that are killed, meet a full disk or a folder they may not write, or meet each other: for real."""

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from flows.plan import RunOptions
from flows.stages import run_direct
from pipeline.dataset import verify
from pipeline.exports import list_snapshots
from tests.flows.interrupted import MOMENTS
from tests.flows.makers import report

KILLED = -9


def parquet(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.parquet"))}


def run(place: Path) -> None:
    run_direct(RunOptions(place / "in", place / "ut", workers=1, exports=False))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of one document, and an inbox in which there are two by now."""
    place = tmp_path_factory.mktemp("publicerat")
    report(place / "in" / "a.pdf")
    run(place)
    report(place / "in" / "b.pdf", title="Öppna jämförelser 2022 – ekonomiskt bistånd")
    return place


@pytest.fixture(scope="module")
def expected(published: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    place = tmp_path_factory.mktemp("ostört") / "kopia"
    shutil.copytree(published, place)
    run(place)
    return parquet(place / "ut")


@pytest.fixture
def place(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published, tmp_path / "kopia")


def oj(place: Path, before: Sequence[str] = (), **popen: object) -> "subprocess.Popen[str]":
    call = [*before, sys.executable, "-m", "flows.cli", "run", str(place / "in"), "--out", str(place / "ut")]
    return subprocess.Popen(
        [*call, "--direct", "--no-exports", "--workers", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        **popen,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_that_is_killed_leaves_what_the_next_one_makes_whole(
    moment: str, place: Path, expected: dict[str, bytes]
) -> None:
    before = parquet(place / "ut")
    assert interrupted(moment, place).returncode == KILLED
    after = parquet(place / "ut")
    # whole and old, whole and new, or known not to be whole
    assert after in (before, expected) or verify(place / "ut")
    run(place)
    assert parquet(place / "ut") == expected
    assert verify(place / "ut") == ()
    assert not list((place / "ut").glob(".publicering-*"))
    assert not (place / "ut.state" / "run").exists()


def interrupted(moment: str, place: Path) -> "subprocess.CompletedProcess[str]":
    call = [sys.executable, "-m", "tests.flows.interrupted", moment, str(place / "in"), str(place / "ut")]
    return subprocess.run(call, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def n_changes(published: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many times a whole run with exports and snapshots changes files."""
    place = tmp_path_factory.mktemp("räknat") / "kopia"
    shutil.copytree(published, place)
    done = interrupted("count", place)
    assert done.returncode == 0, done.stderr
    assert len(list_snapshots(place / "ut")) == 1
    return int(done.stdout)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95, 1.0])
def test_a_run_killed_at_any_change_of_files_leaves_what_the_next_one_makes_whole(
    share: float, n_changes: int, place: Path, expected: dict[str, bytes]
) -> None:
    """Also inside exports and snapshots: every published file and every snapshot is whole afterwards."""
    assert n_changes > 100
    died = interrupted(str(round(share * n_changes)), place)
    assert died.returncode == KILLED, died.stderr
    assert interrupted("count", place).returncode == 0
    assert parquet(place / "ut") == expected
    assert verify(place / "ut") == ()
    listed = json.loads((place / "ut" / "run.json").read_text(encoding="utf-8"))["outputs"]
    there = {
        path.relative_to(place / "ut").as_posix() for path in (place / "ut").rglob("*") if path.is_file()
    }
    unlisted = {name for name in there - set(listed) if not name.startswith("snapshots/")}
    assert unlisted == {"run.json", ".publicering.lock"}
    (snapshot,) = (place / "ut" / "snapshots").iterdir()
    assert verify(snapshot) == ()
    assert not (place / "ut.state" / "run").exists()


@pytest.mark.parametrize("largest", [600, 12_000])
def test_a_full_disk_ends_the_run_with_a_sentence_and_leaves_the_old_dataset(
    largest: int, place: Path, expected: dict[str, bytes]
) -> None:
    """No file may grow beyond a size, in the run and in its workers: what a full disk looks like to them."""
    before = parquet(place / "ut")
    process = oj(place, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)))
    _, said = process.communicate()
    assert process.returncode == 1, said
    assert "Traceback" not in said
    assert "Fel:" in said
    assert parquet(place / "ut") == before
    assert verify(place / "ut") == ()
    run(place)
    assert parquet(place / "ut") == expected


@pytest.mark.parametrize("room", [0, 40_000, 90_000])
def test_a_disk_that_is_really_full_ends_the_run_and_the_next_one_is_whole(
    room: int, published: Path, tmp_path: Path, expected: dict[str, bytes]
) -> None:
    """A file system of its own that has no room left for the state, for the parts, or for the dataset."""
    own = ["unshare", "-rm"]
    if subprocess.run([*own, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)], check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount a file system of his own")
    call = [sys.executable, "-m", "tests.flows.full_disk", str(published), str(tmp_path), str(room)]
    done = subprocess.run([*own, *call], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["code"] == 1, told["said"]
    assert "disken är full" in told["said"]
    assert "Traceback" not in told["said"]
    assert told["untouched"] and told["wrong"] == []
    assert told["again"] == 0
    assert told["then"] == {name: hashlib.sha256(data).hexdigest() for name, data in expected.items()}


def test_a_folder_that_may_not_be_written_ends_the_run_with_a_sentence(
    place: Path, expected: dict[str, bytes]
) -> None:
    before = parquet(place / "ut")
    # Root may write anywhere unless it lays that right down.
    drop = "-dac_override,-dac_read_search"
    as_anyone = ["setpriv", f"--bounding-set={drop}", f"--inh-caps={drop}"] if os.geteuid() == 0 else []
    for folder in (place / "ut", place / "ut.state"):
        folder.chmod(0o555)
        process = oj(place, before=as_anyone)
        _, said = process.communicate()
        folder.chmod(0o755)
        assert process.returncode == 1, said
        assert "behörighet saknas" in said
        assert "Traceback" not in said
        assert parquet(place / "ut") == before
    run(place)
    assert parquet(place / "ut") == expected


def test_two_runs_at_once_give_one_whole_dataset(place: Path, expected: dict[str, bytes]) -> None:
    processes = [oj(place), oj(place)]
    said = [process.communicate()[1] for process in processes]
    codes = [process.returncode for process in processes]
    assert 0 in codes, said
    assert set(codes) <= {0, 1}
    assert all("redan" in words for words, code in zip(said, codes, strict=True) if code == 1)
    assert parquet(place / "ut") == expected
