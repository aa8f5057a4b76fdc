"""The same text comes out however it is set: columns, breaks, hyphens, running heads, notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extractors.reading import read_blocks, read_drawn, table, texts
from tests.samples import Footnote, Heading, ListBlock, PageBreak, Paragraph, Section, Style

SENTENCES = (
    "Förvaltningen i Storby har prövat en ny arbetsmarknadsinsats under hösten.",
    "Av de 42 hushåll som deltog fick 31,5 procent ett arbete, vilket är fler än i Lillby.",
    "Samarbetet med skolan, vården m.fl. fungerar bra enligt handläggarna.",
    "Barn- och ungdomsfrågor tas upp vid varje möte med Lillby-Storbys familjecentral.",
    "Enligt 4 kap. 2 § i den lokala ordningen ska besluten följas upp varje år.",
    "Vad händer sedan?",
    "Det avgörs när nämnden har sett siffrorna för hela perioden.",
)


def prose(first: int, count: int) -> str:
    return " ".join(SENTENCES[(first + i) % len(SENTENCES)] for i in range(count))


PARAGRAPHS = tuple(prose(i, 3 + i % 4) for i in range(16))
STYLES = {
    "one column": Style(),
    "two columns": Style(columns=2),
    "justified": Style(columns=2, justify=True, font="times", size=10.0),
    "hyphenated": Style(columns=2, hyphenate=True, font="helvetica"),
    "tight": Style(leading=1.15, size=11.0, hyphenate=True),
    "head and foot": Style(header="Storby kommun, rapport {page}", footer="Dnr 2021/7", page_number="of"),
    "numbers outside": Style(columns=2, page_number="outer", footer="Socialkontoret"),
}


def report() -> tuple[Heading | Paragraph | ListBlock, ...]:
    blocks: list[Heading | Paragraph | ListBlock] = [Heading("Rapport om insatser i två kommuner", 1)]
    for i, text in enumerate(PARAGRAPHS):
        if i % 5 == 0:
            blocks.append(Heading(f"Område {'ABCD'[i // 5]}", 2))
        blocks.append(Paragraph(text))
        if i == 6:
            blocks.append(ListBlock((SENTENCES[3], SENTENCES[0])))
        if i == 8:
            blocks.append(ListBlock((SENTENCES[1], SENTENCES[6]), numbered=True))
    return tuple(blocks)


def expected_sentences() -> list[str]:
    found: list[str] = []
    for block in report():
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, ListBlock):
            found += block.items
        else:
            found += _split(block.text)
    return found


def _split(text: str) -> list[str]:
    rest, found = text, []
    while rest:
        sentence = next(s for s in SENTENCES if rest.startswith(s))
        found.append(sentence)
        rest = rest[len(sentence) :].strip()
    return found


@pytest.mark.parametrize("name", STYLES)
def test_the_sentences_are_the_same_in_every_setting(name: str, tmp_path: Path) -> None:
    document = read_blocks(tmp_path, report(), STYLES[name])
    assert len(document.pages) > 1
    assert [sentence.text for sentence in document.sentences] == expected_sentences()


@pytest.mark.parametrize("name", STYLES)
def test_every_sentence_has_a_box_on_each_line_it_runs_over(name: str, tmp_path: Path) -> None:
    document = read_blocks(tmp_path, report(), STYLES[name])
    sizes = {page.number: (page.width, page.height) for page in document.pages}
    for sentence in document.sentences:
        block = document.blocks[sentence.block]
        assert set(sentence.boxes) != set()
        assert [box.page for box in sentence.boxes] == sorted(box.page for box in sentence.boxes)
        for box in sentence.boxes:
            width, height = sizes[box.page]
            assert 0 <= box.x0 < box.x1 <= width and 0 <= box.top < box.bottom <= height
            assert any(line.page == box.page and line.overlap(box) > 0 for line in block.boxes)
    runs_over = [s for s in document.sentences if len({box.page for box in s.boxes}) > 1]
    for sentence in runs_over:
        assert sentence.boxes[0].top > sentence.boxes[-1].top


def test_a_sentence_over_a_page_break_is_one_though_a_table_stands_between(tmp_path: Path) -> None:
    def first(canvas: object) -> None:
        _lines(
            canvas, 90, ["Under våren har alla kommuner i länet utom Lillby och Storby infört en rutin som"]
        )

    def second(canvas: object) -> None:
        for row in range(5):
            for col in range(3):
                canvas.rect(70 + 150 * col, 700 - 20 * row, 150, 20)  # type: ignore[attr-defined]
                canvas.drawString(75 + 150 * col, 706 - 20 * row, f"{row * 3 + col}")  # type: ignore[attr-defined]
        _lines(canvas, 590, ["gäller barn. Den följs upp."])

    document = read_drawn(tmp_path, first, second)
    assert len(document.tables) == 1
    assert [s.text for s in document.sentences] == [
        "Under våren har alla kommuner i länet utom Lillby och Storby infört en rutin som gäller barn.",
        "Den följs upp.",
    ]
    assert [box.page for box in document.sentences[0].boxes] == [1, 2]


def _lines(canvas: object, y: float, lines: list[str]) -> None:
    canvas.setFont("Helvetica", 11)  # type: ignore[attr-defined]
    for i, line in enumerate(lines):
        canvas.drawString(70, y - 14 * i, line)  # type: ignore[attr-defined]


def test_running_heads_and_page_numbers_are_not_read(tmp_path: Path) -> None:
    style = Style(header="Storby kommun {page}", footer="Dnr 2021/7", page_number="centre")
    document = read_blocks(tmp_path, report(), style)
    feet = [f"Dnr 2021/7 {page.number}" for page in document.pages]
    heads = [f"Storby kommun {page.number}" for page in document.pages]
    assert sorted(texts(document, "running")) == sorted(heads + feet)
    assert not any("Dnr" in s.text or "Storby kommun" in s.text for s in document.sentences)


def test_a_heading_that_opens_every_page_is_no_running_head(tmp_path: Path) -> None:
    blocks: list[Heading | Paragraph | PageBreak] = []
    for number in range(3):
        blocks += [
            Heading("Tjänsteskrivelse", 1),
            Paragraph(prose(number, 5)),
            Paragraph(prose(number + 3, 4)),
        ]
        if number < 2:
            blocks.append(PageBreak())
    document = read_blocks(tmp_path, tuple(blocks))
    assert texts(document, "heading") == ["Tjänsteskrivelse"] * 3


def test_headings_have_the_level_of_their_size(tmp_path: Path) -> None:
    blocks = (
        Heading("Hela rapporten", 1),
        Heading("Första delen", 2),
        Paragraph(PARAGRAPHS[0]),
        Heading("En detalj", 3),
        Paragraph(PARAGRAPHS[1]),
        Heading("Andra delen", 2),
        Paragraph(PARAGRAPHS[2]),
    )
    document = read_blocks(tmp_path, blocks)
    assert [(b.text, b.level) for b in document.blocks if b.kind == "heading"] == [
        ("Hela rapporten", 1),
        ("Första delen", 2),
        ("En detalj", 3),
        ("Andra delen", 2),
    ]


def test_footnotes_are_told_from_text_and_their_mark_is_off(tmp_path: Path) -> None:
    blocks = (
        Paragraph("Stödet når 40 hushåll^1^ i Storby. " + PARAGRAPHS[0]),
        Footnote("1", "Hushåll med barn under sju år räknas en gång."),
        *(Paragraph(text) for text in PARAGRAPHS),
    )
    document = read_blocks(tmp_path, blocks)
    assert texts(document, "footnote") == ["Hushåll med barn under sju år räknas en gång."]
    assert document.sentences[0].text == "Stödet når 40 hushåll i Storby."


def test_lists_keep_their_items_apart(tmp_path: Path) -> None:
    items = (SENTENCES[0] + " " + SENTENCES[2], "Kort punkt", SENTENCES[1])
    document = read_blocks(tmp_path, (Paragraph(PARAGRAPHS[0]), ListBlock(items), Paragraph(PARAGRAPHS[1])))
    assert texts(document, "list_item") == list(items)
    assert texts(document, "paragraph") == [PARAGRAPHS[0], PARAGRAPHS[1]]


def test_text_goes_from_one_column_to_two_and_back(tmp_path: Path) -> None:
    blocks = (
        Heading("Över båda", 1),
        Paragraph(PARAGRAPHS[4]),
        Section(columns=2),
        *(Paragraph(text) for text in PARAGRAPHS[5:15]),
        Section(columns=1),
        table("Tabell 1", "Svar om rutiner"),
        Paragraph(PARAGRAPHS[3]),
    )
    document = read_blocks(tmp_path, blocks)
    read = [s for block in texts(document, "paragraph") for s in _split(block)]
    assert read == [s for text in (*PARAGRAPHS[4:15], PARAGRAPHS[3]) for s in _split(text)]


def test_reading_order_against_tables(tmp_path: Path) -> None:
    blocks = (
        Paragraph(PARAGRAPHS[0]),
        table("Tabell 1", "Svar om rutiner"),
        Paragraph(PARAGRAPHS[1]),
        table("Tabell 2", "Svar om kurser"),
        Paragraph(PARAGRAPHS[2]),
    )
    document = read_blocks(tmp_path, blocks)
    assert [b.before_table for b in document.blocks if b.kind == "paragraph"] == [0, 1, 2]
