"""Figures and comparisons against a table's cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims.assertion import MEMBERS, CompareSaid, FigureSaid, Owner
from pipeline.claims.binding import Target
from pipeline.claims.decide import Verdict, is_answered, line_of, shown, undecidable, value_of
from pipeline.claims.decide_joint import decide_joint
from pipeline.claims.decide_span import decide_span
from pipeline.claims.lexicon import load_lexicon
from pipeline.claims.mentions import Figure
from pipeline.claims.text import alike, stem, stems
from pipeline.claims.tolerance import CLEAR, LEVEL, LEVEL_DOUBT, holds
from pipeline.claims.units import could_hold, holds_kind, in_unit_of, kind_of, other_size
from pipeline.model import Observation

_UNKNOWN_SCALE = "det är inte känt om högre eller lägre är bättre för indikatorn"

_ONE_OF_THEM = "det som sägs stämmer med en av de uppgifter som meningen nämner, inte med alla"
_OTHER_UNIT = "tabellens värde har en annan enhet än textens"


def decide_figure(said: FigureSaid, targets: Sequence[Target]) -> Verdict:
    """A stated figure against the cell of its owner, with rounding and hedges; a span over several
    columns by its ends."""
    figure = said.figure
    other = _of_several(said, targets)
    if other is not None:
        return other
    values: list[float] = []
    cells: list[Observation] = []
    for target in targets:
        value, seen = value_of(target, said.owner)
        if value is None and seen is not None and seen.answer is not None and figure.kind == "percent":
            # "A, B och C har en rutin (75 procent)": the share of the group, not of the last named
            value, seen = value_of(target, MEMBERS)
            if value is not None and not holds(figure, figure.value, value):
                return undecidable("enheten har ett svar i kolumnen, inget tal")
        if value is None:
            return undecidable(f"tabellen har inget tal för {said.owner.label or 'gruppen'} i kolumnen")
        if seen is not None:
            cells.append(seen)
            if _otherscale_of(figure, seen, target):
                return undecidable(_OTHER_UNIT)
            value = in_unit_of(figure, target.column, seen.value_unit, value)
        elif not is_answered((target,)) and not said.owner.label:
            return undecidable("meningen säger inte vems värde det är")
        values.append(value)
    found: dict[str, object] = {
        "columns": [target.column.label for target in targets],
        "unit": said.owner.label or "snittet",
        "values": [round(value, 4) for value in values],
        "shown": [shown(value) for value in values],
        "counted": not cells,
    }
    if figure.kind == "range" and figure.high is not None:
        fits = abs(min(values) - figure.value) <= 0.5 and abs(max(values) - figure.high) <= 0.5
        return Verdict("supported" if fits else "refuted", found, tuple(cells), None, "warning")
    held = _picked(figure, targets, [holds(figure, figure.value, value) for value in values])
    fits = all(held)
    open_for = None if fits else _ONE_OF_THEM if any(held) else _other_size(figure, values)
    if open_for is not None:
        return undecidable(open_for)
    if not fits and not cells and not is_answered(targets):
        return _mean_or_sum(said, targets, found)
    return Verdict("supported" if fits else "refuted", found, tuple(cells))


def _other_size(figure: Figure, values: Sequence[float]) -> str | None:
    return _OTHER_UNIT if any(other_size(figure, value) for value in values) else None


def _picked(figure: Figure, targets: Sequence[Target], held: list[bool]) -> list[bool]:
    """The outcomes of the columns meant: of the one whose label has what the figure counts, else of all."""
    if figure.unit is None or len(targets) < 2:
        return held
    noun = stem(figure.unit)
    meant = [any(alike(noun, word) > 0 for word in stems(one.column.words)) for one in targets]
    return [outcome for outcome, own in zip(held, meant, strict=True) if own] if sum(meant) == 1 else held


def _of_several(said: FigureSaid, targets: Sequence[Target]) -> Verdict | None:
    """The verdict on a figure of several units: a span, a sum, the län's kommuner; None for one owner's."""
    figure = said.figure
    if figure.kind == "range" and said.owner.scope == "members" and len(targets) == 1:
        span = decide_span(figure, targets[0])
        if span is not None:
            return span
    if said.others or (said.joint and said.owner.scope == "members"):
        return decide_joint(said, targets)
    if said.owner.scope == "lan" and said.owner.plural and len(targets[0].view.members) > 1:
        own = decide_figure(FigureSaid(replace(MEMBERS, label=said.owner.label), figure), targets)
        if own.verdict == "supported" or line_of(targets[0].view, said.owner) is None:
            return own
    return None


def _mean_or_sum(said: FigureSaid, targets: Sequence[Target], found: dict[str, object]) -> Verdict:
    """A figure of the group without a printed mean: the sum may be meant as well as the mean."""
    sums = decide_joint(replace(said, joint=True), targets)
    if sums.verdict == "supported":
        return sums
    return Verdict("undecidable", found, (), "tabellen visar inget samlat värde för gruppen")


def _otherscale_of(figure: Figure, seen: Observation, target: Target) -> bool:
    """Whether the text's unit cannot be the cell's: percent against kronor, 16 000 barn against a
    percentage."""
    if figure.kind == "percent":
        return seen.value_unit not in (None, "procent")
    if figure.kind != "number" or figure.unit is None:
        return False
    if not could_hold(figure, target.column, seen.value_unit):
        return True
    if kind_of(figure) == "kronor":
        return False
    kind = kind_of(figure)
    if kind is not None and not holds_kind(target.column, (kind,)):
        return True
    label = stems(target.column.words)
    return seen.value_unit in ("procent", "kronor") and all(
        alike(stem(figure.unit), word) == 0 for word in label
    )


def decide_comparison(said: CompareSaid, targets: Sequence[Target]) -> Verdict:
    """Left against right in every column; any of the stated outcomes may hold."""
    found: dict[str, object] = {"columns": [target.column.label for target in targets], "pairs": []}
    cells: list[Observation] = []
    outcomes: list[tuple[bool | None, str]] = []
    pairs: list[dict[str, object]] = []
    for target in targets:
        left, left_cell = value_of(target, said.left)
        if left is None and left_cell is not None and left_cell.answer is not None:
            # "bara i Falun. Det är i nivå med riket": the result is compared, not the unit's own answer
            left, left_cell = value_of(target, MEMBERS)
        right, right_cell = value_of(target, said.right)
        cells.extend(cell for cell in (left_cell, right_cell) if cell is not None)
        if left is None or right is None:
            missing = said.left if left is None else said.right
            return undecidable(f"tabellen har inget tal för {_who(missing)} i kolumnen")
        pairs.append({"column": target.column.label, "left": round(left, 4), "right": round(right, 4)})
        outcome = _compared(said, left - right, scale_of(target, left_cell or right_cell))
        outcomes.append(outcome if outcome[0] is False else _by(said, left - right, outcome))
    found |= {"pairs": pairs, "left": _who(said.left), "right": _who(said.right)}
    found["by"] = said.by.value if said.by is not None else None
    found["shown"] = [f"{shown(float(str(p['left'])))} mot {shown(float(str(p['right'])))}" for p in pairs]
    if said.degree == "clear" and all(
        abs(float(str(p["left"])) - float(str(p["right"]))) < CLEAR for p in pairs
    ):
        outcomes = [(False, "warning") if outcome else (outcome, why) for outcome, why in outcomes]
    if all(outcome is True for outcome, _ in outcomes):
        return Verdict("supported", found, tuple(cells))
    wrong = [certainty for outcome, certainty in outcomes if outcome is False]
    if wrong and any(outcome is True for outcome, _ in outcomes):
        return Verdict("undecidable", found, tuple(cells), _ONE_OF_THEM)
    if wrong:
        return Verdict("refuted", found, tuple(cells), None, "error" if "error" in wrong else "warning")
    return Verdict(
        "undecidable", found, tuple(cells), next(why for outcome, why in outcomes if outcome is None)
    )


def _by(said: CompareSaid, gap: float, outcome: tuple[bool | None, str]) -> tuple[bool | None, str]:
    """The outcome, false when the stated difference is not the cells' own."""
    if said.by is None or holds(said.by, said.by.value, abs(gap)):
        return outcome
    return False, "error"


def _who(owner: Owner) -> str:
    return owner.label or ("snittet" if owner.scope == "members" else owner.scope)


def _compared(said: CompareSaid, gap: float, scale: int | None) -> tuple[bool | None, str]:
    """The outcome for one column with its certainty (when False) or reason (when None)."""
    if "apart" in said.ops:
        return True, ""
    results = [_one(op, gap, scale) for op in said.ops]
    if any(result[0] is True for result in results):
        return True, ""
    if any(result[0] is None for result in results):
        return next(result for result in results if result[0] is None)
    return False, "error" if all(result[1] == "error" for result in results) else "warning"


def _one(op: str, gap: float, scale: int | None) -> tuple[bool | None, str]:
    if op in ("better", "worse"):
        if scale is None:
            return None, _UNKNOWN_SCALE
        op = "higher" if (op == "better") == (scale > 0) else "lower"
    if op == "higher":
        return gap > 0, "error"
    if op == "lower":
        return gap < 0, "error"
    if op == "same":
        return abs(gap) <= 1.0, "error" if abs(gap) > LEVEL else "warning"
    if abs(gap) <= LEVEL:
        return True, ""
    if abs(gap) <= LEVEL_DOUBT:
        return None, "skillnaden är så stor att det är en bedömning om den ryms i uttrycket i nivå med"
    return False, "error" if abs(gap) > 2 * LEVEL else "warning"


def scale_of(target: Target, seen: Observation | None) -> int | None:
    """+1 when higher is better, -1 when lower is: the share that answered JA is better high unless the
    register differs."""
    if target.column.better is not None:
        return 1 if target.column.better else -1
    if target.column.unit != "svar":
        lexicon, label = load_lexicon(), target.column.words.lower()
        low, high = lexicon.lower_is_better.search(label), lexicon.higher_is_better.search(label)
        if (low is None) != (high is None):
            return -1 if low is not None else 1
    if seen is None:
        return 1
    return 1 if seen.measure in ("share", "mean") and seen.value_unit in (None, "procent") else None
