"""Each kind of table, made by hand, with the observations it must give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Block, Observation, ReadDocument, Table
from pipeline.normalize import read_documents
from pipeline.reference import load_registers
from tests.pipeline.normalize.build import Rows, block, document, table

TITLE = "Öppna jämförelser ekonomiskt bistånd 2023"


def read(made: Table, *blocks: Block, title: str = TITLE) -> ReadDocument:
    """One document with a title, these blocks before the table, and the table."""
    (only,) = read_documents(document([block(title, kind="heading"), *blocks], [made]), load_registers())
    return only


def said(one: Observation) -> tuple[object, ...]:
    """What an observation says: unit, indicator, measure and value, shortest form."""
    value: object = one.answer or one.value
    if one.range_min is not None or one.range_max is not None:
        value = (one.range_min, one.range_max)
    return (
        one.unit_id or one.unit_label,
        one.indicator_label,
        one.measure,
        value if one.status == "ok" else one.status,
    )


def test_kommuner_in_rows_with_a_mean_a_city_and_the_country() -> None:
    rows: Rows = [
        ["", "Rutin för samverkan", "Andel nöjda, %"],
        ["Nacka", "Ja", "91,5"],
        ["Solna", "DELVIS", "88"],
        ["Snitt", "50 %", "89,8"],
        ["Stockholm", "75 %", "84"],
        ["Riket", "41", ".."],
    ]
    found = read(table(rows))
    assert [said(one) for one in found.observations] == [
        ("0182", "Rutin för samverkan", "answer", "JA"),
        ("0182", "Andel nöjda, %", "value", 91.5),
        ("0184", "Rutin för samverkan", "answer", "DELVIS"),
        ("0184", "Andel nöjda, %", "value", 88.0),
        ("Snitt", "Rutin för samverkan", "mean", 50.0),
        ("Snitt", "Andel nöjda, %", "mean", 89.8),
        ("0180", "Rutin för samverkan", "share", 75.0),
        ("0180", "Andel nöjda, %", "value", 84.0),
        ("00", "Rutin för samverkan", "share", 41.0),
        ("00", "Andel nöjda, %", "value", "missing"),
    ]
    assert {one.year for one in found.observations} == {2023}
    assert {one.value_unit for one in found.observations if one.value is not None} == {"procent"}
    assert {one.area for one in found.observations} == {"ekonomiskt_bistand"}
    assert found.tables[0].orientation == "units_in_rows"


@pytest.mark.parametrize(
    "order", [("Nacka", "Länet", "Riket"), ("Riket", "Länet", "Nacka"), ("Länet", "Nacka", "Riket")]
)
def test_indicators_in_rows_in_any_order_of_columns(order: tuple[str, ...]) -> None:
    values = {"Nacka": ["JA", "NEJ", ""], "Länet": ["65", "30", ""], "Riket": ["50", "20", ""]}
    labels = ["Rutin för samverkan", "Uppföljning genomförd", "Plan beslutad"]
    comments = ["", "Planeras till hösten", ""]
    rows: Rows = [
        ["Indikator", *order, "Kommentar"],
        *([label, *(values[unit][at] for unit in order), comments[at]] for at, label in enumerate(labels)),
    ]
    found = read(table(rows))
    by_cell = {(one.unit_label, one.indicator_label): one for one in found.observations}
    assert len(by_cell) == 9
    assert by_cell["Nacka", "Rutin för samverkan"].answer == "JA"
    assert (by_cell["Länet", labels[0]].unit_id, by_cell["Länet", labels[0]].measure) == ("01", "share")
    assert (by_cell["Riket", labels[1]].value, by_cell["Riket", labels[1]].value_unit) == (20.0, "procent")
    assert by_cell["Nacka", labels[1]].comment == "Planeras till hösten"
    assert [one.comment for one in found.observations if one.comment] == ["Planeras till hösten"]
    assert [by_cell[unit, labels[2]].status for unit in order] == ["blank"] * 3
    assert found.own_unit == "0182"
    assert found.tables[0].orientation == "indicators_in_rows"
    assert [axis.kind for axis in found.tables[0].col_axes] == ["unit", "unit", "unit", "comment"]


def test_last_years_column_is_of_the_edition_before() -> None:
    rows: Rows = [["Indikator", "Nacka", "Förra året", "Riket"], ["Rutin för samverkan", "Ja", "Nej", "50"]]
    found = read(table(rows))
    assert [(one.unit_id, one.year, one.answer) for one in found.observations] == [
        ("0182", 2023, "JA"),
        ("0182", 2022, "NEJ"),
        ("00", 2023, None),
    ]
    assert [axis.year_offset for axis in found.tables[0].col_axes] == [0, -1, 0]


def test_years_as_columns_take_the_caption_as_their_indicator() -> None:
    rows: Rows = [["Kommun", "2021", "2022", "2023"], ["Falun", "12", "13", "15"], ["Mora", "8", "-", "9"]]
    found = read(table(rows, label="Tabell 4", caption="Antal personer med insats"))
    assert {one.indicator_label for one in found.observations} == {"Antal personer med insats"}
    assert [(one.year, one.value, one.status) for one in found.observations[3:]] == [
        (2021, 8.0, "ok"),
        (2022, None, "missing"),
        (2023, 9.0, "ok"),
    ]
    assert found.observations[0].value_unit == "antal"


def test_years_as_columns_under_one_kommuns_heading() -> None:
    rows: Rows = [["Indikator", "2022", "2023"], ["Rutin för samverkan", "Nej", "Ja"]]
    found = read(table(rows), block("Resultat för Ludvika kommun", kind="heading", level=2))
    assert [(one.unit_id, one.year, one.answer) for one in found.observations] == [
        ("2085", 2022, "NEJ"),
        ("2085", 2023, "JA"),
    ]


def test_women_and_men_are_subgroups_and_the_total_is_everyone() -> None:
    rows: Rows = [
        ["Kommun", "Nöjda brukare, andel (%)", None, None],
        ["", "Kvinnor", "Män", "Totalt"],
        ["Falun", "80", "75", "78"],
        ["Riket", "82", "79", "81"],
    ]
    found = read(table(rows, header_rows=2, spans={(0, 1): (1, 3)}))
    assert [(one.subgroup, one.value) for one in found.observations[:3]] == [
        ("kvinnor", 80.0),
        ("män", 75.0),
        (None, 78.0),
    ]
    assert {one.indicator_label for one in found.observations} == {"Nöjda brukare, andel (%)"}


def test_rows_of_women_and_men_within_each_kommun() -> None:
    rows: Rows = [
        ["Kommun", "Kön", "Andel nöjda"],
        ["Falun", "Kvinnor", "80"],
        [None, "Män", "75"],
        ["Mora", "Kvinnor", "82"],
        [None, "Män", "77"],
    ]
    found = read(table(rows, spans={(1, 0): (2, 1), (3, 0): (2, 1)}))
    assert [(one.unit_id, one.subgroup, one.value) for one in found.observations] == [
        ("2080", "kvinnor", 80.0),
        ("2080", "män", 75.0),
        ("2062", "kvinnor", 82.0),
        ("2062", "män", 77.0),
    ]


def test_rows_that_are_part_of_the_row_above() -> None:
    rows: Rows = [["Kommun", "Antal hushåll"], ["Falun", "120"], ["därav kvinnor", "70"], ["Mora", "44"]]
    found = read(table(rows))
    assert [(one.unit_id, one.subgroup, one.value) for one in found.observations] == [
        ("2080", None, 120.0),
        ("2080", "kvinnor", 70.0),
        ("2062", None, 44.0),
    ]


def test_a_register_table_with_group_heads_a_unit_row_and_extremes() -> None:
    rows: Rows = [
        ["", "Indikatorer", None, "Kostnadsmått"],
        ["", "Långvarigt bistånd", "Unga vuxna 18-24 år", "Kostnad per hushåll"],
        ["", "%", "%", "kr"],
        ["Min-Max", "21-39,6", "3-9", "799-1573"],
        ["Riket", "37,1", "..", "1 123"],
        ["Dalarna", "31,8", "", "1 122"],
        ["Falun", "26,7", "4,9", "890"],
    ]
    found = read(table(rows, header_rows=2, spans={(0, 1): (1, 2)}))
    assert len(found.observations) == 9
    by_cell = {(one.unit_id, one.indicator_label): one for one in found.observations}
    assert by_cell["00", "Långvarigt bistånd"].value == 37.1
    assert by_cell["00", "Unga vuxna 18-24 år"].status == "missing"
    assert by_cell["20", "Unga vuxna 18-24 år"].status == "blank"
    assert (
        by_cell["2080", "Kostnad per hushåll"].value_unit,
        by_cell["2080", "Kostnad per hushåll"].value,
    ) == ("kronor", 890.0)
    assert by_cell["2080", "Kostnad per hushåll"].indicator_group == "Kostnadsmått"
    assert by_cell["2080", "Kostnad per hushåll"].quality_area == "kostnadsmatt"
    reading = found.tables[0]
    assert reading.layout == "registertabell"
    assert [axis.kind for axis in reading.row_axes][:2] == ["minmax", "unit"]
    headers = {
        cell.row for cell, role in zip(reading.table.cells, reading.roles, strict=True) if role == "header"
    }
    assert headers == {0, 1, 2}


GREEN, RED, YELLOW, GREY = "#92d050", "#ff4b4b", "#ffff66", "#bfbfbf"


def test_colour_answers_where_a_comparable_kommun_is_named() -> None:
    rows: Rows = [
        ["Indikatorer 2016", "Jämförbar kommun med ja-svar"],
        ["Rutin med grannarna", "Mora"],
        ["Rutin med skolan", ""],
        ["Rutin med polisen", "-"],
        ["Erfaren personal", "62,5"],
        ["Väntetid", "8-14 dgr"],
        ["Plan för hyra", "Mora/Rättvik"],
        ["Ändrade beslut", "Vet ej"],
        ["Plan för skulder", "Rättvik"],
        ["Rutin för klagomål", ""],
    ]
    fills = {
        (1, 1): RED,
        (2, 1): GREEN,
        (3, 1): RED,
        (4, 1): YELLOW,
        (5, 1): YELLOW,
        (6, 1): RED,
        (8, 1): GREEN,
    }
    fills |= {(9, 1): GREY}
    found = read(table(rows, fills=fills), block("Falun", kind="heading", level=2))
    told = [
        (one.answer, one.answer_note, one.value, one.range_min, one.status, one.colour)
        for one in found.observations
    ]
    assert told == [
        ("NEJ", "Mora", None, None, "ok", "rod"),
        ("JA", None, None, None, "ok", "gron"),
        ("NEJ", "-", None, None, "ok", "rod"),
        (None, None, 62.5, None, "ok", "gul"),
        (None, None, None, 8.0, "ok", "gul"),
        ("NEJ", "Mora/Rättvik", None, None, "ok", "rod"),
        (None, None, None, None, "unknown", None),
        (None, None, None, None, "unreadable", "gron"),
        (None, None, None, None, "not_applicable", "gra"),
    ]
    assert {(one.unit_id, one.unit_label) for one in found.observations} == {("2080", "Falun")}


def test_an_empty_cell_without_colour_is_blank_in_that_table_too() -> None:
    rows: Rows = [
        ["Indikator", "Kommun med ja-svar"],
        ["Rutin med grannarna", ""],
        ["Rutin med skolan", "Mora"],
    ]
    found = read(table(rows, fills={(2, 1): RED}), block("Falun", kind="heading", level=2))
    assert [(one.status, one.answer) for one in found.observations] == [("blank", None), ("ok", "NEJ")]


def test_marks_answer_where_a_table_holds_nothing_else() -> None:
    rows: Rows = [["Kommun", "Metod A", "Metod B"], ["Falun", "X", ""], ["Mora", "", "X"]]
    found = read(table(rows))
    assert [(one.status, one.answer) for one in found.observations] == [
        ("ok", "JA"),
        ("blank", None),
        ("blank", None),
        ("ok", "JA"),
    ]
    mixed = read(table([["Kommun", "Metod A", "Metod B"], ["Falun", "Ja", "x"], ["Mora", "Nej", "12"]]))
    assert [one.status for one in mixed.observations] == ["ok", "suppressed", "ok", "ok"]


def test_colour_alone_answers_by_the_documents_own_legend_only() -> None:
    rows: Rows = [["Kommun", "Rutin", "Plan"], ["Falun", "", ""], ["Mora", "", ""], ["Rättvik", "", ""]]
    fills = {(1, 1): GREEN, (1, 2): RED, (2, 1): RED, (2, 2): YELLOW, (3, 1): GREEN, (3, 2): GREEN}
    made = table(rows, fills=fills)
    with_key = read(made, block("I tabellen betyder grönt ja, gult delvis och rött nej."))
    assert [one.answer for one in with_key.observations] == ["JA", "NEJ", "NEJ", "DELVIS", "JA", "JA"]
    without = read(made)
    assert {(one.answer, one.status) for one in without.observations} <= {(None, "blank")}


def test_zebra_stripes_are_no_colours() -> None:
    rows: Rows = [["Kommun", "Rutin"], ["Falun", "Ja"], ["Mora", "Nej"], ["Rättvik", "Ja"]]
    stripes = {(row, col): "#e2efda" for row in (1, 3) for col in (0, 1)}
    assert {one.colour for one in read(table(rows, fills=stripes)).observations} == {None}


def test_stadsdelar_and_their_city() -> None:
    rows: Rows = [
        ["Stadsdel", "Rutin för samverkan"],
        ["Bromma", "JA"],
        ["Farsta", "NEJ"],
        ["Hela staden", "50"],
    ]
    found = read(table(rows))
    assert [said(one)[0] for one in found.observations] == ["0180-bromma", "0180-farsta", "0180"]
    assert [(one.unit_kind, one.measure) for one in found.observations] == [
        ("stadsdel", "answer"),
        ("stadsdel", "answer"),
        ("kommun", "share"),
    ]


def test_shares_of_groups_of_kommuner() -> None:
    rows: Rows = [
        ["Kommungrupp", "Andel med rutin (%)"],
        ["Storstäder", "100"],
        ["Mindre städer och tätorter", "55"],
    ]
    found = read(table(rows))
    assert [(one.unit_id, one.unit_kind, one.value, one.value_unit) for one in found.observations] == [
        (None, "grupp", 100.0, "procent"),
        (None, "grupp", 55.0, "procent"),
    ]


def test_section_rows_head_the_indicators_below_them() -> None:
    rows: Rows = [
        ["Indikator", "Nacka", "Riket"],
        ["Tillgänglighet", None, None],
        ["Rutin för väntetid", "Ja", "65"],
        ["Helhetssyn och samordning", "", ""],
        ["Rutin för samverkan", "Nej", "30"],
    ]
    found = read(table(rows, spans={(1, 0): (1, 3)}))
    assert [(one.indicator_group, one.quality_area) for one in found.observations[::2]] == [
        ("Tillgänglighet", "tillganglighet"),
        ("Helhetssyn och samordning", "helhetssyn_och_samordning"),
    ]


def test_one_row_per_kommun_and_indicator() -> None:
    rows: Rows = [
        ["Kommun", "Indikator", "Svar", "Kommentar"],
        ["Falun", "Rutin för samverkan", "Ja", ""],
        ["Falun", "Uppföljning genomförd", "Nej", "Planeras"],
        ["Mora", "Rutin för samverkan", "Nej", ""],
    ]
    found = read(table(rows))
    assert [(*said(one), one.comment) for one in found.observations] == [
        ("2080", "Rutin för samverkan", "answer", "JA", None),
        ("2080", "Uppföljning genomförd", "answer", "NEJ", "Planeras"),
        ("2062", "Rutin för samverkan", "answer", "NEJ", None),
    ]


def test_repeated_heads_and_numbered_rows_hold_no_values() -> None:
    rows: Rows = [
        ["Nr", "Indikator", "Nacka", "Riket"],
        ["1", "Rutin för samverkan", "Ja", "65"],
        ["Nr", "Indikator", "Nacka", "Riket"],
        ["2", "Uppföljning genomförd", "Nej", "30"],
    ]
    found = read(table(rows))
    assert [one.indicator_label for one in found.observations] == ["Rutin för samverkan"] * 2 + [
        "Uppföljning genomförd"
    ] * 2


def test_heads_are_told_by_what_rows_hold_when_the_extractor_cannot_tell() -> None:
    rows: Rows = [["", "Rutin för samverkan"], ["Falun", "Ja"], ["Mora", "Nej"]]
    for guess in (0, 1, 2):
        found = read(table(rows, header_rows=guess))
        assert [said(one)[::3] for one in found.observations] == [("2080", "JA"), ("2062", "NEJ")]


def test_what_is_no_indicator_table_gives_no_observations() -> None:
    budget = read(
        table([["Kostnadsslag", "Budget", "Utfall"], ["Personal", "12 000", "13 000"], ["Hyra", "40", "41"]])
    )
    samples = read(
        table([["Färg", "Betydelse"], ["", "Ja"], ["", "Nej"]], fills={(1, 0): GREEN, (2, 0): RED})
    )
    key = read(table([["Kod", "Betydelse"], ["..", "Uppgift saknas"], ["x", "Sekretess"]]))
    sizes = read(table([["Klass", "Antal"], ["1 = upp till 15 tusen", "139"], ["2 = därutöver", "151"]]))
    contents = read(
        table([["Innehåll", ""], ["Inledning ........", "3"], ["Resultat ........", "5"]], hint="contents")
    )
    phones = read(
        table(
            [
                ["Kommun", "Kontakt", "Adress"],
                ["Falun", "Anna A", "Stora vägen"],
                ["Mora", "Bo B", "Lilla vägen"],
            ]
        )
    )
    kinds = [one.tables[0].kind for one in (budget, samples, key, sizes, contents, phones)]
    assert kinds == ["data", "key", "key", "key", "contents", "data"]
    assert not any(one.observations for one in (budget, samples, key, sizes, contents, phones))


def test_a_table_whose_units_cannot_be_told_is_unread_with_an_entry_to_paste() -> None:
    rows: Rows = [["Indikator", "Kolumn A", "Kolumn B"], ["Rutin för samverkan", "Ja", "Nej"]]
    found = read(table(rows))
    reading = found.tables[0]
    assert (reading.kind, reading.status, found.observations) == ("indicators", "unread", ())
    assert reading.reason is not None
    (missed,) = found.unmatched
    assert missed.register == "layouts"
    assert "'^kolumn a'" in missed.row
    assert found.record.status == "partial"
    assert (found.record.reason_code, "sida 1" in (found.record.reason or "")) == ("olast-tabell", True)


def test_an_unknown_indicator_is_observed_and_a_misspelt_unit_is_bound_and_reported() -> None:
    rows: Rows = [["Kommun", "Helt ny fråga om drakar"], ["Falun", "Ja"], ["Borlänga", "Nej"], ["Mora", "Ja"]]
    found = read(table(rows))
    assert {one.indicator_id for one in found.observations} == {None}
    assert [(one.unit_id, one.unit_label) for one in found.observations][1] == ("2081", "Borlänga")
    assert [(one.register, one.label) for one in found.unmatched] == [
        ("indicators", "Helt ny fråga om drakar"),
        ("units", "Borlänga"),
    ]
    assert found.unmatched[1].candidates[0] == "2081: Borlänge"


def test_cells_that_engines_read_differently_are_unreadable() -> None:
    rows: Rows = [["Kommun", "Andel nöjda, %"], ["Falun", "754"], ["Mora", "75 %"]]
    found = read(table(rows, readings={(1, 1): ("75 %",), (2, 1): ("75%",)}))
    assert [(one.status, one.value) for one in found.observations] == [("unreadable", None), ("ok", 75.0)]


def test_italics_are_uncertain_only_when_the_legend_says_so() -> None:
    made = table([["Kommun", "Andel nöjda"], ["Falun", "75"], ["Mora", "60"]], italic=[(1, 1)])
    explained = read(made, block("Kursiv stil visar att värdet bygger på små tal."))
    assert [one.uncertain for one in explained.observations] == [True, False]
    assert not any(one.uncertain for one in read(made).observations)


def test_a_tables_own_note_wins_over_the_documents_legend() -> None:
    rows: Rows = [["Kommun", "Andel nöjda"], ["Falun", "x"], ["Mora", "60"]]
    general = block("Teckenförklaring: x = sekretess")
    assert read(table(rows), general).observations[0].status == "suppressed"
    noted = table(rows, notes=("x = uppgift saknas",))
    assert read(noted, general).observations[0].status == "missing"


def test_columns_that_nothing_names_are_never_given_a_name() -> None:
    rows: Rows = [["Falun", "12", "400"], ["Mora", "8", "350"]]
    found = read(table(rows, header_rows=0), block("Bakgrundsmått", kind="heading", level=2))
    reading = found.tables[0]
    assert (reading.status, found.observations) == ("unread", ())
    assert "kolumnerna saknar rubriker" in (reading.reason or "")
    alone = read(
        table([["Falun", "12"], ["Mora", "8"]], header_rows=0, caption="Antal handläggare", label="Tabell 2")
    )
    assert [(one.indicator_label, one.value) for one in alone.observations] == [
        ("Antal handläggare", 12.0),
        ("Antal handläggare", 8.0),
    ]


def test_answers_of_nobody_knows_whom_are_unread_even_when_no_label_is_known() -> None:
    found = read(
        table([["Fråga ett", "Svar A", "Svar B"], ["Drakar", "Ja", "Nej"], ["Enhörningar", "Nej", "Ja"]])
    )
    assert [(one.kind, one.status) for one in found.tables] == [("indicators", "unread")]


def test_misread_labels_of_a_scanned_page_are_bound_to_the_nearest_entry() -> None:
    known = "Uppsökande verksamhet för akut hemlösa"
    rows: Rows = [
        ["", "Uppsökanda verksarnhet för akut hemlösa"],
        ["Falun", "JA"],
        ["Borlange", "NEJ"],
        ["Snitt", "50 %"],
    ]
    pdf = document([block(TITLE, kind="heading")], [table(rows)])
    scanned = replace(pdf, pages=tuple(replace(page, source="ocr") for page in pdf.pages))
    (found,) = read_documents(scanned, load_registers())
    assert {one.indicator_label for one in found.observations} == {known}
    assert [one.unit_id for one in found.observations] == ["2080", "2081", None]
    assert found.tables[0].table.cells[1].text == "Uppsökanda verksarnhet för akut hemlösa"
    (printed,) = read_documents(pdf, load_registers())
    assert {one.indicator_label for one in printed.observations} == {
        "Uppsökanda verksarnhet för akut hemlösa"
    }


def test_a_count_of_yes_answers_is_no_percentage() -> None:
    rows: Rows = [
        ["Kommun", "Rutin"],
        ["Falun", "Ja"],
        ["Mora", "Nej"],
        ["Antal ja", "1"],
        ["Andel ja", "50"],
    ]
    found = read(table(rows))
    assert [(one.measure, one.value, one.value_unit) for one in found.observations[2:]] == [
        ("value", 1.0, "antal"),
        ("mean", 50.0, "procent"),
    ]


def test_a_numbered_list_of_questions_with_section_rows_that_look_like_heads() -> None:
    rows: Rows = [
        ["Nr", "Fråga", "Kommunens svar", "Riket"],
        ["Helhetssyn och samordning", None, None, None],
        ["1", "Rutin för samverkan", "Ja", "88"],
        ["2", "Antal personer med boendestöd", "112", ".."],
        ["3", "Undersökning genomförd", "Vet ej", "41"],
    ]
    found = read(
        table(rows, header_rows=2, spans={(1, 0): (1, 4)}), block("Ludvika", kind="heading", level=2)
    )
    assert [(one.indicator_label, one.unit_id, one.status, one.measure) for one in found.observations] == [
        ("Rutin för samverkan", "2085", "ok", "answer"),
        ("Rutin för samverkan", "00", "ok", "share"),
        ("Antal personer med boendestöd", "2085", "ok", "value"),
        ("Antal personer med boendestöd", "00", "missing", "value"),
        ("Undersökning genomförd", "2085", "unknown", "answer"),
        ("Undersökning genomförd", "00", "ok", "share"),
    ]
    assert {one.indicator_group for one in found.observations} == {"Helhetssyn och samordning"}


def test_a_table_without_a_title_is_of_the_area_whose_indicators_it_holds() -> None:
    labels = ["Rutin för skyddade personuppgifter", "Socialjour med socionomer alla dagar hela dygnet"]
    labels += [
        "Aktuell samlad plan för handläggarnas kompetensutveckling",
        "Kontinuerliga genomgångar av rättsfall",
    ]
    rows: Rows = [["Indikator", "Nacka", "Riket"], *([label, "Ja", "50"] for label in labels)]
    found = read(
        table(rows), block("Bilaga 1. Ekonomiskt bistånd"), block("Bilaga 2. Hemlöshet"), title="ÖJ 2019"
    )
    assert len(found.record.areas) == 2
    assert found.tables[0].area == "ekonomiskt_bistand"


def test_grey_rows_are_shading_and_grey_single_cells_are_not() -> None:
    rows: Rows = [
        ["Kommun", "Rutin", "Plan"],
        ["Falun", "Ja", "Nej"],
        ["Mora", "Ja", "Ja"],
        ["Rättvik", "Nej", ""],
    ]
    fills = {(2, 1): "#d9d9d9", (2, 2): "#d9d9d9", (3, 2): "#d9d9d9"}
    found = read(table(rows, fills=fills), block("Gråmarkerade rutor visar att frågan inte är relevant."))
    assert [one.colour for one in found.observations] == [None] * 5 + ["gra"]
    assert found.observations[-1].status == "not_applicable"


def test_an_empty_first_row_of_a_kommun_is_no_head() -> None:
    rows: Rows = [["Kommun", "Rutin"], ["Falun", ""], ["Mora", "Ja"]]
    found = read(table(rows, header_rows=2))
    assert [(one.unit_id, one.status) for one in found.observations] == [("2080", "blank"), ("2062", "ok")]


def test_more_than_all_read_from_a_picture_is_unreadable() -> None:
    rows: Rows = [
        ["", "Rutin för samverkan"],
        ["Falun", "JA"],
        ["Mora", "NEJ"],
        ["Snitt", "754"],
        ["Riket", "62 %"],
    ]
    pdf = document([block(TITLE, kind="heading")], [table(rows)])
    scanned = replace(pdf, pages=tuple(replace(page, source="ocr") for page in pdf.pages))
    (found,) = read_documents(scanned, load_registers())
    assert [(one.status, one.value) for one in found.observations[2:]] == [("unreadable", None), ("ok", 62.0)]
    (printed,) = read_documents(pdf, load_registers())
    assert [(one.status, one.value) for one in printed.observations[2:]] == [("ok", 754.0), ("ok", 62.0)]


def test_footnote_marks_are_no_part_of_labels() -> None:
    rows: Rows = [
        ["Kommun", "Använder FIA*", "Rutin 1)"],
        ["Falun 2)", "Ja", "Nej"],
        ["Hela riket2", "40", "50"],
    ]
    found = read(table(rows))
    assert {one.indicator_label for one in found.observations} == {"Använder FIA", "Rutin"}
    assert [one.unit_id for one in found.observations[::2]] == ["2080", "00"]


def test_a_column_under_a_word_for_a_unit_is_an_indicator_where_rows_are_kommuner() -> None:
    rows: Rows = [["Kommun", "Regionen", "Försäkringskassan"], ["Falun", "JA", "NEJ"], ["Mora", "NEJ", "JA"]]
    found = read(table(rows, caption="Överenskommelser", label="Tabell 2"))
    assert [(one.unit_id, one.indicator_label, one.answer) for one in found.observations] == [
        ("2080", "Regionen", "JA"),
        ("2080", "Försäkringskassan", "NEJ"),
        ("2062", "Regionen", "NEJ"),
        ("2062", "Försäkringskassan", "JA"),
    ]


def test_columns_that_are_the_possible_answers_hold_one_mark_a_row() -> None:
    rows: Rows = [
        ["Kommun", "Ja", "Delvis", "Nej"],
        ["Falun", "X", "", ""],
        ["Mora", "", "X", ""],
        ["Leksand", "", "", ""],
        ["Rättvik", "X", "", "X"],
    ]
    found = read(table(rows, caption="Rutin för samverkan med skolan", label="Tabell 1"))
    assert [(one.unit_id, one.answer, one.status, one.col) for one in found.observations] == [
        ("2080", "JA", "ok", 1),
        ("2062", "DELVIS", "ok", 2),
        ("2029", None, "blank", 1),
        ("2031", None, "unreadable", 1),
    ]
    assert {one.indicator_label for one in found.observations} == {"Rutin för samverkan med skolan"}
    own = read(
        table([["Fråga", "Ja", "Nej"], ["Rutin finns", "", "X"]]), block("Ludvika", kind="heading", level=2)
    )
    assert [(one.unit_id, one.indicator_label, one.answer) for one in own.observations] == [
        ("2085", "Rutin finns", "NEJ")
    ]


def test_an_empty_cell_on_a_scanned_page_where_colour_answers_is_unreadable() -> None:
    rows: Rows = [
        ["Indikator", "Kommun med ja-svar"],
        ["Rutin med grannarna", ""],
        ["Rutin med skolan", "Mora"],
    ]
    pdf = document([block(TITLE, kind="heading"), block("Falun", kind="heading", level=2)], [table(rows)])
    scanned = replace(pdf, pages=tuple(replace(page, source="ocr") for page in pdf.pages))
    (found,) = read_documents(scanned, load_registers())
    assert [(one.status, one.answer) for one in found.observations] == [("unreadable", None), ("ok", "NEJ")]


def test_a_named_column_of_the_year_before_keeps_its_name() -> None:
    rows: Rows = [
        ["Kommun", "Väntetid", "Väntetid föregående år", "Andel ja, %"],
        ["Falun", "8-14 dgr", "1-3 dgr", "83"],
    ]
    found = read(table(rows))
    assert [(one.indicator_label, one.year, one.range_min, one.value_unit) for one in found.observations] == [
        ("Väntetid", 2023, 8.0, "dagar"),
        ("Väntetid föregående år", 2022, 1.0, "dagar"),
        ("Andel ja, %", 2023, None, "procent"),
    ]
    rows = [
        ["Indikator", "Nacka", "Nacka föregående år", "Riket"],
        ["Rutin för samverkan", "Ja", "Nej", "40"],
    ]
    assert [(one.unit_id, one.year) for one in read(table(rows)).observations] == [
        ("0182", 2023),
        ("0182", 2022),
        ("00", 2023),
    ]


def test_digits_are_answers_only_where_the_legend_says_so_and_no_other_figure_stands() -> None:
    key = block("1 = ja, 0 = nej")
    coded = read(table([["Kommun", "Rutin", "Plan"], ["Falun", "1", "0"], ["Mora", "0", "1"]]), key)
    assert [one.answer for one in coded.observations] == ["JA", "NEJ", "NEJ", "JA"]
    counted = read(table([["Kommun", "Antal boenden"], ["Falun", "1"], ["Mora", "12"]]), key)
    assert [(one.answer, one.value) for one in counted.observations] == [(None, 1.0), (None, 12.0)]


def test_a_captions_own_year_is_the_period_and_a_heads_year_the_edition() -> None:
    rows: Rows = [["Indikatorer 2016", "Nacka", "Riket"], ["Andel nöjda, %", "80", "75"]]
    found = read(
        table(rows, label="Tabell 1", caption="Brukarundersökning 2015"), title="Resultat för kommunen"
    )
    assert found.record.year == 2016
    assert {(one.year, one.period) for one in found.observations} == {(2016, "2015")}


def test_a_caption_of_counts_and_shares_gives_no_column_its_unit() -> None:
    rows: Rows = [["Kommun", "Utskick", "Svarande, %"], ["Falun", "25", "72"], ["Mora", "10", "90"]]
    found = read(table(rows, label="Tabell 4", caption="Enkät till personalen, antal och andel"))
    assert [one.value_unit for one in found.observations[:2]] == [None, "procent"]
