"""Where the register rows of accepted names are written: the registers in force.

Without a choice the program's own registers are read and nothing is written to them, since an upgrade would
replace them: rows stand in ``<STATE>/registers``, the program's files with the rows added, which runs read.
A folder that has been chosen (``--registers``, or ``registers`` in ``granskning.toml``) has the rows appended
to its own files. The store of decisions remains the record either way: a row that a file lost is laid over
it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.dataset import atomic_write
from pipeline.errors import OutputError, system_reason
from pipeline.reference.registers import register_folder
from pipeline.review.csvrows import lacking, with_rows, without_row
from pipeline.review.events import Standing
from pipeline.review.registers import FOLDER, added_rows, columns_of, overlay
from pipeline.review.settings import read_settings

UNWRITABLE = "gar-inte-att-skriva"
#: Files that reviewers' names go into; corrections are for their dataset and stay beside it.
_NAMES_ONLY = frozenset({"indicator_aliases.csv", "unit_aliases.csv"})


@dataclass(frozen=True, slots=True)
class RegisterPlace:
    """The registers in force and where rows for them are written.

    Attributes:
        base: folder of registers that rows are laid over; None is the program's own.
        state: the state folder, None when there is none to write in.
        chosen: ``base`` was chosen by its steward, so rows are appended to its own files.
    """

    base: Path | None = None
    state: Path | None = None
    chosen: bool = False

    @property
    def source(self) -> Path:
        """The folder of ``base``."""
        return (self.base or register_folder()).resolve()

    @property
    def written(self) -> Path | None:
        """The folder whose files accepted names are appended to, None when there is none."""
        if self.chosen:
            return self.source
        return None if self.state is None else self.state / FOLDER

    def checkout(self) -> Path | None:
        """The program's own registers when rows can stand there for good: a writable checkout."""
        folder = register_folder()
        own = self.base is None or self.source == folder
        is_checkout = (folder.parent.parent / "pyproject.toml").is_file()
        return folder if own and not self.chosen and is_checkout and os.access(folder, os.W_OK) else None

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder that is written to: two desks over one folder take turns.

        Raises:
            OutputError: it cannot be written to.
        """
        folder = self.written
        if folder is None:
            yield
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(folder, os.O_RDONLY)
        except OSError as error:
            raise OutputError(
                f"Registermappen {folder} går inte att skriva i ({system_reason(error)}). Inget är beslutat: "
                "rätta mappen och försök igen.",
                code=UNWRITABLE,
            ) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def put(self, standings: Mapping[str, Standing]) -> None:
        """Write all rows that count. Raises OutputError when the folder cannot be written."""
        if self.chosen:
            append(self.source, added_rows(standings))
        elif self.state is not None:
            overlay(self.state / FOLDER, self.base, added_rows(standings))

    def take(self, file: str, fields: Sequence[str], standings: Mapping[str, Standing]) -> None:
        """Take out a row that was taken back, unless another decision wants the same row.

        Raises:
            OutputError: the folder cannot be written.
        """
        if list(fields) in added_rows(standings).get(file, []):
            return
        place = self.source if self.chosen else self.checkout()
        if place is not None:
            _rewrite(place / file, without_row(_read(place / file), columns_of(file), fields))
        self.put(standings)

    def covers(self, added: Mapping[str, Sequence[Sequence[str]]]) -> bool:
        """Whether the files of a chosen folder hold all these rows already."""
        return self.chosen and not any(self.lacking(file, rows) for file, rows in added.items())

    def lacking(self, file: str, rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
        """Those of the rows that do not stand in the file that they are written to."""
        if self.written is None:
            return list(rows)
        return lacking(_read(self.written / file), columns_of(file), rows)


def place_of(state: Path, asked: Path | None = None) -> RegisterPlace:
    """The registers in force for a state folder: those asked for, else those of its ``granskning.toml``.

    Raises:
        ConfigurationError: the settings cannot be read.
    """
    chosen = asked or read_settings(state).registers
    return RegisterPlace(chosen, state, chosen is not None)


def append(folder: Path, added: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Append the rows of accepted names to the files of a folder, those left out that they have.

    Raises:
        OutputError: a file cannot be written.
    """
    for file, rows in added.items():
        if file in _NAMES_ONLY:
            _rewrite(folder / file, with_rows(_read(folder / file), columns_of(file), rows))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise _unwritable(path, error) from error


def _rewrite(path: Path, content: bytes) -> None:
    """Replace a file in one step when its content is another, with the same rights as before."""
    if _read(path) == content:
        return
    try:
        mode = path.stat().st_mode if path.exists() else None
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, "")
        atomic_write(path, content)
        if mode is not None:
            path.chmod(mode & 0o777)
    except OSError as error:
        raise _unwritable(path, error) from error
    except OutputError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError | OutputError) -> OutputError:
    why = system_reason(error) if isinstance(error, OSError) else error.message
    return OutputError(
        f"Raden kunde inte skrivas i {path}: {why.rstrip('.')}. Beslutet är sparat och används vid nästa "
        "körning; raden skrivs in när nästa namn godtas och filen går att skriva i.",
        code=UNWRITABLE,
    )


__all__ = ["RegisterPlace", "append", "place_of"]
