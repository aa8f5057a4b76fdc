"""Work parts: what one input file gave, kept on disk under a name made of its content by the caller.

One file per part, in sections that can be read alone (publishing needs the rows, cross-document checks the
readings, the next run neither): a line with the format's fingerprint, an index, then sections under zstd.
Rows are Arrow record batches, so publishing only joins them; readings are the versioned JSON of
:mod:`pipeline.dataset.codec`. Every section has a CRC; a part that is damaged, cut off or written by another
version of the shapes counts as absent and is made again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from pipeline.dataset.codec import StaleFormatError, fingerprint, pack, unpack
from pipeline.dataset.files import atomic_write
from pipeline.dataset.rows import UnmatchedRows, document_rows, part_schema
from pipeline.dataset.schemas import schemas
from pipeline.errors import OutputError
from pipeline.model import Block, Claim, DocumentRecord, Flag, ReadDocument, Sentence, digest

FORMAT = "OJ-DEL 1"
SUFFIX = ".part"
#: Tables whose rows stand in the part; documents and flags depend on the whole run and are made by publish.
ROW_TABLES = ("tables", "cells", "observations", "claims")


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """One document of an input file with what its own text and tables gave.

    Attributes:
        flags: of the checks within the document; those across documents are given to ``publish``.
        coverage: counts of the text reading by name (``sentences`` …), as pairs.
    """

    document: ReadDocument
    claims: tuple[Claim, ...] = ()
    flags: tuple[Flag, ...] = ()
    coverage: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """All that one input file gave.

    Attributes:
        key: name of the part, made by the caller from the file's content and all versions it depends on.
        n_bytes, n_pages: of the input file; n_pages None when it could not be opened.
        timings: seconds per stage as pairs.
    """

    key: str
    file_name: str
    file_sha256: str
    pipeline_version: str
    documents: tuple[DocumentPart, ...]
    n_bytes: int = 0
    n_pages: int | None = None
    timings: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """What ``documents.parquet`` and ``run.json`` say of one document."""

    record: DocumentRecord
    n_pages: int | None
    n_tables: int
    n_observations: int
    n_sentences: int
    n_claims: int
    coverage: tuple[tuple[str, int], ...]


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
class _Claims:
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class _Flags:
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part on disk: its facts at once, its rows and readings when asked for.

    Every method raises OutputError (code ``del-skadad``) when the file changed or went after it was opened.
    """

    path: Path
    key: str
    file_name: str
    file_sha256: str
    pipeline_version: str
    n_bytes: int
    n_pages: int | None
    timings: tuple[tuple[str, float], ...]
    documents: tuple[DocumentSummary, ...]
    _index: Mapping[str, tuple[int, int, int, int]] = field(repr=False)

    def rows(self, index: int, table: str) -> pa.Table:
        """The rows of the part's ``index``-th document (0-based) for one of ``ROW_TABLES``."""
        name = f"{index}.{table}"
        schema = part_schema(table)
        if name not in self._index:
            return schema.empty_table()
        return pa.Table.from_batches([pa.ipc.read_record_batch(pa.py_buffer(self._section(name)), schema)])

    def document(self, index: int, *, text: bool = True) -> ReadDocument:
        """The document as it was read; without blocks and sentences when ``text`` is false."""
        read = unpack(ReadDocument, self._section(f"{index}.reading"))
        if not text:
            return read
        parts = unpack(_Text, self._section(f"{index}.text"))
        return replace(read, blocks=parts.blocks, sentences=parts.sentences)

    def claims(self, index: int) -> tuple[Claim, ...]:
        """The document's claims."""
        return unpack(_Claims, self._section(f"{index}.claim")).claims

    def flags(self, index: int) -> tuple[Flag, ...]:
        """The flags of the checks within the document."""
        return unpack(_Flags, self._section(f"{index}.flag")).flags

    def unmatched(self, index: int) -> UnmatchedRows:
        """The labels of the document that matched no register row."""
        return unpack(UnmatchedRows, self._section(f"{index}.unmatched"))

    def _section(self, name: str) -> bytes:
        """One section, checked and decompressed."""
        offset, length, plain, crc = self._index[name]
        try:
            with self.path.open("rb") as file:
                file.seek(offset)
                data = file.read(length)
        except OSError as error:
            raise self._gone() from error
        if zlib.crc32(data) != crc:
            raise self._gone()
        section: bytes = pa.Codec("zstd").decompress(data, plain, asbytes=True) if plain else data
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
    return digest(FORMAT, fingerprint(Part), fingerprint(_Header), fingerprint(UnmatchedRows), *columns)


def summarise(part: DocumentPart) -> DocumentSummary:
    """The counts of one document; pages from first to last, None when it could not be opened."""
    record = part.document.record
    first, last = record.page_first, record.page_last
    return DocumentSummary(
        record=record,
        n_pages=None if first is None or last is None else last - first + 1,
        n_tables=len(part.document.tables),
        n_observations=len(part.document.observations),
        n_sentences=len(part.document.sentences),
        n_claims=len(part.claims),
        coverage=part.coverage,
    )


def write_part(folder: Path, part: Part) -> Path:
    """Write one part as ``<key>.part`` in the folder, whole or not at all.

    Returns:
        The path written.

    Raises:
        OutputError: the folder cannot be written.
    """
    sections: dict[str, tuple[bytes, int]] = {}
    for index, document in enumerate(part.documents):
        read = document.document
        sections[f"{index}.reading"] = (pack(replace(read, blocks=(), sentences=())), 0)
        sections[f"{index}.text"] = (pack(_Text(read.blocks, read.sentences)), 0)
        sections[f"{index}.claim"] = (pack(_Claims(document.claims)), 0)
        sections[f"{index}.flag"] = (pack(_Flags(document.flags)), 0)
        sections[f"{index}.unmatched"] = (pack(UnmatchedRows(read.unmatched)), 0)
        for table, made in document_rows(read, document.claims).items():
            if made.num_rows:
                plain = made.combine_chunks().to_batches()[0].serialize().to_pybytes()
                sections[f"{index}.{table}"] = (
                    pa.Codec("zstd", 3).compress(plain, asbytes=True),
                    len(plain),
                )
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
    atomic_write(path, _join(sections))
    return path


def _join(sections: Mapping[str, tuple[bytes, int]]) -> bytes:
    """Fingerprint line, index line, sections."""
    index, offset = {}, 0
    for name, (data, plain) in sections.items():
        index[name] = (offset, len(data), plain, zlib.crc32(data))
        offset += len(data)
    listing = json.dumps(index, separators=(",", ":")).encode()
    head = f"{FORMAT} {format_fingerprint()} {zlib.crc32(listing)}\n".encode()
    return b"".join([head, listing, b"\n", *(data for data, _ in sections.values())])


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
    head, _, rest = data.partition(b"\n")
    listing, newline, _ = rest.partition(b"\n")
    if (
        head.decode("ascii", "replace") != f"{FORMAT} {format_fingerprint()} {zlib.crc32(listing)}"
        or not newline
    ):
        return None
    start = len(head) + len(listing) + 2
    index = {
        name: (start + offset, length, plain, crc)
        for name, (offset, length, plain, crc) in json.loads(listing).items()
    }
    view = memoryview(data)
    for offset, length, _, crc in index.values():
        if zlib.crc32(view[offset : offset + length]) != crc:
            return None
    offset, length, _, _ = index["header"]
    try:
        header = unpack(_Header, data[offset : offset + length])
    except StaleFormatError:
        return None
    return StoredPart(
        path,
        header.key,
        header.file_name,
        header.file_sha256,
        header.pipeline_version,
        header.n_bytes,
        header.n_pages,
        header.timings,
        header.documents,
        index,
    )
