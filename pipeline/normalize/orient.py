"""What a table is evidence of: units in rows or in columns, one kommun's table, marks, a key, contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.errors import AmbiguousError
from pipeline.normalize.answer_columns import MARKS
from pipeline.normalize.answers import parse_value
from pipeline.normalize.context import Context
from pipeline.normalize.grid import states_value
from pipeline.normalize.heads import REAL_UNITS, Head
from pipeline.normalize.layouts import Evidence
from pipeline.normalize.shape import Shape
from pipeline.normalize.text import folded
from pipeline.normalize.words import words

#: A table over time has at least so many years, and at least this share of its cells states figures.
_YEARS = 3
_FIGURES = 0.7


def evidence_of(shape: Shape, context: Context, heading_unit: str | None) -> Evidence:
    """All that a table shows of itself. ``heading_unit``: unit_id that the headings above name, if any."""
    kinds = set()
    rows, cols = units_in_rows(shape, context), units_in_columns(shape)
    if rows and cols and not any(_is_named(head) for head in _unit_columns(shape)):
        cols = False  # "Regionen" over a column of answers is whom the question is about
    if rows and not cols:
        kinds.add("units_in_rows")
    if cols and not rows:
        kinds.add("units_in_columns")
    if not rows and not cols and _own_table(shape, context, heading_unit):
        kinds.add("own_unit")
    elif not rows and not cols and _own_years(shape, context, heading_unit):
        kinds.add("own_years")
    if _all_marks(shape):
        kinds.add("marks")
    if _is_key(shape, context):
        kinds.add("key")
    if _is_contents(shape):
        kinds.add("contents")
    return Evidence(
        heads=tuple(folded(head.text) for head in shape.col_heads),
        kinds=frozenset(kinds),
        n_cols=shape.grid.n_cols,
        unit_row=shape.unit_row,
    )


def names_unit(head: Head) -> bool:
    """Whether a row's label or column's head names a unit or group, by the registers or by words."""
    return head.is_unit or bool(head.names and _names_group(head.names[-1]))


@lru_cache(maxsize=8192)
def _names_group(name: str) -> bool:
    return words().groups.search(folded(name)) is not None


def _labelled(shape: Shape) -> list[Head]:
    return [head for head in shape.row_heads.values() if head.printed and head.role != "minmax"]


def units_in_rows(shape: Shape, context: Context) -> bool:
    """Whether most rows are units; a head ``Kommun`` over the labels is enough where columns name none."""
    heads = _labelled(shape)
    if not heads:
        return False
    real = sum(
        head.own or (head.unit is not None and head.unit.exact and head.unit.kind in REAL_UNITS)
        for head in heads
    )
    named = sum(names_unit(head) for head in heads)
    if (real or named >= 2) and 2 * named >= len(heads) and (real or not units_in_columns(shape)):
        return True
    over_labels = any(shape.col_heads[col].role == "unit" for col in shape.label_cols)
    return over_labels and not _unit_columns(shape) and figures(shape, context) > 0.5


def _unit_columns(shape: Shape) -> list[Head]:
    return [shape.col_heads[col] for col in shape.value_cols if shape.col_heads[col].is_unit]


def units_in_columns(shape: Shape) -> bool:
    """Whether value columns name units (the own kommun, Länet, Riket, several kommuner …)."""
    found = _unit_columns(shape)
    value_cols = shape.value_cols
    known = [head for head in found if _is_real(head)]
    return bool(known) and 2 * len(found) >= len(value_cols)


def _is_named(head: Head) -> bool:
    """Whether a head names one certain kommun, stadsdel, län or Riket, not just "Länet" or "Regionen"."""
    return _is_real(head) and head.unit is not None and head.unit.relative is None


def _is_real(head: Head) -> bool:
    """Whether a head names a kommun, stadsdel, län or Riket; words for the own kommun alone do not."""
    return head.unit is not None and head.unit.exact and head.unit.kind in REAL_UNITS


def figures(shape: Shape, context: Context) -> float:
    """The share of filled value cells that state a value: answers, figures or codes."""
    texts = list(_value_texts(shape, context))
    return sum(stated for _, stated in texts) / len(texts) if texts else 0.0


def answers_share(shape: Shape, context: Context) -> float:
    """The share of filled value cells that are answers (JA, NEJ, DELVIS in any spelling)."""
    texts = [text for text, _ in _value_texts(shape, context)]
    answered = sum(parse_value(text, context.codes).answer is not None for text in texts)
    return answered / len(texts) if texts else 0.0


def _value_texts(shape: Shape, context: Context) -> Iterator[tuple[str, bool]]:
    for row in shape.body:
        for col in shape.value_cols:
            text = shape.grid.text(row, col)
            if text:
                yield text, states_value(text, context.codes)


def indicator_evidence(shape: Shape, context: Context) -> bool:
    """Whether a head says ``Indikator`` or a third of the labels are indicators the registers know."""
    if any(head.role == "indicator" for head in shape.col_heads):
        return True
    labels = [head.names[-1] for head in _labelled(shape) if head.names]
    labels += [head.names[-1] for head in shape.col_heads if head.names and head.index in shape.value_cols]
    known = sum(_known_indicator(label, context) for label in labels)
    return bool(labels) and 3 * known >= len(labels)


def _known_indicator(label: str, context: Context) -> bool:
    try:
        return context.registers.indicators.find(label, year=context.year).exact
    except AmbiguousError:
        return True


def _own_table(shape: Shape, context: Context, heading_unit: str | None) -> bool:
    if heading_unit is None and context.own_unit is None:
        return False
    heads = [shape.col_heads[col] for col in shape.value_cols]
    plain = [head for head in heads if not head.names or head.year is not None or head.subgroup]
    if not heads or len(plain) < len(heads):
        return False
    return indicator_evidence(shape, context) or _over_years(heads, shape, context)


def _own_years(shape: Shape, context: Context, heading_unit: str | None) -> bool:
    """Whether the rows are years of one unit and the columns name what is counted."""
    if heading_unit is None and context.own_unit is None:
        return False
    heads = [shape.col_heads[col] for col in shape.value_cols]
    named = bool(heads) and all(head.names or head.measure_word for head in heads)
    return named and _over_years(_labelled(shape), shape, context)


def _over_years(heads: Sequence[Head], shape: Shape, context: Context) -> bool:
    """Whether heads are years and nothing else, each of them once, over figures."""
    years = {head.year for head in heads if head.year is not None and not head.names}
    return len(years) == len(heads) >= _YEARS and figures(shape, context) >= _FIGURES


def _all_marks(shape: Shape) -> bool:
    texts = [folded(shape.grid.text(row, col)) for row in shape.body for col in shape.value_cols]
    filled = [text for text in texts if text]
    return len(filled) >= 2 and all(text.strip("()") in MARKS for text in filled)


@lru_cache(maxsize=1)
def _key_entry() -> re.Pattern[str]:
    return re.compile(
        r"^\S{1,3}\s*[=:]\s*\S|^(\d|[a-z]|\.\.|\.|-|x)$|^(grön|gul|röd|grå|orange)\w*$", re.IGNORECASE
    )


def _is_key(shape: Shape, context: Context) -> bool:
    if shape.grid.n_cols > 3 or not shape.body:
        return False
    labels = [folded(shape.grid.text(row, 0)) for row in range(shape.grid.n_rows)]
    samples = sum(_is_colour_sample(shape, row) for row in range(shape.grid.n_rows))
    entries = sum(bool(_key_entry().match(label)) for label in labels if label) + samples
    if entries < 2 or 3 * entries < 2 * (sum(1 for label in labels if label) + samples):
        return False
    if samples:
        return True
    return any(mark in label for label in labels for mark in "=:") or not _names_or_figures(shape, context)


def _is_colour_sample(shape: Shape, row: int) -> bool:
    """Whether a row explains a colour: an empty filled cell, then words in an unfilled one."""
    first, second = shape.grid.at(row, 0), shape.grid.at(row, 1)
    if first is None or second is None or first.text.strip() or first.fill is None:
        return False
    return bool(second.text.strip()) and second.fill is None


def _names_or_figures(shape: Shape, context: Context) -> bool:
    """Whether the columns beside the first hold units or figures: then its numbers only number the rows."""
    texts = [shape.grid.text(row, col) for row in shape.body for col in range(1, shape.grid.n_cols)]
    filled = [text for text in texts if text]
    told = sum(
        parse_value(text, context.codes).status == "ok" or _is_unit_name(text, context) for text in filled
    )
    return 3 * told >= len(filled)


def _is_unit_name(text: str, context: Context) -> bool:
    return context.known_unit(text) is not None


@lru_cache(maxsize=1)
def _leader() -> re.Pattern[str]:
    return re.compile(r"[.…]{4,}\s*\d*$|(?:\. ){4,}")


def _is_contents(shape: Shape) -> bool:
    rows = [texts for row in range(shape.grid.n_rows) if any(texts := shape.grid.row_texts(row))]
    led = sum(any(_is_led(text) for text in texts) for texts in rows)
    return led >= 2 and 2 * led >= len(rows)


def _is_led(text: str) -> bool:
    dotted = "...." in text or ". ." in text or "…" in text
    return dotted and _leader().search(text) is not None
