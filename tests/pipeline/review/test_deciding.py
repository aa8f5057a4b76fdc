"""Deciding flags over plain HTML, and what the next run makes of it."""

import re
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from flows.plan import RunOptions
from flows.stages import run_direct
from pipeline.review import latest_decisions
from pipeline.review.desk import Desk
from tests.pipeline.review.made import Browser, Place, desk_of, flag_ids


def flags(place: Place) -> dict[str, dict]:
    return {row["flag_id"]: row for row in pq.read_table(place.out / "flags.parquet").to_pylist()}


def with_cells(desk: Desk) -> str:
    """A flag of the first document that rests on cells."""
    rows = desk.queue().rows()
    return next(
        row.flag_id for row in rows if row.item.flag.observation_ids and "samverkan" in row.item.flag.message
    )


def test_the_queue_leads_through_all_flags_until_none_is_open(browser: Browser) -> None:
    browser.get("/flaggor")
    wanted = flag_ids(browser.page)
    assert len(wanted) >= 3
    browser.get(f"/flaggor/{wanted[0]}")
    for step, flag_id in enumerate(wanted):
        assert browser.where.partition("?")[0] == f"/flaggor/{flag_id}", step
        browser.send('value="confirmed"', val="confirmed")
    assert browser.where.partition("?")[0] == "/flaggor"
    assert "Inga öppna flaggor" in browser.page


def test_decisions_are_applied_by_the_next_run_with_pseudonyms_only(
    place: Place, desk: Desk, browser: Browser
) -> None:
    browser.get("/jag")
    browser.send('name="tangenter"', namn="Åsa Öberg", tangenter="på")
    first, second = flag_ids(browser.get("/flaggor"))[:2]
    browser.get(f"/flaggor/{first}")
    browser.send('value="confirmed"', val="confirmed", kommentar="stämmer")
    browser.get(f"/flaggor/{second}")
    browser.send('value="confirmed"', val="dismissed:avrundning")
    place.run(exports=True)
    rows = flags(place)
    assert (rows[first]["status"], rows[first]["review_comment"]) == ("confirmed", "stämmer")
    assert (rows[second]["status"], rows[second]["review_comment"]) == (
        "dismissed",
        "Avrundning eller ungefärlig uppgift",
    )
    assert re.fullmatch(r"granskare-[0-9a-f]{8}", rows[first]["reviewer"])
    for path in place.out.rglob("*"):
        assert path.is_dir() or "Öberg".encode() not in path.read_bytes(), path.name
    assert rows[first]["reviewed_at"] is not None
    assert Browser(desk).get(f"/flaggor/{first}").count("Bekräftad") >= 1


def test_undo_is_a_new_event_and_opens_the_flag(place: Place, desk: Desk, browser: Browser) -> None:
    flag_id = flag_ids(browser.get("/flaggor"))[0]
    browser.get(f"/flaggor/{flag_id}")
    browser.send('value="confirmed"', val="confirmed")
    browser.send('name="handelse"')
    assert browser.where == f"/flaggor/{flag_id}"
    assert [event.kind for event in desk.store.history(flag_id)] == ["decide", "undo"]
    assert latest_decisions(place.state) == {}
    assert flag_id in flag_ids(browser.get("/flaggor"))


def test_a_dismissal_needs_a_reason_and_keeps_what_was_typed(browser: Browser) -> None:
    flag_id = flag_ids(browser.get("/flaggor"))[0]
    browser.get(f"/flaggor/{flag_id}")
    browser.send('value="confirmed"', val="dismissed:", kommentar="")
    assert browser.status == 422
    assert "Välj ett skäl" in browser.page
    browser.send('value="confirmed"', val="dismissed:påhittat", kommentar="mitt ord")
    assert browser.status == 422
    assert "mitt ord" in browser.page
    browser.send('value="confirmed"', val="dismissed:annat", kommentar=" ")
    assert browser.status == 422
    assert flag_id in flag_ids(browser.get("/flaggor"))


def test_deferring_keeps_the_published_flag_open_and_leaves_the_queue(place: Place, browser: Browser) -> None:
    flag_id = flag_ids(browser.get("/flaggor"))[0]
    browser.get(f"/flaggor/{flag_id}")
    browser.send('value="confirmed"', val="deferred")
    assert flag_id not in flag_ids(browser.get("/flaggor"))
    assert flag_ids(browser.get("/flaggor?status=deferred")) == [flag_id]
    place.run()
    assert flags(place)[flag_id]["status"] == "open"


def test_two_reviewers_do_not_overwrite_each_other(place: Place, desk: Desk) -> None:
    other = desk_of(place)  # another process with a connection of its own
    first, second = Browser(desk), Browser(other)
    flag_id = flag_ids(first.get("/flaggor"))[0]
    first.get(f"/flaggor/{flag_id}")
    second.get(f"/flaggor/{flag_id}")
    first.send('value="confirmed"', val="confirmed")
    second.send('value="confirmed"', val="dismissed:känd", kommentar="jag tyckte annorlunda")
    assert second.status == 409
    assert "Någon annan hann före" in second.page
    assert "jag tyckte annorlunda" in second.page
    assert "bekräftad" in second.page
    assert [event.status for event in desk.store.history(flag_id)] == ["confirmed"]
    second.send('value="confirmed"', val="dismissed:känd")
    assert second.status == 200
    desk.store.refresh()
    assert desk.store.standing(flag_id).status == "dismissed"
    other.store.close()


def test_a_soft_claim_names_the_other_one(desk: Desk) -> None:
    first, second = Browser(desk), Browser(desk)
    for one, name in ((first, "Bo Ek"), (second, "Eva Al")):
        one.get("/jag")
        one.send('name="tangenter"', namn=name, tangenter="på")
    flag_id = flag_ids(first.get("/flaggor"))[0]
    assert "tittar på denna" not in first.get(f"/flaggor/{flag_id}")
    assert "Bo Ek tittar på denna" in second.get(f"/flaggor/{flag_id}")
    assert "Eva Al tittar på denna" in first.get(f"/flaggor/{flag_id}/narvaro?version=0")


def test_a_correction_is_read_by_the_next_run_and_the_flag_stays_as_corrected(
    place: Place, desk: Desk, browser: Browser
) -> None:
    flag_id = with_cells(desk)
    browser.get(f"/flaggor/{flag_id}")
    option = re.search(r'<option value="([^"]+)"[^>]*>[^<]*läst som ”NEJ”', browser.page)
    assert option
    browser.send(
        'name="varde"', val="corrected", cell=option[1], varde="JA", kommentar="Feltryck enligt utgivaren"
    )
    assert browser.status == 200
    place.run()
    seen = {
        row["observation_id"]: row for row in pq.read_table(place.out / "observations.parquet").to_pylist()
    }
    assert (seen[option[1]]["value_raw"], seen[option[1]]["answer"]) == ("NEJ", "JA")
    assert seen[option[1]]["correction"].startswith("granskad-")
    row = flags(place)[flag_id]
    assert (row["status"], row["still_found"]) == ("corrected", False)
    assert "Rättad" in browser.get(f"/flaggor/{flag_id}")
    browser.send("Ångra beslutet")
    place.run()
    assert flags(place)[flag_id]["status"] == "open"


@pytest.mark.parametrize(("value", "said"), [("NEJ", "samma"), ("x" * 300, "för långt")])
def test_a_correction_that_cannot_hold_is_refused(
    desk: Desk, browser: Browser, value: str, said: str
) -> None:
    browser.get(f"/flaggor/{with_cells(desk)}")
    option = re.search(r'<option value="([^"]+)"[^>]*>[^<]*läst som ”NEJ”', browser.page)
    assert option
    browser.send('name="varde"', val="corrected", cell=option[1], varde=value)
    assert browser.status == 422
    assert re.search(said, browser.page.replace("detsamma", "samma"))


def test_a_decided_flag_whose_evidence_changed_opens_again_and_says_so(
    place: Place, desk: Desk, browser: Browser
) -> None:
    flag_id = flag_ids(browser.get("/flaggor"))[0]
    row = desk.row(flag_id)
    browser.get(f"/flaggor/{flag_id}")
    browser.send('value="confirmed"', val="confirmed")
    catalog = desk.catalog()
    changed = replace(row.item, flag=replace(row.item.flag, evidence_hash="ett-annat"))
    catalog.items[flag_id] = changed  # type: ignore[index]
    desk._queue = None
    page = browser.get(f"/flaggor/{flag_id}")
    assert "underlaget har ändrats" in page
    assert flag_id in flag_ids(browser.get("/flaggor"))


def test_a_form_from_before_a_new_run_is_not_taken(place: Place, browser: Browser) -> None:
    flag_id = flag_ids(browser.get("/flaggor"))[0]
    browser.get(f"/flaggor/{flag_id}")
    browser.page = re.sub(r'name="underlag" value="[^"]*"', 'name="underlag" value="ett-annat"', browser.page)
    browser.send('value="confirmed"', val="confirmed")
    assert browser.status == 409
    assert "körts om" in browser.page


def test_bulk_decides_what_the_preview_showed_and_is_undone_at_once(desk: Desk, browser: Browser) -> None:
    many = len(flag_ids(browser.get("/flaggor?kontroll=text_vs_table")))
    assert many >= 2
    browser.get("/bulk?kontroll=text_vs_table")
    assert f"Besluta om {many} flaggor" in browser.page
    browser.send('name="urval"', val="dismissed:avrundning", kommentar="alla lika")
    assert f"{many} flaggor: avvisad" in browser.page
    assert flag_ids(browser.page) == []
    browser.send('name="omgang"')
    assert len(flag_ids(browser.get("/flaggor?kontroll=text_vs_table"))) == many


def test_bulk_refuses_when_the_selection_has_changed(desk: Desk, browser: Browser) -> None:
    ids = flag_ids(browser.get("/flaggor"))
    browser.get("/bulk")
    other = Browser(desk)
    other.get(f"/flaggor/{ids[0]}")
    other.send('value="confirmed"', val="confirmed")
    browser.send('name="urval"', val="confirmed")
    assert browser.status == 409
    assert len(flag_ids(browser.get("/flaggor"))) == len(ids) - 1


def test_the_same_decisions_give_the_same_bytes(place: Place, browser: Browser) -> None:
    flag_id = flag_ids(browser.get("/flaggor"))[0]
    browser.get(f"/flaggor/{flag_id}")
    browser.send('value="confirmed"', val="confirmed")
    made = []
    for _ in range(2):
        run_direct(RunOptions(place.raw, place.out, workers=1, force=True, exports=False))
        made.append((place.out / "flags.parquet").read_bytes())
    assert made[0] == made[1]
    assert flags(place)[flag_id]["status"] == "confirmed"
