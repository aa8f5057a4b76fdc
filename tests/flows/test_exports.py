"""What a run writes beside the Parquet files, and the commands over it."""

import json
from pathlib import Path

import pytest

from flows.cli import main
from flows.pages import draw_page, draw_pages
from pipeline.dataset import verify
from pipeline.dataset.files import sha256_of
from pipeline.errors import OutputError
from pipeline.exports.site.pictures import PageRequest
from tests.flows.makers import report


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("export")
    report(root / "in" / "a.pdf")
    (root / "ut.state").mkdir()
    (root / "ut.state" / "export.yaml").write_text("publisher_name: Provkommunen\n", encoding="utf-8")
    assert main(["run", str(root / "in"), "--out", str(root / "ut"), "--direct", "--workers", "1"]) == 0
    return root


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_a_run_writes_all_of_it_and_run_json_knows_every_file(folder: Path) -> None:
    out = folder / "ut"
    wanted = (
        "oj.duckdb oj.xlsx csv/svensk/observations.csv csv/plain/observations.csv datapackage.json dcat.ttl "
    )
    wanted += "dcat.rdf site/index.html site/kvalitetsdeklaration.html site/variabler.html report.html"
    listed = json.loads((out / "run.json").read_text(encoding="utf-8"))["outputs"]
    assert set(wanted.split()) <= set(listed)
    assert verify(out) == ()
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    others = {name for name in there - set(listed) if not name.startswith("snapshots/")}
    assert others == {"run.json", ".publicering.lock"}
    assert "Provkommunen" in (out / "dcat.ttl").read_text(encoding="utf-8")
    assert len(list((out / "snapshots").iterdir())) == 1


def test_the_page_of_every_value_has_its_picture(folder: Path) -> None:
    pages = list((folder / "ut/site/kalla").glob("*.html"))
    assert pages
    for page in pages:
        assert 'href="bild/' in page.read_text(encoding="utf-8")
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in (folder / "ut/site/kalla/bild").iterdir())


def test_a_new_document_leaves_the_pages_and_pictures_of_the_others_as_they_are(tmp_path: Path) -> None:
    report(tmp_path / "in" / "a.pdf", sentences=("Svaren visas ovan.",))
    call = ["run", str(tmp_path / "in"), "--out", str(tmp_path / "ut"), "--direct", "--workers", "1"]
    assert main(call) == 0
    site = tmp_path / "ut" / "site"
    before = {path.relative_to(site): path.stat().st_ino for path in site.rglob("*") if path.is_file()}
    report(
        tmp_path / "in" / "b.pdf",
        title="Öppna jämförelser 2018 – hemlöshet",
        rows=(("Kommun", "Egen jourbostad"), ("Gävle", "JA"), ("Bollnäs", "NEJ"), ("Ljusdal", "JA")),
        sentences=("Svaren visas ovan.",),
    )
    assert main(call) == 0
    same = {
        str(path)
        for path, inode in before.items()
        if (site / path).is_file() and (site / path).stat().st_ino == inode
    }
    assert {"kommun/0184.html", "kommun/0186.html"} <= same
    for folder, least in (("indikator", 2), ("kalla", 1), ("kalla/bild", 1), ("dokument", 1)):
        kept = [name for name in same if Path(name).parent.as_posix() == folder]
        assert len(kept) >= least, folder
    assert (site / "kommun/2180.html").is_file() and "index.html" not in same


def test_no_exports_leaves_the_tables_alone_and_exports_come_back(folder: Path, tmp_path: Path) -> None:
    import shutil

    copy = shutil.copytree(folder, tmp_path / "kopia")
    call = ["run", str(copy / "in"), "--out", str(copy / "ut"), "--direct", "--workers", "1"]
    before = {path.name: path.read_bytes() for path in (copy / "ut").glob("*.parquet")}
    assert main([*call, "--no-exports"]) == 0
    assert not (copy / "ut/oj.duckdb").exists() and not list((copy / "ut").glob("site/**/*.html"))
    assert {path.name: path.read_bytes() for path in (copy / "ut").glob("*.parquet")} == before
    assert main(["query", "SELECT count(*) FROM long", "--out", str(copy / "ut")]) == 0
    assert main(call) == 0
    assert (copy / "ut/oj.duckdb").exists() and (copy / "ut/site/index.html").exists()


def test_wrong_settings_stop_the_run_with_a_sentence(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ut.state").mkdir()
    (tmp_path / "ut.state" / "export.yaml").write_text("licens: fri\n", encoding="utf-8")
    assert main(["run", str(folder / "in"), "--out", str(tmp_path / "ut"), "--direct", "--workers", "1"]) == 1
    assert "licens, som inte går att ställa in" in " ".join(capsys.readouterr().err.split())


def test_query_shows_rows_and_gives_all_as_csv(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(folder / "ut")
    assert main(["query", "SELECT answer FROM long ORDER BY answer", "--out", out, "--rows", "1"]) == 0
    assert "De första 1 raderna" in said(capsys)
    assert (
        main(["query", "SELECT answer, count(*) AS n FROM long GROUP BY 1 ORDER BY 1", "--out", out, "--csv"])
        == 0
    )
    lines = capsys.readouterr().out.split()
    assert lines[0] == "answer,n" and any(line.startswith("JA,") for line in lines)
    assert main(["query", "SELECT '=1+1' AS x, '-' AS y, -2 AS z", "--out", out, "--csv"]) == 0
    assert capsys.readouterr().out.split()[1] == "'=1+1,-,-2"
    assert main(["query", "SELEKTERA", "--out", out]) == 1
    assert "SHOW TABLES" in capsys.readouterr().err


def test_kommun_shows_values_with_their_source(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pyarrow.parquet as pq

    out = folder / "ut"
    rows = pq.read_table(out / "observations.parquet").to_pylist()
    unit = next(row for row in rows if row["unit_kind"] == "kommun" and row["unit_id"])
    assert main(["kommun", unit["unit_id"], "--out", str(out)]) == 0
    assert "a.pdf" in said(capsys).replace(" ", "").replace("│", "")
    assert main(["kommun", "0000", "--out", str(out)]) == 2
    assert "ingen enhet" in capsys.readouterr().err


def test_diff_names_a_new_document_and_writes_page_and_table(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report(tmp_path / "in" / "a.pdf")
    report(tmp_path / "in" / "b.pdf", title="Öppna jämförelser 2022 – ekonomiskt bistånd")
    out = tmp_path / "ut"
    assert (
        main(["run", str(tmp_path / "in"), "--out", str(out), "--direct", "--workers", "1", "--no-exports"])
        == 0
    )
    capsys.readouterr()
    assert main(["diff", str(folder / "ut"), str(out), "--to", str(tmp_path / "skillnad")]) == 0
    assert "nytt dokument" in said(capsys)
    assert "b.pdf" in (tmp_path / "skillnad/skillnad.csv").read_text(encoding="utf-8")
    assert (tmp_path / "skillnad/skillnad.html").is_file()
    assert main(["diff", "ingen", str(out), "--out", str(folder / "ut")]) == 1
    assert "ögonblicksbild" in capsys.readouterr().err


def test_a_page_that_cannot_be_drawn_is_left_out_and_the_others_are_drawn(tmp_path: Path) -> None:
    report(tmp_path / "in" / "a.pdf")
    sha256 = sha256_of(tmp_path / "in" / "a.pdf")
    good = PageRequest("a.pdf", sha256, 1, 50, tmp_path / "1.png")
    wrong = [
        PageRequest("a.pdf", sha256, 99, 50, tmp_path / "2.png"),
        PageRequest("a.pdf", "0" * 64, 1, 50, tmp_path / "3.png"),
        PageRequest("borta.pdf", sha256, 1, 50, tmp_path / "4.png"),
    ]
    assert set(draw_pages(tmp_path / "in", 1, [*wrong, good])) == {*wrong, good}
    assert [path.name for path in tmp_path.glob("*.png")] == ["1.png"]
    with pytest.raises(OutputError, match="inte längre den fil"):
        draw_page(tmp_path / "in", wrong[1])
