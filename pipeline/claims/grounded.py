"""Owners as the table at hand holds them: "stadsdelarna" are the members of a table of stadsdelar."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.assertion import Assertion, CompareSaid, FigureSaid, Owner, Said, SetSaid
from pipeline.claims.view import TableView


def grounded(one: Assertion) -> Assertion:
    """The assertion with the city's stadsdelar as the table's own group, where the table's members are
    stadsdelar and it has no line that counts them."""
    if not one.targets or not all(_of_stadsdelar(target.view) for target in one.targets):
        return one
    return replace(one, said=_own(one.said))


def _of_stadsdelar(view: TableView) -> bool:
    members = view.members
    counted = any(line.share and line.kind == "kommun" for line in view.lines)
    return len(members) > 1 and not counted and all(line.kind == "stadsdel" for line in members)


def _own(said: Said) -> Said:
    if isinstance(said, SetSaid):
        return replace(said, owner=_member(said.owner))
    if isinstance(said, FigureSaid):
        return replace(said, owner=_member(said.owner))
    if isinstance(said, CompareSaid):
        return replace(said, left=_member(said.left), right=_member(said.right))
    return said


def _member(owner: Owner) -> Owner:
    return Owner("members", None, owner.label) if owner.scope == "city" else owner
