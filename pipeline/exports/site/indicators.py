"""Pages per indicator: time line, map, distribution, and every value with its source."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.exports.database import rows_of, sql_file
from pipeline.exports.showing import alike, alphabetical, shown_figure
from pipeline.exports.site import cells, charts
from pipeline.exports.site.editions import answer_kind, by_unit, own_values, pictures
from pipeline.exports.site.frame import Site, digests, indicator_page
from pipeline.exports.site.maps import map_shapes

Row = Mapping[str, Any]
#: Values on one page; the page says how many more stand in the data files.
MAX_ROWS = 6_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of indicators."""

    name: str
    area: str | None
    page: str
    known: bool
    years: tuple[int, ...]
    n_values: int


def write_indicators(site: Site, connection: Any, registers: Mapping[str, Row]) -> list[Entry]:
    """Write a page per indicator with values, and the list; gives the list's lines.

    Args:
        registers: rows of the register of indicators by id.
    """
    stated = _stated(connection)
    entries = _entries(connection, registers)
    changed = []
    told = {entry.page for entry in entries}
    for key in sorted(key for key in stated if indicator_page(key) not in told):
        if not site.keep(indicator_page(key), registers[key], stated[key]):
            _write_indicator(site, key, [], registers[key], stated[key])
        entries.append(
            Entry(registers[key]["name"], registers[key]["area"], indicator_page(key), True, (), 0)
        )
    for (key,), made_of in digests(connection, "long", "indicator_key"):
        if not site.keep(indicator_page(key), made_of, registers.get(key), stated.get(key)):
            changed.append(key)
    for key, rows in itertools.groupby(_rows(connection, changed), key=lambda row: row["indicator_key"]):
        _write_indicator(site, key, list(rows), registers.get(key), stated.get(key, []))
    entries.sort(key=lambda entry: (entry.area or "~", alphabetical(entry.name), entry.page))
    groups = [(area, list(found)) for area, found in itertools.groupby(entries, key=lambda one: one.area)]
    site.write("indikatorer.html", "indikatorer.html.j2", entries=entries, groups=groups)
    return entries


def _write_indicator(site: Site, key: str, rows: Sequence[Row], known: Row | None, stated: list[Row]) -> None:
    """The page of one indicator; without rows it is one of the register that stands in running text only."""
    site.write(
        indicator_page(key),
        "indikator.html.j2",
        name=rows[0]["indicator_name"] if rows else (known or {})["name"],
        area=rows[0]["area"] if rows else (known or {})["area"],
        known=known,
        charts=list(_time_lines(rows)),
        has_answers=bool(own_values(rows, "answer")),
        maps=list(pictures(rows)),
        editions=list(_editions(rows[:MAX_ROWS])),
        hidden=max(0, len(rows) - MAX_ROWS),
        stated=stated,
        map_shapes=map_shapes,
    )


def _entries(connection: Any, registers: Mapping[str, Row]) -> list[Entry]:
    """Every indicator with values, by area and name; a value that several documents print counts once."""
    rows = connection.execute(
        "SELECT indicator_key, min(indicator_name), min(area), "
        "count(DISTINCT row(unit_id, unit_label, year, subgroup, measure, period)), "
        "list_sort(list(DISTINCT year) FILTER (year IS NOT NULL)) FROM long GROUP BY indicator_key"
    ).fetchall()
    return [
        Entry(name, area, indicator_page(key), key in registers, tuple(years or ()), n_values)
        for key, name, area, n_values, years in rows
    ]


def _rows(connection: Any, keys: Sequence[str]) -> Iterator[Row]:
    """All values of the indicators, one indicator after the other."""
    cursor = connection.execute(sql_file("indicators"), {"keys": list(keys)})
    names = [one[0] for one in cursor.description]
    for row in rows_of(cursor):
        yield dict(zip(names, row, strict=True))


def _stated(connection: Any) -> dict[str, list[Row]]:
    """Figures that stand in running text only, by indicator."""
    cursor = connection.execute("SELECT * FROM stated")
    names = [one[0] for one in cursor.description]
    found: dict[str, list[Row]] = {}
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        row["shown"] = shown_figure(row["value"], row["value_unit"])
        found.setdefault(row["indicator_id"], []).append(row)
    return found


def _time_lines(rows: Sequence[Row]) -> Iterator[tuple[str, Markup]]:
    """Title and chart of each measure; an own answer, a share and a figure have charts of their own."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for (year, _), row in by_unit(own_values(rows, "answer")).items():
        counts[year][answer_kind(row)] += 1
    if counts:
        title = "Enheternas egna svar per upplaga"
        yield title, charts.stacked(counts, title)
    units = sorted({row["value_unit"] or "" for row in own_values(rows, "value") if row["value"] is not None})
    for unit in units:
        spreads = _spreads(rows, unit)
        if not spreads:
            continue  # documents differ on every value in this unit
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
    for (year, _), row in by_unit(own_values(rows, "value")).items():
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


def _editions(rows: Sequence[Row]) -> Iterator[tuple[int | None, int, Markup]]:
    """Year, number of values and lines of every edition, newest first."""
    for year, found in itertools.groupby(rows, key=lambda row: row["year"]):
        lines = list(alike(found, _line))
        yield year, len(lines), Markup("").join(map(cells.unit_line, lines))


def _line(row: Row) -> tuple[Any, ...]:
    """What makes a line of its own besides the value."""
    return row["measure"], row["unit_id"], row["unit_label"], row["subgroup"], row["period"]
