"""The ends of a table without rules: its header above and the last lines of its last row below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.tables.align import Area
from extractors.tables.columns import SPACE
from extractors.tables.rows import is_unit
from extractors.tables.stripes import inside
from extractors.tables.textlines import COLUMN_GAP, TextLine, level_room

#: Lines of a wrapped label stand at most so many font sizes apart.
TAIL_STEP = 1.45
#: A header has at most so many lines.
HEADER_LINES = 6
#: A bold header in the middle of a high row may end so many font sizes above the first row.
BOLD_STEP = 3.4


def with_header(area: Area, xs: Sequence[float], lines: Sequence[TextLine]) -> Area:
    """An open area with the lines of its header: tight above it, over its columns, and no caption.

    Args:
        xs: the column edges that its rows have (points).
        lines: the page's free lines of text from top to bottom.
    """
    above = [part for line in lines if line.y < area.top and (part := _reaching(area, line))]
    top, before, x0, x1 = area.top, area.top, area.x0, area.x1
    units = False
    own = inside(lines, area.x0, area.top, area.x1, area.bottom)
    labels = labels_end(xs, own)
    unlabelled = bool(own) and own[0].x0 > labels
    heavy = sum(word.bold for line in own for word in line.words) * 4 < sum(len(line.words) for line in own)
    roomy = max(2.6, level_room(own))
    for count, line in enumerate(reversed(above)):
        bold = heavy and all(word.bold for word in line.words)
        step = roomy if count == 0 or units or bold else 1.7
        if count == 0 and bold and line.parted():
            step = max(step, BOLD_STEP)
        if before - line.y > step * max(line.size, 1.0) or count >= HEADER_LINES:
            break
        lone = count or unlabelled or line.words[0].bold or _below_header(above[: -1 - count], roomy, labels)
        if lone and line.x0 >= area.x0 - 4 and line.x1 <= labels + 2:
            before = line.y  # the labels' own header, at half the height of a header of two levels
            continue
        if (
            not names_columns(xs, line, labels)
            or line.x0 < area.x0 - 4
            or len(line.segments(COLUMN_GAP)) > len(xs)
        ):
            break
        top, before = line.top - 0.5, line.y
        units = sum(is_unit(word.text) for word in line.words) * 2 > len(line.words)
        x0, x1 = min(x0, line.x0 - 1), max(x1, line.x1 + 1)
    return replace(area, top=top, x0=x0, x1=x1)


def _below_header(above: Sequence[TextLine], step: float, labels: float) -> bool:
    """Whether the next line up is bold and names several columns: then a lone label below it is a row's, or
    the rest of one that a page break split."""
    if len(above) < 2:
        return False
    own = [line for line in above if line.y > above[-1].y - step * above[-1].size]
    named = [
        line for line in own if len([run for run in line.segments(COLUMN_GAP) if run[0].box.x0 > labels]) > 1
    ]
    return bool(named) and all(word.bold for line in named for word in line.words)


def with_lead(area: Area, xs: Sequence[float], lines: Sequence[TextLine]) -> Area:
    """An open area with the first lines of its first row's label, which stands higher than the values: tight
    above it, within the label's column, and the label runs on below them in lower case (or begins there)."""
    own = inside(lines, area.x0, area.top, area.x1, area.bottom)
    above = [line for line in lines if line.y < area.top and area.x0 - 4 <= line.x0 and line.x1 <= xs[1] + 1]
    if not own or len(xs) < 3:
        return area
    first, top = own[0], area.top
    for line in reversed(above):
        unlabelled = first.x0 > xs[1] - 1
        if first.y - line.y > TAIL_STEP * first.size or line.y > first.y:
            break
        if not unlabelled and not first.words[0].text[0].islower() and line.words[-1].text[-1] not in "-/(":
            break
        first, top = line, line.top - 0.5
    return replace(area, top=top)


def with_tail(area: Area, xs: Sequence[float], lines: Sequence[TextLine]) -> Area:
    """An open area with the last lines of its last row: tight below it, each run within one column."""
    below = inside(lines, area.x0 - 6, area.bottom, area.x1 + 6, 1e9)
    bottom, own = area.bottom, inside(lines, area.x0, area.top, area.x1, area.bottom)
    if not own:
        return area
    before = own[-1]
    for line in below[:4]:
        if line.y - before.y > TAIL_STEP * max(line.size, 1.0) or line.size > 1.05 * before.size:
            break
        runs = line.segments(COLUMN_GAP)
        if any(run[0].box.x0 < x - 1 and run[-1].box.x1 > x + 1 for run in runs for x in xs[1:-1]):
            break
        bottom, before = line.bottom + 0.5, line
    return replace(area, bottom=bottom)


def _reaching(area: Area, line: TextLine) -> TextLine | None:
    """The part of a line that stands over the area, with the words that go on from it on either side."""
    words = line.words
    own = [i for i, w in enumerate(words) if w.box.x0 <= area.x1 and w.box.x1 >= area.x0]
    if not own:
        return None
    first, last = own[0], own[-1]
    near = COLUMN_GAP * max(line.size, 1.0)
    while first > 0 and words[first].box.x0 - words[first - 1].box.x1 < near:
        first -= 1
    while last + 1 < len(words) and words[last + 1].box.x0 - words[last].box.x1 < near:
        last += 1
    return TextLine(line.y, line.top, line.bottom, line.size, words[first : last + 1])


def labels_end(xs: Sequence[float], own: Sequence[TextLine]) -> float:
    """x where the longest label ends, by the lines of the table; near the first edge when there is none."""
    ends = [
        run[-1].box.x1 for line in own for run in line.segments(COLUMN_GAP)[:1] if run[-1].box.x1 <= xs[1] + 1
    ]
    return max(ends) if ends else xs[1] - 12.0


def names_columns(xs: Sequence[float], line: TextLine, labels: float) -> bool:
    """Whether a line names columns: each run over a column or a few, none over the labels alone, none
    from the labels (which end at ``labels``) on into the columns, as a caption does."""
    runs = line.segments(SPACE)
    broad = any(run[-1].box.x1 - run[0].box.x0 > 0.6 * (xs[-1] - xs[0]) for run in runs)
    if len(xs) < 3 or broad or any(len(run) > 12 for run in runs):
        return False
    over = any(run[0].box.x0 < labels - 1 and run[-1].box.x1 > labels + 2.0 * line.size for run in runs)
    if over and len(runs) < 3:
        return False
    return any(run[0].box.x0 > labels - 1 for run in runs)
