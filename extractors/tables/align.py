"""Skeletons by alignment: rows are lines of text, columns are the gaps they leave open."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.tables.columns import column_gaps, open_gaps, under_heads
from extractors.tables.headers import header_band, header_end, header_levels, leading_lines, lone_units
from extractors.tables.headspans import FULL_RULE, row_spans
from extractors.tables.model import Layout
from extractors.tables.rowgroups import clashes, grouped, rules_bound_rows
from extractors.tables.rows import (
    Row,
    answers_of,
    heads_apart,
    is_stated,
    is_unit_row,
    names_years,
    place,
    turned_row,
)
from extractors.tables.rules import Line
from extractors.tables.seams import seams
from extractors.tables.textlines import TextLine, lines_of
from pipeline.model import Word

#: Text within so many points of another's edge is flush with it.
FLUSH = 1.5
#: Words closer than this (share of the font size) are never heads of two columns.
TOUCHING = 0.2


@dataclass(slots=True)
class Area:
    """Where a table is read by alignment.

    Attributes:
        x0, top, x1, bottom: in points.
        across: rules inside or on the border, from top to bottom; down: x of drawn separators.
        breaks: x where borders that are drawn cell by cell end and begin.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    across: list[Line] = field(default_factory=list)
    down: list[float] = field(default_factory=list)
    breaks: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Aligned:
    """A reading by alignment.

    Attributes:
        layout: the skeleton; rows: the printed lines of each of its rows.
        drawn: the columns are drawn (borders broken at their edges).
        answers: texts that come again in the columns (lower case).
    """

    layout: Layout
    rows: list[list[Row]]
    drawn: bool = False
    answers: frozenset[str] = frozenset()


def read_aligned(area: Area, words: Sequence[Word]) -> Aligned | None:
    """Read the words of an area as a table.

    Args:
        area: where, and what is drawn there.
        words: the words in it.

    Returns:
        None when no second column can be told.
    """
    lines = lines_of(words)
    if not lines:
        return None
    cuts = _cuts(area, lines)
    answers = answers_of(lines)
    xs = column_edges(area, lines, cuts, answers)
    if len(xs) < 3:
        return None
    parting = seams(lines)
    rows = [place(line, xs, answers, parting) for line in lines]
    rows = heads_apart(rows, answers, len(xs) - 1)
    groups: list[list[Row]] = []
    turned = [word for word in words if word.angle in (90, 270)]
    if turned:
        groups, rows = _turned_header(turned, rows, xs, area)
    header_rows = len(groups)
    body, more = _rows_of(rows, cuts, xs, area.across, headed=bool(groups))
    groups += body
    header_rows += more
    ys = _row_edges(area, groups, cuts)
    spans = row_spans(groups, xs, header_rows, area.across)
    layout = Layout(xs, ys, spans, header_rows, False, "vector", 0.9)
    return Aligned(layout, groups, bool(area.breaks), answers)


def twins(made: Aligned) -> float | None:
    """x between two tables that were read as one: the header of the left half stands again over the right."""
    n_cols, header = made.layout.n_cols, made.layout.header_rows
    if n_cols < 4 or n_cols % 2 or not header:
        return None
    said: list[str] = [""] * n_cols
    for row in (row for group in made.rows[:header] for row in group):
        for col, text in row.texts.items():
            said[col] += text
    half = n_cols // 2
    return made.layout.xs[half] if all(said) and said[:half] == said[half:] else None


def _rows_of(
    rows: Sequence[Row], cuts: Sequence[float], xs: Sequence[float], across: Sequence[Line], *, headed: bool
) -> tuple[list[list[Row]], int]:
    """The printed lines as rows of the table, and how many of them are headers."""
    bands = _bands(rows, cuts)
    if not bands:
        return [], 0
    head = 0 if headed else header_band(bands, xs)
    if head == 0 and not headed and (lead := leading_lines(bands[0], xs)):
        bands, head = [bands[0][:lead], bands[0][lead:], *bands[1:]], 1
        bands = [band for band in bands if band]
    if 0 < head < len(bands) and (cut := header_end(bands[head - 1], across)) < len(bands[head - 1]):
        bands[head - 1 : head] = [bands[head - 1][:cut], bands[head - 1][cut:]]
    bounded = rules_bound_rows(bands[head:])
    groups: list[list[Row]] = []
    header_rows = 0
    for index, band in enumerate(bands):
        if index < head:
            made = header_levels(band, xs, across)
            header_rows += len(made)
            if len(made) > 1 and _only_units(band, made[-1]):
                header_rows -= 1
        else:
            made = [band] if bounded and not clashes(band) else grouped(band)
        groups += made
    return groups, header_rows


def _only_units(band: Sequence[Row], level: Sequence[Row]) -> bool:
    if is_unit_row((col, text) for row in level for col, text in row.texts.items()):
        return True
    return len(level) == 1 and lone_units(band, next(at for at, row in enumerate(band) if row is level[0]))


def _turned_header(
    turned: Sequence[Word], rows: Sequence[Row], xs: Sequence[float], area: Area
) -> tuple[list[list[Row]], list[Row]]:
    """Header rows of turned words (and the groups above them), and the rows left for the body."""
    top, bottom = min(word.box.top for word in turned), max(word.box.bottom for word in turned)
    first = next((row.line.y for row in rows if row.states), None)
    named = {max(min(bisect_right(xs, word.box.centre[0]) - 1, len(xs) - 2), 0) for word in turned}
    if (first is not None and bottom > first + 2) or len(named) < 2:
        return [], list(rows)
    high = [row for row in rows if row.line.y < top]
    apart = [row for row in high if not any(run.first <= c <= run.last for run in row.runs for c in named)]
    above = [row for row in high if row not in apart]
    beside = apart + [row for row in rows if top <= row.line.y <= bottom]
    rest = [row for row in rows if row.line.y > bottom]
    groups = header_levels(above, xs, area.across) if above else []
    return [*groups, [turned_row(turned, beside, xs)]], rest


def _cuts(area: Area, lines: Sequence[TextLine]) -> list[float]:
    """y of the rules that run over the whole width, between the first line and the last."""
    width = area.x1 - area.x0
    made = [h.at for h in area.across if min(h.hi, area.x1) - max(h.lo, area.x0) >= FULL_RULE * width]
    first, last = lines[0].y, lines[-1].y
    return sorted(y for y in made if first < y < last)


def column_edges(
    area: Area, lines: Sequence[TextLine], cuts: Sequence[float], answers: Container[str]
) -> list[float]:
    """Column edges (points) of the area, outer borders included."""
    body = _telling(lines, cuts, answers)
    inner = sorted({*(x for x in area.down if area.x0 + 3 < x < area.x1 - 3), *seams(lines)})
    gaps = under_heads(sorted(column_gaps(body, inner) + _beside(body, lines)), lines)
    if area.breaks and _respected(area.breaks, lines):
        hard = sorted({*inner, *(x for x in area.breaks if all(abs(x - y) > 3 for y in inner))})
        more = [gap for gap in gaps if not any(gap[0] - 3 <= x <= gap[1] + 3 for x in hard)]
        clear = [_edge(gap, lines) for gap in more if _clear(gap, body)]
        return [area.x0, *sorted([*hard, *clear]), area.x1]
    return _refined([area.x0, *(_edge(gap, lines) for gap in gaps), area.x1], lines)


def _beside(body: Sequence[TextLine], lines: Sequence[TextLine]) -> list[tuple[float, float]]:
    """The gap to labels that stand on lines of their own (values at half their height), if there is one."""
    start = min((line.x0 for line in body), default=0.0)
    ends = [word.box.x1 for line in lines for word in line.words if word.box.centre[0] < start]
    crossing = any(word.box.x0 < start - 1 < word.box.x1 for line in lines for word in line.words)
    if len(ends) < 3 or crossing or start - max(ends) < 0.3 * body[0].size:
        return []
    return [(max(ends), start)]


def _refined(xs: list[float], lines: Sequence[TextLine]) -> list[float]:
    """The edges, and those between columns of words that hardly any value stands in (a comment, say).

    Within a column but the first, a gap that all lines leave open and that some line has text on both
    sides of is an edge of its own.
    """
    made = [xs[0], xs[1]]
    for left, right in pairwise(xs[1:]):
        own = [part for line in lines if (part := _between(line, left, right)) is not None]
        if any(line.parted() for line in own):
            made += [_edge(gap, own) for gap in open_gaps(own)]
        made.append(right)
    return made


def _between(line: TextLine, left: float, right: float) -> TextLine | None:
    """The words of a line that lie between two edges; None where a word reaches over one of them."""
    words = [word for word in line.words if left <= (word.box.x0 + word.box.x1) / 2 <= right]
    if not words or words[0].box.x0 < left - 2 or words[-1].box.x1 > right + 2:
        return None
    return TextLine(line.y, line.top, line.bottom, line.size, words)


def _telling(lines: Sequence[TextLine], cuts: Sequence[float], answers: Container[str]) -> list[TextLine]:
    """The lines to judge columns by: those with values, else those below the first rule, else all.

    A line right above the first value that names columns tight enough to be a header counts as well.
    """
    body = [line for line in lines if not cuts or line.y > cuts[0]]
    stated = [line.parted() and any(is_stated(text, answers) for text in line.said()[1:]) for line in body]
    if sum(stated) >= 3:
        telling = [line for line, told in zip(body, stated, strict=True) if told]
        rows = [line for line in telling if not names_years(line)]
        return rows if len(rows) >= 3 else telling
    return body if sum(line.parted() for line in body) > 1 else list(lines)


def _clear(gap: tuple[float, float], lines: Sequence[TextLine]) -> bool:
    """Whether a gap is so wide, on so many lines, that drawn borders must have left a column out."""
    return len(lines) >= 3 and gap[1] - gap[0] >= 1.0 * max(line.size for line in lines)


def _respected(breaks: Sequence[float], lines: Sequence[TextLine]) -> bool:
    """Whether hardly any line's text runs across the breaks: then they are column edges."""
    edges = sorted(breaks)
    crossing = sum(
        bisect_right(edges, word.box.x0 + 1) < bisect_left(edges, word.box.x1 - 1)
        for line in lines
        for word in line.words
    )
    return crossing <= len(lines) // 6


def _edge(gap: tuple[float, float], lines: Sequence[TextLine]) -> float:
    """Where in an open strip the edge lies: in the middle of the widest part that no header reaches into."""
    lo, hi = gap
    if hi - lo < 1.0:
        return (lo + hi) / 2
    taken: list[tuple[float, float]] = []
    for line in lines:
        for run in line.segments(0.45):
            for part in _flush_parts(run, lo, hi):
                x0, x1 = part[0].box.x0, part[-1].box.x1
                if (x0 < hi and x1 > lo) and not (x0 <= lo and x1 >= hi):
                    taken.append((max(x0, lo), min(x1, hi)))
    best, at = (0.0, (lo + hi) / 2), lo
    for x0, x1 in sorted(taken):
        best = max(best, (x0 - at, (x0 + at) / 2))
        at = max(at, x1)
    return max(best, (hi - at, (hi + at) / 2))[1]


def _flush_parts(run: Sequence[Word], lo: float, hi: float) -> list[Sequence[Word]]:
    """A run across an open strip as two where a word of it begins flush with the column behind the strip:
    heads of two columns that nearly touch."""
    if run[0].box.x0 > lo or run[-1].box.x1 < hi:
        return [run]
    for at, (before, word) in enumerate(pairwise(run), start=1):
        if abs(word.box.x0 - hi) < FLUSH and word.box.x0 - before.box.x1 > TOUCHING * word.size:
            return [run[:at], run[at:]]
    return [run]


def _bands(rows: Sequence[Row], cuts: Sequence[float]) -> list[list[Row]]:
    bands: list[list[Row]] = [[] for _ in range(len(cuts) + 1)]
    for row in rows:
        bands[bisect_right(cuts, row.line.y)].append(row)
    return [band for band in bands if band]


def _row_edges(area: Area, groups: Sequence[Sequence[Row]], cuts: Sequence[float]) -> list[float]:
    ys = [min(area.top, groups[0][0].line.top)]
    for before, after in pairwise(groups):
        low, high = max(row.low for row in before), min(row.high for row in after)
        cut = next((y for y in cuts if low - 2 < y < high + 2), None)
        ys.append(cut if cut is not None else (low + high) / 2)
    ys.append(max(area.bottom, *(row.line.bottom for row in groups[-1])))
    return ys
