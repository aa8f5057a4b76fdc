"""The static site: every figure leads to a marked place; nothing is fetched; measures stay apart."""

import re
import threading
from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from pipeline.errors import OutputError
from pipeline.exports.settings import load_settings
from pipeline.exports.site.build import site_exporter
from pipeline.exports.site.charts import bins, stacked
from pipeline.exports.site.maps import kommun_map, outlines
from pipeline.exports.site.pictures import PageRequest
from tests.pipeline.exports.made import published, read, run_of

#: A PNG file of one pixel, but 200 by 300 by its header (which is all that the site reads).
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (200).to_bytes(4, "big") + (300).to_bytes(4, "big")


class Page(HTMLParser):
    """Addresses and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.add(str(found["id"]))
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        if tag in ("link", "img", "script", "image", "iframe"):
            self.fetched.append(str(found.get("href") or found.get("src")))


@pytest.fixture(scope="module")
def site(dataset: Path) -> Path:
    site_exporter(load_settings())(dataset, run_of(dataset))
    return dataset / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in site.rglob("*.html")
    }


def target(name: str, link: str) -> tuple[str, str]:
    """Page (below the site) and mark that a link of a page leads to."""
    path, _, mark = unquote(link).partition("#")
    parts = name.split("/")[:-1] if path else name.split("/")
    for part in path.split("/") if path else ():
        if part == "..":
            parts.pop() if parts else parts.append("..")
        else:
            parts.append(part)
    return "/".join(parts), mark


def test_every_link_leads_to_a_page_and_place_that_is_there(site: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for link in page.links:
            path, mark = target(name, link)
            if path.startswith(".."):  # the data files beside the site; this dataset has none but Parquet
                continue
            assert path in pages, (name, link)
            assert not mark or mark in pages[path].ids, (name, link)


def test_every_value_of_a_kommun_leads_to_its_own_cell(dataset: Path, pages: dict[str, Page]) -> None:
    import pyarrow.parquet as pq

    rows = pq.read_table(dataset / "observations.parquet").to_pylist()
    own = [row for row in rows if row["unit_id"] == "1001"]
    assert own
    for row in own:
        link = f"../kalla/{row['document_id']}-s{row['page']}.html#{row['observation_id']}"
        assert link in pages["kommun/1001.html"].links


def test_a_source_page_marks_the_box_of_every_value(dataset: Path, site: Path) -> None:
    import pyarrow.parquet as pq

    for row in pq.read_table(dataset / "observations.parquet").slice(0, 5).to_pylist():
        text = (site / f"kalla/{row['document_id']}-s{row['page']}.html").read_text(encoding="utf-8")
        place = text.index(f'id="{row["observation_id"]}"')
        assert f'x="{row["x0"]}" y="{row["top"]}"' in text[place : place + 400]


def test_nothing_is_fetched_from_a_network_and_every_picture_has_words(
    site: Path, pages: dict[str, Page]
) -> None:
    for name, page in pages.items():
        assert not [one for one in page.fetched if "//" in one], name
        text = (site / name).read_text(encoding="utf-8")
        assert "<script" not in text
        assert all(
            ('role="img"' in svg and 'aria-label="' in svg) or 'aria-hidden="true"' in svg
            for svg in re.findall(r"<svg[^>]*>", text)
        ), name


def test_text_of_a_document_is_never_markup(tmp_path: Path) -> None:
    document = read("a", 2021)
    spiteful = replace(document.observations[1], indicator_label="<b>x</b>", value_raw="<script>1</script>")
    record = replace(document.record, title="<img src=x>")
    out = published(
        tmp_path, replace(document, record=record, observations=(spiteful, *document.observations[2:]))
    )
    site_exporter(load_settings())(out, run_of(out))
    text = "".join(path.read_text(encoding="utf-8") for path in (out / "site").rglob("*.html"))
    assert "<b>x" not in text and "<script" not in text and "<img src=x" not in text
    assert "&lt;b&gt;x" in text


def test_the_kommun_stands_beside_lan_and_riket_and_keeps_kinds_of_absence_apart(site: Path) -> None:
    text = (site / "kommun/1001.html").read_text(encoding="utf-8")
    assert "62,5\u00a0% (andel ja)" in text and "71\u00a0% (andel ja)" in text and "tom cell" in text
    assert "uppgift saknas" in (site / "kommun/1002.html").read_text(encoding="utf-8")
    assert "sekretess" in (site / "kommun/1003.html").read_text(encoding="utf-8")


def test_the_indicator_counts_own_answers_only(site: Path) -> None:
    text = (site / "indikator/i-1.html").read_text(encoding="utf-8")
    told = re.search(r'aria-label="Enheternas egna svar per upplaga\. ([^"]*)"', text)
    assert told is not None
    assert told[1] == "2021: 1 JA, 1 DELVIS, 1 NEJ, 1 utan svar; 2022: 1 DELVIS, 2 NEJ, 1 utan svar."
    assert "Karta över kommunernas svar 2022" in text
    assert "lägst 2\u202f092,5" in text  # the figure of one kommun has a chart of its own


def test_sources_that_disagree_count_as_no_answer(tmp_path: Path) -> None:
    out = published(tmp_path, read("a", 2021), read("b", 2021, Grönby={"answer": "NEJ"}))
    site_exporter(load_settings())(out, run_of(out))
    text = (out / "site/indikator/i-1.html").read_text(encoding="utf-8")
    assert "2021: 1 DELVIS, 1 NEJ, 2 utan svar." in text


def test_the_declaration_counts_what_was_read_and_what_was_not(site: Path) -> None:
    text = (site / "kvalitetsdeklaration.html").read_text(encoding="utf-8")
    for word, count in (
        ("Kunde inte läsas", 2),
        ("Skyddad av sekretess", 2),
        ("Påståenden som inte stämmer", 2),
    ):
        assert re.search(rf'{word}</th><td class="n"><a href="sarskilda.html#[a-z-]+">{count}</a></td>', text)
    assert "Kända begränsningar" in text


def test_the_dictionary_describes_every_column_and_code(site: Path) -> None:
    from pipeline.dataset.schemas import codes, schemas

    text = (site / "variabler.html").read_text(encoding="utf-8")
    for schema in schemas().values():
        assert all(f"<code>{column.name}</code>" in text for column in schema.columns)
    assert all(f'id="kod-{name}"' in text for name in codes())
    assert "wide_socialpsykiatri_2021" in text


def test_pictures_are_asked_for_once_and_taken_over_by_the_next_run(tmp_path: Path) -> None:
    asked: list[PageRequest] = []

    def draw(requests: Sequence[PageRequest]) -> Generator[PageRequest, None, None]:
        asked.extend(requests)
        for request in requests:
            request.target.write_bytes(PNG)
            yield request

    exporters = (site_exporter(load_settings(), draw),)
    out = published(tmp_path, read("a", 2021), exporters=exporters)
    assert [(one.file_name, one.page) for one in asked] == [("a.pdf", 1)]
    (picture,) = (out / "site/kalla/bild").iterdir()
    page = next((out / "site/kalla").glob("*.html")).read_text(encoding="utf-8")
    assert f'href="bild/{picture.name}"' in page and 'viewBox="0 0 160.0 240.0"' in page
    published(tmp_path, read("a", 2021), read("b", 2022), exporters=exporters)
    assert [one.file_name for one in asked] == ["a.pdf", "b.pdf"]
    assert picture.read_bytes() == PNG
    picture.write_bytes(b"forstord")
    published(tmp_path, read("a", 2021), read("b", 2022), exporters=exporters)
    assert [one.file_name for one in asked] == ["a.pdf", "b.pdf", "a.pdf"]


def test_a_site_that_cannot_be_written_ends_the_drawing_of_its_pictures(tmp_path: Path) -> None:
    drawn: list[PageRequest] = []
    closed = threading.Event()

    def draw(requests: Sequence[PageRequest]) -> Generator[PageRequest, None, None]:
        try:
            while True:
                drawn.append(requests[0])
                yield requests[0]
        finally:
            closed.set()

    def unwritable(folder: Path, run: Mapping[str, Any]) -> None:
        (folder / "site/variabler.html").mkdir(parents=True)
        site_exporter(load_settings(), draw)(folder, run)

    with pytest.raises(OutputError):
        published(tmp_path, read("a", 2021), exporters=(unwritable,))
    assert closed.is_set() and drawn


def test_the_map_has_all_kommuner_and_colours_those_it_is_given() -> None:
    paths, width = outlines()
    assert len(paths) == 290 and all(
        path.startswith("M") and path.endswith("z") for _, path in paths.values()
    )
    numbers = [abs(int(one)) for _, path in paths.values() for one in re.findall(r"M(\d+)", path)]
    assert max(numbers) <= width
    svg = str(kommun_map({"0184": ("#123456", "JA <b>")}, 'Karta "1"', 2021))
    assert svg.count("#123456") == 2 and "JA &lt;b&gt;" in svg and "Karta &quot;1&quot;" in svg


def test_classes_hold_every_figure_once() -> None:
    assert sum(count for _, count in bins([1.0, 2.0, 2.5, 9.0])) == 4
    assert bins([3.0, 3.0]) == [("3", 2)]


def test_a_chart_says_in_words_what_it_shows() -> None:
    svg = str(stacked({2020: {"JA": 3}, 2019: {"NEJ": 1, "JA": 1}}, "Svar"))
    assert 'aria-label="Svar. 2019: 1 JA, 1 NEJ; 2020: 3 JA."' in svg
