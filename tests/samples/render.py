"""From a sample document to PDF bytes: the flow of blocks over frames and pages."""

from __future__ import annotations

from dataclasses import dataclass

from tests.samples import model
from tests.samples.fonts import Run, font_name, plain, width, wrap_text
from tests.samples.grid import Grid, Strip
from tests.samples.pages import Known, Pages, Place


@dataclass(frozen=True, slots=True)
class Rendered:
    """The PDF's bytes, its number of pages and where each text stands."""

    data: bytes
    n_pages: int
    places: tuple[Place, ...]


class Flow(Pages):
    """Sets blocks one after the other."""

    def paragraph(self, block: model.Paragraph) -> None:
        """Running text."""
        size = block.size or self.style.size
        lines = wrap_text(
            block.text,
            self.style.font,
            size,
            self.frame_width,
            bold=block.bold,
            italic=block.italic,
            hyphenate=self.style.hyphenate,
        )
        self.set_lines(lines, size, block.text, align=block.align)
        self.y += size * 0.75 if block.after is None else block.after

    def heading(self, block: model.Heading, follower: model.Block | None = None) -> None:
        """A heading, kept with the next lines or, before a table, with its title and first rows."""
        size = self.style.headings[min(block.level, len(self.style.headings)) - 1]
        lines = wrap_text(block.text, self.style.font, size, self.frame_width, bold=True)
        if self.y > self.frame_top:
            self.y += size * 0.6
        kept = 62.0
        if isinstance(follower, model.TableBlock):
            kept = 30 + self._least(follower, Grid(follower, self.style, self.frame_width))
        self.need(len(lines) * size * self.style.leading + kept)
        self.headings.setdefault(block.text, self.page)
        self.set_lines(lines, size, block.text, align="ragged")
        self.y += size * 0.35

    def bullets(self, block: model.ListBlock) -> None:
        """A list with hanging indents."""
        size, indent = self.style.size, 18.0
        for number, item in enumerate(block.items, start=1):
            mark = f"{number}." if block.numbered else "•"
            lines = wrap_text(
                item, self.style.font, size, self.frame_width - indent, hyphenate=self.style.hyphenate
            )
            self.need(size * self.style.leading * min(2, len(lines)))
            self.pen.text(Run(mark, font_name(self.style.font), size), self.x + 5, self.y + size * 0.95)
            self.set_lines(lines, size, item, indent=indent)
            self.y += size * 0.3
        self.y += size * 0.4

    def footnote(self, block: model.Footnote) -> None:
        """Reserve room at the bottom of this page and remember the note."""
        text = f"^{block.mark}^ {block.text}"
        lines = wrap_text(text, self.style.font, 7.5, self.right - self.left)
        self.notes.append(lines)
        self.bottom -= 10 * len(lines) + (8 if len(self.notes) == 1 else 0)
        self.places.append(Place(plain(text), ((0, self.page),)))

    def legend(self, block: model.Legend) -> None:
        """Coloured squares and their meanings."""
        size = self.style.size
        for colour, meaning in block.entries:
            lines = wrap_text(meaning, self.style.font, size, self.frame_width - 20)
            self.need(len(lines) * size * self.style.leading)
            self.pen.fill(self.x, self.y + 1, self.x + 11, self.y + 11, colour)
            self.set_lines(lines, size, meaning, indent=18)
            self.y += 2
        self.y += size * 0.5

    def contents(self, block: model.Contents) -> None:
        """A table of contents with dot leaders, from the pages known of an earlier pass."""
        self.heading(model.Heading(block.title, 2, in_contents=False))
        size, font = self.style.size, font_name(self.style.font)
        for entry in self.document.blocks:
            if not (isinstance(entry, model.Heading) and entry.in_contents and entry.level <= block.depth):
                continue
            self.need(size * 1.5)
            number = str(self.known.headings.get(entry.text, 0))
            indent = (entry.level - 1) * 14
            room = self.frame_width - indent - width(number, font, size) - 6
            shown = entry.text
            while width(shown + " ..", font, size) > room:
                shown = shown[:-1]
            dots = int((room - width(shown + " ", font, size)) / width(".", font, size))
            y = self.y + size * 0.95
            self.pen.text(Run(f"{shown} {'.' * dots}", font, size), self.x + indent, y)
            edge = self.x + self.frame_width - width(number, font, size)
            self.pen.text(Run(number, font, size), edge, y)
            self.y += size * 1.5
        self.y += size

    # -- figures and tables --------------------------------------------------------------------

    def chart(self, block: model.BarChart) -> None:
        """Horizontal bars over gridlines, with a caption below."""
        size, font = 7.5, font_name(self.style.font)
        self.need(block.height + 30)
        left = self.x + max(width(label, font, size) for label, _ in block.bars) + 8
        room, top = self.x + self.frame_width - left - 24, self.y + 4
        most = max(value for _, value in block.bars) * 1.1
        for tick in range(6):
            x = left + room * tick / 5
            self.pen.rule(x, top, x, top + block.height, width=0.3)
            self.pen.text(Run(f"{most * tick / 5:.0f}", font, size), x - 4, top + block.height + 10)
        step = block.height / len(block.bars)
        for number, (label, value) in enumerate(block.bars):
            y = top + number * step
            self.pen.fill(left, y + step * 0.2, left + room * value / most, y + step * 0.8, "#4f81bd")
            self.pen.text(Run(label, font, size), self.x, y + step * 0.5 + 3)
            shown = f"{value:g}".replace(".", ",") + f" {block.unit}"
            self.pen.text(Run(shown, font, size), left + room * value / most + 3, y + step * 0.5 + 3)
        self.y = top + block.height + 22
        self.paragraph(model.Paragraph(block.caption, size=8.0, italic=True))

    def title_lines(self, block: model.TableBlock) -> list[tuple[str, bool]]:
        """Label and caption as lines: (text, bold)."""
        if block.label and block.caption and block.label_inline:
            return [(f"**{block.label}** {block.caption}", False)]
        return [(text, bold) for text, bold in ((block.label, True), (block.caption, False)) if text]

    def title_height(self, block: model.TableBlock) -> float:
        """Height of label and caption with the gap below, points."""
        size, total = self.style.size, 0.0
        for text, bold in self.title_lines(block):
            lines = wrap_text(text, self.style.font, size, self.frame_width, bold=bold)
            total += len(lines) * size * self.style.leading + 3
        return total + 2 if total else 0.0

    def table_title(self, block: model.TableBlock) -> None:
        """Label and caption."""
        for text, bold in self.title_lines(block):
            lines = wrap_text(text, self.style.font, self.style.size, self.frame_width, bold=bold)
            self.set_lines(lines, self.style.size, text, align="ragged")
            self.y += 3
        if self.title_lines(block):
            self.y += 2

    def table(self, block: model.TableBlock) -> None:
        """A table over as many frames as it needs."""
        self.table_number += 1
        grid = Grid(block, self.style, self.frame_width)
        above = self.style.caption_above
        self.need(self._least(block, grid))
        if above:
            self.table_title(block)
        self._body(block, grid, [Strip(row, grid.heights[row]) for row in range(grid.head_all)])
        if not above:
            self.y += 4
            self.table_title(block)
        self.y += 6
        for note in block.notes:
            self.paragraph(model.Paragraph(note, size=7.5, after=2))
        self.y += 6

    def _least(self, block: model.TableBlock, grid: Grid) -> float:
        """Height of the title, the header and one body row."""
        title = self.title_height(block) if self.style.caption_above else 0.0
        return title + sum(grid.heights[: grid.head_all + 1])

    def _body(self, block: model.TableBlock, grid: Grid, head: list[Strip]) -> None:
        strips, shift = list(head), 0.0
        used = sum(strip.height for strip in head)
        queue = [Strip(row, grid.heights[row]) for row in range(grid.head_all, grid.n_rows)]
        while queue:
            strip = queue[0]
            if self.y + used + strip.height <= self.bottom + 0.01 or not strips:
                strips.append(queue.pop(0))
                used += strip.height
                continue
            parts = self._split(grid, strip, self.bottom - self.y - used)
            if parts:
                strips.append(parts[0])
                queue[0] = parts[1]
            self._draw(grid, strips, shift)
            self.next_frame()
            if grid.style.repeat_title:
                self.table_title(block)
            strips = list(head) if grid.style.repeat_header else []
            used, shift = sum(strip.height for strip in strips), shift + grid.style.shift_on_break
        self._draw(grid, strips, shift)

    def _draw(self, grid: Grid, strips: list[Strip], shift: float) -> None:
        grid.draw(self.pen, strips, self.x, self.y, shift=shift)
        shown = {strip.row for strip in strips if strip.start == 0}
        self.places += [
            Place(plain(placed.cell.text), ((0, self.page),), self.table_number, placed.row, placed.col)
            for placed in grid.cells
            if placed.row in shown
        ]
        self.y += sum(strip.height for strip in strips)

    @staticmethod
    def _split(grid: Grid, strip: Strip, room: float) -> tuple[Strip, Strip] | None:
        """The part of a row that fits into ``room`` points and the rest."""
        if not grid.splittable(strip.row):
            return None
        total = grid.n_lines(strip.row)
        fits = int((room - 2 * grid.style.pad_y) / grid.line_height)
        if fits < 1 or strip.start + fits >= total:
            return None
        cut = strip.start + fits
        high = (total - cut) * grid.line_height + 2 * grid.style.pad_y
        kept = fits * grid.line_height + 2 * grid.style.pad_y
        return Strip(strip.row, kept, strip.start, cut), Strip(strip.row, high, cut, None)

    # -- the whole -----------------------------------------------------------------------------

    def section(self, block: model.Section) -> None:
        """Change the number of text columns or the page's orientation."""
        turned = block.landscape != self.landscape
        was, self.columns, self.landscape = self.columns, block.columns, block.landscape
        if turned:
            if self.y > self.frame_top or self.frame:
                self.end_page()
            else:
                self.page -= 1
            self.begin_page()
        elif was != block.columns:
            self.begin_frames(max(self.deepest, self.y))

    def block(self, block: model.Block, follower: model.Block | None) -> None:
        """Set one block, knowing the one after it."""
        match block:
            case model.Heading():
                self.heading(block, follower)
            case model.Paragraph():
                self.paragraph(block)
            case model.ListBlock():
                self.bullets(block)
            case model.TableBlock():
                self.table(block)
            case model.BarChart():
                self.chart(block)
            case model.Legend():
                self.legend(block)
            case model.Footnote():
                self.footnote(block)
            case model.Contents():
                self.contents(block)
            case model.PageBreak():
                self.frame = self.columns - 1
                self.next_frame()
            case model.Section():
                self.section(block)

    def finish(self) -> Rendered:
        """Close the last page and give the bytes."""
        blocks = self.document.blocks
        for block, follower in zip(blocks, (*blocks[1:], None), strict=True):
            self.block(block, follower)
        self.end_page()
        self.canvas.save()
        return Rendered(self.buffer.getvalue(), self.page, tuple(self.places))


def lay_out(document: model.SampleDocument, style: model.Style) -> Rendered:
    """Set the document; a first pass finds page numbers where something prints them."""
    known = Known({}, 0)
    texts = (style.header or "") + (style.footer or "")
    twice = style.page_number == "of" or "{pages}" in texts
    if twice or any(isinstance(block, model.Contents) for block in document.blocks):
        first = Flow(document, style, known)
        known = Known(first.headings, first.finish().n_pages)
    return Flow(document, style, known).finish()


def render(document: model.SampleDocument, style: model.Style) -> bytes:
    """The PDF of the document in the style: the same bytes for the same input."""
    return lay_out(document, style).data
