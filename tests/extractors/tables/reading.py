"""Reads a sample document's tables through the public functions, and shows where they differ."""

from __future__ import annotations

from pathlib import Path

from extractors.engines.pdfium import open_pdf
from extractors.geometry import PageGeometry
from extractors.tables import Gap, Joined, PageSource, PageTable, find_page_tables, join_tables
from pipeline.model import Word
from tests.samples import ExpectedTable, SampleDocument, Style, render

Pages = dict[int, tuple[PageGeometry, list[Word]]]


def read_pdf_tables(path: Path) -> tuple[list[PageTable], tuple[Joined, ...]]:
    """All page tables of a PDF, and the logical tables made of them."""
    pages: Pages = {}
    found: list[PageTable] = []
    with open_pdf(path) as pdf:
        for number in range(1, pdf.n_pages + 1):
            geometry = pdf.geometry(number)
            words = geometry.words()
            pages[number] = geometry, words
            tables = find_page_tables(geometry, words, PageSource(path, number))
            found += sorted(tables, key=lambda table: _text_column(table, geometry.width))
    return found, join_tables(found, lambda a, b: _gap(pages, a, b))


def read_sample(document: SampleDocument, style: Style, folder: Path) -> tuple[Joined, ...]:
    """The logical tables of a sample document set in a style."""
    path = folder / "sample.pdf"
    path.write_bytes(render(document, style))
    return read_pdf_tables(path)[1]


def grids(tables: tuple[Joined, ...]) -> list[Joined]:
    """Those that are tabular matter."""
    return [table for table in tables if table.hint == "grid"]


def rows_of(table: Joined) -> tuple[tuple[str, ...], ...]:
    """Texts by row; a place that a span covers holds the empty string."""
    texts = {(cell.row, cell.col): cell.text for cell in table.cells}
    return tuple(
        tuple(texts.get((row, col), "") for col in range(table.n_cols)) for row in range(table.n_rows)
    )


def differences(table: Joined, expected: ExpectedTable) -> list[str]:
    """What is read otherwise than it was set, as lines to look at; empty when all is right."""
    want = {(cell.row, cell.col): cell for cell in expected.cells}
    have = {(cell.row, cell.col): cell for cell in table.cells}
    found = []
    if (table.n_rows, table.n_cols) != (expected.n_rows, expected.n_cols):
        found.append(f"size {table.n_rows}x{table.n_cols}, wanted {expected.n_rows}x{expected.n_cols}")
    for place in sorted(want.keys() | have.keys()):
        text = want[place].text if place in want else ""
        read = have[place].text if place in have else ""
        if text != read:
            found.append(f"{place}: {read!r}, wanted {text!r}")
    return found


def _text_column(table: PageTable, width: float) -> int:
    """0 for the left text column and what is wider than one, 1 for the right one."""
    return int(table.box.width < 0.5 * width and table.box.x0 > 0.5 * width)


def _gap(pages: Pages, a: PageTable, b: PageTable) -> Gap:
    """What stands between, told by margins: running texts stand in the outer 60 points."""
    above = [w.text for w in pages[b.page][1] if w.box.top > 60 and w.box.bottom < b.box.top + 1]
    below = [
        w.text
        for w in pages[a.page][1]
        if w.box.top > a.box.bottom - 1 and w.box.bottom < pages[a.page][0].height - 60
    ]
    if a.page == b.page:
        return Gap(text=False)
    before = [w.text for w in pages[a.page][1] if w.box.top > 60 and w.box.bottom < a.box.top + 1]
    repeated = bool(above) and before[-len(above) :] == above
    return Gap(text=bool(below) or (bool(above) and not repeated))
