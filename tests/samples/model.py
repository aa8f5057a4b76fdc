"""A sample document as data: what it says (blocks) and how it is set (styles)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Align = Literal["left", "centre", "right"]
Rules = Literal["grid", "horizontal", "booktabs", "none"]
Orientation = Literal["units_in_rows", "indicators_in_rows", "none"]


@dataclass(frozen=True, slots=True)
class CellText:
    """One cell as data: its logical text and what it spans.

    Attributes:
        text: may hold ``^2^`` (a superscript mark) and soft hyphens (places to break a word).
        fill: ``#rrggbb`` or None.
    """

    text: str
    cols: int = 1
    rows: int = 1
    fill: str | None = None
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class TableStyle:
    """How a table is drawn.

    Attributes:
        rules: ``grid`` every border; ``horizontal`` a line under each row; ``booktabs`` over, under the head
            and below; ``none`` columns held apart by space alone.
        zebra: fill of every second body row, or None.
        rotate: height in points of header leaves turned by 90 degrees, or None.
        rotate_from: first column whose head is turned.
        hyphenate: break words in cells with a hyphen where they do not fit.
        split_rows: a row may be split by a page break.
        shift_on_break: points by which a continuation's inner column edges differ.
        rules_as: draw rules as strokes or as thin filled rectangles (as word processors do).
        last_bold: how many rows at the end are set bold.
    """

    rules: Rules = "grid"
    zebra: str | None = None
    header_fill: str | None = None
    header_bold: bool = True
    rotate: float | None = None
    rotate_from: int = 1
    hyphenate: bool = False
    repeat_header: bool = False
    repeat_title: bool = False
    split_rows: bool = False
    shift_on_break: float = 0.0
    rules_as: Literal["stroke", "fill"] = "stroke"
    line_width: float = 0.5
    size: float = 8.5
    leading: float = 1.2
    pad_x: float = 4.0
    pad_y: float = 2.5
    align: Align = "left"
    label_align: Align = "left"
    width: float = 1.0
    last_bold: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """How a document is set; lengths are points.

    Attributes:
        header, footer: running texts; ``{page}`` and ``{pages}`` stand for page numbers.
        compress: deflate the streams (smaller files, but bytes then depend on the machine's zlib).
    """

    page: tuple[float, float] = (595.28, 841.89)
    margins: tuple[float, float, float, float] = (64.0, 62.0, 64.0, 64.0)
    font: Literal["vera", "helvetica", "times"] = "vera"
    size: float = 9.5
    leading: float = 1.4
    headings: tuple[float, ...] = (17.0, 13.0, 10.5)
    columns: int = 1
    gutter: float = 22.0
    hyphenate: bool = False
    justify: bool = False
    header: str | None = None
    footer: str | None = None
    page_number: Literal["none", "centre", "outer", "of"] = "centre"
    numbers_from: int = 1
    caption_above: bool = True
    table: TableStyle = field(default_factory=TableStyle)
    compress: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` is 1 (highest) to 3."""

    text: str
    level: int = 1
    in_contents: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``**bold**`` and ``^1^`` (superscript) are the only marks."""

    text: str
    size: float | None = None
    bold: bool = False
    italic: bool = False
    align: Align = "left"
    after: float | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bulleted or numbered list."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table as logical rows.

    Attributes:
        header: rows of cells; a cell covered by a span from above or from the left is left out.
        rows: body rows, one cell for each column (spans again leave out what they cover).
        units: a unit row under the header (``%``, ``kr``), or empty.
        orientation: what the cells state, for :func:`expected_observations`; ``none`` states nothing.
        unit: for ``indicators_in_rows`` with one answer column: whose answers they are.
        ignored_rows, ignored_cols: labels of rows and columns that are no observations (Min–Max, Kommentar).
        widths: relative column widths, or empty for automatic ones.
        overrides: fields of :class:`TableStyle` that this table sets for itself.
    """

    header: tuple[tuple[CellText, ...], ...]
    rows: tuple[tuple[CellText, ...], ...]
    label: str | None = None
    caption: str | None = None
    label_inline: bool = False
    units: tuple[CellText, ...] = ()
    notes: tuple[str, ...] = ()
    orientation: Orientation = "none"
    unit: str | None = None
    ignored_rows: tuple[str, ...] = ()
    ignored_cols: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    overrides: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BarChart:
    """A bar chart with gridlines: looks like a table, states nothing that can be read as one."""

    caption: str
    bars: tuple[tuple[str, float], ...]
    unit: str = "%"
    height: float = 150.0


@dataclass(frozen=True, slots=True)
class Legend:
    """A key: a small filled square and its meaning, one on each line."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the bottom of the page on which it stands."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents with dot leaders, made of the headings up to ``depth``."""

    title: str = "Innehåll"
    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a new page."""


@dataclass(frozen=True, slots=True)
class Section:
    """From here on: so many text columns, upright or landscape pages."""

    columns: int = 1
    landscape: bool = False


Block = (
    Heading
    | Paragraph
    | ListBlock
    | TableBlock
    | BarChart
    | Legend
    | Footnote
    | Contents
    | PageBreak
    | Section
)


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """A document: its name (file name without ``.pdf``), PDF title and blocks."""

    name: str
    title: str
    blocks: tuple[Block, ...]
