"""CSV and Excel: numbers are numbers, codes are text, nothing computes."""

import csv
import hashlib
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dataset.schemas import schemas
from pipeline.exports import load_settings, over_parquet, workbook_exporter, write_csv
from pipeline.exports.harmless import harmless, harmless_sql
from pipeline.exports.headings import headings
from pipeline.exports.settings import SettingsError
from tests.pipeline.exports.made import FORMULA, published, run_of


@pytest.fixture(scope="module")
def written(dataset: Path) -> Path:
    write_csv(dataset, {})
    workbook_exporter(load_settings())(dataset, run_of(dataset))
    return dataset


def table(path: Path, mark: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=mark))


def test_swedish_csv_has_bom_semicolon_comma_and_headings(written: Path) -> None:
    path = written / "csv/svensk/observations.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfObservations-id;")
    rows = {(row["Upplaga"], row["Enhet som den är tryckt"], row["Kolumn"]): row for row in table(path, ";")}
    assert rows["2021", "Svartå", "1"]["Värde"] == "2092,5"
    assert rows["2021", "Grönby", "2"]["Status"] == "Tom cell"
    assert rows["2021", "Riket", "1"]["Mått"] == "Andel enheter som svarat ja"


def test_plain_csv_is_the_published_table(written: Path) -> None:
    rows = table(written / "csv/plain/observations.csv", ",")
    assert list(rows[0]) == [column.name for column in schemas()["observations"].columns]
    assert {row["status"] for row in rows} >= {
        "ok",
        "blank",
        "missing",
        "suppressed",
        "not_applicable",
        "unknown",
    }
    assert {row["value"] for row in rows if row["unit_label"] == "Svartå" and row["col"] == "1"} == {"2092.5"}


@pytest.mark.parametrize(("folder", "mark"), [("plain", ","), ("svensk", ";")])
def test_no_field_of_csv_begins_a_formula(written: Path, folder: str, mark: str) -> None:
    for path in (written / "csv" / folder).glob("*.csv"):
        for row in table(path, mark):
            assert all(harmless(field) == field for field in row.values()), path.name
    texts = (written / "csv" / folder / "observations.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK" in texts and "'@Rutin" in texts and f"{mark}-{mark}" in texts


@given(st.text(alphabet="=+-@\t\r 1,5%abc\uff1d", max_size=8))
def test_sql_and_python_agree_on_what_is_a_formula(text: str) -> None:
    import duckdb

    assert duckdb.execute(f"SELECT {harmless_sql('x')} FROM (SELECT $1 AS x)", [text]).fetchone() == (
        harmless(text),
    )


@pytest.mark.parametrize("plain", ["-", "-5,5", "+12 %", "JA", "", "−3"])
def test_marks_and_numbers_stay_as_printed(plain: str) -> None:
    assert harmless(plain) == plain


def test_the_workbook_holds_numbers_as_numbers_and_codes_as_text(written: Path) -> None:
    book = openpyxl.load_workbook(written / "oj.xlsx")
    sheet = book["2021 Socialpsykiatri"]
    lines = {row[1].value: row for row in sheet.iter_rows(min_row=2)}
    head = [cell.value for cell in sheet[1]]
    first, second = head.index("Rådgivning inom fem dagar (kronor)"), head.index("'@Rutin vid hot")
    assert lines["Grönby"][0].value == "1001" and lines["Grönby"][0].data_type == "s"
    assert lines["Riket"][first].value == 71.0 and lines["Riket"][first].data_type == "n"
    words = [lines[name][second].value for name in ("Grönby", "Blåvik", "Rödsjö", "Gråmo", "Svartå")]
    assert words == ["tom cell", "uppgift saknas", "sekretess", "vet ej", "oläslig"]
    assert lines["Gråmo"][first].value == "ej aktuellt"
    assert {lines[name][2].value for name in ("Grönby", "Riket", "Snitt")} == {
        "svar",
        "andel ja",
        "medelvärde",
    }
    fills = {lines[name][first].fill.fgColor.rgb for name in ("Grönby", "Blåvik", "Rödsjö")}
    assert len(fills) == 3
    assert sheet.auto_filter.ref and sheet.freeze_panes
    assert book.sheetnames[0] == "Om datamängden"


def test_nothing_in_the_workbook_computes(written: Path) -> None:
    book = openpyxl.load_workbook(written / "oj.xlsx")
    types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in types
    values = [cell.value for row in book["Värden"].iter_rows() for cell in row]
    assert f"'{FORMULA}" in values and FORMULA not in values


def test_equal_rows_give_an_equal_workbook(tmp_path: Path) -> None:
    sums = set()
    for number in ("1", "2"):
        out = published(tmp_path / number)
        workbook_exporter(load_settings())(out, run_of(out))
        sums.add(hashlib.sha256((out / "oj.xlsx").read_bytes()).hexdigest())
    assert len(sums) == 1


def test_a_workbook_that_cannot_hold_all_rows_says_so(dataset: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    from pipeline.exports.workbook_sheets import table_sheets
    from pipeline.exports.workbook_words import documentation

    settings = replace(load_settings(), excel_max_rows=5)
    with over_parquet(dataset) as connection:
        lines = documentation(connection, run_of(dataset), settings, [])
        sheet = next(iter(table_sheets(connection, 5, 2)))
        assert len(list(sheet.rows)) == 5
    assert any("de första 5; resten står i observations.parquet" in line[-1] for line in lines if line)


def test_every_published_column_has_a_swedish_heading_of_its_own() -> None:
    for schema in schemas().values():
        named = [headings()[column.name] for column in schema.columns]
        assert len(set(named)) == len(named), schema.name


def test_a_steward_sets_some_and_keeps_the_rest(tmp_path: Path) -> None:
    own = tmp_path / "export.yaml"
    assert load_settings(own) == load_settings()
    own.write_text("publisher_name: Provkommunen\nsnapshots_kept: 3\n", encoding="utf-8")
    settings = load_settings(own)
    assert (settings.publisher_name, settings.snapshots_kept) == ("Provkommunen", 3)
    assert settings.licence == load_settings().licence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("utgivare: Jag", "utgivare, som inte går att ställa in"),
        ("snapshots_kept: många", "snapshots_kept ska vara ett heltal"),
        ("snapshots_kept: -1", "ett heltal från 0"),
        ("keywords: ord", "en lista av texter"),
        ("- a", "rader av formen"),
        ("a: [", "går inte att läsa som YAML"),
    ],
)
def test_wrong_settings_are_told(tmp_path: Path, text: str, words: str) -> None:
    own = tmp_path / "export.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words):
        load_settings(own)


def test_what_no_steward_has_set_is_told_and_never_passes_for_real(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.missing == (
        "publisher_name",
        "publisher_uri",
        "contact_name",
        "contact_email",
        "base_uri",
    )
    assert settings.notice and "utgivarens namn" in settings.notice and "export.yaml" in settings.notice
    own = tmp_path / "export.yaml"
    own.write_text(
        "publisher_name: Provkommunen\npublisher_uri: https://prov.example/\ncontact_name: Enheten\n"
        "contact_email: enheten@prov.example\n",
        encoding="utf-8",
    )
    assert load_settings(own).missing == ("base_uri",)
    with own.open("a", encoding="utf-8") as file:
        file.write("base_uri: https://prov.example/oj/\nissued: 2026-01-31\n")
    assert load_settings(own).notice is None and load_settings(own).issued == "2026-01-31"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("publisher_uri: provkommunen", "hel adress som börjar med https"),
        ("base_uri: 'https://en adress'", "hel adress"),
        ("contact_email: Statistikenheten", "en e-postadress"),
        ("issued: i går", "ett datum"),
    ],
)
def test_an_address_that_is_none_is_refused(tmp_path: Path, text: str, words: str) -> None:
    own = tmp_path / "export.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=words):
        load_settings(own)


def test_the_workbook_and_the_site_say_that_nobody_publishes_yet(written: Path, tmp_path: Path) -> None:
    from pipeline.exports.site.build import site_exporter

    notice = load_settings().notice
    book = openpyxl.load_workbook(written / "oj.xlsx")
    assert notice in [row[1].value for row in book["Om datamängden"].iter_rows()]
    out = published(tmp_path)
    site_exporter(load_settings())(out, run_of(out))
    for name in ("index.html", "kvalitetsdeklaration.html"):
        assert str(notice) in (out / "site" / name).read_text(encoding="utf-8")
