"""Decisions survive: a copy taken while the desk is open, put back on another machine."""

import sqlite3
from pathlib import Path

import pytest

from flows.cli import main


def decisions(path: Path) -> list[tuple[str]]:
    database = sqlite3.connect(path)
    try:
        return database.execute("SELECT word FROM event ORDER BY rowid").fetchall()
    finally:
        database.close()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / "ut.state"
    (folder / "registers").mkdir(parents=True)
    (folder / "registers" / "corrections.csv").write_text("correction_id\nr1\n", encoding="utf-8")
    (folder / "ledger.json").write_text("{}", encoding="utf-8")
    return folder


def test_a_copy_taken_from_an_open_store_is_put_back_whole(state: Path, tmp_path: Path) -> None:
    desk = sqlite3.connect(state / "decisions.sqlite")
    desk.execute("PRAGMA journal_mode=WAL")
    desk.execute("CREATE TABLE event (word TEXT)")
    desk.execute("INSERT INTO event VALUES ('confirmed')")
    desk.commit()
    desk.execute("INSERT INTO event VALUES ('half written')")  # not committed: no part of the copy
    copy = tmp_path / "kopior" / "natt"
    assert main(["backup", str(copy), "--out", str(tmp_path / "ut")]) == 0
    desk.rollback()
    desk.execute("INSERT INTO event VALUES ('later')")
    desk.commit()
    desk.close()
    assert main(["restore", str(copy), "--out", str(tmp_path / "ut")]) == 0
    assert decisions(state / "decisions.sqlite") == [("confirmed",)]
    assert decisions(state / "decisions.sqlite.före") == [("confirmed",), ("later",)]

    assert main(["restore", str(copy), "--out", str(tmp_path / "ny" / "ut")]) == 0
    elsewhere = tmp_path / "ny" / "ut.state"
    assert decisions(elsewhere / "decisions.sqlite") == [("confirmed",)]
    assert (elsewhere / "registers" / "corrections.csv").read_bytes() == (
        state / "registers" / "corrections.csv"
    ).read_bytes()


def test_a_copy_never_overwrites_another(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kopia").mkdir()
    assert main(["backup", str(tmp_path / "kopia"), "--out", str(tmp_path / "ut")]) == 2
    assert "finns redan" in capsys.readouterr().err


def test_a_damaged_copy_is_not_put_back(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "kopia"
    copy.mkdir()
    (copy / "decisions.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert main(["restore", str(copy), "--out", str(tmp_path / "ut")]) == 1
    assert "skadad" in capsys.readouterr().err
    assert (state / "ledger.json").exists()


def test_what_is_no_copy_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore", str(tmp_path), "--out", str(tmp_path / "ut")]) == 2
    assert "ingen säkerhetskopia" in capsys.readouterr().err
