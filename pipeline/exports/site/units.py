"""Pages per kommun (and stadsdel, län and the nation): all its answers, against län and riket."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.dataset.schemas import words
from pipeline.exports.database import rows_of, sql_file
from pipeline.exports.headings import area_word
from pipeline.exports.showing import alike, alphabetical, line_of
from pipeline.exports.site import cells, charts
from pipeline.exports.site.frame import Site, digests, unit_page

Row = Mapping[str, Any]
#: Order of the kinds on the list, and their headings.
KINDS = {"kommun": "Kommuner", "stadsdel": "Stadsdelar", "lan": "Län", "riket": "Riket"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of units; page None when the dataset holds no values of it."""

    unit_id: str
    name: str
    kind: str
    page: str | None
    n_values: int
    years: tuple[int, ...]


def write_units(site: Site, connection: Any) -> int:
    """Write a page per unit with values, and the list of all kommuner; gives the number of pages."""
    # In the place of the view for this connection: joined once, and held where DuckDB can put it out to disk.
    connection.execute("CREATE OR REPLACE TEMP TABLE compared AS SELECT * FROM main.compared")
    entries = _entries(connection)
    changed = [
        unit_id
        for (unit_id,), made_of in digests(connection, "compared", "unit_id")
        if not site.keep(unit_page(unit_id), made_of)
    ]
    for unit_id, rows in itertools.groupby(_rows(connection, changed), key=lambda row: row["unit_id"]):
        _write_unit(site, entries[unit_id], list(rows))
    site.write("kommuner.html", "kommuner.html.j2", kinds=_lists(connection, entries))
    return len(entries)


def _write_unit(site: Site, entry: Entry, rows: Sequence[Row]) -> None:
    """The page of one unit."""
    site.write(
        unit_page(entry.unit_id),
        "kommun.html.j2",
        unit=entry,
        kind=words("unit_kind").get(entry.kind, entry.kind),
        chart=_chart(rows, entry.name),
        areas=list(_areas(rows)),
        alone=entry.kind in ("lan", "riket"),
    )


def _entries(connection: Any) -> dict[str, Entry]:
    """Every unit with values: how many questions and editions, a value that several documents print once."""
    rows = connection.execute(
        "SELECT unit_id, min(unit_name), min(unit_kind), "
        "count(DISTINCT row(indicator_key, year, subgroup, measure, period)), "
        "list_sort(list(DISTINCT year) FILTER (year IS NOT NULL)) FROM compared GROUP BY unit_id"
    ).fetchall()
    return {
        unit_id: Entry(unit_id, name, kind, unit_page(unit_id), n_values, tuple(years or ()))
        for unit_id, name, kind, n_values, years in rows
    }


def _rows(connection: Any, units: Sequence[str]) -> Iterator[Row]:
    """All values of the units with those beside them, a unit after the other."""
    cursor = connection.execute(sql_file("kommun"), {"units": list(units)})
    names = [one[0] for one in cursor.description]
    for row in rows_of(cursor):
        yield dict(zip(names, row, strict=True))


def _chart(rows: Sequence[Row], name: str) -> Any:
    """The unit's own answers per edition, each question once; None when it has none.

    A question whose sources differ counts as without an answer.
    """
    answers: dict[tuple[int, Any, Any, Any], set[str | None]] = {}
    for row in rows:
        if row["measure"] == "answer" and row["year"]:
            asked = (row["year"], row["indicator_key"], row["subgroup"], row["period"])
            answers.setdefault(asked, set()).add(row["answer"] if row["status"] == "ok" else None)
    counts: dict[int, Counter[str]] = {}
    for (year, *_), found in answers.items():
        answer = next(iter(found)) if len(found) == 1 else None
        counts.setdefault(year, Counter())[answer or "utan svar"] += 1
    return charts.stacked(counts, f"Egna svar per upplaga, {name}", "frågor", "#svar") if counts else None


def _areas(rows: Sequence[Row]) -> Iterator[tuple[str, Markup]]:
    """Areas with the lines of their indicators."""
    for area, found in itertools.groupby(rows, key=lambda row: row["area"]):
        ordered = sorted(found, key=lambda row: alphabetical(row["indicator_name"]))
        groups = itertools.groupby(ordered, key=lambda row: (row["indicator_key"], row["subgroup"]))
        lines = (cells.indicator_lines(alike(group, line_of)) for _, group in groups)
        yield area_word(area), Markup("").join(lines)


def _lists(connection: Any, written: Mapping[str, Entry]) -> list[tuple[str, list[Entry]]]:
    """All units of the register and those with values, by kind."""
    rows = connection.execute("SELECT unit_id, name, kind FROM units ORDER BY name, unit_id").fetchall()
    known = {
        unit_id: written.get(unit_id) or Entry(unit_id, name, kind, None, 0, ())
        for unit_id, name, kind in rows
    }
    listed = sorted(
        (known | dict(written)).values(), key=lambda entry: (alphabetical(entry.name), entry.unit_id)
    )
    return [
        (title, [entry for entry in listed if entry.kind == kind and (entry.page or kind == "kommun")])
        for kind, title in KINDS.items()
    ]
