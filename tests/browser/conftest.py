"""The desk as it is served, in Debian's chromium. Playwright drives it and downloads no browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyarrow.parquet as pq
import pytest

from tests.pipeline.review.made import Place, publish

#: Starting Python with all its libraries on a busy machine.
START_SECONDS = 60
CODE = "import sys; from flows.cli import main; sys.exit(main(sys.argv[1:]))"


class Server:
    """``oj review`` as a process of its own."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, host: str = "127.0.0.1") -> None:
        call = [
            "review",
            "--out",
            str(self.place.out),
            "--raw",
            str(self.place.raw),
            "--port",
            str(self.port),
            "--host",
            host,
        ]
        self.process = subprocess.Popen([sys.executable, "-c", CODE, *call], stdout=subprocess.DEVNULL)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, "oj review ended"
            try:
                if httpx.get(self.url + "/tillganglighet").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        pytest.fail("oj review did not answer")

    def kill(self) -> None:
        """As kill -9 does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return publish(tmp_path_factory.mktemp("webb"))


@pytest.fixture
def server(published: Place, tmp_path: Path) -> Iterator[Server]:
    made = Server(published.copy(tmp_path / "egen"))
    made.start()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.kill()


#: The sync API of Playwright keeps an event loop running until it is stopped: with the module, so that tests
#: which run loops of their own (Prefect's) find none.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    # A container's root has no sandbox of its own to give; anyone else has.
    extra = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=extra)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, server: Server) -> Any:
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    made = context.new_page()
    faults: list[str] = []
    made.on("pageerror", lambda error: faults.append(str(error)))
    made.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
    made.on("dialog", lambda dialog: faults.append("a dialog opened"))
    yield made
    context.close()
    assert faults == []


def statuses(server: Server) -> dict[str, str]:
    rows = pq.read_table(server.place.out / "flags.parquet").to_pylist()
    return {row["flag_id"]: row["status"] for row in rows}


def flag_of(page: Any) -> str:
    return page.url.partition("/flaggor/")[2].partition("?")[0]


def first_page(page: Any, server: Server) -> str:
    """The address of the first page of a document that was read."""
    page.goto(server.url + "/dokument?sok=först")
    return f"{server.url}{page.locator('tbody a').first.get_attribute('href')}/sidor/1"
