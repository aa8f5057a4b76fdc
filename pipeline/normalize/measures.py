"""What kind of figure a cell holds: the unit's answer, a share of units that said yes, a mean, a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.normalize.answers import Value
from pipeline.normalize.subjects import Subject

_AGGREGATES = ("lan", "riket", "grupp")
#: A table is one of yes/no questions when this share of its lines with own values are.
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """All cells of one indicator in one table.

    Attributes:
        answers, figures: how many cells of units (not aggregates) hold an answer, or a figure.
        table_yes_no: most lines of the same table are answered yes or no.
    """

    answers: int
    figures: int
    table_yes_no: bool


def lines_of(read: Iterable[tuple[Subject, Value]]) -> Mapping[str, Line]:
    """Each indicator's line, by ``Subject.line``."""
    answers: dict[str, int] = {}
    figures: dict[str, int] = {}
    measured = set()
    for subject, value in read:
        if subject.measure is not None:
            measured.add(subject.line)
        answers.setdefault(subject.line, 0)
        figures.setdefault(subject.line, 0)
        if value.answer is not None:
            answers[subject.line] += 1
        elif value.status == "ok" and subject.unit_kind not in _AGGREGATES:
            figures[subject.line] += 1
    told = [line for line in answers if answers[line] or (figures[line] and line not in measured)]
    yes_no = sum(1 for line in told if answers[line]) >= _MOSTLY * len(told) if told else False
    return {line: Line(answers[line], figures[line], yes_no) for line in answers}


def is_yes_no(line: Line, value_kind: str | None) -> bool:
    """Whether an indicator is answered yes or no: by its cells, else by the register, else by its table."""
    if line.answers:
        return True
    if value_kind is not None:
        return value_kind == "answer"
    return line.table_yes_no and not line.figures


def measure_of_cell(
    subject: Subject, value: Value, line: Line, value_kind: str | None
) -> tuple[str, str | None]:
    """The measure of a cell, and the unit that follows from it (``procent`` of shares) or None.

    A bare figure of an aggregate, or of a city among kommuner that answered, is the share that said yes.
    """
    if value.answer is not None:
        return "answer", None
    yes_no = is_yes_no(line, value_kind) and _can_be_share(value)
    if subject.unit_kind == "grupp" and subject.statistic in ("mean", "median"):
        return subject.statistic, "procent" if yes_no else None
    if subject.unit_kind == "grupp" and subject.statistic == "total" and value.unit is None:
        return "value", "antal" if _counts(subject.unit_label) else None
    aggregate = subject.unit_kind in _AGGREGATES
    if yes_no and (aggregate or value.value is not None):
        return "share", "procent"
    if yes_no and not aggregate:
        return "answer", None
    return (subject.statistic, None) if subject.statistic in ("mean", "median") else ("value", None)


def _counts(label: str) -> bool:
    """Whether a total's label says that it counts units (``Antal ja``); a bare total may be either."""
    return label.casefold().startswith("antal")


def _can_be_share(value: Value) -> bool:
    """Whether a cell's figure can be a percentage: no interval, no other unit, within 0–100."""
    if value.low is not None or value.high is not None:
        return False
    if value.unit not in (None, "procent"):
        return False
    return value.value is None or 0 <= value.value <= 100
