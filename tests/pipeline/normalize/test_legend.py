"""A document's own key: found in sentences, notes and key tables, and nowhere it is not."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Legend
from pipeline.normalize import legend
from pipeline.normalize.colours import colour_name
from pipeline.normalize.legend import legend_of, meaning_of, merged
from pipeline.reference import load_registers
from tests.pipeline.normalize.build import table


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Teckenförklaring: .. = Uppgift saknas, x = sekretess", {"..": "missing", "x": "suppressed"}),
        ("O = värdet noll. Övriga tal är avrundade.", {"o": "zero"}),
        ("X = ja, tom ruta = nej", {"x": "JA", "": "NEJ"}),
        ("● = ja ○ = nej", {"●": "JA", "○": "NEJ"}),
        ("1 = ja, 0 = nej", {"1": "JA", "0": "NEJ"}),
        ("1 = små kommuner som svarat ja, 2 = stora kommuner", {}),
        ("Ett streck (-) betyder att frågan inte var aktuell.", {"-": "not_applicable"}),
        ("Två prickar anger att uppgiften saknas.", {"..": "missing"}),
        ("Samordnad = verksamheterna berörs inte av frågan", {"samordnad": "not_applicable"}),
        (
            "Här betyder .. att värdet saknas och x att det är sekretess.",
            {"..": "missing", "x": "suppressed"},
        ),
        ("Resultatet x är högre än y i alla kommuner.", {}),
        ("Kommunen svarade nej på frågan om x.", {}),
    ],
)
def test_codes_are_read_from_sentences(text: str, codes: dict[str, str]) -> None:
    found = dict(legend_of([text]).codes)
    assert {code: found.get(code) for code in codes} == codes
    assert bool(found) == bool(codes)


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("Grönt betyder ja, gult delvis och rött nej.", {"gron": "JA", "gul": "DELVIS", "rod": "NEJ"}),
        ("Grön = Ja, Gul = Delvis, Röd = Nej", {"gron": "JA", "gul": "DELVIS", "rod": "NEJ"}),
        ("Gråmarkerade rutor visar att frågan inte är relevant.", {"gra": "not_applicable"}),
        ("Grön ruta: kommunen svarar ja.", {"gron": "JA"}),
        ("Kommuner som svarat nej har markerats med rött.", {"rod": "NEJ"}),
        ("Området har 25 indikatorer, varav 9 är röda och 3 är gula.", {}),
        ("De röda indikatorerna har blivit färre.", {}),
    ],
)
def test_colours_are_read_from_sentences(text: str, colours: dict[str, str]) -> None:
    assert dict(legend_of([text]).colours) == colours


def test_italics_and_marks_can_stand_for_small_numbers() -> None:
    assert legend_of(["Kursivering = osäkert värde som bygger på små tal"]).italic_uncertain
    assert legend_of(["Siffror i kursiv stil ska tolkas med försiktighet."]).italic_uncertain
    assert not legend_of(["Rubriker står i kursiv stil."]).italic_uncertain
    assert dict(legend_of(["* = värdet är osäkert"]).codes) == {"*": "uncertain"}


def test_a_key_table_explains_codes_and_colour_samples() -> None:
    key = table(
        [["..", "Uppgift saknas"], ["", "Ja"], ["Röd", "Nej"]], header_rows=0, fills={(1, 0): "#00b050"}
    )
    found = legend_of([], [key], load_registers())
    assert dict(found.codes) == {"..": "missing"}
    assert dict(found.colours) == {"gron": "JA", "rod": "NEJ"}


def test_a_table_of_answers_is_no_key() -> None:
    answers = table([["Kommun", "Rutin"], ["Falun", "Ja"], ["Mora", "Nej"]])
    assert legend_of([], [answers], load_registers()) == Legend()


def test_the_nearer_key_wins() -> None:
    near = Legend(codes=(("x", "missing"),))
    far = Legend(codes=(("..", "missing"), ("x", "suppressed")), italic_uncertain=True)
    assert merged(near, far) == Legend(codes=(("..", "missing"), ("x", "missing")), italic_uncertain=True)


def test_what_explains_nothing_means_nothing() -> None:
    assert meaning_of("andel kommuner i länet") is None


@pytest.mark.parametrize(
    ("fill", "name"),
    [
        ("#92d050", "gron"),
        ("#00B050", "gron"),
        ("#ff4b4b", "rod"),
        ("#c00000", "rod"),
        ("#ffff66", "gul"),
        ("#bfbfbf", "gra"),
        ("#ffffff", None),
        ("#4472c4", None),
        ("#000000", None),
        (None, None),
        ("röd", None),
    ],
)
def test_fills_are_named_by_hue(fill: str | None, name: str | None) -> None:
    assert colour_name(fill, load_registers()) == name


#: Pieces of explanations: signs, verbs, colours and their meanings, and words that only look like them.
pieces = st.sampled_from(
    [
        "betyder",
        "anger",
        "står",
        "för",
        "=",
        ":",
        "x",
        "-",
        "..",
        "(x)",
        "streck",
        "två",
        "prickar",
        "tom",
        "ruta",
        "grön",
        "rött",
        "gulmarkerade",
        "blågrön",
        "orangeriet",
        "att",
        "och",
        "ja",
        "nej",
        "saknas",
        "sekretess",
        ",",
        ".",
        ";",
        "anger.",
        "betyderx",
        "kryssar",
    ]
)


@given(st.lists(pieces, max_size=12))
def test_looking_for_words_before_searching_leaves_no_explanation_out(words: list[str]) -> None:
    text = " ".join(words)
    with mock.patch.object(legend, "_holds", return_value=True):
        searched = legend_of([text])
    assert legend_of([text]) == searched
