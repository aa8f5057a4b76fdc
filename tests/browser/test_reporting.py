"""Marking what the checks missed, on the page itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Server, first_page, flag_of, statuses

pytestmark = pytest.mark.needs_debian("chromium", "chromium")


def test_a_box_drawn_on_the_page_becomes_a_flag_there(page: Any, server: Server) -> None:
    page.goto(first_page(page, server))
    svg = page.locator(".ritbar svg").bounding_box()
    wide = page.evaluate("document.querySelector('.ritbar svg').viewBox.baseVal.width")
    scale = svg["width"] / wide
    left, top = svg["x"] + 60 * scale, svg["y"] + 20 * scale
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 40 * scale, top + 10 * scale)
    page.mouse.move(left + 100 * scale, top + 30 * scale)
    page.mouse.up()
    drawn = [float(page.input_value(f"#m-{side}")) for side in ("vanster", "over", "hoger", "under")]
    assert drawn == pytest.approx([60, 20, 160, 50], abs=1.5)
    assert page.locator("rect.egen").count() == 1
    assert page.locator("input[name=cell]:checked, input[name=mening]:checked").count() == 0
    page.fill("#vad", "Logotypen är en annan kommuns")
    page.click("button:has-text('Anmäl')")
    page.wait_for_selector("h1.flagga")
    flag_id = flag_of(page)
    box = page.evaluate(
        "() => { const b = document.querySelector('svg rect').getBBox(); return [b.x, b.y, b.width]; }"
    )
    assert box == pytest.approx([60 - 1.5, 20 - 1.5, 100 + 3], abs=2)
    server.place.run()
    assert statuses(server)[flag_id] == "open"


def test_a_click_on_the_page_marks_what_was_read_there(page: Any, server: Server) -> None:
    page.goto(first_page(page, server))
    page.locator("rect[data-ruta='2']").first.click()
    assert page.locator("#ruta-2:checked").count() == 1
    assert page.locator("rect.vald").count() >= 1
    page.locator("rect[data-ruta='2']").first.click()
    assert page.locator("input:checked[name=mening]").count() == 0


def test_reporting_without_javascript(chromium: Any, server: Server) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    address = first_page(page, server)
    page.goto(address)
    page.check("#hela")
    page.fill("#vad", "Sidan hör till ett annat dokument")
    page.click("button:has-text('Anmäl')")
    assert "Anmäld av granskare" in page.text_content(".etiketter")
    page.goto(address)
    page.click("summary:has-text('Ruta på sidan')")
    for side, value in (("vanster", "50"), ("over", "50"), ("hoger", "200"), ("under", "80,5")):
        page.fill(f"#m-{side}", value)
    page.fill("#vad", "Stämpeln är fel")
    page.click("button:has-text('Anmäl')")
    assert page.locator("svg rect").count() == 1
    context.close()
