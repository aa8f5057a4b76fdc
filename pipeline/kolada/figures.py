"""What was fetched from Kolada, ready to be looked up: figures by key, codings and decimals by KPI."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.kolada.coding import Coding, coding_of, is_scale
from pipeline.kolada.rounding import decimals
from pipeline.kolada.shapes import KoladaValue

Key = tuple[str, str, int, str]
LARGEST_CODE = 9


@dataclass(frozen=True, slots=True)
class Kolada:
    """Kolada's figures.

    Attributes:
        figures: by KPI, municipality, period and gender; equal ones once.
        clashing: keys for which the answers held different figures.
        codings: how each KPI codes yes and no.
        scales: KPIs whose figures are codes of a scale.
        decimals: the most decimals of any figure of a KPI, apart for kommuner (True) and aggregates.
    """

    figures: Mapping[Key, KoladaValue]
    clashing: frozenset[Key]
    codings: Mapping[str, Coding]
    scales: frozenset[str]
    decimals: Mapping[tuple[str, bool], int]


def kolada_figures(values: Iterable[KoladaValue], titles: Mapping[str, str]) -> Kolada:
    """Arrange fetched figures for look-up.

    Args:
        titles: of KPIs, by id; they tell codes better than figures do.
    """
    figures: dict[Key, KoladaValue] = {}
    clashing: set[Key] = set()
    by_kpi: dict[tuple[str, bool], list[float]] = defaultdict(list)
    precision: dict[tuple[str, bool], int] = {}
    for one in values:
        key = (one.kpi, one.municipality, one.period, one.gender)
        before = figures.setdefault(key, one)
        if before.value != one.value:
            clashing.add(key)
        if one.value is None:
            continue
        kommun = is_kommun(one.municipality)
        if not kommun and not is_aggregate(one.municipality):
            continue
        precision[one.kpi, kommun] = max(precision.get((one.kpi, kommun), 0), decimals(one.value))
        by_kpi[one.kpi, kommun].append(one.value)
    kpis = sorted({key[0] for key in figures} | set(titles))
    return Kolada(
        figures,
        frozenset(clashing),
        {kpi: coding_of(titles.get(kpi), by_kpi[kpi, True], by_kpi[kpi, False]) for kpi in kpis},
        frozenset(kpi for kpi in kpis if is_scale(titles.get(kpi, ""))),
        precision,
    )


def small_whole(values: Iterable[KoladaValue]) -> set[str]:
    """KPIs whose every figure of a kommun is a whole number from 0 to 9: they may be codes of a scale."""
    seen: dict[str, bool] = {}
    for one in values:
        if one.value is not None and is_kommun(one.municipality):
            small = one.value == int(one.value) and 0 <= one.value <= LARGEST_CODE
            seen[one.kpi] = seen.get(one.kpi, True) and small
    return {kpi for kpi, small in seen.items() if small}


def is_kommun(municipality: str) -> bool:
    """Whether Kolada's id is a kommun's: four digits that do not begin with 00 (län and country)."""
    return len(municipality) == 4 and municipality.isdecimal() and not municipality.startswith("00")


def is_aggregate(municipality: str) -> bool:
    """Whether Kolada's id is a län's (``0001``) or the country's (``0000``), not that of a group (``G…``)."""
    return len(municipality) == 4 and municipality.isdecimal() and municipality.startswith("00")
