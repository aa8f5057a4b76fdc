"""The tables of one document: roles, labels, areas, and their observations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Axis, Observation, Table, TableReading, Unmatched, occurrence_ids
from pipeline.normalize.areas import area_by_labels, quality_area_in, strong_areas
from pipeline.normalize.cells import table_codes
from pipeline.normalize.context import Context
from pipeline.normalize.documents import Part
from pipeline.normalize.headings import Label, aggregate_in, heading_chains, unit_above
from pipeline.normalize.heads import Head, period_in, split_year
from pipeline.normalize.labels import inferred_labels, printed_label
from pipeline.normalize.legend import for_table, legend_of, merged
from pipeline.normalize.observations import Place, observe
from pipeline.normalize.patterns import patterns
from pipeline.normalize.roles import Roles, cell_roles, over_years, roles_of
from pipeline.normalize.scanned import is_scanned, with_known_labels
from pipeline.normalize.subjects import Heading
from pipeline.normalize.text import clean, folded
from pipeline.normalize.unread import layout_entry


@dataclass(frozen=True, slots=True)
class TablesRead:
    """All tables of a document, read."""

    readings: tuple[TableReading, ...]
    observations: tuple[Observation, ...]
    unmatched: tuple[Unmatched, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A table with its roles and what stands above it."""

    table: Table
    chain: tuple[str, ...]
    context: Context
    roles: Roles
    unit_id: str | None
    unit_label: str | None
    printed: Label | None
    scanned: bool


def read_tables(part: Part, file_sha256: str, context: Context) -> TablesRead:
    """Read every table of one document: its roles, label, area and values."""
    chains = heading_chains(part.blocks, part.tables)
    pages = {page.number: page for page in part.pages}
    seen = [
        _seen(table, chain, context, scanned=is_scanned(table, pages))
        for table, chain in zip(part.tables, chains, strict=True)
    ]
    wanted = [one.roles.kind == "indicators" for one in seen]
    inferred = inferred_labels([one.printed for one in seen], wanted, context.appendices)
    ids = occurrence_ids("", (_table_key(one) for one in seen))
    readings, observations, unmatched = [], [], []
    for one, label, table_id in zip(seen, inferred, ids, strict=True):
        place = _place(one, label, table_id, file_sha256)
        made, missed = observe(one.roles, place, one.context) if _states(one.roles) else ([], [])
        readings.append(_reading(one, place, label is not None, made))
        observations.extend(made)
        unmatched.extend(missed)
        if one.roles.status == "unread":
            unmatched.append(_unread(one, place))
    return TablesRead(tuple(readings), tuple(observations), tuple(unmatched))


def _states(roles: Roles) -> bool:
    return roles.kind == "indicators" and roles.status == "ok"


def _seen(table: Table, chain: tuple[str, ...], context: Context, *, scanned: bool) -> _Seen:
    own = merged(legend_of(table.notes), context.legend) if table.notes else context.legend
    legend = for_table(own, table)
    if legend != context.legend:
        context = replace(context, legend=legend, codes=context.codes.of_legend(legend.codes))
    unit_id, unit_label = unit_above(chain, table.caption, context)
    read = with_known_labels(table, context) if scanned else table
    roles = roles_of(read, context, unit_id)
    of_all = aggregate_in(table.caption, context) if table.caption else None
    if of_all is not None and (roles.layout is None or over_years(roles)):
        told = roles_of(read, context, of_all[0])
        if over_years(told):
            roles, (unit_id, unit_label) = told, of_all
    if roles.layout is not None and roles.layout.codes:
        context = replace(context, codes=table_codes(context, roles.layout))
    return _Seen(table, chain, context, roles, unit_id, unit_label, printed_label(table, chain), scanned)


def _table_key(one: _Seen) -> tuple[str | None, ...]:
    """What is printed of a table: its label, else its heading, caption and heads."""
    if one.printed is not None:
        return (one.context.document_id, one.printed.shown)
    heads = " | ".join(head.text for head in one.roles.shape.col_heads)
    return (one.context.document_id, None, one.table.heading, one.table.caption, heads)


def _place(one: _Seen, inferred: Label | None, table_id: str, file_sha256: str) -> Place:
    label = one.printed or inferred
    title = _title(one, label)
    return Place(
        table_id=table_id,
        label=label.shown if label is not None else None,
        file_sha256=file_sha256,
        heading=Heading(title, one.unit_id, one.unit_label, _period(one, label)),
        area=_area(one, label),
        quality_area=_quality_area(one),
        scanned=one.scanned,
    )


def _title(one: _Seen, label: Label | None) -> str | None:
    """What a table without indicator heads is of: its caption, the label's title, the nearest heading."""
    caption = clean(one.table.caption) if one.table.caption else ""
    split = any(head.year is not None or head.subgroup is not None for head in one.roles.cols)
    nearest = [text for text in one.chain[:1] if split and not patterns().oj.search(text)]
    for text in (caption if one.printed is None else "", label.title if label else "", caption, *nearest):
        if text and (label is None or folded(text) != folded(label.shown)):
            return text
    return None


def _period(one: _Seen, label: Label | None) -> str | None:
    """The measurement period the caption prints: dates, a span of years, a year beside the edition's."""
    caption = clean(one.table.caption or (label.title if label else ""))
    _, year = split_year(caption)
    return period_in(caption) or (str(year) if year is not None and year != one.context.year else None)


def _area(one: _Seen, label: Label | None) -> str | None:
    """The area by the appendix's title; by the document; by caption and headings when it has several."""
    registers = one.context.registers
    if label is not None and label.kind == "Bilaga":
        titles = (label.title, one.context.appendices.get(label.number.upper(), ""))
        for title in titles:
            if found := strong_areas(title, registers):
                return found[0]
    if len(one.context.areas) == 1:
        return one.context.areas[0]
    for text in filter(None, (one.table.caption, *one.chain)):
        found = strong_areas(text, registers)
        if len(found) == 1:
            return found[0]
    return area_by_labels(one.roles, one.context)


def _quality_area(one: _Seen) -> str | None:
    registers = one.context.registers
    texts = filter(None, (*one.chain, one.table.caption))
    return next((found for text in texts if (found := quality_area_in(text, registers))), None)


def _reading(one: _Seen, place: Place, inferred: bool, made: Sequence[Observation]) -> TableReading:
    roles = one.roles
    in_rows = roles.orientation == "units_in_rows"
    by_row = {found.row: found for found in made}
    by_col = {found.col: found for found in made}
    rows = tuple(_axis(head, by_row.get(head.index), in_rows, one) for head in roles.rows)
    cols = [_axis(head, by_col.get(head.index), not in_rows, one) for head in roles.cols]
    apart = {*roles.shape.label_cols, *(head.index for head in roles.cols)}
    cols += [_other_axis(head, roles) for head in roles.shape.col_heads if head.index not in apart]
    others = [_other_axis(head, roles) for head in roles.shape.row_heads.values() if head.role == "minmax"]
    told = _states(roles)
    return TableReading(
        table_id=place.table_id,
        table=one.table,
        kind=roles.kind,
        status="unread" if roles.status == "unread" else "ok",
        roles=cell_roles(roles),
        label=place.label,
        label_inferred=inferred,
        reason=roles.reason,
        orientation=("units_in_rows" if in_rows else "indicators_in_rows") if told else None,
        row_axes=tuple(sorted((*rows, *others), key=lambda axis: axis.index)) if told else (),
        col_axes=tuple(sorted(cols, key=lambda axis: axis.index)) if told else (),
        layout=roles.layout.layout_id if roles.layout is not None else None,
        area=place.area,
    )


def _axis(head: Head, sample: Observation | None, is_unit: bool, one: _Seen) -> Axis:
    """The published axis of a value row or column; ids are those its observations got."""
    edition = one.context.year
    offset = head.year - edition if head.year is not None and edition is not None else head.year_offset
    unit = one.roles.shape.measures.get(head.index)
    if unit is not None and head not in one.roles.cols:
        unit = None
    if is_unit:
        match = head.unit
        return Axis(
            index=head.index,
            kind="unit",
            label=sample.unit_label if sample else head.label,
            ref_id=sample.unit_id if sample else (match.unit_id if match else None),
            unit_kind=sample.unit_kind if sample else (match.kind if match else None),
            statistic=match.statistic if match is not None and match.exact else None,
            value_unit=unit or head.measure,
            year_offset=offset,
            near=match.near if match is not None else (),
        )
    return Axis(
        index=head.index,
        kind="indicator",
        label=sample.indicator_label if sample else head.label,
        group=sample.indicator_group if sample else head.group,
        ref_id=sample.indicator_id if sample else None,
        value_unit=unit or head.measure,
        year_offset=offset,
    )


def _other_axis(head: Head, roles: Roles) -> Axis:
    if head.index in roles.comment_cols and head.role != "minmax":
        return Axis(head.index, "comment", head.text)
    if head.role == "minmax":
        return Axis(head.index, "minmax", head.text)
    return Axis(head.index, "number" if head.role == "number" else "ignored", head.text)


def _unread(one: _Seen, place: Place) -> Unmatched:
    label = place.label or one.table.caption or one.table.heading or "tabell utan rubrik"
    return Unmatched(
        register="layouts",
        label=label,
        document_id=one.context.document_id,
        table_label=place.label,
        page=one.table.page_first,
        row=layout_entry(one.roles, label),
    )
