"""Snapshots and the difference between two datasets."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.dataset import Decision, load, verify
from pipeline.errors import OutputError
from pipeline.exports import find_dataset, list_snapshots, take_snapshot, write_difference
from pipeline.exports.diff import Change
from tests.pipeline.dataset.made import flag
from tests.pipeline.exports.made import FACTS, published, read, run_of


def changes(before: Path, after: Path, to: Path) -> list[Change]:
    write_difference(before, after, to)
    with (to / "skillnad.csv").open(encoding="utf-8", newline="") as file:
        return [Change(**row) for row in csv.DictReader(file)]


def test_a_snapshot_is_a_whole_dataset_and_survives_the_next_publishing(tmp_path: Path) -> None:
    out = published(tmp_path)
    before = {path.name: path.read_bytes() for path in out.glob("*.parquet")}
    kept = take_snapshot(out, 3)
    assert kept is not None and kept.name.startswith("2026-03-01-")
    published(tmp_path, read("c", 2023))
    assert {path.name: path.read_bytes() for path in kept.glob("*.parquet")} == before
    assert load(kept).arrow("documents").num_rows == 2
    assert verify(out) == () and load(out).arrow("documents").num_rows == 1


def test_the_same_content_is_kept_once_and_the_oldest_go(tmp_path: Path) -> None:
    out = published(tmp_path)
    first = take_snapshot(out, 2)
    assert take_snapshot(out, 2) == first
    for number, day in enumerate((2, 3), 1):
        facts = replace(FACTS, started=FACTS.started.replace(day=day))
        published(tmp_path, read(f"n{number}", 2020 + number), facts=facts)
        take_snapshot(out, 2)
    assert [path.name[:10] for path in list_snapshots(out)] == ["2026-03-03", "2026-03-02"]
    assert take_snapshot(out, 0) is None and list_snapshots(out) == []


def test_a_dataset_is_found_by_folder_and_by_name(tmp_path: Path) -> None:
    out = published(tmp_path)
    kept = take_snapshot(out, 1)
    assert kept is not None
    assert find_dataset(str(out), tmp_path) == out
    assert find_dataset(kept.name, out) == kept
    with pytest.raises(OutputError, match=kept.name):
        find_dataset("i går", out)
    with pytest.raises(OutputError, match="kör oj run"):
        take_snapshot(tmp_path / "ingenstans", 1)


def test_equal_datasets_do_not_differ(tmp_path: Path) -> None:
    first, second = published(tmp_path / "1"), published(tmp_path / "2")
    assert write_difference(first, second, tmp_path / "s").total == 0
    assert "Inga skillnader" in (tmp_path / "s/skillnad.html").read_text(encoding="utf-8")


def test_new_and_lost_documents_explain_their_values_and_flags(tmp_path: Path) -> None:
    first = published(tmp_path / "1", read("a", 2021), read("b", 2022))
    second = published(tmp_path / "2", read("b", 2022), read("c", 2023))
    found = changes(first, second, tmp_path / "s")
    assert {(one.what, one.kind, one.why) for one in found if one.file_name == "c.pdf"} == {
        (what, "ny", "nytt dokument") for what in ("dokument", "värde", "avvikelse")
    }
    assert {one.why for one in found if one.file_name == "a.pdf"} == {"dokumentet är borttaget"}
    assert not [one for one in found if one.file_name == "b.pdf"]
    assert sum(one.what == "värde" and one.kind == "ny" for one in found) == 16


@pytest.mark.parametrize(
    ("change", "facts", "why"),
    [
        ({"answer": "NEJ", "correction": "k-7"}, {}, "rättelse k-7"),
        ({"answer": "NEJ"}, {"rules": "andra"}, "ny regel i programmet"),
        ({"unit_id": "1002"}, {"registers": "register-2", "rules": "andra"}, "ändrat register"),
        ({"answer": "NEJ"}, {}, "ny läsning av filen"),
    ],
)
def test_a_changed_value_has_one_change_with_its_cause(
    tmp_path: Path, change: dict[str, str], facts: dict[str, str], why: str
) -> None:
    first = published(tmp_path / "1", read("a", 2021))
    second = published(tmp_path / "2", read("a", 2021, Grönby=change), facts=replace(FACTS, **facts))
    (found,) = [one for one in changes(first, second, tmp_path / "s") if one.what == "värde"]
    assert (found.kind, found.why) == ("ändrad", why)
    assert found.subject == "Grönby, Rådgivning" and found.before != found.after


def test_a_reviewed_flag_is_explained_by_the_decision(tmp_path: Path) -> None:
    document = read("a", 2021)
    decided = flag(document)
    decision = Decision(
        decided.flag_id, decided.evidence_hash, "dismissed", "g-1", FACTS.started, flag=decided
    )
    first = published(tmp_path / "1", document)
    second = published(tmp_path / "2", document, decisions={decided.flag_id: decision})
    (found,) = changes(first, second, tmp_path / "s")
    assert (found.what, found.kind, found.why) == ("avvikelse", "ändrad", "granskarens beslut")


def test_a_dataset_of_another_version_or_half_written_is_refused_with_what_to_do(tmp_path: Path) -> None:
    first, second = published(tmp_path / "1"), published(tmp_path / "2")
    run = run_of(second)
    (second / "run.json").write_text(json.dumps(run | {"schema_version": "99.0"}), encoding="utf-8")
    with pytest.raises(OutputError, match=r"schemaversion 99\.0.*kör oj run"):
        write_difference(first, second, tmp_path / "s")
    (second / "run.json").write_text(json.dumps(run), encoding="utf-8")
    (second / "flags.parquet").write_bytes(b"halv")
    with pytest.raises(OutputError, match=r"flags\.parquet stämmer inte"):
        write_difference(first, second, tmp_path / "s")
