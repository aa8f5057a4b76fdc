"""Captions, headings and notes bound to their tables; tables continued over pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extractors.reading import read_blocks, table, texts
from tests.samples import CellText, Heading, PageBreak, Paragraph, Style, TableBlock, TableStyle

BODY = (
    "Resultatet för de båda kommunerna skiljer sig åt. I Storby saknas en rutin, medan Lillby har haft en "
    "sedan flera år tillbaka och följer den."
)


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("inline", [True, False])
def test_label_and_title_above_and_below(above: bool, inline: bool, tmp_path: Path) -> None:
    blocks = (
        Heading("Rutiner", 1),
        Paragraph(BODY),
        table("Tabell 1", "Rutiner för unga", label_inline=inline),
        Paragraph(BODY),
        table("Tabell 2", "Rutiner för äldre", label_inline=inline),
        Paragraph(BODY),
    )
    document = read_blocks(tmp_path, blocks, Style(caption_above=above))
    assert [(t.label, t.caption, t.heading) for t in document.tables] == [
        ("Tabell 1", "Rutiner för unga", "Rutiner"),
        ("Tabell 2", "Rutiner för äldre", "Rutiner"),
    ]
    assert texts(document, "paragraph") == [BODY] * 3


def test_a_sentence_that_begins_with_a_table_is_text(tmp_path: Path) -> None:
    said = "Tabell 1 visar att Lillby har en rutin men att Storby saknar den."
    document = read_blocks(tmp_path, (Paragraph(said), table(), Paragraph(BODY)))
    assert document.tables[0].label is None
    assert document.sentences[0].text == said


def test_a_heading_stays_a_heading_and_is_the_unlabelled_tables_title(tmp_path: Path) -> None:
    document = read_blocks(tmp_path, (Paragraph(BODY), Heading("Lillby", 2), table(), Paragraph(BODY)))
    found = document.tables[0]
    assert (found.label, found.caption, found.heading) == (None, "Lillby", "Lillby")
    assert texts(document, "heading") == ["Lillby"]


def test_notes_below_a_table_are_notes_and_the_text_after_them_is_not(tmp_path: Path) -> None:
    blocks = (table("Tabell 1", "Rutiner", notes=("Källa: egen enkät.", "* Avser helår.")), Paragraph(BODY))
    document = read_blocks(tmp_path, blocks)
    assert document.tables[0].notes == ("Källa: egen enkät.", "* Avser helår.")
    assert texts(document, "footnote") == ["Källa: egen enkät.", "* Avser helår."]
    assert texts(document, "paragraph") == [BODY]


@pytest.mark.parametrize("repeat", [True, False])
def test_a_table_over_pages_is_one_whether_its_title_is_repeated_or_not(repeat: bool, tmp_path: Path) -> None:
    rows = tuple(tuple(CellText(text) for text in (f"Ort {i}", "JA", str(i))) for i in range(80))
    long = TableBlock(
        header=(tuple(CellText(text) for text in ("Kommun", "Rutin", "Antal")),),
        rows=rows,
        label="Bilaga 2",
        caption="Rutiner i alla orter",
        overrides={"repeat_title": repeat, "repeat_header": repeat},
    )
    document = read_blocks(tmp_path, (Paragraph(BODY), PageBreak(), long, Paragraph(BODY)))
    assert len(document.pages) > 2
    assert [(t.label, t.caption, t.n_rows) for t in document.tables] == [
        ("Bilaga 2", "Rutiner i alla orter", 81)
    ]
    assert texts(document, "paragraph") == [BODY, BODY]


def test_two_tables_under_titles_of_their_own_are_two(tmp_path: Path) -> None:
    blocks = (
        table("Tabell 1", "Rutiner för unga"),
        PageBreak(),
        table("Tabell 2", "Rutiner för äldre"),
        Paragraph(BODY),
    )
    document = read_blocks(tmp_path, blocks, Style(table=TableStyle(repeat_header=True)))
    assert [t.label for t in document.tables] == ["Tabell 1", "Tabell 2"]


def test_a_hyphenated_title_is_whole_again(tmp_path: Path) -> None:
    title = (
        "Tillgång till arbetsmarknadsinsatser och hushållsekonomisk rådgivning för ensamstående föräldrar i "
        "de båda kommunerna och deras grannar under hela det gångna verksamhetsåret"
    )
    document = read_blocks(
        tmp_path, (Paragraph(BODY), table("Tabell 7", title)), Style(columns=2, hyphenate=True)
    )
    assert document.tables[0].caption == title
