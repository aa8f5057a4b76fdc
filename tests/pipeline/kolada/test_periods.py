"""Which of Kolada's years a value is, and the rules as data."""

from pathlib import Path

import pytest

from pipeline.errors import RegisterError
from pipeline.kolada import load_period_rules
from pipeline.kolada.periods import GENDER_FILE, PERIOD_FILE
from pipeline.reference import Registers, load_registers

HEAD = "indicator_id,quality_area,first_year,last_year,offset,note\n"


def rules_in(folder: Path, rows: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / PERIOD_FILE).write_text(HEAD + rows, encoding="utf-8")
    (folder / GENDER_FILE).write_text("subgroup,gender,note\nKvinnor,K,\n", encoding="utf-8")
    return folder


def test_the_packages_own_rules_hold_for_the_packages_own_registers() -> None:
    rules = load_period_rules(load_registers())
    assert rules.year("x", "tillganglighet", 2019, None) == 2019
    assert rules.year("x", None, 2019, None) == 2019
    assert rules.year("x", "registerindikatorer", 2019, None) == 2018
    assert rules.year("x", "kostnadsmatt", 2019, None) == 2018


def test_a_printed_period_goes_before_every_rule(registers: Registers) -> None:
    rules = load_period_rules(registers)
    assert rules.year("x-andel", "registerindikatorer", 2019, "2017") == 2017
    assert rules.year("x-andel", "registerindikatorer", None, "1 april 2012–1 april 2013") == 2013
    assert rules.year("x-andel", "registerindikatorer", 2019, "helåret") == 2018
    assert rules.year("x-andel", "registerindikatorer", 2019, "ärende 120193") == 2018
    assert rules.year("x-andel", "registerindikatorer", None, None) is None


def test_an_indicators_row_goes_before_its_areas_and_holds_for_its_editions(
    registers: Registers, tmp_path: Path
) -> None:
    folder = rules_in(
        tmp_path / "regler",
        "x-andel,,,2013,-2,äldre\nx-andel,,2014,2016,0,\n,registerindikatorer,,,-1,\n",
    )
    rules = load_period_rules(registers, folder)
    years = [rules.year("x-andel", "registerindikatorer", edition, None) for edition in (2012, 2015, 2020)]
    assert years == [2010, 2015, 2019]


def test_sex_is_a_word_of_the_data(registers: Registers, tmp_path: Path) -> None:
    rules = load_period_rules(registers)
    assert [rules.gender(word) for word in (None, "kvinnor", "Män", " Flickor ", "18-24 år")] == [
        "T",
        "K",
        "M",
        "K",
        None,
    ]
    own = load_period_rules(registers, rules_in(tmp_path / "regler", ""))
    assert own.gender("kvinnor") == "K" and own.gender("män") is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("x-finns-inte,,,,-1,", "x-finns-inte"),
        (",okänt_område,,,-1,", "quality_area"),
        ("x-andel,registerindikatorer,,,-1,", "antingen"),
        (",,,,-1,", "antingen"),
        ("x-andel,,,,,", "offset"),
        ("x-andel,,,,ett,", "offset"),
        ("x-andel,,,,-60,", "offset"),
        ("x-andel,,2019,2013,-1,", "före"),
    ],
)
def test_a_faulty_row_is_named(registers: Registers, tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(RegisterError, match=f"rad 2.*{words}"):
        load_period_rules(registers, rules_in(tmp_path / "regler", f"{row}\n"))
