"""Figures far from their table: the column that a phrase half names, told by the very figure in it.

A summary gives the country's figures pages before the table and in other words. Its words alone are too
few to bind it, so nothing is refuted; but where one of the best columns holds exactly the stated figure for
the unit that is spoken of, that bears it out.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.assertion import Assertion, FigureSaid, Owner
from pipeline.claims.binding import Target
from pipeline.claims.changes import Change
from pipeline.claims.context import Tables
from pipeline.claims.decide import value_of
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause
from pipeline.claims.phrase import phrase_of
from pipeline.claims.tolerance import same
from pipeline.claims.units import holds_kind, kind_of

#: A column must fit the phrase at least so well, and nearly as well as the best.
LEAST, NEAR = 0.5, 0.1
#: Whose figures a summary gives without saying so.
COUNTRY = Owner("riket", "00", "riket")


def told_by_value(note: Annotated, clause: Clause, one: Assertion, tables: Tables) -> Assertion | None:
    """The assertion bound to the one column that holds its figure; None when none or several do."""
    said = one.said
    if one.targets or not isinstance(said, FigureSaid) or said.others or said.owner.scope == "members":
        return None
    comma = note.text.find(", ", max(said.figure.end, clause.start), clause.end)
    target = _column(said, phrase_of(note, clause.start, comma if comma > 0 else clause.end), tables)
    return (
        None
        if target is None
        else replace(one, targets=(target,), reason=None, rule=f"{one.claim_type}.value")
    )


def reached_by_value(note: Annotated, change: Change, tables: Tables) -> Assertion | None:
    """The level that a change reached ("ökat med 2 enheter till 37,1 procent") as the country's figure."""
    figure = change.value
    if figure is None or change.base is not None or figure.kind != "percent" or note.names or note.groups:
        return None
    clause = next((c for c in note.clauses if c.start <= figure.start < c.end), note.clauses[-1])
    said = FigureSaid(COUNTRY, figure)
    made = Assertion("percent", figure.start, figure.end, "percent.value", said)
    return told_by_value(note, clause, made, tables)


def _column(said: FigureSaid, phrase: str, tables: Tables) -> Target | None:
    figure = said.figure
    if figure.hedge is not None or figure.kind not in ("percent", "number"):
        return None
    ranked = tables.index(tables.views).rank(grammar("retold_small").sub(" ", phrase.lower()))
    kinds = frozenset(kind for kind in (kind_of(figure),) if kind is not None)
    fits = [
        target
        for target in ranked[:8]
        if target.telling
        and target.score >= max(LEAST, ranked[0].score - NEAR)
        and holds_kind(target.column, kinds)
        and (value := value_of(target, said.owner)[0]) is not None
        and same(figure.value, figure.decimals, value)
    ]
    return fits[0] if len(fits) == 1 else None
