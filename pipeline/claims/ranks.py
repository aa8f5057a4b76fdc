"""Highest and lowest with "följt av", and day ranges: names in an order or with an interval."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.claims.assertion import RangeSaid, RankSaid
from pipeline.claims.lexicon import Cue, grammar
from pipeline.claims.mentions import Annotated, Clause, Figure, Name, NameList


@dataclass(frozen=True, slots=True)
class Ranked:
    """A rank or range found in a clause, with its span and rule."""

    said: RankSaid | RangeSaid
    start: int
    end: int
    rule: str


def find_ranks(note: Annotated, clause: Clause, members: frozenset[str]) -> tuple[Ranked, ...]:
    """The ranks a clause states, one per extreme (högst i A och lägst i B), each with its names in order."""
    cues = [cue for cue in note.cues_in(clause, "rank") if not _is_hedge(note, cue)]
    second = note.cues_in(clause, "second")
    if not (cues or second) or (
        note.may("ranks_of_change")
        and grammar("ranks_of_change").search(note.lower, clause.start, clause.end)
    ):
        return ()
    if second:
        return _second(note, clause, second, members) if len(cues) <= 1 else ()
    found = []
    for index, cue in enumerate(cues):
        start = clause.start if index == 0 else cue.start
        end = cues[index + 1].start if index + 1 < len(cues) else clause.end
        ranked = _rank(note, Clause(start, end), cue, members)
        found += [ranked] if ranked is not None else []
    return tuple(found)


def _second(
    note: Annotated, clause: Clause, second: tuple[Cue, ...], members: frozenset[str]
) -> tuple[Ranked, ...]:
    """``Näst flest har A``: one other stands before those named."""
    ranked = _rank(note, clause, second[0], members) if len(second) == 1 else None
    if ranked is None or not isinstance(ranked.said, RankSaid) or ranked.said.negative:
        return ()
    return (replace(ranked, said=replace(ranked.said, skip=1)),)


def _rank(note: Annotated, part: Clause, cue: Cue, members: frozenset[str]) -> Ranked | None:
    runs = [
        run
        for run in note.lists
        if part.start <= run.start < part.end
        and run.role != "target"
        and all(name.key in members for name in run.names)
    ]
    followed = next(iter(note.cues_in(part, "followed")), None)
    first = [run for run in runs if followed is None or run.start < followed.start]
    if not first:
        return None
    order: list[tuple[Name, ...]] = [first[0].names]
    last = first[0].end
    if followed is not None:
        for run in runs:
            if run.start > followed.start:
                order.extend(_steps(note, run))
                last = run.end
    said = RankSaid(cue.value, tuple(order), bool(note.cues_in(part, "neg")))
    return Ranked(said, min(cue.start, first[0].start), max(last, cue.end), cue.rule)


def _is_hedge(note: Annotated, cue: Cue) -> bool:
    """``minst 14 dagar``, ``högst hälften`` are hedges, not ranks."""
    return bool(grammar("ranks_hedge_after").match(note.lower[cue.end :])) or any(
        other.kind in ("fraction", "quant") and 0 <= other.start - cue.end <= 2 for other in note.cues
    )


def _steps(note: Annotated, run: NameList) -> list[tuple[Name, ...]]:
    """The names of a list one by one, those that share the figure of one bracket together."""
    steps: list[list[Name]] = [[]]
    for index, name in enumerate(run.names):
        steps[-1].append(name)
        end = run.names[index + 1].start if index + 1 < len(run.names) else len(note.text)
        gap = note.lower[name.end : end]
        shared = re.fullmatch(r"\s+(?:och|samt)\s+", gap) and not any(
            f.bracket and name.end <= f.start <= name.end + 2 for f in note.figures
        )
        if index + 1 < len(run.names) and not (shared and _bracket_after(note, run.names[index + 1])):
            steps.append([])
    return [tuple(step) for step in steps if step]


def _bracket_after(note: Annotated, name: Name) -> bool:
    return note.lower[name.end : name.end + 2].strip().startswith("(")


def find_ranges(note: Annotated, clause: Clause, members: frozenset[str]) -> tuple[Ranked, ...]:
    """Intervals of days (or other units) with the names that have them."""
    found = []
    for figure in note.figures:
        if figure.kind != "range" or not (clause.start <= figure.start < clause.end) or _percent(figure):
            continue
        runs = [
            run
            for run in note.lists
            if clause.start <= run.start < clause.end
            and run.role in ("subject", "place")
            and all(n.key in members for n in run.names)
        ]
        run = _nearest(runs, figure)
        if run is not None:
            denied = any(
                not re.match(r"inte (?:bara|endast|enbart)\b", note.lower[c.start :])
                for c in note.cues_in(clause, "neg")
            )
            said = RangeSaid(run.names, figure, exhaustive=len(run.names) > 1, negative=denied)
            found.append(Ranked(said, min(run.start, figure.start), max(run.end, figure.end), "range.span"))
    return tuple(found)


def _percent(figure: Figure) -> bool:
    return figure.unit in ("%", "procent")


def _nearest(runs: list[NameList], figure: Figure) -> NameList | None:
    before = [run for run in runs if run.end <= figure.start]
    if before:
        return before[-1]
    after = [run for run in runs if run.start >= figure.end]
    return after[0] if after else None
