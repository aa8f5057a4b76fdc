"""Whether aligned text is a table: content decides, for prose in columns and lists align as well."""

from __future__ import annotations

from extractors.tables.align import Aligned
from extractors.tables.rows import is_stated
from extractors.tables.textlines import is_short_answer, is_value


def enough_columns(made: Aligned, *, ruled: bool, coloured: int = 0) -> bool:
    """Whether a reading by alignment is tabular matter.

    Args:
        ruled: rules bound it (then words will do); without any rule most cells must be values.
        coloured: how many rows have a ground over some of the columns: then the colour is the answer.
    """
    n_cols = made.layout.n_cols
    rows = made.rows
    full = sum(len({run.first for row in group for run in row.runs}) > 1 for group in rows)
    if ruled and made.drawn and len(rows) > 2 and n_cols > 1 and coloured * 2 >= len(rows):
        return True
    if n_cols < 2 or full == 0:
        return False
    texts = [text for group in rows for row in group for col, text in row.texts.items() if col > 0]
    stated = sum(is_stated(text, made.answers) for text in texts)
    short = sum(is_value(text) or is_short_answer(text) for text in texts)
    if ruled:
        if len(rows) == 1:
            label = next((row.texts.get(0, "") for row in rows[0]), "")
            return made.drawn or (stated * 2 >= len(texts) and n_cols > 2 and not is_value(label))
        return full * 2 >= len(rows) and short * 3 >= 2 * len(texts)
    if len(rows) < 2 or full * 4 < 3 * len(rows):
        return False
    cells = stating = 0  # a comment of many lines is one cell
    for group in rows[made.layout.header_rows :]:
        cells += len({col for row in group for col in row.texts if col > 0})
        stating += len(
            {col for row in group for col, text in row.texts.items() if col and is_stated(text, made.answers)}
        )
    return stating * 10 >= 5 * cells
