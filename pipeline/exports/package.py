"""datapackage.json made whole: publisher, licence, units of columns, size and checksum of every file."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.dataset.datapackage import datapackage
from pipeline.dataset.files import atomic_write, sha256_of
from pipeline.exports.settings import ExportSettings

UNITS = Path(__file__).parent / "data" / "column_units.csv"
ENGLISH = (
    "Answers and figures of Öppna jämförelser (open comparisons of social services in Sweden), read from "
    "published PDF files, with the source of every value and a list of places where text and tables disagree."
)


def package_exporter(settings: ExportSettings) -> Callable[[Path, Mapping[str, Any]], None]:
    """An exporter for ``publish`` that writes the whole datapackage.json over the short one."""

    def write_package(folder: Path, run: Mapping[str, Any]) -> None:
        content = whole_package(folder, run, settings)
        atomic_write(folder / "datapackage.json", json.dumps(content, ensure_ascii=False, indent=2).encode())

    return write_package


def whole_package(folder: Path, run: Mapping[str, Any], settings: ExportSettings) -> dict[str, Any]:
    """The descriptor (Data Package v2) as a JSON object, for the Parquet files of a folder.

    Raises:
        OSError: a Parquet file cannot be read.
    """
    base = datapackage(run)
    for resource in base["resources"]:
        path = folder / resource["path"]
        # Not ``bytes`` and ``hash``: frictionless compares those with what it counts, and counts no Parquet.
        resource["size_bytes"] = path.stat().st_size
        resource["sha256"] = sha256_of(path)
        for field in resource["schema"]["fields"]:
            if field["name"] in column_units():
                field["unit"] = column_units()[field["name"]]
    about = {
        "id": settings.base_uri,
        "title": settings.title,
        "description": " ".join(filter(None, (settings.notice, settings.description))),
        "description_en": ENGLISH,
        "homepage": settings.base_uri,
        "keywords": list(settings.keywords),
        "licenses": [{"name": settings.licence_name, "path": settings.licence}],
        **_contributors(settings),
    }
    resources = base.pop("resources")
    return base | about | {"resources": resources}


def _contributors(settings: ExportSettings) -> dict[str, Any]:
    """Publisher and contact; one that the steward has not named is left out (the list may be absent)."""
    listed = []
    if "publisher_name" not in settings.missing:
        one = {"title": settings.publisher_name, "roles": ["publisher"]}
        listed.append(one | ({} if "publisher_uri" in settings.missing else {"path": settings.publisher_uri}))
    if "contact_name" not in settings.missing:
        one = {"title": settings.contact_name, "roles": ["contact"]}
        listed.append(
            one | ({} if "contact_email" in settings.missing else {"email": settings.contact_email})
        )
    return {"contributors": listed} if listed else {}


@lru_cache(maxsize=1)
def column_units() -> dict[str, str]:
    """What a numeric column is measured in, by its name (data/column_units.csv)."""
    with UNITS.open(encoding="utf-8", newline="") as file:
        return {row["column"]: row["unit"] for row in csv.DictReader(file)}
