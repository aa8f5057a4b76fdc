"""The parts of reading: figures, tolerances, names, binding, coverage, ids."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims import find_claims
from pipeline.claims.binding import Index, bind_phrase
from pipeline.claims.context import label_key, references
from pipeline.claims.figures import find_figures, number_of
from pipeline.claims.lexicon import grammar, load_lexicon
from pipeline.claims.mentions import Figure
from pipeline.claims.names import NameReader, near_names
from pipeline.claims.pool import pooled
from pipeline.claims.text import alike, heads, plain, stems
from pipeline.claims.tolerance import holds, same
from pipeline.claims.view import known_units, views
from pipeline.claims.worded import worded
from pipeline.errors import RegisterError
from pipeline.model import ReadDocument
from pipeline.reference import load_registers
from tests.pipeline.claims.making import REGION, document, table


def figures(text: str) -> list[tuple[str, float, str | None]]:
    told = worded(text)
    return [(one.kind, one.value, one.hedge) for one in find_figures(told, told.cues)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Andelen är 62,5 procent.", [("percent", 62.5, None)]),
        ("Andelen är 62.5\u00a0%.", [("percent", 62.5, None)]),
        ("Drygt 40 procent svarade.", [("percent", 40.0, "above")]),
        ("Fem av åtta svarade.", [("share", 5.0, None)]),
        ("Nästan en tredjedel svarade.", [("fraction", pytest.approx(100 / 3), "below")]),
        ("Var fjärde svarade.", [("fraction", 25.0, None)]),
        ("Planen följs upp var tredje månad.", []),
        ("Väntetiden är 8–14 dagar.", [("range", 8.0, None)]),
        (
            "Stockholm och riket ligger på 31 respektive 29 procent.",
            [("percent", 31.0, None), ("percent", 29.0, None)],
        ),
        ("Kostnaden är 1 500 kronor.", [("number", 1500.0, None)]),
        ("Mötet hölls 2021-03-04 (dnr SN/2021:12).", []),
        ("Se tabell 3 och bilaga 2–4.", []),
        ("Andelen ökade med tio procentenheter.", [("points", 10.0, None)]),
        ("Två per 10 000 invånare berörs.", [("number", 2.0, None), ("condition", 10000.0, None)]),
    ],
)
def test_figures(text: str, expected: list[tuple[str, float, str | None]]) -> None:
    assert figures(text) == expected


@given(st.integers(0, 999_999), st.sampled_from([",", "."]), st.integers(0, 99))
def test_printed_numbers_are_read_back(whole: int, mark: str, decimals: int) -> None:
    grouped = f"{whole:,}".replace(",", " ")
    value, places = number_of(f"{grouped}{mark}{decimals:02d}", load_lexicon())
    assert value == pytest.approx(whole + decimals / 100)
    assert places == 2


@given(st.floats(0, 100), st.integers(0, 2))
def test_rounding_is_the_same_fact(value: float, decimals: int) -> None:
    assert same(round(value, decimals), decimals, value)


@given(st.floats(0, 98), st.floats(1.01, 2))
def test_more_than_a_rounding_is_not(value: float, off: float) -> None:
    assert not same(
        round(value) + off if abs(round(value) + off - value) > 0.51 else round(value) + off + 1, 0, value
    )


@pytest.mark.parametrize(
    ("hedge", "actual", "fits"),
    [
        ("above", 54.0, True),
        ("above", 47.0, False),
        ("below", 46.0, True),
        ("below", 54.0, False),
        ("about", 53.0, True),
        ("about", 62.0, False),
        ("at_least", 50.0, True),
        ("at_least", 44.0, False),
        ("more", 50.1, True),
        ("less", 50.1, False),
        (None, 50.0, True),
    ],
)
def test_hedges_of_half(hedge: str | None, actual: float, fits: bool) -> None:
    assert holds(Figure(0, 8, "hälften", "fraction", 50.0, 2.0, hedge=hedge), 50.0, actual) is fits


def test_stems_join_inflections_and_keep_different_things_apart() -> None:
    assert stems("vuxenpsykiatrin") == stems("vuxenpsykiatri")
    assert alike(*stems("rutiner rutinen")[:1] * 2) == 1.0
    assert alike(stems("brukarrevison")[0], stems("brukarrevision")[0]) > 0
    assert alike(stems("brukarrevision")[0], stems("brukarundersökning")[0]) == 0
    assert heads("aktuell överenskommelse") != heads("gott samarbete")


def test_spaces_become_ordinary_without_moving_anything() -> None:
    text = "62,5\u00a0% i\u202friket"
    assert len(plain(text)) == len(text)
    assert plain(text) == "62,5 % i riket"


def test_unknown_expression_is_a_register_error() -> None:
    with pytest.raises(RegisterError):
        grammar("no_such_name")


def read(made: ReadDocument) -> Index:
    return Index(views(made, load_registers()))


@pytest.mark.parametrize(
    ("phrase", "columns"),
    [
        ("har en aktuell rutin för hembesök", ["Aktuell rutin för hembesök"]),
        ("både budgetkurs och jourtelefon dygnet runt", ["Erbjuder budgetkurs", "Jourtelefon dygnet runt"]),
        ("helt andra saker", []),
    ],
)
def test_phrases_bind_to_columns(phrase: str, columns: list[str]) -> None:
    bound = bind_phrase(read(document([], table(REGION))), phrase)
    assert [target.column.label for target in bound.targets] == columns
    assert bool(bound.reason) is not bool(columns)


def test_references_and_labels() -> None:
    assert references("Se Tabell\u00a03 och bilaga 2.") == ("tabell 3", "bilaga 2")
    assert label_key("Tabell 3") == "tabell 3"
    assert label_key(None) is None


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Upplands-Väsbys svar", ["0114"]),
        ("Arboga, Köping och riket", ["1984", "1983", "00"]),
        ("Borås stad och Gävles kommun", ["1490", "2180"]),
    ],
)
def test_names(text: str, keys: list[str]) -> None:
    registers = load_registers()
    made = document([], table(REGION))
    reader = NameReader(registers, known_units(made), load_lexicon(), made)
    assert [name.key for name in reader.read_text(text)] == keys


def test_near_names_propose_and_known_names_do_not() -> None:
    made = document(["Arbga, Köping och Sala deltog. Sala och Köping deltog."], table(REGION))
    assert [(name.text, name.label) for _, name in near_names(made, load_registers())] == [
        ("Arbga", "Arboga")
    ]


def test_tables_of_one_kommun_each_are_read_as_one() -> None:
    names = {"Arboga": "JA", "Sala": "NEJ", "Köping": "JA", "Fagersta": "NEJ"}
    tables = [
        table(
            f"\nIndikator | {name}\nRutin för hembesök | {answer}\nBudgetkurs | JA\n",
            label=name,
            index=i,
            rows="indicators",
        )
        for i, (name, answer) in enumerate(names.items())
    ]
    made = document(
        ["Rutin för hembesök finns bara i Arboga och Köping.", "Alla kommuner har budgetkurs."], *tables
    )
    pool = pooled(views(made, load_registers()))
    assert pool is not None
    assert [line.label for line in pool.lines] == list(names)
    assert {claim.verdict for claim in find_claims(made, load_registers()).claims} == {"supported"}
    wrong = document(["Rutin för hembesök finns bara i Arboga och Sala."], *tables)
    assert {claim.verdict for claim in find_claims(wrong, load_registers()).claims} == {"refuted"}


def test_coverage_counts_sentences_claims_and_open_figures() -> None:
    made = document(
        [
            "Alla kommuner utom Hallstahammar har en aktuell rutin för hembesök. "
            "Projektet kostade 77 procent mer. Hej då."
        ],
        table(REGION),
    )
    coverage = find_claims(made, load_registers()).coverage
    assert (coverage.sentences, coverage.with_figures_or_names) == (3, 2)
    assert coverage.claims >= coverage.bound >= coverage.decided >= 1
    assert [figure for _, _, figure in coverage.uncovered_figures] == ["77 procent"]


def test_claim_ids_do_not_depend_on_place_or_values() -> None:
    sentence = "Alla kommuner utom Hallstahammar har en aktuell rutin för hembesök."
    registers = load_registers()
    one = find_claims(document([sentence], table(REGION)), registers).claims
    two = find_claims(
        document(["En inledning.", sentence], table(REGION.replace("JA", "NEJ"))), registers
    ).claims
    assert [claim.claim_id for claim in one] == [claim.claim_id for claim in two]
    assert one[0].verdict != two[0].verdict


def test_a_sentence_said_twice_is_two_claims() -> None:
    sentence = "Alla kommuner utom Hallstahammar har en aktuell rutin för hembesök."
    claims = find_claims(document([sentence, sentence], table(REGION)), load_registers()).claims
    assert len({claim.claim_id for claim in claims}) == len(claims) == 2


def test_a_claim_names_its_span_evidence_and_table() -> None:
    (claim,) = find_claims(
        document(["I Stockholm har alla stadsdelar jourtelefon dygnet runt."], table(REGION)),
        load_registers(),
    ).claims
    assert claim.sentence[claim.span_start : claim.span_end] == "alla stadsdelar"
    assert claim.table_label == "Tabell 1"
    assert len(claim.evidence) == 1
    assert claim.unit_ids == ("0180",)


def test_running_headers_and_questions_are_not_read() -> None:
    made = document(["Har alla kommuner en aktuell rutin för hembesök?"], table(REGION))
    assert find_claims(made, load_registers()).claims == ()
    header = replace(made, blocks=tuple(replace(block, kind="running") for block in made.blocks))
    assert find_claims(header, load_registers()).claims == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "22a.",
        "7 FUNKIS är ett formulär.",
        "ISBN: 978-91-0000-46-0",
        "Dnr: 3.1-164/2014",
        "Betänkandet SOU 2011:53 skickades.",
        "Redovisningen gäller 3:e kvartalet.",
        "Det finns flera utvecklingsområden:3",
    ],
)
def test_marks_and_register_numbers_are_no_figures(sentence: str) -> None:
    found = find_claims(document([sentence]), load_registers())
    assert found.coverage.uncovered_figures == ()
