"""The registers with what reviewers added laid over them: corrections and accepted names.

The result is a folder of register files like the program's own, kept in the state folder, so that a run
reads it as any other. Where a folder of registers has been chosen (``placing.py``), names stand in its own
files too.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.dataset import atomic_write
from pipeline.errors import RegisterError
from pipeline.reference import load_registers
from pipeline.reference.corrections import COLUMNS as CORRECTION_COLUMNS
from pipeline.reference.corrections import FILE as CORRECTION_FILE
from pipeline.reference.registers import register_files, register_folder
from pipeline.review.corrections import correction_rows, fields_of
from pipeline.review.csvrows import with_rows
from pipeline.review.events import ACCEPTED, Standing

FOLDER = "registers"
CORRECTIONS = CORRECTION_FILE
#: The file of aliases of each register that a reviewer can add names to, and its columns.
ALIAS_FILES = {
    "indicators": ("indicator_aliases.csv", ("alias", "indicator_id", "area", "first_year", "last_year")),
    "units": ("unit_aliases.csv", ("alias", "unit_id", "first_year", "last_year", "note")),
}


def columns_of(file: str) -> tuple[str, ...]:
    """The columns of a register file in the order of the rows that reviewers add."""
    return CORRECTION_COLUMNS if file == CORRECTIONS else dict(ALIAS_FILES.values())[file]


def added_rows(standings: Mapping[str, Standing]) -> dict[str, list[list[str]]]:
    """The rows that reviewers have added, by register file, sorted."""
    added: dict[str, list[list[str]]] = {}
    for one in standings.values():
        if one.status == ACCEPTED and one.decision and one.decision.snapshot:
            held = json.loads(one.decision.snapshot)
            added.setdefault(held["file"], []).append(held["fields"])
    corrections = [fields_of(row) for row in correction_rows(standings)]
    if corrections:
        added[CORRECTIONS] = corrections
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
        wanted[Path(name)] = with_rows(wanted.get(Path(name), b""), columns_of(name), rows)
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
