"""Documents told apart, and what each says of itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.model import Page
from pipeline.normalize import ManifestRow, read_documents
from pipeline.normalize.dates import find_date, is_only_date
from pipeline.normalize.metadata import edition_year, find_diarienummer
from pipeline.reference import load_registers
from tests.pipeline.normalize.build import block, document, table

REGISTERS = load_registers()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2024-10-11 SN/2024:81", "SN/2024:81"),
        ("Dnr: 3.1-164/2014", "3.1-164/2014"),
        ("Dnr SN 2023/112", "SN 2023/112"),
        ("Diarienummer: VON-2021-0345", "VON-2021-0345"),
        ("Diarienr KS 2019/00123-4", "KS 2019/00123-4"),
        ("IFN 2022-118", "IFN 2022-118"),
        ("ÄN/2020:7", "ÄN/2020:7"),
        ("2022/415 SOC", "2022/415 SOC"),
        ("Den 2024-10-11 beslutade nämnden", None),
        ("SOL 2001 och LSS 1993", None),
        ("perioden 2012-2013", None),
    ],
)
def test_diarienummer_of_many_kinds(text: str, number: str | None) -> None:
    assert find_diarienummer(text) == number


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Publicerad 8 april 2021", dt.date(2021, 4, 8)),
        ("2024-10-11 SN/2024:81", dt.date(2024, 10, 11)),
        ("den 3 Maj 2023", dt.date(2023, 5, 3)),
        ("Augusti 2014", None),
        ("2024-13-40", None),
        ("31 februari 2020 eller 1 mars 2020", dt.date(2020, 3, 1)),
    ],
)
def test_swedish_dates(text: str, date: dt.date | None) -> None:
    assert find_date(text) == date


def test_a_date_alone_is_told_from_a_date_in_a_sentence() -> None:
    assert is_only_date("8 april 2021")
    assert not is_only_date("Vi träffades den 8 april 2021 i Falun")


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Öppna jämförelser Ekonomiskt bistånd 2019", 2019),
        ("Öppna jämförelser 2020: hemlöshet", 2020),
        ("Resultat från 2018 års öppna jämförelser", 2018),
        ("ÖJ LSS 2022", 2022),
        ("Verksamhetsberättelse 2019", None),
    ],
)
def test_the_edition_is_the_year_beside_the_name(title: str, year: int | None) -> None:
    assert edition_year(title) == year


def bundle() -> list[object]:
    return [
        block("Socialförvaltningen", kind="heading"),
        block("Tjänsteskrivelse", kind="heading"),
        block("2023-05-02 SN/2023:11"),
        block("Öppna jämförelser 2023", kind="heading", level=2),
        block("Nacka stad redovisar resultaten."),
        block("Bilaga 1. Ekonomiskt bistånd", kind="list_item"),
        block("Bilaga 2. Missbruks- och beroendevård", kind="list_item"),
        block("Tjänsteskrivelse", page=2),
        block("2023-05-02 SN/2023:11", page=2),
        block("Bilaga 2, Missbruks- och beroendevård", kind="heading", page=3, before_table=1),
        block("Tjänsteskrivelse", kind="heading", page=4, before_table=2),
        block("2023-05-09 Dnr SN 2023/12", page=4, before_table=2),
        block("Ny taxa för hemtjänst i Nacka kommun", page=4, before_table=2),
        block("Förslag till beslut", kind="heading", page=4, level=2, before_table=2),
    ]


def appendix(page: int) -> list[list[str]]:
    return [["Indikator", "Nacka", "Länet"], ["Rutin för samverkan", "Ja", str(40 + page)]]


def test_a_bundle_of_memos_is_told_apart() -> None:
    pdf = document(bundle(), [table(appendix(2), page=2), table(appendix(3), page=3)])  # type: ignore[arg-type]
    first, second = read_documents(pdf, REGISTERS)
    assert (first.record.document_id, second.record.document_id) == ("0f" * 8 + "-1", "0f" * 8 + "-2")
    assert (first.record.page_first, first.record.page_last) == (1, 3)
    assert (second.record.page_first, second.record.page_last) == (4, 4)
    assert (first.record.diarienummer, second.record.diarienummer) == ("SN/2023:11", "SN 2023/12")
    assert (first.record.published, second.record.published) == (dt.date(2023, 5, 2), dt.date(2023, 5, 9))
    assert (first.record.title, second.record.title) == (
        "Öppna jämförelser 2023",
        "Ny taxa för hemtjänst i Nacka kommun",
    )
    assert (first.record.year, second.record.year) == (2023, None)
    assert first.record.areas == ("ekonomiskt_bistand", "missbruk_och_beroende")
    assert {first.record.document_type, second.record.document_type} == {"tjansteskrivelse"}
    assert first.record.publisher == "Nacka stad"
    assert [len(first.tables), len(second.tables)] == [2, 0]
    for part in (first, second):
        assert all(part.blocks[one.block].text == one.text for one in part.sentences)
    assert second.blocks[0].before_table == 0


def test_an_unprinted_appendix_title_follows_from_the_list() -> None:
    pdf = document(bundle(), [table(appendix(2), page=2), table(appendix(3), page=3)])  # type: ignore[arg-type]
    first = read_documents(pdf, REGISTERS)[0]
    assert [(one.label, one.label_inferred, one.area) for one in first.tables] == [
        ("Bilaga 1", True, "ekonomiskt_bistand"),
        ("Bilaga 2", False, "missbruk_och_beroende"),
    ]
    assert {one.table_label for one in first.observations} == {"Bilaga 1", "Bilaga 2"}


def test_a_missing_table_number_follows_from_the_order() -> None:
    rows = [["Kommun", "Rutin"], ["Falun", "Ja"], ["Mora", "Nej"]]
    tables = [table(rows, label="Tabell 1"), table(rows), table(rows, label="Tabell 3")]
    (only,) = read_documents(document([block("Öppna jämförelser 2020", kind="heading")], tables), REGISTERS)
    assert [(one.label, one.label_inferred) for one in only.tables] == [
        ("Tabell 1", False),
        ("Tabell 2", True),
        ("Tabell 3", False),
    ]
    without = read_documents(document([], [tables[0], tables[1], tables[1], tables[2]]), REGISTERS)[0]
    assert [one.label for one in without.tables] == ["Tabell 1", None, None, "Tabell 3"]


def test_ids_follow_what_is_printed_not_its_place_or_value() -> None:
    rows = [["Kommun", "Rutin"], ["Falun", "Ja"], ["Mora", "Nej"]]
    other = [["Kommun", "Plan"], ["Falun", "Nej"], ["Mora", "Nej"]]
    changed = [["Kommun", "Rutin"], ["Falun", "Nej"], ["Mora", "Nej"]]
    title = block("Öppna jämförelser 2020", kind="heading")
    (alone,) = read_documents(document([title], [table(rows, label="Tabell 2")]), REGISTERS)
    (moved,) = read_documents(
        document([title], [table(other, label="Tabell 1"), table(changed, label="Tabell 2", page=3)]),
        REGISTERS,
    )
    assert {one.observation_id for one in alone.observations} < {
        one.observation_id for one in moved.observations
    }
    assert alone.tables[0].table_id == moved.tables[1].table_id


def test_a_report_a_review_and_a_web_page() -> None:
    report = read_documents(
        document(
            [
                block("Öppna jämförelser LSS 2022", kind="heading"),
                block("Länsrapport"),
                block("Utgivare: FoU Exempel"),
                block("Publicerad 3 maj 2023"),
            ]
        ),
        REGISTERS,
    )[0].record
    assert (report.document_type, report.publisher, report.year) == ("oj_rapport", "FoU Exempel", 2022)
    assert (report.published, report.areas) == (dt.date(2023, 5, 3), ("funktionsnedsattning_lss",))
    review = read_documents(
        document([block("Kvalitetsgranskning av hemtjänsten", kind="heading"), block("Augusti 2014")]),
        REGISTERS,
    )[0].record
    assert (review.document_type, review.published, review.year) == ("granskningsrapport", None, None)


def test_the_manifest_overrides_what_is_read() -> None:
    row = ManifestRow(
        "prov.pdf",
        "https://exempel.se/a.pdf",
        "Egen titel",
        "Egen utgivare",
        dt.date(2020, 1, 2),
        2018,
        ("hemlöshet",),
    )
    record = read_documents(document([block("Öppna jämförelser 2019", kind="heading")]), REGISTERS, row)[
        0
    ].record
    assert (record.title, record.publisher, record.source_url) == (
        "Egen titel",
        "Egen utgivare",
        "https://exempel.se/a.pdf",
    )
    assert (record.published, record.year, record.areas) == (dt.date(2020, 1, 2), 2018, ("hemloshet",))


def test_pages_that_cannot_be_read_are_told() -> None:
    whole = document([block("Öppna jämförelser 2019", kind="heading")], pages=2)
    dark = replace(
        whole, pages=(whole.pages[0], Page(2, 595, 842, "unreadable", "Bilden kunde inte tolkas."))
    )
    partial = read_documents(dark, REGISTERS)[0].record
    assert (partial.status, partial.reason_code) == ("partial", "olasbar-sida")
    assert "Sida 2" in (partial.reason or "")
    empty = read_documents(document([]), REGISTERS)[0].record
    assert (empty.status, empty.reason_code, empty.page_last) == ("quarantined", "inget-lasbart", 1)
