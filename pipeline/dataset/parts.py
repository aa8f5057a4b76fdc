"""Work parts: what one input file gave, kept on disk under a name made of its content by the caller.

One file per part, in sections that can be read alone (see :mod:`pipeline.dataset.sections`): publishing needs
the rows, cross-document checks the readings, the next run neither. Rows are Arrow record batches, so that
publishing only joins them; readings are versioned MessagePack (:mod:`pipeline.dataset.codec`). A part that is
damaged, cut off or written by another version of the shapes counts as absent and is made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from pipeline.dataset.codec import StaleFormatError, fingerprint, pack, unpack
from pipeline.dataset.files import atomic_write
from pipeline.dataset.rows import UnmatchedRows, document_rows, part_schema
from pipeline.dataset.schemas import schemas
from pipeline.dataset.sections import Entry, index_of, join, read_section, squeeze
from pipeline.dataset.shapes import DocumentPart, DocumentSummary, Part, summarise
from pipeline.dataset.uncovered import UncoveredRows
from pipeline.errors import OutputError
from pipeline.model import Block, Cell, CellRole, Claim, Flag, ReadDocument, Sentence, digest

FORMAT = "OJ-DEL 1"
SUFFIX = ".part"
#: Tables whose rows stand in the part; documents and flags depend on the whole run and are made by publish.
ROW_TABLES = ("tables", "cells", "observations", "claims")


@dataclass(frozen=True, slots=True)
class _Header:
    """The part without its documents."""

    key: str
    file_name: str
    file_sha256: str
    pipeline_version: str
    n_bytes: int
    n_pages: int | None
    timings: tuple[tuple[str, float], ...]
    documents: tuple[DocumentSummary, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of every table of a document with their roles, in the order of the tables."""

    cells: tuple[tuple[Cell, ...], ...]
    roles: tuple[tuple[CellRole, ...], ...]


@dataclass(frozen=True, slots=True)
class _Claims:
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class _Flags:
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class StoredPart(_Header):
    """A part on disk: its facts at once, its rows and readings when asked for.

    Every method raises OutputError (code ``del-skadad``) when the file changed or went after it was opened.
    """

    path: Path
    _index: Mapping[str, Entry] = field(repr=False)

    def rows(self, index: int, table: str) -> pa.Table:
        """The rows of the part's ``index``-th document (0-based) for one of ``ROW_TABLES``."""
        name = f"{index}.{table}"
        schema = part_schema(table)
        if name not in self._index:
            return schema.empty_table()
        return pa.Table.from_batches([pa.ipc.read_record_batch(pa.py_buffer(self._section(name)), schema)])

    def document(self, index: int, *, text: bool = True, cells: bool = True) -> ReadDocument:
        """The document as it was read.

        What compares documents needs observations only: without ``text`` (blocks and sentences) and
        ``cells`` (and their roles) a reading takes a third of the time and memory.
        """
        read = unpack(ReadDocument, self._section(f"{index}.reading"))
        if cells:
            read = _with_cells(read, unpack(_Cells, self._section(f"{index}.place")))
        if text:
            parts = unpack(_Text, self._section(f"{index}.text"))
            read = replace(read, blocks=parts.blocks, sentences=parts.sentences)
        return read

    def claims(self, index: int) -> tuple[Claim, ...]:
        """The document's claims."""
        return unpack(_Claims, self._section(f"{index}.claim")).claims

    def flags(self, index: int) -> tuple[Flag, ...]:
        """The flags of the checks within the document."""
        return unpack(_Flags, self._section(f"{index}.flag")).flags

    def unmatched(self, index: int) -> UnmatchedRows:
        """The labels of the document that matched no register row."""
        return unpack(UnmatchedRows, self._section(f"{index}.unmatched"))

    def uncovered(self, index: int) -> UncoveredRows:
        """The figures of the document's text that no claim covers."""
        return unpack(UncoveredRows, self._section(f"{index}.uncovered"))

    def _section(self, name: str) -> bytes:
        """One section, checked and decompressed."""
        try:
            section = read_section(self.path, self._index[name])
        except OSError as error:
            raise self._gone() from error
        if section is None:
            raise self._gone()
        return section

    def _gone(self) -> OutputError:
        return OutputError(
            f"Arbetsdelen för {self.file_name} har ändrats under körningen: kör igen, så läses den på nytt.",
            code="del-skadad",
        )


@lru_cache(maxsize=1)
def format_fingerprint() -> str:
    """Changes when the shapes in a part or the columns of its tables change."""
    columns = [f"{table}.{c.name}:{c.type}" for table in ROW_TABLES for c in schemas()[table].columns]
    shapes = (Part, _Header, _Text, _Cells, UnmatchedRows, UncoveredRows)
    return f"{FORMAT} {digest(*map(fingerprint, shapes), *columns)}"


def _without_cells(read: ReadDocument) -> tuple[ReadDocument, _Cells]:
    """A reading without text and cells, and the cells."""
    tables = tuple(replace(one, roles=(), table=replace(one.table, cells=())) for one in read.tables)
    cells = _Cells(tuple(one.table.cells for one in read.tables), tuple(one.roles for one in read.tables))
    return replace(read, blocks=(), sentences=(), tables=tables), cells


def _with_cells(read: ReadDocument, kept: _Cells) -> ReadDocument:
    """The reading with its cells in place."""
    tables = tuple(
        replace(one, roles=roles, table=replace(one.table, cells=cells))
        for one, cells, roles in zip(read.tables, kept.cells, kept.roles, strict=True)
    )
    return replace(read, tables=tables)


def _document_sections(document: DocumentPart) -> dict[str, tuple[bytes, int]]:
    """The sections of one document by name; a table without rows has none."""
    read = document.document
    bare, cells = _without_cells(read)
    sections = {
        "reading": (pack(bare), 0),
        "place": (pack(cells), 0),
        "text": (pack(_Text(read.blocks, read.sentences)), 0),
        "claim": (pack(_Claims(document.claims)), 0),
        "flag": (pack(_Flags(document.flags)), 0),
        "unmatched": (pack(UnmatchedRows(read.unmatched)), 0),
        "uncovered": (pack(UncoveredRows(document.uncovered)), 0),
    }
    for table, made in document_rows(read, document.claims).items():
        if made.num_rows:
            sections[table] = squeeze(made.combine_chunks().to_batches()[0].serialize().to_pybytes())
    return sections


def write_part(folder: Path, part: Part) -> Path:
    """Write one part as ``<key>.part`` in the folder, whole or not at all.

    Returns:
        The path written.

    Raises:
        OutputError: the folder cannot be written, or (code ``schema``) a value fits no column or is no text.
    """
    sections: dict[str, tuple[bytes, int]] = {}
    try:
        for index, document in enumerate(part.documents):
            sections |= {f"{index}.{name}": section for name, section in _document_sections(document).items()}
    except (ValueError, TypeError, OverflowError) as error:
        raise OutputError(
            f"{part.file_name} ger värden som inte kan skrivas ({error}): anmäl felet och bifoga filen.",
            code="schema",
        ) from error
    header = _Header(
        part.key,
        part.file_name,
        part.file_sha256,
        part.pipeline_version,
        part.n_bytes,
        part.n_pages,
        part.timings,
        tuple(summarise(document) for document in part.documents),
    )
    sections["header"] = (pack(header), 0)
    path = folder / f"{part.key}{SUFFIX}"
    atomic_write(path, join(format_fingerprint(), sections))
    return path


def read_part(folder: Path, key: str) -> StoredPart | None:
    """Open the part of that name; None when it is absent, damaged or of another format (make it again)."""
    return _open(folder / f"{key}{SUFFIX}")


def read_parts(folder: Path, keys: Iterable[str] | None = None) -> Iterator[StoredPart]:
    """Open the parts of these names, or all parts of the folder in the order of their names.

    Absent and damaged parts are left out: compare ``key`` to see which must be made again.
    """
    if keys is None:
        keys = sorted(path.name.removesuffix(SUFFIX) for path in folder.glob(f"*{SUFFIX}"))
    for key in keys:
        part = read_part(folder, key)
        if part is not None:
            yield part


def _open(path: Path) -> StoredPart | None:
    """Read and check a whole part file; keep its index and facts only."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    index = index_of(format_fingerprint(), data)
    if index is None:
        return None
    offset, length, _, _ = index["header"]
    try:
        header = unpack(_Header, data[offset : offset + length])
    except StaleFormatError:
        return None
    facts = {one.name: getattr(header, one.name) for one in fields(header)}
    return StoredPart(**facts, path=path, _index=index)
