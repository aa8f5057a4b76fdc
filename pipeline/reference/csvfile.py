"""Reading register files: every fault names the file and the row, in Swedish."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import RegisterError


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a register file.

    Attributes:
        file: the file's name; number: its line in the file (the header is line 1).
        values: stripped text by column, empty where nothing is written.
    """

    file: str
    number: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def error(self, said: str) -> RegisterError:
        """The error that says what is wrong with this row."""
        return RegisterError(f"Registret {self.file}, rad {self.number}: {said}")

    def required(self, column: str) -> str:
        """The value of a column that must not be empty. Raises RegisterError."""
        value = self.values[column]
        if not value:
            raise self.error(f"kolumnen {column} får inte vara tom.")
        return value

    def optional(self, column: str) -> str | None:
        """The value, or None where the column is empty."""
        return self.values[column] or None

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """The value, one of the allowed ones (an empty text counts if it is listed). Raises RegisterError."""
        value = self.values[column]
        if value not in allowed:
            known = ", ".join(f"”{item}”" for item in allowed)
            raise self.error(f"kolumnen {column} är ”{value}” men ska vara något av {known}.")
        return value

    def year(self, column: str) -> int | None:
        """A year (ÖJ began in 2007; 1990–2100 is accepted), or None where empty. Raises RegisterError."""
        value = self.values[column]
        if not value:
            return None
        if not (value.isdecimal() and 1990 <= int(value) <= 2100):
            raise self.error(f"kolumnen {column} är ”{value}” men ska vara ett årtal eller tom.")
        return int(value)

    def years(self, first: str, last: str) -> tuple[int | None, int | None]:
        """Two years in order, each None where empty. Raises RegisterError when the last comes first."""
        begins, ends = self.year(first), self.year(last)
        if begins is not None and ends is not None and ends < begins:
            raise self.error(f"{last} ({ends}) är före {first} ({begins}).")
        return begins, ends

    def flag(self, column: str) -> bool:
        """``ja`` is true, ``nej`` or empty is false. Raises RegisterError on anything else."""
        return self.one_of(column, ("", "ja", "nej")) == "ja"


def read_rows(folder: Path, name: str, columns: Sequence[str]) -> tuple[Row, ...]:
    """All rows of ``folder/name``, a UTF-8 CSV file with exactly the given columns in any order.

    Raises RegisterError when the file is missing, is no UTF-8, lacks or adds a column, or has a row
    with too few or too many values. Lines that are empty are passed over.
    """
    text = _read_text(folder / name)
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(name, header, columns)
        rows = []
        for cells in reader:
            if not cells or not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise RegisterError(
                    f"Registret {name}, rad {reader.line_num}: {len(cells)} värden, {len(header)} kolumner "
                    "(sätt citattecken om ett värde som innehåller kommatecken)."
                )
            values = dict(zip(header, (cell.strip() for cell in cells), strict=True))
            rows.append(Row(name, reader.line_num, values))
    except csv.Error as error:
        raise RegisterError(
            f"Registret {name}, rad {reader.line_num}: går inte att läsa ({error})."
        ) from error
    return tuple(rows)


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RegisterError(
            f"Registret {path.name} saknas eller går inte att öppna i {path.parent}."
        ) from error
    except UnicodeDecodeError as error:
        raise RegisterError(f"Registret {path.name} är inte sparat som UTF-8.") from error


def _check_header(name: str, header: Sequence[str], columns: Sequence[str]) -> None:
    missing = [column for column in columns if column not in header]
    surplus = [column for column in header if column not in columns]
    if missing:
        raise RegisterError(f"Registret {name}, rad 1: kolumnen {missing[0]} saknas.")
    if surplus or len(set(header)) != len(header):
        told = surplus[0] if surplus else next(c for c in header if header.count(c) > 1)
        raise RegisterError(f"Registret {name}, rad 1: kolumnen ”{told}” är okänd eller står två gånger.")


def file_digest(path: Path) -> str:
    """The SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
