"""The register of sources: which documents are fetched from where, and which hosts may be called."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pipeline.sources.errors import SourceRegisterError

SOURCES_FILE, HOSTS_FILE = "sources.csv", "hosts.csv"
SOURCE_COLUMNS = ("source_id", "address", "title", "publisher", "published", "area", "edition")
HOST_COLUMNS = ("host", "publisher", "note")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EDITION = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Source:
    """One document at an address.

    Attributes:
        source_id: lower-case letters, digits and hyphens; it names the file in the inbox.
        address: https. The other fields stand as written, empty where the register says nothing:
            ``published`` is a date, ``area`` an area's code or name, ``edition`` the ÖJ edition (a year).
    """

    source_id: str
    address: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    area: str = ""
    edition: str = ""

    @property
    def file_name(self) -> str:
        """What the document is called in the inbox."""
        return f"{self.source_id}.pdf"


@dataclass(frozen=True, slots=True)
class SourceRegister:
    """Sources by id in the register's order, and the hosts that may be called (lower case)."""

    sources: tuple[Source, ...]
    hosts: frozenset[str]


def load_sources(folder: Path | None = None) -> SourceRegister:
    """Read ``sources.csv`` and ``hosts.csv``.

    Args:
        folder: where they stand; None is the program's own. A folder without ``hosts.csv`` uses the
            program's own hosts.

    Raises:
        SourceRegisterError: a file cannot be read, or a row is wrong (the sentence names it).
    """
    own = Path(str(files("pipeline.sources"))) / "data"
    place = folder or own
    hosts_file = place / HOSTS_FILE
    hosts = _hosts(hosts_file if hosts_file.exists() else own / HOSTS_FILE)
    found: dict[str, Source] = {}
    for where, row in _rows(place / SOURCES_FILE, SOURCE_COLUMNS):
        source = _source(where, row)
        if source.source_id in found:
            raise SourceRegisterError(f"{where}: source_id ”{source.source_id}” står två gånger.")
        found[source.source_id] = source
    return SourceRegister(tuple(found.values()), hosts)


def _hosts(path: Path) -> frozenset[str]:
    hosts = set()
    for where, row in _rows(path, HOST_COLUMNS):
        host = row["host"]
        if not host or host != host.lower() or set(host) & set("/:*@ "):
            raise SourceRegisterError(
                f"{where}: ”{host}” är inget värdnamn: skriv det med små bokstäver, utan https:// och port."
            )
        hosts.add(host)
    return frozenset(hosts)


def _source(where: str, row: dict[str, str]) -> Source:
    if not _SLUG.fullmatch(row["source_id"]):
        raise SourceRegisterError(
            f"{where}: source_id ”{row['source_id']}” får bara ha a–z, siffror och bindestreck."
        )
    if not row["address"].lower().startswith("https://"):
        raise SourceRegisterError(f"{where}: adressen ”{row['address']}” ska börja med https://.")
    if row["edition"] and not _EDITION.fullmatch(row["edition"]):
        raise SourceRegisterError(f"{where}: edition ”{row['edition']}” ska vara ett år, till exempel 2019.")
    return Source(**row)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Place and stripped fields of every row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            lines = list(csv.DictReader(handle, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceRegisterError(f"{path} går inte att läsa som CSV i UTF-8: {error}.") from error
    for number, line in enumerate(lines, start=2):
        where = f"{path.name} rad {number}"
        if set(line) != set(columns) or None in line.values():
            raise SourceRegisterError(f"{where}: raden ska ha fälten {', '.join(columns)}.")
        yield where, {name: (line[name] or "").strip() for name in columns}
