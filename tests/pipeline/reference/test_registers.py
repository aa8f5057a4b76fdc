"""Loading, digests, faults with file and row, and: one row of data, no code."""

from __future__ import annotations

import datetime as dt
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import RegisterError
from pipeline.reference import Registers, check_registers, load_registers, register_files, register_folder

AddRow = Callable[[str, str], Registers]


def test_the_registers_of_the_package_are_consistent(registers: Registers) -> None:
    assert check_registers(registers) == ()


def test_loading_twice_gives_the_same_object_until_a_file_changes(folder: Path, add_row: AddRow) -> None:
    before = load_registers(folder)
    assert load_registers(folder) is before
    after = add_row("unit_aliases.csv", "Storstaden,0180,,,")
    assert after is not before
    changed = {name for name in after.digests if after.digests[name] != before.digests[name]}
    assert changed == {"unit_aliases.csv"} and after.digest != before.digest


def test_equal_files_give_equal_digests_wherever_they_lie(registers: Registers, folder: Path) -> None:
    assert load_registers(folder).digest == registers.digest
    names = {path.relative_to(register_folder()).as_posix() for path in register_files(register_folder())}
    assert set(registers.digests) == names


def test_registers_travel_to_worker_processes(registers: Registers) -> None:
    again = pickle.loads(pickle.dumps(registers))
    assert again.digest == registers.digest
    assert again.units.find("Solna").unit_id == "0184"


def test_a_spelling_of_a_unit_takes_one_row(add_row: AddRow) -> None:
    assert load_registers().units.find("Eskilsby").unit_id is None
    assert add_row("unit_aliases.csv", "Eskilsby,0484,,,").units.find("ESKILSBYS kommun").unit_id == "0484"


def test_a_unit_takes_one_row(add_row: AddRow) -> None:
    registers = add_row("units.csv", "0581-vasterstan,Västerstan,stadsdel,05,2027,,nej")
    match = registers.units.find("Västerstans stadsdelsnämnd", year=2027)
    assert (match.unit_id, match.kind) == ("0581-vasterstan", "stadsdel")
    assert check_registers(registers) == ()


def test_a_word_for_a_mean_takes_one_row(add_row: AddRow) -> None:
    match = add_row("unit_groups.csv", "Mittvärde,affix,grupp,median,,,").units.find("Mittvärde riket")
    assert (match.unit_id, match.statistic) == ("00", "median")


def test_a_spelling_of_an_indicator_takes_one_row(add_row: AddRow) -> None:
    registers = add_row(
        "indicator_aliases.csv", "Lagbok på nätet,eb-rattsdatabas,ekonomiskt_bistand,2012,2014"
    )
    look_up = registers.indicators.find
    assert look_up("Lagbok på nätet", area="ekonomiskt_bistand", year=2013).indicator_id == "eb-rattsdatabas"
    assert look_up("Lagbok på nätet", area="ekonomiskt_bistand", year=2015).indicator_id is None
    assert look_up("Lagbok på nätet", area="aldreomsorg", year=2013).indicator_id is None


def test_an_indicator_takes_one_row(add_row: AddRow) -> None:
    row = "kris-batar,Båtar i beredskap,krisberedskap,trygghet_och_sakerhet,answer,procent,true,,2027,,"
    found = add_row("indicators.csv", row).indicators.find("båtar i beredskap?", area="krisberedskap")
    assert found.indicator_id == "kris-batar"


def test_an_answer_code_takes_one_row(add_row: AddRow) -> None:
    code = add_row("answers.csv", "oftast,DELVIS,ok,OFTAST,").answers.find("Oftast")
    assert code is not None and code.answer == "DELVIS"


def test_a_layout_takes_one_file(folder: Path) -> None:
    (folder / "layouts").mkdir(exist_ok=True)
    (folder / "layouts" / "ny-form.yaml").write_text("id: ny-form\nname: en ny form\n", encoding="utf-8")
    assert load_registers(folder).layout("ny-form").data["name"] == "en ny form"


def test_a_correction_takes_one_row_and_guards_what_it_expects(add_row: AddRow) -> None:
    row = "r1,dok-1,,Tabell 2,Solna,Rättsdatabas,JA,NEJ,Bekräftat av kommunen,2025-03-01,granskare-7"
    registers = add_row("corrections.csv", row)
    (correction,) = registers.corrections.for_document("dok-1", "0" * 64)
    assert registers.corrections.for_document("dok-2", "0" * 64) == ()
    cell = {"document_id": "dok-1", "file_sha256": "0" * 64, "table_label": "TABELL 2"}
    assert correction.is_for(**cell, unit_label="solna", indicator_label="Rätts-databas")
    assert not correction.is_for(**cell, unit_label="Solna", indicator_label="Klagomål")
    assert correction.applies_to(" JA\n") and not correction.applies_to("NEJ")
    assert correction.date == dt.date(2025, 3, 1)


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        ("units.csv", "0184-x,X,by,01,,,nej", "kolumnen kind är ”by”"),
        ("units.csv", ",X,kommun,01,,,nej", "unit_id får inte vara tom"),
        ("units.csv", "0180-x,X,stadsdel,01,2020,2010,nej", "valid_to"),
        ("units.csv", "0180-x,X,stadsdel,01,snart,,nej", "ska vara ett årtal"),
        ("units.csv", "0180-x,X,stadsdel", "7 kolumner"),
        ("units.csv", "0184,Solna,kommun,01,,,nej", "enheten ”0184” står två gånger"),
        ("unit_aliases.csv", "X,9999,,,", "enheten ”9999” finns inte"),
        ("indicators.csv", "eb-rattsdatabas,X,ekonomiskt_bistand,,answer,,,,,,", "står två gånger"),
        ("indicators.csv", "eb-x,X,ekonomi,,answer,,,,,,", "kolumnen area är ”ekonomi”"),
        ("indicator_aliases.csv", "X,eb-finns-inte,,,", "eb-finns-inte"),
        ("indicator_breaks.csv", "eb-rattsdatabas,,Ändrad", "year får inte vara tom"),
        ("answers.csv", "JA,NEJ,ok,,", "koden ”ja” står två gånger"),
        ("value_units.csv", "kronor,riksdaler,behind,kronor,många,", "ska vara ett tal"),
        ("label_words.csv", "två ord,,", "skriv ett ord"),
        ("areas.csv", "nytt_omrade,nytt,alias,", "saknar en rad med rollen name"),
        ("corrections.csv", "r1,,,,Solna,X,JA,NEJ,skäl,2025-01-01,g", "document_id eller document_sha256"),
        ("corrections.csv", "r1,d,,,Solna,X,JA,NEJ,skäl,i går,g", "ÅÅÅÅ-MM-DD"),
        ("corrections.csv", "r1,d,,,Solna,X,JA,JA,skäl,2025-01-01,g", "ändrar ingenting"),
    ],
)
def test_a_faulty_row_is_told_with_its_file(add_row: AddRow, name: str, row: str, said: str) -> None:
    with pytest.raises(RegisterError) as caught:
        add_row(name, row)
    assert name in caught.value.message and said in caught.value.message
    assert caught.value.code == "register"


def test_the_row_number_is_that_of_the_file(folder: Path, add_row: AddRow) -> None:
    last = len((folder / "unit_aliases.csv").read_text(encoding="utf-8").splitlines()) + 1
    with pytest.raises(RegisterError, match=f"rad {last}:"):
        add_row("unit_aliases.csv", "X,9999,,,")


def test_missing_surplus_and_unreadable_files_are_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="finns inte"):
        load_registers(tmp_path / "ingenstans")
    path = folder / "answers.csv"
    text = path.read_text(encoding="utf-8")
    for broken, said in (
        (text.replace("status", "läge", 1), "kolumnen status saknas"),
        (text.replace("status,", "status,extra,", 1), "”extra” är okänd"),
    ):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(RegisterError, match=said):
            load_registers(folder)
    path.write_bytes(text.encode("latin-1", errors="replace"))
    with pytest.raises(RegisterError, match="UTF-8"):
        load_registers(folder)
    path.unlink()
    with pytest.raises(RegisterError, match=r"answers\.csv saknas"):
        load_registers(folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [("id: annan\n", "ska vara ”ny”"), ("- a\n- b\n", "namngivna fält"), ("id: [\n", "ingen läsbar YAML")],
)
def test_a_faulty_layout_is_told(folder: Path, text: str, said: str) -> None:
    (folder / "layouts").mkdir(exist_ok=True)
    (folder / "layouts" / "ny.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=said):
        load_registers(folder)


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        ("unit_aliases.csv", "Mora,0184,,,", "betyder både"),
        ("units.csv", "0184x,Solnaby,kommun,01,,,nej", "inte passar sorten kommun"),
        ("units.csv", "0180-by,By,stadsdel,77,,,nej", "hör till länet ”77”"),
        ("units.csv", "9980-by,By,stadsdel,01,,,nej", "kommun som inte finns"),
        ("unit_groups.csv", "Solna,whole,grupp,mean,,,", "namnet på en enhet"),
        ("unit_groups.csv", "snitt,whole,grupp,mean,,,", "står två gånger"),
        ("indicators.csv", "eb-ny,Ny,ekonomiskt_bistand,,answer,procent,,K12,,,", "nyckeltalet ”K12”"),
        ("indicators.csv", "eb-ny,Ny,ekonomiskt_bistand,,answer,ören,,,,,", "enheten ”ören”"),
        ("indicators.csv", "eb-ny,Ny,ekonomiskt_bistand,,share,procent,,N31814,,,", "både för eb-langvarigt"),
        ("indicators.csv", "EB,Ny,ekonomiskt_bistand,,answer,procent,,,,,", "EB har ett id"),
        ("indicators.csv", "eb-ny,Ny,ekonomiskt_bistand,,answer,procent,,,2090,,", "årtalet 2090"),
        ("indicator_aliases.csv", "Rättsdatabas,eb-klagomal,ekonomiskt_bistand,,", "betyder både"),
        ("indicator_aliases.csv", "Rättsdatabaserna,eb-klagomal,ekonomiskt_bistand,,", "med samma ord"),
        ("indicator_breaks.csv", "eb-rattsdatabas,2005,Ändrad", "börjar 2011"),
        ("answers.csv", "kanske,JA,missing,,", "både svaret JA och statusen"),
        ("answers.csv", "kanske,,ok,,", "varken svar eller status"),
        ("value_units.csv", "mil,mil,behind,meter,10000,", "”meter”, som inte finns"),
        ("areas.csv", "krisberedskap,äldreomsorg,alias,", "betyder både"),
        ("publishers.csv", "X,X,kommun,https://x.se/", "inget värdnamn"),
        ("acronyms.csv", "SIP,samordnad individuell plan,method,", "står två gånger"),
    ],
)
def test_contradictions_between_rows_are_found(add_row: AddRow, name: str, row: str, said: str) -> None:
    problems = check_registers(add_row(name, row))
    assert any(said in problem and problem.startswith(name) for problem in problems)


def test_the_same_alias_in_different_editions_is_no_contradiction(add_row: AddRow) -> None:
    registers = add_row("unit_aliases.csv", "Kista,0180-jarva,2024,,")
    assert any("Kista" in problem for problem in check_registers(registers))
    aliases = [a for a in registers.units.aliases if a.alias == "Hägersten"]
    assert len(aliases) == 2 and not any("Hägersten" in p for p in check_registers(registers))


def test_a_copy_without_layouts_loads(folder: Path) -> None:
    shutil.rmtree(folder / "layouts", ignore_errors=True)
    assert load_registers(folder).layouts == ()
