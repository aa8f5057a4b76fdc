from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import AmbiguousError
from pipeline.reference import Registers, Unit, load_registers

REGISTERS = load_registers()
#: Names that one edition can tell: no stadsdel shares them.
NAMED = [unit for unit in REGISTERS.units.all if unit.kind != "stadsdel"]
units = st.sampled_from(NAMED)


def found(label: str, *, year: int | None = None, lan: str | None = None) -> str | None:
    return REGISTERS.units.find(label, year=year, lan=lan).unit_id


def test_the_country_is_whole(registers: Registers) -> None:
    kinds = [unit.kind for unit in registers.units.all]
    assert (kinds.count("kommun"), kinds.count("lan"), kinds.count("riket")) == (290, 21, 1)


@pytest.mark.parametrize(
    ("label", "unit_id"),
    [
        ("Ekerö", "0125"),
        ("EKERÖ", "0125"),
        ("Upplands-Väsby", "0114"),
        ("Upplands- Bro", "0139"),
        ("Upplands-\nBro", "0139"),
        ("Upplands\u00a0Väsby", "0114"),
        ("Malung", "2023"),
        ("Malung Sälens", "2023"),
        ("Hofors", "2104"),
        ("Borås stads", "1490"),
        ("Lunds kommun", "1281"),
        ("Alingsås kommuns", "1489"),
        ("Vara kommun", "1470"),
        ("kommunen Mora", "2062"),
        ("Kommun: Tierp", "0360"),
        ("0184 Solna", "0184"),
        ("Halmstad", "1380"),
        ("Stockholms stad", "0180"),
        ("Sverige", "00"),
        ("Riket", "00"),
        ("Bromma", "0180-bromma"),
        ("Bromma SDF", "0180-bromma"),
        ("Enskede- Årsta-Vantör", "0180-enskede-arsta-vantor"),
        ("Västra Hisingens stadsdelsförvaltning", "1480-vastra-hisingen"),
    ],
)
def test_spellings_of_one_name(label: str, unit_id: str) -> None:
    match = REGISTERS.units.find(label)
    assert (match.unit_id, match.exact, match.near) == (unit_id, True, ())


@pytest.mark.parametrize(
    ("plain", "kommun", "lan_label", "lan"),
    [
        ("Stockholm", "0180", "Stockholms län", "01"),
        ("Uppsala", "0380", "Region Uppsala", "03"),
        ("Örebro", "1880", "Örebro län", "18"),
        ("Jönköping", "0680", "Jönköping län", "06"),
        ("Kalmar", "0880", "Kalmars län", "08"),
        ("Gävle", "2180", "Gävleborg", "21"),
        ("Halmstad", "1380", "Hallands län", "13"),
        ("Gotland", "0980", "Gotlands län", "09"),
    ],
)
def test_a_plain_name_is_the_kommun_and_the_lan_is_written_out(
    plain: str, kommun: str, lan_label: str, lan: str
) -> None:
    assert found(plain) == found(plain, lan=lan) == kommun
    assert found(lan_label) == lan


@pytest.mark.parametrize("mark", ["2", "²", "¹⁾", "*", " 1)", " (3)", " 2", "†", " *"])
def test_footnote_marks_are_no_part_of_a_name(mark: str) -> None:
    assert found(f"Sigtuna{mark}") == "0191"
    assert REGISTERS.units.find(f"Hela staden{mark}").statistic == "total"


@given(units, st.data())
def test_every_name_is_found_through_its_variants(unit: Unit, data: st.DataObject) -> None:
    name: str = unit.name
    variant = data.draw(
        st.sampled_from(
            [
                name.upper(),
                name.lower(),
                name.replace(" ", "-"),
                name.replace("-", " "),
                name.replace(" ", "  "),
                name.replace("-", "-\n"),
                name if name.endswith(("s", "x", "z")) else name + "s",
                f" {name} ",
                f"{name}*",
            ]
        )
    )
    match = REGISTERS.units.find(variant)
    assert (match.unit_id, match.exact) == (unit.unit_id, True)


@given(st.sampled_from([u for u in NAMED if u.kind == "kommun"]))
def test_every_kommun_is_found_behind_its_kind(unit: Unit) -> None:
    name: str = unit.name
    owner = name if name.endswith(("s", "x", "z")) else name + "s"
    for label in (f"{name} kommun", f"{owner} kommun", f"{owner} stads", f"{name.upper()} KOMMUNS"):
        assert found(label) == unit.unit_id


@given(
    st.sampled_from([u for u in NAMED if u.kind == "kommun" and len(u.name) >= 6]),
    st.integers(1, 40),
    st.sampled_from("bdfgkmptvxz"),
)
def test_a_near_miss_is_never_bound(unit: Unit, place: int, letter: str) -> None:
    name: str = unit.name
    at = 1 + place % (len(name) - 1)
    wrong = name[:at] + letter + name[at:]
    try:
        match = REGISTERS.units.find(wrong)
    except AmbiguousError:
        return
    if match.exact:
        # Another real name may lie one letter away; it must then really be that name.
        assert match.name.casefold().replace("-", " ") == wrong.casefold().replace("-", " ")
    else:
        assert match.unit_id is None
        assert any(candidate.startswith(unit.unit_id) for candidate in match.near)


def test_near_misses_name_their_candidates_best_first() -> None:
    assert REGISTERS.units.find("Sigstuna").near == ("0191: Sigtuna",)
    assert REGISTERS.units.find("Jarfalla").near[0] == "0123: Järfälla"
    assert REGISTERS.units.find("Upplands").near == ("0114: Upplands Väsby", "0139: Upplands-Bro")


@pytest.mark.parametrize("label", ["Indikator", "Kommentar", "", "  ", "17 procent", "Bara", "Tabell 3", "x"])
def test_what_is_no_name_has_no_candidates(label: str) -> None:
    match = REGISTERS.units.find(label)
    assert (match.unit_id, match.kind, match.exact, match.near) == (None, None, False, ())


@pytest.mark.parametrize(
    ("label", "kind", "statistic", "unit_id"),
    [
        ("Snitt", "grupp", "mean", None),
        ("MEDELVÄRDE", "grupp", "mean", None),
        ("Median", "grupp", "median", None),
        ("Snitt KKiK", "grupp", "mean", None),
        ("Samtliga", "grupp", "total", None),
        ("Totalt", "grupp", "total", None),
        ("Min–Max", "grupp", "minmax", None),
        ("Min - max", "grupp", "minmax", None),
        ("därav kvinnor", "grupp", "of_which", None),
        ("– varav män", "grupp", "of_which", None),
        ("Snitt riket", "riket", "mean", "00"),
        ("Riket (medel)", "riket", "mean", "00"),
        ("Median för Skåne län", "lan", "median", "12"),
        ("Länet", "lan", None, None),
        ("Länets snitt", "lan", "mean", None),
        ("Hela staden", "kommun", "total", None),
    ],
)
def test_groups_and_statistics(label: str, kind: str, statistic: str | None, unit_id: str | None) -> None:
    match = REGISTERS.units.find(label)
    assert (match.kind, match.statistic, match.unit_id, match.exact) == (kind, statistic, unit_id, True)


def test_the_lan_of_a_document_tells_what_lanet_is() -> None:
    match = REGISTERS.units.find("Länet", lan="21")
    assert (match.unit_id, match.name, match.relative) == ("21", "Gävleborgs län", "lan")


def test_stadsdelar_are_those_of_the_edition() -> None:
    with pytest.raises(AmbiguousError, match="Hägersten"):
        found("Hägersten")
    assert found("Hägersten", year=2016) == "0180-hagersten-liljeholmen"
    assert found("Hägersten", year=2022) == "0180-hagersten-alvsjo"
    assert found("Centrum", year=2014) == "1480-centrum"
    assert found("Centrum", year=2023) == "1480-socialnamnd-centrum"
    assert REGISTERS.units.get("0180-jarva").exists_in(2024)
    assert not REGISTERS.units.get("0180-rinkeby-kista").exists_in(2024)


def test_surface_forms_hold_every_name_and_its_genitive() -> None:
    forms = {form.text: form for form in REGISTERS.units.surface_forms()}
    assert forms["Solnas"].unit_ids == ("0184",) and forms["Solnas"].genitive
    assert forms["Hofors"].unit_ids == ("2104",) and not forms["Hofors"].genitive
    assert forms["Stockholms läns"].unit_ids == ("01",)
    assert forms["Vara"].common_word and not forms["Varas"].common_word
    assert set(forms["Hägersten"].unit_ids) == {"0180-hagersten-liljeholmen", "0180-hagersten-alvsjo"}
    assert {u.unit_id for u in REGISTERS.units.all} <= {i for f in forms.values() for i in f.unit_ids}


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        REGISTERS.units.get("9999")
    assert "9999" not in REGISTERS.units and "0184" in REGISTERS.units
