"""Observations: one per value cell of a table whose roles are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.model import Box, Cell, Observation, Unmatched, occurrence_ids
from pipeline.normalize.answers import Value
from pipeline.normalize.binding import Binder
from pipeline.normalize.cells import cell_value, with_unit
from pipeline.normalize.context import Context
from pipeline.normalize.fills import answer_colours
from pipeline.normalize.heads import Head, measure_in
from pipeline.normalize.legend import UNCERTAIN
from pipeline.normalize.measures import Line, lines_of, measure_of_cell
from pipeline.normalize.roles import Roles
from pipeline.normalize.subjects import Subject, subjects_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands in its document.

    Attributes:
        table_id, label: as published; file_sha256: of the file, for corrections.
        area, quality_area: codes that title, headings or appendix list give, None when none does.
        title: caption (or heading) that names the indicator where no head does.
        heading_unit, heading_label: the unit the headings above name, and how they print it.
    """

    table_id: str
    label: str | None
    file_sha256: str
    area: str | None = None
    quality_area: str | None = None
    title: str | None = None
    heading_unit: str | None = None
    heading_label: str | None = None


@dataclass(slots=True)
class Observed:
    """What one table gave."""

    observations: list[Observation] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    """A value cell with what it is of and what it says."""

    subject: Subject
    cell: Cell | None
    colour: str | None
    value: Value


def observe(roles: Roles, place: Place, context: Context) -> Observed:
    """Every value cell of a table as an observation, in reading order, and what matched nothing.

    A comment column goes to its row's own answer; corrections apply while their guard holds.
    """
    binder = Binder(context, place.table_id, place.label, roles.shape.grid.table.page_first)
    reads = list(_reads(roles, place, context))
    lines = lines_of((read.subject, read.value) for read in reads)
    comments = _comments(roles, reads)
    made = [_observation(read, lines, comments, roles, place, context, binder) for read in reads]
    ids = occurrence_ids("", ((place.table_id, *read.subject.key) for read in reads))
    result = Observed(unmatched=list(binder.unmatched))
    for observation_id, (values, correction_note) in zip(ids, made, strict=True):
        result.observations.append(Observation(observation_id=observation_id, **values))
        if correction_note is not None:
            result.unmatched.append(correction_note)
    return result


def _reads(roles: Roles, place: Place, context: Context) -> Iterator[_Read]:
    colours = answer_colours(roles.shape, [head.index for head in roles.cols], context)
    grid = roles.shape.grid
    for subject in subjects_of(roles, place.title, place.heading_unit, place.heading_label, context):
        cell = grid.at(subject.row, subject.col)
        colour = colours.get((subject.row, subject.col))
        yield _Read(subject, cell, colour, cell_value(cell, colour, context, roles.layout))


def _comments(roles: Roles, reads: list[_Read]) -> Mapping[tuple[int, int], str]:
    """The comment of each row, given to the cell of the row's own answer."""
    if not roles.comment_cols:
        return {}
    grid = roles.shape.grid
    by_row: dict[int, list[Subject]] = {}
    for read in reads:
        by_row.setdefault(read.subject.row, []).append(read.subject)
    given = {}
    for row, subjects in by_row.items():
        text = " ".join(filter(None, (grid.text(row, col) for col in roles.comment_cols)))
        own = _own_cell(subjects) if text else None
        if own is not None:
            given[(row, own.col)] = text
    return given


def _own_cell(subjects: list[Subject]) -> Subject | None:
    """The own kommun's (else the only kommun's) cell of a row; of several years the latest."""
    for wanted in (
        [one for one in subjects if one.own],
        [one for one in subjects if one.unit_kind in ("kommun", "stadsdel")],
        subjects,
    ):
        latest = [one for one in wanted if one.year == max(other.year or 0 for other in wanted)] or wanted
        if len(latest) == 1:
            return latest[0]
    return None


def _observation(
    read: _Read,
    lines: Mapping[str, Line],
    comments: Mapping[tuple[int, int], str],
    roles: Roles,
    place: Place,
    context: Context,
    binder: Binder,
) -> tuple[dict[str, object], Unmatched | None]:
    subject = read.subject
    area = subject.area or place.area
    bound = binder.indicator(subject.indicator_label, subject.indicator_group, area)
    area = area or bound.area
    raw = "" if read.cell is None else " ".join(read.cell.raw.split())
    corrected = binder.correction(subject, raw, place.file_sha256)
    value = read.value
    if corrected.text is not None:
        value = cell_value(read.cell, read.colour, context, roles.layout, corrected.text)
    measure, unit = measure_of_cell(subject, value, lines[subject.line], bound.value_kind)
    value = with_unit(value, unit or _printed_unit(subject, roles, place) or bound.value_unit)
    confidence = roles.shape.grid.table.confidence * (1.0 if subject.unit_known else 0.9)
    values: dict[str, object] = {
        "document_id": context.document_id,
        "table_id": place.table_id,
        "table_label": place.label,
        "row": subject.row,
        "col": subject.col,
        "box": _box(read.cell, roles, subject.row),
        "year": subject.year,
        "area": area,
        "indicator_id": bound.indicator_id,
        "indicator_label": subject.indicator_label,
        "unit_id": subject.unit_id,
        "unit_label": subject.unit_label,
        "unit_kind": subject.unit_kind,
        "measure": measure,
        "value_raw": raw,
        "status": value.status,
        "period": subject.period,
        "quality_area": subject.quality_area or place.quality_area or bound.quality_area,
        "indicator_group": subject.indicator_group,
        "subgroup": subject.subgroup,
        "answer": value.answer,
        "answer_note": value.note,
        "value": value.value,
        "value_unit": value.unit,
        "range_min": value.low,
        "range_max": value.high,
        "uncertain": _uncertain(read.cell, context),
        "colour": read.colour,
        "comment": comments.get((subject.row, subject.col)),
        "confidence": round(min(1.0, max(0.0, confidence)), 4),
        "correction": corrected.correction_id,
    }
    return values, corrected.failed


def _printed_unit(subject: Subject, roles: Roles, place: Place) -> str | None:
    by_row = roles.shape.measures.get(subject.col)
    return by_row or subject.measure or (measure_in(place.title) if place.title and not subject.yes_no else None)


def _box(cell: Cell | None, roles: Roles, row: int) -> Box:
    if cell is not None:
        return cell.box
    beside = next((one for one in roles.shape.grid.cells[row] if one is not None), None)
    return beside.box if beside is not None else roles.shape.grid.table.boxes[0]


def _uncertain(cell: Cell | None, context: Context) -> bool:
    if cell is None or not cell.text.strip():
        return False
    if cell.italic and context.legend.italic_uncertain:
        return True
    signs = [code for code, meaning in context.legend.codes if meaning == UNCERTAIN]
    return any(cell.raw.strip().endswith(sign) or sign in cell.marks for sign in signs if sign)


def head_unit_row(head: Head) -> str | None:
    """The unit of value a head prints, for the published axes."""
    return head.measure
