"""What the page of a flag shows beside the message: rules in words, other readings, the count."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.dataset import DocumentPart, publish
from pipeline.dataset.rules import check_rule
from pipeline.dataset.schemas import words
from pipeline.model import Box, Flag, ReadDocument
from pipeline.review.database import sqlite_url
from pipeline.review.desk import Desk
from pipeline.review.evidence import evidence_of
from pipeline.review.pictures import Picture
from pipeline.review.store import Store
from tests.pipeline.dataset.made import FACTS, claim, document, part, stored
from tests.pipeline.dataset.made import flag as make_flag
from tests.pipeline.review.made import Browser

#: The head cell that two engines read differently, and the answer that they do.
HEAD, ANSWER = (0, 2), (2, 1)


def with_readings() -> ReadDocument:
    made = document()
    other = {HEAD: ("Rutin vid hol",), ANSWER: ("NEI", "")}
    reading = made.tables[0]
    cells = tuple(replace(cell, readings=other.get((cell.row, cell.col), ())) for cell in reading.table.cells)
    return replace(made, tables=(replace(reading, table=replace(reading.table, cells=cells)),))


def every_check(read: ReadDocument) -> tuple[Flag, ...]:
    """A flag of every check: of the sentence and a cell, or of a head cell only."""
    made = [make_flag(read, flag_id=f"f-{check}", check=check) for check in words("check")]
    head = next(cell.box for cell in read.tables[0].table.cells if (cell.row, cell.col) == HEAD)
    alone = {"sentence": None, "claim_id": None, "observation_ids": (), "boxes": (head,)}
    made.append(make_flag(read, flag_id="f-head", check="engine_disagreement", **alone))
    nowhere = alone | {"boxes": (Box(2, 0, 0, 9, 9),), "table_id": None}
    beside = {"page": 2, "boxes": (Box(2, 50, 300, 400, 312),)}
    made.append(make_flag(read, flag_id="f-two-pages", **beside))
    made.append(make_flag(read, flag_id="f-nowhere", check="unreadable", **nowhere))
    return tuple(made)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("underlag")
    read = with_readings()
    own = replace(part("a", read), documents=(DocumentPart(read, (claim(read),), every_check(read), ()),))
    publish(stored(folder / "delar", own), folder / "ut", FACTS, exporters=())
    store = Store.open(sqlite_url(folder))
    yield Desk(folder / "ut", folder, store, lambda path, page, dpi: b"")
    store.close()


def text_of(page: str) -> str:
    """The page's main part as a reader hears it."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize("check", sorted(words("check")))
def test_every_check_shows_its_rule_in_words_both_sides_the_count_and_the_table(
    desk: Desk, check: str
) -> None:
    page = Browser(desk).get(f"/flaggor/f-{check}")
    shown, rule = text_of(page), check_rule(check)
    assert rule is not None
    assert f"{rule.words} {check}" in shown
    for side, said in ((rule.asserted or "Påstås", "alla 3"), (rule.found or "Tabellen visar", "2 av 3")):
        assert f"{side} {said}" in shown
    assert "Så räknades det" in shown and "Blåvik , Kö till rådgivning mäts: NEJ" in shown
    assert "räknad: NEJ" in shown  # marked in the table as read, in words as well
    assert "Samtliga tre kommuner mäter kön" in shown


def test_other_readings_stand_with_the_count_in_the_table_and_at_the_top(desk: Desk) -> None:
    shown = text_of(Browser(desk).get("/flaggor/f-text_vs_table"))
    said = "läst som ”NEJ”, av en annan läsare som ”NEI”, tom"
    assert f"Annan läsning Blåvik, Kö till rådgivning mäts: {said}" in shown
    assert "NEJ (en annan läsare: ”NEI”, tom)" in shown
    assert "räknad: NEJ en annan läsare: ”NEI”" in shown


def test_a_flag_of_a_head_cell_marks_it_in_the_table_as_read(desk: Desk) -> None:
    evidence = evidence_of(desk.catalog(), desk.row("f-head").item)
    marked = [
        cell.text for _, _, shown in evidence.excerpts for line in shown.rows for cell in line if cell.marked
    ]
    assert marked == ["Rutin vid hot"]
    assert list(evidence.others) == [("Rutin vid hot", ("Rutin vid hol",))]
    shown = text_of(Browser(desk).get("/flaggor/f-head"))
    assert "läst som ”Rutin vid hot”, av en annan läsare som ”Rutin vid hol”" in shown


def test_a_flag_without_table_shows_none(desk: Desk) -> None:
    browser = Browser(desk)
    page = browser.get("/flaggor/f-nowhere")
    assert browser.status == 200
    assert "Tabellen som läst" not in page and "Annan läsning" not in page


def test_tables_and_observations_show_other_readings(desk: Desk) -> None:
    browser, dataset = Browser(desk), desk.catalog().dataset
    table = dataset.arrow("tables").to_pylist()[0]["table_id"]
    shown = text_of(browser.get(f"/tabeller/{table}"))
    assert "Rutin vid hot en annan läsare: ”Rutin vid hol”" in shown
    rows = dataset.arrow("observations").to_pylist()
    seen = next(row for row in rows if (row["row"], row["col"]) == ANSWER)
    shown = text_of(browser.get(f"/observationer/{seen['observation_id']}"))
    assert "Läst som NEJ" in shown and "En annan läsare ”NEI”, tom" in shown


def test_counted_cells_of_another_page_are_shown_beneath_the_page_of_the_sentence(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []

    def page(document: object, number: int, zoom: int = 100) -> Picture:
        drawn.append(number)
        return Picture(b"", 595.0, 842.0)

    monkeypatch.setattr(desk.book, "page", page)
    browser = Browser(desk)
    shown = browser.get("/flaggor/f-two-pages")
    assert drawn == [2, 1]
    assert "Räknade celler på sida 1" in text_of(shown)
    boxes = re.findall(r'<svg viewBox="([^"]+)"', shown)
    cell = next(one for one in document().tables[0].table.cells if (one.row, one.col) == ANSWER).box
    left, top, wide, high = map(float, boxes[1].split())
    assert (boxes[0], left, wide) == ("0 0.00 595.00 842.00", 0, 595)
    assert top < cell.top and cell.bottom < top + high < 400
    browser.get("/flaggor/f-two-pages?blad=1")  # another page was asked for: that one alone
    assert len(re.findall("<svg ", browser.page)) == 1
    browser.get("/flaggor/f-text_vs_table")  # all on one page
    assert len(re.findall("<svg ", browser.page)) == 1
