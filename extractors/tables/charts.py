"""Charts: an axis of evenly spaced ticks with nothing else on their lines, and what is drawn beside it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.geometry import Fill, PageGeometry, Picture, Rule
from extractors.tables.rules import Region
from pipeline.model import Box, Cell, Word

#: So many ticks make an axis.
TICKS = 4
#: Ticks may be this far (points) from their even place, and from their common edge.
UNEVEN = 2.0
#: A pie is at least this wide (points); the frame around it is drawn with at most so many lines and edges.
PIE, FRAME_LINES = 40.0, 16
#: Room (points) for an axis title and for the labels below.
MARGIN = 14.0
#: Heads of columns stand at most so many font sizes above the first figures.
HEAD_STEP = 4.0


def chart_boxes(words: Sequence[Word], geometry: PageGeometry, regions: Sequence[Region]) -> list[Box]:
    """Boxes of charts on a page that has something drawn.

    Args:
        words: those outside of tables.
        regions: the page's regions of lines: a frame around an axis bounds its chart.
    """
    if not (geometry.rules or geometry.fills or geometry.n_curves or geometry.pictures):
        return []
    pies = _pies(geometry, regions)
    numbers = [
        (word, value)
        for word in words
        if word.text[-1] in "0123456789%" and word.angle == 0 and (value := _number(word.text)) is not None
    ]
    if len(numbers) < TICKS:
        return pies
    ticks: list[list[Word]] = []
    for upright in (True, False):
        ticks += _axes(numbers, words, upright)
    boxes = pies
    for axis in ticks:
        box = _around(axis, geometry, regions)
        if not any(box.overlap(other) > 0.5 * box.width * box.height for other in boxes):
            boxes.append(box)
    return boxes


def _pies(geometry: PageGeometry, regions: Sequence[Region]) -> list[Box]:
    """Boxes of pie charts: slices that touch and are together as wide as high; the frame around, if drawn."""
    groups: list[list[float]] = []
    for one in sorted(geometry.slices, key=lambda box: (box.top, box.x0)):
        box = [one.x0, one.top, one.x1, one.bottom, 1.0]
        for group in [g for g in groups if _touch(g, box)]:
            groups.remove(group)
            box = [*map(min, group[:2], box[:2]), *map(max, group[2:4], box[2:4]), group[4] + box[4]]
        groups.append(box)
    made: list[Box] = []
    for x0, top, x1, bottom, count in groups:
        if count < 2 or min(x1 - x0, bottom - top) < PIE or not 0.75 < (x1 - x0) / (bottom - top) < 1.33:
            continue
        limit = 0.6 * geometry.width * geometry.height
        frames = [
            r
            for r in regions
            if r.x0 <= x0
            and r.top <= top
            and r.x1 >= x1
            and r.bottom >= bottom
            and (r.x1 - r.x0) * (r.bottom - r.top) < limit
            and len(r.hs) + len(r.vs) <= FRAME_LINES
        ]
        frame = max(frames, key=lambda r: (r.x1 - r.x0) * (r.bottom - r.top), default=None)
        area = (x0, top, x1, bottom) if frame is None else (frame.x0, frame.top, frame.x1, frame.bottom)
        made.append(Box(geometry.number, *area))
    return made


def _touch(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] <= b[2] + 2 and b[0] <= a[2] + 2 and a[1] <= b[3] + 2 and b[1] <= a[3] + 2


def _number(text: str) -> float | None:
    plain = text.rstrip("%").replace(",", ".").replace("\u2212", "-").replace("\u2013", "-")
    if not plain or not (plain[-1].isdigit() and plain[0] in "-.0123456789"):
        return None
    try:
        return float(plain)
    except ValueError:
        return None


def _axes(numbers: Sequence[tuple[Word, float]], words: Sequence[Word], upright: bool) -> list[list[Word]]:
    """Runs of numbers in one column (or row) with even steps in value and in place, alone on their lines."""
    lanes: dict[int, list[tuple[float, float, Word]]] = {}
    for word, value in numbers:
        edge = word.box.x1 if upright else word.box.bottom
        along = word.box.centre[1] if upright else word.box.centre[0]
        lanes.setdefault(round(edge / 3.0), []).append((along, value, word))
    found: list[list[Word]] = []
    for lane in sorted(lanes):
        run = sorted(lanes[lane], key=lambda item: item[0])
        start = 0
        while start <= len(run) - TICKS:
            axis = _even_run(run[start:])
            if len(axis) >= TICKS:
                if _alone(axis, words, upright):
                    found.append(axis)
                start += len(axis) - 1
            start += 1
    return found


def _even_run(run: Sequence[tuple[float, float, Word]]) -> list[Word]:
    step, value_step = run[1][0] - run[0][0], run[1][1] - run[0][1]
    if step < 5 or value_step == 0:
        return []
    axis = [run[0][2]]
    for before, after in itertools.pairwise(run):
        even = abs(after[0] - before[0] - step) <= UNEVEN
        if not even or abs(after[1] - before[1] - value_step) > 0.02 * abs(value_step) + 1e-9:
            break
        axis.append(after[2])
    return axis


def _alone(axis: Sequence[Word], words: Sequence[Word], upright: bool) -> bool:
    """Whether hardly any tick has a word beside it that is not a tick of another such axis."""
    own = {id(word) for word in axis}
    if not upright and _heads_figures(axis, words):
        return False
    beside = 0
    for tick in axis:
        for word in words:
            if id(word) in own or word.angle != 0:
                continue
            if upright:
                near = abs(word.box.centre[1] - tick.box.centre[1]) < 0.5 * tick.size
            else:
                near = (
                    abs(word.box.centre[0] - tick.box.centre[0]) < tick.size
                    and 0 < abs(word.box.centre[1] - tick.box.centre[1]) < 3.0 * tick.size
                )
            if near and not _same_tick(tick, word) and (upright or not _in_text(word, words)):
                beside += 1
                break
    return beside * 3 <= len(axis)


def _heads_figures(axis: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether figures stand in a line just below most ticks: they are the heads of columns then.

    A column reaches half the way to the next tick, for figures may be set to another edge than their head.
    """
    half = 0.5 * min(abs(b.box.centre[0] - a.box.centre[0]) for a, b in itertools.pairwise(axis))
    headed = 0
    for tick in axis:
        x, size = tick.box.centre[0], tick.size
        headed += any(
            0 < word.box.centre[1] - tick.box.centre[1] < HEAD_STEP * size
            and abs(word.box.centre[0] - x) < half
            and _number(word.text) is not None
            for word in words
        )
    return headed * 2 > len(axis)


def _in_text(word: Word, words: Sequence[Word]) -> bool:
    """Whether words stand on both sides of a word as close as in a text: a caption below an axis."""
    box, size = word.box, word.size
    sides = {
        other.box.x0 > box.x0
        for other in words
        if other is not word
        and abs(other.box.centre[1] - box.centre[1]) < 0.3 * size
        and max(other.box.x0 - box.x1, box.x0 - other.box.x1) < 0.5 * size
    }
    return len(sides) == 2


def _same_tick(tick: Word, word: Word) -> bool:
    return tick.text == word.text


def _around(axis: Sequence[Word], geometry: PageGeometry, regions: Sequence[Region]) -> Box:
    x0, x1 = min(w.box.x0 for w in axis), max(w.box.x1 for w in axis)
    top, bottom = min(w.box.top for w in axis), max(w.box.bottom for w in axis)
    limit = 0.6 * geometry.width * geometry.height
    shapes: list[Region | Fill | Picture] = [*regions, *geometry.fills, *geometry.pictures]
    frames = [
        (r.x0, r.top, r.x1, r.bottom)
        for r in shapes
        if r.x0 <= x0
        and r.top <= top + 3
        and r.x1 >= x1
        and r.bottom >= bottom - 3
        and (r.x1 - r.x0) * (r.bottom - r.top) < limit
    ]
    if frames:
        frame = max(frames, key=lambda f: (f[2] - f[0]) * (f[3] - f[1]))
        return Box(geometry.number, *frame)
    tall = bottom - top
    drawn: list[Rule | Fill] = [*geometry.rules, *geometry.fills]
    for piece in drawn:
        inside = piece.top >= top - 6 and piece.bottom <= bottom + 6
        if inside and piece.x0 - x1 >= -6 and piece.x0 - x1 < 4 * tall and x1 - x0 < tall:
            x1 = max(x1, piece.x1)
        elif x1 - x0 > tall and piece.x0 >= x0 - 6 and piece.x1 <= x1 + 6 and 0 <= top - piece.bottom < 300:
            top = min(top, piece.top)
    return Box(geometry.number, x0 - MARGIN, top - MARGIN, x1 + MARGIN, bottom + MARGIN)


def looks_drawn(cells: Sequence[Cell]) -> bool:
    """Whether a grid of lines is a drawing: most cells are empty and many span in no order."""
    if len(cells) < 8:
        return False
    filled = sum(bool(cell.text) for cell in cells)
    if len(cells) >= 20 and filled <= 0.25 * len(cells):
        rows = {cell.row for cell in cells}
        if len({cell.row for cell in cells if cell.text}) * 2 < len(rows):
            return True
    wide = sum(cell.row_span > 1 or cell.col_span > 1 for cell in cells)
    return filled <= 0.42 * len(cells) and wide >= 0.3 * len(cells)
