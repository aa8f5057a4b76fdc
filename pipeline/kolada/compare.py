"""One published value against Kolada's figure: the same, different, missing there, or not to be decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.kolada.coding import Coding
from pipeline.kolada.figures import Kolada
from pipeline.kolada.printed import Printed
from pipeline.kolada.rounding import MOST_DECIMALS, printed_decimals, same
from pipeline.kolada.shapes import KoladaValue
from pipeline.reference import ValueUnit

Outcome = Literal["differs", "undecidable", "not_in_kolada", "equal"]
#: Why Kolada's figure decides nothing, or is not there, in Swedish, by code.
REASONS = {
    "delvis": "PDF:en svarar DELVIS, som Koladas ja/nej-nyckeltal inte kan uttrycka",
    "coding": "det framgår inte om nyckeltalet kodar nej som 0 eller 2",
    "conflict": "nyckeltalets titel och värden kodar ja och nej olika",
    "not_binary": "nyckeltalet har andra koder än ja och nej",
    "scale": "nyckeltalet är koder på en skala, inte ett tal",
    "city_share": "PDF:en anger andelen av stadsdelarna, Kolada kommunens eget svar",
    "kind": "PDF:en och Kolada anger olika slags värden (svar och tal)",
    "value_unit": "PDF:en och Kolada räknar i olika enheter",
    "clash": "Kolada lämnade två olika värden",
    "no_figure": "Kolada har inget värde för enheten och året",
    "withheld": "Kolada har uppgiften men inte värdet (saknas eller skyddas)",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A published value beside Kolada's.

    Attributes:
        answer: Kolada's answer (JA, NEJ) where the value is one; figure: Kolada's figure in the unit of
            the indicator (an answer's share in percent), not rounded; code: as Kolada has it.
        decimals: the coarser of the two sides, by which they were compared.
        difference: the PDF's figure minus Kolada's; None for answers.
        reason: a code of :data:`REASONS`, None when the two could be compared.
    """

    printed: Printed
    outcome: Outcome
    answer: str | None = None
    figure: float | None = None
    code: float | None = None
    decimals: int | None = None
    difference: float | None = None
    reason: str | None = None


def compare(printed: Printed, kolada: Kolada, units: Mapping[str, ValueUnit]) -> Comparison:
    """Compare one value.

    Args:
        units: units of value by name, for the same figure in another unit (tkr and kronor).
    """
    key = (printed.kpi, printed.municipality, printed.period, printed.gender)
    found = kolada.figures.get(key)
    if found is None:
        return Comparison(printed, "not_in_kolada", reason="no_figure")
    if key in kolada.clashing:
        return Comparison(printed, "undecidable", reason="clash")
    if found.value is None:
        return Comparison(printed, "not_in_kolada", reason="withheld")
    if printed.kpi in kolada.scales:
        return Comparison(printed, "undecidable", code=found.value, reason="scale")
    if printed.indicator.value_kind == "answer":
        return _answered(printed, found, found.value, kolada)
    if printed.value is None:
        return Comparison(printed, "undecidable", code=found.value, reason="kind")
    factor = _factor(printed.value_unit, printed.indicator.value_unit, units)
    if factor is None:
        return Comparison(printed, "undecidable", code=found.value, reason="value_unit")
    digits = kolada.decimals[printed.kpi, printed.unit_kind == "kommun"]
    return _figures(printed, found.value, found.value, digits, factor)


def _answered(printed: Printed, found: KoladaValue, value: float, kolada: Kolada) -> Comparison:
    """Compare a value of an indicator that is answered JA or NEJ: an answer, or the share of JA."""
    coding = kolada.codings[found.kpi]
    kommun = printed.unit_kind == "kommun"
    if printed.answer is not None and kommun:
        answer = coding.answer(value)
        if answer is None or printed.answer == "DELVIS":
            reason = "delvis" if answer is not None else _why(coding, whole=value == int(value))
            return Comparison(printed, "undecidable", answer, code=value, reason=reason)
        return Comparison(printed, "equal" if answer == printed.answer else "differs", answer, code=value)
    if printed.value is None or printed.value_unit not in ("procent", None):
        return Comparison(printed, "undecidable", code=value, reason="kind")
    if kommun and coding.binary and (value == int(value) or coding.percent):
        return Comparison(printed, "undecidable", coding.answer(value), code=value, reason="city_share")
    share = coding.share(value)
    if share is None:
        return Comparison(printed, "undecidable", code=value, reason=_why(coding, whole=True))
    digits = kolada.decimals[printed.kpi, kommun]
    return _figures(printed, share, value, digits if coding.percent else max(0, digits - 2))


def _why(coding: Coding, *, whole: bool) -> str:
    """Why a figure stands for no answer or share; ``whole``: it may be a code, or a mean of codes."""
    if not coding.binary:
        return "not_binary"
    if coding.conflict:
        return "conflict"
    return "coding" if whole and coding.no is None else "kind"


def _figures(printed: Printed, figure: float, code: float, digits: int, factor: float = 1.0) -> Comparison:
    """Compare two figures by the decimals of the coarser side.

    Args:
        digits: Kolada's decimals; factor: what the printed figure is multiplied by to be in Kolada's unit.
    """
    raw = printed.value or 0.0
    at_print = printed_decimals(printed.value_raw, raw)
    coarser = min(digits, at_print, MOST_DECIMALS)
    equal = same(raw * factor, figure, digits) or same(raw, figure / factor, at_print)
    return Comparison(
        printed,
        "equal" if equal else "differs",
        figure=figure,
        code=code,
        decimals=coarser,
        difference=round(raw * factor - figure, MOST_DECIMALS),
    )


def _factor(printed: str | None, of_indicator: str | None, units: Mapping[str, ValueUnit]) -> float | None:
    """What a printed figure is multiplied by to be in the indicator's unit; None when they do not compare."""
    if printed is None or of_indicator is None or printed == of_indicator:
        return 1.0
    one, other = units.get(printed), units.get(of_indicator)
    if one is None or other is None or one.base_unit != other.base_unit:
        return None
    return one.factor / other.factor
