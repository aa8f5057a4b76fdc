"""The registers with what reviewers added laid over them: corrections and accepted names.

The result is a folder of register files like the program's own, kept in the state folder, so that a run
reads it as any other; the program's files are never written to.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.dataset import atomic_write
from pipeline.errors import RegisterError
from pipeline.reference import load_registers
from pipeline.reference.registers import register_files, register_folder
from pipeline.review.corrections import correction_rows, fields_of
from pipeline.review.events import ACCEPTED, Standing

FOLDER = "registers"
#: The file of aliases of each register that a reviewer can add names to, and its columns.
ALIAS_FILES = {
    "indicators": ("indicator_aliases.csv", ("alias", "indicator_id", "area", "first_year", "last_year")),
    "units": ("unit_aliases.csv", ("alias", "unit_id", "first_year", "last_year", "note")),
}


def added_rows(standings: Mapping[str, Standing]) -> dict[str, list[list[str]]]:
    """The rows that reviewers have added, by register file, sorted."""
    added: dict[str, list[list[str]]] = {}
    for one in standings.values():
        if one.status == ACCEPTED and one.decision and one.decision.snapshot:
            held = json.loads(one.decision.snapshot)
            added.setdefault(held["file"], []).append(held["fields"])
    corrections = [fields_of(row) for row in correction_rows(standings)]
    if corrections:
        added["corrections.csv"] = corrections
    return {name: sorted(rows) for name, rows in sorted(added.items())}


def overlay(folder: Path, base: Path | None, added: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Make ``folder`` hold the register files of ``base`` (None: the program's) with rows added.

    A row that the base already has is not added again. Only files that differ are written.

    Raises:
        OutputError: the folder cannot be written.
    """
    source = (base or register_folder()).resolve()
    wanted = {path.relative_to(source): path.read_bytes() for path in register_files(source)}
    for name, rows in added.items():
        wanted[Path(name)] = _with_rows(wanted.get(Path(name), b""), rows)
    for old in register_files(folder) if folder.is_dir() else ():
        if old.relative_to(folder) not in wanted:
            old.unlink()
    for place, content in wanted.items():
        path = folder / place
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(path, content)


def prove(base: Path | None, added: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Load the registers with the rows added, somewhere temporary.

    Raises:
        RegisterError: they would contradict themselves; the sentence names file and row.
    """
    scratch = Path(tempfile.mkdtemp(prefix="oj-register-"))
    try:
        overlay(scratch, base, added)
        _check(scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _check(folder: Path) -> None:
    from pipeline.reference import check_registers

    problems = check_registers(load_registers(folder))
    if problems:
        raise RegisterError(problems[0])


def _with_rows(content: bytes, rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV file with rows added at its end, those that it has left out."""
    text = content.decode("utf-8-sig")
    had = {tuple(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text))}
    out = io.StringIO()
    out.write(text if text.endswith("\n") or not text else text + "\n")
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        if tuple(cell.strip() for cell in row) not in had:
            writer.writerow(row)
    return out.getvalue().encode("utf-8")
