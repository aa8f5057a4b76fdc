"""Frozen dataclasses to versioned bytes and back, for the work parts of a run.

msgspec writes them as MessagePack and reads them with every type checked; zstd makes that small. In front
stand a checksum and a fingerprint of the format and the shapes (class and field names and types, all the way
down): damaged bytes, and those of a version with another shape, are recognised as such instead of being read
wrongly. pickle would execute what it reads and follows no version.
"""

from __future__ import annotations

import hashlib
import json
import typing
import zlib
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

import msgspec
import pyarrow as pa

T = TypeVar("T")

#: Raised when the same shapes are written otherwise: 3 is MessagePack.
FORMAT = 3
#: zstd level: a higher one costs more time than the bytes it saves are worth.
LEVEL = 1


class StaleFormatError(ValueError):
    """The bytes were damaged or written for another shape of the dataclass."""


def pack(value: Any) -> bytes:
    """Write one frozen dataclass (of the model, or nested tuples of them) as versioned bytes.

    Raises:
        TypeError: a field of a type that cannot be kept.
        ValueError: text that is none (half a surrogate pair). OverflowError: a whole number beyond 64 bits.
    """
    kind: Any = type(value)
    plain = _encoder().encode(value)
    body: bytes = zstd().compress(plain, asbytes=True)
    return f"{fingerprint(kind)} {len(plain)} {zlib.crc32(body)}\n".encode() + body


def unpack(kind: type[T], data: bytes) -> T:
    """Read what :func:`pack` wrote for a dataclass of this kind.

    Raises:
        StaleFormatError: the bytes are damaged or were written for another shape.
    """
    head, newline, body = bytes(data).partition(b"\n")
    wanted: Any = kind
    try:
        shape, length, crc = head.decode("ascii").split(" ")
        if not newline or shape != fingerprint(wanted):
            raise StaleFormatError(f"{kind.__name__}: another shape")
        if zlib.crc32(body) != int(crc):
            raise StaleFormatError(f"{kind.__name__}: damaged")
        made: T = _decoder(wanted).decode(zstd().decompress(body, int(length)))
    except (ValueError, OSError, msgspec.DecodeError) as error:
        raise StaleFormatError(f"{kind.__name__}: {error}") from error
    return made


@cache
def zstd() -> pa.Codec:
    """What compresses sections of work parts."""
    return pa.Codec("zstd", LEVEL)


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder(enc_hook=_refused, order="deterministic")


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


def _refused(value: Any) -> Any:
    """What msgspec asks about values that it does not know.

    Raises:
        TypeError: always.
    """
    raise TypeError(f"a {type(value).__name__} cannot be kept")


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
            hints = typing.get_type_hints(hint)
            seen[hint.__qualname__] = ", ".join(f"{field.name}: {field.type}" for field in fields(hint))
            for field in fields(hint):
                _describe(hints[field.name], seen)
        return
    for argument in typing.get_args(hint):
        _describe(argument, seen)
