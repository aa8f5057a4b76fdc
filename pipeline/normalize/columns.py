"""The heads of a table's columns, read one by one, then in the light of each other and of the cells below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline.normalize.answer_columns import as_answers
from pipeline.normalize.context import Context
from pipeline.normalize.grid import Grid, header_levels
from pipeline.normalize.heads import Head, head_of, split_year, subgroup_of
from pipeline.normalize.text import folded


def column_heads(grid: Grid, n_header: int, below: Sequence[int], context: Context) -> tuple[Head, ...]:
    """What each column's head says. ``n_header`` rows are heads; ``below`` are the rows under them."""
    codes = context.codes
    alone = tuple(
        head_of(col, header_levels(grid, col, n_header, codes), context) for col in range(grid.n_cols)
    )
    heads = _dated(_parts_named(_totals(alone)))
    measured = tuple(_as_measures(head, grid, below, context) for head in heads)
    return as_answers(measured, grid, below, context)


def _parts_named(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """A column ``därav socionomer`` is a part of the column before it, which is then its group."""
    made: list[Head] = []
    whole: Head | None = None
    for head in heads:
        part = bool(head.names) and _of_which().match(head.names[-1]) is not None
        if part and whole is not None and len(head.names) == len(whole.names):
            head = replace(head, names=(*whole.names, head.names[-1]), measure=head.measure or whole.measure)
        elif head.names:
            whole = head
        made.append(head)
    return tuple(made)


def _dated(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """Columns of one name that end in different years (``Beslut, 2019``, ``Beslut, 2020``) are its years."""
    split = {head.index: split_year(head.names[-1]) for head in heads if head.names and head.year is None}
    years: dict[tuple[str, ...], set[int]] = {}
    for head in heads:
        stem, year = split.get(head.index, ("", None))
        if stem and year is not None:
            years.setdefault((*head.names[:-1], folded(stem)), set()).add(year)
    made: list[Head] = []
    for head in heads:
        stem, year = split.get(head.index, ("", None))
        if year is not None and len(years.get((*head.names[:-1], folded(stem)), ())) > 1:
            head = replace(head, year=year, names=(*head.names[:-1], stem))
        made.append(head)
    return tuple(made)


@lru_cache(maxsize=1)
def _of_which() -> re.Pattern[str]:
    return re.compile(r"^[-–—\s]*(?:därav|varav)\s", re.IGNORECASE)


def _as_measures(head: Head, grid: Grid, below: Sequence[int], context: Context) -> Head:
    """A column that prints nothing but units of value (``%``, ``kr``) gives each row its unit."""
    texts = [text for text in (grid.text(row, head.index) for row in below) if text]
    if head.index == 0 or not texts or 2 * len(texts) < len(below):
        return head
    if any(context.codes.grammar.unit_of(text) is None for text in texts):
        return head
    return replace(head, role="measure", unit=None, own=False)


def _totals(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    """Beside columns for women and men a column ``Totalt`` is everyone, no group of units."""
    if not any(head.subgroup is not None for head in heads):
        return heads
    return tuple(
        replace(head, unit=None, unit_label=None)
        if head.unit is not None and subgroup_of(folded(head.unit_label or "")) == "totalt"
        else head
        for head in heads
    )
