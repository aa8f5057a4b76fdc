"""What the clauses of a paragraph carry on: whose figure it was, which units were listed, which columns."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.assertion import Owner, RankSaid
from pipeline.claims.binding import Target
from pipeline.claims.context import Context
from pipeline.claims.lexicon import load_lexicon
from pipeline.claims.listed import SetFound
from pipeline.claims.mentions import Annotated, Clause, Figure
from pipeline.claims.owners import owner_of_name
from pipeline.claims.ranks import Ranked


def retold_owner(
    note: Annotated, clause: Clause, context: Context, owned: dict[Figure, Owner]
) -> dict[Figure, Owner]:
    """``Det motsvarar 89 procent``: a figure that names nobody belongs to what was spoken of before."""
    points = clause.lead in ("vilket", "vilka") or note.at("compare_points", clause.start)
    if not points or context.owner is None:
        return {}
    bare = [
        figure
        for figure in note.figures
        if figure.kind == "percent" and clause.start <= figure.start < clause.end and figure not in owned
    ]
    return {bare[0]: context.owner} if bare else {}


def with_rest(sets: list[SetFound], context: Context) -> list[SetFound]:
    """``övriga kommuner``: all but those listed before, in this clause or an earlier one; nothing without
    a list."""
    named = next((one.said.names for one in sets if one.said.names), context.names)
    filled = [
        replace(one, said=replace(one.said, names=named)) if one.said.quantifier == "rest" else one
        for one in sets
    ]
    return [one for one in filled if one.said.quantifier != "rest" or one.said.names]


def plural(note: Annotated, clause: Clause, context: Context) -> tuple[Target, ...]:
    """The columns of "dessa tre indikatorer": as many as are named, the last spoken of, else all of one
    table."""
    cue = next((cue for cue in note.cues_in(clause, "anaphor") if cue.value == "plural"), None)
    if cue is None:
        return ()
    words = note.lower[cue.start : cue.end].split()
    count = next(
        (
            load_lexicon().numbers.get(word, int(word) if word.isdigit() else 0)
            for word in words
            if word in load_lexicon().numbers or word.isdigit()
        ),
        0,
    )
    if count and len(context.recent) >= count:
        return tuple(context.recent[-count:])
    for view in context.explicit:
        if count in (0, len(view.columns)):
            return tuple(Target(view, column, 1.0) for column in view.columns)
    return ()


def remember(
    context: Context,
    sets: list[SetFound],
    figures: list[Figure],
    owned: dict[Figure, Owner],
    ranks: list[Ranked],
) -> None:
    """What the next clause or sentence may point back at: the units listed, and whose figure it was."""
    for one in sets:
        context.names = one.said.names or context.names
    leading = [one.said.order[0] for one in ranks if isinstance(one.said, RankSaid)]
    if sets:
        said = sets[-1].said
        alone = said.names[0] if said.quantifier in ("list", "only") and len(said.names) == 1 else None
        context.owner = said.owner if alone is None else owner_of_name(alone)
    elif leading and len(leading[0]) == 1:
        context.owner = owner_of_name(leading[0][0])
    elif figures:
        context.owner = owned[figures[0]]
