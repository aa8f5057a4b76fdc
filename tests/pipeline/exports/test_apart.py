"""NEJ and the kinds of absence stay apart, and measures are never mixed, in every export and every view."""

import csv
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pyarrow.parquet as pq
import pytest

from pipeline.exports import ask, kommun_rows, load_settings, workbook_exporter, write_csv
from pipeline.exports.showing import around, shown_value
from pipeline.exports.site.build import site_exporter
from tests.pipeline.exports.made import INDICATORS, LINES, published, read, run_of

#: What the made dataset prints for its second (unknown) indicator, and what each export must say of it.
STATUSES = {
    "Grönby": "blank",
    "Blåvik": "missing",
    "Rödsjö": "suppressed",
    "Gråmo": "unknown",
    "Svartå": "unreadable",
}
WORDS = {
    "blank": ("Tom cell", "tom cell"),
    "missing": ("Uppgift saknas", "uppgift saknas"),
    "suppressed": ("Skyddad av sekretess", "sekretess"),
    "unknown": ("Vet ej", "vet ej"),
    "unreadable": ("Kunde inte läsas", "oläslig"),
    "not_applicable": ("Ej aktuellt", "ej aktuellt"),
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = published(tmp_path_factory.mktemp("isar"))
    write_csv(made, {})
    workbook_exporter(load_settings())(made, run_of(made))
    site_exporter(load_settings())(made, run_of(made))
    return made


def csv_rows(path: Path, mark: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=mark))


def test_both_kinds_of_csv_tell_every_kind_of_absence_from_nej(out: Path) -> None:
    plain = csv_rows(out / "csv/plain/observations.csv", ",")
    swedish = csv_rows(out / "csv/svensk/observations.csv", ";")
    for row, told in zip(plain, swedish, strict=True):
        assert row["observation_id"] == told["Observations-id"]
        if row["col"] == "2" and row["unit_label"] in STATUSES:
            status = STATUSES[row["unit_label"]]
            assert (row["status"], told["Status"]) == (status, WORDS[status][0])
            assert (row["answer"], row["value"], told["Svar"], told["Värde"]) == ("", "", "", "")
    no = [row for row in plain if row["answer"] == "NEJ"]
    assert no and {row["status"] for row in no} == {"ok"}


def test_excel_tells_them_apart_on_both_kinds_of_sheets(out: Path) -> None:
    book = openpyxl.load_workbook(out / "oj.xlsx")
    sheet = book["2021 Socialpsykiatri"]
    column = [cell.value for cell in sheet[1]].index("'@Rutin vid hot")
    wide = {row[1].value: row[column].value for row in sheet.iter_rows(min_row=2)}
    assert {unit: wide[unit] for unit in STATUSES} == {unit: WORDS[one][1] for unit, one in STATUSES.items()}
    values = book["Värden"]
    head = [cell.value for cell in values[1]]
    status, answer, figure = head.index("Status"), head.index("Svar"), head.index("Värde")
    for row in values.iter_rows(min_row=2):
        if row[status].value != "Värde finns":
            assert row[answer].value is None and row[figure].value is None
    words = {row[status].value for row in values.iter_rows(min_row=2)}
    assert words == {one for one, _ in WORDS.values()} | {"Värde finns"}


def test_the_site_tells_them_apart_by_word_and_by_class(out: Path) -> None:
    for unit, (_, unit_id, *_) in zip((line[0] for line in LINES), LINES, strict=True):
        if unit in STATUSES:
            text = (out / f"site/kommun/{unit_id}.html").read_text(encoding="utf-8")
            assert f">{WORDS[STATUSES[unit]][1]}</a>" in text, unit
    blank = (out / "site/kommun/1001.html").read_text(encoding="utf-8")
    no = (out / "site/kommun/1002.html").read_text(encoding="utf-8")
    assert 'class="v utan"' in blank and 'class="v nej"' in no


def test_the_page_of_special_values_lists_each_kind_with_its_source(out: Path) -> None:
    text = (out / "site/sarskilda.html").read_text(encoding="utf-8")
    for status in WORDS:
        part = text.split(f'id="{status}"')[1].split("<h2")[0]
        assert part.count('href="kalla/') == 4  # value and source, in two editions
    unknown = text.split('id="okand-indikator"')[1].split("<h2")[0]
    assert "16 värden" in unknown and "@Rutin vid hot" in unknown


def test_nothing_is_lost_and_nothing_is_doubled_on_the_way_to_any_view(out: Path) -> None:
    (total,) = ask(out, "SELECT count(*) FROM observations").rows[0]
    for view in ("long", "resolved"):
        assert ask(out, f"SELECT count(*) FROM {view}").rows == ((total,),)
    units = "(SELECT count(*) FROM long WHERE unit_id IS NOT NULL)"
    assert ask(out, f"SELECT count(*) = {units} FROM compared").rows == ((True,),)
    assert ask(out, f"SELECT count(*) = {units} FROM series").rows == ((True,),)
    wide = 'SELECT sum(("i-1__status" IS NOT NULL)::INT + '
    wide += '("okänd/socialpsykiatri/@Rutin vid hot__status" IS NOT NULL)::INT) FROM wide_socialpsykiatri_'
    assert sum(int(ask(out, f"{wide}{year}").rows[0][0]) for year in (2021, 2022)) == total


@pytest.mark.parametrize("view", ["resolved", "series", "compared"])
def test_a_row_of_a_view_holds_one_measure(out: Path, view: str) -> None:
    found = ask(
        out, f"SELECT DISTINCT measure, answer IS NULL, value IS NULL FROM {view} WHERE status = 'ok'"
    )
    assert {row for row in found.rows if row[0] == "answer"} == {("answer", False, True)}
    assert all(
        no_answer and not no_value for measure, no_answer, no_value in found.rows if measure != "answer"
    )


def test_a_unit_with_an_own_answer_and_a_share_has_two_lines(tmp_path: Path) -> None:
    one = read("a", 2021)
    share = replace(
        one.observations[0],
        observation_id="o-andel",
        row=30,
        measure="share",
        answer=None,
        value=80.0,
        value_unit="procent",
        value_raw="80",
    )
    later = read("b", 2022)
    out = published(tmp_path, replace(one, observations=(*one.observations, share)), later)
    wide = 'SELECT measure, "i-1", "i-1__value" FROM wide_socialpsykiatri_2021 WHERE unit_id = \'1001\''
    assert set(ask(out, wide).rows) == {("answer", "JA", None), ("share", None, 80.0)}
    series = "SELECT measure, year, previous_year, change FROM series WHERE unit_id = '1001' "
    series += "AND indicator_key = 'i-1' ORDER BY ALL"
    assert ask(out, series).rows == (
        ("answer", 2021, None, None),
        ("answer", 2022, 2021, None),
        ("share", 2021, None, None),
    )


def test_a_change_is_counted_within_one_unit_of_measurement_only(tmp_path: Path) -> None:
    percent = {"Svartå": {"value": 12.0, "value_unit": "procent"}}
    out = published(tmp_path, read("a", 2020), read("b", 2021), read("c", 2022, **percent))
    sql = "SELECT year, change FROM series WHERE unit_id = '1005' AND indicator_key = 'i-1' ORDER BY year"
    assert ask(out, sql).rows == ((2020, None), (2021, 0.0), (2022, None))


def test_no_change_is_counted_over_a_break_of_the_definition(tmp_path: Path) -> None:
    broken = SimpleNamespace(**vars(INDICATORS[0]) | {"breaks": ["2021: Frågan ställs på ett annat sätt"]})
    years = [
        read(str(year), year, Svartå={"value": 10.0 * (year - 2000)}) for year in (2019, 2020, 2021, 2022)
    ]
    out = published(tmp_path, *years, indicators=[broken])
    sql = "SELECT year, comparable, change FROM series WHERE unit_id = '1005' AND indicator_key = 'i-1' "
    assert ask(out, f"{sql} ORDER BY year").rows == (
        (2019, None, None),
        (2020, True, 10.0),
        (2021, False, None),
        (2022, True, 10.0),
    )
    site_exporter(load_settings())(out, run_of(out))
    for name in ("indikator/i-1.html", "kvalitetsdeklaration.html"):
        assert "Frågan ställs på ett annat sätt" in (out / "site" / name).read_text(encoding="utf-8")


def test_a_kommun_stands_beside_shares_that_say_so(out: Path) -> None:
    (row,) = [
        row for row in kommun_rows(out, "1001") if row["year"] == 2021 and row["indicator_key"] == "i-1"
    ]
    assert shown_value(row) == "JA"
    assert (around(row, "lan"), around(row, "riket")) == ("62,5\u00a0% (andel ja)", "71\u00a0% (andel ja)")
    assert (row["lan_measure"], row["riket_measure"]) == ("share", "share")


def test_what_stands_beside_comes_from_other_documents_only_when_they_agree(tmp_path: Path) -> None:
    alone = read("a", 2021)
    alone = replace(alone, observations=tuple(o for o in alone.observations if o.unit_kind == "kommun"))
    nation = read("b", 2021)
    nation = replace(
        nation, observations=tuple(o for o in nation.observations if o.unit_kind in ("riket", "grupp"))
    )
    out = published(tmp_path / "1", alone, nation)
    sql = (
        "SELECT riket_value, riket_document_id FROM compared WHERE unit_id = '1001' AND indicator_key = 'i-1'"
    )
    assert ask(out, sql).rows == ((71.0, nation.record.document_id),)
    other = read("c", 2021)
    other = replace(
        other,
        observations=tuple(
            replace(o, value=50.0) for o in other.observations if o.unit_kind in ("riket", "grupp")
        ),
    )
    disputed = published(tmp_path / "2", alone, nation, other)
    assert ask(disputed, sql).rows == ((None, None),)


def test_periods_of_one_edition_are_compared_each_with_its_own(tmp_path: Path) -> None:
    made = []
    for number, period in enumerate(("2019", "2020")):
        for one in read("a", 2021).observations:
            if one.col == 1 and one.unit_id in ("1001", "00"):
                value = None if one.value is None else one.value + number
                name = f"{one.observation_id}{number}"
                made.append(
                    replace(one, observation_id=name, period=period, value=value, row=one.row + 20 * number)
                )
    out = published(tmp_path, replace(read("a", 2021), observations=tuple(made)))
    sql = "SELECT period, riket_value FROM compared WHERE unit_id = '1001' ORDER BY period"
    assert ask(out, sql).rows == (("2019", 71.0), ("2020", 72.0))


def test_equal_words_under_two_headings_or_areas_stay_two_indicators(tmp_path: Path) -> None:
    one = read("a", 2021)
    first, second, third = (
        replace(o, indicator_label="Totalt", indicator_group=group, area=area)
        for o, group, area in zip(
            [o for o in one.observations if o.col == 2],
            ("Väntetid", "Kostnad", "Kostnad"),
            ("socialpsykiatri", "socialpsykiatri", "hemloshet"),
            strict=False,
        )
    )
    out = published(tmp_path, replace(one, observations=(first, second, third)))
    keys = {row[0] for row in ask(out, "SELECT indicator_key FROM long").rows}
    assert keys == {
        "okänd/socialpsykiatri/Väntetid/Totalt",
        "okänd/socialpsykiatri/Kostnad/Totalt",
        "okänd/hemloshet/Kostnad/Totalt",
    }
    site_exporter(load_settings())(out, run_of(out))
    pages = [path.read_text(encoding="utf-8") for path in (out / "site/indikator").glob("*.html")]
    assert len(pages) == 3 and all("Registret känner inte det här namnet" in page for page in pages)


def test_a_range_keeps_its_ends_in_the_wide_view_and_in_excel(tmp_path: Path) -> None:
    days = {"range_min": 4.0, "range_max": 7.0, "value_unit": "dagar", "value_raw": "JA (4-7 DAGAR)"}
    out = published(tmp_path, read("a", 2021, Grönby=days))
    sql = 'SELECT "i-1", "i-1__min", "i-1__max" FROM wide_socialpsykiatri_2021 WHERE unit_id = \'1001\''
    assert ask(out, sql).rows == (("JA", 4.0, 7.0),)
    workbook_exporter(load_settings())(out, run_of(out))
    cells = [
        cell.value for row in openpyxl.load_workbook(out / "oj.xlsx")["2021 Socialpsykiatri"] for cell in row
    ]
    assert "JA (4–7 dagar)" in cells


def test_a_value_that_two_documents_print_is_one_line_with_two_sources(tmp_path: Path) -> None:
    out = published(tmp_path, read("a", 2021), read("b", 2021))
    site_exporter(load_settings())(out, run_of(out))
    text = (out / "site/kommun/1001.html").read_text(encoding="utf-8")
    assert text.count(">JA</a>") == 1 and ">[2]</a>" in text
    assert "2021: 1 JA, 1 utan svar." in text  # the chart counts the question once
    indicator = (out / "site/indikator/i-1.html").read_text(encoding="utf-8")
    assert "2021: 1 JA, 1 DELVIS, 1 NEJ, 1 utan svar." in indicator
    rows = pq.read_table(out / "observations.parquet").to_pylist()
    own = [row for row in rows if row["unit_id"] == "1001" and row["col"] == 1]
    assert len(own) == 2
    assert all(f"{row['document_id']}-s{row['page']}.html#{row['observation_id']}" in text for row in own)
