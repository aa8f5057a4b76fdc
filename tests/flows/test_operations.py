"""What keeps a machine running for years: deployments, servers left behind, e-mail, PostgreSQL."""

import asyncio
import inspect
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from prefect import Flow
from prefect.client.schemas.schedules import CronSchedule
from prefect.utilities.importtools import import_object

from flows.errors import WrongCallError
from flows.leftovers import end_left_server, forget_server, remember_server
from flows.notices import EmailNotification, new_errors_notice
from flows.serving import ServeOptions, check_cron, deployments
from flows.state import StateFolder
from tests.flows.mailbox import mailbox
from tests.flows.makers import report
from tests.postgres import asked, postgres_server

ROOT = Path(__file__).parents[2]


def deployed() -> list[dict[str, object]]:
    content = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    return list(content["deployments"])


@pytest.mark.parametrize("deployment", deployed(), ids=lambda one: str(one["entrypoint"]))
def test_each_deployment_names_a_flow_that_takes_its_parameters(deployment: dict[str, object]) -> None:
    flow = import_object(str(deployment["entrypoint"]).replace("/", ".").replace(".py:", "."))
    assert isinstance(flow, Flow)
    parameters = deployment["parameters"]
    assert isinstance(parameters, dict)
    inspect.signature(flow.fn).bind(**parameters)
    flow.validate_parameters(parameters)
    limit = {"limit": 1, "collision_strategy": "ENQUEUE", "grace_period_seconds": 900}
    assert deployment["concurrency_limit"] == limit
    for schedule in deployment["schedules"]:  # type: ignore[attr-defined]
        CronSchedule(**schedule)


def test_only_the_night_has_a_schedule() -> None:
    scheduled = [str(one["entrypoint"]) for one in deployed() if one["schedules"]]
    assert scheduled == ["flows/main.py:nightly_flow"]


def test_serve_deploys_every_flow_once_and_only_the_night_on_schedule(tmp_path: Path) -> None:
    made = deployments(ServeOptions(tmp_path / "in", tmp_path / "ut", cron="0 4 * * 1", notify=("a/b",)))
    named = {one.flow_name: one for one in made}
    assert set(named) == {"nightly", "ingest", "extract", "normalise", "check", "publish"}
    # The runner has one for all of them (serve_flows), which needs no lease of the server's.
    assert {one.concurrency_limit for one in made} == {None}
    schedules = {name: [s.schedule.cron for s in one.schedules or []] for name, one in named.items()}
    assert schedules.pop("nightly") == ["0 4 * * 1"]
    assert set(map(tuple, schedules.values())) == {()}
    assert named["nightly"].parameters["notify"] == ["a/b"]
    assert Path(named["nightly"].parameters["raw"]).is_absolute()


@pytest.mark.parametrize("cron", ["", "varje natt", "61 2 * * *", "* * *"])
def test_a_schedule_that_is_none_is_told(cron: str) -> None:
    with pytest.raises(WrongCallError, match="tidtabell"):
        check_cron(cron)


def test_a_server_that_was_left_is_ended_and_no_other(tmp_path: Path) -> None:
    state = StateFolder(tmp_path / "ut.state")
    assert not end_left_server(state)
    left, other = (subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) for _ in "ab")
    try:
        remember_server(state, left.pid)
        assert end_left_server(state)
        assert left.wait(10) != 0
        remember_server(state, other.pid)
        content = (state.prefect / "server.json").read_text(encoding="ascii")
        moved = content.replace('"started": "', '"started": "9')  # the number went to another process
        (state.prefect / "server.json").write_text(moved, encoding="ascii")
        assert not end_left_server(state)
        assert other.poll() is None
        remember_server(state, other.pid)
        forget_server(state)
        assert not end_left_server(state)
    finally:
        for process in (left, other):
            process.kill()
            process.wait()


def test_an_e_mail_is_sent() -> None:
    with mailbox() as box:
        block = EmailNotification(
            host="127.0.0.1",
            port=box.port,
            sender="oj@example.org",
            to=["forvaltning@example.org"],
            starttls=False,
        )
        asyncio.run(block.notify("Fyra nya fel.", "Avvikelser"))
    assert "Subject: Avvikelser" in box.lines
    assert "Fyra nya fel." in box.lines
    told = [line for line in box.lines if line.upper().startswith("RCPT")]
    assert any("forvaltning@example.org" in line for line in told)


def test_only_errors_that_were_not_there_are_told() -> None:
    assert new_errors_notice({"a": "A"}, {"a": "A"}) is None
    assert new_errors_notice({"a": "A"}, {}) is None
    told = new_errors_notice({"a": "A"}, {"a": "A", "b": "B", "c": "C"})
    assert told == ("Öppna jämförelser: 2 nya fel", "- B\n- C")
    many = new_errors_notice({}, {str(n): "X" for n in range(25)})
    assert many is not None
    assert many[1].endswith("och 5 till; se rapporten.")


@pytest.fixture
def postgres() -> Iterator[int]:
    with postgres_server() as port:
        yield port


@pytest.mark.needs_debian("postgres", "postgresql")
def test_prefect_keeps_its_runs_in_postgresql(postgres: int, tmp_path: Path) -> None:
    report(tmp_path / "in" / "a.pdf")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    address = f"postgresql+asyncpg://oj@127.0.0.1:{postgres}/postgres"
    call = [sys.executable, "-m", "flows.cli", "run", str(tmp_path / "in"), "--out", str(tmp_path / "ut")]
    done = subprocess.run(
        [*call, "--workers", "1", "--no-exports"],
        env=kept | {"PREFECT_SERVER_DATABASE_CONNECTION_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    query = "SELECT state_type, count(*) FROM flow_run GROUP BY 1"
    assert asked(postgres, query) == "COMPLETED|1"
    assert not (tmp_path / "ut.state" / "prefect" / "prefect.db").exists()
