"""The inbox: which files there are, what the manifest says of them, and which are copies of others."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.errors import WrongCallError, system_reason
from pipeline.errors import NothingToPublishError

#: Files that lie beside the documents and tell about them.
COMPANIONS = frozenset({"manifest.csv", "planted.yaml", "readme.md"})
#: Folder of the inbox that fetched documents are put in, with a manifest of their own.
FETCHED = "hamtat"
PDF_SUFFIX, PDF_HEADER = ".pdf", b"%PDF-"
#: The header stands within the first 1024 bytes (PDF 32000-1, annex H, note 13).
HEADER_WITHIN = 1024
CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of the inbox.

    Attributes:
        name: path relative to the inbox, with forward slashes.
        sha256: of its bytes; None when it could not be read (then ``trouble`` says why, in Swedish).
        copy: 1 for the first file (by name) with these bytes, 2 for the second …
        original: name of the first file with these bytes when ``copy`` is above 1.
    """

    path: Path
    name: str
    sha256: str | None
    size: int
    copy: int = 1
    original: str | None = None
    trouble: str | None = None


def list_inputs(raw: Path, *, leave_out: Iterable[Path] = ()) -> tuple[InputFile, ...]:
    """Every file below ``raw``, sorted by name: also those that are no PDFs, since nothing may disappear.

    Hidden files, manifests and their companions (in the inbox itself and beside what was fetched) are not
    documents. ``leave_out``
    are folders that are not looked into (the dataset, when it lies inside the inbox).

    Raises:
        WrongCallError: ``raw`` does not exist or is not a folder.
        NothingToPublishError: there is no PDF in it, by name or by content.
    """
    check_inbox(raw, leave_out=leave_out)
    found = sorted(_walk(raw, leave_out), key=lambda path: os.fsencode(path.relative_to(raw)))
    return mark_copies([_look_at(path, raw) for path in found])


def check_inbox(raw: Path, *, leave_out: Iterable[Path] = ()) -> None:
    """Make sure that there is an inbox with a PDF in it (no more is read than is needed to tell).

    Raises:
        WrongCallError: ``raw`` does not exist or is not a folder.
        NothingToPublishError: there is no PDF in it, by name or by content.
    """
    if not raw.exists():
        raise WrongCallError(f"Mappen {raw} finns inte: ange den mapp som PDF-filerna ligger i.")
    if not raw.is_dir():
        raise WrongCallError(f"{raw} är en fil: ange den mapp som PDF-filerna ligger i.")
    if not any(_may_be_pdf(path) for path in _walk(raw, leave_out)):
        raise NothingToPublishError(f"I mappen {raw} finns inga PDF-filer: lägg dokumenten där och kör igen.")


def _walk(raw: Path, leave_out: Iterable[Path]) -> Iterable[Path]:
    skipped = {folder.resolve() for folder in leave_out}
    for folder, folders, names in os.walk(raw):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and Path(folder, name).resolve() not in skipped
        ]
        top = Path(folder) in (raw, raw / FETCHED)
        for name in names:
            if not name.startswith(".") and not (top and name.casefold() in COMPANIONS):
                yield Path(folder, name)


def _look_at(path: Path, raw: Path) -> InputFile:
    # A name that is no UTF-8 is shown with the bytes spelt out, so that it can be written down.
    name = os.fsencode(path.relative_to(raw).as_posix()).decode("utf-8", "backslashreplace")
    try:
        hasher, size = hashlib.sha256(), 0
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                hasher.update(chunk)
                size += len(chunk)
    except OSError as error:
        return InputFile(path, name, None, 0, trouble=f"Filen går inte att öppna ({system_reason(error)}).")
    return InputFile(path, name, hasher.hexdigest(), size)


def mark_copies(files: Sequence[InputFile]) -> tuple[InputFile, ...]:
    """Number files with the same bytes in the order of their names; unreadable ones are never copies."""
    seen: dict[str, list[str]] = {}
    marked = []
    for file in files:
        names = seen.setdefault(file.sha256 or f"unreadable {file.name}", [])
        names.append(file.name)
        original = names[0] if len(names) > 1 else None
        marked.append(
            InputFile(file.path, file.name, file.sha256, file.size, len(names), original, file.trouble)
        )
    return tuple(marked)


def _may_be_pdf(path: Path) -> bool:
    if path.name.casefold().endswith(PDF_SUFFIX):
        return True
    try:
        with path.open("rb") as file:
            return PDF_HEADER in file.read(HEADER_WITHIN)
    except OSError:
        return False
