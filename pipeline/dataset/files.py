"""Files that are whole or not there: atomic writes, folders moved into place, one writer at a time."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import OutputError, system_reason

#: Files that are forced to the disk at the same time.
SYNCS = 16
STAGING_PREFIX = ".publicering-"
LOCK_NAME = ".publicering.lock"


def atomic_write(path: Path, data: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one, never a half.

    Raises:
        OutputError: the folder cannot be written or the disk is full; nothing is left behind.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise unwritable(path.parent, error) from error


def sync(path: Path) -> None:
    """Force a file or folder entry to the disk, so that a power cut keeps the order of the moves."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unwritable(folder: Path, error: OSError) -> OutputError:
    """The error for a folder that cannot be written, with the system's own reason."""
    return OutputError(
        f"Det går inte att skriva i mappen {folder} ({system_reason(error)}): ge skrivrätt, frigör "
        "plats eller välj en annan mapp med --out.",
        code="gar-inte-att-skriva",
    )


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A folder inside OUT (so on its file system) in which the new files are made whole first.

    Only one process at a time may publish to OUT; the lock goes with the process, also when it is killed.
    Folders that a killed run left behind are removed.

    Raises:
        OutputError: code ``upptagen`` when another run is publishing, else ``gar-inte-att-skriva``.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = (out / LOCK_NAME).open("w")
    except OSError as error:
        raise unwritable(out, error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OutputError(
                f"En annan körning skriver just nu i {out}: vänta tills den är klar och kör igen.",
                code="upptagen",
            ) from error
        folder = out / f"{STAGING_PREFIX}{os.getpid()}"
        try:
            for left in out.glob(f"{STAGING_PREFIX}*"):
                if left.is_dir():
                    shutil.rmtree(left)
            folder.mkdir()
            yield folder
        except OSError as error:
            raise unwritable(out, error) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def move_into_place(folder: Path, out: Path) -> None:
    """Move every staged file over its old one, each in one step; equal files are left alone.

    Raises:
        OSError: a move failed; files moved before it stay moved (``verify`` then tells).
    """
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    with ThreadPoolExecutor(SYNCS) as pool:
        list(pool.map(sync, paths))  # a disk takes many at a time; one after the other waits for each
    for path in paths:
        target = out / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    sync(out)
