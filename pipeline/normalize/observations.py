"""Observations: one per value cell of a table whose roles are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.model import Box, Cell, Observation, Table, Unmatched, occurrence_ids
from pipeline.normalize.answer_columns import given_answer
from pipeline.normalize.answers import ANSWERS, UNREADABLE, Value
from pipeline.normalize.binding import Binder, Bound
from pipeline.normalize.cells import cell_value, with_unit
from pipeline.normalize.context import Context
from pipeline.normalize.fills import answer_colours
from pipeline.normalize.heads import measure_of_title
from pipeline.normalize.legend import UNCERTAIN
from pipeline.normalize.measures import Line, is_yes_no, lines_of, measure_of_cell
from pipeline.normalize.roles import Roles
from pipeline.normalize.subjects import Heading, Subject, subjects_of

#: More than this many percent, read from a picture, is a misread % sign.
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands in its document.

    Attributes:
        table_id, label: as published; file_sha256: of the file, for corrections.
        area, quality_area: codes that title, headings or appendix list give, None when none does.
        scanned: the table was read from a picture.
    """

    table_id: str
    label: str | None
    file_sha256: str
    heading: Heading
    area: str | None = None
    quality_area: str | None = None
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """A value cell with what it is of and what it says."""

    subject: Subject
    cell: Cell | None
    colour: str | None
    value: Value


def observe(roles: Roles, place: Place, context: Context) -> tuple[list[Observation], list[Unmatched]]:
    """Every value cell of a table as an observation, in reading order, and what matched nothing.

    A comment column goes to its row's own answer; a correction applies while its guard holds.
    """
    reads = list(_reads(roles, place, context))
    table = _Table(
        roles=roles,
        place=place,
        context=context,
        binder=Binder(context, place.label, roles.shape.grid.table.page_first, place.file_sha256),
        lines=lines_of((read.subject, read.value) for read in reads),
        comments=_comments(roles, reads),
        confidence=_confidence(roles.shape.grid.table),
        signs=tuple(code for code, meaning in context.legend.codes if meaning == UNCERTAIN and code),
    )
    ids = occurrence_ids("", ((place.table_id, *read.subject.key) for read in reads))
    made = [table.observation(one_id, read) for one_id, read in zip(ids, reads, strict=True)]
    return made, [*table.binder.unmatched]


@dataclass(frozen=True, slots=True)
class _Table:
    """One table's values on their way to observations.

    Attributes:
        lines: indicators by ``Subject.line``; comments: place → the comment on its answer.
        confidence: whether the unit's name is known → 0–1; signs: marks of figures of small numbers.
    """

    roles: Roles
    place: Place
    context: Context
    binder: Binder
    lines: Mapping[str, Line]
    comments: Mapping[tuple[int, int], str]
    confidence: Mapping[bool, float]
    signs: tuple[str, ...]

    def observation(self, observation_id: str, read: _Read) -> Observation:
        """One value cell as it is published; reports what of it matched nothing."""
        subject, place, context = read.subject, self.place, self.context
        asked = subject.area or place.area
        bound = self.binder.indicator(subject.indicator_label, subject.indicator_group, asked)
        raw = "" if read.cell is None else " ".join(read.cell.raw.split())
        corrected = self.binder.correction(subject, raw)
        measure, value = self._measured(read, corrected.text, bound)
        self._report(subject, value, raw)
        return Observation(
            observation_id=observation_id,
            document_id=context.document_id,
            table_id=place.table_id,
            table_label=place.label,
            row=subject.row,
            col=subject.col,
            box=_box(read.cell, self.roles, subject.row),
            year=subject.year,
            area=asked or bound.area,
            indicator_id=bound.indicator_id,
            indicator_label=subject.indicator_label,
            unit_id=subject.unit_id,
            unit_label=subject.unit_label,
            unit_kind=subject.unit_kind,
            measure=measure,
            value_raw=raw,
            status=value.status,
            period=subject.period or place.heading.period,
            quality_area=subject.quality_area or place.quality_area or bound.quality_area,
            indicator_group=subject.indicator_group,
            subgroup=subject.subgroup,
            answer=value.answer,
            answer_note=value.note,
            value=value.value,
            value_unit=value.unit,
            range_min=value.low,
            range_max=value.high,
            uncertain=_uncertain(read.cell, context, self.signs),
            colour=read.colour,
            comment=self.comments.get((subject.row, subject.col)),
            confidence=self.confidence[subject.unit_known],
            correction=corrected.correction_id,
        )

    def _report(self, subject: Subject, value: Value, raw: str) -> None:
        if not subject.unit_known:
            self.binder.unit(subject)
        if value.status == "unreadable" and raw:
            self.binder.code(raw)

    def _measured(self, read: _Read, corrected: str | None, bound: Bound) -> tuple[str, Value]:
        """The cell's measure, and its value with the unit that measure, unit row, heads or title give it."""
        subject, value, line = read.subject, read.value, self.lines[read.subject.line]
        if corrected is not None:
            value = cell_value(read.cell, read.colour, self.context, self.roles.layout, corrected)
        measure, unit = measure_of_cell(subject, value, line, bound.value_kind)
        yes_no = is_yes_no(line, bound.value_kind)
        if unit is None and value.answer is None:
            unit = self.roles.shape.measures.get(subject.col) or subject.measure
            if unit is None and self.place.heading.title and not yes_no:
                unit = measure_of_title(self.place.heading.title)
        value = with_unit(value, unit)
        percent = value.unit == "procent" or (value.unit is None and yes_no)
        if self.place.scanned and percent and (value.value or 0.0) > _WHOLE:
            return measure, UNREADABLE  # a % sign read as a figure: 75 % as 754
        if self.place.scanned and value.status == "blank" and self._colour_answers():
            return measure, UNREADABLE  # the answer may be a colour that the picture's reading lost
        return measure, value

    def _colour_answers(self) -> bool:
        """Whether an empty cell can be an answer by its colour, by the layout or the document's legend."""
        rules = self.roles.layout.answers if self.roles.layout is not None else ()
        by_legend = any(meaning in ANSWERS for _, meaning in self.context.legend.colours)
        return by_legend or any(rule.empty and rule.colours for rule in rules)


def _confidence(table: Table) -> Mapping[bool, float]:
    """The table's confidence, and a tenth less where the unit's name is no known one."""
    own = min(1.0, max(0.0, table.confidence))
    return {True: round(own, 4), False: round(own * 0.9, 4)}


def _reads(roles: Roles, place: Place, context: Context) -> Iterator[_Read]:
    colours = answer_colours(roles.shape, [head.index for head in roles.cols], context)
    grid = roles.shape.grid
    given = _given_answers(roles)
    for subject in subjects_of(roles, place.heading, context):
        cell = grid.at(subject.row, subject.col)
        colour = colours.get((subject.row, subject.col))
        if subject.row not in given:
            yield _Read(subject, cell, colour, cell_value(cell, colour, context, roles.layout))
        elif given[subject.row][0] == subject.col:
            yield _Read(subject, cell, colour, given[subject.row][1])


def _given_answers(roles: Roles) -> dict[int, tuple[int, Value]]:
    """Row → the column and answer that is marked, in a table whose columns are the possible answers."""
    heads = [head for head in roles.cols if head.answer is not None]
    if not heads:
        return {}
    grid = roles.shape.grid
    return {
        row.index: given_answer(
            {head.index: text for head in heads if (text := grid.text(row.index, head.index))}, heads
        )
        for row in roles.rows
    }


def _comments(roles: Roles, reads: list[_Read]) -> Mapping[tuple[int, int], str]:
    """The comment of each row, given to the cell of the row's own answer."""
    if not roles.comment_cols:
        return {}
    by_row: dict[int, list[Subject]] = {}
    for read in reads:
        by_row.setdefault(read.subject.row, []).append(read.subject)
    given = {}
    for row, subjects in by_row.items():
        text = " ".join(filter(None, (roles.shape.grid.text(row, col) for col in roles.comment_cols)))
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
        last = max((one.year or 0 for one in wanted), default=0)
        latest = [one for one in wanted if (one.year or 0) == last]
        if len(latest) == 1:
            return latest[0]
    return None


def _box(cell: Cell | None, roles: Roles, row: int) -> Box:
    if cell is not None:
        return cell.box
    beside = next((one for one in roles.shape.grid.cells[row] if one is not None), None)
    return beside.box if beside is not None else roles.shape.grid.table.boxes[0]


def _uncertain(cell: Cell | None, context: Context, signs: tuple[str, ...]) -> bool:
    """Whether italics or a mark say that the figure rests on small numbers, as the legend explains."""
    if cell is None or not cell.text.strip():
        return False
    if cell.italic and context.legend.italic_uncertain:
        return True
    return any(cell.raw.strip().endswith(sign) or sign in cell.marks for sign in signs)
