"""Labels read from a picture: bound to the registers' nearest entry where only one is near.

Only label cells of tables on scanned pages are touched, never values. The table as published keeps the raw
reading; what is read on is a copy with the register's spelling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.errors import AmbiguousError
from pipeline.model import Cell, Page, Table
from pipeline.normalize.answers import parse_value
from pipeline.normalize.context import Context
from pipeline.normalize.text import clean, squeezed

#: Least likeness (rapidfuzz ratio, 0–100) of letters and digits: two wrong letters in a label of twenty.
_LEAST = 88.0
#: A second entry must be this much less like the reading, or the label is left as it was read.
_MARGIN = 3.0
#: Shorter labels have too few letters to tell a misreading from another word.
_SHORTEST = 4


def is_scanned(table: Table, pages: Mapping[int, Page]) -> bool:
    """Whether a page of the table was read from its picture."""
    return any((page := pages.get(box.page)) is not None and page.source == "ocr" for box in table.boxes)


def with_known_labels(table: Table, context: Context) -> Table:
    """A copy of a scanned table whose misread labels are spelled as the registers spell them."""
    known = _known(context)
    return replace(table, cells=tuple(_repaired(cell, known, context) for cell in table.cells))


def _known(context: Context) -> dict[str, str]:
    """Squeezed label → label, of every unit, group word and indicator of the document's areas."""
    registers = context.registers
    units: Iterable[str] = (unit.name for unit in registers.units.all if unit.kind != "stadsdel")
    groups = (group.label for group in registers.units.groups)
    labels = (
        one.alias
        for one in registers.indicators.labels
        if one.holds(context.year) and (one.area is None or not context.areas or one.area in context.areas)
    )
    return {squeezed(text): text for text in sorted({*units, *groups, *labels}) if len(text) >= _SHORTEST}


def _repaired(cell: Cell, known: Mapping[str, str], context: Context) -> Cell:
    text = clean(cell.text)
    key = squeezed(text)
    if len(key) < _SHORTEST or key in known or parse_value(text, context.codes).status == "ok":
        return cell
    if context.known_unit(text) is not None or _is_known_indicator(text, context):
        return cell
    found = _nearest(key, known)
    return cell if found is None or _digits(found) != _digits(text) else replace(cell, text=found)


def _is_known_indicator(text: str, context: Context) -> bool:
    try:
        return context.registers.indicators.find(text, year=context.year).exact
    except AmbiguousError:
        return True


def _digits(text: str) -> str:
    """The digits of a label: a date or an age is never read into it or out of it."""
    return "".join(char for char in text if char.isdigit())


def _nearest(key: str, known: Mapping[str, str]) -> str | None:
    from rapidfuzz import fuzz, process

    best = process.extract(key, list(known), scorer=fuzz.ratio, limit=2, score_cutoff=_LEAST - _MARGIN)
    if not best or best[0][1] < _LEAST:
        return None
    if len(best) > 1 and best[0][1] - best[1][1] < _MARGIN:
        return None
    return known[best[0][0]]
