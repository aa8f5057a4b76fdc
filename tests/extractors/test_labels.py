"""Labels, notes, list markers and page numbers told from sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.labels import (
    _continued,
    is_note,
    is_page_number,
    read_label,
    read_marker,
    same_title,
    without_continued,
)


@pytest.mark.parametrize(
    ("text", "label", "title"),
    [
        ("Tabell 3", "Tabell 3", ""),
        ("Tabell 3. Andel med rutin", "Tabell 3", "Andel med rutin"),
        ("Tabell 10 Handläggarnas arbete", "Tabell 10", "Handläggarnas arbete"),
        ("TABELL 4: ANDEL MED RUTIN", "TABELL 4", "ANDEL MED RUTIN"),
        ("Bilaga 2, Stöd till unga", "Bilaga 2", "Stöd till unga"),
        ("Bilaga A", "Bilaga A", ""),
        ("Figur 2.1 – andel per år", "Figur 2.1", "andel per år"),
        ("Tabell 3 (forts.)", "Tabell 3", ""),
    ],
)
def test_captions(text: str, label: str, title: str) -> None:
    from extractors.labels import without_continued

    found = read_label(without_continued(text))
    assert found is not None
    assert (found.label, found.title) == (label, title)


@pytest.mark.parametrize(
    "text",
    [
        "Tabell 3 visar att alla har en rutin.",
        "I tabell 3 framgår resultatet",
        "Tabellen visar",
        "tabell 3",
        "Bilagan är hemlig",
        "Tabell 3 och 4 hör ihop",
    ],
)
def test_sentences_about_tables_are_no_captions(text: str) -> None:
    assert read_label(text) is None


def test_titles_are_the_same_whatever_their_case_and_continuation() -> None:
    assert same_title(("Tabell 3", "Andel med rutin"), ("Tabell 3", "Andel med  RUTIN (forts.)"))
    assert not same_title(("Tabell 3", None), ("Tabell 4", None))
    assert not same_title((None, None), (None, None))


@pytest.mark.parametrize(
    "text", ["Källa: egen enkät", "* avser heltid", "Anm. två svar saknas", "\\* heltid", "2) deltid"]
)
def test_notes(text: str) -> None:
    assert is_note(text)


@pytest.mark.parametrize("text", ["Källaren är tom", "Notera detta", "2 av 8 har svarat", "Anmälningar ökar"])
def test_no_notes(text: str) -> None:
    assert not is_note(text)


@pytest.mark.parametrize("text", ["7", "- 12 -", "Sida 3 av 10", "3 (10)", "3/10", "iv"])
def test_page_numbers(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["2019", "7 procent", "Sida vid sida", "3 (Lillby)"])
def test_no_page_numbers(text: str) -> None:
    assert not is_page_number(text)


def test_list_markers() -> None:
    bullet = read_marker("• Rutin finns")
    number = read_marker("12. Rutin finns")
    assert bullet is not None and (bullet.length, bullet.bullet) == (2, True)
    assert number is not None and (number.length, number.bullet) == (4, False)
    assert read_marker("12 rutiner finns") is None
    assert read_marker("Rutin - finns") is None


PIECES = ["forts", "Forts.", "FORTSÄTTNING", "fortsatt", "ſorts", "cont.", "Continued", "Cont", "fort", "ef"]


@given(
    st.lists(st.sampled_from([*PIECES, "Tabell 3", "(", ")", ", ", " ", "– ", ".", "stöd", "\n"]), max_size=8)
)
def test_a_title_without_any_word_for_continued_is_left_alone(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert without_continued(text) == _continued().sub("", text).strip()
