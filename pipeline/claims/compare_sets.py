"""How many units lie on a side of another's figure: "tre av kommunerna har kortare väntan än riket"."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.assertion import CompareSaid, SetSaid
from pipeline.claims.binding import Target
from pipeline.claims.compare import Compared
from pipeline.claims.decide import Verdict, shown, undecidable, value_of
from pipeline.claims.listed import SetFound
from pipeline.claims.view import Line

_SIDES = ("higher", "lower")
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
    bound, _ = value_of(target, than.right)
    if bound is None:
        return undecidable(f"tabellen har inget tal för {than.right.label} i kolumnen")
    values = {line: target.view.cell(line, target.column) for line in target.view.members}
    if any(seen is None or seen.value is None for seen in values.values()):
        return undecidable("alla enheter har inte ett tal i kolumnen")
    higher = "higher" in than.ops
    told: dict[Line, bool | None] = {}
    for line, seen in values.items():
        value = seen.value if seen is not None and seen.value is not None else bound
        told[line] = (value > bound if higher else value < bound) != said.negative
    return told


def sides_shown(than: CompareSaid, target: Target) -> dict[str, object]:
    """What the table says of the comparison, for the message."""
    bound, _ = value_of(target, than.right)
    return {
        "than": f"{'högre' if 'higher' in than.ops else 'lägre'} än {than.right.label}",
        "bound": shown(bound) if bound is not None else "",
        "members": [
            f"{line.label} {shown(seen.value)}"
            for line in target.view.members
            if (seen := target.view.cell(line, target.column)) is not None and seen.value is not None
        ],
    }
