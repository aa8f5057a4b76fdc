"""Streams that open to far more than they are, found in the file's bytes before any library opens them.

A deflated stream holds at most 1032 times its own length, several filters on top of each other that often
again: two kilobytes can be two gigabytes. PDF libraries open a stream whole and die of it, so streams are
opened here first, a piece at a time, and none of it is kept.
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import UnreadableFileError

MIB = 1 << 20
#: How much a deflated byte can open to at most (zlib's technical notes, "Maximum Compression Factor").
DEFLATE_FACTOR = 1032
#: Bytes that are opened at a time.
PIECE = 1 << 16
#: A stream's dictionary stands before it; what is longer than this is none that a program writes.
DICTIONARY_BYTES = 4096
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*(?:\[([^\]]{0,2000})\]|/(\w+))")
_NAME = re.compile(rb"/(\w+)")
_FLATE = frozenset({b"FlateDecode", b"Fl"})
#: Streams that are not opened as a whole: pictures are read row by row, attachments not at all.
_HARMLESS = re.compile(rb"/Subtype\s*/Image\b|/EmbeddedFile\b")


def refuse_bombs(path: Path, max_bytes: int) -> None:
    """Make sure that no stream of the file opens to more than ``max_bytes``.

    Only deflated streams that can do so are opened. What is hidden from this look (encrypted, or under other
    filters) meets the memory limit of the process that reads it.

    Raises:
        UnreadableFileError: code ``packbomb``. OSError: the file cannot be read.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for start, end, levels in _deflated(data):
            if (end - start) * DEFLATE_FACTOR**levels > max_bytes and _opens_beyond(
                data, start, end, levels, max_bytes
            ):
                raise UnreadableFileError(
                    f"Filen har en del på {max(1, (end - start) // 1024)} kB som packas upp till mer än "
                    f"{max_bytes // MIB} MB: så ser bara skadade och skadliga filer ut. Spara om dokumentet "
                    "som PDF och lägg in det igen.",
                    code="packbomb",
                )


def _deflated(data: mmap.mmap) -> Iterator[tuple[int, int, int]]:
    """First byte, byte after the last, and number of deflations of every stream that may be opened whole."""
    at = 0
    while found := _STREAM.search(data, at):
        start = found.end()
        end = data.find(b"endstream", start)
        at = end = len(data) if end < 0 else end
        head = data[max(0, found.start() - DICTIONARY_BYTES) : found.start()]
        head = head[head.rfind(b" obj") + 1 :]
        levels = _levels(head)
        if levels and not _HARMLESS.search(head):
            yield start, end, levels


def _levels(head: bytes) -> int:
    """How many deflations come first among the filters of a stream's dictionary."""
    said = _FILTER.search(head)
    if said is None:
        return 0
    names = [said[2]] if said[2] else _NAME.findall(said[1] or b"")
    levels = 0
    for name in names:
        if name not in _FLATE:
            break
        levels += 1
    return levels


def _opens_beyond(data: mmap.mmap, start: int, end: int, levels: int, most: int) -> bool:
    """Whether the stream opens to more than ``most`` bytes at any of its levels."""
    pieces: Iterable[bytes] = (data[at : min(at + PIECE, end)] for at in range(start, end, PIECE))
    counts: list[int] = []
    for _ in range(levels):
        counts.append(0)
        pieces = _counted(_inflated(pieces), counts, len(counts) - 1)
    return any(max(counts) > most for _ in pieces) or max(counts) > most


def _counted(pieces: Iterable[bytes], counts: list[int], level: int) -> Iterator[bytes]:
    for piece in pieces:
        counts[level] += len(piece)
        yield piece


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What the pieces open to, a piece at a time; it ends where they are damaged."""
    opener = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while rest and not opener.eof:
            try:
                opened = opener.decompress(rest, PIECE)
            except zlib.error:
                return
            rest = opener.unconsumed_tail
            if opened:
                yield opened
