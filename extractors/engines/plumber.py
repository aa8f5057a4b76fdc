"""pdfplumber: second opinions on tables that are ruled in part."""

from __future__ import annotations

from pathlib import Path

from extractors.engines.opinion import Opinion

#: Points around the area that pdfplumber is shown: it drops edges on the border.
MARGIN = 2.0


def read_area(
    path: Path, page: int, area: tuple[float, float, float, float], columns: list[float]
) -> Opinion | None:
    """What pdfplumber reads in an area of a page: rows by its rules, else by its lines of text.

    Args:
        path, page: the PDF and its 1-based page.
        area: ``x0, top, x1, bottom`` in points from the top left.
        columns: x of the column edges to go by; empty for its own judgement.

    Returns:
        The largest table it finds, None when it finds none. The page is released.
    """
    import pdfplumber

    settings: dict[str, object] = {"horizontal_strategy": "text", "vertical_strategy": "text"}
    if columns:
        # its lines of text end with their words, so they must be let reach the outer edges
        settings |= {
            "vertical_strategy": "explicit",
            "explicit_vertical_lines": columns,
            "intersection_x_tolerance": max(columns) - min(columns),
        }
    with pdfplumber.open(path, pages=[page]) as pdf:
        if not pdf.pages:
            return None
        shown = pdf.pages[0]
        try:
            x0, top, x1, bottom = shown.bbox
            inside = (
                max(area[0] - MARGIN, x0),
                max(area[1] - MARGIN, top),
                min(area[2] + MARGIN, x1),
                min(area[3] + MARGIN, bottom),
            )
            if inside[0] >= inside[2] or inside[1] >= inside[3]:
                return None
            tables = shown.crop(inside).find_tables(settings)
            if not tables:
                return None
            table = max(tables, key=lambda found: len(found.cells))
            texts = table.extract()
            xs = sorted({float(x) for cell in table.cells for x in (cell[0], cell[2])})
            ys = sorted({float(y) for cell in table.cells for y in (cell[1], cell[3])})
            rows = tuple(tuple((text or "").strip() for text in row) for row in texts if any(row))
            return Opinion("pdfplumber", tuple(xs), tuple(ys), rows)
        finally:
            shown.close()
