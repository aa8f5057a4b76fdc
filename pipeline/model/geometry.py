"""Bounding boxes. Pages are 1-based; lengths are PDF points; the origin is the page's top left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A bounding box on one page.

    Attributes:
        page: 1-based page number in the PDF file.
        x0, top, x1, bottom: PDF points from the top left corner of the page as it is shown
            (after its /Rotate); ``x0 <= x1`` and ``top <= bottom``.
    """

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """The middle as ``(x, y)`` in points from the top left."""
        return ((self.x0 + self.x1) / 2, (self.top + self.bottom) / 2)

    def contains(self, x: float, y: float) -> bool:
        """Whether the point (points from the top left) lies inside or on the edge."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def overlap(self, other: Box) -> float:
        """The shared area in square points; 0.0 on different pages."""
        if self.page != other.page:
            return 0.0
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0


def union(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """The smallest box per page that covers all given boxes, in page order."""
    per_page: dict[int, Box] = {}
    for box in boxes:
        had = per_page.get(box.page)
        per_page[box.page] = (
            box
            if had is None
            else Box(
                box.page,
                min(had.x0, box.x0),
                min(had.top, box.top),
                max(had.x1, box.x1),
                max(had.bottom, box.bottom),
            )
        )
    return tuple(per_page[page] for page in sorted(per_page))
