"""One kommun's answers over the editions, beside its län and the nation."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.exports.database import over_parquet, sql_file


def find_kommun(folder: Path, wanted: str) -> tuple[str, str] | None:
    """Code and name of the unit that a user means by code or name, in the dataset's own register.

    Returns:
        None when no unit has this code or name; capitals and outer blanks do not count.
    """
    with over_parquet(folder) as connection:
        found = connection.execute(
            "SELECT unit_id, name FROM units WHERE unit_id = $1 OR lower(name) = lower($1) "
            "ORDER BY unit_id = $1 DESC, kind = 'kommun' DESC, unit_id LIMIT 1",
            [wanted.strip()],
        ).fetchone()
    return None if found is None else (found[0], found[1])


def kommun_rows(folder: Path, unit_id: str) -> list[Mapping[str, Any]]:
    """All values of a unit by area, indicator and edition, with those of its län and the nation.

    The columns are those of sql/kommun.sql.
    """
    with over_parquet(folder) as connection:
        cursor = connection.execute(sql_file("kommun"), {"units": [unit_id]})
        names = [one[0] for one in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
