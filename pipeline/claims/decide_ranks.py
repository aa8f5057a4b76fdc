"""Ranks ("högst … följt av") and day ranges against a table's cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims.assertion import RangeSaid, RankSaid
from pipeline.claims.binding import Target
from pipeline.claims.decide import Verdict, answers, shown, undecidable
from pipeline.claims.decide_figures import scale_of
from pipeline.claims.view import Line
from pipeline.model import Observation


def decide_rank(said: RankSaid, targets: Sequence[Target]) -> Verdict:
    """The order of the named units among the members of the table, ties allowed, nobody passed over.

    A denied rank ("har inte flest") is refuted when the order holds.
    """
    told = _ranked(said, targets)
    if not said.negative or told.verdict == "undecidable":
        return told
    return replace(told, verdict="refuted" if told.verdict == "supported" else "supported")


def _ranked(said: RankSaid, targets: Sequence[Target]) -> Verdict:
    target = targets[0]
    values: dict[str, float] = {}
    cells: dict[str, Observation] = {}
    for line, seen in answers(target.view, target.column):
        size = _size(seen)
        if seen is not None and size is not None:
            values[line.key], cells[line.key] = size, seen
    if len(values) < 2:
        return undecidable("kolumnen har inga tal att rangordna")
    falling = said.extreme == "highest"
    if said.extreme in ("best", "worst"):
        scale = scale_of(target, next(iter(cells.values())))
        if scale is None:
            return undecidable("det är inte känt om högre eller lägre är bättre för indikatorn")
        falling = (said.extreme == "best") == (scale > 0)
    order = sorted(values, key=lambda key: -values[key] if falling else values[key])
    labels = {line.key: line.label for line in target.view.members}
    found: dict[str, object] = {
        "columns": [target.column.label],
        "order": [f"{labels[key]} ({shown(values[key])})" for key in order],
    }
    evidence = tuple(cells[key] for key in order)
    place = said.skip
    for step in said.order:
        keys = [name.key for name in step]
        if any(key not in values for key in keys):
            return Verdict("undecidable", found, evidence, "någon av enheterna saknar tal i kolumnen")
        if place > said.skip and len({values[key] for key in keys}) > 1:
            return Verdict("refuted", found, evidence)
        expected = sorted(values[key] for key in order[place : place + len(keys)])
        if any(abs(a - b) > 1e-9 for a, b in zip(sorted(values[key] for key in keys), expected, strict=True)):
            return Verdict("refuted", found, evidence)
        place += len(keys)
    return Verdict("supported", found, evidence)


def _size(seen: Observation | None) -> float | None:
    """What a cell is ranked by: its value, else where its interval begins."""
    if seen is None:
        return None
    return seen.value if seen.value is not None else seen.range_min


def decide_range(said: RangeSaid, targets: Sequence[Target]) -> Verdict:
    """The named units' intervals, and (of a list that reads as complete) nobody else's."""
    target = targets[0]
    lines = {line.key: line for line in target.view.members}
    wrong: list[Line] = []
    for name in said.names:
        line = lines.get(name.key)
        seen = target.view.cell(line, target.column) if line is not None else None
        if line is None or seen is None or (seen.range_min is None and seen.range_max is None):
            return undecidable(f"{name.label} har inget intervall i kolumnen")
        if _fits(said, seen) == said.negative:
            wrong.append(line)
    named = {name.key for name in said.names}
    missing = [
        line
        for line, seen in answers(target.view, target.column)
        if said.exhaustive
        and not said.negative
        and line.key not in named
        and seen is not None
        and _fits(said, seen)
    ]
    evidence = tuple(seen for _, seen in answers(target.view, target.column) if seen is not None)
    found: dict[str, object] = {
        "columns": [target.column.label],
        "wrong": [line.label for line in wrong],
        "missing": [line.label for line in missing],
        "ranges": [
            f"{line.label} {_interval(seen)}" for line, seen in answers(target.view, target.column) if seen
        ],
    }
    if wrong or missing:
        return Verdict("refuted", found, evidence, None, "error" if wrong else "warning")
    return Verdict("supported", found, evidence)


def _fits(said: RangeSaid, seen: Observation) -> bool:
    return seen.range_min == said.figure.value and seen.range_max == said.figure.high


def _interval(seen: Observation) -> str:
    low = shown(seen.range_min) if seen.range_min is not None else ""
    high = shown(seen.range_max) if seen.range_max is not None else ""
    return f"{low}–{high}"
