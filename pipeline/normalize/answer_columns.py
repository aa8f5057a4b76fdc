"""Tables whose columns are the possible answers, with a mark in the one that was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.normalize.answers import BLANK, UNREADABLE, Value
from pipeline.normalize.context import Context
from pipeline.normalize.grid import Grid
from pipeline.normalize.heads import Head
from pipeline.normalize.text import folded

#: Signs that mark the answer given. They mean nothing else where columns are answers.
MARKS = frozenset("x✓✔√●■◼⬤•○◯□◻✗✘◐◑◒◓☑☒☐")


def as_answers(heads: Sequence[Head], grid: Grid, below: Sequence[int], context: Context) -> tuple[Head, ...]:
    """Heads with ``answer`` set where two or more columns are headed by answers and hold only marks."""
    answers = {head.index: found for head in heads if (found := _answer_of(head, context)) is not None}
    cells = [grid.text(row, col) for row in below for col in answers]
    filled = [folded(text) for text in cells if text]
    if len(answers) < 2 or not filled or any(text.strip("()") not in MARKS for text in filled):
        return tuple(heads)
    return tuple(
        replace(head, answer=answers[head.index], names=()) if head.index in answers else head
        for head in heads
    )


def _answer_of(head: Head, context: Context) -> str | None:
    if len(head.printed) != 1:
        return None
    value = context.codes.value(head.printed[0])
    return value.answer if value is not None and value.status == "ok" else None


def given_answer(marked: Mapping[int, str], heads: Iterable[Head]) -> tuple[int, Value]:
    """The column and value of one row: ``marked`` is column → text of its filled cells under answers.

    No mark is blank (in the first such column); marks under several answers are unreadable.
    """
    answers = {head.index: head.answer for head in heads if head.answer is not None}
    if not marked:
        return min(answers), BLANK
    col = min(marked)
    return (col, Value("ok", answer=answers[col])) if len(marked) == 1 else (col, UNREADABLE)
