"""The inbox's manifest: what a steward knows about a file and the system should not guess."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OjError

COLUMNS = ("file", "source_url", "title", "publisher", "published", "year", "area")


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What the manifest says of one file; None (or empty) where it says nothing.

    Attributes:
        file: path relative to the inbox, with forward slashes.
        published: day of publication; year: the ÖJ edition; areas: area codes or names, as written.
    """

    file: str
    source_url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    year: int | None = None
    areas: tuple[str, ...] = ()


def read_manifest(path: Path) -> dict[str, ManifestRow]:
    """The rows of ``manifest.csv`` by file; an absent file is an empty manifest.

    Raises:
        OjError: the file is no readable CSV in UTF-8, lacks the column ``file``, has an unknown column,
            names a file twice, or holds a date or year that is none (the sentence names the row).
    """
    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            lines = list(csv.DictReader(handle, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OjError(f"{path.name} går inte att läsa som CSV i UTF-8: {error}.", code="manifest") from error
    rows: dict[str, ManifestRow] = {}
    for number, line in enumerate(lines, start=2):
        row = _row(line, number, path.name)
        if row is None:
            continue
        if row.file in rows:
            raise OjError(f"{path.name} rad {number}: filen ”{row.file}” står två gånger.", code="manifest")
        rows[row.file] = row
    return rows


def _row(line: Mapping[str | None, str | None], number: int, name: str) -> ManifestRow | None:
    unknown = sorted(str(column) for column in line if column not in COLUMNS)
    if unknown:
        told = "fler fält än rubriker" if unknown == ["None"] else f"okända kolumner ({', '.join(unknown)})"
        raise OjError(f"{name} rad {number}: {told}. Tillåtna är {', '.join(COLUMNS)}.", code="manifest")
    if "file" not in line:
        raise OjError(f"{name} saknar kolumnen file.", code="manifest")
    said = {str(column): (value or "").strip() for column, value in line.items()}
    if not any(said.values()):
        return None
    if not said["file"]:
        raise OjError(f"{name} rad {number}: kolumnen file är tom. Ange filens namn.", code="manifest")
    return ManifestRow(
        file=said["file"].replace("\\", "/"),
        source_url=said.get("source_url") or None,
        title=said.get("title") or None,
        publisher=said.get("publisher") or None,
        published=_date(said.get("published", ""), number, name),
        year=_year(said.get("year", ""), number, name),
        areas=tuple(
            part.strip() for part in said.get("area", "").replace("|", ";").split(";") if part.strip()
        ),
    )


def _date(text: str, number: int, name: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        sentence = f"{name} rad {number}: datumet ”{text}” ska skrivas ÅÅÅÅ-MM-DD."
        raise OjError(sentence, code="manifest") from error


def _year(text: str, number: int, name: str) -> int | None:
    if not text:
        return None
    if not (text.isdigit() and 1990 <= int(text) <= 2099):
        raise OjError(
            f"{name} rad {number}: årgången ”{text}” ska vara ett år, till exempel 2019.", code="manifest"
        )
    return int(text)
