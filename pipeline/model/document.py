"""What extractors give: one PDF file as pages, text blocks, sentences and tables with evidence.

Nothing here knows Öppna jämförelser: no indicator, no answer, no kommun.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.model.geometry import Box

BlockKind = Literal[
    "heading",  # with a level
    "paragraph",
    "list_item",
    "footnote",  # a note below the text or below a table
    "caption",  # bound to a table: its label and title
    "running",  # running header or footer, page number: not read as text
]
TableHint = Literal["grid", "contents", "chart", "layout", "form"]


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space, as printed.

    Attributes:
        size: font size in points (of the first character).
        angle: direction of reading in degrees counter-clockwise: 0, 90, 180 or 270.
        superscript: smaller and raised against its neighbours (a footnote mark).
    """

    text: str
    box: Box
    size: float
    bold: bool = False
    italic: bool = False
    angle: int = 0
    superscript: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size in points as shown, and how its text was had.

    Attributes:
        source: ``text`` (the PDF's own text layer), ``ocr`` (read from the picture),
            ``empty`` (nothing printed) or ``unreadable`` (a picture or garbage that could not be read).
        reason: a Swedish sentence when the page could not be read, else None.
    """

    number: int
    width: float
    height: float
    source: Literal["text", "ocr", "empty", "unreadable"]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in reading order, with one box per line that it runs over.

    Attributes:
        order: position among all sentences of the file (0-based).
        block: index into ``PdfDocument.blocks``.
        boxes: in reading order, possibly over several pages.
    """

    text: str
    order: int
    block: int
    boxes: tuple[Box, ...]

    @property
    def page(self) -> int:
        """The 1-based page on which the sentence begins."""
        return self.boxes[0].page


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or note, joined over lines, columns and pages.

    Attributes:
        text: line-break hyphens undone, lines joined by one space.
        level: 1 (highest) … for headings, else None.
        boxes: one per line.
        before_table: how many of ``PdfDocument.tables`` come before this block in reading order.
    """

    kind: BlockKind
    text: str
    boxes: tuple[Box, ...]
    level: int | None = None
    bold: bool = False
    size: float = 0.0
    before_table: int = 0

    @property
    def page(self) -> int:
        """The 1-based page on which the block begins."""
        return self.boxes[0].page


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, as printed.

    Attributes:
        row, col: 0-based position of its top left corner in the logical table.
        text: lines joined, line-break hyphens undone, footnote marks off.
        raw: verbatim, lines separated by ``\\n``, footnote marks included.
        marks: footnote marks that stood in the cell, in order (``("2",)``).
        box: the cell's own area (its rules or the extent of its text).
        fill: ``#rrggbb`` or None when it has no fill of its own (white is none).
        rotated: text runs at 90 or 270 degrees.
        readings: what other engines read in the same cell when they differ from ``text``.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    raw: str
    box: Box
    fill: str | None = None
    bold: bool = False
    italic: bool = False
    rotated: bool = False
    marks: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two engines read one cell differently."""

    row: int
    col: int
    engine: str
    reading: str
    other_engine: str
    other_reading: str


@dataclass(frozen=True, slots=True)
class Table:
    """A logical table: continued over pages it is still one.

    Attributes:
        index: position among the file's tables in reading order (0-based).
        label: as printed in its caption (``Tabell 3``, ``Bilaga 2``), None when there is none.
        caption: the title beside the label, or the line directly above, else None.
        heading: the nearest heading above the table, None at the document's start.
        header_rows: how many rows at the top are headers by structure (0 when it cannot be told).
        boxes: the table's area, one box per page it stands on.
        engine: which engine's reading is kept; agreement: 0–1 against a second, None when only one ran.
        hint: ``grid`` for tabular matter; the other kinds hold no tabular data.
    """

    index: int
    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    header_rows: int
    boxes: tuple[Box, ...]
    engine: str
    confidence: float
    agreement: float | None = None
    label: str | None = None
    caption: str | None = None
    heading: str | None = None
    hint: TableHint = "grid"
    reason: str | None = None
    notes: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def page_first(self) -> int:
        """1-based page on which the table begins."""
        return self.boxes[0].page

    @property
    def page_last(self) -> int:
        """1-based page on which the table ends."""
        return self.boxes[-1].page


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """Everything read from one PDF file, in reading order.

    Attributes:
        file_name: path relative to the inbox, with forward slashes.
        sha256: of the file's bytes, hexadecimal.
        title: the PDF's own title entry (often useless), or None.
    """

    file_name: str
    sha256: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]
    title: str | None = None
