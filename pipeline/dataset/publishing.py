"""Publishing: all work parts become one dataset, moved into place whole, run.json last."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.dataset import runfile
from pipeline.dataset.decisions import REPORTED, DecidedFlag, Decision, decide_flags
from pipeline.dataset.files import atomic_write, move_into_place, staging
from pipeline.dataset.parts import StoredPart
from pipeline.dataset.schemas import schemas
from pipeline.dataset.summary import (
    Entry,
    PublishSummary,
    RunFacts,
    now,
    outputs_of,
    run_content,
    summary_of,
)
from pipeline.dataset.uncovered import UNCOVERED_FILE, UncoveredRows, uncovered_csv
from pipeline.dataset.unmatched import UNMATCHED_FILE, unmatched_csv
from pipeline.dataset.writing import write_rows, write_whole
from pipeline.errors import OutputError
from pipeline.model import Flag

#: Writes more files into the staging folder (it holds the Parquet files already) from the run's facts.
Exporter = Callable[[Path, Mapping[str, Any]], None]


def publish(
    parts: Iterable[StoredPart],
    out: Path,
    facts: RunFacts,
    *,
    corpus_flags: Sequence[Flag] = (),
    decisions: Mapping[str, Decision] | None = None,
    indicators: Iterable[Any] = (),
    units: Iterable[Any] = (),
    exporters: Sequence[Exporter] | None = None,
) -> PublishSummary:
    """Write the whole dataset into OUT; what was there before stays until the new files are complete.

    Equal parts, flags, decisions and registers give byte-identical Parquet in whatever order they come. A
    document whose rows break the schema is published as quarantined, without rows; the others go on.

    Args:
        parts: of all input files (see ``read_parts``).
        corpus_flags: of the checks across documents.
        decisions: latest decision by flag_id.
        indicators, units: entries of the registers, objects with the columns as attributes.
        exporters: write further files (report, data package); None for the usual ones.

    Raises:
        OutputError: OUT cannot be written (the old dataset is untouched), another run is publishing, two
            parts hold the same document, or a register breaks its schema.
    """
    began = time.perf_counter()
    listed = list(parts)
    entries = _ordered(listed)
    before = runfile.verify(out) if runfile.read_run(out) is not None else ()
    registers = {"indicators": indicators, "units": units}
    with staging(out) as folder:
        staged = _stage(folder, entries, corpus_flags, decisions or {}, registers)
        run = run_content(listed, entries, staged.counts, staged.flags, staged.broken, facts)
        for export in default_exporters() if exporters is None else exporters:
            export(folder, run)
        run["timings"]["publish"] = round(time.perf_counter() - began, 3)
        run["finished"] = now()
        run["outputs"] = outputs_of(folder, staged.counts)
        _commit(folder, out, run)
    return summary_of(out, entries, staged.counts, staged.flags, staged.unmatched, staged.broken, before, run)


@dataclass(frozen=True, slots=True)
class _Staged:
    """What stands in the staging folder: rows per table, published flags, unknown labels, complaints."""

    counts: Mapping[str, int]
    flags: Sequence[DecidedFlag]
    unmatched: int
    broken: Mapping[str, str]


def _stage(
    folder: Path,
    entries: Sequence[Entry],
    corpus_flags: Sequence[Flag],
    decisions: Mapping[str, Decision],
    registers: Mapping[str, Iterable[Any]],
) -> _Staged:
    """Write every table and the unknown labels into the staging folder."""
    written = write_rows(entries, folder)
    # A decided flag on a document that is withdrawn would point at nothing; the decision itself is kept.
    with_evidence = {one.document_id for one in entries if one.summary.record.status != "withdrawn"}
    with_evidence -= set(written.broken)
    values = _reported_values(folder, decisions)
    flags = decide_flags([*written.flags, *corpus_flags], decisions, with_evidence, values)
    counts = written.counts | write_whole(folder, entries, flags, written.broken, registers)
    missing = [row for entry in entries for row in entry.part.unmatched(entry.index).rows]
    content, unmatched = unmatched_csv(missing)
    atomic_write(folder / UNMATCHED_FILE, content)
    atomic_write(folder / UNCOVERED_FILE, uncovered_csv(map(_uncovered, entries)))
    return _Staged(counts, flags, unmatched, written.broken)


def _reported_values(folder: Path, decisions: Mapping[str, Decision]) -> dict[str, str]:
    """value_raw by observation_id of the cells of reviewers' own flags; reads nothing without any."""
    import pyarrow.parquet as pq

    reported = [one.flag for one in decisions.values() if one.flag is not None and one.flag.check == REPORTED]
    wanted = sorted({seen for flag in reported for seen in flag.observation_ids})
    if not wanted:
        return {}
    rows = pq.read_table(
        folder / schemas()["observations"].file_name,
        columns=["observation_id", "value_raw"],
        filters=[("observation_id", "in", wanted)],
    )
    return {row["observation_id"]: str(row["value_raw"]) for row in rows.to_pylist()}


def _uncovered(entry: Entry) -> tuple[str, str, UncoveredRows]:
    record = entry.summary.record
    return entry.document_id, record.file_name, entry.part.uncovered(entry.index)


def default_exporters() -> tuple[Exporter, ...]:
    """The files written beside the Parquet files in every run."""
    from pipeline.dataset.datapackage import write_datapackage
    from pipeline.dataset.report import write_report

    return write_datapackage, write_report


def _ordered(parts: Sequence[StoredPart]) -> list[Entry]:
    """All documents by id; the same id twice would make two rows of one document."""
    entries = sorted(
        (Entry(part, index) for part in parts for index in range(len(part.documents))),
        key=lambda entry: entry.document_id,
    )
    for first, second in itertools.pairwise(entries):
        if first.document_id == second.document_id:
            raise OutputError(
                f"Dokumentet {first.document_id} finns i två arbetsdelar ({first.part.file_name} och "
                f"{second.part.file_name}): ta bort den ena filen eller kör om från början.",
                code="dubbelt-dokument",
            )
    return entries


def _commit(folder: Path, out: Path, run: Mapping[str, Any]) -> None:
    """Move the files, write run.json last, then remove files that only the old run had."""
    old = runfile.read_run(out) or {"outputs": {}}
    move_into_place(folder, out)
    atomic_write(out / runfile.RUN_FILE, runfile.run_bytes(run))
    for name in sorted(set(old["outputs"]) - set(run["outputs"])):
        target = (out / name).resolve()
        if target.is_relative_to(out.resolve()):
            target.unlink(missing_ok=True)
