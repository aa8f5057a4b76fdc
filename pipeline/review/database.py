"""Opening the store: SQLite in the state folder, or PostgreSQL by URL; migrations run when it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from pipeline.review.errors import ConfigurationError, StoreError

FILE = "decisions.sqlite"
#: How long a writer waits for another one (milliseconds); a write takes a few.
BUSY_MS = 15_000
#: Any number: the key of PostgreSQL's lock that keeps events in the order of their ids.
LOCK_KEY = 5_642_017
#: Alembic's folder: one module per change of the tables.
MIGRATIONS = Path(__file__).parent / "migrations"


def sqlite_url(state: Path) -> str:
    """The URL of the store that lies in a state folder."""
    return f"sqlite:///{(state / FILE).resolve()}"


def open_engine(url: str) -> Engine:
    """An engine for the URL, its tables brought up to date.

    Raises:
        ConfigurationError: the URL is none of ours. StoreError: the database does not answer.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError(
            "Adressen till beslutens databas går inte att läsa: skriv postgresql://användare@värd/namn."
        ) from error
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif parsed.get_backend_name() != "sqlite":
        raise ConfigurationError("Besluten kan ligga i SQLite eller PostgreSQL, inte i en annan databas.")
    try:
        engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() == "postgresql")
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "PostgreSQL kräver paketet psycopg: installera programmet med tillägget postgresql."
        ) from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    try:
        _migrate(engine)
    except (SQLAlchemyError, sqlite3.Error) as error:
        engine.dispose()
        raise StoreError(
            f"Beslutens databas ({parsed.render_as_string(hide_password=True)}) går inte att öppna: "
            "kontrollera att den finns, att rättigheterna räcker och att disken inte är full."
        ) from error
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that nobody else writes in at the same time; it is whole on disk when this returns.

    Raises:
        StoreError: the database does not answer, or the disk is full.
    """
    from sqlalchemy.exc import OperationalError

    try:
        with engine.connect().execution_options(oj_write=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK_KEY})")
            yield connection
    except OperationalError as error:
        raise StoreError(
            "Beslutet kunde inte sparas, för databasen svarar inte. Försök igen; inget är halvskrivet."
        ) from error


def _prepare_sqlite(engine: Engine) -> None:
    """Write-ahead log, every commit on disk, transactions begun by us (the driver begins them too late)."""

    @event.listens_for(engine, "connect")
    def _settings(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("oj_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    """Bring the tables to the newest version; costs one query when they are."""
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found == known.get_current_head():
        return
    if found is not None and found not in {one.revision for one in known.walk_revisions()}:
        raise StoreError(
            f"Beslutens databas är gjord av en nyare version av programmet (ändring {found}): installera den "
            "versionen igen, eller lägg tillbaka en kopia med oj restore."
        )
    from alembic import command

    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
