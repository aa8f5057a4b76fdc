"""What has been fetched: files named by their sha256, and what their hosts said of them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.dataset.files import atomic_write, sha256_of, sync, unwritable

MEMORY_VERSION = 1


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of a source since it was fetched.

    Attributes:
        address: as it was asked for (another one makes the rest void).
        sha256: of the document. etag, last_modified: headers as the host gave them.
        fetched: time of the fetch in UTC.
    """

    address: str
    sha256: str
    etag: str | None
    last_modified: str | None
    fetched: str


class Store:
    """A folder of documents by content; a document that was there once is never overwritten."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = folder / "files"

    def path_of(self, sha256: str) -> Path:
        """Where the document of these bytes stands, or would."""
        return self._files / sha256[:2] / f"{sha256}.pdf"

    def holds(self, sha256: str) -> bool:
        """Whether the document is there, with the bytes that its name says."""
        try:
            return sha256_of(self.path_of(sha256)) == sha256
        except OSError:
            return False

    def keep(self, chunks: Iterable[bytes]) -> str:
        """Write a document as it comes; it is there whole or not at all. Gives its sha256.

        Raises:
            OutputError: the folder cannot be written. What ``chunks`` raises passes through.
        """
        try:
            self._files.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".hamtar-", dir=self._files)
        except OSError as error:
            raise unwritable(self._files, error) from error
        beside, hasher = Path(name), hashlib.sha256()
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in chunks:
                    hasher.update(chunk)
                    self._write(file.fileno(), chunk)
            sha256 = hasher.hexdigest()
            self._settle(beside, self.path_of(sha256))
        finally:
            with suppress(OSError):
                beside.unlink()
        return sha256

    def place(self, sha256: str, target: Path) -> bool:
        """Put the document at ``target`` in one step; gives False when it stood there already.

        Raises:
            OutputError: it cannot be written.
        """
        source = self.path_of(sha256)
        try:
            if target.is_file() and sha256_of(target) == sha256:
                return False
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
            shutil.copyfile(source, beside)
            sync(beside)
            beside.replace(target)
            sync(target.parent)
        except OSError as error:
            raise unwritable(target.parent, error) from error
        return True

    def read_memory(self) -> dict[str, Memory]:
        """What is known, by source_id; empty when nothing is or the file is damaged."""
        try:
            stored = json.loads((self._folder / "memory.json").read_text(encoding="utf-8"))
            if stored["version"] != MEMORY_VERSION:
                return {}
            return {name: Memory(**one) for name, one in stored["sources"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def write_memory(self, known: Mapping[str, Memory]) -> None:
        """Replace what is known in one step."""
        content = {
            "version": MEMORY_VERSION,
            "sources": {name: asdict(known[name]) for name in sorted(known)},
        }
        text = json.dumps(content, ensure_ascii=False, indent=1)
        atomic_write(self._folder / "memory.json", text.encode("utf-8"))

    def _write(self, handle: int, chunk: bytes) -> None:
        view = memoryview(chunk)
        try:
            while view:
                view = view[os.write(handle, view) :]
        except OSError as error:
            raise unwritable(self._files, error) from error

    def _settle(self, beside: Path, target: Path) -> None:
        try:
            sync(beside)
            target.parent.mkdir(exist_ok=True)
            beside.chmod(0o444)  # a document is evidence: nothing writes it again
            beside.replace(target)
            sync(target.parent)
        except OSError as error:
            raise unwritable(self._files, error) from error
