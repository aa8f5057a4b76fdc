"""``oj diff`` names the real cause: a new document, a changed alias, a correction made at the desk."""

import csv
import shutil
from pathlib import Path

import pytest

from pipeline.exports import write_difference
from pipeline.reference.registers import register_folder
from tests.flows.makers import ANSWERS, report
from tests.pipeline.review.made import Browser, Place, desk_of, publish

UNKNOWN = "Hembesök av nattpatrull"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return publish(tmp_path_factory.mktemp("skillnad"))


def kept(place: Place, name: str = "före") -> Path:
    """The dataset as it is now, for comparison."""
    return Path(shutil.copytree(place.out, place.out.parent / name))


def changes(before: Path, after: Path, to: Path) -> list[dict[str, str]]:
    """The lines of the table; the page tells the same causes."""
    write_difference(before, after, to)
    with (to / "skillnad.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    page = (to / "skillnad.html").read_text(encoding="utf-8")
    assert all(f"<td>{row['why']}</td>" in page for row in rows)
    return rows


def test_a_new_document_and_nothing_else(published: Place, tmp_path: Path) -> None:
    place = published.copy(tmp_path / "egen")
    before = kept(place)
    report(place.raw / "ny.pdf", title="Öppna jämförelser 2016 – ekonomiskt bistånd")
    place.run()
    found = changes(before, place.out, tmp_path / "s")
    assert {row["file_name"] for row in found} == {"ny.pdf"}
    assert {row["why"] for row in found} == {"nytt dokument"}
    assert sum(row["what"] == "värde" for row in found) == 8


def test_an_alias_that_a_steward_adds_explains_the_values_it_names(tmp_path: Path) -> None:
    registers = Path(shutil.copytree(register_folder(), tmp_path / "register"))
    place = Place(tmp_path / "in", tmp_path / "ut")
    rows = [("Kommun", UNKNOWN, ANSWERS[0][2]), *ANSWERS[1:]]
    report(place.raw / "a.pdf", rows=rows, sentences=("Svaren visas ovan.",))
    place.run(registers)
    before = kept(place)
    with (registers / "indicator_aliases.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(f"{UNKNOWN},eb-socialjour,ekonomiskt_bistand,,\n")
    place.run(registers)
    found = changes(before, place.out, tmp_path / "s")
    assert [row["kind"] for row in found] == ["ändrad"] * 4
    assert {row["why"] for row in found} == {"ändrat register"}
    assert all("eb-socialjour" in row["after"] and "eb-socialjour" not in row["before"] for row in found)


def test_a_correction_made_at_the_desk_explains_the_value_and_its_flag(
    published: Place, tmp_path: Path
) -> None:
    place = published.copy(tmp_path / "egen")
    before = kept(place)
    desk = desk_of(place)
    browser = Browser(desk)
    values = desk.catalog().dataset.arrow("observations").to_pylist()
    no = {row["observation_id"] for row in values if row["value_raw"] == "NEJ"}
    row = next(one for one in desk.queue().rows() if no & set(one.item.flag.observation_ids))
    chosen = next(one for one in row.item.flag.observation_ids if one in no)
    browser.get(f"/flaggor/{row.flag_id}")
    fields = {"val": "corrected", "cell": chosen, "varde": "JA", "kommentar": "Feltryck enligt utgivaren"}
    browser.send('name="varde"', **fields)
    assert browser.status == 200
    desk.store.close()
    place.run()
    found = {(one["what"], one["id"]): one for one in changes(before, place.out, tmp_path / "s")}
    value = found.pop(("värde", chosen))
    assert value["why"].startswith("rättelse granskad-") and "NEJ" in value["before"]
    assert found[("avvikelse", row.flag_id)]["why"] == "granskarens beslut"
    assert not [one for one in found.values() if one["what"] == "värde"]
