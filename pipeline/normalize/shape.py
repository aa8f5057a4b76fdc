"""The shape of a table: its head rows, label columns, body rows, section rows, and what each head says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Table
from pipeline.normalize.columns import column_heads
from pipeline.normalize.context import Context
from pipeline.normalize.grid import (
    Grid,
    column_measure,
    grid_of,
    header_rows,
    heads_again,
    is_full_width,
    is_unit_row,
    states_value,
)
from pipeline.normalize.heads import REAL_UNITS, Head, head_of
from pipeline.normalize.layouts import Layout
from pipeline.normalize.text import folded

#: A column is one of labels when at most this share of its cells states a value.
_LABEL_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands where in a table.

    Attributes:
        n_header: rows at the top that are heads (repeated heads and unit rows among them).
        label_cols: columns at the left that label rows; number_cols: those of them that only number.
        body: rows that can hold values; sections: row → its text, a heading for the rows below it.
        notes: rows of remarks; col_heads and row_heads: per column and per body row.
        measures: column → unit of value that a unit row prints.
        value_cols: columns beside the labels whose heads do not set them apart as comment, number, min–max …
    """

    grid: Grid
    n_header: int
    label_cols: tuple[int, ...]
    number_cols: tuple[int, ...]
    body: tuple[int, ...]
    sections: Mapping[int, str]
    notes: tuple[int, ...]
    heads_again: tuple[int, ...]
    col_heads: tuple[Head, ...]
    row_heads: Mapping[int, Head]
    measures: Mapping[int, str]
    unit_row: bool
    value_cols: tuple[int, ...]


#: Roles of columns that hold no observed values.
NO_VALUES = ("comment", "number", "minmax", "ignored", "change", "measure")


def shape_of(table: Table, context: Context, layout_for: Sequence[Layout] = ()) -> Shape:
    """Tell a table's shape. ``layout_for`` are layouts whose column rules name columns by their heads."""
    grid = grid_of(table)
    codes = context.codes
    n_header = _without_units(grid, header_rows(grid, codes), context)
    below = [row for row in range(n_header, grid.n_rows) if any(grid.row_texts(row))]
    repeated = heads_again(grid, below, n_header)
    again = tuple(row for row in below if row in repeated or is_unit_row(grid, row, codes))
    below = [row for row in below if row not in again]
    col_heads = column_heads(grid, n_header, below, context)
    label_cols = _label_columns(grid, below, col_heads, context, layout_for)
    sections, notes = _sections(grid, below, label_cols, context)
    body = tuple(row for row in below if row not in sections and row not in notes)
    number_cols = tuple(
        col for col in label_cols if _only_numbers(grid, col, body, col_heads[col], label_cols)
    )
    beside = tuple(one.index for one in col_heads if one.role == "measure" and one.index not in label_cols)
    row_heads = {row: _row_head(grid, row, (*label_cols, *beside), number_cols, context) for row in body}
    columns = range(grid.n_cols)
    units = {col: column_measure(grid, col, n_header, codes) for col in columns}
    measures = {col: unit for col, unit in units.items() if unit is not None}
    return Shape(
        grid=grid,
        n_header=n_header,
        label_cols=label_cols,
        number_cols=number_cols,
        body=body,
        sections=sections,
        notes=notes,
        heads_again=again,
        col_heads=col_heads,
        row_heads=row_heads,
        measures=measures,
        unit_row=bool(measures),
        value_cols=tuple(
            one.index for one in col_heads if one.index not in label_cols and one.role not in NO_VALUES
        ),
    )


def _without_units(grid: Grid, n_header: int, context: Context) -> int:
    """A row below the first that begins with a kommun's name is no head, even if all its values are empty."""
    for row in range(1, n_header):
        match = context.known_unit(grid.text(row, 0))
        if match is not None and match.kind in REAL_UNITS:
            return row
    return n_header


def _row_head(
    grid: Grid, row: int, label_cols: Sequence[int], number_cols: Sequence[int], context: Context
) -> Head:
    levels = [grid.text(row, col) for col in label_cols if col not in number_cols]
    return head_of(row, [level for level in levels if level], context, row=True)


def _label_columns(
    grid: Grid, below: Sequence[int], heads: Sequence[Head], context: Context, layouts: Sequence[Layout]
) -> tuple[int, ...]:
    stated = [_stated_share(grid, below, col, context) for col in range(grid.n_cols)]
    cols = [0]
    for col in range(1, grid.n_cols - 1):
        head = heads[col]
        rules = (layout.rule_for(head.text) for layout in layouts)
        ruled = any(rule is not None and rule.role in ("unit", "comment", "minmax") for rule in rules)
        if ruled or head.role in ("comment", "minmax", "change") or head.is_unit or head.year is not None:
            break
        if head.role == "measure":
            cols.append(col)
            continue
        share = stated[col]
        if share is None or share > _LABEL_SHARE or not any(later or 0 > 0.5 for later in stated[col + 1 :]):
            break
        if head.subgroup is not None or (
            head.role is None and heads[0].role != "number" and not _repeats(grid, below)
        ):
            break
        cols.append(col)
    return tuple(cols)


def _stated_share(grid: Grid, below: Sequence[int], col: int, context: Context) -> float | None:
    texts = [text for text in (grid.text(row, col) for row in below) if text]
    if not texts:
        return None
    return sum(states_value(text, context.codes) for text in texts) / len(texts)


def _repeats(grid: Grid, below: Sequence[int]) -> bool:
    """Whether the first column's labels stand for several rows each (spans, repeats, or left empty)."""
    labels = [grid.text(row, 0) for row in below]
    return len(set(labels)) <= max(1, len(labels) * 3 // 4)


@lru_cache(maxsize=1)
def _enumeration() -> re.Pattern[str]:
    return re.compile(r"^\d{1,3}(?:[.:]\d{1,2})*[a-zåäö]?[.):]?$", re.IGNORECASE)


def _only_numbers(grid: Grid, col: int, body: Sequence[int], head: Head, label_cols: Sequence[int]) -> bool:
    if len(label_cols) < 2:
        return False
    texts = [text for text in (grid.text(row, col) for row in body) if text]
    return head.role in ("number", "ignored") or (
        bool(texts) and all(_enumeration().match(text) for text in texts)
    )


def _sections(
    grid: Grid, below: Sequence[int], label_cols: Sequence[int], context: Context
) -> tuple[dict[int, str], tuple[int, ...]]:
    """Rows that head the rows below them, and remarks: wide rows at the foot, or marked as such."""
    mostly_bold = 2 * sum(_bold(grid, row) for row in below) > len(below)
    sections: dict[int, str] = {}
    notes: list[int] = []
    foot = True
    for row in reversed(below):
        label, wide = grid.text(row, 0), is_full_width(grid, row)
        if wide and (foot or _remark().match(label)):
            notes.append(row)
        elif not foot and (wide or _heads_rows(grid, row, label_cols, mostly_bold, context)):
            sections[row] = label
        else:
            foot = False
    return dict(sorted(sections.items())), tuple(sorted(notes))


def _heads_rows(grid: Grid, row: int, label_cols: Sequence[int], mostly_bold: bool, context: Context) -> bool:
    """Whether a row without values heads the rows below: by type or shading, or by an area's very name."""
    label = grid.text(row, 0)
    if not label or any(grid.text(row, col) for col in range(grid.n_cols) if col not in label_cols):
        return False
    if _bold(grid, row) and not mostly_bold:
        return True
    return _shaded(grid, row) or _named_section(label, context)


@lru_cache(maxsize=1)
def _remark() -> re.Pattern[str]:
    return re.compile(r"^(\*|\d{1,2}\)|källa\b|not\b|anm\b|anmärkning|kommentar)", re.IGNORECASE)


def _bold(grid: Grid, row: int) -> bool:
    cell = grid.at(row, 0)
    return cell is not None and cell.bold


def _shaded(grid: Grid, row: int) -> bool:
    """Whether every cell of the row has the label's own fill, and the row below has another."""
    first = grid.at(row, 0)
    if first is None or first.fill is None or row + 1 >= grid.n_rows:
        return False
    after = grid.at(row + 1, 0)
    same = all(
        (cell := grid.at(row, col)) is not None and cell.fill == first.fill for col in range(grid.n_cols)
    )
    return same and (after is None or after.fill != first.fill) and _bold(grid, row)


def _named_section(label: str, context: Context) -> bool:
    """Whether a label is the very name of a quality area or an area, nothing more."""
    shown = folded(label).strip(" .:")
    known = (*context.registers.quality_areas.phrases, *context.registers.areas.phrases)
    return any(phrase.phrase == shown and phrase.role != "weak" for phrase in known)
