"""axe-core finds nothing, on any kind of page; a narrow window needs no sideways scrolling."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.review.database import sqlite_url
from pipeline.review.people import STEWARD, People
from pipeline.review.store import Store
from tests.browser.conftest import Server, first_page

pytestmark = pytest.mark.needs_debian("chromium", "chromium")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
#: WCAG 2.1 A and AA, which DOS-lagen asks for, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def complaints(page: Any) -> list[str]:
    """What axe-core finds; it is run through the debugger, past the page's own policy."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", RULES)
    return [
        f"{one['id']}: {node['html'][:120]} {json.dumps(node['failureSummary'])[:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def test_axe_finds_nothing(page: Any, server: Server) -> None:
    page.goto(server.url)
    addresses = [
        "/flaggor",
        "/flaggor?sok=finnsinte",
        "/bulk",
        "/dokument",
        "/namn",
        "/lage",
        "/hjalp",
        "/jag",
        "/logg",
    ]
    addresses += ["/tillganglighet", "/finns-inte"]
    addresses += sorted({link.get_attribute("href") for link in page.locator("a.rad").all()})[:4]
    page.goto(server.url + "/dokument?sok=först")
    document = page.locator("tbody a").first.get_attribute("href")
    page.goto(server.url + document)
    table = page.locator("a[href^='/tabeller/']").first.get_attribute("href")
    page.goto(server.url + table)
    observation = page.locator("a[href^='/observationer/']").first.get_attribute("href")
    addresses += [document, f"{document}/sidor/1", table, observation]
    addresses += ["/dokument?sok=trasig", f"/flaggor/{flag_with_another_page(server)}"]
    for address in addresses:
        page.goto(server.url + address)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert complaints(page) == [], address
    page.goto(server.url)
    page.keyboard.press("g")
    page.wait_for_selector("h1.flagga")
    page.keyboard.press("b")
    page.wait_for_selector(".meddelande.klart")
    assert complaints(page) == []


def flag_with_another_page(server: Server) -> str:
    """A flag that rests on cells."""
    rows = pq.read_table(server.place.out / "flags.parquet").to_pylist()
    return next(row["flag_id"] for row in rows if row["observation_ids"])


def test_axe_finds_nothing_in_what_comes_of_forms(page: Any, server: Server) -> None:
    page.goto(server.url + "/namn")
    page.locator("summary:has-text('Annan post')").first.click()
    page.locator("input[name=annan]").first.fill("eb-socialjour")
    page.locator("button:has-text('Godta')").first.click()
    page.wait_for_selector("#tillagda")
    assert complaints(page) == []
    page.goto(first_page(page, server))
    page.fill("#vad", "Något")
    page.click("button:has-text('Anmäl')")
    assert "Markera minst" in page.text_content("[role=alert]")
    assert complaints(page) == []
    page.goto(server.url)
    page.keyboard.press("g")
    page.wait_for_selector("h1.flagga")
    page.click("summary:has-text('Avvisa')")
    page.click("text=Annat skäl")
    assert "vilket skälet är" in page.text_content("[role=alert]")
    assert complaints(page) == []
    page.goto(server.url + "/jag")
    page.click("text=Spara")
    page.wait_for_selector(".meddelande.klart")
    assert complaints(page) == []


def test_axe_finds_nothing_in_pages_that_tell_what_is_missing(page: Any, server: Server) -> None:
    flag_id = flag_with_another_page(server)
    for path in server.place.raw.glob("*.pdf"):
        path.rename(path.with_suffix(".bort"))
    page.goto(f"{server.url}/flaggor/{flag_id}")
    assert "finns inte kvar" in page.text_content("#bild")
    assert complaints(page) == []
    run_json = server.place.out / "run.json"
    run_json.write_text(
        run_json.read_text(encoding="utf-8").replace('"schema_version": "1', '"schema_version": "9')
    )
    page.goto(server.url)
    assert "schemaversion 9" in page.text_content("main")
    assert complaints(page) == []
    server.place.out.rename(server.place.out.with_name("undan"))
    page.goto(server.url)
    assert "Kör oj run" in page.text_content("main")
    assert complaints(page) == []


def test_axe_finds_nothing_before_and_after_a_login(chromium: Any, server: Server) -> None:
    store = Store.open(sqlite_url(server.place.state))
    People(store.engine).add_account("Kim Berg", STEWARD, "sex gula tulpaner i regn")
    store.close()
    server.kill()
    server.start(host="0.0.0.0")  # any address but the machine's own demands a login
    context = chromium.new_context()
    page = context.new_page()
    page.goto(server.url)
    assert complaints(page) == []
    page.fill("#namn", "Kim Berg")
    page.fill("#losenord", "fel lösenord helt och hållet")
    page.click("button:has-text('Logga in')")
    assert "stämmer inte" in page.text_content("[role=alert]")
    assert complaints(page) == []
    page.fill("#losenord", "sex gula tulpaner i regn")
    page.click("button:has-text('Logga in')")
    page.wait_for_selector("a.rad")
    page.goto(server.url + "/jag")
    assert page.locator("#nytt").count() == 1
    assert complaints(page) == []
    page.goto(server.url + "/logg")
    assert "inloggning nekad" in page.text_content("table")
    assert complaints(page) == []
    context.close()


def test_a_narrow_window_needs_no_sideways_scrolling(chromium: Any, server: Server) -> None:
    """WCAG 1.4.10: 320 pixels wide is 1280 at 400 percent."""
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(server.url)
    first = page.locator("a.rad").first.get_attribute("href")
    for address in ("/flaggor", first, "/lage", "/namn", "/dokument"):
        page.goto(server.url + address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
    context.close()
