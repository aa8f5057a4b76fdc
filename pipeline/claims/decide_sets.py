"""Lists, all, all but, none, counts, fractions and percentages of units against a table's answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims.assertion import MEMBERS, CompareSaid, SetSaid
from pipeline.claims.binding import Target
from pipeline.claims.compare_sets import sides_of, sides_shown
from pipeline.claims.decide import Verdict, is_answered, line_of, shown, truth_over, undecidable, value_of
from pipeline.claims.decide_zero import counts_shown, zero_outcome
from pipeline.claims.tolerance import WORD, holds, same
from pipeline.claims.view import Line
from pipeline.model import Observation

#: "två av tre kommuner" can be a fraction in words; "sju av tolv" is a count.
_SMALL_WHOLE = 10
#: Vague words for shares: refuted only outside these bounds (percent), supported inside.
_BOUNDS = {
    "most": (50.0, 100.0),
    "nearly_all": (70.0, 100.0),
    "few": (0.0, 50.0),
    "less_than_half": (0.0, 50.0),
    "several": (1e-9, 100.0),
    "not_all": (0.0, 100.0 - 1e-9),
}


def decide_set(said: SetSaid, targets: Sequence[Target]) -> Verdict:
    """Decide who has a property: by the members' own cells, or by a group's percentage (Stockholm, Riket)."""
    view = targets[0].view
    if said.than is not None:
        return _sided(said, said.than, targets)
    if said.owner.scope in ("lan", "city") and len(view.members) > 1:
        return _own_or_lan(said, targets)
    if said.owner.scope != "members" and line_of(view, said.owner) not in view.members:
        return _by_share(said, targets)
    if not is_answered(targets):
        if said.quantifier == "percent" and said.figure is not None:
            return _by_share(said, targets)
        counted = zero_outcome(said, targets) if said.zero and len(view.members) > 1 else None
        if counted is not None:
            named = said.quantifier in ("list", "only", "all_except", "rest")
            made = _named(said, targets, counted) if named else _counted(said, targets, counted)
            return replace(made, found=made.found | {"counts": counts_shown(targets[0])})
        return undecidable("kolumnen innehåller inga ja- eller nej-svar")
    if len(view.members) < 2 and said.quantifier not in ("list", "only"):
        return undecidable("tabellen visar bara en egen enhet")
    outcome = {line: truth_over(targets, line, said.degree, negative=said.negative) for line in view.members}
    if said.quantifier in ("list", "only", "all_except", "rest"):
        return _named(said, targets, outcome)
    return _counted(said, targets, outcome)


def _sided(said: SetSaid, than: CompareSaid, targets: Sequence[Target]) -> Verdict:
    """How many members lie on a side of a figure, in one column."""
    if len(targets) != 1 or len(targets[0].view.members) < 2:
        return undecidable("meningen jämför inte enheterna i en kolumn")
    outcome = sides_of(said, than, targets[0])
    if isinstance(outcome, Verdict):
        return outcome
    named = said.quantifier in ("all_except", "only", "list")
    made = _named(said, targets, outcome) if named else _counted(said, targets, outcome)
    return replace(made, found=made.found | sides_shown(than, targets[0]))


def _own_or_lan(said: SetSaid, targets: Sequence[Target]) -> Verdict:
    """``länets kommuner`` (``stadsdelarna``) are the table's own units or its line for the län (the city):
    either may bear the text out."""
    own = decide_set(replace(said, owner=replace(MEMBERS, label=said.owner.label)), targets)
    if own.verdict == "supported":
        return own
    lan = _by_share(said, targets)
    city = said.owner.scope == "city"
    return lan if city or lan.verdict == "supported" or own.verdict == "undecidable" else own


def _evidence(targets: Sequence[Target], lines: Sequence[Line]) -> tuple[Observation, ...]:
    cells = [target.view.cell(line, target.column) for target in targets for line in lines]
    return tuple(cell for cell in cells if cell is not None)


def _labels(lines: Sequence[Line]) -> list[str]:
    return [line.label for line in lines]


def _found(targets: Sequence[Target], outcome: dict[Line, bool | None], said: SetSaid) -> dict[str, object]:
    having = [line for line, value in outcome.items() if value]
    return {
        "columns": [target.column.label for target in targets],
        "having": _labels(having),
        "lacking": _labels([line for line, value in outcome.items() if value is False]),
        "unknown": _labels([line for line, value in outcome.items() if value is None]),
        "n": len(having),
        "of": len(outcome),
        "negative": said.negative,
    }


def _named(said: SetSaid, targets: Sequence[Target], outcome: dict[Line, bool | None]) -> Verdict:
    """Lists and exceptions: who is wrongly named, who is missing, who is not in the table."""
    view = targets[0].view
    lines = {name: next((line for line in view.members if line.key == name.key), None) for name in said.names}
    named = [line for line in lines.values() if line is not None]
    absent = [name.label for name, line in lines.items() if line is None]
    if not named:
        return undecidable(f"{', '.join(absent)} finns inte bland tabellens enheter")
    if said.quantifier in ("list", "only"):
        wrong = [line for line in named if outcome[line] is False]
        missing = (
            [line for line in view.members if outcome[line] and line not in named] if said.exhaustive else []
        )
        doubt = [line for line in named if outcome[line] is None]
    else:
        wrong = [line for line in view.members if outcome[line] is False and line not in named]
        missing = [line for line in named if outcome[line] is True] if said.quantifier == "all_except" else []
        doubt = [line for line in view.members if outcome[line] is None and line not in named]
    found = _found(targets, outcome, said)
    found |= {"wrong": _labels(wrong), "missing": _labels(missing), "absent": absent}
    evidence = _evidence(
        targets, named if said.quantifier in ("list", "only") and not missing else view.members
    )
    if wrong or missing:
        return Verdict("refuted", found, evidence, None, _certainty(said, targets, wrong, missing))
    if doubt:
        return Verdict(
            "undecidable", found, evidence, f"{', '.join(_labels(doubt))} har inget entydigt svar i tabellen"
        )
    if absent:
        return Verdict(
            "undecidable", found, evidence, f"{', '.join(absent)} finns inte bland tabellens enheter"
        )
    return Verdict("supported", found, evidence)


def _certainty(said: SetSaid, targets: Sequence[Target], wrong: list[Line], missing: list[Line]) -> str:
    """error: a named unit (or the whole group) is contradicted by its NEJ or JA; an incomplete list is a
    warning."""

    def partly(line: Line) -> bool:
        cells = [target.view.cell(line, target.column) for target in targets]
        return all(cell is None or cell.answer != "NEJ" for cell in cells) and not said.negative

    firm = [line for line in wrong if not partly(line)]
    if said.quantifier in ("only", "all_except") and missing:
        return "error"
    return "error" if firm else "warning"


def _counted(said: SetSaid, targets: Sequence[Target], outcome: dict[Line, bool | None]) -> Verdict:
    view = targets[0].view
    found = _found(targets, outcome, said)
    evidence = _evidence(targets, view.members)
    excepted = {name.key for name in said.names}
    told = [value for line, value in outcome.items() if line.key not in excepted]
    having, unknown = told.count(True), told.count(None)
    fits = [_fits(said, count, len(told)) for count in range(having, having + unknown + 1)]
    if all(fit is True for fit in fits):
        return Verdict("supported", found, evidence)
    if all(fit is False for fit in fits):
        return Verdict("refuted", found, evidence, None, _firmness(said, targets, outcome))
    if unknown:
        return Verdict("undecidable", found, evidence, "alla enheter har inte ett entydigt svar i tabellen")
    return Verdict("undecidable", found, evidence, "uttrycket är för vagt för att avgöras")


def _firmness(said: SetSaid, targets: Sequence[Target], outcome: dict[Line, bool | None]) -> str:
    if said.quantifier in ("most", "nearly_all", "few", "several"):
        return "warning"
    if said.quantifier == "all" and not said.negative:
        lacking = [line for line, value in outcome.items() if value is False]
        cells = [target.view.cell(line, target.column) for line in lacking for target in targets]
        return "error" if any(cell is not None and cell.answer == "NEJ" for cell in cells) else "warning"
    return "error"


def _fits(said: SetSaid, count: int, total: int) -> bool | None:
    """Whether a count of members fits the words; None when the words are too vague at that count."""
    share = 100 * count / total
    quantifier, figure = said.quantifier, said.figure
    if quantifier == "all":
        return count == total and (figure is None or int(figure.value) == total + len(said.names))
    if quantifier == "all_but_count" and figure is not None:
        return count == total - int(figure.value)
    if quantifier == "none":
        return count == 0
    if quantifier in _BOUNDS:
        return _vague(quantifier, share)
    if figure is None:
        return None
    if quantifier == "count":
        return _count_fits(said, count, total)
    return holds(figure, figure.value, share, unit=100 / total)


def _count_fits(said: SetSaid, count: int, total: int) -> bool | None:
    figure = said.figure
    if figure is None:
        return None
    if figure.kind == "share" and figure.high is not None and int(figure.high) != total:
        # "två av tre" of many units is a fraction in words, not a count
        return (
            abs(100 * figure.value / figure.high - 100 * count / total) <= WORD
            and figure.high <= _SMALL_WHOLE
        )
    if figure.hedge in ("at_least", "more"):
        return count >= figure.value if figure.hedge == "at_least" else count > figure.value
    if figure.hedge in ("at_most", "less"):
        return count <= figure.value if figure.hedge == "at_most" else count < figure.value
    return count == int(figure.value)


def _vague(quantifier: str, share: float) -> bool | None:
    low, high = _BOUNDS[quantifier]
    if quantifier == "most":
        return share > low
    if quantifier == "nearly_all":
        return True if share >= 75 else (None if share > 50 else False)
    if quantifier in ("few", "less_than_half"):
        return True if share < high else (None if quantifier == "few" and share <= 60 else False)
    return low <= share <= high


def _by_share(said: SetSaid, targets: Sequence[Target]) -> Verdict:
    """A quantified group whose row is a percentage: no stadsdel is 0, all are 100, half are about 50."""
    outcomes: list[bool | None] = []
    cells: list[Observation] = []
    values: list[float] = []
    for target in targets:
        value, seen = value_of(target, said.owner)
        if value is None:
            return undecidable(f"tabellen har inget värde för {said.owner.label or 'gruppen'} i kolumnen")
        if seen is not None and seen.value_unit not in (None, "procent"):
            return undecidable("tabellens värde är ingen procentandel")
        value = 100 - value if said.negative else value
        values.append(value)
        cells.extend([seen] if seen is not None else [])
        outcomes.append(_share_fits(said, value))
    found: dict[str, object] = {
        "columns": [target.column.label for target in targets],
        "unit": said.owner.label,
        "values": [round(value, 4) for value in values],
        "shown": [shown(value) for value in values],
    }
    if all(outcome is True for outcome in outcomes):
        return Verdict("supported", found, tuple(cells))
    if any(outcome is False for outcome in outcomes):
        certainty = "warning" if said.quantifier in ("most", "nearly_all", "few", "several") else "error"
        return Verdict("refuted", found, tuple(cells), None, certainty)
    return Verdict("undecidable", found, tuple(cells), "uttrycket är för vagt för att avgöras")


def _share_fits(said: SetSaid, value: float) -> bool | None:
    figure = said.figure
    if said.quantifier in ("all", "none"):
        return same(100.0 if said.quantifier == "all" else 0.0, 0, value)
    if said.quantifier in _BOUNDS:
        return _vague(said.quantifier, value)
    if figure is None:
        return None
    if figure.kind == "share" and figure.high:
        return abs(100 * figure.value / figure.high - value) <= 3.6
    if said.quantifier == "count":
        return None
    return holds(figure, figure.value, value)
