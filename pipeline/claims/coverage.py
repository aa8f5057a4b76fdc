"""How much of the text was read: sentences, claims, and the figures that no claim covers."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.claims.mentions import Annotated
from pipeline.claims.owners import states_result
from pipeline.claims.rows import Draft


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts for run.json and the report.

    Attributes:
        sentences: sentences read (of running text, headings, lists and notes).
        with_figures_or_names: those that hold a figure, a unit or a group.
        claims, bound, decided: claims found, of them bound to a table, of them supported or refuted.
        uncovered_figures: ``(page, sentence, figure as printed)`` of figures no claim covers.
    """

    sentences: int = 0
    with_figures_or_names: int = 0
    claims: int = 0
    bound: int = 0
    decided: int = 0
    uncovered_figures: tuple[tuple[int, str, str], ...] = field(default=())


def uncovered(note: Annotated, drafts: list[Draft]) -> tuple[str, ...]:
    """The figures of a sentence that no claim's span covers, as printed."""
    spans = [(one.start, one.end) for one in drafts]
    return tuple(
        figure.text.strip()
        for figure in note.figures
        if (figure.kind == "points" or states_result(figure))
        and not any(start <= figure.start < end for start, end in spans)
    )
