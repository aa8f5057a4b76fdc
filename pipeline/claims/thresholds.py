"""Units on a side of a stated level: "tre kommuner har längre väntetid än 115 dagar", "ingen når 90 procent".

The level is no unit's value. It divides the members of the table, and the sentence says how many, or which,
lie on one side of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from pipeline.claims.assertion import MEMBERS, CompareSaid, Owner
from pipeline.claims.binding import Bound
from pipeline.claims.lexicon import load_lexicon
from pipeline.claims.listed import SetFound
from pipeline.claims.mentions import Annotated, Clause, Figure
from pipeline.claims.units import ANSWERS

#: What a level's hedge says of those on its side.
SIDE_OF = {"more": "higher", "less": "lower", "at_least": "at_least", "at_most": "at_most"}
_QUANTIFIERS = (
    "list", "only", "count", "fraction", "all", "none", "all_except", "all_but_count", "most", "nearly_all",
    "few",
)  # fmt: skip
_LEVELS = ("percent", "number", "share", "fraction")


def in_label(figure: Figure | None, bound: Bound) -> bool:
    """Whether a number is part of what the indicator is called (högst 14 dagar, 18–24 år): no result."""
    if figure is None or figure.kind not in ("number", "range") or figure.bracket:
        return False
    printed = _numbers(figure.text)
    return bool(printed) and any(printed <= _numbers(target.column.words) for target in bound.targets)


@lru_cache(maxsize=5_000)
def _numbers(text: str) -> frozenset[int]:
    """The numbers that stand in a text, in digits or in words from two on ("en" is an article too)."""
    told = load_lexicon().numbers
    words = (told.get(word, 0) for word in re.findall(r"[a-zåäö]+", text.lower()))
    return frozenset([*map(int, re.findall(r"\d+", text)), *(number for number in words if number > 1)])


def levelled(
    note: Annotated, clause: Clause, sets: list[SetFound], bound: Bound
) -> tuple[list[SetFound], Figure | None]:
    """The sets with the level that they are divided by, where the clause speaks of columns of figures."""
    if not bound.targets or any(target.column.unit == ANSWERS for target in bound.targets):
        return sets, None
    return with_threshold(note, clause, sets, [figure for figure in note.figures if in_label(figure, bound)])


def with_threshold(
    note: Annotated, clause: Clause, sets: list[SetFound], in_label: Iterable[Figure]
) -> tuple[list[SetFound], Figure | None]:
    """The sets of a clause with the level that their units lie on a side of, and that level; the sets as
    they are and None where the clause states no level or no set.

    Args:
        in_label: figures that belong to what the indicator is called ("högst 14 dagar").
    """
    levels = _levels(note, clause, sets, frozenset(in_label))
    shared = any(level.kind in ("share", "fraction") for level in levels)
    counting = [one for one in sets if _divided(one, shared)]
    if len(levels) != 1 or not counting:
        return sets, None
    level = levels[0]
    right = Owner("figure", None, _printed(note, level))
    than = CompareSaid(MEMBERS, right, (SIDE_OF[level.hedge or ""],), right_figure=level)
    made = []
    for one in sets:
        if one not in counting:
            made.append(one)
            continue
        exhaustive = one.said.quantifier == "only"
        said = replace(one.said, than=than, exhaustive=exhaustive)
        made.append(SetFound(said, min(one.start, level.start), max(one.end, level.end), f"{one.rule}.level"))
    return made, level


def of_counted(note: Annotated, figure: Figure, owner: Owner) -> bool:
    """Whether a level is told of some units that a number counts ("i tre stadsdelar"): of no one's own."""
    return figure.hedge in SIDE_OF and any(
        group.text == owner.label
        and any(one.kind == "number" and 0 <= group.start - one.end <= 1 for one in note.figures)
        for group in note.groups
    )


def _divided(one: SetFound, shared: bool) -> bool:
    """Whether a set can be told by a level; a plain list only by "nine of ten", else the figure is theirs."""
    said = one.said
    if said.owner.scope not in ("members", "city") or said.than is not None:
        return False
    return said.quantifier in _QUANTIFIERS and (shared or said.quantifier != "list")


def _levels(
    note: Annotated, clause: Clause, sets: list[SetFound], in_label: frozenset[Figure]
) -> list[Figure]:
    own = {
        one.said.figure.start
        for one in sets
        if one.said.figure is not None and one.said.figure.kind != "share"
    }
    return [
        figure
        for figure in note.figures
        if clause.start <= figure.start < clause.end
        and figure.kind in _LEVELS
        and figure.hedge in SIDE_OF
        and not figure.bracket
        and figure not in in_label
        and figure.start not in own
        and not any(one.said.figure is figure and one.start == figure.start for one in sets)
    ]


def _printed(note: Annotated, level: Figure) -> str:
    text = level.text.strip()
    return text if level.unit is None or text.endswith(level.unit) else f"{text} {level.unit}"


def level_in(level: Figure, unit: str | None) -> float | None:
    """A level in the unit of a column (weeks as days, nine of ten as 90 per cent); None when it cannot
    be told."""
    if level.kind == "share":
        return 100 * level.value / level.high if level.high and unit in ("procent", None) else None
    if level.kind == "fraction":
        return level.value if unit in ("procent", None) else None
    if level.unit is not None and level.unit.startswith("veck"):
        return 7 * level.value if unit == "dagar" else None
    if level.unit is not None and level.unit.startswith(("månad", "år", "dygn", "timm")):
        return level.value if unit is not None and level.unit.startswith(unit[:4]) else None
    return level.value
