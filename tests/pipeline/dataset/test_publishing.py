import csv
import datetime as dt
import fcntl
import json
import multiprocessing
import os
import random
import signal
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

from pipeline.dataset import (
    Decision,
    StoredPart,
    files,
    load,
    publish,
    publishing,
    read_parts,
    verify,
    writing,
)
from pipeline.dataset.decisions import reported_evidence
from pipeline.dataset.schemas import SCHEMA_VERSION
from pipeline.errors import OutputError
from pipeline.model import DocumentRecord, ReadDocument
from tests.pipeline.dataset.made import FACTS, document, flag, part, stored

UNITS = [
    SimpleNamespace(unit_id=f"{code:04}", name=f"By {code}", kind="kommun", lan_code="10")
    for code in (1002, 1001)
]
INDICATORS = [SimpleNamespace(indicator_id="i-9", name="Rutin", area="annat", higher_is_better=None)]


def publish_to(out: Path, parts: list[StoredPart], **more: object):
    return publish(parts, out, FACTS, indicators=INDICATORS, units=UNITS, **more)


def parquet(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.parquet"))}


@pytest.fixture
def three(tmp_path: Path) -> list[StoredPart]:
    return stored(
        tmp_path / "delar", part("a"), part("b", document("b"), document("c")), part("e", document("e"))
    )


def test_everything_of_the_contract_is_written(three: list[StoredPart], tmp_path: Path) -> None:
    summary = publish_to(tmp_path / "ut", three)
    assert summary.rows == {
        "documents": 4, "tables": 4, "cells": 48, "observations": 24, "claims": 4, "flags": 4,
        "indicators": 1, "units": 2,
    }  # fmt: skip
    assert summary.flags == {"error": 4, "warning": 0, "info": 0}
    assert summary.unmatched == 1
    assert verify(tmp_path / "ut") == ()
    run = json.loads((tmp_path / "ut" / "run.json").read_text())
    assert run["inputs"] == {"count": 3, "bytes": 3000, "pages": 6}
    assert run["coverage"] == {"sentences": 4, "claims_found": 4}
    assert run["outputs"]["observations.parquet"]["rows"] == 24
    assert set(run["outputs"]) == {path.name for path in (tmp_path / "ut").iterdir()} - {
        "run.json",
        files.LOCK_NAME,
    }
    assert run["timings"]["extract"] == 1.5 and "publish" in run["timings"]


def test_figures_that_no_claim_covers_stand_in_a_file_and_in_the_report(
    three: list[StoredPart], tmp_path: Path
) -> None:
    publish_to(tmp_path / "ut", three)
    with (tmp_path / "ut" / "uncovered.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["page"], row["figure"], row["sentence"]) for row in rows} == {
        ("1", "7", "Det fanns 7 ärenden kvar.")
    }
    assert sorted(row["file_name"] for row in rows) == ["a.pdf", "b.pdf", "c.pdf", "e.pdf"]
    page = (tmp_path / "ut" / "report.html").read_text(encoding="utf-8")
    assert page.count("Det fanns 7 ärenden kvar.") == 4


def test_documents_row(three: list[StoredPart], tmp_path: Path) -> None:
    publish_to(tmp_path / "ut", three)
    rows = pq.read_table(tmp_path / "ut" / "documents.parquet").to_pylist()
    assert [row["document_id"] for row in rows] == sorted(row["document_id"] for row in rows)
    row = next(row for row in rows if row["file_name"] == "a.pdf")
    assert (row["n_pages"], row["n_tables"], row["n_observations"], row["n_claims"], row["n_flags"]) == (
        2,
        1,
        6,
        1,
        1,
    )
    assert (row["published"], row["areas"], row["reason"]) == (dt.date(2022, 9, 1), ["socialpsykiatri"], None)


def test_same_bytes_in_any_order_and_over_any_batch(
    three: list[StoredPart], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_to(tmp_path / "1", three)
    shuffled = random.Random(7).sample(three, 3)
    assert shuffled != three
    later = replace(FACTS, started=FACTS.started + dt.timedelta(days=3))
    publish(shuffled, tmp_path / "2", later, indicators=INDICATORS[::-1], units=UNITS[::-1])
    assert parquet(tmp_path / "1") == parquet(tmp_path / "2")
    monkeypatch.setattr(writing, "BATCH_CELLS", 1)
    publish_to(tmp_path / "3", three)
    one, three_groups = (pq.ParquetFile(tmp_path / name / "cells.parquet") for name in "13")
    assert (one.num_row_groups, three_groups.num_row_groups) == (1, 4)
    assert one.read() == three_groups.read()


def test_descriptions_travel_in_the_parquet_files(three: list[StoredPart], tmp_path: Path) -> None:
    publish_to(tmp_path / "ut", three)
    schema = pq.read_schema(tmp_path / "ut" / "observations.parquet")
    assert "Enhetens kod" in schema.field("unit_id").metadata[b"description_sv"].decode()
    assert schema.metadata[b"schema_version"] == SCHEMA_VERSION.encode()


def test_a_quarantined_file_keeps_its_row(tmp_path: Path) -> None:
    record = DocumentRecord(
        "d-0~2", "kopia.pdf", "00", 1, None, None, status="quarantined", reason_code="dubblett",
        reason="dubblett av a.pdf: ta bort den ena filen",
    )  # fmt: skip
    parts = stored(tmp_path / "delar", part("a"), part("x", ReadDocument(record)))
    summary = publish_to(tmp_path / "ut", parts)
    row = pq.read_table(tmp_path / "ut" / "documents.parquet").to_pylist()[0]
    assert row["reason"] == "dubblett: dubblett av a.pdf: ta bort den ena filen"
    assert (row["status"], row["n_pages"], row["n_observations"]) == ("quarantined", None, 0)
    assert summary.documents == {"ok": 1, "quarantined": 1}
    assert summary.not_ok == (("kopia.pdf", "quarantined", "dubblett av a.pdf: ta bort den ena filen"),)


def test_a_decided_flag_goes_with_its_withdrawn_document(tmp_path: Path) -> None:
    """It would point at rows that are gone; the decision itself stays in its store."""
    there, gone = document("a"), document("b")
    record = replace(gone.record, status="withdrawn", reason_code="borttagen", reason="Filen är borta.")
    parts = stored(
        tmp_path / "delar", part("a", with_flag=False), part("b", ReadDocument(record), with_flag=False)
    )
    decided = {
        one.flag_id: Decision(one.flag_id, "e1", "confirmed", flag=one) for one in (flag(there), flag(gone))
    }
    publish_to(tmp_path / "ut", parts, decisions=decided)
    rows = pq.read_table(tmp_path / "ut" / "flags.parquet").to_pylist()
    assert [row["flag_id"] for row in rows] == [flag(there).flag_id]


@pytest.mark.parametrize("fault", ["observation", "record", "flag"])
def test_a_document_that_breaks_the_schema_is_quarantined_and_the_others_go_on(
    tmp_path: Path, fault: str
) -> None:
    bad = document("b")
    if fault == "observation":
        bad = replace(
            bad, observations=(replace(bad.observations[0], answer="KANSKE"), *bad.observations[1:])
        )
    if fault == "record":
        bad = replace(bad, record=replace(bad.record, areas=("skog",)))
    made = part("b", bad)
    if fault == "flag":
        made = replace(made, documents=(replace(made.documents[0], flags=(flag(bad, severity="farlig"),)),))
    parts = stored(tmp_path / "delar", part("a"), made)
    summary = publish_to(tmp_path / "ut", parts)
    assert summary.documents == {"ok": 1, "quarantined": 1}
    rows = {row["file_name"]: row for row in pq.read_table(tmp_path / "ut" / "documents.parquet").to_pylist()}
    assert rows["b.pdf"]["reason_code"] == "schema" and rows["b.pdf"]["n_observations"] == 0
    for table in ("tables", "cells", "observations", "claims", "flags"):
        ids = pq.read_table(tmp_path / "ut" / f"{table}.parquet")["document_id"].to_pylist()
        assert set(ids) == {document("a").record.document_id}, table
    assert json.loads((tmp_path / "ut" / "run.json").read_text())["documents"] == {"ok": 1, "quarantined": 1}


def test_one_document_in_two_parts_is_refused(tmp_path: Path) -> None:
    parts = stored(tmp_path / "delar", part("a"), replace(part("a"), key="k-other", file_name="b.pdf"))
    with pytest.raises(OutputError, match=r"a\.pdf och b\.pdf"):
        publish_to(tmp_path / "ut", parts)


def test_no_parts_make_an_empty_dataset(tmp_path: Path) -> None:
    summary = publish_to(tmp_path / "ut", [])
    assert summary.rows["observations"] == 0
    assert load(tmp_path / "ut").frame("claims").empty


@pytest.mark.parametrize("crash_after", range(11))
def test_a_crash_between_two_files_is_told_and_the_next_run_repairs(
    three: list[StoredPart], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash_after: int
) -> None:
    out = tmp_path / "ut"
    publish_to(tmp_path / "whole", three)
    publish_to(out, three[:1])
    moved = 0
    real = Path.replace

    def replace_or_die(self: Path, target: Path) -> Path:
        nonlocal moved
        if self.parent.name.startswith(files.STAGING_PREFIX) and not self.name.endswith(".tmp"):
            moved += 1
            if moved > crash_after:
                raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace_or_die)
    with pytest.raises(KeyboardInterrupt):
        publish_to(out, three)
    monkeypatch.undo()
    complaints = verify(out)
    assert bool(complaints) == (crash_after > 0)
    assert all("run.json" in line and "oj run" in line for line in complaints)
    if complaints:
        with pytest.raises(OutputError):
            load(out)
    summary = publish_to(out, three)
    assert summary.repaired == complaints
    assert verify(out) == ()
    assert parquet(out) == parquet(tmp_path / "whole")


def test_a_crash_before_run_json_is_told(
    three: list[StoredPart], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    publish_to(tmp_path / "ut", three[:1])
    monkeypatch.setattr(publishing.runfile, "run_bytes", die)
    with pytest.raises(KeyboardInterrupt):
        publish_to(tmp_path / "ut", three)
    assert any("observations.parquet" in line for line in verify(tmp_path / "ut"))


def publish_and_die(parts: Path, out: Path, moves: int) -> None:
    """Publish in this process and kill it with SIGKILL when some files are in place."""
    left = moves
    real = Path.replace

    def replace_or_die(self: Path, target: Path) -> Path:
        nonlocal left
        if self.parent.name.startswith(files.STAGING_PREFIX) and not self.name.endswith(".tmp"):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return real(self, target)

    Path.replace = replace_or_die  # type: ignore[method-assign]
    publish_to(out, list(read_parts(parts)))


@pytest.mark.parametrize("moves", [0, 5])
def test_kill_9_while_publishing(three: list[StoredPart], tmp_path: Path, moves: int) -> None:
    out = tmp_path / "ut"
    publish_to(tmp_path / "whole", three)
    publish_to(out, three[:1])
    child = multiprocessing.get_context("spawn").Process(
        target=publish_and_die, args=(tmp_path / "delar", out, moves)
    )
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    assert list(out.glob(f"{files.STAGING_PREFIX}*"))
    assert bool(verify(out)) == (moves > 0)
    publish_to(out, three)
    assert verify(out) == () and not list(out.glob(f"{files.STAGING_PREFIX}*"))
    assert parquet(out) == parquet(tmp_path / "whole")


def test_what_a_killed_run_left_is_removed(three: list[StoredPart], tmp_path: Path) -> None:
    left = tmp_path / "ut" / f"{files.STAGING_PREFIX}1"
    left.mkdir(parents=True)
    (left / "cells.parquet").write_text("half")
    publish_to(tmp_path / "ut", three)
    assert not list((tmp_path / "ut").glob(f"{files.STAGING_PREFIX}*"))


def test_two_runs_at_once(three: list[StoredPart], tmp_path: Path) -> None:
    out = tmp_path / "ut"
    publish_to(out, three)
    before = parquet(out)
    with (out / files.LOCK_NAME).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(OutputError) as caught:
            publish_to(out, three[:1])
    assert caught.value.code == "upptagen"
    assert parquet(out) == before and verify(out) == ()


def test_a_full_disk_leaves_the_old_dataset(
    three: list[StoredPart], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "ut"
    publish_to(out, three)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_write_table", full)
    with pytest.raises(OutputError) as caught:
        publish_to(out, three[:1])
    assert caught.value.code == "gar-inte-att-skriva" and "disken är full" in caught.value.message
    assert verify(out) == ()


def test_out_is_a_file(three: list[StoredPart], tmp_path: Path) -> None:
    (tmp_path / "ut").write_text("")
    with pytest.raises(OutputError, match="--out"):
        publish_to(tmp_path / "ut", three)


def test_files_of_an_earlier_run_go_when_no_longer_made(three: list[StoredPart], tmp_path: Path) -> None:
    def extra(folder: Path, run: object) -> None:
        (folder / "csv").mkdir()
        (folder / "csv" / "extra.csv").write_text("a")

    publish_to(tmp_path / "ut", three, exporters=[extra])
    assert (tmp_path / "ut" / "csv" / "extra.csv").exists()
    (tmp_path / "ut" / "mine.txt").write_text("kept")
    publish_to(tmp_path / "ut", three)
    assert not (tmp_path / "ut" / "csv" / "extra.csv").exists()
    assert (tmp_path / "ut" / "mine.txt").exists()


def test_a_reported_flag_is_published_with_the_evidence_that_its_cells_are_now(tmp_path: Path) -> None:
    read = document("a")
    cell = read.observations[2]
    seen = reported_evidence(
        read.sentences[0].text, [cell.observation_id], {cell.observation_id: cell.value_raw}
    )
    made = flag(read, check="reported", evidence_hash=seen)
    decided = {made.flag_id: Decision(made.flag_id, seen, "confirmed", "g-1", flag=made)}

    def published(name: str, value_raw: str) -> dict:
        changed = tuple(
            replace(one, value_raw=value_raw) if one is cell else one for one in read.observations
        )
        own = part("a", replace(read, observations=changed), with_flag=False)
        publish_to(tmp_path / name, stored(tmp_path / f"{name}.delar", own), decisions=decided)
        (row,) = pq.read_table(tmp_path / name / "flags.parquet").to_pylist()
        return row

    same, other = published("lika", cell.value_raw), published("annat", "kanske")
    assert (same["status"], same["reopened"], same["evidence_hash"]) == ("confirmed", False, seen)
    assert (other["status"], other["reopened"]) == ("open", True)
    assert other["evidence_hash"] != seen


def test_decisions_are_published_without_changing_other_bytes(
    three: list[StoredPart], tmp_path: Path
) -> None:
    made = flag(document("a"))
    when = dt.datetime(2026, 2, 2, 12, tzinfo=dt.UTC)
    decision = Decision(
        made.flag_id, made.evidence_hash, "dismissed", "g-1", when, "Rätt enligt not 2.", made
    )
    publish_to(tmp_path / "1", three)
    summary = publish_to(tmp_path / "2", three, decisions={made.flag_id: decision})
    rows = {row["flag_id"]: row for row in load(tmp_path / "2").arrow("flags").to_pylist()}
    row = rows[made.flag_id]
    assert (row["status"], row["reviewer"], row["reviewed_at"], row["review_comment"]) == (
        "dismissed", "g-1", when, "Rätt enligt not 2.",
    )  # fmt: skip
    assert summary.decided == 1 and summary.flags["error"] == 3
    before, after = parquet(tmp_path / "1"), parquet(tmp_path / "2")
    assert {name for name in before if before[name] != after[name]} == {"flags.parquet"}
