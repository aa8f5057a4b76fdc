"""camelot: second opinions on tables without complete grids (hybrid over vectors, stream)."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Literal

from extractors.engines.opinion import Opinion

#: Points around the area that camelot is shown: it drops text that touches the border.
MARGIN = 2.0


def read_area(
    path: Path,
    page: int,
    area: tuple[float, float, float, float],
    height: float,
    flavor: Literal["hybrid", "stream"],
) -> Opinion | None:
    """What camelot reads in an area of a page.

    Args:
        path, page: the PDF and its 1-based page, which must not be turned by /Rotate.
        area: ``x0, top, x1, bottom`` in points from the top left.
        height: of the page in points (camelot's origin is the bottom left).
        flavor: ``hybrid`` finds rules in the vectors and text edges; ``stream`` goes by space alone.

    Returns:
        The largest table it finds, None when it finds none or fails on the page.
    """
    import camelot  # takes seconds to import, and most documents never need it

    x0, top, x1, bottom = area
    where = f"{x0 - MARGIN},{height - top + MARGIN},{x1 + MARGIN},{height - bottom - MARGIN}"
    options = {"engine": "vector"} if flavor == "hybrid" else {}
    logging.getLogger("camelot").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tables = camelot.read_pdf(
                str(path),
                pages=str(page),
                flavor=flavor,
                table_areas=[where],
                suppress_stdout=True,
                **options,
            )
        except (ValueError, IndexError, KeyError, TypeError, AttributeError, ZeroDivisionError):
            return None  # an opinion less: the own reading stands, with its confidence
    if not len(tables):
        return None
    table = max(tables, key=lambda found: len(found.rows) * len(found.cols))
    xs = (float(table.cols[0][0]), *(float(col[1]) for col in table.cols))
    ys = (height - float(table.rows[0][0]), *(height - float(row[1]) for row in table.rows))
    rows = tuple(tuple(str(text).strip() for text in row) for row in table.df.to_numpy().tolist())
    return Opinion(f"camelot-{flavor}", xs, ys, rows)
