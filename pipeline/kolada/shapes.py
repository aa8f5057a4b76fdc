"""The shapes of the API's answers, checked field by field while they are read.

A page of data is ``{"values": [entry …], "count": n, "next_url": address or null}``; an entry is
``{"kpi", "municipality", "period", "values": [{"gender", "count", "status", "value", "isdeleted"} …]}``.
Fields that are not named here are passed over: the API may grow.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.kolada.errors import KoladaAnswerError


@dataclass(frozen=True, slots=True)
class KoladaValue:
    """One figure of Kolada.

    Attributes:
        kpi: id of the KPI (``N31807``). municipality: four digits: a kommun's code, ``00`` and a
            län's code, or ``0000`` for the country; other ids are groups and units inside a kommun.
        period: the year measured. gender: T all, K women, M men.
        value: None when there is none; status then says why (``Missing``, ``Private`` …; may be empty).
    """

    kpi: str
    municipality: str
    period: int
    gender: str
    value: float | None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of data, without deleted figures, and the address of the next one."""

    values: tuple[KoladaValue, ...]
    next_url: str | None


def read_page(payload: Any) -> Page:
    """A page of data. Raises KoladaAnswerError naming the field that is not as documented."""
    entries = _entries(payload)
    next_url = payload.get("next_url")
    if next_url is not None and not isinstance(next_url, str):
        raise _unexpected("next_url")
    values = tuple(value for number, entry in enumerate(entries) for value in _values(entry, number))
    return Page(values, next_url or None)


def read_titles(payload: Any) -> dict[str, str]:
    """Titles by KPI id from an answer about KPIs: a list under ``values``, or one KPI by itself.

    What has no id and title is passed over: titles only help to read the codes.
    """
    entries = payload.get("values", [payload]) if isinstance(payload, dict) else payload
    if not isinstance(entries, list):
        return {}
    return {
        entry["id"]: entry["title"]
        for entry in entries
        if isinstance(entry, dict)
        and isinstance(entry.get("id"), str)
        and isinstance(entry.get("title"), str)
    }


def _entries(payload: Any) -> list[Any]:
    entries = payload.get("values") if isinstance(payload, dict) else None
    if not isinstance(entries, list):
        raise _unexpected("values")
    return entries


def _values(entry: Any, number: int) -> Iterator[KoladaValue]:
    where = f"values[{number}]"
    if not isinstance(entry, dict):
        raise _unexpected(where)
    kpi, municipality = _text(entry, "kpi", where), _text(entry, "municipality", where)
    period = _year(entry.get("period"), where)
    inner = entry.get("values")
    if not isinstance(inner, list):
        raise _unexpected(f"{where}.values")
    for one in inner:
        if not isinstance(one, dict):
            raise _unexpected(f"{where}.values")
        if one.get("isdeleted"):
            continue
        status = one.get("status")
        yield KoladaValue(
            kpi,
            municipality,
            period,
            _text(one, "gender", f"{where}.values"),
            _number(one.get("value"), f"{where}.values"),
            status if isinstance(status, str) else "",
        )


def _text(entry: dict[str, Any], name: str, where: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        raise _unexpected(f"{where}.{name}")
    return value


def _year(value: Any, where: str) -> int:
    """A year, which the API writes as a number and used to write as text."""
    if isinstance(value, str) and value.isdecimal() and len(value) == 4:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise _unexpected(f"{where}.period")


def _number(value: Any, where: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e15:
        raise _unexpected(f"{where}.value")
    if not math.isfinite(value):
        raise _unexpected(f"{where}.value")
    return float(value)


def _unexpected(field: str) -> KoladaAnswerError:
    return KoladaAnswerError(
        f"Koladas svar har inte den form som väntas (fältet {field}): kontrollera --base-url; stämmer den "
        "har Koladas API ändrats och programmet behöver följa efter."
    )
