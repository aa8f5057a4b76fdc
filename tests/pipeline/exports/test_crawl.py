"""The whole site as a reader clicks through it: every figure leads somewhere, and every link arrives."""

from __future__ import annotations

import re
import socket
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from pipeline.dataset.publishing import default_exporters
from pipeline.exports import exporters, load_settings
from pipeline.model import ReadDocument
from tests.pipeline.exports.made import published, read

VOID = {"meta", "link", "br", "img", "rect", "path", "circle", "line", "polyline", "use", "image", "input"}


class Figures(HTMLParser):
    """Links, ids, and the figures of a page that stand in no link."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.loose: list[str] = []
        self.figures = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag in ("a", "link") and "href" in found:
            self.links.append(found["href"])
        if tag not in VOID:
            self.open.append((tag, found.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not re.fullmatch(r"[\d\s\u202f\u00a0,]*[1-9][\d\s\u202f\u00a0,]*(%|kr)?", data.strip()):
            return
        places = {tag for tag, _ in self.open}
        told = [(tag, words) for tag, words in self.open if tag in ("td", "dd")]
        counts = any(tag == "dd" or {"n", "v"} & set(words.split()) for tag, words in told)
        drawn = "svg" in places and "text" in places and "title" not in places
        if counts or drawn:
            self.figures += 1
            if "a" not in places:
                self.loose.append(data.strip())


def prose(name: str) -> ReadDocument:
    """A document whose only table gives no values, on a page of its own."""
    one = read(name, 2020)
    table = replace(one.tables[0], status="unread", kind="data", reason="Kolumnerna gick inte att tyda.")
    return replace(one, tables=(table,))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    everything = (*default_exporters(), *exporters(load_settings(), None, "1"))
    made = tmp_path_factory.mktemp("hela")
    return published(made, read("a", 2021), read("b", 2022), prose("c"), exporters=everything)


@pytest.fixture(scope="module")
def pages(out: Path) -> dict[Path, Figures]:
    return {path: Figures(path.read_text(encoding="utf-8")) for path in (out / "site").rglob("*.html")}


def test_every_link_of_every_page_arrives(pages: dict[Path, Figures]) -> None:
    assert len(pages) > 20
    for page, found in pages.items():
        assert len(set(found.ids)) == len(found.ids), page
        for link in found.links:
            assert "//" not in link, (page, link)
            path, _, mark = unquote(link).partition("#")
            to = (page.parent / path).resolve() if path else page
            assert to.is_file(), (page, link)
            if mark:
                assert mark in pages[to].ids, (page, link)


def test_every_figure_of_every_page_stands_in_a_link(out: Path, pages: dict[Path, Figures]) -> None:
    for page, found in pages.items():
        # The scale beside a chart measures and counts nothing.
        loose = [one for one in found.loose if not _on_a_scale(page, one)]
        assert not loose, (page.relative_to(out), loose)
    assert sum(found.figures for found in pages.values()) > 80


def _on_a_scale(page: Path, figure: str) -> bool:
    text = page.read_text(encoding="utf-8")
    return (
        re.search(rf'text-anchor="end" fill="#4f5f67" font-size="11">{re.escape(figure)}</text>', text)
        is not None
    )


def test_a_page_with_nothing_but_a_table_without_values_has_its_source_page(
    out: Path, pages: dict[Path, Figures]
) -> None:
    document = prose("c")
    table = document.tables[0].table_id
    page = out / f"site/kalla/{document.record.document_id}-s1.html"
    assert table in pages[page].ids
    link = f"kalla/{document.record.document_id}-s1.html#{table}"
    assert f"../{link}" in pages[out / f"site/dokument/{document.record.document_id}.html"].links
    assert link in pages[out / "site/sarskilda.html"].links


def test_marks_are_listed_in_the_order_of_reading(out: Path) -> None:
    page = out / f"site/kalla/{read('a', 2021).record.document_id}-s1.html"
    text = page.read_text(encoding="utf-8")
    listed = re.findall(r'<li><a href="\.\./kommun/(\d+)', text.split("<h2>Värden")[1])
    assert listed[:4] == ["1001", "1001", "1002", "1002"]


def test_all_exports_are_made_without_a_single_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.exports.site import maps

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an export opened a connection")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for cached in (maps.outlines, maps.boxes, maps.map_shapes):
        cached.cache_clear()
    out = published(tmp_path, read("a", 2021), exporters=exporters(load_settings(), None, "1"))
    assert 'id="k0184"' in (out / "site/indikator/i-1.html").read_text(encoding="utf-8")
