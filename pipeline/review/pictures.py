"""Pictures of pages: where the PDF lies, whether it is still the one that was read, and a cache."""

from __future__ import annotations

import hashlib
import struct
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.review.errors import MissingError

#: Draws a page: path of the PDF, 1-based page, dots per inch; gives the bytes of a PNG file. Called from
#: several threads at once; a file that crashes it must not take this process down.
PagePicture = Callable[[Path, int, float], bytes]
POINTS_PER_INCH = 72.0
#: Pictures are drawn in one of these resolutions: for 100, 150 and 200 percent.
DPI = {100: 110, 150: 165, 200: 220}
CACHE_BYTES = 96_000_000
#: Drawings at the same time: one that hangs must not keep the others waiting.
DRAWN_AT_ONCE = 3
#: How long a page that could not be drawn is not tried again.
REFUSED_SECONDS = 120.0
_CHUNK = 1 << 20
#: sha256 of the file, page, zoom.
_Key = tuple[str, int, int]


class NoPictureError(MissingError):
    """The page cannot be shown; the decision can still be taken from what was read."""

    code = "ingen-bild"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a PNG; width and height of the page in points."""

    png: bytes
    width: float
    height: float


class PictureBook:
    """Pages of the documents of a dataset, found by the dataset's own rows, never by what a request says."""

    def __init__(self, raw: Path, draw: PagePicture) -> None:
        self._raw = raw.resolve()
        self._draw = draw
        self._lock = threading.Lock()  # of the fields below; never held while something is drawn
        self._hands = threading.BoundedSemaphore(DRAWN_AT_ONCE)
        self._kept: OrderedDict[_Key, Picture] = OrderedDict()
        self._refused: dict[_Key, tuple[float, NoPictureError]] = {}
        self._turns: dict[_Key, threading.Lock] = {}
        self._bytes = 0
        self._sums: dict[tuple[Path, int, int], str] = {}

    def page(self, document: Mapping[str, Any], page: int, zoom: int = 100) -> Picture:
        """A page of a document.

        Args:
            document: row of documents.parquet. page: 1-based. zoom: a key of ``DPI``.

        Raises:
            NoPictureError: the PDF has been moved, changed or cannot be drawn; the sentence says so.
        """
        path = self._path(document)
        key = (str(document["file_sha256"]), page, zoom)
        known = self._known(key)
        if known is not None:
            return known
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:  # several who want the same page wait for one drawing
            known = self._known(key)
            if known is not None:
                return known
            try:
                with self._hands:
                    picture = self._drawn(path, page, zoom)
            except NoPictureError as error:
                self._refused[key] = (time.monotonic() + REFUSED_SECONDS, error)
                raise
            finally:
                with self._lock:
                    self._turns.pop(key, None)
            self._keep(key, picture)
            return picture

    def _known(self, key: _Key) -> Picture | None:
        """The kept picture, None when it must be drawn. Raises NoPictureError when it just could not be."""
        with self._lock:
            until, error = self._refused.get(key, (0.0, None))
            if error is not None and time.monotonic() < until:
                raise NoPictureError(error.message)
            self._refused.pop(key, None)
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: _Key, picture: Picture) -> None:
        with self._lock:
            self._kept[key] = picture
            self._bytes += len(picture.png)
            while self._bytes > CACHE_BYTES and len(self._kept) > 1:
                self._bytes -= len(self._kept.popitem(last=False)[1].png)

    def _drawn(self, path: Path, page: int, zoom: int) -> Picture:
        from pipeline.errors import OjError

        dpi = DPI[zoom]
        try:
            png = self._draw(path, page, dpi)
        except OjError as error:
            raise NoPictureError(
                f"Sidan kan inte visas: {error.message} Det går att besluta utan bilden."
            ) from error
        wide, high = struct.unpack(">II", png[16:24])  # the header of a PNG file begins with its size
        return Picture(png, wide * POINTS_PER_INCH / dpi, high * POINTS_PER_INCH / dpi)

    def _path(self, document: Mapping[str, Any]) -> Path:
        name = str(document["file_name"])
        path = (self._raw / name).resolve()
        if not path.is_relative_to(self._raw):
            raise NoPictureError(f"Filen {name} ligger utanför mappen med PDF-filer och visas inte.")
        try:
            stat = path.stat()
            stamp = (path, stat.st_mtime_ns, stat.st_size)
            if stamp not in self._sums:
                self._sums[stamp] = _sha256(path)
        except OSError as error:
            raise NoPictureError(
                f"PDF-filen {name} finns inte kvar i {self._raw}. Den har flyttats eller tagits bort efter "
                "körningen: lägg tillbaka den, ange rätt mapp med --raw, eller kör oj run på nytt. "
                "Det går att besluta utan bilden."
            ) from error
        if self._sums[stamp] != document["file_sha256"]:
            raise NoPictureError(
                f"PDF-filen {name} har ändrats efter körningen, så rutorna skulle hamna fel: "
                "kör oj run på nytt."
            )
        return path


def _sha256(path: Path) -> str:
    hasher = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            hasher.update(chunk)
    return hasher.hexdigest()
