"""Changes against a table that shows the same values for several years."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.assertion import MEMBERS, Owner
from pipeline.claims.binding import Target
from pipeline.claims.changes import Change
from pipeline.claims.decide import Verdict, answers, shown, value_of
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated
from pipeline.claims.owners import owner_of_name
from pipeline.claims.tolerance import holds
from pipeline.claims.view import Column


def decide_yearly(one: Change, note: Annotated, targets: tuple[Target, ...]) -> Verdict | None:
    """A change since an earlier year against the two years' cells; None when the table cannot tell.

    Args:
        targets: the columns spoken of, one of them at most per year.
    """
    if len(targets) != 1 or one.direction is None or one.base_year is None:
        return None
    target = targets[0]
    before, now = _column(target, one.base_year), _column(target, one.year) or target.column
    owner = _owner(one, note)
    if before is None or before.index == now.index or owner is None or target.column.unit == "svar":
        return None
    old, new = _value(replace(target, column=before), owner), _value(replace(target, column=now), owner)
    if old is None or new is None or (one.delta is not None and one.delta.kind == "percent"):
        return None
    gap = round(new - old, 6)
    fits = {"up": gap > 0, "down": gap < 0, "same": gap == 0}[one.direction]
    fits = fits and (one.delta is None or holds(one.delta, one.delta.value, abs(gap)))
    fits = fits and (one.value is None or holds(one.value, one.value.value, new))
    who = owner.label or "gruppen"
    told = f"tabellen visar {shown(old)} för {who} {one.base_year} och {shown(new)} därefter"
    found: dict[str, object] = {"difference": gap, "by": "tabellen", "shown": told}
    return Verdict("supported" if fits else "refuted", found)


def _column(target: Target, year: int | None) -> Column | None:
    """The column with the target's label that holds a year; None when there is not exactly one."""
    same = [c for c in target.view.columns if c.words == target.column.words and c.year == year]
    return same[0] if year is not None and len(same) == 1 else None


def _owner(one: Change, note: Annotated) -> Owner | None:
    """The one unit that the change is said of, or the whole group of "summan"."""
    names = [name for name in note.names if name.kind not in ("lan",)]
    if len(names) == 1:
        return owner_of_name(names[0])
    if not names and not note.groups and grammar("yearly_total").search(note.lower):
        return MEMBERS
    return None


def _value(target: Target, owner: Owner) -> float | None:
    """A unit's cell, or the sum of the members' cells."""
    if owner.scope != "members":
        return value_of(target, owner)[0]
    values = [seen.value if seen is not None else None for _, seen in answers(target.view, target.column)]
    told = [value for value in values if value is not None]
    return sum(told) if told and len(told) == len(values) and target.column.unit != "procent" else None
