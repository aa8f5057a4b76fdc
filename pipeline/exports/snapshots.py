"""Dated snapshots of the published tables: OUT/snapshots/<date>-<hash>, the newest always at OUT itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.dataset.files import sync, unwritable
from pipeline.dataset.runfile import RUN_FILE, read_run, run_bytes
from pipeline.errors import OutputError

SNAPSHOTS = "snapshots"
#: Hexadecimal digits of the hash in a snapshot's name.
DIGITS = 12


def snapshot_name(run: Mapping[str, Any]) -> str:
    """``<date>-<hash>``: the day of the run and a digest of all Parquet files."""
    day = dt.datetime.fromisoformat(run["started"]).date().isoformat()
    return f"{day}-{_digest(run)}"


def take_snapshot(out: Path, keep: int) -> Path | None:
    """Keep the tables that are published now, and let the oldest snapshots beyond ``keep`` go.

    Files are hard links where the file system has them: publishing replaces files and never writes into them,
    so a snapshot costs no room while nothing changes. A dataset that is kept already is not kept twice.

    Args:
        keep: number of snapshots; 0 keeps none and removes those that are there.

    Returns:
        The snapshot's folder; None when none is kept.

    Raises:
        OutputError: there is no dataset in ``out``, or the snapshot cannot be written.
    """
    run = read_run(out)
    if run is None:
        raise OutputError(f"Det finns ingen datamängd i {out} att spara: kör oj run.", code="inget-dataset")
    try:
        for left in (out / SNAPSHOTS).glob(".*.tmp"):
            shutil.rmtree(left)  # of a run that was killed
        made = _kept(out, run) if keep else None
        for old in list_snapshots(out)[keep:]:
            shutil.rmtree(old)
    except OSError as error:
        raise unwritable(out / SNAPSHOTS, error) from error
    return made


def list_snapshots(out: Path) -> list[Path]:
    """The snapshots of a dataset, newest first."""
    folders = [path for path in (out / SNAPSHOTS).glob("*-*") if (path / RUN_FILE).is_file()]
    return sorted(folders, key=lambda path: (_started(path), path.name), reverse=True)


def find_dataset(named: str, out: Path) -> Path:
    """The folder that a user means: a path, or the name of a snapshot of ``out``.

    Raises:
        OutputError: there is neither; the sentence lists the snapshots that there are.
    """
    for path in (Path(named), out / SNAPSHOTS / named):
        if (path / RUN_FILE).is_file():
            return path
    names = ", ".join(path.name for path in list_snapshots(out)[:5]) or "inga"
    raise OutputError(
        f"{named} är varken en mapp med en datamängd eller en ögonblicksbild i {out} (där finns: {names}).",
        code="inget-dataset",
    )


def _kept(out: Path, run: Mapping[str, Any]) -> Path:
    """The snapshot of this very content, made when there is none."""
    for path in list_snapshots(out):
        if path.name.endswith(f"-{_digest(run)}"):
            return path
    target = out / SNAPSHOTS / snapshot_name(run)
    beside = target.with_name(f".{target.name}.tmp")
    beside.mkdir(parents=True)
    names = sorted(name for name in run["outputs"] if name.endswith(".parquet"))
    for name in names:
        try:
            os.link(out / name, beside / name)
        except OSError:
            shutil.copyfile(out / name, beside / name)
    content = dict(run) | {"outputs": {name: run["outputs"][name] for name in names}}
    (beside / RUN_FILE).write_bytes(run_bytes(content))
    sync(beside / RUN_FILE)
    shutil.rmtree(target, ignore_errors=True)
    beside.rename(target)
    return target


def _digest(run: Mapping[str, Any]) -> str:
    """A digest of the contents of all Parquet files."""
    facts = sorted(
        f"{name} {one['sha256']}" for name, one in run["outputs"].items() if name.endswith(".parquet")
    )
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:DIGITS]


def _started(path: Path) -> str:
    """When the run of a snapshot began."""
    return str((read_run(path) or {}).get("started", ""))
