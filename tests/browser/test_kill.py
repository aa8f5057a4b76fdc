"""kill -9: what was answered is kept."""

from __future__ import annotations

import itertools
import re
import threading
import time
from typing import Any

import httpx
import pytest

from pipeline.review.database import sqlite_url
from pipeline.review.store import Store
from tests.browser.conftest import Server, flag_of, statuses

pytestmark = pytest.mark.needs_debian("chromium", "chromium")


def test_kill_9_between_two_requests_loses_nothing(chromium: Any, server: Server) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(server.url)
    page.keyboard.press("g")
    page.wait_for_selector("h1.flagga")
    decided = []
    for _ in range(2):
        flag_id = flag_of(page)
        page.keyboard.press("b")
        page.wait_for_url(lambda url, gone=flag_id: gone not in url)
        decided.append(flag_id)
        server.kill()
        server.start()
        page.reload()
    server.kill()
    server.place.run()
    now = statuses(server)
    assert [now[one] for one in decided] == ["confirmed", "confirmed"]
    context.close()


def test_kill_9_while_decisions_are_sent_keeps_every_one_that_was_answered(server: Server) -> None:
    ids, answered = list(statuses(server)), []
    sender = threading.Thread(target=keep_deciding, args=(server.url, ids, answered))
    sender.start()
    until = time.monotonic() + 60
    while len(answered) < 5 and time.monotonic() < until:
        time.sleep(0.01)
    server.kill()  # most likely in the middle of a request
    sender.join()
    assert len(answered) >= 5
    store = Store.open(sqlite_url(server.place.state))
    store.refresh()
    events = store.all_events()
    store.close()
    wanted = [(event.subject, event.version) for event in events]
    assert wanted[: len(answered)] == answered
    assert len(wanted) <= len(answered) + 1  # at most the one whose answer nobody heard


def keep_deciding(url: str, ids: list[str], answered: list[tuple[str, int]]) -> None:
    """Decide flag after flag, round after round, until the server is gone; notes what was answered."""
    with httpx.Client(base_url=url, headers={"origin": url}) as client:
        for turn in itertools.count():
            flag_id = ids[turn % len(ids)]
            try:
                page = client.get(f"/flaggor/{flag_id}").text
                fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
                fields["val"] = "confirmed" if turn // len(ids) % 2 else "deferred"
                answer = client.post(f"/flaggor/{flag_id}/beslut", data=fields)
            except httpx.TransportError:
                return
            assert answer.status_code == 303
            answered.append((flag_id, int(fields["version"]) + 1))
