"""Checks that compare documents, kept under the name of everything that they compare."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.versions import key_of, meaning_version
from pipeline.model import Claim, Flag, Observation, ReadDocument

if TYPE_CHECKING:
    from pipeline.dataset import StoredPart
    from pipeline.reference import Registers

SUFFIX = ".across"
#: Documents without values: there is nothing in them to compare.
EMPTY = ("quarantined", "withdrawn")


@dataclass(frozen=True, slots=True)
class Across:
    """The flags of all checks across the documents of a run."""

    flags: tuple[Flag, ...]


def kept_flags(folder: Path, stored: Sequence[StoredPart], registers: Registers) -> tuple[Flag, ...]:
    """The flags of the checks that compare documents, from an earlier run over the very same parts if any.

    Args:
        folder: where the last result is kept; what belongs to another set of documents goes.

    Raises:
        OutputError: the result cannot be kept, or a part went away meanwhile.
    """
    from pipeline.dataset import StaleFormatError, atomic_write, pack, unpack

    compared = sorted(part.key for part in stored if any(not _is_empty(part, i) for i in _indexes(part)))
    path = folder / f"{key_of(meaning_version(), registers.digest, *compared)}{SUFFIX}"
    try:
        return unpack(Across, path.read_bytes()).flags
    except (OSError, StaleFormatError):
        pass  # not compared before, or by another version of the shapes
    flags = cross_document_flags(stored, registers)
    atomic_write(path, pack(Across(flags)))
    for other in folder.glob(f"*{SUFFIX}"):
        if other != path:
            other.unlink(missing_ok=True)
    return flags


def cross_document_flags(stored: Sequence[StoredPart], registers: Registers) -> tuple[Flag, ...]:
    """The flags of the checks that compare documents; they read values and text, never the cells."""
    from pipeline.checks import check_each

    where = {
        part.documents[index].record.document_id: (part, index)
        for part in stored
        for index in _indexes(part)
        if not _is_empty(part, index)
    }

    def load(document_id: str) -> tuple[ReadDocument, tuple[Claim, ...]]:
        part, index = where[document_id]
        return part.document(index, cells=False), part.claims(index)

    def observations(document_id: str) -> tuple[Observation, ...]:
        part, index = where[document_id]
        return part.document(index, text=False, cells=False).observations

    with _seldom_collected():
        return check_each(where, load, registers, observations)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Documents come and go by the thousand and form no cycles: looking for those took an eighth of it."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _indexes(part: StoredPart) -> range:
    return range(len(part.documents))


def _is_empty(part: StoredPart, index: int) -> bool:
    return part.documents[index].record.status in EMPTY
