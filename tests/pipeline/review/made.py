"""A published dataset to review: two small reports that contradict themselves, one of them hostile, one
without faults, and a file that cannot be read.
"""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from extractors.drawing import sandboxed_picture
from flows.plan import RunOptions
from flows.review import _Sentences
from flows.stages import run_direct
from flows.state import state_for
from pipeline.review.database import sqlite_url
from pipeline.review.desk import Desk
from pipeline.review.pictures import PagePicture
from pipeline.review.placing import place_of
from pipeline.review.settings import Settings
from pipeline.review.store import Store
from pipeline.review.web.app import create_app
from pipeline.review.web.caller import Access
from tests.flows.makers import ANSWERS, report

ORIGIN = "http://testserver"
HOSTILE = "Kvarnby <script>alert(1)</script>"
FORMULA = "=HYPERLINK(1)"


@dataclass(frozen=True)
class Place:
    """Where a dataset, its inbox and its state lie."""

    raw: Path
    out: Path

    @property
    def state(self) -> Path:
        return state_for(self.out, None).root

    def run(self, registers: Path | None = None, *, exports: bool = False) -> None:
        """The next run."""
        run_direct(RunOptions(self.raw, self.out, workers=1, registers=registers, exports=exports))

    def copy(self, folder: Path) -> Place:
        """The same dataset with a state of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        made = Place(folder / "in", folder / "ut")
        shutil.copytree(self.raw, made.raw)
        shutil.copytree(self.out, made.out)
        shutil.copytree(self.state, made.state)
        return made


def publish(folder: Path) -> Place:
    """Write the reports and run over them."""
    place = Place(folder / "in", folder / "ut")
    report(
        place.raw / "först.pdf",
        sentences=(
            "Alla kommuner har rutin för samverkan.",
            "Information på flera språk finns i samtliga kommuner utom Lidingö.",
            "Uppgiften om 20 procent bygger på att 9 av 36 har svarat ja.",
        ),
    )
    report(
        place.raw / "fientlig.pdf",
        title=f"Öppna jämförelser 2020 – ekonomiskt bistånd {html.escape(HOSTILE)}",
        rows=(*ANSWERS, (HOSTILE, FORMULA, "NEJ")),
        sentences=(
            "Alla kommuner har rutin för samverkan &lt;img src=x onerror=alert(1)&gt;.",
            "Andelen 40 procent anges för 3 av 10 &lt;script&gt;alert(2)&lt;/script&gt;.",
        ),
    )
    report(
        place.raw / "ren.pdf",
        title="Öppna jämförelser 2018 – hemlöshet",
        rows=(("Kommun", "Egen jourbostad"), ("Solna", "JA"), ("Nacka", "NEJ"), ("Täby", "JA")),
        sentences=("Svaren visas ovan.",),
    )
    (place.raw / "trasig.pdf").write_bytes(b"%PDF-1.7 avhuggen")
    place.run()
    return place


def desk_of(
    place: Place,
    url: str | None = None,
    draw: PagePicture = sandboxed_picture,
    registers: Path | None = None,
) -> Desk:
    """The desk over a place."""
    place.state.mkdir(exist_ok=True)
    store = Store.open(url or sqlite_url(place.state))
    where = place_of(place.state, registers)
    return Desk(place.out, place.raw, store, draw, _Sentences(state_for(place.out, None)), where)


class Browser:
    """A reviewer with plain HTML: follows links, sends forms with the fields that they hold."""

    def __init__(self, desk: Desk, mode: str = "open", **settings: Any) -> None:
        access = Access(mode, Settings("", **settings))
        self.client = TestClient(create_app(desk, access), base_url=ORIGIN, headers={"origin": ORIGIN})
        self.page = ""
        self.status = 0
        self.where = ""

    def get(self, path: str, **headers: str) -> str:
        return self._shown(self.client.get(path, headers=headers))

    def send(self, marker: str, **fields: Any) -> str:
        """Send the form of the shown page that has ``marker`` in it."""
        form = next(one for one in re.findall(r"<form.*?</form>", self.page, re.DOTALL) if marker in one)
        action = re.search(r'action="([^"]+)"', form)
        assert action
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        data = {name: html.unescape(value) for name, value in hidden.items()} | fields
        return self._shown(self.client.post(html.unescape(action[1]), data=data))

    def post(self, path: str, **fields: Any) -> str:
        return self._shown(self.client.post(path, data=fields))

    def _shown(self, response: Any) -> str:
        self.page, self.status = response.text, response.status_code
        self.where = str(response.url).removeprefix(ORIGIN)
        return self.page


def flag_ids(page: str) -> list[str]:
    """The flags of a queue page, in order."""
    return re.findall(r'<a class="rad" href="/flaggor/([^"?]+)', page)
