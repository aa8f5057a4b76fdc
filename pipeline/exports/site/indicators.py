"""Pages per indicator: time line, map, distribution, and every value with its source."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.dataset.heatmap import number
from pipeline.exports.database import rows_of, sql_file
from pipeline.exports.headings import MEASURES
from pipeline.exports.showing import plain_value
from pipeline.exports.site import charts
from pipeline.exports.site.frame import Site, indicator_page
from pipeline.exports.site.maps import kommun_map

Row = Mapping[str, Any]
#: Units whose own values are drawn; län, nation and groups are compared with, never counted among them.
OWN_KINDS = ("kommun", "stadsdel")
WITHOUT = "utan svar"
#: Values on one page; the page says how many more stand in the data files.
MAX_ROWS = 6_000
#: Five steps from few to many, light to dark.
STEPS = ("#dbe7f1", "#b3cde3", "#84aed0", "#4f8abb", "#245f94")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of indicators."""

    name: str
    area: str
    page: str
    known: bool
    years: tuple[int, ...]
    n_values: int


def write_indicators(site: Site, connection: Any, registers: Mapping[str, Row]) -> list[Entry]:
    """Write a page per indicator with values, and the list; gives the list's lines.

    Args:
        registers: rows of the register of indicators by id.
    """
    entries = []
    for key, rows in itertools.groupby(_rows(connection), key=lambda row: row["indicator_key"]):
        held = list(rows)
        first = held[0]
        years = tuple(sorted({row["year"] for row in held if row["year"] is not None}))
        known = registers.get(first["indicator_id"] or "")
        entries.append(
            Entry(
                first["indicator_name"],
                first["area"] or "annat",
                indicator_page(key),
                known is not None,
                years,
                len(held),
            )
        )
        site.write(
            indicator_page(key),
            "indikator.html.j2",
            name=first["indicator_name"],
            area=first["area"],
            key=key,
            known=known,
            charts=list(_time_lines(held)),
            has_answers=bool(_own(held, "answer")),
            latest=_latest(held),
            editions=list(_editions(held[:MAX_ROWS])),
            hidden=max(0, len(held) - MAX_ROWS),
        )
    entries.sort(key=lambda entry: (entry.area, entry.name, entry.page))
    site.write("indikatorer.html", "indikatorer.html.j2", entries=entries)
    return entries


def _rows(connection: Any) -> Iterator[Row]:
    """All values, an indicator after the other."""
    cursor = connection.execute(sql_file("indicators"))
    names = [one[0] for one in cursor.description]
    for row in rows_of(cursor):
        yield dict(zip(names, row, strict=True))


def _own(rows: Sequence[Row], measure: str) -> list[Row]:
    """The units' own values of one measure, of an edition that is known and the whole group only."""
    return [
        row
        for row in rows
        if row["measure"] == measure and row["unit_kind"] in OWN_KINDS and row["year"] and not row["subgroup"]
    ]


def _by_unit(rows: Sequence[Row]) -> dict[tuple[int, str], Row | None]:
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


def _kind(row: Row | None) -> str:
    """What an answer counts as."""
    return (row["answer"] if row is not None and row["status"] == "ok" else None) or WITHOUT


def _time_lines(rows: Sequence[Row]) -> Iterator[tuple[str, Markup]]:
    """Title and chart of each measure; an own answer, a share and a figure have charts of their own."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for (year, _), row in _by_unit(_own(rows, "answer")).items():
        counts[year][_kind(row)] += 1
    if counts:
        title = "Enheternas egna svar per upplaga"
        yield title, charts.stacked(counts, title)
    units = sorted({row["value_unit"] or "" for row in _own(rows, "value") if row["value"] is not None})
    for unit in units:
        spreads = _spreads(rows, unit)
        title = "Enheternas egna tal per upplaga"
        yield f"{title} ({unit or 'utan enhet'})", charts.spreads(spreads, unit or "utan enhet", title)
    shares = _riket(rows, ("share",), "procent")
    if shares:
        title = "Andel ja i riket per upplaga"
        listed = [charts.Spread(year, value, value, value, value) for year, value in sorted(shares.items())]
        yield title, charts.spreads(listed, "procent", title)


def _spreads(rows: Sequence[Row], unit: str) -> list[charts.Spread]:
    """Lowest, middle and highest figure per edition."""
    figures: dict[int, list[float]] = defaultdict(list)
    for (year, _), row in _by_unit(_own(rows, "value")).items():
        if row is not None and row["value"] is not None and (row["value_unit"] or "") == unit:
            figures[year].append(row["value"])
    riket = _riket(rows, ("value", "mean"), unit)
    return [
        charts.Spread(year, min(found), statistics.median(found), max(found), riket.get(year))
        for year, found in sorted(figures.items())
        if found
    ]


def _riket(rows: Sequence[Row], measures: Sequence[str], unit: str) -> dict[int, float]:
    """The nation's figure per edition where its sources agree."""
    found: dict[int, set[float]] = defaultdict(set)
    for row in rows:
        if (
            row["unit_kind"] == "riket"
            and row["measure"] in measures
            and row["year"]
            and row["value"] is not None
            and (row["value_unit"] or "") == unit
            and not row["subgroup"]
        ):
            found[row["year"]].add(row["value"])
    return {year: values.pop() for year, values in found.items() if len(values) == 1}


def _latest(rows: Sequence[Row]) -> Mapping[str, Any] | None:
    """Map, distribution and table of the latest edition with values of the units' own; None without any."""
    for measure in ("answer", "value"):
        own = _own(rows, measure)
        if own:
            year = max(row["year"] for row in own)
            chosen = [row for row in own if row["year"] == year]
            units = {unit: row for (_, unit), row in _by_unit(chosen).items()}
            drawn = _answers(units, year) if measure == "answer" else _figures(units, year)
            return {"year": year, "measure": MEASURES[measure], "rows": chosen, **drawn}
    return None


def _answers(units: Mapping[str, Row | None], year: int) -> dict[str, Any]:
    """Map and bars of answers."""
    counts = Counter(_kind(row) for row in units.values())
    fills = {
        unit: (charts.COLOURS[_kind(row)], "olika uppgifter" if row is None else plain_value(row))
        for unit, row in units.items()
    }
    told = ", ".join(f"{counts[kind]} {kind}" for kind in charts.COLOURS if counts[kind])
    return {
        "map": kommun_map(fills, f"Karta över kommunernas svar {year}: {told}."),
        "legend": [(charts.COLOURS[kind], kind) for kind in charts.COLOURS if counts[kind]],
        "bars": charts.bars([(kind, counts[kind]) for kind in charts.COLOURS], f"Svar {year}"),
    }


def _figures(units: Mapping[str, Row | None], year: int) -> dict[str, Any]:
    """Map in five steps of equal number and bars of classes of equal width."""
    figures = {unit: row for unit, row in units.items() if row is not None and row["value"] is not None}
    if not figures:
        return {"map": None, "legend": [], "bars": None}
    ordered = sorted(row["value"] for row in figures.values())
    limits = [ordered[len(ordered) * step // len(STEPS)] for step in range(1, len(STEPS))]
    fills = {
        unit: (STEPS[sum(row["value"] >= limit for limit in limits)], plain_value(row))
        for unit, row in figures.items()
    }
    ends = f"från {number(ordered[0])} till {number(ordered[-1])}"
    told = f"Karta över kommunernas tal {year}: {len(figures)} enheter, {ends}."
    return {
        "map": kommun_map(fills, told),
        "legend": [(STEPS[0], "lägst femtedel"), (STEPS[-1], "högst femtedel")],
        "bars": charts.bars(charts.bins(ordered), f"Fördelning {year}"),
    }


def _editions(rows: Sequence[Row]) -> Iterator[tuple[int | None, list[Row]]]:
    """The values of every edition, newest first."""
    for year, found in itertools.groupby(rows, key=lambda row: row["year"]):
        yield year, list(found)
