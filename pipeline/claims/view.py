"""A table as claims see it: lines of units, columns of indicators, one observation per crossing, whatever
its orientation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from pipeline.model import Axis, Observation, ReadDocument, TableReading
from pipeline.model.ids import fold

if TYPE_CHECKING:
    from pipeline.reference import Registers

#: Kinds of unit that are members of a group; län and riket are what they are compared with.
MEMBER_KINDS = ("kommun", "stadsdel")
#: So many tables of one unit each are read as one table of several units.
POOL = 3
#: From so many lines of means on, each of a group of its own, the groups are the units.
GROUPS = 3
_WHOLE = re.compile(
    r"^(?:snitt|medel|genomsnitt|median|totalt|samtliga|alla|hela|riket|länet)", re.IGNORECASE
)
#: The unit at the end of a label (Kostnad per invånare, kronor) names no indicator.
_UNIT_TAIL = re.compile(
    r"(?<!\d)(?:,\s*|\s*\(|\s+)"
    r"(?:antal|procent|%|kr|kronor|tkr|mnkr|miljoner kronor|tusen kronor|dagar|dgr|månader)\)?$",
    re.IGNORECASE,
)


#: A label that tells days without a unit behind its values: "Utredningstid, dagar (median)".
_DAYS = re.compile(r"(?:,|\()\s*(?:antal\s+)?dagar\b")
#: A year at the end of a label (Anmälningar, 2016) tells when, not what.
_YEAR_TAIL = re.compile(r"(?:,\s*|\s+|\s*\()((?:19|20)\d\d)\)?$")


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's line of a table: ``key`` is its unit_id, or ``label:…`` where it has none.

    ``share``: its figures count units (a city by its stadsdelar); ``answered``: it has answers of its own;
    ``year``: the year its cells belong to.
    """

    index: int
    key: str
    label: str
    kind: str
    statistic: str | None = None
    share: bool = False
    answered: bool = False
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """An indicator's column (or row) of a table; ``better`` tells whether higher is better (None:
    unknown).

    Attributes:
        unit: what its cells hold: ``procent``, ``dagar``, ``manader``, ``kronor``, ``antal``, ``svar``
            (answers); None when that is not known.
        year: the calendar year its cells belong to.
        words: the label with its group, without its printed unit, for matching against sentences.
    """

    index: int
    label: str
    group: str | None = None
    indicator_id: str | None = None
    year_offset: int = 0
    better: bool | None = None
    unit: str | None = None
    year: int | None = None
    words: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", _words(self.label, self.group))


@lru_cache(maxsize=20_000)
def _words(label: str, group: str | None) -> str:
    label = _YEAR_TAIL.sub("", label) or label
    label = _UNIT_TAIL.sub("", label) or label
    return f"{group} {label}" if group else label


@dataclass(frozen=True, eq=False)
class TableView:
    """A read table. ``cells`` maps (line index, column index) to its observation.

    Made once per document, so a view is equal to itself only. ``pooled``: made of several tables of one unit
    each.
    """

    reading: TableReading
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    cells: dict[tuple[int, int], Observation] = field(compare=False)
    pooled: bool = False

    @property
    def table_id(self) -> str:
        """The table's id."""
        return self.reading.table_id

    @property
    def label(self) -> str | None:
        """The table's label (``Tabell 3``), printed or inferred."""
        return self.reading.label

    @property
    def title(self) -> str:
        """What a message calls the table: its label, else its caption or heading."""
        if self.pooled:
            return "kommunernas tabeller"
        return self.reading.label or self.reading.table.caption or self.reading.table.heading or "tabellen"

    @cached_property
    def members(self) -> tuple[Line, ...]:
        """The units that form the table's own group: kommuner or stadsdelar with values of their own.

        A line whose name no register knows is one of them when it answers for itself, or when none is known.
        """
        plain = [line for line in self._latest if not line.statistic and not line.share]
        known = any(line.kind in MEMBER_KINDS and not line.key.startswith("label:") for line in plain)
        own = tuple(
            line
            for line in plain
            if line.kind in MEMBER_KINDS or (line.kind == "grupp" and (line.answered or not known))
        )
        own = own or tuple(line for line in self._latest if line.kind in MEMBER_KINDS and not line.statistic)
        counties = tuple(line for line in self._latest if line.kind == "lan" and not line.statistic)
        return own or (counties if len(counties) >= POOL else ())

    @cached_property
    def _latest(self) -> tuple[Line, ...]:
        """The lines without those that show a unit's values of an earlier year beside this year's."""
        newest: dict[tuple[str, str | None], int] = {}
        for line in self.lines:
            key = (line.key, line.statistic)
            newest[key] = max(newest.get(key, 0), line.year or 0)
        return tuple(line for line in self.lines if (line.year or 0) == newest[line.key, line.statistic])

    @cached_property
    def has_years(self) -> bool:
        """Whether it shows the same values for several years, in columns or in lines."""
        columns = {(column.words, column.year) for column in self.columns if column.year is not None}
        lines = {(one.key, one.year) for one in self.lines if one.year is not None and not one.statistic}
        return len(columns) > len({words for words, _ in columns}) or len(lines) > len(
            {key for key, _ in lines}
        )

    def earlier(self, line: Line, year: int) -> Line | None:
        """The line that holds a unit's values of an earlier year; None when the table shows none."""
        return next((one for one in self.lines if one.key == line.key and one.year == year), None)

    def line(self, key: str) -> Line | None:
        """The line of a unit (statistics left out), by key; ``lan`` is the table's only län."""
        for line in self._latest:
            if line.key == key and line.statistic is None:
                return line
        if key == "lan":
            counties = {line.key: line for line in self._latest if line.kind == "lan"}
            return next(iter(counties.values())) if len(counties) == 1 else None
        return next((line for line in self.lines if line.key == key and line.statistic != "median"), None)

    def mean(self) -> Line | None:
        """The line of the members' mean, None when the table prints none."""
        return next((line for line in self.lines if line.statistic == "mean" and line.kind == "grupp"), None)

    def cell(self, line: Line, column: Column) -> Observation | None:
        """The observation at a crossing, or None."""
        return self.cells.get((line.index, column.index))


def views(document: ReadDocument, registers: Registers) -> tuple[TableView, ...]:
    """The views of all tables of a document that hold observations, in reading order."""
    by_table: dict[str, list[Observation]] = {}
    for observation in document.observations:
        by_table.setdefault(observation.table_id, []).append(observation)
    made = []
    for reading in document.tables:
        rows = by_table.get(reading.table_id)
        if rows and reading.status == "ok":
            made.append(_view(reading, rows, registers))
    return tuple(made)


def _view(reading: TableReading, rows: Iterable[Observation], registers: Registers) -> TableView:
    in_rows = reading.orientation != "indicators_in_rows"
    unit_axes = {
        axis.index: axis
        for axis in (reading.row_axes if in_rows else reading.col_axes)
        if axis.kind == "unit"
    }
    label_axes = {axis.index: axis for axis in (reading.col_axes if in_rows else reading.row_axes)}
    rows = tuple(rows)
    lines = _lines(rows, in_rows, unit_axes)
    columns: dict[int, Column] = {}
    cells: dict[tuple[int, int], Observation] = {}
    held = _units(rows, in_rows)
    for seen in rows:
        unit_at, label_at = (seen.row, seen.col) if in_rows else (seen.col, seen.row)
        if label_at not in columns:
            axis = label_axes.get(label_at)
            columns[label_at] = Column(
                label_at,
                seen.indicator_label,
                seen.indicator_group,
                seen.indicator_id,
                axis.year_offset if axis else 0,
                _better(seen.indicator_id, registers),
                held.get(label_at),
                _year_of(seen),
            )
        elif columns[label_at].year not in (None, _year_of(seen)):
            columns[label_at] = replace(columns[label_at], year=None)
        cells[unit_at, label_at] = seen
    return TableView(
        reading,
        tuple(lines[index] for index in sorted(lines)),
        tuple(columns[index] for index in sorted(columns)),
        cells,
    )


def _year_of(seen: Observation) -> int | None:
    """The year that a cell's label ends with, else the cell's own."""
    told = _year_told(seen.indicator_label)
    return told if told is not None else seen.year


@lru_cache(maxsize=20_000)
def _year_told(label: str) -> int | None:
    told = _YEAR_TAIL.search(label)
    return int(told[1]) if told is not None else None


def _units(rows: tuple[Observation, ...], in_rows: bool) -> dict[int, str]:
    """What the cells of each column hold: answers when one is an answer, else the one unit of its values."""
    told: dict[int, set[str]] = {}
    for seen in rows:
        held = told.setdefault(seen.col if in_rows else seen.row, set())
        if seen.answer is not None:
            held.add("svar")
        elif seen.value_unit is not None and (seen.value is not None or seen.range_min is not None):
            months = seen.value_unit == "antal" and _of_months(seen.indicator_label)
            held.add("manader" if months else seen.value_unit)
    labels = {(seen.col if in_rows else seen.row): seen.indicator_label for seen in rows}
    found = {
        at: "svar" if "svar" in held else next(iter(held))
        for at, held in told.items()
        if "svar" in held or len(held) == 1
    }
    days = {at: "dagar" for at, label in labels.items() if at not in found and _DAYS.search(label.lower())}
    return found | days


@lru_cache(maxsize=20_000)
def _of_months(label: str) -> bool:
    return re.search(r"\bmånad", label.lower()) is not None


def _better(indicator_id: str | None, registers: Registers) -> bool | None:
    if indicator_id is None:
        return None
    try:
        return registers.indicators.get(indicator_id).higher_is_better
    except KeyError:
        return None


def _lines(rows: tuple[Observation, ...], in_rows: bool, axes: dict[int, Axis]) -> dict[int, Line]:
    """The lines of a table by index. A line with one share of units counts units, in all its columns."""
    by_line: dict[int, list[Observation]] = {}
    for seen in rows:
        by_line.setdefault(seen.row if in_rows else seen.col, []).append(seen)
    lines = {}
    for index, told in by_line.items():
        first, axis = told[0], axes.get(index)
        statistic = axis.statistic if axis is not None else None
        if statistic is None:
            statistic = next((seen.measure for seen in told if seen.measure in ("mean", "median")), None)
        summed = first.unit_kind in MEMBER_KINDS and statistic is not None and first.unit_id is not None
        share = summed or any(seen.measure == "share" for seen in told)
        key = first.unit_id or "label:" + fold(first.unit_label)
        answered = any(seen.answer is not None for seen in told)
        told_as = None if share else statistic
        years = {seen.year for seen in told}
        year = next(iter(years)) if len(years) == 1 else None
        lines[index] = Line(index, key, first.unit_label, first.unit_kind, told_as, share, answered, year)
    groups = {one.key for one in lines.values() if one.statistic == "mean" and one.kind == "grupp"}
    if len(groups) < GROUPS:
        return lines
    # kommungrupper, each a line of means: here they are the units that are compared
    return {
        at: replace(one, statistic=None) if one.key in groups and not _WHOLE.search(one.label) else one
        for at, one in lines.items()
    }


def known_units(document: ReadDocument) -> dict[str, str]:
    """Key → printed label of every unit in the document's tables (statistics left out)."""
    known: dict[str, str] = {}
    for observation in document.observations:
        if observation.measure in ("mean", "median"):
            continue
        key = observation.unit_id or "label:" + fold(observation.unit_label)
        known.setdefault(key, observation.unit_label)
    return known
