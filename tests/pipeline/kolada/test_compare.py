"""Published values against figures of the local server, end to end but for the command line."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.dataset import load
from pipeline.errors import RegisterError
from pipeline.kolada import (
    Choice,
    Comparison,
    KoladaClient,
    NothingToCompareError,
    Result,
    compare_with_kolada,
    comparison_csv,
    difference_text,
    kolada_text,
    printed_text,
)
from pipeline.reference import Registers, load_registers
from tests.pipeline.kolada.conftest import FakeTime
from tests.pipeline.kolada.made import INDICATORS, Value, figure, published, registers_in, said
from tests.pipeline.kolada.server import FakeKolada, Fault, inner

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, registers: Registers, kolada: FakeKolada, fake_time: FakeTime) -> Run:
    def compared(*values: Value, choice: Choice | None = None) -> Result:
        dataset = load(published(tmp_path, registers, *values))
        with KoladaClient(kolada.base, time_=fake_time.keeper()) as client:
            return compare_with_kolada(dataset, registers, client, choice)

    return compared


def outcomes(result: Result) -> list[str]:
    return [f"{one.outcome}: {one.reason}" if one.reason else one.outcome for one in result.comparisons]


def shown(one: Comparison) -> tuple[str, str]:
    return one.printed.value_raw, kolada_text(one)


def test_nej_is_0_by_the_figures(kolada: FakeKolada, run: Run) -> None:
    kolada.put("U90001", 2020, k0125=1, k0180=0, k0184=0)
    result = run(said("x-kvall", "0125", "JA"), said("x-kvall", "0180", "NEJ"), said("x-kvall", "0184", "JA"))
    assert outcomes(result) == ["equal", "equal", "differs"]
    assert [shown(one) for one in result.comparisons] == [("JA", "Ja"), ("NEJ", "Nej"), ("JA", "Nej")]


def test_nej_is_2_by_the_figures(kolada: FakeKolada, run: Run) -> None:
    kolada.put("N90002", 2020, k0125=1, k0180=2, k0184=2)
    result = run(
        said("x-bostad", "0125", "JA"), said("x-bostad", "0180", "NEJ"), said("x-bostad", "0184", "JA")
    )
    assert outcomes(result) == ["equal", "equal", "differs"]


def test_a_kommun_of_another_year_may_tell_the_coding(kolada: FakeKolada, run: Run) -> None:
    kolada.put("N90002", 2020, k0125=1, k0180=1)
    kolada.put("N90002", 2019, k0123=2)
    result = run(said("x-bostad", "0125", "NEJ"), said("x-bostad", "0180", "JA"))
    assert outcomes(result) == ["differs", "equal"]


def test_only_ones_are_ja_in_both_ways(kolada: FakeKolada, run: Run) -> None:
    kolada.put("N90002", 2020, k0125=1, k0180=1)
    result = run(said("x-bostad", "0125", "JA"), said("x-bostad", "0180", "NEJ"))
    assert outcomes(result) == ["equal", "differs"]


def test_mixed_codes_decide_nothing_but_ja_unless_the_title_does(kolada: FakeKolada, run: Run) -> None:
    kolada.put("N90002", 2020, k0125=1, k0180=0, k0184=2)
    values = (
        said("x-bostad", "0125", "JA"),
        said("x-bostad", "0180", "NEJ"),
        said("x-bostad", "0184", "NEJ"),
    )
    assert outcomes(run(*values)) == ["equal", "undecidable: coding", "undecidable: coding"]
    kolada.titles = {"N90002": "Boende (Ja=1, Nej=2)"}
    assert outcomes(run(*values)) == ["equal", "undecidable: conflict", "undecidable: conflict"]
    del kolada.figures["N90002", "0180", 2020]
    assert outcomes(run(*values)) == ["equal", "not_in_kolada: no_figure", "equal"]


def test_other_codes_are_no_answers(kolada: FakeKolada, run: Run) -> None:
    kolada.put("U90001", 2020, k0125=1, k0180=3)
    assert outcomes(run(said("x-kvall", "0125", "JA"))) == ["undecidable: not_binary"]


def test_delvis_is_neither(kolada: FakeKolada, run: Run) -> None:
    kolada.put("U90001", 2020, k0125=0, k0180=1)
    result = run(said("x-kvall", "0125", "DELVIS"), said("x-kvall", "0180", "DELVIS"))
    assert outcomes(result) == ["undecidable: delvis"] * 2


def test_the_share_of_lan_and_country_is_read_from_their_mean(kolada: FakeKolada, run: Run) -> None:
    kolada.put("N90002", 2020, k0125=1, k0180=2, k0001=1.62, k0000=1.25)
    kolada.put("U90001", 2020, k0125=1, k0180=0, k0001=38.4, k0000=75)
    share = {"measure": "share"}
    result = run(
        figure("x-bostad", "01", "38", 38.0, **share),
        figure("x-bostad", "00", "70 %", 70.0, **share),
        figure("x-kvall", "01", "38,4", 38.4, **share),
        figure("x-kvall", "00", "75", 75.0, **share),
    )
    assert outcomes(result) == ["equal", "differs", "equal", "equal"]
    assert result.comparisons[1].difference == pytest.approx(-5.0)
    assert shown(result.comparisons[1]) == ("70 %", "75 %")


def test_means_tell_the_coding_where_all_kommuner_said_ja(kolada: FakeKolada, run: Run) -> None:
    kolada.put("N90002", 2020, k0125=1, k0180=2, k0001=1.62)
    kolada.put("U90001", 2020, k0125=1, k0001=0.62, k0000=1)
    share = {"measure": "share"}
    result = run(figure("x-kvall", "01", "62", 62.0, **share), figure("x-kvall", "00", "100", 100.0, **share))
    assert outcomes(result) == ["equal", "equal"]
    kolada.put("U90001", 2019, k0180=0, k0184=2)
    result = run(figure("x-kvall", "01", "62", 62.0, **share), figure("x-kvall", "00", "100", 100.0, **share))
    assert outcomes(result) == ["undecidable: coding", "equal"]


def test_groups_of_kolada_tell_nothing(kolada: FakeKolada, run: Run) -> None:
    kolada.put("U90001", 2020, k0125=1, k0180=0)
    kolada.figures["U90001", "G35909", 2020] = [inner(7)]
    assert outcomes(run(said("x-kvall", "0180", "NEJ"))) == ["equal"]


def test_a_corrected_value_is_shown_as_corrected(kolada: FakeKolada, run: Run) -> None:
    kolada.put("N90003", 2019, k0125=1.0, k0180=2.25)
    (one,) = run(figure("x-andel", "0125", "l,5", 1.5, correction="r-1")).comparisons
    assert (one.outcome, printed_text(one), kolada_text(one)) == ("differs", "l,5 (rättat till 1,5)", "1 %")


@pytest.mark.parametrize(
    ("kolada_has", "printed", "texts"),
    [
        (12.7456789, 12.0, ("12,75 %", "−0,75")),
        (10.0, 12.0, ("10 %", "+2")),
        (3456.7, 12.0, ("3\u00a0456,7 %", "−3\u00a0444,7")),
    ],
)
def test_figures_are_shown_as_far_as_they_were_compared(
    kolada: FakeKolada, run: Run, kolada_has: float, printed: float, texts: tuple[str, str]
) -> None:
    kolada.put("N90003", 2019, k0125=kolada_has, k0180=0.5)
    (one,) = run(figure("x-andel", "0125", f"{printed:.0f}", printed)).comparisons
    assert (kolada_text(one), difference_text(one)) == texts


def test_a_citys_share_of_its_stadsdelar_is_not_its_own_answer(kolada: FakeKolada, run: Run) -> None:
    kolada.put("U90001", 2020, k0125=0, k0180=1, k0184=0.5)
    share = {"measure": "share"}
    result = run(
        figure("x-kvall", "0180", "64", 64.0, **share),
        figure("x-kvall", "0184", "50", 50.0, **share),
        said("x-kvall", "0184", "JA"),
    )
    assert outcomes(result) == ["undecidable: city_share", "equal", "undecidable: kind"]


def test_register_figures_are_of_the_year_before_and_compared_as_printed(
    kolada: FakeKolada, run: Run
) -> None:
    kolada.put("N90003", 2019, k0125=12.34, k0180=12.36, k0184=7.0, k0000=5.55)
    kolada.put("N90003", 2020, k0125=99, k0180=99)
    result = run(
        figure("x-andel", "0125", "12,3", 12.3),
        figure("x-andel", "0180", "12,3", 12.3),
        figure("x-andel", "0184", "7", 7.0),
        figure("x-andel", "00", "5,6 %", 5.6),
        figure("x-andel", "0125", "99", 99.0, period="2020"),
    )
    assert outcomes(result) == ["equal", "differs", "equal", "equal", "equal"]
    assert [one.printed.period for one in result.comparisons] == [2019, 2019, 2019, 2019, 2020]
    assert result.comparisons[1].difference == pytest.approx(-0.06)


def test_kolada_may_be_the_coarser_side(kolada: FakeKolada, run: Run) -> None:
    kolada.put("U90005", 2020, k0125=12, k0180=15)
    days = {"value_unit": "dagar"}
    result = run(
        figure("x-dagar", "0125", "12,4", 12.4, **days), figure("x-dagar", "0180", "14,4", 14.4, **days)
    )
    assert outcomes(result) == ["equal", "differs"]


def test_units_of_value(kolada: FakeKolada, run: Run) -> None:
    kolada.put("N90004", 2019, k0125=41_530, k0180=41_590, k0184=41_530)
    result = run(
        figure("x-kostnad", "0125", "41,5", 41.5, value_unit="tkr"),
        figure("x-kostnad", "0180", "41,5", 41.5, value_unit="tkr"),
        figure("x-kostnad", "0184", "41 530", 41_530.0, value_unit=None),
        figure("x-kostnad", "0125", "3,0", 3.0, value_unit="procent"),
    )
    assert outcomes(result) == ["equal", "differs", "equal", "undecidable: value_unit"]
    assert result.comparisons[1].difference == pytest.approx(-90)


def test_women_men_and_all(kolada: FakeKolada, run: Run) -> None:
    kolada.figures["N90003", "0125", 2019] = [inner(1.1, "K"), inner(2.2, "M"), inner(3.3)]
    kolada.figures["N90003", "0180", 2019] = [inner(1.1, "K"), inner(2.2, "M")]
    result = run(
        figure("x-andel", "0125", "1,1", 1.1, subgroup="kvinnor"),
        figure("x-andel", "0125", "2,2", 2.2, subgroup="män"),
        figure("x-andel", "0125", "3,3", 3.3),
        figure("x-andel", "0180", "1,1", 1.1),
        figure("x-andel", "0180", "1,1", 1.1, subgroup="18-24 år"),
    )
    assert outcomes(result) == ["equal", "equal", "equal", "not_in_kolada: no_figure"]
    assert result.left_out == {"subgroup": 1}


def test_deleted_missing_and_clashing_figures_are_no_differences(kolada: FakeKolada, run: Run) -> None:
    kolada.figures["N90003", "0125", 2019] = [inner(1.0, deleted=True)]
    kolada.figures["N90003", "0180", 2019] = [inner(None, status="Private")]
    kolada.figures["N90003", "0184", 2019] = [inner(1.0), inner(2.0)]
    kolada.figures["N90003", "0163", 2019] = [inner(4.0, deleted=True), inner(9.0)]
    values = [figure("x-andel", unit, "9,0", 9.0) for unit in ("0125", "0180", "0184", "0163")]
    assert outcomes(run(*values)) == [
        "not_in_kolada: no_figure",
        "not_in_kolada: withheld",
        "undecidable: clash",
        "equal",
    ]


def test_codes_of_a_scale_are_no_figures(kolada: FakeKolada, run: Run) -> None:
    kolada.put("U90005", 2020, k0125=2)
    kolada.titles = {"U90005": "Tid till samtal (Inom 3 dagar=3, 4-7 dagar=2, mer=1)"}
    result = run(figure("x-dagar", "0125", "5 dagar", 5.0, value_unit="dagar"))
    assert outcomes(result) == ["undecidable: scale"]


def test_without_titles_figures_tell_the_codes_and_it_is_said(kolada: FakeKolada, run: Run) -> None:
    kolada.put("N90002", 2020, k0125=1, k0180=2)
    kolada.put("U90005", 2020, k0125=2)
    kolada.put("N90003", 2019, k0125=2.5)
    values = (
        said("x-bostad", "0180", "NEJ"),
        figure("x-andel", "0125", "2,5", 2.5),
        figure("x-dagar", "0125", "2", 2.0, value_unit="dagar"),
    )
    kolada.titles = None
    result = run(*values)
    assert (outcomes(result), result.untitled) == (["equal", "equal", "equal"], 2)
    kolada.titles = {"N90002": "Boende (Ja=1, Nej=2)", "U90005": "Tid, antal dagar"}
    assert run(*values).untitled == 0
    kolada.faults.extend([Fault(200, body=b'{"values": []}'), Fault(403)])
    assert run(*values).untitled == 1


def test_answers_beside_figures_are_another_kind(kolada: FakeKolada, run: Run) -> None:
    kolada.put("U90005", 2020, k0125=2)
    kolada.put("U90001", 2020, k0125=1, k0180=0)
    result = run(said("x-dagar", "0125", "JA"), figure("x-kvall", "0125", "4", 4.0, value_unit="antal"))
    assert outcomes(result) == ["undecidable: kind"] * 2


def test_values_without_a_counterpart_are_counted(kolada: FakeKolada, run: Run) -> None:
    kolada.put("N90003", 2019, k0125=1.0)
    result = run(
        figure("x-andel", "0125", "1,0", 1.0),
        figure("x-andel", "0180-sodermalm", "1,0", 1.0, kind="stadsdel"),
        figure("x-andel", "01", "1,0", 1.0, measure="median"),
        Value("x-andel", "0180", "..", status="missing", measure="value"),
        figure("x-andel", "0184", "1,0", 1.0, year=None),
        said("x-ovrig", "0125", "JA"),
    )
    assert outcomes(result) == ["equal"]
    assert result.left_out == {"unit": 1, "median": 1, "no_value": 1, "no_year": 1}


def test_only_the_kpis_of_the_values_are_asked_for_with_neighbouring_years(
    kolada: FakeKolada, run: Run
) -> None:
    run(figure("x-andel", "0125", "1,0", 1.0), said("x-kvall", "0125", "JA", year=2017))
    assert kolada.asked == [
        "/v3/data/kpi/N90003,U90001/year/2015,2016,2017,2018,2019,2020",
        "/v3/kpi/U90001",
    ]


def test_a_choice_of_year_and_unit(kolada: FakeKolada, run: Run) -> None:
    kolada.put("U90001", 2020, k0125=1, k0180=0)
    values = (
        said("x-kvall", "0125", "JA"),
        said("x-kvall", "0180", "JA"),
        said("x-kvall", "0125", "JA", year=2018),
    )
    chosen = run(*values, choice=Choice(frozenset({2020}), "0180"))
    assert [(one.printed.unit_id, one.outcome) for one in chosen.comparisons] == [("0180", "differs")]
    with pytest.raises(NothingToCompareError, match="--year och --kommun"):
        run(*values, choice=Choice(frozenset({2011})))


def test_figures_that_stand_in_another_year_give_a_row_for_the_rules(kolada: FakeKolada, run: Run) -> None:
    numbers = {"0125": 1.5, "0180": 2.5, "0184": 3.5, "0163": 4.5, "0123": 5.5}
    for unit, number in numbers.items():
        kolada.figures["N90003", unit, 2018] = [inner(number)]
        kolada.figures["N90003", unit, 2019] = [inner(number + 1)]
    values = [figure("x-andel", unit, f"{number}", number) for unit, number in numbers.items()]
    result = run(*values)
    (hint,) = result.hints
    assert (hint.edition, hint.year, hint.better, hint.equal, hint.of) == (2020, 2019, 2018, 5, 5)
    assert hint.row.startswith("x-andel,,2020,2020,-2,")
    assert run(*values[:3]).hints == ()
    assert run(*(figure("x-andel", unit, "9", 9.0, period="2019") for unit in numbers)).hints == ()


def test_the_file_has_every_comparison_differences_first(kolada: FakeKolada, run: Run) -> None:
    kolada.put("U90001", 2020, k0125=1, k0180=0)
    kolada.put("N90003", 2019, k0125=-2.0, k0163=1.5)
    result = run(
        said("x-kvall", "0125", "JA"),
        said("x-kvall", "0180", "JA"),
        figure("x-andel", "0125", "-1,5", -1.5),
        figure("x-andel", "0184", "1,0", 1.0),
    )
    data = comparison_csv(result.comparisons)
    assert data == comparison_csv(result.comparisons)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"))))
    assert [row["outcome"] for row in rows] == ["differs", "differs", "not_in_kolada", "equal"]
    assert (
        rows[0]
        | {
            "file_name": "rapport.pdf",
            "page": "1",
            "table_label": "Tabell 1",
            "unit_id": "0180",
            "indicator_id": "x-kvall",
            "kolada_kpi": "U90001",
            "year": "2020",
            "kolada_year": "2020",
            "pdf_value": "JA",
            "kolada_value": "NEJ",
            "kolada_figure": "0",
            "difference": "",
        }
        == rows[0]
    )
    assert (
        rows[1] | {"value_raw": "'-1,5", "pdf_value": "-1.5", "kolada_value": "-2", "difference": "0.5"}
        == rows[1]
    )
    assert rows[1]["kolada_year"] == "2019" and "inget värde" in rows[2]["reason"]


def test_no_kpi_in_the_registers(tmp_path: Path, registers: Registers, kolada: FakeKolada) -> None:
    out = published(tmp_path, registers, said("x-kvall", "0125", "JA"))
    head = INDICATORS.splitlines()[0]
    row = "x-kvall,Rådgivning,socialpsykiatri,tillganglighet,answer,procent,true,{},,,"
    for kpi, error, words in (
        ("", NothingToCompareError, "Inget nyckeltal"),
        ("90001", RegisterError, "x-kvall har nyckeltalet ”90001”"),
    ):
        folder = registers_in(tmp_path / f"register-{kpi}", f"{head}\n{row.format(kpi)}\n")
        with KoladaClient(kolada.base) as client, pytest.raises(error, match=words):
            compare_with_kolada(load(out), load_registers(folder), client)
    assert kolada.asked == []


def test_no_value_with_a_kpi(run: Run, kolada: FakeKolada) -> None:
    with pytest.raises(NothingToCompareError, match="oj run"):
        run(said("x-ovrig", "0125", "JA"))
    assert kolada.asked == []
