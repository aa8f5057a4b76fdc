"""A real flow on Prefect's embedded server, as a user starts it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli import main
from tests.flows.makers import inbox_of_broken_files


def oj(*call: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *call],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_flow_gives_the_same_bytes_as_a_direct_run_and_keeps_its_home_in_the_state_folder(
    tmp_path: Path,
) -> None:
    inbox_of_broken_files(tmp_path / "in")
    result = oj(
        "run", str(tmp_path / "in"), "--out", str(tmp_path / "flöde"), "--workers", "2", HOME=str(tmp_path)
    )
    assert result.returncode == 0, result.stderr
    assert "Rapport:" in result.stdout
    assert "Traceback" not in result.stderr
    assert not (tmp_path / ".prefect").exists()

    database = sqlite3.connect(tmp_path / "flöde.state" / "prefect" / "prefect.db")
    with database:
        states = database.execute("SELECT state_type FROM flow_run").fetchall()
        tasks = database.execute("SELECT count(*) FROM task_run WHERE state_type = 'COMPLETED'").fetchone()
    database.close()
    assert states == [("COMPLETED",)]
    assert tasks == (4,)  # listing, one batch, publishing, showing: not one for each file

    assert main(["run", str(tmp_path / "in"), "--out", str(tmp_path / "direkt"), "--direct"]) == 0
    flow, direct = (
        {p.name: p.read_bytes() for p in (tmp_path / d).glob("*.parquet")} for d in ("flöde", "direkt")
    )
    assert flow == direct
    assert len(flow) == 8


def test_a_server_that_does_not_answer_is_told_in_one_sentence(tmp_path: Path) -> None:
    inbox_of_broken_files(tmp_path / "in")
    # Port 9 (discard) is refused on every machine that does not run that service.
    result = oj(
        "run",
        str(tmp_path / "in"),
        "--out",
        str(tmp_path / "ut"),
        PREFECT_API_URL="http://127.0.0.1:9/api",
        PREFECT_CLIENT_MAX_RETRIES="0",
    )
    assert result.returncode == 1
    assert "svarar inte" in result.stderr
    assert "--direct" in result.stderr
    assert "Traceback" not in result.stderr


def test_help_loads_neither_prefect_nor_pandas() -> None:
    heavy = "{'prefect', 'pandas', 'spacy', 'pyarrow'}"
    code = f"import sys, flows.cli; flows.cli.main(['--help']); print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", ["PREFECT_HOME", "DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED"])
def test_prefect_is_told_where_to_live_and_not_to_report(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.running import set_prefect_environment
    from flows.state import StateFolder

    for known in ("PREFECT_HOME", "DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED"):
        monkeypatch.setenv(known, "")
        monkeypatch.delenv(known)
    set_prefect_environment(StateFolder(tmp_path / "state"))
    expected = {
        "PREFECT_HOME": str(tmp_path / "state" / "prefect"),
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    assert os.environ[name] == expected[name]
