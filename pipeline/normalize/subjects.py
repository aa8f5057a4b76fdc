"""What each value cell is of: its unit, indicator, year and part of the people, from row and column heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.normalize.areas import quality_area_in, strong_areas
from pipeline.normalize.context import Context
from pipeline.normalize.heads import Head, subgroup_of
from pipeline.normalize.roles import Roles
from pipeline.normalize.text import clean, folded, squeezed, without_trailing_marks
from pipeline.normalize.words import words


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a table.

    Attributes:
        title: caption or heading without its label: the indicator's name where no head names one.
        period: the measurement period that the title prints, None when it prints none.
        unit_id, unit_label: the one unit it names and how; both None when it names none.
    """

    title: str | None = None
    unit_id: str | None = None
    unit_label: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What one value cell is of.

    Attributes:
        unit_known: the registers (or the heading) bind the unit, or words say that it is a group.
        statistic: ``mean``, ``median``, ``total`` … of a group or aggregate, else None.
        own: it is the document's own kommun or stadsdel.
        measure: the unit of value that a head prints, else None; line: key of the indicator's line.
        near: nearest units of a label that nothing knows, as ``unit_id: name``.
    """

    row: int
    col: int
    unit_id: str | None
    unit_label: str
    unit_kind: str
    unit_known: bool
    statistic: str | None
    own: bool
    indicator_label: str
    indicator_group: str | None
    subgroup: str | None
    year: int | None
    period: str | None
    measure: str | None
    line: str
    near: tuple[str, ...] = ()
    area: str | None = None
    quality_area: str | None = None

    @property
    def key(self) -> tuple[str | None, ...]:
        """What is printed of it, for its id."""
        year = None if self.year is None else str(self.year)
        return (self.unit_label, self.indicator_label, self.indicator_group, self.subgroup, year)


@dataclass(frozen=True, slots=True)
class _Unit:
    unit_id: str | None
    label: str
    kind: str
    known: bool = True
    statistic: str | None = None
    own: bool = False
    subgroup: str | None = None
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """An indicator by its names: label, group, the key of its line, and what area its headings name."""

    label: str
    group: str | None
    line: str
    area: str | None
    quality_area: str | None


def subjects_of(roles: Roles, heading: Heading, context: Context) -> Iterator[Subject]:
    """Every value cell's subject, row by row. A cell whose indicator nothing names is left out."""
    in_rows = roles.orientation == "units_in_rows"
    own = _own_unit(roles, heading, context)
    usual = _usual_kind(roles, in_rows)
    sections = dict(roles.sections)
    taken = _taken(roles, in_rows)
    before: _Unit | None = None
    parent: Head | None = None
    named: dict[tuple[tuple[str, ...], str | None, str | None, str | None], _Named] = {}
    for row in map(_part_split, roles.rows) if not in_rows else roles.rows:
        row_unit = _unit(row, own, usual if in_rows and not _only_year(row) else None, before)
        if row_unit is not None and row_unit.subgroup is None:
            before = row_unit
        of_which = not in_rows and _is_part(row)
        if of_which and parent is not None:
            row = replace(row, measure=row.measure or parent.measure)
        for col in roles.cols:
            unit = row_unit if in_rows else _unit_of_column(row, col, row_unit, own, usual)
            names = _names(row, col, heading.title, in_rows)
            if names:
                unit = _near_bound(unit or own, taken, context)
                subgroup = _subgroup(unit, row, col)
                group = parent.label if of_which and parent is not None else None
                asked = (names, group, sections.get(row.index), subgroup)
                if asked not in named:
                    named[asked] = _named(*asked, context)
                yield _subject(row, col, unit, named[asked], subgroup, context)
        if not of_which:
            parent = row


def _taken(roles: Roles, in_rows: bool) -> frozenset[str]:
    """The units that the axis names outright."""
    heads = roles.rows if in_rows else roles.cols
    return frozenset(
        head.unit.unit_id for head in heads if head.unit is not None and head.unit.exact and head.unit.unit_id
    )


def _near_bound(unit: _Unit, taken: frozenset[str], context: Context) -> _Unit:
    """Bind a name that nothing knows to the one register name near it; it stays reported as unknown.

    Of several near names the only one of the document's county counts; a unit that the table names
    outright elsewhere is never meant a second time.
    """
    if unit.known or unit.unit_id is not None or not unit.near:
        return unit
    units = context.registers.units
    ids = [entry.partition(":")[0] for entry in unit.near]
    near = [units.get(one) for one in ids if one in units]
    local = [one for one in near if one.lan_code == context.lan and context.lan is not None] or near
    if len(local) != 1 or local[0].unit_id in taken:
        return unit
    return replace(unit, unit_id=local[0].unit_id, kind=local[0].kind)


def _unit_of_column(row: Head, col: Head, row_unit: _Unit | None, own: _Unit, usual: str) -> _Unit:
    plain = not col.names and not col.is_unit
    if plain and row_unit is not None and row.names:
        return row_unit
    return _unit(col, own, None if plain else usual, None) or own


def _only_year(row: Head) -> bool:
    """Whether a row's label is a year and nothing else: the row is of the heading's unit."""
    return row.year is not None and not row.names and not row.is_unit


def _is_part(row: Head) -> bool:
    return row.unit is not None and row.unit.statistic == "of_which"


def _part_split(row: Head) -> Head:
    """A row ``varav kvinnor`` of indicators is of that part of the people."""
    return (
        replace(row, subgroup=row.subgroup or subgroup_of(folded(_part(row.label)))) if _is_part(row) else row
    )


def _names(row: Head, col: Head, title: str | None, in_rows: bool) -> tuple[str, ...]:
    """The indicator's name and the names above it, outermost first; empty when nothing names it."""
    if in_rows:
        word = (col.measure_word,) if col.measure_word else ()
        names = col.names or (row.names if row.is_unit else ()) or word
    else:
        only_split = row.year is not None or row.subgroup is not None or row.period is not None
        names = row.names or (() if only_split and not _is_part(row) else row.printed)
    return names or ((title,) if title else ())


def _subgroup(unit: _Unit, row: Head, col: Head) -> str | None:
    told = [part for part in (unit.subgroup, row.subgroup, col.subgroup) if part]
    return ", ".join(dict.fromkeys(told)) if told else None


def _named(
    names: tuple[str, ...], parent: str | None, section: str | None, subgroup: str | None, context: Context
) -> _Named:
    """What the names of an indicator give all its cells."""
    group = " – ".join(
        (*([section] if section and parent is None else []), *([parent] if parent else []), *names[:-1])
    )
    return _Named(
        label=without_trailing_marks(names[-1]),
        group=group or None,
        line=squeezed(" ".join((group, names[-1], subgroup or ""))),
        area=next(iter(strong_areas(section, context.registers)), None) if section else None,
        quality_area=quality_area_in(group, context.registers) if group else None,
    )


def _subject(
    row: Head, col: Head, unit: _Unit, named: _Named, subgroup: str | None, context: Context
) -> Subject:
    year = col.year or row.year
    if year is None and context.year is not None:
        year = context.year + (col.year_offset or row.year_offset)
    return Subject(
        row=row.index,
        col=col.index,
        unit_id=unit.unit_id,
        unit_label=unit.label,
        unit_kind=unit.kind,
        unit_known=unit.known,
        statistic=unit.statistic,
        own=unit.own or (unit.unit_id is not None and unit.unit_id == context.own_unit),
        indicator_label=named.label,
        indicator_group=named.group,
        subgroup=subgroup,
        year=year,
        period=col.period or row.period,
        measure=col.measure or row.measure,
        line=named.line,
        near=unit.near,
        area=named.area,
        quality_area=named.quality_area,
    )


def _unit(head: Head, own: _Unit, usual: str | None, before: _Unit | None) -> _Unit | None:
    """The unit a head names. ``usual`` is the kind an unknown name is taken for, None: none is taken."""
    match = head.unit
    label = head.unit_label or head.label
    if head.own:
        if match is None:
            return own
        city = own.unit_id.partition("-")[0] if own.unit_id else None
        kind = "kommun" if city != own.unit_id else own.kind
        return replace(own, unit_id=city, kind=kind, label=label, statistic=match.statistic)
    if match is not None and match.exact and match.kind is not None:
        if match.statistic == "of_which" and before is not None:
            return replace(before, subgroup=_part(label))
        return _Unit(match.unit_id, label, match.kind, statistic=match.statistic)
    if usual is None or not head.printed:
        return None
    shown = " ".join(head.names) or head.text
    if words().groups.search(shown.casefold()):
        return _Unit(None, shown, "grupp", statistic="mean")
    return _Unit(None, shown, usual, known=False, near=match.near if match is not None else ())


@lru_cache(maxsize=1)
def _of_which() -> re.Pattern[str]:
    return re.compile(r"^[-–—\s]*(?:därav|varav)\s+", re.IGNORECASE)


def _part(label: str) -> str:
    return _of_which().sub("", clean(label)) or label


def _usual_kind(roles: Roles, in_rows: bool) -> str:
    """The kind most units of the axis are, for names the registers do not know."""
    heads = roles.rows if in_rows else roles.cols
    kinds = Counter(
        head.unit.kind
        for head in heads
        if head.unit is not None and head.unit.exact and head.unit.kind in ("kommun", "stadsdel", "lan")
    )
    if kinds:
        return max(sorted(kinds), key=lambda kind: kinds[kind]) or "kommun"
    over = " ".join(roles.shape.col_heads[col].text for col in roles.shape.label_cols).casefold()
    if "stadsdel" in over:
        return "stadsdel"
    return "lan" if over.strip() in ("län", "region") else "kommun"


def _own_unit(roles: Roles, heading: Heading, context: Context) -> _Unit:
    """The unit of cells that no head binds: the heading's, the document's own, or the stadsdelar's city."""
    unit_id = heading.unit_id or context.own_unit or _city(roles)
    if unit_id is None or unit_id not in context.registers.units:
        return _Unit(None, heading.unit_label or "kommunen", "kommun", known=False, own=True)
    unit = context.registers.units.get(unit_id)
    label = heading.unit_label if heading.unit_id == unit_id and heading.unit_label else unit.name
    return _Unit(unit_id, label, unit.kind, own=True)


def _city(roles: Roles) -> str | None:
    cities = Counter(
        head.unit.unit_id.partition("-")[0]
        for head in (*roles.rows, *roles.cols)
        if head.unit is not None and head.unit.kind == "stadsdel" and head.unit.unit_id
    )
    return max(sorted(cities), key=lambda city: cities[city]) if cities else None
