"""Pages per kommun (and stadsdel, län and the nation): all its answers, against län and riket."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.dataset.schemas import words
from pipeline.exports.database import rows_of, sql_file
from pipeline.exports.site import charts
from pipeline.exports.site.frame import Site, unit_page

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
    written: dict[str, Entry] = {}
    for unit_id, rows in itertools.groupby(_rows(connection), key=lambda row: row["unit_id"]):
        held = list(rows)
        years = tuple(sorted({row["year"] for row in held if row["year"] is not None}))
        first = held[0]
        written[unit_id] = Entry(
            unit_id, first["unit_name"], first["unit_kind"], unit_page(unit_id), len(held), years
        )
        site.write(
            unit_page(unit_id),
            "kommun.html.j2",
            unit=written[unit_id],
            kind=words("unit_kind").get(first["unit_kind"], first["unit_kind"]),
            chart=_chart(held, first["unit_name"]),
            areas=list(_areas(held)),
        )
    site.write("kommuner.html", "kommuner.html.j2", kinds=_lists(connection, written))
    return len(written)


def _rows(connection: Any) -> Iterator[Row]:
    """All values with those beside them, a unit after the other."""
    cursor = connection.execute(sql_file("kommun"), {"unit": None})
    names = [one[0] for one in cursor.description]
    for row in rows_of(cursor):
        yield dict(zip(names, row, strict=True))


def _chart(rows: Sequence[Row], name: str) -> Any:
    """The unit's own answers per edition; None when it has none."""
    counts: dict[int, Counter[str]] = {}
    for row in rows:
        if row["measure"] == "answer" and row["year"]:
            counts.setdefault(row["year"], Counter())[row["answer"] or "utan svar"] += 1
    return charts.stacked(counts, f"Egna svar per upplaga, {name}", "svar") if counts else None


def _areas(rows: Sequence[Row]) -> Iterator[tuple[str | None, list[tuple[Row, list[Row]]]]]:
    """Areas with their indicators; each with its first row and all of its rows."""
    for area, found in itertools.groupby(rows, key=lambda row: row["area"]):
        groups = itertools.groupby(found, key=lambda row: (row["indicator_key"], row["subgroup"]))
        indicators = [list(group) for _, group in groups]
        yield area, [(group[0], group) for group in indicators]


def _lists(connection: Any, written: Mapping[str, Entry]) -> list[tuple[str, list[Entry]]]:
    """All units of the register and those with values, by kind."""
    rows = connection.execute("SELECT unit_id, name, kind FROM units ORDER BY name, unit_id").fetchall()
    known = {
        unit_id: written.get(unit_id) or Entry(unit_id, name, kind, None, 0, ())
        for unit_id, name, kind in rows
    }
    listed = sorted((known | dict(written)).values(), key=lambda entry: (entry.name, entry.unit_id))
    return [
        (title, [entry for entry in listed if entry.kind == kind and (entry.page or kind == "kommun")])
        for kind, title in KINDS.items()
    ]
