"""Decisions after real runs whose registers or other documents have changed."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.reference import load_registers
from pipeline.review.desk import Desk
from tests.flows.makers import ANSWERS, report
from tests.pipeline.review.made import Browser, Place, desk_of, flag_ids
from tests.pipeline.review.test_names import copy_of_registers

#: A row that the registers take for a unit until a steward says that it sums up the others.
SUMMING = "Urvalets mittvärde"
CLAIM = "Alla kommuner har rutin för samverkan."


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """One report under registers of its own."""
    made = Place(tmp_path / "in", tmp_path / "ut")
    report(made.raw / "egen.pdf", rows=(*ANSWERS, (SUMMING, "JA", "NEJ")), sentences=(CLAIM,))
    made.state.mkdir(parents=True)
    copy_of_registers(tmp_path / "register")
    (made.state / "granskning.toml").write_text('registers = "../register"\n', encoding="utf-8")
    made.run()
    return made


@pytest.fixture
def desk(place: Place) -> Iterator[Desk]:
    made = desk_of(place)
    yield made
    made.store.close()


def flags(place: Place) -> dict[str, dict]:
    return {row["flag_id"]: row for row in pq.read_table(place.out / "flags.parquet").to_pylist()}


def say_that_it_sums(place: Place) -> None:
    """The steward's row: the label is a mean of the others."""
    with (place.state.parent / "register" / "unit_groups.csv").open("a", encoding="utf-8") as file:
        file.write(f"{SUMMING},whole,grupp,mean,,,\n")


def decide(browser: Browser, flag_id: str) -> None:
    browser.get(f"/flaggor/{flag_id}")
    browser.send('value="confirmed"', val="confirmed")


def test_a_changed_register_opens_a_decided_flag_again(place: Place, desk: Desk) -> None:
    browser = Browser(desk)
    flag_id = next(iter(flags(place)))
    assert SUMMING in flags(place)[flag_id]["message"]
    decide(browser, flag_id)
    place.run()
    assert (flags(place)[flag_id]["status"], flags(place)[flag_id]["reopened"]) == ("confirmed", False)
    say_that_it_sums(place)
    place.run()
    row = flags(place)[flag_id]
    assert SUMMING not in row["message"]
    assert (row["status"], row["reopened"], row["reviewer"]) == ("open", True, None)
    assert flag_id in flag_ids(browser.get("/flaggor"))
    assert "underlaget har ändrats" in browser.get(f"/flaggor/{flag_id}")
    assert "var bekräftad" in browser.page
    decide(browser, flag_id)
    place.run()
    assert (flags(place)[flag_id]["status"], flags(place)[flag_id]["reopened"]) == ("confirmed", False)


def test_a_form_shown_before_the_run_decides_nothing_after_it(place: Place, desk: Desk) -> None:
    browser = Browser(desk)
    flag_id = next(iter(flags(place)))
    browser.get(f"/flaggor/{flag_id}")
    say_that_it_sums(place)
    place.run()
    browser.send('value="confirmed"', val="confirmed", kommentar="mina ord")
    assert browser.status == 409
    assert "körts om" in browser.page and "mina ord" in browser.page
    assert desk.store.history(flag_id) == ()
    browser.send('value="confirmed"', val="confirmed")  # the form under the sentence is of the new evidence
    assert desk.store.standing(flag_id).status == "confirmed"


def test_a_corrected_value_stays_corrected_whatever_its_check_finds(place: Place, desk: Desk) -> None:
    browser = Browser(desk)
    flag_id = next(iter(flags(place)))
    browser.get(f"/flaggor/{flag_id}")
    option = re.search(r'<option value="([^"]+)"[^>]*>Solna, [^<]*läst som ”NEJ”', browser.page)
    assert option
    browser.send('name="varde"', val="corrected", cell=option[1], varde="JA", kommentar="Feltryck")
    place.run()
    row = flags(place)[flag_id]
    assert (row["status"], row["still_found"]) == ("corrected", True)  # the other NEJ is still there
    say_that_it_sums(place)
    place.run()
    row = flags(place)[flag_id]
    assert (row["status"], row["still_found"]) == ("corrected", False)
    assert flag_id not in flag_ids(browser.get("/flaggor"))
    assert "Solna" in browser.get(f"/flaggor/{flag_id}") and "läses som ”JA”" in browser.page


def other_report(place: Place, label: str, answer: str, number: int = 0) -> str:
    """The other document, with one answer; gives its id."""
    rows = (("Kommun", label), ("Solna", answer), ("Nacka", "JA"), ("Täby", "JA"))
    path = report(place.raw / "annan.pdf", rows=rows, sentences=(f"Utskrift nummer {number}.",))
    return f"{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}-1"


def test_a_changed_other_document_opens_a_flag_between_documents_again(place: Place, desk: Desk) -> None:
    known = load_registers().indicators.all
    label = next(
        one.name
        for one in known
        if one.area == "ekonomiskt_bistand" and one.value_kind == "answer" and (one.last_year or 2021) >= 2021
    )
    rows = (("Kommun", label), ("Solna", "JA"), ("Nacka", "JA"), ("Täby", "JA"))
    own = report(place.raw / "egen.pdf", rows=rows, sentences=("Svaren visas ovan.",))
    own_id = f"{hashlib.sha256(own.read_bytes()).hexdigest()[:16]}-1"
    # Of two documents of one date the one whose id comes last is flagged: the other must keep coming first.
    assert any(other_report(place, label, "NEJ", number) < own_id for number in range(64))
    place.run()
    found = {flag_id: row for flag_id, row in flags(place).items() if row["check"] == "cross_document"}
    assert [row["document_id"] for row in found.values()] == [own_id]
    flag_id = next(iter(found))
    browser = Browser(desk)
    decide(browser, flag_id)
    assert any(other_report(place, label, "DELVIS", number) < own_id for number in range(64))
    place.run()
    row = flags(place)[flag_id]
    assert (row["status"], row["reopened"]) == ("open", True)
    assert "DELVIS" in browser.get(f"/flaggor/{flag_id}")
    assert "underlaget har ändrats" in browser.page
