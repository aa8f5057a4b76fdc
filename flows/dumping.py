"""Decisions in PostgreSQL: copied and put back by its own programs, which know its versions and locks."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import OjError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

DUMP = "decisions.dump"
#: How many of a program's last words are told.
LAST_WORDS = 300
#: Owners and rights are those of the database that a copy is put back into.
PLAIN = ("--no-owner", "--no-privileges")


class DatabaseCopyError(OjError):
    """PostgreSQL's own programs are missing, or could not do their work."""

    code = "databaskopia"


@dataclass(frozen=True, slots=True)
class Database:
    """A PostgreSQL database with decisions."""

    url: URL

    @property
    def shown(self) -> str:
        """Its address without the password."""
        return self.url.render_as_string(hide_password=True)

    def dump(self, target: Path) -> None:
        """Copy the database into a file, as it stood at one moment.

        Raises:
            DatabaseCopyError: it cannot be done; the sentence says why.
        """
        self._run("pg_dump", "--format=custom", *PLAIN, f"--file={target}")

    def check(self, source: Path) -> None:
        """Make sure that a file is a copy that can be read to its end.

        Raises:
            DatabaseCopyError: it is not.
        """
        self._call("pg_restore", [f"--file={os.devnull}", str(source)])

    def restore(self, source: Path) -> None:
        """Put a copy back, whole or not at all; what the database held of it before is gone then.

        Raises:
            DatabaseCopyError: it cannot be done; the database is as it was.
        """
        self._run("pg_restore", "--clean", "--if-exists", "--single-transaction", *PLAIN, str(source))

    def _run(self, program: str, *options: str) -> None:
        # A password among the arguments could be read by every user of the machine.
        environment = os.environ | ({"PGPASSWORD": str(self.url.password)} if self.url.password else {})
        plain = self.url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
        self._call(program, ["--no-password", f"--dbname={plain}", *options], environment)

    def _call(
        self, program: str, options: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> None:
        found = shutil.which(program)
        if found is None:
            raise DatabaseCopyError(
                f"Programmet {program} finns inte: installera postgresql-client (besluten ligger i "
                f"{self.shown})."
            )
        done = subprocess.run(  # noqa: S603
            [found, *options], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            words = " ".join(done.stderr.split())[-LAST_WORDS:]
            raise DatabaseCopyError(f"{program} mot {self.shown} misslyckades: {words or done.returncode}.")


def database_of(state: Path) -> Database | None:
    """The PostgreSQL database that holds the decisions of a state folder; None when a file there does.

    Raises:
        ConfigurationError: the settings cannot be read.
    """
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    from pipeline.review import read_settings

    try:
        url = make_url(read_settings(state).database)
    except ArgumentError:
        return None  # oj review says what is wrong with it
    return Database(url) if url.get_backend_name() == "postgresql" else None
