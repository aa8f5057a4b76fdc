"""Frozen dataclasses to versioned bytes and back, for the work parts of a run.

The format is compressed columns (see :mod:`pipeline.dataset.columnar`): JSON, then all floats. In front
stand a checksum and a fingerprint of the format and the shapes (class and field names and types, all the way
down): damaged bytes, and those of a version with another shape, are recognised as such instead of being read
wrongly. pickle would be as fast but executes what it reads and follows no version.
"""

from __future__ import annotations

import hashlib
import json
import typing
import zlib
from array import array
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from pipeline.dataset.columnar import Floats, parts_of, reader, writer

T = TypeVar("T")

#: Raised when the same shapes are written otherwise: 2 has columns and floats apart.
FORMAT = 2
#: zstd level: a higher one costs more time than the bytes it saves are worth.
LEVEL = 1


class StaleFormatError(ValueError):
    """The bytes were damaged or written for another shape of the dataclass."""


def pack(value: Any) -> bytes:
    """Write one frozen dataclass (of the model, or nested tuples of them) as versioned bytes.

    Raises:
        TypeError: a field of a type that cannot be kept.
        ValueError: text that is none (half a surrogate pair).
    """
    kind: Any = type(value)
    floats = array("d")
    matter = writer(kind)([value], floats)
    plain = _json().encode(matter).encode()
    body: bytes = zstd().compress(plain + _shuffled(floats), asbytes=True)
    return f"{fingerprint(kind)} {len(plain)} {len(floats)} {zlib.crc32(body)}\n".encode() + body


def unpack(kind: type[T], data: bytes) -> T:
    """Read what :func:`pack` wrote for a dataclass of this kind.

    Raises:
        StaleFormatError: the bytes are damaged or were written for another shape.
    """
    head, newline, body = bytes(data).partition(b"\n")
    wanted: Any = kind
    try:
        shape, length, count, crc = head.decode("ascii").split(" ")
        if not newline or shape != fingerprint(wanted):
            raise StaleFormatError(f"{kind.__name__}: another shape")
        if zlib.crc32(body) != int(crc):
            raise StaleFormatError(f"{kind.__name__}: damaged")
        n_json, n_floats = int(length), int(count)
        plain = zstd().decompress(body, n_json + 8 * n_floats, asbytes=True)
        floats = Floats(_unshuffled(plain[n_json:]))
        (value,) = reader(wanted)(json.loads(plain[:n_json]), 1, floats)
    except (ValueError, TypeError, LookupError, OSError) as error:
        raise StaleFormatError(f"{kind.__name__}: {error}") from error
    made: T = value
    return made


def _shuffled(floats: array[float]) -> bytes:
    """The floats' bytes by significance: those that are alike stand together, which compresses best."""
    return np.asarray(floats, "<f8").view(np.uint8).reshape(-1, 8).T.tobytes()


def _unshuffled(data: bytes) -> list[float]:
    """The inverse of :func:`_shuffled`."""
    made: list[float] = np.frombuffer(data, np.uint8).reshape(8, -1).T.copy().view("<f8").ravel().tolist()
    return made


@cache
def zstd() -> pa.Codec:
    """What compresses sections of work parts."""
    return pa.Codec("zstd", LEVEL)


@cache
def _json() -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


@cache
def fingerprint(kind: Any) -> str:
    """Sixteen hexadecimal digits that change when a field anywhere below the dataclass changes."""
    seen: dict[str, str] = {"": str(FORMAT)}
    _describe(kind, seen)
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:16]


def _describe(hint: Any, seen: dict[str, str]) -> None:
    """Collect the shapes of all dataclasses that a type reaches."""
    if is_dataclass(hint) and isinstance(hint, type):
        if hint.__qualname__ not in seen:
            seen[hint.__qualname__] = ", ".join(f"{field.name}: {field.type}" for field in fields(hint))
            for _, part in parts_of(hint):
                _describe(part, seen)
        return
    for argument in typing.get_args(hint):
        _describe(argument, seen)
