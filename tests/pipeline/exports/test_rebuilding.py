"""Rebuilding only what changed: exports by their tables, pages of the site by their rows."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.dataset import verify
from pipeline.exports import exporters, load_settings
from pipeline.model import ReadDocument
from tests.pipeline.exports.made import published, read, run_of

SETTINGS = load_settings()


def publish(folder: Path, *reads: ReadDocument, version: str = "1") -> Path:
    return published(folder, *reads, exporters=exporters(SETTINGS, None, version))


def written(out: Path) -> dict[str, int]:
    """Every file but run.json by its inode: a file that was taken over keeps its own."""
    return {
        path.relative_to(out).as_posix(): path.stat().st_ino
        for path in out.rglob("*")
        if path.is_file() and path.name not in ("run.json", ".publicering.lock")
    }


def made_anew(before: dict[str, int], after: dict[str, int]) -> set[str]:
    return {name for name, inode in after.items() if before.get(name) != inode}


def only(document: ReadDocument, *units: str) -> ReadDocument:
    """The document with a few units of its table."""
    return replace(
        document, observations=tuple(o for o in document.observations if o.unit_label in (*units, "Riket"))
    )


def test_a_changed_document_rebuilds_its_own_pages_and_leaves_the_others(tmp_path: Path) -> None:
    first, second = only(read("a", 2021), "Grönby", "Riket"), only(read("b", 2022), "Blåvik", "Riket")
    out = publish(tmp_path, first, second)
    before = written(out)
    changed = only(read("b", 2022, Blåvik={"answer": "JA", "value_raw": "JA"}), "Blåvik", "Riket")
    publish(tmp_path, first, changed)
    new = made_anew(before, written(out))
    own, other = second.record.document_id, first.record.document_id
    assert {"site/kommun/1002.html", "site/indikator/i-1.html", f"site/kalla/{own}-s1.html"} <= new
    kept = {"site/kommun/1001.html", "site/kommun/00.html", f"site/kalla/{other}-s1.html"}
    assert not new & {*kept, f"site/dokument/{other}.html", f"site/dokument/{own}.html"}
    assert {"csv/plain/observations.csv", "oj.duckdb", "oj.xlsx"} <= new
    assert not new & {f"csv/plain/{name}.csv" for name in ("documents", "claims", "flags", "units")}
    assert verify(out) == ()
    assert "JA" in (out / "site/kommun/1002.html").read_text(encoding="utf-8")


def test_taken_over_pages_are_those_that_a_whole_build_would_write(tmp_path: Path) -> None:
    publish(tmp_path / "1", read("a", 2021), read("b", 2022))
    changed = read("b", 2022, Rödsjö={"answer": "NEJ"})
    step = publish(tmp_path / "1", read("a", 2021), changed)
    whole = publish(tmp_path / "2", read("a", 2021), changed)
    for path in (whole / "site").rglob("*.html"):
        name = path.relative_to(whole)
        assert (step / name).read_bytes() == path.read_bytes(), name
    assert {p.name for p in (step / "site").rglob("*")} == {p.name for p in (whole / "site").rglob("*")}


def test_an_unchanged_run_makes_no_export_again(tmp_path: Path) -> None:
    out = publish(tmp_path, read("a", 2021))
    before = written(out)
    publish(tmp_path, read("a", 2021))
    again = made_anew(before, written(out))
    assert not [name for name in again if name.startswith(("site/", "csv/", "oj."))]


@pytest.mark.parametrize("name", ["site/kommun/1001.html", "site/sidor.json"])
def test_a_page_that_was_tampered_with_is_never_taken_over(tmp_path: Path, name: str) -> None:
    out = publish(tmp_path, read("a", 2021))
    whole = (out / name).read_bytes()
    (out / name).write_text("{}", encoding="utf-8")
    publish(tmp_path, read("a", 2021))
    assert (out / name).read_bytes() == whole
    assert verify(out) == ()


def test_other_code_builds_every_page_again(tmp_path: Path) -> None:
    out = publish(tmp_path, read("a", 2021))
    before = written(out)
    publish(tmp_path, read("a", 2021), version="2")
    pages = {name for name in before if name.endswith(".html") and name.startswith("site/")}
    assert pages <= made_anew(before, written(out))


def test_a_page_whose_unit_is_gone_is_gone(tmp_path: Path) -> None:
    out = publish(tmp_path, read("a", 2021))
    assert (out / "site/kommun/1005.html").is_file()
    publish(tmp_path, only(read("a", 2021), "Grönby", "Riket"))
    assert not (out / "site/kommun/1005.html").exists()
    assert "site/kommun/1005.html" not in run_of(out)["outputs"]
