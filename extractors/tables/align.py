"""Skeletons by alignment: rows are lines of text, columns are the gaps they leave open."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.tables.columns import column_gaps
from extractors.tables.headers import header_levels
from extractors.tables.model import Layout, Span
from extractors.tables.rowgroups import grouped, rules_bound_rows
from extractors.tables.rules import Line
from extractors.tables.textlines import TextLine, is_value, lines_of
from pipeline.model import Word

#: A rule over this share of the width bounds rows; a shorter one underlines a group of columns.
FULL_RULE = 0.7
#: Lines of a header that nothing sets apart stand at most so many font sizes apart.
TIGHT_HEADER = 1.5


@dataclass(slots=True)
class Placed:
    """A run of text on a line and the columns it stands in (``first`` to ``last``)."""

    words: list[Word]
    first: int
    last: int

    @property
    def text(self) -> str:
        """The run as printed."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].box.x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.words[-1].box.x1


@dataclass(slots=True)
class Row:
    """One printed line of a table, told apart into columns."""

    line: TextLine
    runs: list[Placed]
    texts: dict[int, str] = field(default_factory=dict)

    @property
    def values(self) -> int:
        """How many columns but the first hold something like a value."""
        return sum(col > 0 and is_value(text) for col, text in self.texts.items())


@dataclass(slots=True)
class Area:
    """Where a table is read by alignment.

    Attributes:
        x0, top, x1, bottom: in points.
        across: rules inside or on the border, from top to bottom; down: x of drawn separators.
        breaks: x where borders that are drawn cell by cell end and begin.
        full_rows: the rules (or fills) bound every row, so lines between two of them are one row.
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
    """A reading by alignment: the skeleton, the rows of text behind it, and whether columns are drawn."""

    layout: Layout
    rows: list[list[Row]]
    drawn: bool = False


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
    xs = column_edges(area, lines, cuts)
    if len(xs) < 3:
        return None
    rows = [place(line, xs) for line in lines]
    bands = _bands(rows, cuts)
    groups: list[list[Row]] = []
    header_rows = 0
    head = _header_band(bands)
    if head == 0 and (lead := leading_lines(bands[0])):
        bands, head = [bands[0][:lead], bands[0][lead:], *bands[1:]], 1
    bounded = rules_bound_rows(bands[head:])
    for index, band in enumerate(bands):
        if index < head:
            made = header_levels(band, len(xs) - 1, area.across)
            header_rows += len(made)
        else:
            made = [band] if bounded else grouped(band)
        groups += made
    if head == 0:
        header_rows = leading_header(groups)
    ys = _row_edges(area, groups, cuts)
    spans = _spans(groups, xs, header_rows, area.across)
    layout = Layout(xs, ys, spans, header_rows, False, "vector", 0.9)
    return Aligned(layout, groups, bool(area.breaks))


def _cuts(area: Area, lines: Sequence[TextLine]) -> list[float]:
    """y of the rules that run over the whole width, between the first line and the last."""
    width = area.x1 - area.x0
    made = [h.at for h in area.across if min(h.hi, area.x1) - max(h.lo, area.x0) >= FULL_RULE * width]
    first, last = lines[0].y, lines[-1].y
    return sorted(y for y in made if first < y < last)


def column_edges(area: Area, lines: Sequence[TextLine], cuts: Sequence[float]) -> list[float]:
    """Column edges (points) of the area, outer borders included."""
    body = _telling(lines, cuts)
    inner = sorted(x for x in area.down if area.x0 + 3 < x < area.x1 - 3)
    gaps = column_gaps(body, inner)
    if area.breaks and _respected(area.breaks, lines):
        hard = sorted({*inner, *(x for x in area.breaks if all(abs(x - y) > 3 for y in inner))})
        more = [gap for gap in gaps if not any(gap[0] - 3 <= x <= gap[1] + 3 for x in hard)]
        clear = [_edge(gap, lines) for gap in more if _clear(gap, body)]
        return [area.x0, *sorted([*hard, *clear]), area.x1]
    return [area.x0, *(_edge(gap, lines) for gap in gaps), area.x1]


def _telling(lines: Sequence[TextLine], cuts: Sequence[float]) -> list[TextLine]:
    """The lines to judge columns by: those with values, else those below the first rule, else all."""
    body = [line for line in lines if not cuts or line.y > cuts[0]]
    valued = [
        line
        for line in body
        if any(is_value(" ".join(word.text for word in run)) for run in line.segments(0.6)[1:])
    ]
    if len(valued) >= 3:
        return valued
    return body if sum(len(line.segments(0.6)) > 1 for line in body) > 1 else list(lines)


def _clear(gap: tuple[float, float], lines: Sequence[TextLine]) -> bool:
    """Whether a gap is so wide, on so many lines, that drawn borders must have left a column out."""
    return len(lines) >= 3 and gap[1] - gap[0] >= 1.0 * max(line.size for line in lines)


def _respected(breaks: Sequence[float], lines: Sequence[TextLine]) -> bool:
    """Whether hardly any line's text runs across the breaks: then they are column edges."""
    crossing = sum(
        any(word.box.x0 + 1 < x < word.box.x1 - 1 for x in breaks) for line in lines for word in line.words
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
            x0, x1 = run[0].box.x0, run[-1].box.x1
            if (x0 < hi and x1 > lo) and not (x0 <= lo and x1 >= hi):
                taken.append((max(x0, lo), min(x1, hi)))
    best, at = (0.0, (lo + hi) / 2), lo
    for x0, x1 in sorted(taken):
        best = max(best, (x0 - at, (x0 + at) / 2))
        at = max(at, x1)
    return max(best, (hi - at, (hi + at) / 2))[1]


def place(line: TextLine, xs: Sequence[float]) -> Row:
    """A line's runs of text with the columns they stand in.

    Neighbouring words in different columns are one run only when a word lies across the edge or
    they stand no further apart than words do.
    """
    runs: list[Placed] = []
    last_col = len(xs) - 2
    for word in line.words:
        x = (word.box.x0 + word.box.x1) / 2
        size = max(word.size, 1.0)
        first = min(max(bisect_right(xs, word.box.x0 + 0.15 * size) - 1, 0), last_col)
        last = min(max(bisect_right(xs, word.box.x1 - 0.15 * size) - 1, 0), last_col)
        col = min(max(bisect_right(xs, x) - 1, 0), last_col)
        if last > first and word.box.width < 3 * size and len(word.text) < 5:
            first = last = col
        if runs:
            run = runs[-1]
            gap = word.box.x0 - run.words[-1].box.x1
            if gap < 0.5 * size and (first <= run.last or gap < 0.36 * size):
                run.words.append(word)
                run.last = max(run.last, last)
                continue
        runs.append(Placed([word], first, last))
    texts: dict[int, str] = {}
    for run in runs:
        texts[run.first] = f"{texts[run.first]} {run.text}" if run.first in texts else run.text
    return Row(line, runs, texts)


def _bands(rows: Sequence[Row], cuts: Sequence[float]) -> list[list[Row]]:
    bands: list[list[Row]] = [[] for _ in range(len(cuts) + 1)]
    for row in rows:
        bands[bisect_right(cuts, row.line.y)].append(row)
    return [band for band in bands if band]


def _header_band(bands: Sequence[Sequence[Row]]) -> int:
    """How many bands at the top are headers: one, when rules set it apart and it holds no values."""
    if len(bands) < 2:
        return 0
    first = bands[0]
    values = sum(row.values for row in first)
    others = sum(sum(col > 0 for col in row.texts) for row in first)
    years = all(
        text.strip().isdigit() and len(text.strip()) == 4
        for row in first
        for col, text in row.texts.items()
        if col and is_value(text)
    )
    if others == 0 or len(first) > 12:
        return 0
    return 1 if values * 2 < others or years else 0


def leading_lines(rows: Sequence[Row]) -> int:
    """How many lines at the top are a wrapped header that no rule sets apart: they hold no values, stand
    tight, and name columns to the right; 0 when there is at most one, or no value follows."""
    first = next((index for index, row in enumerate(rows) if row.values), 0)
    while first > 0 and set(rows[first - 1].texts) == {0}:
        first -= 1  # the beginning of the first row's own label
    if first < 2:
        return 0
    steps = [b.line.y - a.line.y for a, b in itertools.pairwise(rows)]
    return first if max(steps) <= TIGHT_HEADER * rows[0].line.size else 0


def leading_header(groups: Sequence[Sequence[Row]]) -> int:
    """How many row groups before the first values are headers (at most three, never all)."""
    for index, group in enumerate(groups[:4]):
        values = sum(row.values for row in group)
        if values:
            return index
    return 0


def _row_edges(area: Area, groups: Sequence[Sequence[Row]], cuts: Sequence[float]) -> list[float]:
    ys = [min(area.top, groups[0][0].line.top)]
    for before, after in itertools.pairwise(groups):
        low = before[-1].line.y
        high = after[0].line.y
        cut = next((y for y in cuts if low < y < high), None)
        ys.append(cut if cut is not None else _between(before, after))
    ys.append(max(area.bottom, groups[-1][-1].line.bottom))
    return ys


def _between(before: Sequence[Row], after: Sequence[Row]) -> float:
    bottom = max(row.line.y + row.line.size * 0.3 for row in before)
    top = min(row.line.y - row.line.size * 0.3 for row in after)
    return (bottom + top) / 2


def _spans(
    groups: Sequence[Sequence[Row]], xs: Sequence[float], header_rows: int, across: Sequence[Line]
) -> list[Span]:
    """Cells of the rows; a run of text across several otherwise empty columns spans them."""
    n_cols = len(xs) - 1
    made: list[Span] = []
    for r, group in enumerate(groups):
        reach = list(range(n_cols))
        wide = [run for row in group for run in row.runs if run.last > run.first]
        for run in wide:
            others = [o for row in group for o in row.runs if o is not run]
            if not any(o.first <= run.last and run.first <= o.last for o in others):
                for col in range(run.first, run.last + 1):
                    reach[col] = run.first
        if r < header_rows:
            below = groups[r + 1] if r + 1 < len(groups) else []
            for first, last in _group_spans(group, below, xs, across, r < header_rows - 1):
                if all(reach[c] == c or first <= reach[c] <= last for c in range(first, last + 1)):
                    for col in range(first, last + 1):
                        reach[col] = first
        col = 0
        while col < n_cols:
            width = 1
            while col + width < n_cols and reach[col + width] == col:
                width += 1
            made.append(Span(r, col, 1, width))
            col += width
    return made


def _group_spans(
    group: Sequence[Row],
    below: Sequence[Row],
    xs: Sequence[float],
    across: Sequence[Line],
    grouping: bool,
) -> list[tuple[int, int]]:
    """Columns that a header of a higher level stands over: told by its underline, or centred over them."""
    if not below:
        return []
    low, high = group[-1].line.y, below[0].line.y
    made: list[tuple[int, int]] = []
    for rule in across:
        if low < rule.at < high and rule.hi - rule.lo < FULL_RULE * (xs[-1] - xs[0]):
            cols = [
                c
                for c in range(len(xs) - 1)
                if min(rule.hi, xs[c + 1]) - max(rule.lo, xs[c]) > 0.4 * (xs[c + 1] - xs[c])
            ]
            if len(cols) > 1:
                made.append((cols[0], cols[-1]))
    if made or not grouping:
        return made
    return _centred(group, below, len(xs) - 1)


def _centred(group: Sequence[Row], below: Sequence[Row], n_cols: int) -> list[tuple[int, int]]:
    extents: dict[int, tuple[float, float]] = {}
    for row in below:
        for run in row.runs:
            lo, hi = extents.get(run.first, (run.x0, run.x1))
            extents[run.first] = (min(lo, run.x0), max(hi, run.x1))
    runs = sorted((run for row in group for run in row.runs), key=lambda run: run.x0)
    taken = {col for run in runs for col in range(run.first, run.last + 1)}
    made: list[tuple[int, int]] = []
    for run in runs:
        middle = (run.x0 + run.x1) / 2
        best = (_miss(extents, run.first, run.last, middle), run.first, run.last)
        for first in range(run.first, -1, -1):
            if first != run.first and first in taken:
                break
            for last in range(run.last, n_cols):
                if last != run.last and last in taken:
                    break
                best = min(best, (_miss(extents, first, last, middle) + 0.01, first, last))
        if best[2] > best[1]:
            made.append((best[1], best[2]))
    return made


def _miss(extents: dict[int, tuple[float, float]], first: int, last: int, middle: float) -> float:
    """How far the middle of the columns' texts is from ``middle`` (points, in steps of three)."""
    if first not in extents or last not in extents:
        return 1e9
    return round(abs((extents[first][0] + extents[last][1]) / 2 - middle) / 3.0)
