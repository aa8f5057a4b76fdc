from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import AmbiguousError
from pipeline.reference import IndicatorAlias, load_registers

REGISTERS = load_registers()
EB = "ekonomiskt_bistand"
labels = st.sampled_from(REGISTERS.indicators.labels)


def found(label: str, area: str | None = EB, year: int | None = None) -> str | None:
    return REGISTERS.indicators.find(label, area=area, year=year).indicator_id


@pytest.mark.parametrize(
    ("older", "newer", "indicator_id"),
    [
        (
            "Samverkansrutin med AF",
            "Överenskommelse med Arbetsförmedlingen",
            "eb-samverkan-arbetsformedlingen",
        ),
        ("Samverkansrutin med FK", "Överenskommelse med Försäkringskassa", "eb-samverkan-forsakringskassan"),
        (
            "GP undertecknas av den enskilde",
            "Planen har undertecknats av den enskilde",
            "eb-plan-undertecknad",
        ),
        ("Information om nya rättsfall", "Kontinuerliga genomgångar av rättsfall", "eb-rattsfall"),
        (
            "Klientundersökning",
            "Enskildas uppfattning används för att utveckla verksamheten",
            "eb-enskildas-uppfattning",
        ),
    ],
)
def test_labels_of_different_editions_are_one_line(older: str, newer: str, indicator_id: str) -> None:
    assert found(older, year=2013) == indicator_id
    if "Planen" not in newer:
        assert found(newer, year=2024) == indicator_id


def test_at_least_fifteen_lines_run_from_2011_until_today() -> None:
    running = [i for i in REGISTERS.indicators.all if i.area == EB and i.first_year and i.first_year <= 2013]
    answers = [i for i in running if i.value_kind == "answer" and i.last_year is None]
    assert len(answers) >= 15


@pytest.mark.parametrize(
    "label",
    [
        "RÄTTSDATABAS",
        "Rätts-\ndatabas",
        "rätts- databas",
        "Rättsdatabas?",
        "12. Rättsdatabas",
        "3b) Rättsdatabas",
        "Rättsdatabas²",
        "Rättsdatabas1",
        "  Rättsdatabas *",
        "”Rättsdatabas”",
        "Finns rättsdatabas?",
        "Tillgång till rättsdatabaser",
    ],
)
def test_typography_numbering_and_inflection_do_not_matter(label: str) -> None:
    match = REGISTERS.indicators.find(label, area=EB)
    assert (match.indicator_id, match.exact, match.near) == ("eb-rattsdatabas", True, ())


@pytest.mark.parametrize("behind", [", kr", " (kr)", ", kronor", ""])
def test_the_unit_behind_a_label_does_not_matter(behind: str) -> None:
    assert found("Personalkostnad per biståndsmånad" + behind) == "eb-kostnad-personal"


def test_the_measuring_day_behind_a_label_does_not_matter() -> None:
    assert found("Antal årsarbetande handläggare den 1 mars 2022") == "eb-arsarbetare"
    assert found("Antal årsarbetande handläggare 2018") == "eb-arsarbetare"


def test_the_same_words_under_another_area_are_another_indicator() -> None:
    label = "Aktuell överenskommelse om samverkan med polisen"
    assert found(label, "barn_och_unga") == "bou-samverkan-polisen"
    assert found(label, "vald_i_nara_relationer") == "vald-samverkan-polisen"
    elsewhere = REGISTERS.indicators.find(label, area="krisberedskap")
    assert elsewhere.indicator_id is None and not elsewhere.exact
    assert any("samverkan-polisen" in candidate for candidate in elsewhere.near)


def test_an_ambiguous_label_raises_and_an_area_decides() -> None:
    with pytest.raises(AmbiguousError, match="eb-uppsokande-akut-hemlosa"):
        found("Uppsökande verksamhet för akut hemlösa", None)
    assert found("Uppsökande verksamhet för akut hemlösa", "socialpsykiatri") == "sp-uppsokande-akut-hemlosa"


def test_without_an_area_a_label_with_one_reading_is_found() -> None:
    assert found("Rättsdatabas", None) == "eb-rattsdatabas"


def test_a_label_that_names_its_own_area_binds_in_any() -> None:
    label = "Aktuell rutin vid indikation på att en vuxen utsatts för våld av närstående - Ekonomiskt bistånd"
    assert found(label, "vald_i_nara_relationer") == found(label, EB) == "eb-rutin-vald-vuxen"


def test_unlike_measures_stay_apart() -> None:
    pairs = [
        ("Genomfört en brukarstyrd brukarrevision", "Genomfört brukarundersökning"),
        ("Aktuell överenskommelse om samverkan med vuxenpsykiatri", "Samarbetar med vuxenpsykiatrin"),
        ("Långvarigt ekonomiskt bistånd", "Mycket långvarigt ekonomiskt bistånd"),
    ]
    for area in (EB, "socialpsykiatri"):
        for one, other in pairs:
            first, second = found(one, area), found(other, area)
            assert first is None or first != second
    with_decision = "Erbjuder stödsamtal med biståndsbeslut till kvinnor som utövat våld mot närstående"
    without = with_decision.replace(" med ", " utan ")
    assert found(with_decision, "vald_i_nara_relationer") != found(without, "vald_i_nara_relationer")


def test_an_unknown_label_gives_candidates_of_its_area_first() -> None:
    match = REGISTERS.indicators.find(
        "Aktuell rutin för samordning mellan fritid och ekonomiskt bistånd", area=EB
    )
    assert match.indicator_id is None and not match.exact
    assert match.near[0].startswith("eb-samordning-")
    assert len(match.near) <= 3


@pytest.mark.parametrize("label", ["", "???", "Månens avstånd till jorden"])
def test_what_is_like_nothing_has_no_candidates(label: str) -> None:
    assert REGISTERS.indicators.find(label, area=EB).near == ()


@given(labels, st.sampled_from([str.upper, str.lower, lambda t: t.replace(" ", "\n"), lambda t: t + "?"]))
def test_every_known_label_is_found_in_its_area(label: IndicatorAlias, change: Callable[[str], str]) -> None:
    area = label.area or EB
    year = label.first_year
    printed = change(label.alias)
    assert found(printed, area, year) == label.indicator_id


@given(st.text(max_size=60))
def test_a_look_up_binds_or_proposes_but_never_both(label: str) -> None:
    try:
        match = REGISTERS.indicators.find(label)
    except AmbiguousError:
        return
    assert (match.indicator_id is not None) == match.exact
    assert not (match.exact and match.near)


def test_definition_breaks_stop_comparisons() -> None:
    known = REGISTERS.indicators
    assert known.comparable("eb-plan-undertecknad", 2019, 2020)
    assert not known.comparable("eb-plan-undertecknad", 2024, 2019)
    assert known.comparable("eb-plan-undertecknad", 2021, 2024)
    assert [b.year for b in known.breaks("eb-uppfoljning-verksamhet")] == [2016, 2021]
    assert known.breaks("eb-socialjour") == ()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tre av fem kommuner har en överenskommelse med primärvården.", {"eb-samverkan-primarvard"}),
        ("Andelen som använder DUDIT växte till en tredjedel.", {"eb-dudit"}),
        (
            "Överenskommelser med Arbetsförmedling och Försäkringskassa blev färre.",
            {"eb-samverkan-arbetsformedlingen", "eb-samverkan-forsakringskassan"},
        ),
        ("Barn i familjer med långvarigt ekonomiskt bistånd ökar.", {"eb-barn-langvarigt"}),
        ("Nämnden sammanträder på torsdagar.", set()),
    ],
)
def test_sentences_mention_indicators_by_their_words(sentence: str, expected: set[str]) -> None:
    mentioned = {mention.indicator_id for mention in REGISTERS.indicators.mentioned(sentence, area=EB)}
    assert mentioned >= expected
    assert "eb-barn" not in mentioned and (expected or not mentioned)
