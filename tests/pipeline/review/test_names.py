"""Accepting a candidate appends the row to the registers in force, and the next run matches the label."""

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cli import main
from pipeline.errors import RegisterError
from pipeline.reference import load_registers
from pipeline.reference.registers import register_files, register_folder
from pipeline.review import placing, reviewed_registers
from pipeline.review.csvrows import lacking, with_rows, without_row
from pipeline.review.desk import Desk
from pipeline.review.naming import Label, labels
from pipeline.review.people import REVIEWER
from pipeline.review.registers import overlay, prove
from tests.pipeline.review.made import Browser, Place, desk_of

ALIASES = "indicator_aliases.csv"
ENTRY = "eb-socialjour"


def an_indicator(desk: Desk) -> Label:
    return next(one for one in labels(desk) if one.register == "indicators")


def accept(browser: Browser, label: str, entry: str = ENTRY) -> str:
    browser.get("/namn")
    return browser.send('name="annan"', namn=label, register="indicators", annan=entry)


def ids(place: Place, label: str) -> set[str | None]:
    rows = pq.read_table(place.out / "observations.parquet").to_pylist()
    return {row["indicator_id"] for row in rows if row["indicator_label"] == label}


def copy_of_registers(folder: Path) -> Path:
    source = register_folder()
    for path in register_files(source):
        to = folder / path.relative_to(source)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, to)
    return folder


@pytest.fixture
def own(place: Place) -> Path:
    """A folder of registers that the steward has chosen for the dataset."""
    folder = copy_of_registers(place.state.parent / "register")
    (place.state / "granskning.toml").write_text('registers = "../register"\n', encoding="utf-8")
    return folder


def test_without_a_choice_the_row_stands_at_once_in_the_registers_that_the_run_reads(
    place: Place, desk: Desk, browser: Browser
) -> None:
    found = an_indicator(desk)
    before = (register_folder() / ALIASES).read_bytes()
    assert "Godtaget" in accept(browser, found.label)
    folder = place.state / "registers"
    assert found.label in (folder / ALIASES).read_text(encoding="utf-8").splitlines()[-1]
    assert (register_folder() / ALIASES).read_bytes() == before
    place.run()
    assert ids(place, found.label) == {ENTRY}
    assert reviewed_registers(place.state, None) == folder
    assert found.label in browser.get("/namn")  # among the added rows, though no longer unknown
    assert "står i filen" in browser.page
    browser.send('name="handelse"')
    assert found.label not in (folder / ALIASES).read_text(encoding="utf-8")
    place.run()
    assert ENTRY not in ids(place, found.label)


def test_in_a_chosen_folder_the_row_is_appended_to_the_file_itself(place: Place, own: Path) -> None:
    before = (own / ALIASES).read_bytes()
    desk = desk_of(place)
    browser = Browser(desk)
    found = an_indicator(desk)
    accept(browser, found.label)
    after = (own / ALIASES).read_bytes()
    assert after.startswith(before)
    added = after[len(before) :].decode().strip()
    assert added.startswith(f"{found.label},{ENTRY},") and "\n" not in added
    place.run()  # without a word about registers: the settings of the state folder say it
    assert ids(place, found.label) == {ENTRY}
    assert reviewed_registers(place.state, None) == own
    (own / ALIASES).write_bytes(before)  # the file was put back by somebody or something
    place.run()
    assert ids(place, found.label) == {ENTRY}
    assert "läggs till vid körningen" in browser.get("/namn")
    (own / ALIASES).write_bytes(after)
    browser.get("/namn")
    browser.send('name="handelse"')
    assert (own / ALIASES).read_bytes() == before
    assert [event.kind for event in desk.store.all_events()] == ["label", "undo"]
    place.run()
    assert ENTRY not in ids(place, found.label)
    desk.store.close()


def test_the_option_of_run_and_review_names_the_folder(place: Place, tmp_path: Path) -> None:
    folder = copy_of_registers(tmp_path / "register")
    desk = desk_of(place, registers=folder)
    found = an_indicator(desk)
    accept(Browser(desk), found.label)
    assert found.label in (folder / ALIASES).read_text(encoding="utf-8")
    desk.store.close()
    call = ["run", str(place.raw), "--out", str(place.out), "--direct", "--no-exports", "--workers", "1"]
    assert main([*call, "--registers", str(folder)]) == 0
    assert ids(place, found.label) == {ENTRY}


def test_a_folder_that_cannot_be_written_loses_no_decision(place: Place, own: Path) -> None:
    desk = desk_of(place)
    browser = Browser(desk)
    found = an_indicator(desk)
    kept = (own / ALIASES).read_bytes()

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "atomic_write", full)
        page = accept(browser, found.label)
    assert browser.status == 503
    assert "disken är full" in page and "Beslutet är sparat" in page
    assert (own / ALIASES).read_bytes() == kept
    place.run()
    assert ids(place, found.label) == {ENTRY}
    desk.store.close()


def test_without_a_place_to_write_nothing_is_decided(place: Place, desk: Desk, browser: Browser) -> None:
    found = an_indicator(desk)
    (place.state / "registers").write_text("en fil där mappen ska ligga", encoding="utf-8")
    accept(browser, found.label)
    assert browser.status == 503
    assert "Det gick inte att skriva" in browser.page and "Inget är beslutat" in browser.page
    assert desk.store.all_events() == ()


def test_accepted_rows_can_be_taken_into_the_programs_own_registers_in_a_checkout(
    place: Place, desk: Desk, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = copy_of_registers(tmp_path / "program" / "pipeline" / "reference")
    found = an_indicator(desk)
    accept(browser, found.label)
    monkeypatch.setattr(placing, "register_folder", lambda: checkout)
    assert "För in raderna" not in browser.get("/namn")  # an installation would lose them when upgraded
    (tmp_path / "program" / "pyproject.toml").touch()
    browser.get("/namn")
    browser.send("För in raderna")
    assert browser.status == 200
    assert found.label in (checkout / ALIASES).read_text(encoding="utf-8").splitlines()[-1]
    browser.send('name="handelse"')
    assert found.label not in (checkout / ALIASES).read_text(encoding="utf-8")


def test_only_a_steward_accepts_and_takes_back(place: Place, desk: Desk) -> None:
    desk.people.add_account("Gun Ek", REVIEWER, "ett långt lösenord")
    found = an_indicator(desk)
    accept(Browser(desk), found.label)
    browser = Browser(desk, "accounts")
    browser.get("/logga-in")
    browser.send('name="losenord"', namn="Gun Ek", losenord="ett långt lösenord")
    browser.get("/jag")
    event = next(one for one in desk.store.all_events() if one.kind == "label")
    csrf = browser.page.split('name="csrf" value="')[1].split('"')[0]
    browser.post("/namn/angra", csrf=csrf, handelse=event.id)
    assert browser.status == 403
    browser.post("/angra", csrf=csrf, handelse=event.id)
    assert browser.status == 404
    browser.post("/namn/for-in", csrf=csrf)
    assert browser.status == 403
    assert desk.store.standing(found.subject).status == "accepted"


def test_a_name_for_nothing_is_refused(desk: Desk, browser: Browser) -> None:
    found = an_indicator(desk)
    accept(browser, found.label, "finns-inte")
    assert browser.status == 422
    assert "ingen post med id eller namn" in browser.page
    accept(browser, "Ett namn som inte är där")
    assert browser.status == 404


def test_another_entry_can_be_named_by_its_name(place: Place, desk: Desk, browser: Browser) -> None:
    found = an_indicator(desk)
    name = next(one.name for one in load_registers().indicators.all if one.indicator_id == ENTRY)
    assert f'<option value="{ENTRY}">{name}</option>' in browser.get("/namn")
    accept(browser, found.label, name)
    assert browser.status == 200
    place.run()
    assert ids(place, found.label) == {ENTRY}


def test_a_row_that_contradicts_the_registers_is_refused_and_written_nowhere(place: Place, own: Path) -> None:
    desk = desk_of(place)
    found = an_indicator(desk)
    taken = next(one.indicator_id for one in load_registers(own).indicators.all if one.indicator_id != ENTRY)
    area = found.row.split(",")[2]
    row = ",".join([f'"{found.label}"', taken, area, "", ""])
    with (own / ALIASES).open("a", encoding="utf-8") as file:
        file.write(row + "\n")  # a hand was quicker: the label is another entry's by now
    before = (own / ALIASES).read_bytes()
    browser = Browser(desk)
    accept(browser, found.label)
    assert browser.status == 422
    assert "Raden kan inte läggas till" in browser.page
    assert (own / ALIASES).read_bytes() == before
    assert desk.store.all_events() == ()
    desk.store.close()


def test_a_row_that_the_register_has_by_now_is_not_added_twice(tmp_path: Path) -> None:
    held = (register_folder() / ALIASES).read_text(encoding="utf-8").splitlines()[1].split(",")
    overlay(tmp_path, None, {ALIASES: [held]})
    assert load_registers(tmp_path).digest == load_registers().digest
    with pytest.raises(RegisterError):
        prove(None, {ALIASES: [["Ett namn", "finns-inte", "", "", ""]]})


COLUMNS = ("alias", "indicator_id", "note")
FIELDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
ROWS = st.lists(st.tuples(FIELDS, FIELDS, FIELDS), max_size=4, unique=True)


@given(ROWS, st.tuples(FIELDS, FIELDS, FIELDS), st.permutations(COLUMNS), st.booleans(), st.booleans())
def test_a_row_put_in_and_taken_out_leaves_the_file_as_it_was(
    had: list[tuple[str, ...]], row: tuple[str, ...], order: list[str], mark: bool, windows: bool
) -> None:
    ending = "\r\n" if windows else "\n"
    start = ("\ufeff" if mark else "") + ",".join(order) + ending
    content = with_rows(start.encode(), COLUMNS, had)
    assert content.startswith(start.encode())
    assert lacking(content, COLUMNS, had) == []
    added = with_rows(content, COLUMNS, [row])
    assert added.startswith(content)
    assert (added == content) == (row in had)
    assert with_rows(added, COLUMNS, [row]) == added
    if row not in had:
        assert lacking(content, COLUMNS, [row]) == [row]
        assert without_row(added, COLUMNS, row) == content
        assert without_row(content, COLUMNS, row) == content
