import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.dataset import Decision, Part, flagviews, publish, views
from pipeline.dataset.heatmap import FILLS
from pipeline.model import Claim, DocumentRecord, ReadDocument
from tests.pipeline.dataset.made import FACTS, claim, document, flag, part, stored

HOSTILE = "<script>alert('x')</script>"


def page(tmp_path: Path, *parts: Part, **more: object) -> str:
    publish(stored(tmp_path / "delar", *parts), tmp_path / "ut", FACTS, **more)
    return (tmp_path / "ut" / "report.html").read_text(encoding="utf-8")


class Outline(HTMLParser):
    """Collects tags and ids, and complains of tags closed out of turn."""

    VOID = frozenset({"meta", "br", "input", "use", "path", "circle", "link", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag


def card(html: str, flag_id: str) -> str:
    return re.search(rf'<article[^>]*id="{flag_id}".*?</article>', html, re.S)[0]


def test_a_flag_shows_both_sides(tmp_path: Path) -> None:
    shown = card(page(tmp_path, part()), flag(document()).flag_id)
    assert "<mark>Samtliga tre kommuner</mark> mäter kön" in shown
    assert re.search(r'<td class="counted">\s*NEJ', shown)
    assert re.search(r'<th scope="row">\s*Blåvik', shown) and re.search(r"<td>\s*JA", shown)
    assert "Sida 1, ruta 50–500 × 200–212 punkter" in shown
    assert "Avvikelse: texten säger alla tre" in shown and "Fel" in shown and "Text mot tabell" in shown


@pytest.mark.needs_debian("chromium", "chromium")
def test_the_filter_works_in_a_browser(tmp_path: Path) -> None:
    page(tmp_path, part("a"), part("b"))
    report = tmp_path / "ut" / "report.html"
    assert 'id="filter" hidden' in report.read_text()
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", report.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path).stdout
    assert "Visar 2 av 2" in shown and 'id="filter" hidden' not in shown


def test_text_of_a_document_is_never_markup(tmp_path: Path) -> None:
    bad = document("a", cell_text=HOSTILE, title=HOSTILE, file_name=f"{HOSTILE}.pdf")
    last = replace(bad.observations[-1], value_raw=HOSTILE, indicator_label=HOSTILE, answer=None)
    bad = replace(
        bad,
        observations=(*bad.observations[:-1], last),
        unmatched=(replace(bad.unmatched[0], label=HOSTILE),),
    )
    made = part("a", bad)
    flags = (
        flag(bad, sentence=HOSTILE, message=HOSTILE, observation_ids=(last.observation_id,), claim_id=None),
    )
    html = page(tmp_path, replace(made, documents=(replace(made.documents[0], flags=flags),)))
    assert HOSTILE not in html
    assert html.count("&lt;script&gt;") >= 7
    assert sum(tag == "script" for tag, _ in Outline(html).tags) == 1


def test_the_page_is_whole_and_fetches_nothing(tmp_path: Path) -> None:
    outline = Outline(page(tmp_path, part("a"), part("b")))
    assert ("html", {"lang": "sv"}) in outline.tags
    ids = [attrs["id"] for _, attrs in outline.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    links = [attrs["href"] for _, attrs in outline.tags if attrs.get("href")]
    assert links and all(link.startswith("#") and link[1:] in ids for link in links)
    assert not [attrs for _, attrs in outline.tags if "src" in attrs]


def test_heat_map_carries_words_and_marks_what_is_flagged(tmp_path: Path) -> None:
    html = page(tmp_path, part())
    assert f'class="flagged" style="background:{FILLS["nej"]}"><a href="#{flag(document()).flag_id}"' in html
    assert "saknas</td>" in html
    assert "3 rader och 2 kolumner: 3 ja, 2 nej, 1 saknas." in html


def test_what_was_not_read_is_shown_with_its_reason(tmp_path: Path) -> None:
    record = DocumentRecord(
        "d-0", "trasig.pdf", "00", 1, None, None, status="quarantined", reason_code="avhuggen",
        reason="Filen slutar mitt i en sida: hämta den på nytt.",
    )  # fmt: skip
    read = document("a")
    odd = replace(read.tables[0], status="unread", reason="Kolumnernas innebörd kan inte avgöras.")
    read = replace(read, tables=(odd,), observations=())
    bare = replace(part("a", document("a")).documents[0], document=read, claims=(), flags=())
    html = page(tmp_path, replace(part("a"), documents=(bare,)), part("x", ReadDocument(record)))
    assert "Filen slutar mitt i en sida: hämta den på nytt." in html and "kod avhuggen" in html
    assert "Kolumnernas innebörd kan inte avgöras." in html
    assert "Inga avvikelser hittades" in html and "Inga tabeller med indikatorer kunde tolkas" in html


def test_unmatched_labels_with_candidates(tmp_path: Path) -> None:
    html = page(tmp_path, part())
    assert "Rutin vid hot" in html and "i-9: Rutin" in html


def test_review_is_shown(tmp_path: Path) -> None:
    made = flag(document())
    decision = Decision(made.flag_id, "e1", "dismissed", "g-1", None, "Stämmer enligt noten.", made)
    shown = card(page(tmp_path, part(), decisions={made.flag_id: decision}), made.flag_id)
    assert "Avvisad" in shown and "Stämmer enligt noten." in shown
    changed = replace(decision, evidence_hash="e0")
    assert "Öppnad igen" in card(page(tmp_path, part(), decisions={made.flag_id: changed}), made.flag_id)


def test_the_page_is_bounded_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flagviews, "MAX_FLAGS", 2)
    monkeypatch.setattr(views, "MAX_TABLES", 1)
    monkeypatch.setattr(views, "MAX_DOCUMENTS", 2)
    html = page(tmp_path, *(part(name) for name in "abcd"))
    assert html.count("<article") == 2 and html.count('<div class="map"') == 1
    assert "Ytterligare 2 avvikelser står i flags.parquet" in html
    assert "visas 1 av 4 tabeller" in html
    assert "Ytterligare 2 dokument" in html
    outline = Outline(html)
    ids = {attrs.get("id") for _, attrs in outline.tags}
    assert all(attrs["href"][1:] in ids for _, attrs in outline.tags if attrs.get("href"))


def test_the_worst_come_first_and_decided_last() -> None:
    def told(text: str) -> list[tuple[str, str]]:
        return flagviews.told(text)

    assert told('{"av": 8, "andel": 62.5, "enheter": ["A", "B"], "inget": null}') == [
        ("av", "8"), ("andel", "62,5"), ("enheter", "A, B"),
    ]  # fmt: skip
    assert told("inte json") == [("", "inte json")]
    assert told("") == []


def test_a_span_of_another_sentence_marks_nothing(tmp_path: Path) -> None:
    read = document("a")
    other: Claim = replace(claim(read), sentence="En helt annan mening.")
    made = replace(part("a"), documents=(replace(part("a").documents[0], claims=(other,)),))
    assert "<mark>" not in card(page(tmp_path, made), flag(read).flag_id)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_have_the_contrast_that_wcag_asks() -> None:
    css = (Path(views.__file__).parent / "templates" / "report.css").read_text()
    colour = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css))
    for name in ("ink", "soft", "accent"):
        assert contrast(colour[name], colour["paper"]) >= 4.5
    for name in ("error", "warning", "info"):
        assert contrast(colour[name], colour[f"{name}-bg"]) >= 4.5
    for fill in FILLS.values():
        assert contrast("#16211f", fill) >= 7
    assert contrast(colour["ink"], colour["mark"]) >= 7
