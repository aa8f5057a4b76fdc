"""How far a table reaches beyond its rules: rows that fit its columns and stand as near as rows do."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from extractors.tables.align import Area, column_edges
from extractors.tables.openends import HEADER_LINES, labels_end, names_columns, with_tail
from extractors.tables.openruns import STEP, open_areas
from extractors.tables.rows import answers_of, is_stated, is_unit, names_years
from extractors.tables.rules import Line
from extractors.tables.stripes import inside
from extractors.tables.textlines import COLUMN_GAP, TextLine, is_short_answer
from pipeline.model import Word

#: Lines of a header above a rule stand at most so many font sizes apart.
HEADER_STEP = 1.9
#: Lines of one header cell stand at most so many font sizes apart.
ROW_STEP = 1.6
#: So many lines may stand between two rows that have several columns (a wrapped label, a group's name).
SINGLE = 2
#: Turned header cells end at most this far (points) above the first row.
TURNED_GAP = 30.0
#: A line that ends this far (points) inside the table's edge ends at a column.
SHORT_OF = 10.0
#: A label beside a coloured area has at most so many words on a line.
BESIDE = 12
#: A row above the rules has something in at least this share of the columns (a running head has not).
ROW_SHARE = 0.34


def grown(area: Area, lines: Sequence[TextLine], *, always: bool = False, headless: bool = False) -> Area:
    """The area with the rows above and below that belong to it.

    Args:
        area: bounded by rules (``across``).
        lines: the page's free lines of text from top to bottom.
        headless: the first row is known to be none of the header.
        always: grow even where the last (first) rows between rules hold values and so look closed.
    """
    own = inside(lines, area.x0, area.top, area.x1, area.bottom)
    answers = answers_of(own)
    xs = column_edges(area, own, (), answers) if own else [area.x0, *area.breaks, area.x1]
    full = [h for h in area.across if h.hi - h.lo >= 0.7 * (area.x1 - area.x0)]
    first, last = (full[0].at, full[-1].at) if full else (area.top, area.bottom)
    top, bottom = area.top, area.bottom
    closed = len(full) > 1 and holds_values(inside(lines, area.x0, full[-2].at, area.x1, last), answers)
    if always or not closed:
        below = inside(lines, area.x0, bottom - 1, area.x1, 1e9)
        for run in open_areas(below):
            if run.top - bottom < STEP * below[0].size and run.bottom > bottom:
                bottom = run.bottom
                own = inside(lines, area.x0, area.top, area.x1, bottom)
                xs = column_edges(area, own, (), answers_of(own))
                bottom = with_tail(replace(area, bottom=bottom), xs, lines).bottom
        below = [line for line in below if line.y > bottom - 1]
        bottom = max(bottom, _down(area, xs, below, bottom))
    band = inside(lines, area.x0, first, area.x1, full[1].at) if len(full) > 1 else []
    headed = any(line.parted() for line in band) or (len(full) > 1 and not band)
    headed = headed and not _only_units(band)
    headed = headed and (not holds_values(band, answers) or _heads_years(band, own, answers))
    headed = not headless and (headed or (len(full) != 1 and _headed(own, answers)))
    if headed and len(full) > 3 and not headless:
        step = min(full[1].at - first, HEADER_STEP * (own[0].size if own else 10.0))
        row = inside(lines, area.x0, top - 1.1 * step, area.x1, top)
        if row and _over_columns(xs, row[-1], own):
            top = row[-1].top - 1  # each row has its rule below: so has the first
    if not headed:
        above = inside(lines, area.x0, -1e9, area.x1, top + 1)
        dated = any(names_years(line) for line in own)
        top = min(top, _up(xs, above[::-1], top, labels_end(xs, own), dated, answers))
    return replace(area, top=top, bottom=bottom)


def _over_columns(xs: Sequence[float], line: TextLine, own: Sequence[TextLine]) -> bool:
    """Whether each run of the line, but one over the labels, begins flush with the text of a column."""
    starts = [run[0].box.x0 for row in own[:4] for run in row.segments(COLUMN_GAP)]
    runs = [run for run in line.segments(COLUMN_GAP) if run[0].box.x0 > xs[1] - 2] if len(xs) > 2 else []
    labels = len(line.segments(COLUMN_GAP)) - len(runs)
    flush = sum(any(abs(run[0].box.x0 - x) < 1.5 for x in starts) for run in runs)
    return bool(runs) and labels <= 1 and flush == len(runs) and not holds_values([line])


def _headed(lines: Sequence[TextLine], answers: Container[str]) -> bool:
    """Whether the first lines name columns: above any line that states something."""
    for count, line in enumerate(lines):
        runs = line.segments(COLUMN_GAP)
        if _only_units([line]):
            continue
        if count and line.y - lines[count - 1].y > ROW_STEP * line.size:
            return False  # lines before it are rows with nothing but a label
        if _heads_years([line], lines[count:], answers):
            return True
        if any(is_stated(" ".join(word.text for word in run), answers) for run in runs[1:]):
            return False
        if len(runs) > 1:
            return True
    return False


def _heads_years(band: Sequence[TextLine], own: Sequence[TextLine], answers: Container[str]) -> bool:
    """Whether a band holds years over rows of other values."""
    if not any(names_years(line) for line in band):
        return False
    rows = [line for line in own if line not in band and holds_values([line], answers)]
    return bool(rows) and not any(names_years(line) for line in rows)


def _only_units(lines: Sequence[TextLine]) -> bool:
    """Whether all that the lines hold, but for a label, are units."""
    texts = [
        " ".join(word.text for word in segment) for line in lines for segment in line.segments(COLUMN_GAP)
    ]
    return len(texts) > 1 and all(is_unit(text) for text in texts)


def holds_values(lines: Sequence[TextLine], answers: Container[str] = ()) -> bool:
    """Whether lines end in values rather than in words: rows, not a header."""
    texts = [
        " ".join(word.text for word in segment) for line in lines for segment in line.segments(COLUMN_GAP)[1:]
    ]
    short = sum(
        is_stated(text, answers) or (is_short_answer(text) and texts.count(text) > 1) for text in texts
    )
    return bool(texts) and short * 2 >= len(texts)


def _fits(xs: Sequence[float], line: TextLine) -> bool:
    """Whether the line has several columns and no word across an edge."""
    inner = xs[1:-1]
    if any(w.box.x0 + 1 < x < w.box.x1 - 1 for w in line.words for x in inner):
        return False
    runs = line.segments(COLUMN_GAP)
    if not inner:
        return len(runs) > 1
    if any(sum(run[0].box.x0 < x < run[-1].box.x1 for x in inner) > 1 for run in runs):
        return False
    return len({sum(x < (w.box.x0 + w.box.x1) / 2 for x in inner) for w in line.words}) > 1


def _down(area: Area, xs: Sequence[float], lines: Sequence[TextLine], start: float) -> float:
    bottom, before, single, size = start, start, 0, 0.0
    for line in lines:
        if line.y - before > STEP * max(line.size, 1.0):
            break
        if _fits(xs, line):
            bottom, single, size = line.bottom + 1, 0, line.size
        else:
            single += 1
            if single > SINGLE or line.x1 > area.x0 + 0.6 * (area.x1 - area.x0):
                break
        before = line.y
    tail = [line for line in lines if bottom - 1 < line.y <= bottom + 1.35 * line.size]
    same = len(tail) == 1 and abs(tail[0].size - size) < 0.05 * size
    if bottom > start and same and _label_end(xs, tail[0]):
        bottom = tail[0].bottom + 1
    return bottom


def _label_end(xs: Sequence[float], line: TextLine) -> bool:
    """Whether a last line is the rest of a wrapped label: short, in the first known column."""
    return len(xs) > 2 and line.x1 < xs[1] + 1


def _up(
    xs: Sequence[float],
    lines: Sequence[TextLine],
    start: float,
    labels: float,
    dated: bool,
    answers: Container[str],
) -> float:
    """How far up rows and header lines reach; ``dated``: rows state years, so a line of years is a row."""
    top, before, taken, units = start, start, 0, False
    for line in lines:
        values = holds_values([line], answers) and (dated or not names_years(line))
        step = STEP if values else HEADER_STEP + (0.7 if taken == 0 or units else 0.0)
        if before - line.y > step * max(line.size, 1.0):
            break
        taken = 0 if values else taken + 1
        label = len(xs) > 2 and line.x1 < xs[1] + 1
        fits = _fits(xs, line) and (not values or _share(xs, line) >= ROW_SHARE)
        fits = fits or (not values and names_columns(xs, line, labels))
        if taken > HEADER_LINES or not (fits or label):
            break
        if not label:
            top = line.top - 1
        before, units = line.y, all(is_unit(word.text) for word in line.words)
    return top


def _share(xs: Sequence[float], line: TextLine) -> float:
    """The share of the columns in which the line has something."""
    inner = xs[1:-1]
    filled = {sum(x < (w.box.x0 + w.box.x1) / 2 for x in inner) for w in line.words}
    return len(filled) / (len(inner) + 1)


def with_turned(area: Area, words: Sequence[Word], lines: Sequence[TextLine]) -> Area:
    """The area with the turned header cells that stand directly above it (over at least two places), and
    with the names of groups of columns above these."""
    turned = [
        word
        for word in words
        if word.angle in (90, 270)
        and area.x0 - 3 <= word.box.centre[0] <= area.x1 + 2 * word.size  # two lines over a narrow column
        and word.box.top < area.top
    ]
    reach: dict[int, float] = {}  # how high the words of a place reach so far
    for word in sorted(turned, key=lambda word: -word.box.bottom):
        place = round(word.box.centre[0] / 6)
        near = [reach[p] - word.size for p in (place - 1, place, place + 1) if p in reach]
        if word.box.bottom >= min([area.top - TURNED_GAP, *near]):
            reach[place] = min(reach.get(place, word.box.top), word.box.top)
    if len(reach) < 2:
        return area
    top = min(reach.values()) - 1
    left = area.x0 + 0.2 * (area.x1 - area.x0)
    for line in reversed([line for line in lines if line.y < top]):
        within = line.x0 >= area.x0 - 3 and line.x1 <= area.x1 + 3
        named = line.parted() or line.x0 > left
        if not (within and named) or top - line.bottom > line.size:
            break
        top = line.top - 1
    return replace(area, top=top, x1=max(area.x1, *(word.box.x1 + 1 for word in turned)))


def sideways(area: Area, lines: Sequence[TextLine], *, mute: bool = False) -> Area:
    """The area with the columns beside it that have no ground of their own: labels before coloured answers.

    Most of its lines must go on there, each with a few words; the old border becomes a column edge. In a
    ``mute`` area, of colours without words, lines need not begin inside.
    """
    before: list[float] = []
    after: list[float] = []
    count = 0
    for line in lines:
        if not area.top < line.y < area.bottom:
            continue
        left = [w for w in line.words if w.box.x1 <= area.x0 + 2]
        right = [w for w in line.words if w.box.x0 >= area.x1 - 2]
        if not mute and len(left) + len(right) == len(line.words):
            continue
        count += 1
        if 0 < len(left) <= BESIDE:
            before.append(left[0].box.x0)
        if 0 < len(right) <= BESIDE:
            after.append(right[-1].box.x1)
    x0, x1, down = area.x0, area.x1, list(area.down)
    if count and len(before) >= 0.6 * count:
        down = [*(x for x in down if abs(x - x0) > 3), x0]
        x0 = min(before) - 2
    if count and len(after) >= 0.6 * count:
        down = [*(x for x in down if abs(x - x1) > 3), x1]
        x1 = max(after) + 2
    return replace(area, x0=x0, x1=x1, down=sorted(down))


def repeated_breaks(across: Sequence[Line], extent: tuple[float, float] | None = None) -> list[float]:
    """x where at least half of the rules that break at all, break: borders drawn cell by cell.

    Args:
        across: horizontal rules, or the edges of fills.
        extent: from where to where the table reaches (points): lines that begin or end well inside it
            (grounds of answers beside labels without) tell a column edge there too.
    """
    places = [line.breaks for line in across]
    if extent is not None:
        low, high = extent[0] + SHORT_OF, extent[1] - SHORT_OF
        places = [(*line.breaks, *(x for x in (line.lo, line.hi) if low < x < high)) for line in across]
    broken = places = [own for own in places if own]
    kept: list[float] = []
    for x in sorted({x for own in places for x in own}):
        if kept and x - kept[-1] <= 3:
            continue
        seen = sum(any(abs(x - y) <= 1.5 for y in own) for own in places)
        if seen * 2 >= len(broken):
            kept.append(x)
    return kept
