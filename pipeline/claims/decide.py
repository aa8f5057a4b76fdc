"""Claims against tables: supported, refuted or undecidable, with what the table says and how it was
counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.claims.assertion import Assertion, CompareSaid, FigureSaid, Owner, RangeSaid, RankSaid, SetSaid
from pipeline.claims.binding import Target
from pipeline.claims.view import Column, Line, TableView
from pipeline.model import Observation


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a claim.

    Attributes:
        certainty: of a refuted claim: ``error``, ``warning`` or ``info``.
        found: what the table says, JSON-ready.
        evidence: observations that decided it.
    """

    verdict: str
    found: dict[str, object] = field(default_factory=dict)
    evidence: tuple[Observation, ...] = ()
    reason: str | None = None
    certainty: str = "error"


def undecidable(reason: str, **found: object) -> Verdict:
    """The verdict for what cannot be decided, with its Swedish reason."""
    return Verdict("undecidable", dict(found), (), reason)


def decide(assertion: Assertion) -> Verdict:
    """Decide one assertion against the columns it is bound to."""
    if not assertion.targets:
        return undecidable(assertion.reason or "påståendet kunde inte knytas till någon tabell")
    grounded, deciders = _deciders()
    said = grounded(assertion).said
    return deciders[type(said)](said, assertion.targets)


@lru_cache(maxsize=1)
def _deciders() -> tuple[Callable[[Assertion], Assertion], dict[type, Callable[..., Verdict]]]:
    """What grounds an assertion, and what decides each kind of it; those modules lean on this one."""
    from pipeline.claims.decide_figures import decide_comparison, decide_figure
    from pipeline.claims.decide_ranks import decide_range, decide_rank
    from pipeline.claims.decide_sets import decide_set
    from pipeline.claims.grounded import grounded

    return grounded, {
        SetSaid: decide_set,
        FigureSaid: decide_figure,
        CompareSaid: decide_comparison,
        RankSaid: decide_rank,
        RangeSaid: decide_range,
    }


def line_of(view: TableView, owner: Owner) -> Line | None:
    """The table's line for an owner: the members' mean, the city counted by stadsdelar, or the named unit."""
    if owner.scope == "members":
        return view.mean()
    if owner.scope == "city":
        shares = [line for line in view.lines if line.share and line.kind == "kommun"]
        return shares[0] if len(shares) == 1 else None
    return view.line(owner.key) if owner.key is not None else None


def answers(view: TableView, column: Column) -> list[tuple[Line, Observation | None]]:
    """The members of the table with their cells in a column."""
    return [(line, view.cell(line, column)) for line in view.members]


def is_answered(targets: Sequence[Target]) -> bool:
    """Whether the columns hold answers (JA, NEJ) of members."""
    return any(
        seen is not None and seen.answer is not None for t in targets for _, seen in answers(t.view, t.column)
    )


def truth(seen: Observation | None, degree: str, *, negative: bool) -> bool | None:
    """Whether a cell bears out the property: JA (also MED VISSA) does, DELVIS does not; None when it
    cannot say.

    A denial ("saknar") is borne out by NEJ; DELVIS neither bears it out nor contradicts it.
    """
    if seen is None or seen.answer is None:
        return None
    if degree == "partly":
        return (seen.answer == "DELVIS") != negative
    if degree == "whole_or_part":
        return seen.answer in ("JA", "DELVIS")
    if negative:
        return None if seen.answer == "DELVIS" else seen.answer == "NEJ"
    return seen.answer == "JA"


def truth_over(targets: Sequence[Target], line: Line, degree: str, *, negative: bool) -> bool | None:
    """The same over several columns: all must hold (of a denial too: saknar både A och B)."""
    outcomes = [truth(target.view.cell(line, target.column), degree, negative=negative) for target in targets]
    if any(outcome is False for outcome in outcomes):
        return False
    return None if any(outcome is None for outcome in outcomes) else True


def share_of(target: Target) -> float | None:
    """The percentage of members that answered JA, counted from the cells (0–100); None without answers."""
    told = [
        seen
        for _, seen in answers(target.view, target.column)
        if seen is not None and seen.answer is not None
    ]
    return 100 * sum(seen.answer == "JA" for seen in told) / len(told) if told else None


def mean_of(target: Target) -> float | None:
    """The mean of members' own figures; None when a member has none."""
    told = [
        seen.value
        for _, seen in answers(target.view, target.column)
        if seen is not None and seen.value is not None
    ]
    return sum(told) / len(told) if told and len(told) == len(target.view.members) else None


def value_of(target: Target, owner: Owner) -> tuple[float | None, Observation | None]:
    """The figure of an owner in a column: the printed cell, else (of the members) what the cells give."""
    line = line_of(target.view, owner)
    if line is None and owner.plural:
        return value_of(target, Owner("members", None, owner.label))
    if line is not None:
        seen = target.view.cell(line, target.column)
        if seen is not None and seen.value is not None:
            return seen.value, seen
        return None, seen
    if owner.scope == "members" and not owner.label and len(target.view.members) == 1:
        # in a table of one own unit "resultatet" is that unit's
        seen = target.view.cell(target.view.members[0], target.column)
        return (seen.value, seen) if seen is not None and seen.value is not None else (None, None)
    if owner.scope == "members" and len(target.view.members) > 1:
        share = share_of(target)
        return (share, None) if share is not None else (mean_of(target), None)
    return None, None


def shown(value: float) -> str:
    """A figure as Swedish text: no needless decimals, decimal comma."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


__all__ = [
    "RangeSaid",
    "RankSaid",
    "Verdict",
    "answers",
    "decide",
    "is_answered",
    "line_of",
    "mean_of",
    "share_of",
    "shown",
    "truth",
    "truth_over",
    "undecidable",
    "value_of",
]
