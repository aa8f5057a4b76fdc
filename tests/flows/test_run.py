"""Whole runs over small PDFs made here: what comes out, what is done again, and what bad input gives."""

import json
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from extractors.sandbox import Outcome
from flows import batches
from flows.cli import main
from flows.state import StateFolder, read_ledger, run_lock
from flows.worker import Job
from tests.flows.makers import ANSWERS, inbox_of_broken_files, report


def run(raw: Path, out: Path, *more: str) -> int:
    return main(["run", str(raw), "--out", str(out), "--direct", "--workers", "2", *more])


def documents(out: Path) -> dict[str, dict[str, Any]]:
    return {row["file_name"]: row for row in pq.read_table(out / "documents.parquet").to_pylist()}


def parquet(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.parquet"))}


def stamps(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    report(tmp_path / "in" / "a.pdf")
    report(tmp_path / "in" / "b.pdf", title="Öppna jämförelser 2022 – ekonomiskt bistånd")
    return tmp_path / "in"


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str], int]]:
    folder = tmp_path_factory.mktemp("trasigt")
    words = inbox_of_broken_files(folder / "in")
    yield folder, words, run(folder / "in", folder / "ut")


def test_a_run_gives_the_values_of_a_table_with_their_place(inbox: Path, tmp_path: Path) -> None:
    assert run(inbox, tmp_path / "ut") == 0
    rows = pq.read_table(tmp_path / "ut" / "observations.parquet").to_pylist()
    names = {row["document_id"]: row["file_name"] for row in documents(tmp_path / "ut").values()}
    found = {(names[r["document_id"]], r["unit_label"], r["indicator_label"]): r["answer"] for r in rows}
    heads = ANSWERS[0]
    for file in ("a.pdf", "b.pdf"):
        for unit, *answers in ANSWERS[1:]:
            for head, answer in zip(heads[1:], answers, strict=True):
                assert found[file, unit, head] == answer
    assert all(row["page"] == 1 and row["x0"] < row["x1"] and row["top"] < row["bottom"] for row in rows)
    assert json.loads((tmp_path / "ut" / "run.json").read_text(encoding="utf-8"))["inputs"]["count"] == 2
    assert (tmp_path / "ut" / "report.html").stat().st_size > 1000


def test_bad_files_are_quarantined_with_their_reason_and_the_others_go_on(
    broken: tuple[Path, dict[str, str], int],
) -> None:
    folder, words, code = broken
    assert code == 0
    rows = documents(folder / "ut")
    assert set(rows) == {*words, "bra.pdf"}
    assert rows["bra.pdf"]["status"] in ("ok", "partial")
    assert {name: rows[name]["status"] for name in words} == dict.fromkeys(words, "quarantined")
    assert not {name: rows[name]["reason"] for name in words if words[name] not in rows[name]["reason"]}
    assert rows["kopia.pdf"]["document_id"] == rows["bra.pdf"]["document_id"] + "~2"


def test_status_tells_what_was_done_and_what_has_come(
    broken: tuple[Path, dict[str, str], int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _, _ = broken
    copy = shutil.copytree(folder, tmp_path / "kopia")
    report(copy / "in" / "ny.pdf", title="Nytt")
    report(copy / "in" / "bra.pdf", title="Ändrat")
    (copy / "in" / "tom.pdf").unlink()
    (copy / "in" / "manifest.csv").write_text("file\nsaknad.pdf\nny.pdf\n", encoding="utf-8")
    assert main(["status", str(copy / "in"), "--out", str(copy / "ut")]) == 0
    lines = {line.split()[1]: line for line in capsys.readouterr().out.splitlines() if "pdf" in line}
    assert "ny " in lines["ny.pdf"]
    assert "ändrad" in lines["bra.pdf"]
    assert "borttagen" in lines["tom.pdf"]
    assert "manifest" in lines["saknad.pdf"]
    assert "i karantän" in lines["låst.pdf"]


def test_an_unchanged_document_is_a_look_up_and_a_changed_one_is_read_again(
    inbox: Path, tmp_path: Path
) -> None:
    out, parts = tmp_path / "ut", tmp_path / "ut.state" / "parts"
    assert run(inbox, out) == 0
    first, bytes_of_first = stamps(parts), parquet(out)
    assert run(inbox, out) == 0
    assert stamps(parts) == first
    assert parquet(out) == bytes_of_first
    report(inbox / "b.pdf", title="Öppna jämförelser 2023 – ekonomiskt bistånd")
    assert run(inbox, out) == 0
    kept = {name for name, stamp in stamps(parts).items() if first.get(name) == stamp}
    assert len(kept) == 1
    assert len(stamps(parts)) == 2  # what belonged to the old file is gone
    assert parquet(out) != bytes_of_first


def test_force_reads_all_again_and_gives_the_same(inbox: Path, tmp_path: Path) -> None:
    out, parts = tmp_path / "ut", tmp_path / "ut.state" / "parts"
    assert run(inbox, out) == 0
    first, bytes_of_first = stamps(parts), parquet(out)
    assert run(inbox, out, "--force") == 0
    assert stamps(parts).keys() == first.keys()
    assert not set(stamps(parts).items()) & set(first.items())
    assert parquet(out) == bytes_of_first


def test_the_dataset_can_be_deleted_and_damaged_parts_are_made_again(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut"
    assert run(inbox, out) == 0
    before = parquet(out)
    shutil.rmtree(out)
    part = min((tmp_path / "ut.state" / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:-9])
    assert run(inbox, out) == 0
    assert parquet(out) == before


def test_the_result_does_not_depend_on_workers_or_on_where_the_files_lie(inbox: Path, tmp_path: Path) -> None:
    assert run(inbox, tmp_path / "ut") == 0
    moved = tmp_path / "annan" / "mapp"
    shutil.copytree(inbox, moved)
    assert run(moved, tmp_path / "ut2", "--workers", "1", "--state", str(tmp_path / "tillstånd")) == 0
    assert parquet(tmp_path / "ut") == parquet(tmp_path / "ut2")
    assert not (tmp_path / "ut2.state").exists()


def test_a_crash_quarantines_its_file_and_is_not_kept(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "ut"
    real = batches.run_sandboxed

    def crashing(function: Any, jobs: list[Job], **more: Any) -> Iterator[Outcome[Job, str]]:
        yield from real(function, [job for job in jobs if job.file_name != "b.pdf"], **more)
        for job in jobs:
            if job.file_name == "b.pdf":
                yield Outcome(job, "died", None, "krasch", "Läsningen kraschade.", "sista orden")

    monkeypatch.setattr(batches, "run_sandboxed", crashing)
    assert run(inbox, out) == 0
    assert documents(out)["b.pdf"]["reason"] == "krasch: Läsningen kraschade."
    assert "sista orden" in (tmp_path / "ut.state" / "oj.log").read_text(encoding="utf-8")
    assert read_ledger(StateFolder(tmp_path / "ut.state"))["b.pdf"].part is None
    monkeypatch.undo()
    assert run(inbox, out) == 0
    assert documents(out)["b.pdf"]["status"] != "quarantined"


def test_a_full_disk_ends_the_run_and_leaves_the_old_dataset(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ut"
    assert run(inbox, out) == 0
    before = parquet(out)

    def full(function: Any, jobs: list[Job], **more: Any) -> Iterator[Outcome[Job, str]]:
        for job in jobs:
            yield Outcome(job, "failed", None, "gar-inte-att-skriva", "Disken är full.")

    monkeypatch.setattr(batches, "run_sandboxed", full)
    assert run(inbox, out, "--force") == 1
    assert "Disken är full." in capsys.readouterr().err
    assert parquet(out) == before


def test_the_manifest_overrides_what_is_read_and_a_change_of_it_counts(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut"
    assert run(inbox, out) == 0
    line = "file,title,year\na.pdf,Egen titel,2015\n"
    (inbox / "manifest.csv").write_text(line, encoding="utf-8")
    assert run(inbox, out) == 0
    rows = documents(out)
    assert (rows["a.pdf"]["title"], rows["a.pdf"]["year"]) == ("Egen titel", 2015)
    assert rows["b.pdf"]["title"] != "Egen titel"
    (inbox / "b.pdf").rename(inbox / unicodedata.normalize("NFD", "bé.pdf"))
    (inbox / "manifest.csv").write_text("file,title\nbé.pdf,Annan titel\n", encoding="utf-8")
    assert run(inbox, out) == 0
    assert documents(out)[unicodedata.normalize("NFD", "bé.pdf")]["title"] == "Annan titel"
    (inbox / "manifest.csv").write_text("fil,title\na.pdf,x\n", encoding="utf-8")
    assert run(inbox, out) == 1


def test_a_run_ends_by_saying_what_came_out(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "tom.pdf").write_bytes(b"")
    assert run(inbox, tmp_path / "ut") == 0
    said = capsys.readouterr().out
    for words in (
        "Dokument",
        "Tabeller",
        "Observationer",
        "Påståenden",
        "Avvikelser",
        "Okända namn",
        "tom.pdf",
    ):
        assert words in said
    assert f"Rapport: {tmp_path / 'ut' / 'report.html'}" in said


def test_nothing_to_publish_and_wrong_calls_have_their_own_exit_codes(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ut"
    empty = tmp_path / "tomt"
    empty.mkdir()
    (tmp_path / "fil").write_text("")
    cases = [
        (run(empty, out), 1, "inga PDF-filer"),
        (run(tmp_path / "borta", out), 2, "finns inte"),
        (run(inbox / "a.pdf", out), 2, "är en fil"),
        (run(inbox, tmp_path / "fil" / "ut"), 1, "går inte att skriva"),
        (run(inbox, out, "--state", str(out / "state")), 2, "besluten"),
        (main(["flags", "--out", str(tmp_path / "borta")]), 2, "finns inte"),
        (main(["flags", "--out", str(inbox)]), 1, "run.json"),
    ]
    said = capsys.readouterr().err.splitlines()
    assert [code for code, _, _ in cases] == [expected for _, expected, _ in cases]
    assert len(said) == len(cases)
    assert not [words for line, (_, _, words) in zip(said, cases, strict=True) if words not in line]
    assert not (tmp_path / "borta").exists()


def test_a_second_run_at_the_same_time_is_refused(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = StateFolder(tmp_path / "ut.state")
    state.make()
    with run_lock(state):
        assert run(inbox, tmp_path / "ut") == 1
    assert "En annan körning" in capsys.readouterr().err
    assert not (tmp_path / "ut" / "run.json").exists()
