"""Questions in SQL over the published tables and their views."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import OjError
from pipeline.exports.database import DATABASE_FILE, over_parquet


class QueryError(OjError):
    """DuckDB does not understand the question."""

    code = "fraga"


@dataclass(frozen=True, slots=True)
class Answer:
    """The first rows of a result.

    Attributes:
        columns: names. rows: Python values in the columns' order.
        more: whether there are rows beyond these.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    more: bool


def ask(out: Path, sql: str, most: int | None = None) -> Answer:
    """Put one SQL statement to the dataset in ``out`` (its tables and views).

    Uses oj.duckdb, opened for reading only; without it (a run with ``--no-exports``) the Parquet files.

    Args:
        most: rows to give at most; None for all.

    Raises:
        QueryError: DuckDB's own words on what is wrong with the statement.
    """
    import duckdb

    try:
        if (out / DATABASE_FILE).is_file():
            with duckdb.connect(str(out / DATABASE_FILE), read_only=True) as connection:
                return _fetch(connection, sql, most)
        with over_parquet(out) as connection:
            return _fetch(connection, sql, most)
    except duckdb.Error as error:
        raise QueryError(
            f'Frågan går inte att ställa: {error}\nTabeller och vyer visas med oj query "SHOW TABLES".'
        ) from error


def _fetch(connection: Any, sql: str, most: int | None) -> Answer:
    """Run the statement and take its first rows."""
    cursor = connection.execute(sql)
    columns = tuple(one[0] for one in cursor.description or ())
    rows = cursor.fetchall() if most is None else cursor.fetchmany(most + 1)
    more = most is not None and len(rows) > most
    return Answer(columns, tuple(rows[:most] if more else rows), more)
