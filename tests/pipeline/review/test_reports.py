"""What the checks missed: reported from the page where it stands, and still there after real runs."""

import re

import pyarrow.parquet as pq
import pytest

from flows.plan import RunOptions
from flows.stages import run_direct
from pipeline.review.desk import Desk
from pipeline.review.errors import RefusedError
from pipeline.review.reporting import area_of
from tests.flows.makers import report as make_report
from tests.pipeline.review.made import Browser, Place, flag_ids


def flags(place: Place) -> dict[str, dict]:
    return {row["flag_id"]: row for row in pq.read_table(place.out / "flags.parquet").to_pylist()}


@pytest.fixture
def address(desk: Desk) -> str:
    """A page of the first report."""
    rows = desk.catalog().documents.values()
    return next(f"/dokument/{row['document_id']}/sidor/1" for row in rows if row["file_name"] == "först.pdf")


def reported(browser: Browser, address: str, **fields: str) -> str:
    browser.get(address)
    browser.send('name="vad"', **({"vad": "Det här stämmer inte", "grad": "error"} | fields))
    assert browser.status == 200, browser.page
    return browser.where.partition("?")[0].removeprefix("/flaggor/")


def first(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


def test_sentence_cells_box_and_page_survive_runs_of_all_kinds(
    place: Place, browser: Browser, address: str
) -> None:
    page = browser.get(address)
    marks = {
        "mening": {"mening": first(page, "mening")},
        "cell": {"cell": first(page, "cell")},
        "ruta": {"vanster": "100", "over": "40,5", "hoger": "300.25", "under": "90"},
        "sida": {"hela": "ja"},
    }
    ids = {kind: reported(browser, address, **fields) for kind, fields in marks.items()}
    assert len(set(ids.values())) == 4
    make_report(place.raw / "ny.pdf", title="Öppna jämförelser 2017 – missbruk")  # another document comes
    run_direct(RunOptions(place.raw, place.out, workers=1, exports=False))
    run_direct(RunOptions(place.raw, place.out, workers=1, exports=False, force=True))  # all is read anew
    now = flags(place)
    for kind, flag_id in ids.items():
        row = now[flag_id]
        assert (row["check"], row["status"], row["still_found"]) == ("reported", "open", True), kind
        assert browser.get(f"/flaggor/{flag_id}").count("Det här stämmer inte") >= 1
        assert flag_id in flag_ids(browser.get("/flaggor?kontroll=reported"))
    assert now[ids["mening"]]["sentence"] in page
    assert now[ids["cell"]]["table_id"] is not None
    box = now[ids["ruta"]]["boxes"][0]
    assert [box[name] for name in ("page", "x0", "top", "x1", "bottom")] == [1, 100.0, 40.5, 300.25, 90.0]
    assert (now[ids["sida"]]["boxes"], now[ids["sida"]]["page"]) == ([], 1)


def test_it_can_be_decided_undone_and_taken_back(place: Place, browser: Browser, address: str) -> None:
    browser.get(address)
    flag_id = reported(browser, address, cell=first(browser.page, "cell"))
    assert "Anmäld av granskare" in browser.page
    browser.get(f"/flaggor/{flag_id}")
    browser.send('value="confirmed"', val="confirmed")
    place.run()
    assert flags(place)[flag_id]["status"] == "confirmed"
    browser.get(f"/flaggor/{flag_id}")
    browser.send("Ångra beslutet")
    browser.get(f"/flaggor/{flag_id}")
    browser.send("Ta tillbaka anmälan")
    assert flag_id not in flag_ids(browser.get("/flaggor?status=alla"))
    place.run()
    assert flag_id not in flags(place)


def test_a_refused_report_keeps_what_was_marked_and_typed(browser: Browser, address: str) -> None:
    page = browser.get(address)
    mening, cell = first(page, "mening"), first(page, "cell")
    browser.send('name="vad"', vad=" ", grad="info", mening=mening, cell=cell, hela="ja")
    assert browser.status == 422
    assert "Skriv vad som är fel" in browser.page
    assert f'value="{mening}" checked' in browser.page
    assert f'value="{cell}" checked' in browser.page
    assert re.search(r'id="hela"[^>]* checked', browser.page)
    browser.send('name="vad"', vad="Något", grad="error")
    assert browser.status == 422
    assert "sidan som helhet" in browser.page
    browser.send('name="vad"', vad="Något", grad="error", vanster="200", over="10", hoger="100", under="20")
    assert browser.status == 422
    assert "vänster och överkant före" in browser.page and 'value="200"' in browser.page


def test_the_same_is_not_reported_twice(browser: Browser, address: str) -> None:
    reported(browser, address, hela="ja")
    browser.get(address)
    browser.send('name="vad"', vad="Det här stämmer inte", grad="error", hela="ja")
    assert browser.status == 422
    assert "redan anmält" in browser.page


@pytest.mark.parametrize(
    "texts",
    [
        ("1", "2", "3", ""),
        ("1", "2", "nan", "4"),
        ("1", "2", "inf", "4"),
        ("1", "2", "1e9", "4"),
        ("-1", "2", "3", "4"),
        ("3", "2", "1", "4"),
        ("1", "2", "3", "2"),
        ("a", "b", "c", "d"),
    ],
)
def test_what_is_no_box_on_a_page_is_refused(texts: tuple[str, ...]) -> None:
    with pytest.raises(RefusedError):
        area_of(1, texts)
    assert area_of(1, (" ", "", "", "")) is None
