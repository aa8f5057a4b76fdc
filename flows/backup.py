"""``oj backup`` and ``oj restore``: what people have decided and what only this machine knows, as a copy."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from flows.dumping import DUMP, database_of
from flows.errors import WrongCallError, system_reason
from flows.screens import say
from flows.state import StateFolder, run_lock, state_for
from pipeline.errors import OjError, OutputError

DECISIONS = "decisions.sqlite"
#: What cannot be made again from the inbox, besides decisions: accepted register rows, settings, and the
#: ledger, which knows what was withdrawn.
KEPT = ("registers", "granskning.toml", "export.yaml", "ledger.json")


class DamagedBackupError(OjError):
    """A copy of the decisions is not whole."""

    code = "skadad-kopia"


def backup(out: Path, state: Path | None, target: Path) -> int:
    """Copy decisions, accepted rows, settings and ledger into a new folder; gives 0. May be done at any time.

    Raises:
        WrongCallError: the folder is there already. OutputError: it cannot be written.
        DatabaseCopyError: the decisions stand in PostgreSQL, and cannot be copied from there.
    """
    folder = state_for(out, state)
    database = database_of(folder.root)
    if target.exists():
        raise WrongCallError(f"{target} finns redan: ange en ny mapp för säkerhetskopian.")
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        beside.mkdir(parents=True)
        _copy(folder.root, beside)
        if database is not None:
            database.dump(beside / DUMP)
        beside.rename(target)
    except OSError as error:
        raise OutputError(f"Kopian {target} går inte att skriva ({system_reason(error)}).") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    say(f"Kopian finns i {target}." + (f" Besluten kopierades ur {database.shown}." if database else ""))
    return 0


def restore(out: Path, state: Path | None, source: Path) -> int:
    """Put a copy back; what was there is kept beside it, with ``.före`` after its name. Gives 0.

    Stop ``oj review`` first: it holds the decisions open.

    Raises:
        WrongCallError: there is no such copy. DamagedBackupError: its decisions are not whole.
        BusyError: a run is going on. OutputError: the state folder cannot be written. DatabaseCopyError: the
            decisions cannot be put back into PostgreSQL, or the settings name no such database.
    """
    if not any((source / name).exists() for name in (DECISIONS, DUMP, *KEPT)):
        raise WrongCallError(f"{source} är ingen säkerhetskopia: ange en mapp som oj backup har gjort.")
    _check(source / DECISIONS)
    folder = state_for(out, state)
    folder.make()
    with run_lock(folder):
        if (source / DUMP).exists():
            _put_back(source, folder)
        try:
            _put_aside(folder)
            _copy(source, folder.root)
        except OSError as error:
            raise OutputError(f"{folder.root} går inte att skriva ({system_reason(error)}).") from error
    say(f"Kopian i {source} är återlagd i {folder.root}. Kör oj run, så gäller besluten igen.")
    return 0


def _put_back(source: Path, folder: StateFolder) -> None:
    """Put decisions back into PostgreSQL; what stood there is kept as a file in the state folder."""
    database = database_of(source)
    if database is None:
        raise DamagedBackupError(
            "Kopians beslut låg i PostgreSQL: ange den databas de ska till med OJ_BESLUT_URL och gör om."
        )
    database.check(source / DUMP)
    database.dump(folder.root / f"{DUMP}.före")
    database.restore(source / DUMP)


def _copy(source: Path, target: Path) -> None:
    """Copy what is kept; the database by its own means, which also holds while somebody writes to it."""
    if (source / DECISIONS).exists():
        with closing(_open(source / DECISIONS)) as old, closing(sqlite3.connect(target / DECISIONS)) as new:
            old.backup(new)
    for name in KEPT:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
        elif (source / name).exists():
            shutil.copy2(source / name, target / name)


def _put_aside(folder: StateFolder) -> None:
    """Give what is there another name; with the database go the files that belong to it."""
    for name in (DECISIONS, f"{DECISIONS}-wal", f"{DECISIONS}-shm", *KEPT):
        path = folder.root / name
        aside = folder.root / f"{name}.före"
        if path.exists():
            shutil.rmtree(aside, ignore_errors=True) if aside.is_dir() else aside.unlink(missing_ok=True)
            path.rename(aside)


def _check(path: Path) -> None:
    if not path.exists():
        return
    try:
        with closing(_open(path)) as database:
            told = database.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        told = str(error)
    if told != "ok":
        raise DamagedBackupError(f"{path} är skadad ({told}): använd en annan säkerhetskopia.")


def _open(path: Path) -> sqlite3.Connection:
    """Open to read only: a copy must not change what it copies."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
