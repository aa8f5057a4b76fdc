"""When the rule for years is wrong: an edition's figures that stand in a neighbouring year of Kolada's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline.kolada.compare import Comparison, compare
from pipeline.kolada.figures import Kolada
from pipeline.reference import ValueUnit

#: Years around the expected one that are fetched and tried.
NEIGHBOURS = (-2, -1, 1)
#: A neighbour is proposed when at least so many figures are found there, this share of them equal …
LEAST, ENOUGH = 4, 0.8
#: … while in the expected year at most this share is.
TOO_FEW = 0.4


@dataclass(frozen=True, slots=True)
class PeriodHint:
    """An indicator's figures of one edition agree with another of Kolada's years than the one compared.

    Attributes:
        year, better: Kolada's year by the rule, and the one that agrees.
        equal, of: how many figures agree there, of those that Kolada has there.
        row: ready to paste into periods.csv.
    """

    indicator_id: str
    edition: int
    year: int
    better: int
    equal: int
    of: int
    row: str


def period_hints(
    comparisons: Iterable[Comparison], kolada: Kolada, units: Mapping[str, ValueUnit]
) -> tuple[PeriodHint, ...]:
    """Editions whose figures stand in a neighbouring year.

    Answers tell nothing, for they seldom change; a printed period is never questioned.
    """
    groups: dict[tuple[str, int, int], list[Comparison]] = defaultdict(list)
    for one in comparisons:
        printed = one.printed
        if printed.by_rule and printed.answer is None and printed.edition is not None:
            groups[printed.indicator.indicator_id, printed.edition, printed.period].append(one)
    hints = []
    for (indicator_id, edition, year), group in sorted(groups.items()):
        better = _better(group, kolada, units)
        if better is not None:
            offset, equal, of = better
            row = f"{indicator_id},,{edition},{edition},{year + offset - edition},Bekräfta mot källan"
            hints.append(PeriodHint(indicator_id, edition, year, year + offset, equal, of, row))
    return tuple(hints)


def _better(
    group: list[Comparison], kolada: Kolada, units: Mapping[str, ValueUnit]
) -> tuple[int, int, int] | None:
    """Years away, equal and found of the neighbour that agrees best, None when none agrees enough."""
    if _equal(group)[0] > TOO_FEW * len(group):
        return None
    tried = []
    for offset in NEIGHBOURS:
        moved = [replace(one.printed, period=one.printed.period + offset) for one in group]
        equal, of = _equal([compare(one, kolada, units) for one in moved])
        if of >= LEAST and equal >= ENOUGH * of:
            tried.append((offset, equal, of))
    return max(tried, key=lambda one: (one[1], -abs(one[0])), default=None)


def _equal(group: list[Comparison]) -> tuple[int, int]:
    """How many are equal, and how many could be compared."""
    equal = sum(one.outcome == "equal" for one in group)
    return equal, equal + sum(one.outcome == "differs" for one in group)
