"""Reading indicators.csv, indicator_aliases.csv and indicator_breaks.csv."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from pipeline.reference.areas import AreaRegister
from pipeline.reference.csvfile import Row, read_rows
from pipeline.reference.indicators import Break, Indicator, IndicatorRegister
from pipeline.reference.label_forms import read_label_words
from pipeline.reference.mentions import IndicatorAlias

FILE, ALIAS_FILE, BREAK_FILE = "indicators.csv", "indicator_aliases.csv", "indicator_breaks.csv"
COLUMNS = (
    "indicator_id",
    "name",
    "area",
    "quality_area",
    "value_kind",
    "value_unit",
    "higher_is_better",
    "kolada_kpi",
    "first_year",
    "last_year",
    "definition_notes",
)
ALIAS_COLUMNS = ("alias", "indicator_id", "area", "first_year", "last_year")
BREAK_COLUMNS = ("indicator_id", "year", "note")
VALUE_KINDS = ("answer", "share", "number", "days", "money")
_DIRECTIONS: dict[str, bool | None] = {"true": True, "false": False, "": None}


def read_indicators(folder: Path, areas: AreaRegister, quality_areas: AreaRegister) -> IndicatorRegister:
    """The register of indicators in ``folder``. Raises RegisterError naming file and row."""
    rows = read_rows(folder, FILE, COLUMNS)
    indicators = [_indicator(row, areas, quality_areas) for row in rows]
    known: set[str] = set()
    for row, indicator in zip(rows, indicators, strict=True):
        if indicator.indicator_id in known:
            raise row.error(f"indikatorn ”{indicator.indicator_id}” står två gånger.")
        known.add(indicator.indicator_id)
    aliases = [_alias(row, known, areas) for row in read_rows(folder, ALIAS_FILE, ALIAS_COLUMNS)]
    breaks = [_break(row, known) for row in read_rows(folder, BREAK_FILE, BREAK_COLUMNS)]
    return IndicatorRegister(indicators, aliases, breaks, read_label_words(folder))


def _indicator(row: Row, areas: AreaRegister, quality_areas: AreaRegister) -> Indicator:
    first, last = row.years("first_year", "last_year")
    return Indicator(
        indicator_id=row.required("indicator_id"),
        name=row.required("name"),
        area=row.one_of("area", areas.codes),
        quality_area=row.one_of("quality_area", ("", *quality_areas.codes)) or None,
        value_kind=row.one_of("value_kind", VALUE_KINDS),
        value_unit=row.optional("value_unit"),
        higher_is_better=_DIRECTIONS[row.one_of("higher_is_better", tuple(_DIRECTIONS))],
        kolada_kpi=row.optional("kolada_kpi"),
        first_year=first,
        last_year=last,
        definition_notes=row.optional("definition_notes"),
    )


def _alias(row: Row, known: Container[str], areas: AreaRegister) -> IndicatorAlias:
    if row["indicator_id"] not in known:
        raise row.error(f"indikatorn ”{row['indicator_id']}” finns inte i {FILE}.")
    first, last = row.years("first_year", "last_year")
    area = row.one_of("area", ("", *areas.codes)) or None
    return IndicatorAlias(row.required("alias"), row["indicator_id"], area, first, last)


def _break(row: Row, known: Container[str]) -> Break:
    if row["indicator_id"] not in known:
        raise row.error(f"indikatorn ”{row['indicator_id']}” finns inte i {FILE}.")
    year = row.year("year")
    if year is None:
        raise row.error("kolumnen year får inte vara tom.")
    return Break(row["indicator_id"], year, row.required("note"))
