"""``oj kolada``: what a user sees, and the exit codes."""

import csv
import socket
from pathlib import Path

import pytest

from flows.cli import main
from pipeline.reference import Registers
from tests.pipeline.kolada.made import figure, published, said
from tests.pipeline.kolada.server import FakeKolada, Fault


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def call(tmp_path: Path, registers: Registers, kolada: FakeKolada) -> list[str]:
    out = published(
        tmp_path,
        registers,
        said("x-kvall", "0125", "JA"),
        said("x-kvall", "0184", "NEJ"),
        figure("x-andel", "0184", "2 012,5", 2012.5),
        figure("x-andel", "0163", "7", 7.0),
    )
    kolada.put("U90001", 2020, k0125=1, k0184=1, k0180=0)
    kolada.put("N90003", 2019, k0184=2092.5)
    return ["kolada", "--out", str(out), "--registers", str(tmp_path / "register"), "--base-url", kolada.base]


def test_differences_counts_and_file(
    call: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*call, "--csv", str(tmp_path / "jämförelse.csv")]) == 0
    shown = capsys.readouterr().out
    lines = [line for line in shown.splitlines() if "rapport.pdf, s. 1" in line]
    assert len(lines) == 2
    assert all(word in lines[0] for word in ("Tabell 1", "Solna", "x-kvall", "NEJ", "Ja", "svaret"))
    assert all(word in lines[1] for word in ("x-andel", "2019", "2 012,5", "2\u00a0092,5", "−80"))
    assert "Sökta i Kolada: 4. Utfall: 1 lika, 2 olika, 1 saknas i Kolada." in shown
    assert "Källa: Kolada." in shown
    with (tmp_path / "jämförelse.csv").open(encoding="utf-8", newline="") as file:
        assert [row["outcome"] for row in csv.DictReader(file)] == ["differs"] * 2 + [
            "not_in_kolada",
            "equal",
        ]


@pytest.mark.parametrize("kommun", ["Ekerö", "0125", "ekerö kommun"])
def test_one_kommun_by_name_or_code(call: list[str], kommun: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*call, "--kommun", kommun, "--year", "2020"]) == 0
    assert "Sökta i Kolada: 1. Utfall: 1 lika." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--kommun", "Ekreö"], "”Ekreö” är ingen kommun"),
        (["--kommun", "Snitt"], "ingen kommun"),
        (["--base-url", "kolada"], "ingen adress till ett API"),
        (["--csv", "."], "är en mapp"),
        (["--csv", "finns-inte/a.csv"], "finns inte"),
        (["--out", "finns-inte"], "Mappen finns-inte finns inte"),
        (["--registers", "finns-inte"], "Mappen finns-inte finns inte"),
        (["--year", "20"], "--year"),
        (["--yaer", "2020"], "--yaer finns inte"),
    ],
)
def test_wrong_calls_ask_nothing_of_kolada(
    call: list[str], kolada: FakeKolada, more: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*call, *more]) == 2
    assert words in capsys.readouterr().err
    assert kolada.asked == []


def test_no_network(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert main([*call, "--base-url", f"http://127.0.0.1:{port}"]) == 1
    assert "Kolada nås inte" in capsys.readouterr().err


def test_another_answer_than_expected(
    call: list[str], kolada: FakeKolada, capsys: pytest.CaptureFixture[str]
) -> None:
    kolada.faults.append(Fault(200, body=b"<html>"))
    assert main(call) == 1
    assert "inte JSON" in capsys.readouterr().err


def test_no_dataset(call: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tom").mkdir()
    assert main([*call, "--out", str(tmp_path / "tom")]) == 1
    assert "oj run" in capsys.readouterr().err


def test_nothing_that_could_be_compared_is_no_success(
    call: list[str], kolada: FakeKolada, capsys: pytest.CaptureFixture[str]
) -> None:
    kolada.figures.clear()
    assert main(call) == 1
    told = capsys.readouterr()
    assert "4 saknas i Kolada" in told.out and "Inget av värdena kunde jämföras" in told.err


def test_a_file_that_cannot_be_written(
    call: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for length, code in ((252, 1), (300, 2)):  # too long for the file beside it; too long at all
        assert main([*call, "--csv", str(tmp_path / ("a" * length))]) == code
        assert "går inte att skriva (namnet är för långt)" in capsys.readouterr().err


def test_the_help_page_tells_what_it_does(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kolada", "--help"]) == 0
    page = capsys.readouterr().out
    assert "Användning: oj kolada" in page and "Behöver nätet" in page
    assert not any(word in page for word in ("Usage", "Options", "default", "required"))


def test_nothing_else_asks_kolada(call: list[str], kolada: FakeKolada) -> None:
    for command in ("flags", "indicator sp-po"):
        assert main([*command.split(), "--out", call[2]]) == 0
    assert kolada.asked == []
