"""What came, went and changed between two published datasets, with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.dataset.loading import Dataset, load
from pipeline.exports.database import rows_of, sql_file
from pipeline.exports.harmless import harmless

TABLES = ("documents", "observations", "flags")
PAGE_FILE, TABLE_FILE = "skillnad.html", "skillnad.csv"
#: Lines on the page; the table holds them all.
SHOWN = 2_000
WHATS = ("dokument", "värde", "avvikelse")
KINDS = ("ny", "borta", "ändrad")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        what: ``dokument``, ``värde`` or ``avvikelse``. kind: ``ny``, ``borta`` or ``ändrad``.
        before, after: what it was and is, in a few words; empty when it was or is not there.
        why: a Swedish phrase.
    """

    what: str
    kind: str
    id: str
    file_name: str
    subject: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How many differences there are of each kind, and the first of them."""

    counts: Mapping[tuple[str, str], int]
    first: tuple[Change, ...]

    @property
    def total(self) -> int:
        """All differences."""
        return sum(self.counts.values())


def write_difference(before: Path, after: Path, to: Path) -> Difference:
    """Compare two datasets and write the page and the table into ``to``.

    Raises:
        OutputError: a dataset is missing, incomplete or of another version, or ``to`` cannot be written.
    """
    import csv
    import io

    from pipeline.dataset.files import atomic_write
    from pipeline.exports.site.frame import environment

    old, new = load(before), load(after)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(Change.__slots__)
    counts: Counter[tuple[str, str]] = Counter()
    first: list[Change] = []
    with _both(old, new) as connection:
        for change in _changes(connection, old.run, new.run):
            counts[change.what, change.kind] += 1
            table.writerow([harmless(str(getattr(change, name))) for name in Change.__slots__])
            if len(first) < SHOWN:
                first.append(change)
    made = Difference(dict(counts), tuple(first))
    page = environment().get_template("skillnad.html.j2")
    html = page.render(made=made, old=old.run, new=new.run, whats=WHATS, kinds=KINDS, table=TABLE_FILE)
    atomic_write(to / TABLE_FILE, text.getvalue().encode())
    atomic_write(to / PAGE_FILE, html.encode())
    return made


@contextmanager
def _both(old: Dataset, new: Dataset) -> Iterator[Any]:
    """A connection with the tables of both as views, in the schemas a and b."""
    import duckdb

    with duckdb.connect(":memory:", config={"threads": 1, "memory_limit": "512MB"}) as connection:
        for schema, dataset in (("a", old), ("b", new)):
            connection.execute(f"CREATE SCHEMA {schema}")
            for name in TABLES:
                path = str(dataset.path(name)).replace("'", "''")
                connection.execute(f"CREATE VIEW {schema}.{name} AS SELECT * FROM read_parquet('{path}')")  # noqa: S608
        yield connection


def _changes(connection: Any, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Change]:
    """All differences in the order of diff.sql."""
    cursor = connection.execute(sql_file("diff"))
    names = [one[0] for one in cursor.description]
    for values in rows_of(cursor):
        row = dict(zip(names, values, strict=True))
        there = {"before": row["before"] if row["kind"] != "ny" else ""}
        there["after"] = row["after"] if row["kind"] != "borta" else ""
        yield Change(
            what=row["what"],
            kind=row["kind"],
            id=row["id"],
            file_name=row["file_name"],
            subject=row["subject"],
            why=why(row, old, new),
            **there,
        )


def why(row: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Why a thing came, went or changed: the nearest cause that both datasets tell.

    Args:
        row: of diff.sql. old, new: run.json of both.
    """
    return _why_document(row) or _why_decided(row) or _why_rules(row, old, new)


def _why_document(row: Mapping[str, Any]) -> str | None:
    """What became of the whole document, if anything did."""
    replaced = "filen har bytts ut" if row["file_replaced"] else None
    if row["document_is_new"]:
        return replaced or "nytt dokument"
    if row["document_is_gone"]:
        return replaced or "dokumentet är borttaget"
    if row["document_fell"]:
        return "dokumentet är i karantän eller tillbakadraget"
    return "dokumentet är med igen" if row["document_rose"] else None


def _why_decided(row: Mapping[str, Any]) -> str | None:
    """What people did, or what followed from changed values."""
    if row["correction"]:
        return f"rättelse {row['correction']}"
    if row["decided"]:
        return "granskarens beslut" if row["decided"] != "open" else "öppnad igen: värdena har ändrats"
    if row["what"] == "avvikelse" and (
        row["values_changed"] or (row["kind"] == "ändrad" and row["new_evidence"])
    ):
        return "värdena har ändrats"
    return None


def _why_rules(row: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """What changed in registers and program between the runs."""
    registers = old.get("registers") != new.get("registers")
    rules = any(old.get(name) != new.get(name) for name in ("rules", "pipeline_version"))
    if registers and (row["named_otherwise"] or not rules):
        return "ändrat register"
    if rules:
        return "ny regel eller ändrat register" if registers else "ny regel i programmet"
    return "ny läsning av filen"
