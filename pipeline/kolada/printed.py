"""The values of a published dataset that Kolada may hold too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.errors import RegisterError
from pipeline.kolada.errors import NothingToCompareError
from pipeline.kolada.periods import PeriodRules, printed_year

if TYPE_CHECKING:
    from pipeline.dataset import Dataset
    from pipeline.reference import Indicator, Registers

#: Columns of observations that a :class:`Printed` takes as they are, and those that it is made from.
_SAME = (
    "observation_id",
    "document_id",
    "table_label",
    "page",
    "indicator_label",
    "unit_id",
    "unit_label",
    "unit_kind",
    "measure",
    "value_raw",
    "answer",
    "value",
    "value_unit",
)
_READ = ("indicator_id", "year", "period", "subgroup", "top", "x0", "correction")
#: Why a value of the dataset has no counterpart to look for, in Swedish, by code.
LEFT_OUT = {
    "unit": "stadsdelar och grupper, som Kolada inte har",
    "median": "medianer av flera kommuner",
    "subgroup": "andra grupper än kön",
    "no_value": "utan svar eller tal i PDF:en",
    "no_year": "utan känd upplaga eller mätperiod",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which values to compare: editions (empty: all) and one unit's id (None: all)."""

    years: frozenset[int] = frozenset()
    unit_id: str | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A value as published in a PDF, and where Kolada would hold it.

    Attributes:
        municipality, period, gender: Kolada's key; kpi: of the indicator.
        corrected: value or answer come from a correction, not from value_raw.
        by_rule: no period is printed, so its year follows from the edition.
        value: in value_unit; answer: JA, NEJ or DELVIS.
        page: 1-based; place: (top, x0) in points, for the order of rows.
    """

    observation_id: str
    document_id: str
    file_name: str
    table_label: str | None
    page: int
    place: tuple[float, float]
    edition: int | None
    indicator: Indicator
    indicator_label: str
    unit_id: str
    unit_label: str
    unit_kind: str
    measure: str
    value_raw: str
    answer: str | None
    value: float | None
    value_unit: str | None
    kpi: str
    municipality: str
    period: int
    gender: str
    corrected: bool = False
    by_rule: bool = True


@dataclass(frozen=True, slots=True)
class Selection:
    """Values to compare, in the order of documents and pages, and how many were left out by reason."""

    printed: tuple[Printed, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)


def kpi_indicators(registers: Registers) -> dict[str, Indicator]:
    """Indicators that name a KPI, by id.

    Raises:
        NothingToCompareError: there is none. RegisterError: a KPI's id is none (a letter, five digits).
    """
    found = {one.indicator_id: one for one in registers.indicators.all if one.kolada_kpi}
    if not found:
        raise NothingToCompareError(
            "Inget nyckeltal i Kolada är angivet i registret: skriv dess id i kolumnen kolada_kpi i "
            "indicators.csv för de indikatorer som är samma mått.",
            code="inga-nyckeltal",
        )
    for one in found.values():
        if not re.fullmatch(r"[A-Z]\d{5}", one.kolada_kpi or ""):
            raise RegisterError(
                f"Indikatorn {one.indicator_id} har nyckeltalet ”{one.kolada_kpi}”: ett id i Kolada är en "
                "bokstav och fem siffror (N31807)."
            )
    return found


def printed_values(dataset: Dataset, registers: Registers, rules: PeriodRules, choice: Choice) -> Selection:
    """The published values that have a KPI and a unit in Kolada.

    Raises:
        NothingToCompareError: no KPI in the registers, or no such value in the dataset.
        OutputError: the dataset's files cannot be read.
    """
    indicators = kpi_indicators(registers)
    where: list[tuple[str, str, Any]] = [("indicator_id", "in", sorted(indicators))]
    if choice.years:
        where.append(("year", "in", sorted(choice.years)))
    if choice.unit_id is not None:
        where.append(("unit_id", "=", choice.unit_id))
    rows = dataset.arrow("observations", columns=(*_SAME, *_READ), where=where).to_pylist()
    names = {
        row["document_id"]: row["file_name"]
        for row in dataset.arrow("documents", columns=("document_id", "file_name")).to_pylist()
    }
    left_out: Counter[str] = Counter()
    found: list[Printed] = []
    for row in rows:
        one = _printed(row, indicators[row["indicator_id"]], names, rules)
        if isinstance(one, str):
            left_out[one] += 1
        else:
            found.append(one)
    if not found:
        raise NothingToCompareError(_nothing(choice), code="inga-varden")
    found.sort(key=lambda one: (one.file_name, one.document_id, one.page, one.place, one.observation_id))
    return Selection(tuple(found), {code: left_out[code] for code in LEFT_OUT if left_out[code]})


def kolada_municipality(unit_id: str | None, kind: str) -> str | None:
    """Kolada's id of a unit: a kommun's code, ``00`` and a län's, ``0000`` for Riket; None for others."""
    if unit_id is None:
        return None
    return {"kommun": unit_id, "lan": f"00{unit_id}", "riket": "0000"}.get(kind)


def _printed(
    row: Mapping[str, Any], indicator: Indicator, names: Mapping[str, str], rules: PeriodRules
) -> Printed | str:
    """The value with its key in Kolada, or the code of why it is left out."""
    municipality = kolada_municipality(row["unit_id"], row["unit_kind"])
    gender = rules.gender(row["subgroup"])
    period = rules.year(indicator.indicator_id, indicator.quality_area, row["year"], row["period"])
    if municipality is None:
        return "unit"
    if row["measure"] == "median" and row["unit_kind"] != "kommun":
        return "median"
    if row["answer"] is None and row["value"] is None:
        return "no_value"
    if gender is None:
        return "subgroup"
    if period is None:
        return "no_year"
    return Printed(
        **{name: row[name] for name in _SAME},
        file_name=names[row["document_id"]],
        place=(row["top"], row["x0"]),
        edition=row["year"],
        indicator=indicator,
        kpi=indicator.kolada_kpi or "",
        municipality=municipality,
        period=period,
        gender=gender,
        corrected=row["correction"] is not None,
        by_rule=printed_year(row["period"]) is None,
    )


def _nothing(choice: Choice) -> str:
    if choice.years or choice.unit_id is not None:
        return (
            "Datamängden har inga värden med nyckeltal i Kolada för det valda året och den valda kommunen: "
            "välj andra med --year och --kommun."
        )
    return (
        "Datamängden har inga värden för de indikatorer som har ett nyckeltal i Kolada: kör oj run på fler "
        "dokument, eller ange fler nyckeltal i kolumnen kolada_kpi i indicators.csv."
    )
