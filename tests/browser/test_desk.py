"""The whole way in a real browser: keyboard only, without JavaScript, two at once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Server, flag_of, statuses

pytestmark = pytest.mark.needs_debian("chromium", "chromium")


def test_from_queue_to_decisions_to_the_next_run_with_the_keyboard_alone(page: Any, server: Server) -> None:
    page.goto(server.url)
    before = statuses(server)
    page.keyboard.press("g")
    page.wait_for_selector("h1.flagga")
    first = flag_of(page)
    page.keyboard.press("b")
    page.wait_for_url(lambda url: first not in url)
    second = flag_of(page)
    page.keyboard.press("a")
    page.keyboard.press("3")
    page.wait_for_url(lambda url: second not in url)
    third = flag_of(page)
    page.keyboard.press("s")
    page.wait_for_url(lambda url: third not in url)
    page.keyboard.press("u")
    page.wait_for_url(f"**/{third}**")
    page.keyboard.press("c")
    page.keyboard.type("b a u n")  # typing is no shortcut
    assert flag_of(page) == third
    server.place.run()
    now = statuses(server)
    assert (now[first], now[second], now[third]) == ("confirmed", "dismissed", "open")
    assert set(before.values()) == {"open"}
    page.goto(f"{server.url}/flaggor/{first}")
    assert "Bekräftad" in page.text_content(".etiketter")


def test_correcting_with_the_keyboard_alone(page: Any, server: Server) -> None:
    page.goto(f"{server.url}/flaggor?sok=samverkan&kontroll=text_vs_table")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1.flagga")
    flag_id = flag_of(page)
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.id") == "cell"
    page.keyboard.press("Tab")
    page.keyboard.type("DELVIS")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: flag_id not in url)
    server.place.run()
    assert statuses(server)[flag_id] == "corrected"


def test_shortcuts_can_be_turned_off(page: Any, server: Server) -> None:
    page.goto(server.url + "/jag")
    page.check("#av")
    page.click("text=Spara")
    page.wait_for_selector("#av:checked")
    page.goto(server.url)
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.wait_for_timeout(200)
    assert page.url.endswith("/flaggor")


def test_everything_works_without_javascript(chromium: Any, server: Server) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url)
    page.select_option("#f-grad", "error")
    page.click("text=Filtrera")
    assert "grad=error" in page.url
    page.click("text=Börja granska")
    flag_id = flag_of(page)
    page.click("text=150 %")
    assert page.locator(".bildruta.z150").count() == 1
    page.click("summary:has-text('Avvisa')")
    page.click("text=Meningen är feltolkad")
    assert flag_of(page) != flag_id
    assert "grad=error" in page.url
    page.click("button:has-text('Ångra')")
    assert flag_of(page) == flag_id
    page.goto(server.url + "/bulk?grad=error")
    page.click("text=Skjut upp alla")
    assert "uppskjuten" in page.text_content(".meddelande")
    page.click("button:has-text('Ångra')")
    assert page.locator("a.rad").count() > 0
    context.close()


def test_the_filter_lives_in_the_address_while_typing(page: Any, server: Server) -> None:
    page.goto(server.url)
    page.keyboard.press("/")
    page.keyboard.type("samverkan")
    page.wait_for_url("**sok=samverkan**")
    shown = page.locator("a.rad").all_text_contents()
    assert shown
    page.reload()
    assert page.locator("a.rad").all_text_contents() == shown


def test_two_browsers_deciding_the_same_flag(chromium: Any, server: Server) -> None:
    contexts = [chromium.new_context() for _ in range(2)]
    one, two = (context.new_page() for context in contexts)
    for page, name in ((one, "Ett"), (two, "Två")):
        page.goto(server.url + "/jag")
        page.fill("#namn", name)
        page.click("text=Spara")
    one.goto(server.url)
    one.keyboard.press("g")
    one.wait_for_selector("h1.flagga")
    address = one.url
    two.goto(address)
    assert "Ett tittar på denna" in two.text_content("main")
    one.keyboard.press("b")
    one.wait_for_url(lambda url: url != address)
    two.fill("#kommentar", "mina ord")
    two.click("button:has-text('Skjut upp')")
    assert "Någon annan hann före" in two.text_content("[role=alert]")
    assert two.input_value("#kommentar") == "mina ord"
    assert "bekräftad" in two.text_content(".historik")
    two.click("button:has-text('Skjut upp')")
    two.goto(address.partition("?")[0])
    assert two.locator(".historik li").count() == 2
    for context in contexts:
        context.close()


def test_boxes_of_the_sentence_and_the_cells_lie_on_the_page(page: Any, server: Server) -> None:
    page.goto(f"{server.url}/flaggor?sok=samverkan&kontroll=text_vs_table")
    page.keyboard.press("g")
    page.wait_for_selector("rect.sentence")
    page.wait_for_function("document.querySelector('image').getBBox().width > 0")
    frame, box = (
        page.evaluate(
            "name => { const b = document.querySelector(name).getBBox();"
            " return {x: b.x, y: b.y, width: b.width, height: b.height}; }",
            name,
        )
        for name in ("svg", "rect.sentence")
    )
    assert 0 < box["x"] < box["x"] + box["width"] < frame["width"] + 1
    assert box["width"] > 8 * box["height"]
    cells = page.locator("rect.cell").count()
    assert cells >= 4


def test_both_sides_and_the_decision_are_in_view_on_a_small_laptop(chromium: Any, server: Server) -> None:
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(f"{server.url}/flaggor?sok=samverkan&kontroll=text_vs_table")
    page.keyboard.press("g")
    page.wait_for_selector("rect.sentence")
    page.wait_for_function("document.querySelector('image').getBBox().width > 0")
    for name in (
        "h1.flagga",
        "blockquote",
        ".sidor dd",
        "button.ja",
        "summary[data-tangent='a']",
        "#kommentar",
    ):
        box = page.locator(name).first.bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 768, name
    frame = page.locator(".bildruta").bounding_box()
    for name in ("rect.sentence", "rect.cell"):
        box = page.locator(name).first.bounding_box()
        assert frame["y"] <= box["y"] and box["y"] + box["height"] <= min(
            768, frame["y"] + frame["height"]
        ), name
    assert page.evaluate("window.scrollY") == 0
    context.close()
