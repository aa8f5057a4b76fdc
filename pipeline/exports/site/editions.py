"""An indicator in one edition: a map of the kommuner, the distribution, and every unit's value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.dataset.heatmap import number
from pipeline.exports.headings import MEASURES
from pipeline.exports.showing import alike, alphabetical, plain_value
from pipeline.exports.site import cells, charts
from pipeline.exports.site.maps import kommun_map

Row = Mapping[str, Any]
#: Units whose own values are drawn; län, nation and groups are compared with, never counted among them.
OWN_KINDS = ("kommun", "stadsdel")
WITHOUT = "utan svar"
#: Five steps from few to many, light to dark.
STEPS = ("#dbe7f1", "#b3cde3", "#84aed0", "#4f8abb", "#245f94")
#: Editions with a map of their own; the values of older ones stand in the tables below.
MAX_MAPS = 8


@dataclass(frozen=True, slots=True)
class Picture:
    """One edition: its map (None without figures), the map's key, its bars and the lines of its table."""

    year: int
    measure: str
    map: Markup | None
    legend: tuple[tuple[str, str], ...]
    bars: Markup | None
    lines: Markup
    n_units: int


def own_values(rows: Sequence[Row], measure: str) -> list[Row]:
    """The units' own values of one measure, of an edition that is known and the whole group only."""
    return [
        row
        for row in rows
        if row["measure"] == measure and row["unit_kind"] in OWN_KINDS and row["year"] and not row["subgroup"]
    ]


def by_unit(rows: Sequence[Row]) -> dict[tuple[int, str], Row | None]:
    """The value of each unit in each edition; None where its sources differ."""
    found: dict[tuple[int, str], Row | None] = {}
    for row in rows:
        key = (row["year"], row["unit_id"] or row["unit_label"])
        had = found.setdefault(key, row)
        if had is not None and (had["answer"], had["value"], had["status"]) != (
            row["answer"],
            row["value"],
            row["status"],
        ):
            found[key] = None
    return found


def answer_kind(row: Row | None) -> str:
    """What an answer counts as."""
    return (row["answer"] if row is not None and row["status"] == "ok" else None) or WITHOUT


def pictures(rows: Sequence[Row]) -> Iterator[Picture]:
    """The editions with own values of units, newest first: own answers, or figures where there are none."""
    for measure in ("answer", "value"):
        own = own_values(rows, measure)
        years = sorted({row["year"] for row in own}, reverse=True)[:MAX_MAPS]
        if years:
            yield from (
                _picture([row for row in own if row["year"] == year], year, measure) for year in years
            )
            return


def _picture(rows: Sequence[Row], year: int, measure: str) -> Picture:
    """The picture of one edition; each unit counts once."""
    units = {unit: row for (_, unit), row in by_unit(rows).items()}
    drawn = _answers(units, year) if measure == "answer" else _figures(units, year)
    ordered = sorted(rows, key=lambda row: alphabetical(row["unit_name"]))
    lines = alike(ordered, lambda row: (row["unit_id"], row["unit_label"]))
    table = Markup("").join(cells.unit_line(found, short=True) for found in lines)
    return Picture(year, MEASURES[measure], *drawn, table, len(units))


Drawn = tuple[Markup | None, tuple[tuple[str, str], ...], Markup | None]


def _answers(units: Mapping[str, Row | None], year: int) -> Drawn:
    """Map, its key, and bars of answers."""
    counts = Counter(answer_kind(row) for row in units.values())
    fills = {
        unit: (charts.COLOURS[answer_kind(row)], "olika uppgifter" if row is None else plain_value(row))
        for unit, row in units.items()
    }
    told = ", ".join(f"{counts[kind]} {kind}" for kind in charts.COLOURS if counts[kind])
    bars = charts.bars([(kind, counts[kind]) for kind in charts.COLOURS], f"Svar {year}", f"#tabell-{year}")
    legend = tuple((charts.COLOURS[kind], kind) for kind in charts.COLOURS if counts[kind])
    return kommun_map(fills, f"Karta över kommunernas svar {year}: {told}.", year), legend, bars


def _figures(units: Mapping[str, Row | None], year: int) -> Drawn:
    """Map in five steps of equal number, its key, and bars of classes of equal width."""
    figures = {unit: row for unit, row in units.items() if row is not None and row["value"] is not None}
    if not figures:
        return None, (), None
    ordered = sorted(row["value"] for row in figures.values())
    limits = [ordered[len(ordered) * step // len(STEPS)] for step in range(1, len(STEPS))]
    fills = {
        unit: (STEPS[sum(row["value"] >= limit for limit in limits)], plain_value(row))
        for unit, row in figures.items()
    }
    ends = f"från {number(ordered[0])} till {number(ordered[-1])}"
    told = f"Karta över kommunernas tal {year}: {len(figures)} enheter, {ends}."
    bars = charts.bars(charts.bins(ordered), f"Fördelning {year}", f"#tabell-{year}")
    return kommun_map(fills, told, year), _steps(ordered, limits), bars


def _steps(ordered: Sequence[float], limits: Sequence[float]) -> tuple[tuple[str, str], ...]:
    """The colours that occur with the figures they stand for."""
    parts: dict[int, list[float]] = {}
    for value in ordered:
        parts.setdefault(sum(value >= limit for limit in limits), []).append(value)
    return tuple(
        (
            STEPS[step],
            number(found[0]) if found[0] == found[-1] else f"{number(found[0])}–{number(found[-1])}",
        )
        for step, found in sorted(parts.items())
    )
