"""The rows of a dataset as Parquet files in the staging folder: streamed from the parts, or made whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.dataset import rows
from pipeline.dataset.decisions import DecidedFlag
from pipeline.dataset.files import unwritable
from pipeline.dataset.parts import ROW_TABLES
from pipeline.dataset.schemas import arrow_schema, schemas, validate
from pipeline.dataset.summary import Entry, final_record, reason_of
from pipeline.errors import OutputError
from pipeline.model import Flag

#: Rows of cells after which a batch of whole documents is written as one row group of every table: large
#: enough to compress well, small enough that memory stays flat (about 30 MB) over any number of documents.
BATCH_CELLS = 50_000
PARQUET = {"compression": "zstd", "compression_level": 3, "version": "2.6", "write_statistics": True}


@dataclass(slots=True)
class Written:
    """What the streamed tables gave: rows per table, flags of the documents, complaints by document."""

    counts: dict[str, int]
    flags: list[Flag]
    broken: dict[str, str]


def _batches(entries: Sequence[Entry]) -> Iterator[list[tuple[Entry, dict[str, pa.Table]]]]:
    """Whole documents with their rows, as many at a time as make a row group."""
    batch: list[tuple[Entry, dict[str, pa.Table]]] = []
    cells = 0
    for entry in entries:
        tables = {name: entry.part.rows(entry.index, name) for name in ROW_TABLES}
        batch.append((entry, tables))
        cells += tables["cells"].num_rows
        if cells >= BATCH_CELLS:
            yield batch
            batch, cells = [], 0
    if batch:
        yield batch


def write_rows(entries: Sequence[Entry], folder: Path) -> Written:
    """Write the tables whose rows stand in the parts, and gather the documents' own flags."""
    written = Written(dict.fromkeys(ROW_TABLES, 0), [], {})
    writers: dict[str, Any] = {}
    try:
        for (
            name
        ) in ROW_TABLES:  # one by one: those that are open are closed when the disk has no room for the next
            writers[name] = _writer(folder, name)
        for batch in _batches(entries):
            for name, table in _valid(batch, written).items():
                if table.num_rows:
                    writers[name].write_table(table, row_group_size=table.num_rows)
                    written.counts[name] += table.num_rows
    finally:
        _close(writers.values())
    return written


def _close(writers: Iterable[Any]) -> None:
    """Close all writers, also when one cannot be (a full disk), and then tell of the first that could not."""
    trouble: OSError | None = None
    for writer in writers:
        try:
            writer.close()
        except OSError as error:
            writer.is_open = False  # else its finaliser tries again and writes to the terminal
            trouble = trouble or error
    if trouble is not None:
        raise trouble


def _valid(batch: Sequence[tuple[Entry, dict[str, pa.Table]]], written: Written) -> dict[str, pa.Table]:
    """The batch's rows, checked; a document that breaks a schema is left out whole and noted as broken."""
    own_flags = {entry.document_id: entry.part.flags(entry.index) for entry, _ in batch}
    every_flag = [flag for flags in own_flags.values() for flag in flags]
    try:
        validate("documents", _document_rows([entry for entry, _ in batch], {}, {}))
        checked = _validated([tables for _, tables in batch], every_flag)
        written.flags += every_flag
        return checked
    except OutputError:
        kept = []
        for entry, tables in batch:
            flags = own_flags[entry.document_id]
            try:
                validate("documents", _document_rows([entry], {}, {}))
                kept.append(_validated([tables], flags))
                written.flags += flags
            except OutputError as error:
                written.broken[entry.document_id] = error.message
        return _validated(kept, ())


def _validated(documents: Sequence[Mapping[str, pa.Table]], flags: Sequence[Flag]) -> dict[str, pa.Table]:
    """The rows of several documents as one checked table each; their flags are checked as well."""
    validate("flags", rows.flag_rows(flags, [False] * len(flags), [True] * len(flags)))
    return {
        name: validate(
            name,
            pa.concat_tables([rows.part_schema(name).empty_table(), *(tables[name] for tables in documents)]),
        )
        for name in ROW_TABLES
    }


def _writer(folder: Path, name: str) -> Any:
    """A Parquet writer whose bytes depend on its rows only."""
    import pyarrow.parquet as pq

    try:
        return pq.ParquetWriter(folder / schemas()[name].file_name, arrow_schema(name), **PARQUET)
    except OSError as error:
        raise unwritable(folder.parent, error) from error


def _write_table(folder: Path, name: str, table: pa.Table) -> int:
    """Write a table that is made whole, after its check; gives its number of rows."""
    checked = validate(name, table)
    writer = _writer(folder, name)
    try:
        if checked.num_rows:
            writer.write_table(checked, row_group_size=BATCH_CELLS)
    finally:
        _close([writer])
    return int(checked.num_rows)


def write_whole(
    folder: Path,
    entries: Sequence[Entry],
    flags: Sequence[DecidedFlag],
    broken: Mapping[str, str],
    registers: Mapping[str, Iterable[Any]],
) -> dict[str, int]:
    """Write documents, flags and the registers; gives the rows per table."""
    per_document = Counter(decided.flag.document_id for decided in flags)
    tables = {
        "documents": _document_rows(entries, per_document, broken),
        "flags": rows.flag_rows(
            [decided.flag for decided in flags],
            [decided.reopened for decided in flags],
            [decided.still_found for decided in flags],
        ),
        **{name: rows.register_rows(name, listed) for name, listed in registers.items()},
    }
    return {name: _write_table(folder, name, table) for name, table in tables.items()}


def _document_rows(
    entries: Sequence[Entry], n_flags: Mapping[str, int], broken: Mapping[str, str]
) -> pa.Table:
    """One row per document with its counts."""
    records = [final_record(entry.summary.record, broken) for entry in entries]
    counted = ("n_pages", "n_tables", "n_observations", "n_sentences", "n_claims")
    made = (*counted, "n_flags", "reason", "pipeline_version")
    own = [column.name for column in schemas()["documents"].columns if column.name not in made]
    columns = rows.columns_of(records, {name: name for name in own})
    columns["reason"] = [reason_of(record) for record in records]
    for name in counted:
        columns[name] = [
            (None if name == "n_pages" else 0)
            if entry.document_id in broken
            else getattr(entry.summary, name)
            for entry in entries
        ]
    columns["n_flags"] = [n_flags.get(entry.document_id, 0) for entry in entries]
    columns["pipeline_version"] = [entry.part.pipeline_version for entry in entries]
    return rows.table_of("documents", columns)
