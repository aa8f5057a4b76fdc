"""oj.duckdb: the published tables in one file with views to ask, and those views over the Parquet files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.dataset.schemas import TableSchema, schemas
from pipeline.errors import OutputError

DATABASE_FILE = "oj.duckdb"
SQL = Path(__file__).parent / "sql"
VIEWS = ("long", "series", "compared", "stated", "quality")
#: A run beside others on a small machine: DuckDB spills to disk above this.
MEMORY = "512MB"
#: Release of DuckDB whose file format is written, so that older clients (R, DBeaver …) open the file too.
STORAGE_VERSION = "v1.2.0"
#: What each view holds, for DuckDB's own comments and the documentation.
VIEW_WORDS = {
    "long": "Alla värden med namn på dokument, indikator och enhet; en rad per observation.",
    "resolved": "En rad per dokument, enhet, mått och indikator; lika uppgifter ur flera tabeller är en rad.",
    "series": "Tidsserier: en rad per indikator, enhet, mått, period och upplaga, med den före.",
    "compared": "Varje enhets värden bredvid länets och rikets för samma upplaga.",
    "stated": "Tal som bara står i löpande text, med meningen; de är inga observationer.",
    "quality": "En rad per dokument: hur mycket som lästes och hur säkert.",
}


#: What a wide view holds of each indicator: the field of ``resolved`` and the end of the column's name.
WIDE = (
    ("answer", ""), ("value", "__value"), ("range_min", "__min"), ("range_max", "__max"),
    ("value_unit", "__unit"), ("status", "__status"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edition:
    """One area and edition that the dataset holds values of; year and area None where unknown."""

    area: str | None
    year: int | None

    @property
    def view(self) -> str:
        """Name of its wide view: ``wide_<area>_<year>``."""
        return f"wide_{self.area or 'utan_omrade'}_{self.year or 'utan_ar'}"


def write_database(folder: Path, run: Mapping[str, Any]) -> None:
    """Write oj.duckdb into a folder that holds the Parquet files. An exporter for ``publish``.

    Raises:
        OutputError: the file cannot be written.
    """
    import duckdb

    path = folder / DATABASE_FILE
    path.unlink(missing_ok=True)
    try:
        with duckdb.connect(str(path), config=_config(folder)) as connection:
            connection.execute("BEGIN")  # one commit instead of one a column
            for schema in schemas().values():
                parquet = _quoted(str(folder / schema.file_name))
                connection.execute(f"CREATE TABLE {schema.name} AS SELECT * FROM read_parquet({parquet})")  # noqa: S608
                _comment(connection, schema)
            connection.execute("CREATE TABLE run (name VARCHAR, value VARCHAR)")
            facts = [
                (name, str(run.get(name))) for name in ("schema_version", "pipeline_version", "registers")
            ]
            connection.executemany("INSERT INTO run VALUES (?, ?)", facts)
            create_views(connection)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        raise OutputError(f"{DATABASE_FILE} går inte att skriva i {folder}: {error}.") from error
    (folder / f"{DATABASE_FILE}.wal").unlink(missing_ok=True)


@contextmanager
def over_parquet(folder: Path, *, views: bool = True) -> Iterator[Any]:
    """A DuckDB connection with the tables as views of the Parquet files, and the other views.

    Reads nothing before it is asked; memory is bounded, larger work goes to a temporary file.
    """
    import duckdb

    with duckdb.connect(":memory:", config=_config(folder)) as connection:
        for schema in schemas().values():
            parquet = _quoted(str(folder / schema.file_name))
            connection.execute(f"CREATE VIEW {schema.name} AS SELECT * FROM read_parquet({parquet})")  # noqa: S608
        if views:
            create_views(connection)
        yield connection


def create_views(connection: Any) -> None:
    """Create the views (long, resolved, series, quality, one wide per area and edition) over the tables."""
    for name in VIEWS:
        connection.execute(sql_file(name))
    for edition in editions(connection):
        connection.execute(wide_sql(connection, edition))
    for name, told in VIEW_WORDS.items():
        connection.execute(f"COMMENT ON VIEW {name} IS {_quoted(told)}")


def editions(connection: Any) -> list[Edition]:
    """Every area and edition that the dataset holds values of, sorted."""
    rows = connection.execute(
        "SELECT DISTINCT area, year FROM observations ORDER BY area NULLS LAST, year NULLS LAST"
    ).fetchall()
    return [Edition(area, year) for area, year in rows]


def wide_sql(connection: Any, edition: Edition) -> str:
    """The statement of an edition's wide view: a row per document, unit and measure, columns per indicator.

    Every indicator has ``<key>`` (the answer), ``<key>__value`` (the figure), ``<key>__min`` and ``__max``
    (a range), ``<key>__unit`` (where the edition prints several units of measurement) and ``<key>__status``;
    all but the last only where the edition holds any. A null status says that the document does not ask it of
    the unit.
    """
    area, year = _literal(edition.area), _literal(edition.year)
    where = f"area IS NOT DISTINCT FROM {area} AND year IS NOT DISTINCT FROM {year}"
    found = connection.execute(
        "SELECT indicator_key, count(answer) > 0, count(value) > 0, count(range_min) > 0, "  # noqa: S608
        f"count(DISTINCT value_unit) > 1 FROM long WHERE {where} GROUP BY indicator_key ORDER BY ALL"
    ).fetchall()
    columns = []
    taken: set[str] = set()
    for key, *there in found:
        name, this = _free(key, taken), f"FILTER (indicator_key = {_quoted(key)})"
        columns += [
            f"min({field}) {this} AS {_named(name + suffix)}"
            for (field, suffix), wanted in zip(WIDE, [*there[:3], there[2], there[3], True], strict=True)
            if wanted
        ]
    return (
        f"CREATE OR REPLACE VIEW {_named(edition.view)} AS "  # noqa: S608
        "SELECT unit_id, unit_name, unit_label, unit_kind, lan_code, subgroup, measure, period, document_id, "
        f"{', '.join(columns)} FROM resolved WHERE {where} GROUP BY ALL ORDER BY ALL"
    )


def _free(key: str, taken: set[str]) -> str:
    """The key as a column name; DuckDB tells no capitals apart, so a second one gets a number."""
    name, number = key, 1
    while name.casefold() in taken:
        number += 1
        name = f"{key} ({number})"
    taken.add(name.casefold())
    return name


def _comment(connection: Any, schema: TableSchema) -> None:
    """Put the Swedish descriptions on a table and its columns."""
    connection.execute(f"COMMENT ON TABLE {schema.name} IS {_quoted(schema.sv)}")
    for column in schema.columns:
        connection.execute(f"COMMENT ON COLUMN {schema.name}.{_named(column.name)} IS {_quoted(column.sv)}")


def _config(folder: Path) -> dict[str, Any]:
    """One thread and bounded memory: equal tables then give equal rows in an equal order."""
    return {
        "threads": 1,
        "memory_limit": MEMORY,
        "temp_directory": str(folder / ".duckdb-tmp"),
        "storage_compatibility_version": STORAGE_VERSION,
    }


@lru_cache(maxsize=8)
def sql_file(name: str) -> str:
    """The statements of one file of sql/."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def rows_of(cursor: Any, chunk: int = 5_000) -> Iterator[tuple[Any, ...]]:
    """The rows of a result, ``chunk`` fetched at a time."""
    while rows := cursor.fetchmany(chunk):
        yield from rows


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: str | int | None) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else _quoted(value)
