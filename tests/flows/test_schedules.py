"""Two runs at the same time, for real: on one machine (`oj serve`), and with a work pool and a worker."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.plan import RunOptions
from flows.stages import run_direct
from tests.flows.makers import report
from tests.flows.serving import Api, free_port, one_after_the_other, running, wait_for

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """A folder as the operations guide has it: inbox, deployments and flows."""
    for year in (2020, 2021):
        report(tmp_path / "raw_pdfs" / f"{year}.pdf", title=f"Öppna jämförelser {year} – ekonomiskt bistånd")
    shutil.copy(ROOT / "prefect.yaml", tmp_path)
    (tmp_path / "flows").symlink_to(ROOT / "flows")
    yield tmp_path


def parquet(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.parquet"))}


def test_served_runs_wait_for_each_other_and_the_schedule_outlives_a_restart(project: Path) -> None:
    api = Api(f"http://127.0.0.1:{(port := free_port())}/api")
    call = ["-m", "flows.cli", "serve", str(project / "raw_pdfs"), "--out", str(project / "normalized")]
    call += ["--port", str(port), "--cron", "0 4 1 1 *", "--workers", "1"]
    log = project / "serve.log"
    with running(call, log) as served:
        wait_for("the deployments", lambda: api.is_up() and api.deployment("publish"), served)
        runs = [api.start("nightly"), api.start("publish")]
        ended = wait_for("both runs", lambda: api.ended(runs), served)
        assert [run["state"]["type"] for run in ended] == ["COMPLETED"] * 2, [
            run["state"]["message"] for run in ended
        ]
        assert one_after_the_other(ended)
        names = pq.read_table(project / "normalized" / "documents.parquet").column("file_name").to_pylist()
        assert sorted(names) == ["2020.pdf", "2021.pdf"]
    assert not api.is_up()  # its server ended with it
    with running(call, log) as served:
        deployed = wait_for(
            "a schedule",
            lambda: api.is_up() and (one := api.deployment("nightly")) and not one["paused"] and one,
            served,
        )
        assert [one["active"] for one in deployed["schedules"]] == [True]
        os.kill(served.pid, signal.SIGKILL)  # as a power cut does
        served.wait()
    with running(call, log) as served:  # the server that was left is ended first
        wait_for("a third start", lambda: log.read_text().count("Väntar på nästa körning") == 3, served)
        wait_for("the deployments", lambda: api.deployment("publish"), served)
        runs = [api.start("publish")]
        (last,) = wait_for("the run", lambda: api.ended(runs), served)
        assert last["state"]["type"] == "COMPLETED", last["state"]["message"]


def test_a_worker_of_the_work_pool_runs_the_deployments_one_at_a_time(project: Path) -> None:
    """As ``prefect.yaml`` has them: their limit of one run makes the second wait, and both are done."""
    api = Api(f"http://127.0.0.1:{(port := free_port())}/api")
    home = {"PREFECT_HOME": str(project / "home")}
    waits = {"PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "2"}
    leases = {
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem"
    }
    server = ["-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    there = home | {"PREFECT_API_URL": api.address, "OJ_HOME": str(project)}
    with running(server, project / "server.log", **home, **waits, **leases) as serving:
        wait_for("the server", api.is_up, serving)
        for call in (["work-pool", "create", "oj", "--type", "process"], ["--no-prompt", "deploy", "--all"]):
            done = subprocess.run(
                [sys.executable, "-m", "prefect", *call],
                cwd=project,
                env=os.environ | there,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
        deployed = api.deployment("nightly")
        assert deployed is not None
        assert deployed["global_concurrency_limit"]["limit"] == 1
        worker = ["-m", "prefect", "worker", "start", "--pool", "oj"]
        with running(worker, project / "worker.log", **there) as working:
            runs = [api.start("nightly"), api.start("nightly")]
            ended = wait_for("both runs", lambda: api.ended(runs), serving, working)
            waited = ["AwaitingConcurrencySlot" in api.states(run["id"]) for run in ended]
    said = (project / "worker.log").read_text()
    assert [run["state"]["type"] for run in ended] == ["COMPLETED"] * 2, said
    assert one_after_the_other(ended)
    assert waited == [False, True]
    run_direct(RunOptions(project / "raw_pdfs", project / "direkt", workers=1))
    assert parquet(project / "normalized") == parquet(project / "direkt")
