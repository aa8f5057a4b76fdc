"""The roles of one table: its kind, its orientation, what each row and column stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.errors import RegisterError
from pipeline.model import CellRole, Table
from pipeline.normalize.context import Context
from pipeline.normalize.grid import states_value
from pipeline.normalize.heads import Head, measure_in
from pipeline.normalize.layouts import ColumnRule, Layout, matching_layout
from pipeline.normalize.orient import answers_share, evidence_of, figures, indicator_evidence
from pipeline.normalize.shape import NO_VALUES, Shape, shape_of
from pipeline.reference import UnitMatch

#: Below this share of readable values a table of units is other tabular data.
_LEAST_FIGURES = 0.3
#: A column with fewer filled cells is not judged by them.
_FEW_CELLS = 3


@dataclass(frozen=True, slots=True)
class Roles:
    """A table with its roles told.

    Attributes:
        kind, status, reason: as published; layout: the rule that matched, None when none did.
        orientation: ``units_in_rows`` or ``indicators_in_rows``, None unless kind is ``indicators``.
        cols: the columns that hold values, each with what it stands for; rows likewise.
        comment_cols: columns that comment on the row's own answer.
        sections: row → the section heading it stands under.
    """

    shape: Shape
    kind: str
    status: str
    reason: str | None = None
    layout: Layout | None = None
    orientation: str | None = None
    cols: tuple[Head, ...] = ()
    rows: tuple[Head, ...] = ()
    comment_cols: tuple[int, ...] = ()
    sections: tuple[tuple[int, str], ...] = ()


def roles_of(table: Table, context: Context, heading_unit: str | None) -> Roles:
    """Tell the roles of a table from its layout and from what it holds.

    Args:
        table: as extracted; its ``hint`` settles contents, charts, layout grids and forms.
        heading_unit: unit_id of the one unit that the headings above the table name, else None.
    """
    named = tuple(layout for layout in context.layouts if layout.rules)
    shape = shape_of(table, context, _by_heads(table, context, named))
    hinted = {"contents": "contents", "chart": "chart", "layout": "layout", "form": "layout"}.get(table.hint)
    if hinted is not None:
        return Roles(shape, hinted, "ok", table.reason)
    if table.n_cols < 2 or not shape.body:
        return Roles(shape, "data", "ok")
    evidence = evidence_of(shape, context, heading_unit)
    layout = matching_layout(context.layouts, evidence)
    if layout is not None and layout.kind != "indicators":
        return Roles(shape, layout.kind, "ok", layout=layout)
    structural = matching_layout([one for one in context.layouts if one.evidence != "marks"], evidence)
    orientation = (layout.orientation if layout else None) or (structural.orientation if structural else None)
    homeless = heading_unit is None and context.own_unit is None
    if layout is None or orientation is None or (homeless and _needs_heading(layout)):
        return _untold(shape, context)
    roles = _told(shape, layout, orientation, context)
    if not roles.cols or not roles.rows:
        return _untold(shape, context, orientation)
    by_heads = bool(layout.headers)
    if (
        not by_heads
        and not layout.answers
        and figures(shape, context) < _LEAST_FIGURES
        and not _coloured(shape)
    ):
        return Roles(shape, "data", "ok", layout=None)
    return roles


def over_years(roles: Roles) -> bool:
    """Whether a table holds the years of the one unit that its heading names."""
    if roles.layout is None or roles.layout.evidence not in ("own_unit", "own_years"):
        return False
    split = roles.rows if roles.layout.evidence == "own_years" else roles.cols
    return len(split) > 1 and all(head.year is not None and not head.names for head in split)


def _needs_heading(layout: Layout) -> bool:
    """Whether the layout's values are of the unit that the heading above names."""
    return any(rule.role == "unit" and rule.unit in ("heading", "own") for rule in layout.rules)


def _by_heads(table: Table, context: Context, layouts: Sequence[Layout]) -> tuple[Layout, ...]:
    """Layouts whose head patterns the table's first rows show: their column rules bound the label columns."""
    texts = [cell.text.casefold() for cell in table.cells if cell.row <= table.header_rows]
    return tuple(
        layout
        for layout in layouts
        if all(any(pattern.search(text) for text in texts) for pattern in layout.headers)
    )


def _coloured(shape: Shape) -> bool:
    """Whether cells answer by colour alone: many value cells are empty and filled."""
    cells = [shape.grid.at(row, col) for row in shape.body for col in shape.value_cols]
    filled = [cell for cell in cells if cell is not None and cell.fill and not cell.text.strip()]
    return 2 * len(filled) >= len(cells) > 0


_NO_UNIT = (
    "Tabellens roller kunde inte avgöras: varken rader eller kolumner anger vilken kommun, stadsdel "
    "eller grupp värdena gäller. Lägg till en layout eller namnet i registret över enheter."
)
_NO_INDICATOR = (
    "Tabellens roller kunde inte avgöras: kolumnerna saknar rubriker som anger vilken indikator "
    "värdena gäller. Lägg till en layout eller rätta tabellens rubrikrader."
)


def _untold(shape: Shape, context: Context, oriented: str | None = None) -> Roles:
    """No layout fits: a table of answers or indicators is unread (with the reason), any other is data."""
    told = figures(shape, context) >= _LEAST_FIGURES
    if told and (oriented or answers_share(shape, context) >= 0.5 or indicator_evidence(shape, context)):
        return Roles(shape, "indicators", "unread", _NO_INDICATOR if oriented else _NO_UNIT)
    return Roles(shape, "data", "ok")


def _told(shape: Shape, layout: Layout, orientation: str, context: Context) -> Roles:
    cols: list[Head] = []
    comments: list[int] = []
    for head in shape.col_heads:
        if head.index in shape.label_cols:
            continue
        rule = layout.rule_for(head.text)
        role = rule.role if rule else head.role
        if role == "comment":
            comments.append(head.index)
        elif role not in NO_VALUES:
            cols.append(_ruled(head, rule, context) if rule else head)
    cols, comments = _free_text_columns(shape, cols, comments)
    cols = [
        head
        for head in cols
        if layout.rule_for(head.text) or layout.answers or _readable(shape, head, context)
    ]
    if orientation == "units_in_rows":
        cols = _named_or_alone(shape, [_as_indicator(head) for head in cols])
    rows = [head for row, head in sorted(shape.row_heads.items()) if _holds_values(shape, head, row)]
    return Roles(
        shape,
        "indicators",
        "ok",
        layout=layout,
        orientation=orientation,
        cols=tuple(cols),
        rows=tuple(rows),
        comment_cols=tuple(comments),
        sections=_sections_by_row(shape),
    )


def _as_indicator(head: Head) -> Head:
    """In a table of kommuner a column under ``Regionen`` or ``Alla`` is an indicator of that name."""
    match = head.unit
    if head.names or match is None or not match.exact or not (match.relative or match.kind == "grupp"):
        return head
    name = head.unit_label or head.text
    return replace(head, unit=None, own=False, names=(name,), measure=head.measure or measure_in(name))


def _named_or_alone(shape: Shape, cols: list[Head]) -> list[Head]:
    """Columns of indicators without a name are left out, unless a title above can name them.

    It can where there is only one column, or where years or sexes tell the columns apart.
    """
    rows_name = any(head.is_unit and head.names for head in shape.row_heads.values())
    split = [head for head in cols if head.year is not None or head.subgroup is not None or head.period]
    alone = len(cols) == 1
    return [
        head
        for head in cols
        if head.names
        or head.answer
        or head.measure_word
        or rows_name
        or alone
        or (split and len(split) >= len(cols) - 1)
    ]


def _ruled(head: Head, rule: ColumnRule, context: Context) -> Head:
    """A column that a layout's rule names: the unit of the heading above, a fixed unit, or an indicator."""
    if rule.role == "indicator":
        return replace(head, own=False, unit=None, role="indicator", names=head.names or head.printed)
    if rule.role != "unit" or rule.unit is None:
        return head
    if rule.unit in ("heading", "own"):
        return replace(head, own=True, unit=None, names=(), measure=None)
    if rule.unit not in context.registers.units:
        raise RegisterError(f"En layout anger enheten ”{rule.unit}” som inte finns i registret över enheter.")
    unit = context.registers.units.get(rule.unit)
    match = UnitMatch(unit.unit_id, unit.kind, unit.name)
    return replace(head, own=False, unit=match, unit_label=head.label, names=())


def _free_text_columns(shape: Shape, cols: list[Head], comments: list[int]) -> tuple[list[Head], list[int]]:
    """A last column without a head whose cells are sentences is a comment column."""
    if len(cols) < 2 or cols[-1].printed:
        return cols, comments
    texts = [text for text in (shape.grid.text(row, cols[-1].index) for row in shape.body) if text]
    if texts and sum(len(text) for text in texts) / len(texts) > 25:
        return cols[:-1], [*comments, cols[-1].index]
    return cols, comments


def _readable(shape: Shape, head: Head, context: Context) -> bool:
    """Whether a column can be one of values: not when most of its cells are words that no grammar reads."""
    texts = [text for text in (shape.grid.text(row, head.index) for row in shape.body) if text]
    stated = sum(states_value(text, context.codes) for text in texts)
    return len(texts) < _FEW_CELLS or stated >= _LEAST_FIGURES * len(texts)


def _holds_values(shape: Shape, head: Head, row: int) -> bool:
    return bool(head.printed) and head.role != "minmax" and row in shape.body


def _sections_by_row(shape: Shape) -> tuple[tuple[int, str], ...]:
    found, now = [], None
    for row in range(shape.n_header, shape.grid.n_rows):
        if row in shape.sections:
            now = shape.sections[row]
        elif now is not None and row in shape.body:
            found.append((row, now))
    return tuple(found)


def cell_roles(roles: Roles) -> tuple[CellRole, ...]:
    """The role of every cell, parallel to the table's cells."""
    shape = roles.shape
    given: list[CellRole] = []
    for cell in shape.grid.table.cells:
        if cell.row < shape.n_header or cell.row in shape.heads_again:
            given.append("header")
        elif cell.row in shape.notes:
            given.append("note")
        elif cell.row in shape.sections or cell.col in shape.label_cols:
            given.append("row_label")
        elif cell.col in roles.comment_cols:
            given.append("comment")
        else:
            given.append("value")
    return tuple(given)
