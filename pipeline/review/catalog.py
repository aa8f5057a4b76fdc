"""The dataset as the desk needs it: documents by id, and every flag with what it can be filtered by."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.dataset import Dataset, load
from pipeline.dataset.runfile import RUN_FILE
from pipeline.dataset.views import documents as documents_of
from pipeline.errors import OutputError
from pipeline.model import Flag
from pipeline.review.snapshots import flag_of_row


@dataclass(frozen=True, slots=True)
class Item:
    """A flag of the dataset, or one that a reviewer added since.

    Attributes:
        areas, units: codes of areas and unit_ids (a group's label) that its evidence is of; year: edition.
        haystack: everything that free text is looked for in, in lower case.
        still_found: its check fires in the published run.
    """

    flag: Flag
    document: str
    year: int | None
    areas: frozenset[str]
    units: frozenset[str]
    haystack: str
    still_found: bool = True


@dataclass(frozen=True, slots=True)
class Catalog:
    """What one published dataset holds for the desk.

    Attributes:
        stamp: differs whenever another dataset has been published.
        documents: rows with words for their codes, by document_id, in the order of files.
        items: flags by id. unit_names: name by unit id (or label) of the units that occur.
    """

    dataset: Dataset
    stamp: tuple[int, int]
    documents: Mapping[str, Mapping[str, Any]]
    items: Mapping[str, Item]
    unit_names: Mapping[str, str] = field(repr=False)

    def item_of(self, flag: Flag) -> Item:
        """The item of a flag that a reviewer added, which the dataset does not hold yet."""
        document = self.documents[flag.document_id]
        return _item(flag, document, frozenset(document["areas"]), frozenset(), self.unit_names)


class Shelf:
    """Gives the catalog of the dataset in a folder, read anew when a run has published another one."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._lock = threading.Lock()
        self._held: Catalog | None = None

    def catalog(self) -> Catalog:
        """The catalog of the dataset that is published now.

        Raises:
            OutputError: there is no dataset, one of another version, or one that is not whole; the sentence
                says what to do.
        """
        stamp = self._stamp()
        held = self._held
        if held is not None and held.stamp == stamp:
            return held
        with self._lock:
            if self._held is None or self._held.stamp != stamp:
                self._held = _read(self.out, stamp)
            return self._held

    def _stamp(self) -> tuple[int, int]:
        try:
            stat = (self.out / RUN_FILE).stat()
        except OSError:
            return (0, 0)
        return stat.st_mtime_ns, stat.st_ino


def _read(out: Path, stamp: tuple[int, int]) -> Catalog:
    dataset = load(out)
    try:
        documents = documents_of(dataset)
        rows = dataset.arrow("flags").to_pylist()
        evidence, names = _evidence(dataset, rows)
        claims = _claim_units(dataset, rows)
        areas_of = _table_areas(dataset)
        items = {}
        for row in rows:
            document = documents[row["document_id"]]
            seen = [evidence[one] for one in row["observation_ids"] if one in evidence]
            areas = {area for _, area in seen if area} or {areas_of.get(row["table_id"]) or ""} - {""}
            units = {unit for unit, _ in seen if unit} | claims.get(row["claim_id"], set())
            flag = flag_of_row(row)
            items[flag.flag_id] = _item(
                flag,
                document,
                frozenset(areas or document["areas"]),
                frozenset(units),
                names,
                still_found=row["still_found"],
            )
    except (KeyError, TypeError) as error:
        raise OutputError(
            f"Datamängden i {out} har inte de kolumner som granskningen behöver: kör oj run, så görs den om.",
            code="annan-version",
        ) from error
    return Catalog(dataset, stamp, documents, items, names)


def _item(
    flag: Flag,
    document: Mapping[str, Any],
    areas: frozenset[str],
    units: frozenset[str],
    names: Mapping[str, str],
    *,
    still_found: bool = True,
) -> Item:
    texts = [
        flag.message,
        flag.sentence,
        flag.table_label,
        flag.flag_id,
        document["name"],
        document["file_name"],
    ]
    texts += [names.get(unit, unit) for unit in sorted(units)]
    haystack = " ".join(" ".join(text for text in texts if text).lower().split())
    return Item(flag, document["name"], document["year"], areas, units, haystack, still_found)


def _evidence(
    dataset: Dataset, rows: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, tuple[str, str | None]], dict[str, str]]:
    """Unit and area of every observation that a flag rests on, and the names of units."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = pa.array(sorted({one for row in rows for one in row["observation_ids"]}), pa.string())
    table = dataset.arrow("observations", columns=["observation_id", "unit_id", "unit_label", "area"])
    kept = table.filter(pc.is_in(table["observation_id"], wanted)).to_pylist()
    names = {
        row["unit_id"]: row["name"] for row in dataset.arrow("units", columns=["unit_id", "name"]).to_pylist()
    }
    evidence = {}
    for row in kept:
        unit = row["unit_id"] or row["unit_label"] or ""
        names.setdefault(unit, row["unit_label"] or unit)
        evidence[row["observation_id"]] = (unit, row["area"])
    return evidence, names


def _claim_units(dataset: Dataset, rows: Sequence[Mapping[str, Any]]) -> dict[str | None, set[str]]:
    """Unit ids by claim_id for the claims that flags are of."""
    wanted = {row["claim_id"] for row in rows if row["claim_id"]}
    table = dataset.arrow("claims", columns=["claim_id", "unit_ids"])
    return {row["claim_id"]: set(row["unit_ids"]) for row in table.to_pylist() if row["claim_id"] in wanted}


def _table_areas(dataset: Dataset) -> dict[str | None, str | None]:
    """Area by table_id."""
    table = dataset.arrow("tables", columns=["table_id", "area"])
    return {row["table_id"]: row["area"] for row in table.to_pylist()}
