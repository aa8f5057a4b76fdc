"""Registers and datasets for the tests of the comparison: own indicators, own figures."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.dataset import publish
from pipeline.model import Observation, digest
from pipeline.reference import Registers, load_registers, register_folder
from tests.pipeline.dataset.made import FACTS, box, document, part, stored

INDICATORS = """\
indicator_id,name,area,quality_area,value_kind,value_unit,higher_is_better,kolada_kpi,first_year,last_year,definition_notes
x-kvall,Rådgivning på kvällstid,socialpsykiatri,tillganglighet,answer,procent,true,U90001,,,
x-bostad,Boende utan motkrav,hemloshet,tillganglighet,answer,procent,true,N90002,,,
x-andel,Hushåll med stöd,ekonomiskt_bistand,registerindikatorer,share,procent,,N90003,,,
x-kostnad,Kostnad per boende,ekonomiskt_bistand,kostnadsmatt,money,kronor,,N90004,,,
x-dagar,Dagar till samtal,ekonomiskt_bistand,tillganglighet,days,dagar,false,U90005,,,
x-ovrig,Rutin vid flytt,hemloshet,tillganglighet,answer,procent,true,,,,
"""
UNITS = {"0180": "Stockholm", "0125": "Ekerö", "0184": "Solna", "0163": "Sollentuna", "0123": "Järfälla"}
AREAS = {"01": ("Stockholms län", "lan"), "00": ("Riket", "riket")}


def registers_in(folder: Path, indicators: str = INDICATORS) -> Path:
    """A register folder with other indicators and no labels of theirs."""
    shutil.copytree(
        register_folder(), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "indicator*.csv")
    )
    (folder / "indicators.csv").write_text(indicators, encoding="utf-8")
    (folder / "indicator_aliases.csv").write_text("alias,indicator_id,area,first_year,last_year\n")
    (folder / "indicator_breaks.csv").write_text("indicator_id,year,note\n")
    return folder


@dataclass(frozen=True)
class Value:
    """A value to publish: indicator, unit, what is printed, and what was read of it."""

    indicator: str
    unit: str
    raw: str
    answer: str | None = None
    value: float | None = None
    value_unit: str | None = None
    measure: str = "answer"
    year: int | None = 2020
    period: str | None = None
    subgroup: str | None = None
    status: str = "ok"
    kind: str | None = None
    correction: str | None = None


def said(indicator: str, unit: str, answer: str, **more: object) -> Value:
    return replace(Value(indicator, unit, answer, answer), **more)


def figure(indicator: str, unit: str, raw: str, value: float, **more: object) -> Value:
    return replace(Value(indicator, unit, raw, value=value, measure="value", value_unit="procent"), **more)


def published(folder: Path, registers: Registers, *values: Value) -> Path:
    """Publish the values as one document; gives the output folder."""
    read = document("rapport")
    observations = tuple(
        _observation(value, number, read.observations[0]) for number, value in enumerate(values)
    )
    publish(
        stored(folder / "delar", part("rapport", replace(read, observations=observations), with_flag=False)),
        folder / "ut",
        FACTS,
        indicators=registers.indicators.all,
        units=registers.units.all,
        exporters=(),
    )
    return folder / "ut"


def _observation(value: Value, number: int, like: Observation) -> Observation:
    name, kind = AREAS[value.unit] if value.unit in AREAS else (UNITS.get(value.unit, value.unit), "kommun")
    return replace(
        like,
        observation_id=f"o-{digest(value.indicator, value.unit, number)}",
        row=number + 1,
        box=box(number + 1, 1),
        year=value.year,
        period=value.period,
        indicator_id=value.indicator,
        indicator_label=value.indicator,
        unit_id=value.unit,
        unit_label=name,
        unit_kind=value.kind or kind,
        subgroup=value.subgroup,
        measure=value.measure,
        value_raw=value.raw,
        status=value.status,
        answer=value.answer,
        value=value.value,
        value_unit=value.value_unit,
        correction=value.correction,
    )


def made_registers(folder: Path) -> Registers:
    return load_registers(registers_in(folder))
