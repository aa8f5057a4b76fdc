"""Statements over whole tables: generally better, on the whole low, far apart between the kommuner.

Such words have no sharp edge. They are borne out where the tables clearly agree and left undecided
otherwise; nothing is refuted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.claims.assertion import CompareSaid, Owner
from pipeline.claims.binding import Target
from pipeline.claims.context import Context
from pipeline.claims.decide import Verdict, answers, shown, undecidable, value_of
from pipeline.claims.decide_figures import decide_comparison
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated
from pipeline.claims.owners import owner_of_name
from pipeline.claims.statements import Statement
from pipeline.claims.view import TableView
from pipeline.model import Observation

#: "Generellt" asks for this share of the columns, and for at least so many columns.
MOST, COLUMNS = 0.6, 3
#: Between low and high, in per cent.
MIDDLE = 50.0
#: "Skiljer sig åt": the highest is this many times the lowest; with "kraftigt" or "stora" so many times …
APART, FAR_APART = 1.3, 2.0
#: … and of percentages so many points.
POINTS, FAR_POINTS = 15.0, 30.0


def speaks_generally(note: Annotated) -> bool:
    """Whether a sentence speaks of the results as a whole (generellt, överlag)."""
    return note.search("general_whole") is not None


def decide_generally(said: CompareSaid, tables: Iterable[TableView]) -> Verdict:
    """A comparison of the results as a whole: in how many columns of answers it holds."""
    verdicts = [
        decide_comparison(said, (Target(view, column, 1.0),)).verdict
        for view in tables
        if len(view.members) > 1
        for column in view.columns
        if column.unit == "svar"
    ]
    told = [one for one in verdicts if one != "undecidable"]
    held = sum(one == "supported" for one in told)
    found: dict[str, object] = {"n": held, "of": len(told), "by": "alla kolumner"}
    if len(told) >= COLUMNS and held >= MOST * len(told):
        return Verdict("supported", found)
    if len(told) < COLUMNS:
        return undecidable("dokumentet har för få kolumner att jämföra över", **found)
    return undecidable("tabellerna är så delade att ordet generellt varken stämmer eller motsägs", **found)


def find_general(note: Annotated, context: Context) -> tuple[Statement, ...]:
    """Levels and spreads that a sentence without figures gives the tables at hand."""
    if note.figures:
        return ()
    return (*_levels(note, context), *_spread(note, context))


def _levels(note: Annotated, context: Context) -> list[Statement]:
    """``Resultatet i riket är överlag lågt``: one statement for each that is named."""
    match = note.search("general_level")
    if match is None:
        return []
    targets = _columns(context) if speaks_generally(note) else context.targets
    side = "low" if match["level"].startswith("låg") else "high"
    owners = [owner_of_name(one) for run in note.lists if run.end <= match.start() for one in run.names]
    made = []
    for owner in owners:
        told: dict[str, object] = {"left": owner.label, "is": [side]}
        verdict = _level(owner, side, targets)
        made.append(_statement("level", match, verdict, told, targets[:1], owner))
    return made


def _level(owner: Owner, side: str, targets: Sequence[Target]) -> Verdict:
    """Whether most of the owner's percentages lie on the side of fifty."""
    seen = [value_of(target, owner) for target in targets]
    cells = [cell for value, cell in seen if cell is not None and value is not None]
    values = [cell.value for cell in cells if cell.value is not None and cell.value_unit == "procent"]
    if not values:
        return undecidable("tabellerna i närheten har inga procenttal för den som nämns")
    held = sum(value < MIDDLE if side == "low" else value > MIDDLE for value in values)
    found: dict[str, object] = {"n": held, "of": len(values), "shown": [shown(value) for value in values]}
    if held >= MOST * len(values):
        return Verdict("supported", found, tuple(cells))
    return Verdict("undecidable", found, tuple(cells), "vad som är lågt eller högt är en bedömning")


def _spread(note: Annotated, context: Context) -> list[Statement]:
    """``Väntetiden varierar stort mellan kommunerna``: the spread of the column spoken of."""
    match = note.search("general_spread")
    told = context.targets or ((context.sole,) if context.sole is not None else ())
    if match is None or len(told) != 1:
        return []
    far = grammar("general_far").search(match.group()) is not None
    asserted: dict[str, object] = {"left": "kommunerna", "is": ["spread"]}
    asserted |= {"degree": "clear"} if far else {}
    return [_statement("spread", match, _apart(told[0], far=far), asserted, told, None)]


def _apart(target: Target, *, far: bool) -> Verdict:
    cells = [seen for _, seen in answers(target.view, target.column) if seen is not None]
    said = {seen.answer for seen in cells if seen.answer is not None}
    values = [seen.value for seen in cells if seen.value is not None]
    if len(said) > 1 and not values:
        told: dict[str, object] = {"answers": sorted(said)}
        return Verdict("supported", told, tuple(cells))
    if len(values) < 2:
        return undecidable("kolumnen har för få tal att jämföra")
    low, high = min(values), max(values)
    found: dict[str, object] = {"columns": [target.column.label], "shown": f"{shown(low)}–{shown(high)}"}
    points = _percent(cells)
    fits = (
        high - low >= (FAR_POINTS if far else POINTS)
        if points
        else low >= 0 and high > low and high >= (FAR_APART if far else APART) * low
    )
    if fits:
        return Verdict("supported", found, tuple(cells))
    return Verdict("undecidable", found, tuple(cells), "hur stor skillnad som är stor är en bedömning")


def _percent(cells: Iterable[Observation]) -> bool:
    return all(seen.value_unit == "procent" for seen in cells if seen.value is not None)


def _columns(context: Context) -> tuple[Target, ...]:
    return tuple(Target(view, column, 1.0) for view in context.explicit[:1] for column in view.columns)


def _statement(
    rule: str,
    match: re.Match[str],
    verdict: Verdict,
    told: dict[str, object],
    targets: Sequence[Target],
    owner: Owner | None,
) -> Statement:
    view = targets[0].view if targets else None
    named = owner is not None and owner.key is not None and not owner.key.startswith("label:")
    return Statement(
        "comparison",
        match.start(),
        match.end(),
        f"comparison.{rule}",
        verdict,
        told,
        unit_ids=(str(owner.key),)
        if owner is not None and named and owner.key not in ("lan", "members")
        else (),
        indicator_ids=tuple(t.column.indicator_id for t in targets if t.column.indicator_id),
        table_id=view.table_id if view is not None else None,
        table_label=view.label if view is not None else None,
    )
