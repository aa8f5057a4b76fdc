"""Values as Swedish readers expect them: decimal comma, unit, and a word for each kind of absence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from pipeline.dataset.heatmap import number
from pipeline.exports.headings import ABSENT, MEASURES

Row = Mapping[str, Any]
#: What stands behind a figure (a number of things needs no word); other units are named by their own word.
UNIT_MARKS = {"procent": "\u00a0%", "kronor": "\u00a0kr", "antal": ""}
#: What makes two rows of one thing the same value.
VALUE = ("answer", "value", "value_unit", "range_min", "range_max", "status")
_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})
#: Measures that a figure must carry in words, because it is not the unit's own.
TOLD_MEASURES = ("share", "mean", "median")


def alike(rows: Iterable[Row], same: Callable[[Row], Any]) -> Iterator[list[Row]]:
    """Rows that follow each other and say the same of the same, together: one line with several sources.

    Args:
        same: what tells lines apart besides the value.
    """
    for _, group in groupby(rows, key=lambda row: (same(row), *(row[name] for name in VALUE))):
        yield list(group)


def line_of(row: Row) -> tuple[Any, ...]:
    """What makes a row of ``compared`` a line of its own besides its value, and what stands beside it."""
    names = ("indicator_key", "subgroup", "year", "period", "measure")
    return *(row[name] for name in names), around(row, "lan"), around(row, "riket")


def alphabetical(name: str) -> str:
    """The name as a key that sorts as Swedish does: å, ä, ö after z; capitals do not count."""
    return name.casefold().translate(_AFTER_Z)


def shown_value(row: Row) -> str:
    """The answer, figure or range of a row, or the word for why there is none; a mean or share says so.

    Args:
        row: with answer, value, value_unit, range_min, range_max, status and measure.
    """
    text = plain_value(row)
    measure = row.get("measure")
    return f"{text} ({MEASURES[measure]})" if measure in TOLD_MEASURES and row["status"] == "ok" else text


def plain_value(row: Row) -> str:
    """The same without words for the measure."""
    if row["status"] != "ok":
        return ABSENT.get(row["status"], str(row["status"]))
    figure = _figure(row)
    if row["answer"]:
        return f"{row['answer']} ({figure})" if figure else str(row["answer"])
    return figure or str(row.get("value_raw") or "–")


def around(row: Row, place: str) -> str:
    """What stands beside a kommun's value: of its län (``lan``) or the nation (``riket``); else ``–``."""
    if row[f"{place}_status"] is None:
        return "–"
    beside = {name: row[f"{place}_{name}"] for name in ("answer", "value", "status", "measure")}
    ends = {name: row[f"{place}_{name}"] for name in ("range_min", "range_max")}
    return shown_value(beside | ends | {"value_unit": row[f"{place}_unit"]})


def shown_figure(value: float, unit: str | None) -> str:
    """A figure with decimal comma and its unit: ``12,5 %``, ``2 092 kr``, ``4 dagar``."""
    return f"{number(value)}{_mark(unit)}"


def _mark(unit: str | None) -> str:
    """What stands behind a figure."""
    return UNIT_MARKS.get(unit, f" {unit}") if unit else ""


def _figure(row: Row) -> str:
    """A figure or range with its unit; empty when there is none."""
    if row["value"] is not None:
        return shown_figure(row["value"], row.get("value_unit"))
    if row.get("range_min") is not None:
        upper = "" if row["range_max"] is None else number(row["range_max"])
        return f"{number(row['range_min'])}–{upper}{_mark(row.get('value_unit'))}"
    return ""
