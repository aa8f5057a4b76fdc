"""Areas, codes, colours, publishers, document types and acronyms."""

from __future__ import annotations

import re
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reference import Registers, load_registers
from pipeline.reference.folding import searchable

REGISTERS = load_registers()


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("ÖJ 2021: Ekonomiskt bistånd i länet", "ekonomiskt_bistand"),
        ("Bilaga 7. Social barn- och ungdomsvård", "barn_och_unga"),
        ("Barn- och\nungdomsvårdens resultat", "barn_och_unga"),
        ("Våld i nära relation 2022", "vald_i_nara_relationer"),
        ("MISSBRUKS- OCH BEROENDEVÅRD", "missbruk_och_beroende"),
        ("Missbruk, resultat", "missbruk_och_beroende"),
        ("Stöd till personer med psykisk funktionsnedsättning", "socialpsykiatri"),
        ("Stöd till personer med funktionsnedsättning", "funktionsnedsattning_lss"),
        ("Hemlöshet och utestängning", "hemloshet"),
        ("Vård och omsorg om äldre 2017", "aldreomsorg"),
        ("Krisberedskap i socialtjänsten", "krisberedskap"),
        ("Protokoll från nämnden", None),
        ("Allsidig utredning", None),
    ],
)
def test_the_area_of_a_title(title: str, area: str | None) -> None:
    assert REGISTERS.areas.find(title) == area


def test_areas_come_in_the_order_of_the_text_and_weak_words_yield() -> None:
    both = REGISTERS.areas.find_all("Äldreomsorg, ekonomiskt bistånd och äldreomsorgens framtid")
    assert both == ("aldreomsorg", "ekonomiskt_bistand")
    assert REGISTERS.areas.find_all("Missbruk bland unga i ekonomiskt bistånd") == ("ekonomiskt_bistand",)
    assert REGISTERS.areas.name("hemloshet") == "hemlöshet"


def test_areas_are_those_of_the_published_dataset() -> None:
    assert set(REGISTERS.areas.codes) == {
        "ekonomiskt_bistand",
        "barn_och_unga",
        "vald_i_nara_relationer",
        "missbruk_och_beroende",
        "socialpsykiatri",
        "hemloshet",
        "funktionsnedsattning_lss",
        "aldreomsorg",
        "krisberedskap",
        "annat",
    }


@pytest.mark.parametrize(
    ("printed", "answer", "status", "note"),
    [
        ("JA", "JA", "ok", None),
        (" nej ", "NEJ", "ok", None),
        ("Delvis", "DELVIS", "ok", None),
        ("JA MED\nVISSA", "JA", "ok", "MED VISSA"),
        ("..", None, "missing", None),
        ("x", None, "suppressed", None),
        ("-", None, "missing", None),
        (".", None, "not_applicable", None),
        ("Vet ej", None, "unknown", None),
        ("Uppgift saknas", None, "missing", None),
        ("Integrerad", None, "not_applicable", "INTEGRERAD"),
        ("Verksamhet saknas.", None, "not_applicable", "VERKSAMHET SAKNAS"),
        ("●", "JA", "ok", None),
        ("○", "NEJ", "ok", None),
    ],
)
def test_answer_codes(printed: str, answer: str | None, status: str, note: str | None) -> None:
    code = REGISTERS.answers.find(printed)
    assert code is not None
    assert (code.answer, code.status, code.note) == (answer, status, note)


@pytest.mark.parametrize("text", ["Ludvika", "12,5", "JA NEJ", ""])
def test_what_is_no_code_is_not_found(text: str) -> None:
    assert REGISTERS.answers.find(text) is None


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("%", "procent"),
        ("(kr)", "kronor"),
        ("Dgr", "dagar"),
        ("tkr", "tkr"),
        ("Andel (%)", "procent"),
        ("st", "antal"),
    ],
)
def test_units_of_value(printed: str, unit: str) -> None:
    found = REGISTERS.value_units.find(printed)
    assert found is not None and found.value_unit == unit


def test_thousands_of_kronor_compare_with_kronor() -> None:
    found = REGISTERS.value_units.find("tkr")
    assert found is not None and (found.base_unit, found.factor) == ("kronor", 1000)
    longest = [len(unit.printed) for unit in REGISTERS.value_units.all]
    assert longest == sorted(longest, reverse=True)


@pytest.mark.parametrize(
    ("fill", "colour"),
    [
        ("#00b050", "gron"),
        ("#c6efce", "gron"),
        ("#ff0000", "rod"),
        ("#ffc7ce", "rod"),
        ("#ffff00", "gul"),
        ("#ffc000", "gul"),
        ("#bfbfbf", "gra"),
        ("#ffffff", None),
        ("#000000", None),
        ("#4472c4", None),
        (None, None),
    ],
)
def test_named_colours(fill: str | None, colour: str | None) -> None:
    found = REGISTERS.colours.find(fill)
    assert (found.colour if found else None) == colour


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_has_at_most_the_name_of_the_first_row_that_holds_it(value: int) -> None:
    found = REGISTERS.colours.find(f"#{value:06x}")
    red, green, blue = value >> 16, value >> 8 & 255, value & 255
    if found is not None and found.colour == "gron":
        assert green >= max(red, blue)
    if found is not None and found.colour == "rod":
        assert red >= max(green, blue)


def test_publishers_by_name_and_host() -> None:
    assert REGISTERS.publishers.find("Ett underlag från Socialstyrelsen och SKR") == "Socialstyrelsen"
    assert REGISTERS.publishers.find("Hon skrev ett underlag") is None
    assert REGISTERS.publishers.of_host("www.skr.se") == "Sveriges Kommuner och Regioner"
    assert REGISTERS.publishers.of_host("notskr.se") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tjänsteskrivelse till nämnden. Förslag till beslut", "tjansteskrivelse"),
        ("Granskningsrapport om handläggning", "granskningsrapport"),
        ("Sidan publicerad i maj. Läs vidare", "webbsida"),
        ("Länsrapport om öppna jämförelser, tabell 1", "oj_rapport"),
        ("Inbjudan till julfest", "annat"),
    ],
)
def test_types_of_documents(text: str, kind: str) -> None:
    assert REGISTERS.document_types.find(text) == kind


def test_acronyms_may_have_several_expansions() -> None:
    assert len(REGISTERS.acronyms.expansions("FIA")) == 2
    assert REGISTERS.acronyms.expansions("okänd") == ()
    assert "AUDIT" in REGISTERS.acronyms.of_kind("instrument")


def test_layouts_are_read_by_their_id(registers: Registers) -> None:
    for layout in registers.layouts:
        assert registers.layout(layout.id).data["id"] == layout.id
    with pytest.raises(KeyError):
        registers.layout("finns-inte")


@given(
    st.text(max_size=20),
    st.sampled_from(["bilaga", "tabell", "sjö", "åtgärd", "diskus"]),
    st.text(max_size=20),
)
def test_a_word_that_is_found_without_regard_to_case_stands_in_the_searchable_text(
    before: str, word: str, after: str
) -> None:
    for letters in (
        word,
        word.upper(),
        word.replace("i", "İ"),
        word.replace("i", "ı"),
        word.replace("s", "ſ"),
    ):
        text = before + letters + after
        assert re.search(word, text, re.IGNORECASE)
        assert word in searchable(text)


#: Phrases of areas in print: other case, hyphens and spaces, and words that only hold a part of one.
PHRASES = sorted(phrase.phrase for phrase in REGISTERS.areas.phrases)
printed = st.sampled_from(
    [*PHRASES, *(phrase.upper() for phrase in PHRASES), *(phrase.replace(" ", "-\n") for phrase in PHRASES)]
)


@given(st.lists(st.one_of(printed, st.sampled_from(["i", "vård", "och", "länet"])), max_size=4))
def test_areas_are_found_as_if_every_phrase_were_searched_for(words: list[str]) -> None:
    text = " ".join(words)
    with mock.patch("pipeline.reference.areas.searchable", lambda text: _Holding(text)):
        searched = REGISTERS.areas.find_all(text)
    assert REGISTERS.areas.find_all(text) == searched


@given(
    st.lists(
        st.sampled_from([one.alias for one in REGISTERS.publishers.all] + ["och", "skr", "x"]), max_size=4
    )
)
def test_the_publisher_named_first_is_the_one_that_stands_first(names: list[str]) -> None:
    text = " ".join(names)
    known = {one.alias: one.publisher for one in REGISTERS.publishers.all}
    spots = [
        (match.start(), -len(match[0]), known[alias])
        for alias in known
        for match in re.finditer(rf"(?<!\w){re.escape(alias)}s?(?!\w)", text)
    ]
    assert REGISTERS.publishers.find(text) == (min(spots)[2] if spots else None)


class _Holding(str):
    """A text that seems to hold every word."""

    def __contains__(self, word: object) -> bool:
        return True
