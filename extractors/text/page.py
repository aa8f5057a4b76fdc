"""One page's text and tables in reading order, light enough to keep for a whole document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.geometry import PageGeometry
from extractors.tables import PageTable
from extractors.text.lines import Run, runs_of
from extractors.text.order import Column, TableSpot, in_reading_order
from pipeline.model import Box, Word

#: Footnotes are at most this large against the page's text, and begin so near (points) below their rule.
NOTE_SIZE, NOTE_GAP = 0.92, 14.0
#: Words inside these table-like things are read as text too: their grid only places things.
READ_AS_TEXT = frozenset({"layout", "form"})


@dataclass(frozen=True, slots=True)
class PageFlow:
    """A page as columns of lines and tables, in reading order.

    Attributes:
        pieces: columns, and indexes into ``tables``.
        gutter: where the right column begins (x in points), None with one column.
        rules: short horizontal rules outside tables as ``(x0, x1, y)``: what parts footnotes from text.
    """

    number: int
    width: float
    height: float
    pieces: tuple[Column | int, ...]
    tables: tuple[PageTable, ...]
    gutter: float | None
    rules: tuple[tuple[float, float, float], ...] = ()


def page_flow(
    geometry: PageGeometry, words: Sequence[Word], tables: Sequence[PageTable], known_gutter: float | None
) -> PageFlow:
    """Read one page: what stands outside its tables as lines, in order with the tables.

    Args:
        words: all words of the page in the order of the content stream.
        known_gutter: the gutter of the page before, if it had one (x in points).
    """
    areas = [table.box for table in tables if table.hint not in READ_AS_TEXT]
    outside = _outside(words, areas) if areas else words
    spots = [TableSpot(i, t.box.x0, t.box.top, t.box.x1, t.box.bottom) for i, t in enumerate(tables)]
    runs = runs_of(outside)
    rules = _short_rules(geometry, areas)
    notes_from = _notes_from(runs, rules, areas)
    known = next((table.gutter for table in tables if table.gutter is not None), known_gutter)
    pieces, gutter = in_reading_order(runs, spots, geometry.height, known, notes_from)
    return PageFlow(
        number=geometry.number,
        width=geometry.width,
        height=geometry.height,
        pieces=tuple(piece.index if isinstance(piece, TableSpot) else piece for piece in pieces),
        tables=tuple(tables),
        gutter=gutter,
        rules=rules,
    )


def _notes_from(
    runs: Sequence[Run], rules: Sequence[tuple[float, float, float]], areas: Sequence[Box]
) -> float | None:
    """The y of a short rule below which nothing but small print stands (and no table), or None."""
    if not rules or not runs:
        return None
    usual = median(run.size for run in runs)
    for _, _, y in sorted(rules, key=lambda rule: rule[2]):
        below = [run for run in runs if run.base > y]
        if not below or any(area.bottom > y + 2 for area in areas):
            continue
        if (
            all(run.size <= NOTE_SIZE * usual for run in below)
            and min(run.top for run in below) - y < NOTE_GAP
        ):
            return y
    return None


def _outside(words: Sequence[Word], areas: Sequence[Box]) -> list[Word]:
    """The words whose middle stands in none of the areas."""
    edges = [(area.x0, area.top, area.x1, area.bottom) for area in areas]
    found = []
    for word in words:
        box = word.box
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        for x0, top, x1, bottom in edges:
            if x0 <= x <= x1 and top <= y <= bottom:
                break
        else:
            found.append(word)
    return found


def _short_rules(geometry: PageGeometry, areas: Sequence[Box]) -> tuple[tuple[float, float, float], ...]:
    """Horizontal rules in the lower half that are shorter than half the page and outside tables."""
    found = []
    for rule in geometry.rules:
        if rule.top < geometry.height / 2 or rule.top != rule.bottom:
            continue
        if not 30 <= rule.x1 - rule.x0 <= geometry.width / 2:
            continue
        if any(a.top - 2 <= rule.top <= a.bottom + 2 for a in areas):
            continue
        found.append((rule.x0, rule.x1, rule.top))
    return tuple(found)
