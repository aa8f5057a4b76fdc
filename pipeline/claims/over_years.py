"""What a sentence says of several years: each change and dated figure, with the table that decides."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.claims.binding import LEAD, MARGIN, Target, Wanted
from pipeline.claims.changes import Change, change_statement
from pipeline.claims.context import Context, Tables
from pipeline.claims.in_a_row import find_in_a_row
from pipeline.claims.mentions import Annotated, Clause
from pipeline.claims.phrase import phrase_of
from pipeline.claims.relative import dated_back, resolved
from pipeline.claims.statements import Statement
from pipeline.claims.sureness import Setting, unsure_columns
from pipeline.claims.units import kinds_in
from pipeline.claims.yearly import (
    LABEL,
    Series,
    also_others,
    decide_yearly,
    find_levels,
    series_of,
    since_change,
)

#: Words that only values of one kind can be compared by.
_KINDS = {
    "dagar": re.compile(r"\b(?:längre|kortare|förlängts|kortats|kortades)\b"),
    "antal": re.compile(r"\b(?:fler|färre)\b"),
    "kronor": re.compile(r"\b(?:dyrare|billigare)\b"),
}
#: In a table of one indicator so much of its label is enough.
SOLE_LABEL = 0.25
#: … or of any label, when the sentence says hardly anything else and no other column comes near.
PART_LABEL, ALL_SAID = 0.4, 0.85


def over_years(
    note: Annotated,
    changes: tuple[tuple[Change, tuple[str, ...]], ...],
    tables: Tables,
    context: Context,
    decided: frozenset[int],
) -> list[Statement]:
    """Changes with their verdicts, and figures of a year that nothing else decides.

    Args:
        changes: the changes with figures, each with the indicators that its clause names.
        decided: where the figures begin that a table has decided already.
    """
    target = _target(note, tables, context)
    doubt = _leaning(note, target, tables, context)
    told = series_of(note, target) if target is not None else ()
    made = [_change(one, note, indicators, target, told, tables) for one, indicators in changes]
    if target is not None and told and all(target.column is not one.column for one in context.targets):
        context.speak_of((target,))
        context.owner = told[0].owner if len(told) == 1 else None
    if target is None or not told:
        return _left_open(made, doubt)
    since = resolved(since_change(note), told) if not changes and _of_kind(note, target) else None
    if since is not None:
        made += _since(since, note, target, told, tables)
    made += [_of_table(one, target) for one in find_in_a_row(note, told)]
    said = tuple(one for one, _ in changes) + ((since,) if since is not None else ())
    made += [one for one in find_levels(note, target, told, said) if one.start not in decided]
    return _left_open(made, doubt)


def _leaning(note: Annotated, target: Target | None, tables: Tables, context: Context) -> str | None:
    """Why a column that the sentence only leans on may not be what it speaks of; None when it is sure."""
    if target is None or not target.inherited:
        return None
    if any(one.kind in ("fraction", "share") or one.kind == "count" for one in note.figures):
        return "meningen räknar flera uppgifter"
    whole = Clause(0, len(note.text))
    phrase = phrase_of(note, 0, len(note.text))
    setting = Setting(note, whole, phrase, context.owner, tables.own_unit, False, tables.views)
    return unsure_columns((target,), setting)


def _left_open(made: list[Statement], doubt: str | None) -> list[Statement]:
    """The statements, those refuted by a table that may not be meant left undecided."""
    return [
        replace(one, verdict=replace(one.verdict, verdict="undecidable", reason=doubt))
        if doubt is not None and one.table_id is not None and one.verdict.verdict == "refuted"
        else one
        for one in made
    ]


def _change(
    one: Change,
    note: Annotated,
    indicators: tuple[str, ...],
    target: Target | None,
    told: tuple[Series, ...],
    tables: Tables,
) -> Statement:
    one = dated_back(one, note, told)
    made = change_statement(one, note, indicators, national=not tables.views)
    if made.verdict.verdict == "refuted":
        return made
    verdict = decide_yearly(one, target, told) if target is not None else None
    if verdict is None or target is None:
        return _unbound(made, tables)
    return _of_table(replace(made, verdict=verdict), target)


def _unbound(made: Statement, tables: Tables) -> Statement:
    """A change that only its own figures bear out, in a document whose tables show several years: the figures
    may be another row's."""
    if made.verdict.verdict != "supported" or not any(view.has_years for view in tables.views):
        return made
    reason = "förändringen kunde inte knytas till någon rad i tabellerna"
    return replace(made, verdict=replace(made.verdict, verdict="undecidable", reason=reason))


def _since(
    one: Change, note: Annotated, target: Target, told: tuple[Series, ...], tables: Tables
) -> list[Statement]:
    verdict = decide_yearly(one, target, told)
    if verdict is None:
        return []
    if verdict.verdict == "supported" and any(cue.kind == "only" for cue in note.cues):
        verdict = also_others(one, target, told) or verdict
    made = change_statement(one, note, (), national=False)
    return [_of_table(replace(made, verdict=verdict), target)]


def _of_kind(note: Annotated, target: Target) -> bool:
    """Whether a word of comparison can be said of a column: "längre" of days, "fler" of what is counted."""
    for name, words in _KINDS.items():
        if words.search(note.lower) and target.column.unit not in (name, None):
            return False
    return True


def _of_table(made: Statement, target: Target) -> Statement:
    return replace(made, table_id=target.view.table_id, table_label=target.view.label)


def _target(note: Annotated, tables: Tables, context: Context) -> Target | None:
    """The indicator of a table of several years that is spoken of; None when it is not clear which."""
    at_hand = context.explicit or context.near or tables.views
    local = tuple(view for view in at_hand if view.has_years)
    if not local or note.search("circumstance_unreal") is not None:
        return None
    whole = Clause(0, len(note.text))
    wanted = Wanted(kinds_in(note, whole))
    phrase = phrase_of(_without_turns(note), 0, len(note.text))
    ranked = [one for one in tables.index(local).rank(phrase) if wanted.admits(one.column)]
    sole = bool(ranked) and len({column.words for column in ranked[0].view.columns}) == 1
    if ranked and (ranked[0].telling or sole):
        top = ranked[0]
        rival = any(top.score - o.score < MARGIN for o in ranked if o.column.words != top.column.words)
        said_so = top.said >= ALL_SAID and top.label >= PART_LABEL and _leads(top, ranked)
        if not rival and (said_so or top.label >= (SOLE_LABEL if sole else LABEL)):
            return top
    return _before(context, wanted) if not ranked else None


def _without_turns(note: Annotated) -> Annotated:
    """The sentence with the words of change ("ökat", "fördubblats") as words that say how, not what."""
    if all(cue.kind not in ("change", "multiple") for cue in note.cues):
        return note
    kept = tuple(c._replace(kind="degree") if c.kind in ("change", "multiple") else c for c in note.cues)
    return replace(note, cues=kept)


def _leads(top: Target, ranked: list[Target]) -> bool:
    return all(top.score - one.score >= LEAD for one in ranked if one.column.words != top.column.words)


def _before(context: Context, wanted: Wanted) -> Target | None:
    """What was spoken of before, where the sentence itself names nothing."""
    told = context.targets or ((context.sole,) if context.sole is not None else ())
    if len(told) != 1 or not wanted.admits(told[0].column):
        return None
    sole = not context.targets
    return told[0]._replace(inherited=True, sole=sole, stale=not sole and context.stale)
