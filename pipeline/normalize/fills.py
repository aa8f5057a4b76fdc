"""Which fills of a table's cells can be answers, and which are mere shading of rows or columns."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.normalize.colours import colour_name
from pipeline.normalize.context import Context
from pipeline.normalize.shape import Shape

#: A column in one fill throughout is shading when it has at least this many rows that say different things.
_COLUMN_ROWS = 3


def answer_colours(shape: Shape, cols: Sequence[int], context: Context) -> dict[tuple[int, int], str]:
    """Position → colour name, for value cells whose fill is their own.

    A fill that the row's label has too (zebra stripes, a shaded total row), or that runs through a whole
    column of differing texts, is shading and says nothing.
    """
    shaded_cols = {col for col in cols if _is_shaded_column(shape, col)}
    found: dict[tuple[int, int], str] = {}
    for row in shape.body:
        label = shape.grid.at(row, shape.label_cols[-1])
        label_fill = None if label is None else label.fill
        for col in cols:
            cell = shape.grid.at(row, col)
            if cell is None or cell.fill is None or col in shaded_cols or cell.fill == label_fill:
                continue
            name = colour_name(cell.fill, context.registers)
            if name is not None:
                found[(row, col)] = name
    return _without_grey_shading(found, shape, cols)


def _without_grey_shading(
    found: dict[tuple[int, int], str], shape: Shape, cols: Sequence[int]
) -> dict[tuple[int, int], str]:
    """Grey says something only of single cells: grey rows with texts, or grey on most cells, are shading."""
    grey = {place for place, name in found.items() if name == "gra"}
    if 2 * len(grey) > len(shape.body) * len(cols):
        return {place: name for place, name in found.items() if name != "gra"}
    shaded = {
        row
        for row in {row for row, _ in grey}
        if len(cols) > 1
        and all((row, col) in grey for col in cols)
        and any(shape.grid.text(row, col) for col in cols)
    }
    return {place: name for place, name in found.items() if name != "gra" or place[0] not in shaded}


def _is_shaded_column(shape: Shape, col: int) -> bool:
    cells = [shape.grid.at(row, col) for row in shape.body]
    fills = {None if cell is None else cell.fill for cell in cells}
    texts = {cell.text.strip().casefold() for cell in cells if cell is not None}
    return len(cells) >= _COLUMN_ROWS and len(fills) == 1 and len(texts) > 1
