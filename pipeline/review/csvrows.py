"""Rows put into and taken out of a register file without touching the rest of it.

A register may have its columns in any order, a byte order mark and either kind of line ends; all stay.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

_MARK = "\ufeff"


def with_rows(content: bytes, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The file with rows added at its end, those left out that it has already.

    Args:
        content: UTF-8 with a header row; empty for a file that does not exist yet.
        columns: names of the rows' fields, in their order.
    """
    text = content.decode("utf-8") or ",".join(columns) + "\n"
    had = {_key(row) for row in _rows(text)}
    ending = _ending(text)
    out = io.StringIO()
    out.write(text if text.endswith("\n") else text + ending)
    writer = csv.writer(out, lineterminator=ending)
    for row in rows:
        fields = dict(zip(columns, row, strict=True))
        if _key(fields) not in had:
            writer.writerow([fields.get(name, "") for name in _header(text)])
            had.add(_key(fields))
    return out.getvalue().encode("utf-8")


def without_row(content: bytes, columns: Sequence[str], row: Sequence[str]) -> bytes:
    """The file without the last line that holds exactly this row; unchanged when none does."""
    text = content.decode("utf-8")
    wanted = _key(dict(zip(columns, row, strict=True)))
    lines = text.splitlines(keepends=True)
    for place in range(len(lines) - 1, 0, -1):
        found = next(csv.reader([lines[place]]), [])
        if len(found) == len(columns) and _key(dict(zip(_header(text), found, strict=False))) == wanted:
            return "".join(lines[:place] + lines[place + 1 :]).encode("utf-8")
    return content


def lacking(content: bytes, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """Those of the rows that the file does not hold."""
    had = {_key(one) for one in _rows(content.decode("utf-8"))}
    return [row for row in rows if _key(dict(zip(columns, row, strict=True))) not in had]


def _key(fields: Mapping[str, str | None]) -> frozenset[tuple[str, str]]:
    return frozenset((name, (value or "").strip()) for name, value in fields.items() if name)


def _rows(text: str) -> list[dict[str, str | None]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix(_MARK))))


def _header(text: str) -> list[str]:
    return [name.strip() for name in next(csv.reader([text.removeprefix(_MARK).split("\n", 1)[0]]), [])]


def _ending(text: str) -> str:
    return "\r\n" if text.split("\n", 1)[0].endswith("\r") else "\n"
