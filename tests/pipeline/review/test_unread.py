"""Tables that could not be told apart and files that could not be read: the desk says why and what to do."""

import html
import re

from pipeline.review.web.browse import WHAT_TO_DO
from tests.flows.makers import report
from tests.pipeline.review.made import Browser, Place, desk_of

TITLE = "Öppna jämförelser 2020 – missbruk och beroende"
ROWS = (
    ("Sak", "Svar ett", "Svar två"),
    ("Bredd", "JA", "NEJ"),
    ("Längd", "NEJ", "JA"),
    ("Höjd", "JA", "JA"),
    ("Djup", "NEJ", "NEJ"),
)


def with_faults(place: Place) -> Place:
    """The place with a table of answers of no unit, and a locked file."""
    report(place.raw / "gåta.pdf", title=TITLE, rows=ROWS, sentences=("Svaren visas ovan.",))
    report(place.raw / "låst.pdf", password="hemligt")
    place.run()
    return place


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_desk_says_why_a_table_or_file_was_not_read_and_what_to_do(place: Place) -> None:
    desk = desk_of(with_faults(place))
    browser = Browser(desk)
    unread = [row for row in desk.catalog().dataset.arrow("tables").to_pylist() if row["status"] == "unread"]
    assert len(unread) == 1 and unread[0]["reason"]
    listed = browser.get("/dokument")
    shown = words_of(listed)
    tail = shown[shown.index("Tabeller som inte kunde tolkas") :]
    assert unread[0]["reason"] in tail and WHAT_TO_DO["unread"] in tail and "sida 1" in tail
    locked = next(row for row in desk.catalog().documents.values() if row["file_name"] == "låst.pdf")
    line = words_of(next(row for row in re.findall(r"<tr>.*?</tr>", listed, re.DOTALL) if "låst.pdf" in row))
    assert locked["status"] == "quarantined" and "lösenord" in locked["sentence"]
    assert locked["sentence"] in line and WHAT_TO_DO["quarantined"] in line
    alone = words_of(browser.get(f"/dokument/{locked['document_id']}"))
    assert browser.status == 200 and locked["sentence"] in alone and WHAT_TO_DO["quarantined"] in alone
    desk.store.close()


def test_an_unread_table_can_be_looked_at_with_its_cells(place: Place) -> None:
    desk = desk_of(with_faults(place))
    browser = Browser(desk)
    listed = browser.get("/dokument")
    link = re.search(r'<li><a href="(/tabeller/[^"]+)">', listed)
    assert link
    table = browser.get(link[1])
    assert browser.status == 200
    told = words_of(table)
    assert "Inte tolkad:" in told and WHAT_TO_DO["unread"] in told
    assert all(text in told for row in ROWS for text in row)
    document = re.search(r'href="(/dokument/[^"/]+)"', table)
    assert document
    told = words_of(browser.get(document[1]))
    assert "inte tolkad" in told and WHAT_TO_DO["partial"] in told
    desk.store.close()
