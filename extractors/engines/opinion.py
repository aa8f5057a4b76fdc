"""What another engine reads in a region: its grid and its texts, in points from the page's top left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opinion:
    """A table as another engine reads it.

    Attributes:
        engine: ``camelot-hybrid``, ``camelot-stream`` or ``pdfplumber``.
        xs, ys: column and row edges in points, origin at the page's top left, both ascending.
        rows: texts by row and column (lines of a cell parted by ``\\n``).
    """

    engine: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
