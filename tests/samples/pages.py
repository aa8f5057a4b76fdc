"""Pages and frames of a sample: where the next line goes, and what is printed at the edges."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.samples.fonts import Line, Run, font_name, plain, register, width
from tests.samples.model import SampleDocument, Style
from tests.samples.pen import Pen


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text was set: its logical text and the page of each of its lines.

    Attributes:
        offsets: (offset of the line's first character, approximately; 1-based page) for each line.
        table: 0-based number of the table that the cell belongs to, None for running text.
        row, col: the cell's place in the logical table.
    """

    text: str
    offsets: tuple[tuple[int, int], ...]
    table: int | None = None
    row: int | None = None
    col: int | None = None

    def page_of(self, part: str) -> int | None:
        """The page on which the part of the text begins, None when it does not stand here."""
        at = self.text.find(part)
        if at < 0:
            return None
        return max((offset, page) for offset, page in self.offsets if offset <= at + 2)[1]


@dataclass(frozen=True, slots=True)
class Known:
    """What only a first pass can tell: pages of headings, number of pages."""

    headings: Mapping[str, int]
    n_pages: int


class Pages:
    """The canvas with its pages and text frames; one object makes one PDF."""

    def __init__(self, document: SampleDocument, style: Style, known: Known) -> None:
        from reportlab.pdfgen.canvas import Canvas

        register()
        self.document, self.style, self.known = document, style, known
        self.buffer = io.BytesIO()
        self.canvas: Any = Canvas(
            self.buffer, pagesize=style.page, invariant=1, pageCompression=int(style.compress)
        )
        self.canvas.setTitle(document.title)
        self.canvas.setCreator("tests.samples")
        self.page = 0
        self.table_number = -1
        self.landscape = False
        self.columns = style.columns
        self.places: list[Place] = []
        self.headings: dict[str, int] = {}
        self.notes: list[list[Line]] = []
        self.begin_page()

    # -- pages and frames ----------------------------------------------------------------------

    def begin_page(self) -> None:
        """Start a page with fresh frames."""
        wide, high = self.style.page
        self.size = (high, wide) if self.landscape else (wide, high)
        self.canvas.setPageSize(self.size)
        self.pen = Pen(self.canvas, self.size[1])
        self.page += 1
        left, top, right, bottom = self.style.margins
        self.left, self.right = left, self.size[0] - right
        self.bottom = self.size[1] - bottom
        self.notes = []
        self.begin_frames(top)

    def begin_frames(self, top: float) -> None:
        """Frames (text columns) from ``top`` to the bottom margin."""
        self.frame_top, self.y, self.frame, self.deepest = top, top, 0, top
        gutters = (self.columns - 1) * self.style.gutter
        self.frame_width = (self.right - self.left - gutters) / self.columns

    @property
    def x(self) -> float:
        """Left edge of the frame."""
        return self.left + self.frame * (self.frame_width + self.style.gutter)

    def end_page(self) -> None:
        """Print running texts, notes and the page number, and show the page."""
        style, size = self.style, 7.5
        font = font_name(style.font)
        shown = {"page": self.page, "pages": self.known.n_pages}
        if self.notes:
            y = self.bottom + 4
            self.pen.rule(self.left, y, self.left + 90, y, width=0.4)
            for lines in self.notes:
                for line in lines:
                    y += 10
                    self.pen.line(line, self.left, y)
        if style.header:
            self.pen.text(Run(style.header.format(**shown), font, size), self.left, 34)
        below = self.size[1] - 30
        if style.footer:
            self.pen.text(Run(style.footer.format(**shown), font, size), self.left, below)
        if style.page_number != "none" and self.page >= style.numbers_from:
            text = f"{self.page} ({self.known.n_pages})" if style.page_number == "of" else str(self.page)
            wide = width(text, font, 8.5)
            x = (self.left + self.right - wide) / 2
            if style.page_number == "outer":
                x = self.left if self.page % 2 == 0 else self.right - wide
            elif style.page_number == "of":
                x = self.right - wide
            self.pen.text(Run(text, font, 8.5), x, 34 if style.page_number == "of" else below)
        self.canvas.showPage()

    def next_frame(self) -> None:
        """Go to the next text column, or to a new page."""
        fresh = self.y <= self.frame_top
        self.deepest = max(self.deepest, self.y)
        if self.frame + 1 < self.columns and not fresh:
            self.frame += 1
            self.y = self.frame_top
            return
        self.end_page()
        self.begin_page()

    def need(self, height: float) -> None:
        """Move on when less than ``height`` points are left (unless this is the top of a page)."""
        if self.y + height > self.bottom and self.y > self.style.margins[1]:
            self.next_frame()

    # -- texts ---------------------------------------------------------------------------------

    def set_lines(
        self, lines: list[Line], size: float, text: str, *, indent: float = 0.0, align: str = "left"
    ) -> None:
        """Set wrapped lines, breaking between any two of them, and remember their pages."""
        leading = size * self.style.leading
        offsets, seen = [], 0
        for number, line in enumerate(lines):
            left_over = len(lines) - number
            self.need(leading * (2 if left_over > 1 and number == 0 else 1))
            self.pen.line(
                line,
                self.x + indent,
                self.y + size * 0.95,
                room=self.frame_width - indent,
                align="justify" if align == "left" and self.style.justify else align,
            )
            offsets.append((seen, self.page))
            seen += len(plain("".join(run.text for run in line.runs if not run.raised))) + 1
            self.y += leading
        self.places.append(Place(plain(text), tuple(offsets)))
