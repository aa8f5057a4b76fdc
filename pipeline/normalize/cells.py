"""What one value cell says, with everything that bears on it: legend, colour, layout, other readings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.model import Cell
from pipeline.normalize.answers import ANSWERS, BLANK, UNREADABLE, Codes, Value, agree, parse_value
from pipeline.normalize.context import Context
from pipeline.normalize.layouts import AnswerRule, Layout
from pipeline.normalize.text import clean, folded


def cell_value(
    cell: Cell | None, colour: str | None, context: Context, layout: Layout | None, text: str | None = None
) -> Value:
    """What a value cell says. The legend decides first, then colour and layout rules, then the grammar.

    Args:
        cell: None where the table has no cell at the position (read as blank).
        colour: the cell's colour name where its fill can be an answer, else None.
        text: read this instead of the cell's text (a correction), else None.
    """
    if cell is None:
        return BLANK
    shown = clean(cell.text if text is None else text)
    value = _decided(shown, colour, context, layout)
    if text is None and cell.readings and _contradicted(value, cell.readings, colour, context, layout):
        return UNREADABLE
    return value


def _decided(shown: str, colour: str | None, context: Context, layout: Layout | None) -> Value:
    codes = context.codes
    if folded(shown) in codes.legend:
        return parse_value(shown, codes)
    if not shown:
        by_legend = _by_colour(colour, context)
        if by_legend is not None:
            return by_legend
    for rule in layout.answers if layout is not None else ():
        if _holds(rule, shown, colour, context):
            note = shown if rule.note and shown else None
            return Value("ok" if rule.answer else rule.status, answer=rule.answer, note=note)
    return parse_value(shown, codes)


def _by_colour(colour: str | None, context: Context) -> Value | None:
    """An empty coloured cell says what the document's legend says of its colour."""
    meaning = dict(context.legend.colours).get(colour or "")
    if meaning in ANSWERS:
        return Value("ok", answer=meaning)
    if meaning in ("not_applicable", "missing", "suppressed", "unknown"):
        return Value(meaning)
    return None


def _holds(rule: AnswerRule, shown: str, colour: str | None, context: Context) -> bool:
    if rule.empty is not None and rule.empty != (not shown):
        return False
    if rule.colours and (colour or "none") not in rule.colours:
        return False
    if rule.text is not None and not rule.text.match(shown):
        return False
    return rule.unit_name is None or rule.unit_name == names_units(shown, context)


def names_units(shown: str, context: Context) -> bool:
    """Whether a cell holds nothing but names of kommuner or stadsdelar (``Falun``, ``Ljusdal/Mora``).

    A misspelt name counts when the registers have a near one: the cell still names a comparator.
    """
    parts = [part.strip() for part in shown.replace(" och ", "/").replace(",", "/").split("/")]
    if not shown or any(char.isdigit() for char in shown) or parse_value(shown, context.codes).stated:
        return False
    return all(bool(part) and _is_name(part, context) for part in parts)


def _is_name(part: str, context: Context) -> bool:
    match = context.unit(part)
    if match is None:
        return True  # ambiguous between units: still a name
    return (match.exact and match.kind in ("kommun", "stadsdel", "lan")) or bool(match.near)


def _contradicted(
    value: Value, readings: Iterable[str], colour: str | None, context: Context, layout: Layout | None
) -> bool:
    return any(not agree(value, _decided(clean(other), colour, context, layout)) for other in readings)


def with_unit(value: Value, unit: str | None) -> Value:
    """The value with the unit its head or unit row prints, where the cell prints none and holds a figure."""
    holds_figure = value.value is not None or value.low is not None or value.high is not None
    if value.unit is not None or unit is None or not holds_figure or value.status != "ok":
        return value
    return replace(value, unit=unit)


def table_codes(context: Context, layout: Layout | None) -> Codes:
    """The codes of one table: the document's legend, then the layout's, then the registers'."""
    if layout is None or not layout.codes:
        return context.codes
    return Codes(
        context.codes.register, context.codes.grammar, {**dict(layout.codes), **context.codes.legend}
    )
