"""The span of a group's figures against the least and the greatest of a column."""

from __future__ import annotations

from pipeline.claims.binding import Target
from pipeline.claims.decide import Verdict, answers, is_answered, shown, undecidable
from pipeline.claims.mentions import Figure
from pipeline.claims.tolerance import same


def decide_span(figure: Figure, target: Target) -> Verdict | None:
    """A span of the members' figures, ends included; None where the column holds answers.

    The figures of riket and län count only where they bear the text out.
    """
    if is_answered((target,)) or figure.high is None or len(target.view.members) < 2:
        return None
    members = [seen for _, seen in answers(target.view, target.column) if seen is not None]
    values = [seen.value for seen in members if seen.value is not None]
    if len(values) < 2 or len(values) < len(target.view.members):
        return undecidable("alla enheter har inte ett tal i kolumnen")
    every = [target.view.cell(line, target.column) for line in target.view.lines]
    wide = values + [seen.value for seen in every if seen is not None and seen.value is not None]
    fits = any(_ends(figure, told) for told in (values, wide))
    found: dict[str, object] = {
        "columns": [target.column.label],
        "unit": "gruppen, lägst och högst",
        "values": [min(values), max(values)],
        "shown": [shown(min(values)), shown(max(values))],
        "counted": True,
    }
    return Verdict("supported" if fits else "refuted", found, tuple(members), None, "warning")


def _ends(figure: Figure, values: list[float]) -> bool:
    low, high = same(figure.value, figure.decimals, min(values)), figure.high
    return low and high is not None and same(high, figure.decimals, max(values))
