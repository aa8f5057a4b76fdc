"""Fetching every document of the register into the inbox; one that cannot be fetched stops no other."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.dataset.files import atomic_write
from pipeline.normalize.manifest import COLUMNS
from pipeline.sources.errors import SourceError
from pipeline.sources.fetching import SourceFetcher
from pipeline.sources.register import Source, SourceRegister
from pipeline.sources.store import Store

MANIFEST = "manifest.csv"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one source.

    Attributes:
        status: ``new``, ``changed``, ``unchanged`` or ``failed`` (then code and reason say why).
    """

    source_id: str
    address: str
    status: Literal["new", "changed", "unchanged", "failed"]
    sha256: str | None = None
    code: str | None = None
    reason: str | None = None


def ingest(
    register: SourceRegister,
    folder: Path,
    store: Store,
    fetcher: SourceFetcher,
    *,
    prefix: str = "",
    tell: Callable[[Fetched], None] | None = None,
) -> tuple[Fetched, ...]:
    """Fetch what is new or changed, put it in ``folder``, and describe it in the folder's ``manifest.csv``.

    Args:
        folder: where documents are put, under their source's id. A document whose source is gone stays.
        prefix: the folder's path relative to the inbox with a final slash, for the manifest.
        tell: told of every source that is done.

    Raises:
        OutputError: the folder or the store cannot be written.
    """
    memory, outcomes = store.read_memory(), []
    for source in register.sources:
        target = folder / source.file_name
        was_there = target.is_file()
        try:
            known = fetcher.fetch(source, memory.get(source.source_id), store)
        except SourceError as error:
            outcome = Fetched(source.source_id, source.address, "failed", None, error.code, error.message)
        else:
            changed = store.place(known.sha256, target)
            memory[source.source_id] = known
            store.write_memory(memory)
            status: Literal["new", "changed", "unchanged"] = (
                "unchanged" if not changed else "changed" if was_there else "new"
            )
            outcome = Fetched(source.source_id, source.address, status, known.sha256)
        outcomes.append(outcome)
        if tell is not None:
            tell(outcome)
    _describe(register, folder, prefix)
    return tuple(outcomes)


def _describe(register: SourceRegister, folder: Path, prefix: str) -> None:
    """Write what the register says of the documents that are there, for those who read the inbox."""
    rows = [_row(source, prefix) for source in register.sources if (folder / source.file_name).is_file()]
    if not rows and not folder.is_dir():
        return
    kept = _others(folder / MANIFEST, {row["file"] for row in rows})
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted([*rows, *kept], key=lambda row: row["file"]))
    content = text.getvalue().encode("utf-8")
    path = folder / MANIFEST
    if not path.is_file() or path.read_bytes() != content:
        atomic_write(path, content)


def _row(source: Source, prefix: str) -> dict[str, str]:
    return {
        "file": prefix + source.file_name,
        "source_url": source.address,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "year": source.edition,
        "area": source.area,
    }


def _others(path: Path, names: set[str]) -> list[Mapping[str, str]]:
    """The rows of documents whose source is no longer in the register."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {name: row.get(name) or "" for name in COLUMNS}
            for row in csv.DictReader(file)
            if row.get("file") and row["file"] not in names
        ]
