"""Reading units.csv and unit_aliases.csv."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.reference.csvfile import Row, read_rows
from pipeline.reference.units import KINDS, Unit, UnitAlias

FILE, ALIAS_FILE = "units.csv", "unit_aliases.csv"
COLUMNS = ("unit_id", "name", "kind", "lan_code", "valid_from", "valid_to", "common_word")
ALIAS_COLUMNS = ("alias", "unit_id", "first_year", "last_year", "note")


def read_units(folder: Path) -> tuple[Unit, ...]:
    """All rows of units.csv in ``folder``. Raises RegisterError, also on an id that stands twice."""
    units: dict[str, Unit] = {}
    for row in read_rows(folder, FILE, COLUMNS):
        unit = _unit(row)
        if unit.unit_id in units:
            raise row.error(f"enheten ”{unit.unit_id}” står två gånger.")
        units[unit.unit_id] = unit
    return tuple(units.values())


def _unit(row: Row) -> Unit:
    first, last = row.years("valid_from", "valid_to")
    return Unit(
        unit_id=row.required("unit_id"),
        name=row.required("name"),
        kind=row.one_of("kind", KINDS),
        lan_code=row.optional("lan_code"),
        valid_from=first,
        valid_to=last,
        common_word=row.flag("common_word"),
    )


def read_unit_aliases(folder: Path, units: Iterable[Unit]) -> tuple[UnitAlias, ...]:
    """All rows of unit_aliases.csv in ``folder``. Raises RegisterError on an unknown unit_id."""
    known = {unit.unit_id for unit in units}
    aliases = []
    for row in read_rows(folder, ALIAS_FILE, ALIAS_COLUMNS):
        if row["unit_id"] not in known:
            raise row.error(f"enheten ”{row['unit_id']}” finns inte i {FILE}.")
        first, last = row.years("first_year", "last_year")
        aliases.append(UnitAlias(row.required("alias"), row["unit_id"], first, last))
    return tuple(aliases)
