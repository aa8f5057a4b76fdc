"""What belongs to a grid without a ground or borders of its own: its head above, its labels to the left."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extractors.tables.align import Area
from extractors.tables.columns import SPACE
from extractors.tables.grow import holds_values
from extractors.tables.model import Layout, Span
from extractors.tables.openends import with_header
from extractors.tables.rows import answers_of, is_stated, names_years
from extractors.tables.stripes import inside
from extractors.tables.textlines import COLUMN_GAP, TextLine

#: A line of heads names at least this share of the columns; a caption does not.
NAMED = 0.6
#: At least this share of the rows has a label; lines of labels have at most so many words and begin flush.
LABELLED, WORDS, FLUSH = 0.6, 12, 4.0
#: The name of a group stands at least so many font sizes below the head above it.
GROUP_STEP = 1.4
#: A head stands at most so many font sizes above its grid.
NEAR = 2.6


def with_head_above(layout: Layout, lines: Sequence[TextLine]) -> Layout:
    """The layout with one row more at the top, when its head stands there without a ground of its own.

    So it is when the grid's first row holds one text over all columns (the first group of rows) or states
    values, and a line tight above it names most columns.

    Args:
        layout: a complete grid; lines: the page's lines of text from top to bottom.
    """
    if layout.header_rows or layout.n_cols < 3 or _begins_with_head(layout, lines):
        return layout
    xs, top = layout.xs, layout.ys[0]
    area = with_header(Area(xs[0], top, xs[-1], layout.ys[-1]), xs, lines)
    head = inside(lines, xs[0], area.top, xs[-1], top)
    if area.top >= top - 1 or not head or top - head[-1].y > NEAR * head[-1].size:
        return layout
    if any(holds_values([line]) and not names_years(line) for line in head):
        return layout  # the last row of what stands above
    named = {
        bisect_right(xs, (run[0].box.x0 + run[-1].box.x1) / 2)
        for line in head
        for run in line.segments(SPACE)
    }
    if len(named) < NAMED * layout.n_cols:
        return layout
    above = [area.top]
    if len(head) > 1 and head[-1].x1 < xs[1] and head[-1].y - head[-2].y > GROUP_STEP * head[-1].size:
        above.append((head[-2].bottom + head[-1].top) / 2)  # the first group of rows, below the head
    spans = [Span(row, col, 1, 1) for row in range(len(above)) for col in range(layout.n_cols)]
    spans += [Span(span.row + len(above), *span[1:]) for span in layout.spans]
    return replace(layout, ys=[*above, *layout.ys], spans=spans, header_rows=1)


def with_labels_beside(layout: Layout, lines: Sequence[TextLine]) -> Layout:
    """The layout with one column more at the left, when its rows are labelled there without a ground.

    So it is when the grid's own first column holds values, answers or nothing, most rows have a text of few
    words to the left that begins flush, and no line of these reaches over the edge of a row, as the lines of
    a text column beside the table do.

    Args:
        layout: a complete grid; lines: the page's lines of text from top to bottom.
    """
    xs, ys = layout.xs, layout.ys
    own = inside(lines, xs[0], ys[0], xs[-1], ys[-1])
    answers = answers_of(own)
    first = [run for line in inside(lines, xs[0], ys[0], xs[1], ys[-1]) for run in line.segments(COLUMN_GAP)]
    stated = sum(is_stated(" ".join(word.text for word in run), answers) for run in first)
    labels = inside(lines, 0.0, ys[0], xs[0] - 3.5, ys[-1])
    if layout.header_rows or stated * 3 < len(first) * 2 or not labels:
        return layout
    x0 = min(line.x0 for line in labels)
    rows = {bisect_right(ys, line.y) for line in labels}
    whole = not any(line.top + 1.5 < y < line.bottom - 1.5 for line in labels for y in ys[1:-1])
    flush = all(line.x0 - x0 <= FLUSH and len(line.words) <= WORDS for line in labels)
    if not (whole and flush) or len(rows) < LABELLED * layout.n_rows:
        return layout
    spans = [Span(row, 0, 1, 1) for row in range(layout.n_rows)]
    spans += [Span(span.row, span.col + 1, span.row_span, span.col_span) for span in layout.spans]
    return replace(layout, xs=[x0 - 2, *xs], spans=sorted(spans))


def _begins_with_head(layout: Layout, lines: Sequence[TextLine]) -> bool:
    """Whether the grid's first row names columns: several texts, and none of them a value or an answer."""
    xs, ys = layout.xs, layout.ys
    answers = answers_of(inside(lines, xs[0], ys[0], xs[-1], ys[-1]))
    first = inside(lines, xs[0], ys[0], xs[-1], ys[1])
    runs = [" ".join(word.text for word in run) for line in first for run in line.segments(COLUMN_GAP)]
    stated = sum(is_stated(text, answers) for text in runs)
    return len(runs) > 1 and stated * 2 < len(runs)
