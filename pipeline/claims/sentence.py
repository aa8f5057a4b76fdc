"""One sentence to assertions: clause by clause, each with the columns it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.claims.assertion import Assertion, FigureSaid, Owner, SetSaid
from pipeline.claims.binding import Bound, Target
from pipeline.claims.compare import Compared, find_comparisons
from pipeline.claims.context import Context, Tables
from pipeline.claims.lexicon import load_lexicon
from pipeline.claims.mentions import Annotated, Clause, Figure
from pipeline.claims.owners import figure_owners
from pipeline.claims.ranks import Ranked, find_ranges, find_ranks
from pipeline.claims.sets import SetFound, find_sets
from pipeline.claims.view import TableView

_POINTING = re.compile(
    r"\b(?:sådana?|sådant|gör det|gjort det|har det|gjorde det|detsamma|instrumentet|metoden|dessa|denna|detta)\b"
)
_BRACKETS = re.compile(r"\([^()]*\)")
#: Names in a sentence that shares no more than this with any column assert nothing about a table.
UNRELATED = 0.2
#: Cues whose words say how, not what: they are taken out before a phrase is bound.
_DROPPED = (
    "quant",
    "compare",
    "than",
    "respective",
    "degree",
    "only",
    "anaphor",
    "subject",
    "except",
    "hedge",
    "also",
    "example",
    "rank",
    "followed",
    "partial",
    "neg",
)


def read_sentence(note: Annotated, tables: Tables, context: Context) -> list[Assertion]:
    """The assertions of a sentence about tables, in order; ``context`` is brought up to date."""
    intro = _intro(note)
    owned = figure_owners(note)
    made: list[Assertion] = []
    for clause in note.clauses:
        made.extend(_read_clause(note, clause, tables, context, owned, intro))
    return made


def _intro(note: Annotated) -> int:
    """Where the assertion begins, after "Tabell 3 visar att"; 0 without such an opening."""
    ends = [match.end() for expression in load_lexicon().intros if (match := expression.search(note.lower))]
    return max(ends, default=0)


def _read_clause(
    note: Annotated, clause: Clause, tables: Tables, context: Context, owned: dict[Figure, Owner], intro: int
) -> list[Assertion]:
    members = _members(tables, context)
    ranks = [*find_ranks(note, clause, members), *find_ranges(note, clause, members)]
    sets = [
        one for one in find_sets(note, clause, members, intro=intro > 0) if not _consumed(one, ranks, owned)
    ]
    compared = find_comparisons(note, clause, owned, context.owner)
    sets = [one for one in _with_rest(sets, context) if not _is_side(one, compared)]
    figures = [
        figure
        for figure in owned
        if clause.start <= figure.start < clause.end
        and figure.kind in ("percent", "number", "range")
        and all(one.said.figure is not figure for one in sets)
        and not any(getattr(one.said, "figure", None) is figure for one in ranks)
    ]
    if not (ranks or sets or compared or figures):
        _topic(note, clause, tables, context, intro)
        return []
    bound = _bind(note, clause, tables, context, intro, said_sets=bool(sets))
    many = _plural(note, clause, context)
    if many:
        bound = Bound(many)
    if not bound.targets and not bound.rivals and bound.best < UNRELATED:
        sets = [one for one in sets if one.said.quantifier not in ("list", "only")]
    made = [
        Assertion(
            one.claim_type, one.start, one.end, one.rule, one.said, bound.targets, bound.reason, bound.rivals
        )
        for one in sets
    ]
    for one in ranks:
        kind = "range" if one.rule.startswith("range") else "rank"
        made.append(Assertion(kind, one.start, one.end, one.rule, one.said, bound.targets, bound.reason))
    for figure in figures:
        made.append(_figure(figure, owned[figure], bound))
    for pair in compared:
        made.append(
            Assertion("comparison", pair.start, pair.end, pair.rule, pair.said, bound.targets, bound.reason)
        )
    context.speak_of(bound.targets if not many else ())
    _remember(context, sets, figures, owned)
    return sorted(made, key=lambda one: (one.start, one.end, one.claim_type))


def _topic(note: Annotated, clause: Clause, tables: Tables, context: Context, intro: int) -> None:
    """A clause that asserts nothing may still name what the next one speaks of."""
    if clause.lead not in ("vilket", "vilka"):
        phrase = phrase_of(note, min(max(clause.start, intro), clause.end), clause.end)
        context.speak_of(tables.topic(phrase, context))


def _with_rest(sets: list[SetFound], context: Context) -> list[SetFound]:
    """``övriga kommuner``: all but those listed before, in this clause or an earlier one; nothing without
    a list."""
    named = next((one.said.names for one in sets if one.said.names), context.names)
    filled = [
        replace(one, said=replace(one.said, names=named)) if one.said.quantifier == "rest" else one
        for one in sets
    ]
    return [one for one in filled if one.said.quantifier != "rest" or one.said.names]


def _figure(figure: Figure, owner: Owner, bound: Bound) -> Assertion:
    kind = {"percent": "percent", "range": "range"}.get(figure.kind, "number")
    return Assertion(
        kind,
        figure.start,
        figure.end,
        f"{kind}.owner",
        FigureSaid(owner, figure),
        bound.targets,
        bound.reason,
    )


def _members(tables: Tables, context: Context) -> frozenset[str]:
    views = context.explicit or context.near or tables.views
    keys = _group_of(views)
    return frozenset(keys or _group_of(tables.views))


def _group_of(views: Iterable[TableView]) -> set[str]:
    """The members of tables that compare several units; a table of one own kommun has no group."""
    return {line.key for view in views if len(view.members) > 1 for line in view.members}


def _consumed(found: SetFound, ranks: Iterable[Ranked], owned: dict[Figure, Owner]) -> bool:
    """Whether a list only carries a figure or rank of its own: it then says nothing about answers."""
    if found.said.quantifier not in ("list", "only"):
        return False
    if any(one.start <= found.start <= one.end for one in ranks):
        return True
    keys = {name.key for name in found.said.names}
    return any(
        owner.key in keys and not figure.bracket and figure.kind in ("number", "percent")
        for figure, owner in owned.items()
    )


def _is_side(found: SetFound, compared: tuple[Compared, ...]) -> bool:
    """Whether a list is only the left side of a comparison (Sala har en högre andel än riket)."""
    if found.said.quantifier not in ("list", "only"):
        return False
    keys = {name.key for name in found.said.names}
    return any(pair.said.left.key in keys for pair in compared)


def _bind(
    note: Annotated, clause: Clause, tables: Tables, context: Context, intro: int, *, said_sets: bool
) -> Bound:
    phrase = phrase_of(note, clause.start if clause.start >= intro else min(intro, clause.end), clause.end)
    text = note.lower[clause.start : clause.end]
    retelling = bool(note.cues_in(clause, "subject", "anaphor")) or clause.lead in ("vilket", "vilka")
    pointing = _POINTING.search(text) is not None
    bound, fresh = tables.bind(phrase, context, retelling=retelling and not said_sets, pointing=pointing)
    first = clause.start == 0 and len(note.clauses) > 1
    if not fresh and first and not retelling and not pointing:
        whole, new = tables.bind(
            phrase_of(note, intro, len(note.text)), context, retelling=False, pointing=False
        )
        if new and whole.targets:
            return whole
    return bound


def _plural(note: Annotated, clause: Clause, context: Context) -> tuple[Target, ...]:
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


def _remember(
    context: Context, sets: list[SetFound], figures: list[Figure], owned: dict[Figure, Owner]
) -> None:
    for one in sets:
        context.names = one.said.names or context.names
    if sets:
        context.owner = sets[-1].said.owner
    elif figures:
        context.owner = owned[figures[0]]


def phrase_of(note: Annotated, start: int, end: int) -> str:
    """What a clause says without who and how much: names, groups, figures, brackets and cue words taken
    out."""
    spans = [(one.start, one.end) for one in note.names]
    spans += [(one.start, one.end) for one in note.groups] + [(one.start, one.end) for one in note.figures]
    spans += [(cue.start, cue.end) for cue in note.cues if cue.kind in _DROPPED]
    text = list(note.text)
    for begin, stop in spans:
        for index in range(begin, stop):
            text[index] = " "
    kept = "".join(text)[start:end]
    return _BRACKETS.sub(
        lambda match: match.group() if re.search(r"[^\W\d]{3}", match.group()) else " ", kept
    )


__all__ = ["SetSaid", "phrase_of", "read_sentence"]
