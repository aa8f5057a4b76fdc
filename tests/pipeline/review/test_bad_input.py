"""No dataset, one of another version, a PDF that has gone: a page that says so, and nothing lost."""

import json
import os
import shutil
import signal
import struct
import threading
from pathlib import Path

import pytest

from extractors.drawing import sandboxed_picture
from pipeline.review import latest_decisions, reviewed_registers
from pipeline.review.desk import Desk
from pipeline.review.pictures import PictureBook
from tests.flows.makers import report
from tests.pipeline.review.made import Browser, Place, desk_of, flag_ids


def test_without_a_dataset_the_page_says_what_to_do(tmp_path: Path) -> None:
    desk = desk_of(Place(tmp_path / "in", tmp_path / "ut"))
    browser = Browser(desk)
    for path in ("/flaggor", "/dokument", "/namn", "/lage", "/flaggor/flag-1", "/export/oppna.csv"):
        page = browser.get(path)
        assert browser.status == 503, path
        assert "Kör oj run" in page
    desk.store.close()


def test_a_dataset_of_another_version(place: Place, browser: Browser) -> None:
    run = json.loads((place.out / "run.json").read_text(encoding="utf-8"))
    (place.out / "run.json").write_text(json.dumps(run | {"schema_version": "9.0"}), encoding="utf-8")
    page = browser.get("/flaggor")
    assert browser.status == 503
    assert "schemaversion 9.0" in page
    assert "oj run" in page


def test_a_damaged_dataset(place: Place, browser: Browser) -> None:
    (place.out / "flags.parquet").write_bytes(b"PAR1")
    page = browser.get("/flaggor")
    assert browser.status == 503
    assert "flags.parquet" in page


def test_a_new_run_is_seen_without_a_restart(place: Place, browser: Browser) -> None:
    before = len(flag_ids(browser.get("/flaggor")))
    (place.raw / "fientlig.pdf").unlink()
    shutil.rmtree(place.out)
    place.run()
    assert 0 < len(flag_ids(browser.get("/flaggor"))) < before


@pytest.mark.parametrize("change", ["moved", "changed", "broken"])
def test_a_pdf_that_has_gone_can_still_be_decided_about(
    place: Place, desk: Desk, browser: Browser, change: str
) -> None:
    path = place.raw / "först.pdf"
    if change == "moved":
        path.rename(place.raw / "annan.pdf")
    elif change == "changed":
        report(path, title="Något helt annat")
    else:
        path.write_bytes(b"%PDF-1.7 trasig")
    rows = [
        row
        for row in desk.queue().rows()
        if desk.document(row.item.flag.document_id)["file_name"] == path.name
    ]
    page = browser.get(f"/flaggor/{rows[0].flag_id}")
    assert browser.status == 200
    assert {"moved": "finns inte kvar"}.get(change, "har ändrats") in page
    assert str(path.name) in page
    browser.send('value="confirmed"', val="confirmed")
    assert latest_decisions(place.state)[rows[0].flag_id].status == "confirmed"


def crash(job: object) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def test_a_page_that_crashes_its_drawing_is_told_and_the_desk_lives(place: Place) -> None:
    tried = []

    def draw(path: Path, page: int, dpi: float) -> bytes:
        tried.append((path.name, page))
        return sandboxed_picture(path, page, dpi, draw=crash if path.name == "fientlig.pdf" else None)

    desk = desk_of(place, draw=draw)
    browser = Browser(desk)
    by_file = {}
    for row in desk.queue().rows():
        by_file.setdefault(desk.document(row.item.flag.document_id)["file_name"], row.item.flag)
    hostile = by_file["fientlig.pdf"]
    for _ in range(2):
        page = browser.get(f"/flaggor/{hostile.flag_id}")
        assert browser.status == 200
        assert "Sidan kan inte visas: ritningen kraschade" in page
    assert tried.count(("fientlig.pdf", hostile.page)) == 1  # what crashed is not tried at every look
    browser.get(f"/bild/{hostile.document_id}/{hostile.page}/100")
    assert browser.status == 404
    browser.get(f"/flaggor/{hostile.flag_id}")
    browser.send('value="confirmed"', val="confirmed")
    assert latest_decisions(place.state)[hostile.flag_id].status == "confirmed"
    assert "<image" in browser.get(f"/flaggor/{by_file['först.pdf'].flag_id}")
    desk.store.close()


def test_one_page_that_hangs_keeps_no_other_waiting(place: Place, desk: Desk) -> None:
    gate, started = threading.Event(), threading.Event()

    def draw(path: Path, page: int, dpi: float) -> bytes:
        if path.name == "fientlig.pdf":
            started.set()
            gate.wait(60)
        return b"\x89PNG" + bytes(12) + struct.pack(">II", 100, 100)

    documents = {row["file_name"]: row for row in desk.catalog().documents.values()}
    book = PictureBook(place.raw, draw)
    hanging = threading.Thread(target=book.page, args=(documents["fientlig.pdf"], 1))
    hanging.start()
    assert started.wait(60)
    assert book.page(documents["först.pdf"], 1).png  # would never come back if it had to wait
    gate.set()
    hanging.join()


def test_decisions_outlive_the_dataset(place: Place, browser: Browser) -> None:
    flag_id = flag_ids(browser.get("/flaggor"))[0]
    browser.get(f"/flaggor/{flag_id}")
    browser.send('value="confirmed"', val="confirmed")
    shutil.rmtree(place.out)
    place.run()
    assert flag_id not in flag_ids(browser.get("/flaggor"))
    assert flag_ids(browser.get("/flaggor?status=confirmed")) == [flag_id]


def test_without_a_store_there_are_no_decisions_and_nothing_is_made(tmp_path: Path) -> None:
    assert latest_decisions(tmp_path) == {}
    assert reviewed_registers(tmp_path, None) is None
    assert list(tmp_path.iterdir()) == []


def test_documents_without_flags_and_those_that_could_not_be_read_are_listed(
    browser: Browser, desk: Desk
) -> None:
    page = browser.get("/dokument")
    assert browser.status == 200
    assert "ren.pdf" in page
    assert page.index("trasig.pdf") < page.index("ren.pdf")  # what needs work comes first
    assert "karantän" in page.lower()
    assert "kör oj run" in page
    for document_id in desk.catalog().documents:
        browser.get(f"/dokument/{document_id}")
        assert browser.status == 200
