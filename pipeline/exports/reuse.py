"""Rebuilding only what changed: an export whose tables are those of the last run is taken over from OUT."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.dataset.files import atomic_write, sha256_of
from pipeline.dataset.runfile import read_run
from pipeline.dataset.schemas import schemas
from pipeline.errors import OutputError

EXPORTS_FILE = "exports.json"
#: What pages and sheets show of a run and no table holds.
RUN_FACTS = ("schema_version", "pipeline_version", "registers", "inputs", "documents", "flags", "coverage")
Exporter = Callable[[Path, Mapping[str, Any]], None]
Begin = Callable[[Path, Mapping[str, Any]], AbstractContextManager[Exporter]]


@dataclass(frozen=True, slots=True)
class Export:
    """One exporter and what it writes.

    Attributes:
        write: the exporter.
        outputs: paths below the folder; one that ends in ``/`` is a folder.
        tables: the published tables that it is made of alone; None when it is made of all of them and of the
            run's own counts.
        begin: in the place of ``write``, what begins work that can go on beside the other exports, and gives
            the exporter that waits for it and writes.
    """

    name: str
    write: Exporter
    outputs: tuple[str, ...]
    tables: tuple[str, ...] | None = None
    begin: Begin | None = None

    def covers(self, path: str) -> bool:
        """Whether a file is one of this export's."""
        return any(path == one or (one.endswith("/") and path.startswith(one)) for one in self.outputs)


def reusing(exports: Sequence[Export], version: str) -> Exporter:
    """One exporter that writes those of ``exports`` whose key has changed and takes over the others.

    The key is made of the Parquet files that an export reads and of ``version``; what was made of which
    stands in exports.json. A file is taken over only when it is the one that run.json of the last run names.

    Args:
        version: of everything else that the exports depend on (code and settings).
    """

    def write(folder: Path, run: Mapping[str, Any]) -> None:
        out = folder.parent
        sums = {name: sha256_of(folder / schema.file_name) for name, schema in schemas().items()}
        keys = {export.name: _key(export, sums, run, version) for export in exports}
        listed = (read_run(out) or {"outputs": {}})["outputs"]
        before = _before(out) if EXPORTS_FILE in listed else {}
        changed = []
        for export in exports:
            names = [name for name in listed if export.covers(name)]
            same = bool(names) and before.get(export.name) == keys[export.name]
            if not (same and _take_over(out, folder, names, listed)):
                changed.append(export)
        with ExitStack() as begun:
            writers = [(one.name, _begun(one, folder, run, begun)) for one in changed]
            for name, writer in writers:
                with _told(name):
                    writer(folder, run)
        atomic_write(folder / EXPORTS_FILE, json.dumps(keys, indent=2).encode())

    return write


def _begun(export: Export, folder: Path, run: Mapping[str, Any], stack: ExitStack) -> Exporter:
    """What writes an export, its work begun; it ends with the stack."""
    if export.begin is None:
        return export.write
    with _told(export.name):
        return stack.enter_context(export.begin(folder, run))


@contextmanager
def _told(name: str) -> Iterator[None]:
    """A query that runs out of disk or memory is an error of the output."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise OutputError(f"Exporten {name} gick inte att göra: {error}. Kör med --no-exports.") from error


def _key(export: Export, sums: Mapping[str, str], run: Mapping[str, Any], version: str) -> str:
    """A digest of all that an export is made of: its tables, and the run's counts if it shows any.

    Args:
        sums: sha256 by table.
    """
    chosen = sums if export.tables is None else {name: sums[name] for name in export.tables}
    facts = [run.get(name) for name in RUN_FACTS] if export.tables is None else []
    told = json.dumps([version, facts, sorted(chosen.items())], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _before(out: Path) -> Mapping[str, str]:
    """What the exports in OUT were made of, by name."""
    try:
        content = json.loads((out / EXPORTS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _take_over(out: Path, folder: Path, names: Sequence[str], listed: Mapping[str, Any]) -> bool:
    """Link the files into the folder; False, and nothing left there, when one of them is not whole."""
    done: list[Path] = []
    for name in names:
        target = folder / name
        try:
            if sha256_of(out / name) != listed[name]["sha256"]:
                raise OSError(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            try:
                os.link(out / name, target)
            except OSError:  # a file system without hard links
                shutil.copyfile(out / name, target)
            done.append(target)
        except OSError:
            for path in done:
                path.unlink()
            return False
    return True
