"""Frozen dataclasses to versioned bytes and back, for the work parts of a run.

The format is compressed JSON in which every dataclass is a list of its fields in order. In front stands a
fingerprint of the shapes (class and field names and types, all the way down): bytes written by a version with
another shape are recognised as such instead of being read wrongly. Measured on 20,000 cells: 1.8 MB of JSON
(39 kB on disk after zstd), 24 ms to write, 42 ms to parse and 33 ms to build; pickle would be as fast but
executes what it reads and follows no version.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import pyarrow as pa

T = TypeVar("T")
Convert = Callable[[Any], Any]


class StaleFormatError(ValueError):
    """The bytes were damaged or written for another shape of the dataclass."""


def pack(value: Any) -> bytes:
    """Write one frozen dataclass (of the model, or nested tuples of them) as versioned bytes."""
    kind: Any = type(value)
    plain = json.dumps(_encoder(kind)(value), ensure_ascii=False, separators=(",", ":")).encode()
    head = f"{fingerprint(kind)} {len(plain)}\n".encode()
    compressed: bytes = pa.Codec("zstd", 3).compress(plain, asbytes=True)
    return head + compressed


def unpack(kind: type[T], data: bytes) -> T:
    """Read what :func:`pack` wrote for a dataclass of this kind.

    Raises:
        StaleFormatError: the bytes are damaged or were written for another shape.
    """
    head, newline, body = bytes(data).partition(b"\n")
    wanted: Any = kind
    try:
        shape, length = head.decode("ascii").split(" ")
        if not newline or shape != fingerprint(wanted):
            raise StaleFormatError(f"{kind.__name__}: another shape")
        plain = pa.Codec("zstd", 3).decompress(body, int(length), asbytes=True)
        value: T = _decoder(wanted)(json.loads(plain))
    except (ValueError, TypeError, LookupError, OSError) as error:
        raise StaleFormatError(f"{kind.__name__}: {error}") from error
    return value


@cache
def fingerprint(kind: Any) -> str:
    """Sixteen hexadecimal digits that change when a field anywhere below the dataclass changes."""
    seen: dict[str, str] = {}
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


def _parts(kind: type) -> list[tuple[int, str, Any]]:
    """Index, name and resolved type of every field."""
    hints = typing.get_type_hints(kind)
    return [(index, field.name, hints[field.name]) for index, field in enumerate(fields(kind))]


@cache
def _encoder(hint: Any) -> Convert:
    """A function from a value of this type to JSON matter; the identity where nothing must change."""
    if is_dataclass(hint) and isinstance(hint, type):
        get = _getter([name for _, name, _ in _parts(hint)])
        changing = [(index, _encoder(part)) for index, _, part in _parts(hint) if _encoder(part) is not _same]
        if not changing:
            return get

        def plain(value: Any) -> list[Any]:
            values = list(get(value))
            for index, convert in changing:
                values[index] = convert(values[index])
            return values

        return plain
    leaves: dict[Any, Convert] = {dt.date: dt.date.isoformat, dt.datetime: dt.datetime.isoformat}
    return _wrap(hint, _encoder, leaves, None)


@cache
def _decoder(hint: Any) -> Convert:
    """The inverse of :func:`_encoder`."""
    if is_dataclass(hint) and isinstance(hint, type):
        changing = [(index, _decoder(part)) for index, _, part in _parts(hint) if _decoder(part) is not _same]

        def build(values: list[Any]) -> Any:
            for index, convert in changing:
                values[index] = convert(values[index])
            return hint(*values)

        return build
    parsers: dict[Any, Convert] = {dt.date: dt.date.fromisoformat, dt.datetime: dt.datetime.fromisoformat}
    return _wrap(hint, _decoder, parsers, tuple)


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Read the named attributes of an object as a tuple, also when there is but one."""
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return attrgetter(*names)


def _same(value: Any) -> Any:
    """Text, numbers, booleans and None stand in JSON as they are."""
    return value


def _wrap(
    hint: Any, inner: Callable[[Any], Convert], leaves: dict[Any, Convert], sequence: type | None
) -> Convert:
    """The conversion of tuples, optional values and leaves of any kind.

    Args:
        sequence: what a tuple becomes; None when JSON takes it as it is.

    Raises:
        TypeError: a type that the work parts do not support (said when the first value is written).
    """
    if hint in leaves:
        return leaves[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal or hint in (str, int, float, bool, type(None)):
        return _same
    if origin in (typing.Union, types.UnionType):
        (kept,) = (argument for argument in arguments if argument is not type(None))
        convert = inner(kept)
        return _same if convert is _same else lambda value: None if value is None else convert(value)
    if origin is tuple and arguments[1:] == (Ellipsis,):
        convert = inner(arguments[0])
        if convert is _same:
            return sequence or _same
        make = sequence or list
        return lambda value: make(map(convert, value))
    if origin is tuple:
        converts = [inner(argument) for argument in arguments]
        if sequence is None and all(convert is _same for convert in converts):
            return _same
        make = sequence or list
        return lambda value: make(c(v) for c, v in zip(converts, value, strict=True))
    raise TypeError(f"type {hint} cannot stand in a work part")
