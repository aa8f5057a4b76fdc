"""The comparison as a file: one line per value, differences first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import get_args

from pipeline.dataset.unmatched import harmless
from pipeline.kolada.compare import REASONS, Comparison, Outcome
from pipeline.kolada.rounding import MOST_DECIMALS

COLUMNS = (
    "outcome",
    "file_name",
    "document_id",
    "page",
    "table_label",
    "unit_id",
    "unit_label",
    "indicator_id",
    "indicator_label",
    "kolada_kpi",
    "year",
    "kolada_year",
    "gender",
    "value_raw",
    "pdf_value",
    "kolada_value",
    "kolada_figure",
    "difference",
    "reason",
    "observation_id",
)


def comparison_csv(comparisons: Iterable[Comparison]) -> bytes:
    """One line per comparison (UTF-8, comma, RFC 4180), by outcome and then in the given order.

    ``kolada_figure`` is the number as Kolada has it; ``difference`` is the PDF's figure minus Kolada's, in
    the indicator's unit, empty for answers. Numbers have a decimal point, as in the dataset.
    """
    order = {outcome: place for place, outcome in enumerate(get_args(Outcome))}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for one in sorted(comparisons, key=lambda one: order[one.outcome]):
        writer.writerow(_fields(one))
    return text.getvalue().encode("utf-8")


def printed_text(comparison: Comparison) -> str:
    """The PDF's value as printed, with the corrected one behind it where there is one."""
    printed = comparison.printed
    raw = printed.value_raw or printed.answer or ""
    if not printed.corrected:
        return raw
    value = printed.answer or ("" if printed.value is None else swedish_number(printed.value))
    return f"{raw} (rättat till {value})"


def kolada_text(comparison: Comparison) -> str:
    """Kolada's value for a reader: ``Ja``, ``12,3``, ``62,5 %``; its bare code where that is all there is."""
    if comparison.answer is not None:
        return comparison.answer.capitalize()
    if comparison.figure is None:
        return "–" if comparison.code is None else f"kod {swedish_number(comparison.code)}"
    percent = comparison.printed.indicator.value_unit == "procent"
    return swedish_number(comparison.figure, _shown_decimals(comparison)) + (" %" if percent else "")


def difference_text(comparison: Comparison) -> str:
    """The difference for a reader: ``+1,5``, or ``svaret`` for an answer."""
    if comparison.difference is None:
        return "svaret"
    shown = swedish_number(comparison.difference, _shown_decimals(comparison))
    return shown if shown.startswith("−") else f"+{shown}"


def _shown_decimals(comparison: Comparison) -> int:
    """Two more than the comparison went by: enough to see the difference, without a computer's rest."""
    return min(MOST_DECIMALS, (comparison.decimals or 0) + 2)


def swedish_number(value: float, digits: int = MOST_DECIMALS) -> str:
    """A number with decimal comma and groups of thousands, of at most ``digits`` decimals, none needless."""
    shown = f"{_rounded(value, digits):,.{MOST_DECIMALS}f}".rstrip("0").rstrip(".")
    return shown.replace(",", "\u00a0").replace(".", ",").replace("-", "−")


def _fields(one: Comparison) -> list[str]:
    printed = one.printed
    value = printed.answer if printed.answer is not None else _plain(printed.value)
    fields = (
        one.outcome,
        printed.file_name,
        printed.document_id,
        str(printed.page),
        printed.table_label or "",
        printed.unit_id,
        printed.unit_label,
        printed.indicator.indicator_id,
        printed.indicator_label,
        printed.kpi,
        "" if printed.edition is None else str(printed.edition),
        str(printed.period),
        printed.gender,
        printed.value_raw,
    )
    shown = one.answer if one.answer is not None else _plain(one.figure)
    reason = REASONS[one.reason] if one.reason is not None else ""
    return [
        *map(harmless, fields),
        value,
        shown,
        _plain(one.code),
        _plain(one.difference),
        reason,
        printed.observation_id,
    ]


def _plain(value: float | None) -> str:
    return "" if value is None else f"{_rounded(value):.{MOST_DECIMALS}f}".rstrip("0").rstrip(".")


def _rounded(value: float, digits: int = MOST_DECIMALS) -> float:
    return round(value, digits) + 0.0  # never a negative zero
