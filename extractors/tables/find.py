"""Tables of one page: regions from lines and fills, each read by the engine that suits it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.geometry import PageGeometry
from extractors.tables.align import Area, column_edges, read_aligned, twins
from extractors.tables.assign import words_in_cells
from extractors.tables.barriers import parted, within_reach
from extractors.tables.charts import chart_boxes
from extractors.tables.doubt import sureness
from extractors.tables.gates import enough_columns
from extractors.tables.grow import with_turned
from extractors.tables.headabove import with_head_above, with_labels_beside
from extractors.tables.keep import Kept
from extractors.tables.lattice import parts_columns, parts_rows, read_grid
from extractors.tables.leftover import TOP_OF_PAGE, leftover
from extractors.tables.model import Layout, PageSource, PageTable
from extractors.tables.openends import with_header, with_lead, with_tail
from extractors.tables.openruns import lone_row, open_areas
from extractors.tables.page import STRIPED, Page
from extractors.tables.rows import answers_of
from extractors.tables.ruledareas import ruled_areas
from extractors.tables.rules import Region
from extractors.tables.spans import parted as cells_parted
from extractors.tables.stripes import inside
from extractors.tables.textcolumns import by_rules, by_text_column
from extractors.tables.textlines import TextLine, lines_of
from pipeline.model import Word

#: A frame on a page with drawings holds a table when it has at least so many rows.
LEAST_ROWS = 5


def find_page_tables(geometry: PageGeometry, words: list[Word], source: PageSource) -> tuple[PageTable, ...]:
    """The tables (and table-like things, by their hint) of one page, from top to bottom.

    Charts come first, for their frames and gridlines look like tables; then regions of rules and fills,
    then what horizontal rules bound, and last what space alone keeps apart.

    Args:
        geometry: what is drawn on the page (points, origin top left).
        words: the page's words in the order of the content stream.
        source: where the page can be read again, and what the page before was like.
    """
    page = Page(geometry, words, source.gutter)
    kept = Kept(page, source)
    for box in chart_boxes(words, geometry, page.regions):
        kept.add_chart(box, words)
    if source.before is not None:
        _read_leftover(source.before, page, kept)
    for region in page.regions:
        _read_region(region, page, kept)
    rest = kept.free_words()
    lines = lines_of(rest) if kept.boxes else page.lines
    before = len(kept.boxes)
    for rules, own in by_rules(kept.free_rules(), lines, page.gutters):
        for area in ruled_areas(rules, own, geometry.width):
            _read_open(area, rest, kept, ruled=True)
    if len(kept.boxes) > before:
        lines = lines_of(kept.free_words())
    if (left := lone_row(lines, geometry.height)) is not None:
        _read_lone(left, kept)
    for column in by_text_column(lines, page.gutters):
        _read_column(column, kept)
    return tuple(sorted(kept.tables, key=lambda table: (round(table.box.top), table.box.x0)))


def _read_region(region: Region, page: Page, kept: Kept) -> None:
    """Read a region of lines and fills: as a grid where it is one, else by alignment."""
    if kept.takes(region):
        return
    words = page.inside(region.x0, region.top, region.x1, region.bottom)
    if not words and len(region.hs) < STRIPED:
        return
    ruled = page.ruled(region)
    if (rest := _rest_of_row(ruled, words, page)) is not None:
        kept.add(rest, words, "grid", least=1)
        return
    if len(words) < 2 and len(region.hs) < STRIPED:
        return
    mute = len(words) * 2 < page.coloured(region.x0, region.top, region.x1, region.bottom)
    area = None if ruled.vs and not mute else page.area(ruled, aside=mute)
    layout = None
    if area is None or _same_place(area, region):
        layout = _grid(region, ruled, words, page)
        if layout is not None and layout.complete:
            layout = with_head_above(with_labels_beside(layout, page.lines), page.lines)
            kept.add(layout, page.inside(layout.xs[0], layout.ys[0], region.x1, region.bottom))
            return
    area = area or page.area(ruled)
    _clip(area, kept)
    words = page.inside(area.x0, area.top, area.x1, area.bottom)
    made = read_aligned(area, words)
    bare = _bare(region)
    if bare and page.geometry.n_curves and (made is None or len(made.rows) < LEAST_ROWS):
        return  # a frame around a drawing
    coloured = page.coloured_rows(area) if made is not None else 0
    if made is not None and enough_columns(made, ruled=not bare, coloured=coloured):
        made.layout.confidence = sureness(made, ruled=not bare)
        kept.add(made.layout, words)
    elif layout is not None:
        kept.add(layout, words)


def _rest_of_row(ruled: Region, words: list[Word], page: Page) -> Layout | None:
    """The rest of a row that a page break split: one ruled row at the page's top, most cells empty.

    :func:`join_tables` gives it back to its row, or calls it a layout when it continues no table.
    """
    if ruled.top > TOP_OF_PAGE * page.geometry.height or len(ruled.vs) < 4 or len(ruled.hs) > 2:
        return None
    layout = read_grid(ruled, words)
    if layout is None or layout.n_rows != 1 or layout.n_cols < 3 or not layout.complete:
        return None
    filled = {sum(x <= word.box.centre[0] for x in layout.xs[1:-1]) for word in words}
    layout.confidence = 0.8
    return layout if len(filled) * 2 < layout.n_cols else None


def _bare(region: Region) -> bool:
    """Whether nothing is drawn inside the region's border."""
    inner = any(region.top + 4 < h.at < region.bottom - 4 for h in region.hs)
    return not inner and not any(region.x0 + 4 < v.at < region.x1 - 4 for v in region.vs)


def _grid(region: Region, ruled: Region, words: list[Word], page: Page) -> Layout | None:
    """The region's grid from rules alone, else from rules and fills; ``complete`` where it is."""
    best: Layout | None = None
    tries = [ruled] if ruled.vs or not page.grounds else []
    if page.grounds:
        tries.append(region)
    for attempt in tries:
        layout = read_grid(attempt, words)
        if layout is None or layout.n_cols < 2 or layout.n_rows < 2:
            continue
        per_cell = words_in_cells(layout, words, page.splitter)
        whole = layout.spans
        filled = attempt is region and bool(page.grounds)
        layout = cells_parted(layout, per_cell, fills=filled, grounds=page.grounds)
        if layout.spans != whole:
            per_cell = words_in_cells(layout, words, page.splitter)
        layout.complete = not parts_rows(layout, per_cell) and not parts_columns(layout, per_cell)
        if layout.complete:
            return layout
        best = best or layout
    return best


def _clip(area: Area, kept: Kept) -> None:
    """Cut, in place, what of a grown area lies in tables found already, above or below its middle."""
    middle = (area.top + area.bottom) / 2
    for x0, top, x1, bottom in kept.boxes:
        if x0 >= area.x1 - 3 or x1 <= area.x0 + 3 or top >= area.bottom or bottom <= area.top:
            continue
        if (top + bottom) / 2 > middle:
            area.bottom = max(min(area.bottom, top), area.top)
        else:
            area.top = min(max(area.top, bottom), area.bottom)


def _read_column(lines: Sequence[TextLine], kept: Kept) -> None:
    """Tables without rules among the lines of one text column."""
    answers = answers_of(lines)
    for area in (found for part in parted(lines) for found in open_areas(part, answers)):
        free = [line for line in lines if not kept.takes_line(line)]
        own = inside(free, area.x0, area.top, area.x1, area.bottom)
        xs = column_edges(area, own, (), answers_of(own) | answers)
        if len(xs) > 2:
            near = within_reach(free, area.top, area.bottom)
            whole = with_tail(with_header(with_lead(area, xs, near), xs, near), xs, near)
            _read_open(whole, kept.free_words(), kept, ruled=False)


def _read_open(area: Area, rest: Sequence[Word], kept: Kept, *, ruled: bool) -> None:
    """Read an area that is no grid, and keep it when it is tabular matter."""
    area = with_turned(area, rest, ())
    words = [
        w
        for w in rest
        if area.top - 1 <= w.box.centre[1] <= area.bottom + 1
        and area.x0 - 2 <= w.box.centre[0] <= area.x1 + 2
    ]
    made = read_aligned(area, words)
    if made is not None and (middle := twins(made)) is not None:
        left = max((w.box.x1 for w in words if w.box.centre[0] < middle), default=middle)
        right = min((w.box.x0 for w in words if w.box.centre[0] > middle), default=middle)
        for part in (replace(area, x1=left + 1), replace(area, x0=right - 1)):
            _read_open(part, words, kept, ruled=ruled)
        return
    if made is not None and enough_columns(made, ruled=ruled):
        made.layout.confidence = sureness(made, ruled=ruled)
        kept.add(made.layout, words)


def _read_leftover(before: PageTable, page: Page, kept: Kept) -> None:
    """Keep what a page break split from the last row of the page before, when it stands alone."""
    layout = leftover(before, page.lines, page.hs, page.geometry.height)
    if layout is not None and not any(
        len(region.vs) > 3 and region.top < layout.ys[1] and region.bottom > layout.ys[0]
        for region in page.regions  # there the table goes on in a grid of its own
    ):
        words = page.inside(layout.xs[0], layout.ys[0], layout.xs[-1], layout.ys[-1])
        kept.add(layout, words, "grid", least=1)


def _read_lone(area: Area, kept: Kept) -> None:
    """Keep a single row for :func:`join_tables`, which calls it a layout when it continues no table."""
    words = [word for word in kept.free_words() if area.top <= word.box.centre[1] <= area.bottom]
    made = read_aligned(area, words)
    if made is not None and len(made.rows) == 1:
        made.layout.confidence = 0.8
        kept.add(made.layout, words, "grid")


def _same_place(area: Area, region: Region) -> bool:
    """Whether the area has not grown beyond the region."""
    return (
        area.x0 > region.x0 - 4
        and area.x1 < region.x1 + 4
        and area.top > region.top - 4
        and area.bottom < region.bottom + 4
    )
