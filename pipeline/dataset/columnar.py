"""Many values of one type as columns: what stands in JSON, and all floats apart.

A column of objects is one column for each of their fields, all the way down, so the work per object is done
by the interpreter's own loops: attributes are read, floats moved and objects made column by column. Floats
(places in points for the most part) stand in one array of their own: printing and parsing their seventeen
digits was half of the time of a work part.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from array import array
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import chain, islice
from operator import attrgetter
from typing import Any

Column = Sequence[Any]
#: From values to JSON matter; their floats are added to the array.
Writer = Callable[[Column, "array[float]"], Any]
#: From JSON matter and the number of values to the values; floats are taken from where they stand.
Reader = Callable[[Any, int, "Floats"], Column]

PLAIN = (str, int, bool, type(None))
#: Stands between texts that are kept as one: JSON prints this sign as it is, and no printed text has it.
BETWEEN = "\x7f"


class Floats:
    """The floats of all columns, to be taken in the order in which they were added."""

    def __init__(self, values: list[float]) -> None:
        self._values = values
        self._at = 0

    def take(self, count: int) -> list[float]:
        """The next so many.

        Raises:
            ValueError: there are not so many left.
        """
        taken = self._values[self._at : self._at + count]
        if len(taken) != count:
            raise ValueError("too few floats")
        self._at += count
        return taken


def parts_of(kind: type) -> list[tuple[str, Any]]:
    """Name and resolved type of every field of a dataclass, in order."""
    hints = typing.get_type_hints(kind)
    return [(one.name, hints[one.name]) for one in fields(kind)]


@cache
def writer(hint: Any) -> Writer:
    """What writes a column of values of this type.

    Raises:
        TypeError: a type that cannot stand in a work part.
    """
    return _of(hint)[0]


@cache
def reader(hint: Any) -> Reader:
    """The inverse of :func:`writer`."""
    return _of(hint)[1]


@cache
def _of(hint: Any) -> tuple[Writer, Reader]:
    if is_dataclass(hint) and isinstance(hint, type):
        return _objects(hint)
    if hint is str:
        return _write_texts, _read_texts
    if hint is float:
        return _write_floats, _read_floats
    if hint is dt.date or hint is dt.datetime:
        return _times(hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal or hint in PLAIN:
        return _write_plain, _read_plain
    if origin in (typing.Union, types.UnionType):
        (kept,) = (argument for argument in arguments if argument is not type(None))
        if kept is float:
            return _write_maybe_floats, _read_plain
        return (_write_plain, _read_plain) if kept in PLAIN else _maybe(*_of(kept))
    if origin is tuple and arguments[1:] == (Ellipsis,):
        return _runs(*_of(arguments[0]))
    if origin is tuple:
        return _rows([_of(argument) for argument in arguments], _turned, _turned)
    raise TypeError(f"type {hint} cannot stand in a work part")


def _objects(kind: type) -> tuple[Writer, Reader]:
    """Dataclass instances as a column for each field."""
    names, hints = zip(*parts_of(kind), strict=True)
    get = attrgetter(*names)

    def columns_of(values: Column) -> Sequence[Column]:
        found = list(map(get, values))
        return _turned(found) if len(names) > 1 else [found]

    return _rows([_of(hint) for hint in hints], columns_of, lambda columns: list(map(kind, *columns)))


def _turned(rows: Sequence[Column]) -> Sequence[Column]:
    """Rows as columns, columns as rows."""
    return list(zip(*rows, strict=True))


def _rows(
    inner: Sequence[tuple[Writer, Reader]],
    parted: Callable[[Column], Sequence[Column]],
    made: Callable[[Sequence[Column]], Column],
) -> tuple[Writer, Reader]:
    """Values of several parts; ``parted`` gives their columns, ``made`` puts the values together again."""

    def write(values: Column, floats: array[float]) -> list[Any]:
        if not values:
            return []
        return [part(column, floats) for (part, _), column in zip(inner, parted(values), strict=True)]

    def read(matter: Any, count: int, floats: Floats) -> Column:
        if not count:
            return []
        return made([part(own, count, floats) for (_, part), own in zip(inner, matter, strict=True)])

    return write, read


def _runs(write_one: Writer, read_one: Reader) -> tuple[Writer, Reader]:
    """Tuples of any length as their lengths and one column of all that they hold."""

    def write(values: Column, floats: array[float]) -> list[Any]:
        held = list(chain.from_iterable(values))
        return [_write_plain(list(map(len, values)), floats), write_one(held, floats)] if held else []

    def read(matter: Any, count: int, floats: Floats) -> Column:
        if not matter:
            return [()] * count
        lengths = _read_plain(matter[0], count, floats)
        held = iter(read_one(matter[1], sum(lengths), floats))
        return [tuple(islice(held, length)) for length in lengths]

    return write, read


def _maybe(write_one: Writer, read_one: Reader) -> tuple[Writer, Reader]:
    """Values that may be None as which are there, and a column of these."""

    def write(values: Column, floats: array[float]) -> list[Any]:
        there = [value is not None for value in values]
        if not any(there):
            return []
        return [_write_plain(there, floats), write_one([v for v in values if v is not None], floats)]

    def read(matter: Any, count: int, floats: Floats) -> Column:
        if not matter:
            return [None] * count
        there = _read_plain(matter[0], count, floats)
        kept = iter(read_one(matter[1], sum(there), floats))
        return [next(kept) if one else None for one in there]

    return write, read


def _times(kind: type[dt.date]) -> tuple[Writer, Reader]:
    """Dates and times as ISO 8601."""

    def write(values: Column, floats: array[float]) -> Column:
        return _write_plain([value.isoformat() for value in values], floats)

    def read(matter: Any, count: int, floats: Floats) -> Column:
        return [kind.fromisoformat(value) for value in _read_plain(matter, count, floats)]

    return write, read


def _write_plain(values: Column, _: array[float]) -> Column:
    """Text, whole numbers, booleans and None as they are; one stands for all when all are equal."""
    return values[:1] if values and values.count(values[0]) == len(values) else values


def _read_plain(matter: list[Any], count: int, _: Floats) -> list[Any]:
    if len(matter) == count:
        return matter
    if len(matter) != 1:
        raise ValueError("a column of another length")
    return matter * count


def _write_texts(values: Column, _: array[float]) -> Any:
    """Texts as one, which is faster than one by one."""
    if not values or values.count(values[0]) == len(values):
        return values[:1]
    whole = BETWEEN.join(values)
    return whole if whole.count(BETWEEN) == len(values) - 1 else values


def _read_texts(matter: Any, count: int, floats: Floats) -> Column:
    return _read_plain(matter.split(BETWEEN) if isinstance(matter, str) else matter, count, floats)


def _write_maybe_floats(values: Column, _: array[float]) -> Column:
    """Floats that may be None stand in JSON: few and short. Never one for all: -0.0 equals 0.0."""
    return values[:1] if values and values.count(None) == len(values) else values


def _write_floats(values: Column, floats: array[float]) -> None:
    floats.extend(values)


def _read_floats(_: Any, count: int, floats: Floats) -> Column:
    return floats.take(count)
