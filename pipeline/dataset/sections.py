"""The file under a work part: named sections that can be read alone and that tell when they are damaged.

First a line with the format's fingerprint and a CRC of the index, then the index as one line of JSON (name to
offset, length, length before compression, CRC), then the sections.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from pathlib import Path

from pipeline.dataset.codec import zstd

#: Where a section stands: offset and length in bytes, length before compression (0: as it is), CRC.
Entry = tuple[int, int, int, int]


def join(fingerprint: str, sections: Mapping[str, tuple[bytes, int]]) -> bytes:
    """The file's bytes.

    Args:
        fingerprint: of the format, one line of ASCII.
        sections: by name, the bytes as they are kept and their length before :func:`squeeze`, else 0.
    """
    index, offset = {}, 0
    for name, (data, plain) in sections.items():
        index[name] = (offset, len(data), plain, zlib.crc32(data))
        offset += len(data)
    listing = json.dumps(index, separators=(",", ":")).encode()
    head = f"{fingerprint} {zlib.crc32(listing)}\n".encode()
    return b"".join([head, listing, b"\n", *(data for data, _ in sections.values())])


def squeeze(plain: bytes) -> tuple[bytes, int]:
    """A section compressed with zstd, with its length before."""
    return zstd().compress(plain, asbytes=True), len(plain)


def index_of(fingerprint: str, data: bytes) -> dict[str, Entry] | None:
    """Where the sections stand; None when the file is damaged, cut off or of another format."""
    head, _, rest = data.partition(b"\n")
    listing, newline, _ = rest.partition(b"\n")
    if not newline or head != f"{fingerprint} {zlib.crc32(listing)}".encode():
        return None
    start = len(head) + len(listing) + 2
    index: dict[str, Entry] = {
        name: (start + offset, length, plain, crc)
        for name, (offset, length, plain, crc) in json.loads(listing).items()
    }
    view = memoryview(data)
    whole = all(zlib.crc32(view[at : at + length]) == crc for at, length, _, crc in index.values())
    return index if whole else None


def read_section(path: Path, entry: Entry) -> bytes | None:
    """One section, decompressed; None when it is not what it was when the index was read.

    Raises:
        OSError: the file cannot be read.
    """
    offset, length, plain, crc = entry
    with path.open("rb") as file:
        file.seek(offset)
        data = file.read(length)
    if zlib.crc32(data) != crc:
        return None
    section: bytes = zstd().decompress(data, plain, asbytes=True) if plain else data
    return section
