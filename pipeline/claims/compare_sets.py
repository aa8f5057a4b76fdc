"""How many units lie on a side of another's figure: "tre av kommunerna har kortare väntan än riket"."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.assertion import MEMBERS, CompareSaid, SetSaid
from pipeline.claims.binding import Target
from pipeline.claims.compare import Compared
from pipeline.claims.decide import Verdict, shown, undecidable, value_of
from pipeline.claims.listed import SetFound
from pipeline.claims.thresholds import level_in
from pipeline.claims.units import holds_kind, in_unit_of, kind_of
from pipeline.claims.view import Line
from pipeline.model import Observation

_SIDES = ("higher", "lower")
_SIDE_TOLD = {"higher": "högre än", "lower": "lägre än", "at_least": "minst", "at_most": "högst"}
_COUNTING = (
    "only",
    "count",
    "fraction",
    "all",
    "none",
    "all_except",
    "all_but_count",
    "most",
    "nearly_all",
    "few",
)


def sided(
    sets: list[SetFound], compared: tuple[Compared, ...]
) -> tuple[list[SetFound], tuple[Compared, ...]]:
    """The sets of a clause, those that count units on a side of a figure joined with that comparison."""
    counting = [one for one in sets if one.said.quantifier in _COUNTING and one.said.owner.scope == "members"]
    sides = [
        pair
        for pair in compared
        if pair.said.right.scope in ("riket", "lan")
        and set(pair.said.ops) <= set(_SIDES)
        and pair.said.by is None
    ]
    if counting:
        # "Alla utom A klarar det lika bra som riket": each of them is compared, not their mean
        compared = tuple(pair for pair in compared if pair.said.left is not MEMBERS or pair in sides)
    if len(counting) != 1 or not sides:
        return sets, compared
    found = counting[0]
    than = sides[0].said
    start, end = min(found.start, sides[0].start), max(found.end, sides[0].end)
    joined = SetFound(replace(found.said, than=than), start, end, f"{found.rule}.than")
    rest = tuple(pair for pair in compared if pair not in sides and pair.said.right.scope != "members")
    return [joined if one is found else one for one in sets], rest


def sides_of(said: SetSaid, than: CompareSaid, target: Target) -> dict[Line, bool | None] | Verdict:
    """Per member whether its figure lies on the side that is spoken of; a verdict where that is not known."""
    bound = _bound(than, target)
    if isinstance(bound, Verdict):
        return bound
    told: dict[Line, bool | None] = {}
    for line in target.view.members:
        seen = target.view.cell(line, target.column)
        value = _cell_value(than, target, seen)
        told[line] = None if value is None else _holds(than.ops, value, bound) != said.negative
    if all(one is None for one in told.values()):
        return undecidable("enheterna har inga tal i kolumnen")
    return told


def _bound(than: CompareSaid, target: Target) -> float | Verdict:
    """The figure that the units lie on a side of: a stated level, or another unit's cell."""
    if than.right.scope == "figure" and than.right_figure is not None:
        kind = kind_of(than.right_figure)
        level = level_in(than.right_figure, target.column.unit)
        if level is None or (kind is not None and not holds_kind(target.column, (kind,))):
            return undecidable("tabellens värde har en annan enhet än textens")
        return level
    bound, _ = value_of(target, than.right)
    return (
        undecidable(f"tabellen har inget tal för {than.right.label} i kolumnen") if bound is None else bound
    )


def _cell_value(than: CompareSaid, target: Target, seen: Observation | None) -> float | None:
    if seen is None or seen.value is None:
        return None
    if than.right.scope != "figure" or than.right_figure is None:
        return seen.value
    return in_unit_of(than.right_figure, target.column, seen.value_unit, seen.value)


def _holds(ops: tuple[str, ...], value: float, bound: float) -> bool:
    return any(
        {
            "higher": value > bound,
            "lower": value < bound,
            "at_least": value >= bound,
            "at_most": value <= bound,
        }[op]
        for op in ops
    )


def sides_shown(than: CompareSaid, target: Target) -> dict[str, object]:
    """What the table says of the comparison, for the message."""
    bound = _bound(than, target)
    return {
        "than": f"{_SIDE_TOLD[than.ops[0]]} {than.right.label}",
        "bound": shown(bound) if isinstance(bound, float) else "",
        "members": [
            f"{line.label} {shown(seen.value)}"
            for line in target.view.members
            if (seen := target.view.cell(line, target.column)) is not None and seen.value is not None
        ],
    }
