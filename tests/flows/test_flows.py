"""The stewards' flows on a real Prefect server: each alone, all at night, on a cluster, and their notices."""

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from prefect.testing.utilities import prefect_test_harness

from flows import main
from flows.errors import WrongCallError
from flows.notices import EmailNotification
from flows.plan import RunOptions
from flows.stages import run_direct
from tests.flows.mailbox import Mailbox, mailbox
from tests.flows.makers import report

WRONG = "Samtliga fyra kommuner erbjuder information på flera språk."


class Hook:
    """What a webhook was told."""

    def __init__(self) -> None:
        told: list[dict[str, str]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self.told = told
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/"


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inkorg") / "in"
    for year in (2019, 2020, 2021):
        report(folder / f"{year}.pdf", title=f"Öppna jämförelser {year} – ekonomiskt bistånd")
    return folder


@pytest.fixture(scope="module")
def expected(inbox: Path) -> dict[str, bytes]:
    out = inbox.parent / "direkt"
    run_direct(RunOptions(inbox, out, workers=1))
    return parquet(out)


def parquet(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.parquet"))}


def artifacts() -> dict[str, Any]:
    """The newest artifact of each key."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        answer = client.request("POST", "/artifacts/latest/filter", json={"limit": 100})
    return {one["key"]: one for one in answer.json()}


def test_each_flow_runs_alone_and_together_they_give_what_a_direct_run_gives(
    server: None, inbox: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    call: dict[str, Any] = {"raw": str(inbox), "out": str(tmp_path / "ut"), "workers": 1, "batch_size": 2}
    state = tmp_path / "ut.state"
    assert main.extract_flow(**call) == {"files": 3, "read": 3, "known": 0, "failed": 0}
    assert len(list((state / "extracts").iterdir())) == 3
    assert not (state / "parts").exists()
    assert main.extract_flow(**call)["known"] == 3
    assert main.normalise_flow(**call) == 3
    assert len(list((state / "parts").iterdir())) == 3
    assert main.check_flow(**call) == 0
    assert list((state / "across").iterdir())
    assert not (tmp_path / "ut").exists()
    assert main.publish_flow(**call).documents == {"ok": 3}
    assert parquet(tmp_path / "ut") == expected


def test_publishing_alone_reads_what_is_missing(
    server: None, inbox: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    main.publish_flow(raw=str(inbox), out=str(tmp_path / "ut"), workers=1)
    assert parquet(tmp_path / "ut") == expected


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as made:
        yield made


def test_the_night_shows_its_result_and_tells_of_new_errors_and_of_failure(
    server: None, inbox: Path, tmp_path: Path, box: Mailbox
) -> None:
    from prefect.blocks.notifications import CustomWebhookNotificationBlock

    hook = Hook()
    block = CustomWebhookNotificationBlock(
        name="larm", url=hook.address, json_data={"subject": "{{subject}}", "body": "{{body}}"}
    )
    block.save("larm", overwrite=True)
    mail = EmailNotification(
        host="127.0.0.1", port=box.port, sender="oj@example.org", to=["f@example.org"], starttls=False
    )
    mail.save("forvaltning", overwrite=True)
    raw = shutil.copytree(inbox, tmp_path / "in")
    told_to = ["custom-webhook/larm", "oj-e-post/forvaltning"]
    call: dict[str, Any] = {"raw": str(raw), "out": str(tmp_path / "ut"), "notify": told_to}
    assert main.nightly_flow(**call).documents == {"ok": 3}
    assert hook.told == []

    report(raw / "2022.pdf", title="Öppna jämförelser 2022 – ekonomiskt bistånd", sentences=[WRONG])
    (raw / "tom.pdf").touch()
    summary = main.nightly_flow(**call)
    assert summary.flags["error"] == 1
    (told,) = hook.told
    assert told["subject"] == "Öppna jämförelser: 1 nytt fel"
    assert "information på flera språk" in told["body"].lower()

    shown = artifacts()
    assert {"sammanfattning", "avvikelser", "karantan", "varmekarta", "framsteg", "kallor"} <= shown.keys()
    assert "| Dokument | 5 |" in shown["sammanfattning"]["data"]
    assert "2022.pdf" in shown["avvikelser"]["data"]
    assert "tom.pdf" in shown["karantan"]["data"]
    assert shown["varmekarta"]["data"].startswith("data:image/svg+xml;base64,")
    assert float(shown["framsteg"]["data"]) == 100.0

    main.nightly_flow(**call)
    assert len(hook.told) == 1  # an error is new once
    with pytest.raises(WrongCallError):
        main.nightly_flow(**call | {"raw": str(tmp_path / "ingen")})
    assert hook.told[1]["subject"] == "Öppna jämförelser: körningen nightly misslyckades"
    assert "finns inte" in hook.told[1]["body"]
    # the same two by e-mail, in the encoding that Swedish letters need
    assert len([line for line in box.lines if line.startswith("Subject: ")]) == 2
    assert "To: f@example.org" in box.lines
    hook.server.shutdown()


def test_a_cluster_of_two_processes_gives_the_same_bytes(
    server: None, inbox: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    import dask
    from distributed import LocalCluster

    # Workers read each file in a process of its own, which Dask allows when they are no daemons.
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
    ):
        main.oj_flow(
            raw=str(inbox),
            out=str(tmp_path / "ut"),
            workers=1,
            batch_size=1,
            scheduler=cluster.scheduler_address,
        )
    assert parquet(tmp_path / "ut") == expected
