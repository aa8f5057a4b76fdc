"""A figure of several units: each of them has it, or all together do."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.claims.assertion import MEMBERS, FigureSaid
from pipeline.claims.binding import Target
from pipeline.claims.decide import Verdict, answers, is_answered, shown, undecidable, value_of
from pipeline.claims.tolerance import holds
from pipeline.claims.units import could_hold, in_unit_of
from pipeline.model import Observation

#: A sum of nobody in particular must name this much of a label.
TOTAL_LABEL = 0.6


def decide_joint(said: FigureSaid, targets: Sequence[Target]) -> Verdict:
    """The figure against each unit's cell and against their sum; of the whole group against its sum.

    A percentage said of several units together is a share of some whole, which no cell holds.
    """
    target, figure = targets[0], said.figure
    values, cells = _values(said, target)
    if not values or len(targets) > 1:
        return undecidable("tabellen har inget tal för alla uppräknade enheter")
    if said.each:
        fits = all(holds(figure, figure.value, one) for one in values)
        return Verdict("supported" if fits else "refuted", _found(said, target, values), tuple(cells))
    total = sum(values)
    share = figure.kind == "percent"
    if share and said.others and is_answered(targets):
        value, _ = value_of(target, MEMBERS)
        if value is not None and holds(figure, figure.value, value):
            return Verdict("supported", _found(said, target, [value]), tuple(cells))
    each = bool(said.others) and not said.joint and all(holds(figure, figure.value, one) for one in values)
    if each or (not share and holds(figure, figure.value, total)):
        return Verdict("supported", _found(said, target, values if each else [total]), tuple(cells))
    if not said.others and not said.owner.label and not _sure_total(target):
        return undecidable("texten säger inte tydligt vilken summa i tabellen den menar")
    if share or target.column.unit in ("procent", "svar", None):
        return undecidable("texten räknar samman flera enheter till en andel som tabellen inte visar")
    if said.others and not said.joint and len(set(values)) > 1:
        return undecidable("meningen säger inte om talet gäller var och en eller alla tillsammans")
    return Verdict("refuted", _found(said, target, [total]), tuple(cells))


def _sure_total(target: Target) -> bool:
    """Whether a sum that names nobody is surely this column: counted things, most of its label."""
    return target.column.unit == "antal" and target.label >= TOTAL_LABEL and not target.inherited


def _values(said: FigureSaid, target: Target) -> tuple[list[float], list[Observation]]:
    """The figures of the units spoken of; empty when one has none."""
    if said.others:
        pairs = [value_of(target, owner) for owner in said.others]
    else:
        pairs = [(seen.value if seen else None, seen) for _, seen in answers(target.view, target.column)]
    if any(value is None or not _fits_unit(said, target, seen) for value, seen in pairs):
        return [], []
    values = [
        in_unit_of(said.figure, target.column, seen.value_unit if seen is not None else None, value)
        for value, seen in pairs
        if value is not None
    ]
    return values, [seen for _, seen in pairs if seen is not None]


def _fits_unit(said: FigureSaid, target: Target, seen: Observation | None) -> bool:
    return seen is None or could_hold(said.figure, target.column, seen.value_unit)


def _found(said: FigureSaid, target: Target, values: list[float]) -> dict[str, object]:
    labels = [owner.label for owner in said.others]
    return {
        "columns": [target.column.label],
        "unit": " och ".join(labels) + ("" if said.each else " tillsammans")
        if labels
        else said.owner.label or "gruppen",
        "values": [round(value, 4) for value in values],
        "shown": [shown(value) for value in values],
        "counted": True,
    }
