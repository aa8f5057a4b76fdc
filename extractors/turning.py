"""Pages that stand on their side or lean: read upright, their places told on the page as it is shown."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.geometry import Fill, PageGeometry, Picture, Rule
from extractors.glyphs import Glyph
from pipeline.model import Block, Box, PdfDocument, Sentence, Table, Word

#: A page stands on its side when at least this share of its characters run that way, and there are so many.
MOST, ENOUGH = 0.6, 80

_Area = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Lean:
    """How a page was made upright: turned by ``turn``, then turned back by ``degrees``.

    Attributes:
        degrees: how far it leaned clockwise.
        width, height: of the upright page, in points.
        turn: 0, 90, 180 or 270 degrees counter-clockwise.
    """

    degrees: float
    width: float
    height: float
    turn: int = 0

    @property
    def moves(self) -> bool:
        """Whether places differ from those on the page as shown."""
        return bool(self.degrees) or bool(self.turn)

    def on_page(self, box: Box) -> Box:
        """Where a box of the upright page stands on the page as it is shown.

        For a lean its middle is moved and it keeps its size, so that it covers the same words.
        """
        x, y = box.centre
        dx, dy = x - self.width / 2, y - self.height / 2
        angle = math.radians(self.degrees)
        x = self.width / 2 + dx * math.cos(angle) - dy * math.sin(angle)
        y = self.height / 2 + dx * math.sin(angle) + dy * math.cos(angle)
        x0, top = max(x - box.width / 2, 0.0), max(y - box.height / 2, 0.0)
        area = (x0, top, x0 + box.width, top + box.height)
        size = (self.height, self.width) if self.turn in (90, 270) else (self.width, self.height)
        return Box(box.page, *_turned_back(area, self.turn, size))


def sideways(words: Sequence[Word]) -> int:
    """By how many degrees counter-clockwise a page must be turned to be read (0 for most pages)."""
    counts: Counter[int] = Counter()
    for word in words:
        if word.angle:
            counts[word.angle] += len(word.text)
    if not counts:
        return 0
    angle, count = max(sorted(counts.items()), key=lambda item: item[1])
    total = sum(len(word.text) for word in words)
    return (360 - angle) % 360 if count >= ENOUGH and count >= MOST * total else 0


def turned(geometry: PageGeometry, turn: int) -> PageGeometry:
    """A page's geometry turned by 90, 180 or 270 degrees counter-clockwise."""
    size = (geometry.width, geometry.height)

    def moved(item: Glyph | Rule | Fill | Picture) -> _Area:
        return _turned((item.x0, item.top, item.x1, item.bottom), turn, size)

    glyphs = tuple(
        Glyph(g.text, *moved(g), g.size, g.bold, g.italic, (g.angle + turn) % 360, g.visible) if g.text else g
        for g in geometry.glyphs
    )
    width, height = (size[1], size[0]) if turn in (90, 270) else size
    return PageGeometry(
        number=geometry.number,
        width=width,
        height=height,
        glyphs=glyphs,
        rules=tuple(Rule(*moved(rule), rule.width, rule.colour) for rule in geometry.rules),
        fills=tuple(Fill(*moved(fill), fill.colour, fill.order) for fill in geometry.fills),
        pictures=tuple(Picture(*moved(picture)) for picture in geometry.pictures),
        n_curves=geometry.n_curves,
        slices=tuple(Picture(*moved(one)) for one in geometry.slices),
    )


def _turned(area: _Area, turn: int, size: tuple[float, float]) -> _Area:
    """An area of a page of this size, once the page is turned counter-clockwise."""
    x0, top, x1, bottom = area
    width, height = size
    if turn == 90:
        return top, width - x1, bottom, width - x0
    if turn == 180:
        return width - x1, height - bottom, width - x0, height - top
    if turn == 270:
        return height - bottom, x0, height - top, x1
    return area


def _turned_back(area: _Area, turn: int, size: tuple[float, float]) -> _Area:
    """The inverse of :func:`_turned`; ``size`` is again that of the page as shown."""
    width, height = size
    return _turned(area, (360 - turn) % 360, (height, width) if turn in (90, 270) else (width, height))


def on_shown_pages(document: PdfDocument, leans: Mapping[int, Lean]) -> PdfDocument:
    """The document with every box of a page that leaned or was turned moved to where its words are seen.

    Args:
        leans: by 1-based page number.
    """

    def moved(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
        return tuple(leans[box.page].on_page(box) if box.page in leans else box for box in boxes)

    def block(one: Block) -> Block:
        return replace(one, boxes=moved(one.boxes)) if _touched(one.boxes, leans) else one

    def sentence(one: Sentence) -> Sentence:
        return replace(one, boxes=moved(one.boxes)) if _touched(one.boxes, leans) else one

    def table(one: Table) -> Table:
        if not _touched(one.boxes, leans):
            return one
        cells = tuple(replace(cell, box=moved((cell.box,))[0]) for cell in one.cells)
        return replace(one, boxes=moved(one.boxes), cells=cells)

    return replace(
        document,
        blocks=tuple(map(block, document.blocks)),
        sentences=tuple(map(sentence, document.sentences)),
        tables=tuple(map(table, document.tables)),
    )


def _touched(boxes: tuple[Box, ...], leans: Mapping[int, Lean]) -> bool:
    return any(box.page in leans for box in boxes)
