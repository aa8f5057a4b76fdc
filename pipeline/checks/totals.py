"""summary_row: a total (Summa, Totalt) against the figures it adds up, by rows and by columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import number, quoted
from pipeline.claims.view import Column, Line, TableView
from pipeline.model import Observation

CHECK = "summary_row"
NAME = "summary_row.totals"
_LABEL = re.compile(r"^(?:summa|totalt|totalsumma|sammanlagt|samtliga|alla)\b", re.IGNORECASE)
#: So many totals of a table must come out before one that does not is an error of the table …
_AGREE = 2
#: … and so many parts each.
_PARTS = 2
#: Shares and answers add up to nothing.
_NO_SUM = ("procent", "svar", "dagar", "manader")


@dataclass(frozen=True, slots=True)
class Added:
    """A printed total with its parts."""

    label: str
    place: str
    printed: Observation
    parts: tuple[Observation, ...]

    @property
    def sum(self) -> float:
        """What the parts add up to."""
        return sum(one.value or 0.0 for one in self.parts)

    @property
    def fits(self) -> bool:
        """Whether the total is the sum, each part being rounded as it is printed."""
        slack = 0.0 if all(float(one.value or 0).is_integer() for one in self.parts) else 0.05
        printed = self.printed.value
        return printed is not None and abs(printed - self.sum) <= slack * (len(self.parts) + 1) + 1e-9


@document_check(NAME)
def totals(case: DocumentCase) -> Iterator[Finding]:
    """One finding per total that is not the sum of its parts, in a row of totals whose others are."""
    for view in case.views:
        for told in (*_of_columns(view), *_of_lines(view)):
            wrong = [one for one in told if not one.fits]
            if len(told) - len(wrong) >= _AGREE and len(wrong) * _AGREE <= len(told) - len(wrong):
                yield from (_finding(view, one) for one in wrong)


def _of_columns(view: TableView) -> Iterator[list[Added]]:
    """Indicators that are the sum of those before them, per unit or year: a row Summa under its parts."""
    for at, column in enumerate(view.columns):
        if not _LABEL.match(column.label) or column.unit in _NO_SUM:
            continue
        before = reversed(view.columns[:at])
        summed = [*takewhile(lambda one: not _LABEL.match(one.label), before)][::-1]
        parts = [one for one in summed if one.unit == column.unit and one.group == column.group]
        told = (_added(view, line, column, parts) for line in view.lines)
        yield [one for one in told if one is not None]


def _added(view: TableView, line: Line, column: Column, parts: list[Column]) -> Added | None:
    seen = tuple(cell for one in parts if (cell := view.cell(line, one)) is not None)
    return _made(column.label, line.label, view.cell(line, column), seen, len(parts))


def _of_lines(view: TableView) -> Iterator[list[Added]]:
    """A line of totals under its units, column by column."""
    for line in view.lines:
        if line.statistic != "total" and not _LABEL.match(line.label):
            continue
        told = []
        for column in view.columns:
            if column.unit in _NO_SUM:
                continue
            seen = tuple(cell for one in view.members if (cell := view.cell(one, column)) is not None)
            made = _made(line.label, column.label, view.cell(line, column), seen, len(view.members))
            told += [made] if made is not None else []
        yield told


def _made(
    label: str, place: str, printed: Observation | None, parts: tuple[Observation, ...], count: int
) -> Added | None:
    """The total with its parts; None where one of them is blank, a share or an interval."""
    if printed is None or printed.value is None or len(parts) != count or count < _PARTS:
        return None
    if any(one.value is None or one.value_unit == "procent" for one in (printed, *parts)):
        return None
    return Added(label, place, printed, parts)


def _finding(view: TableView, one: Added) -> Finding:
    printed = one.printed
    added = " + ".join(number(part.value or 0.0) for part in one.parts)
    where = f"{one.place} {printed.year}" if printed.year is not None else one.place
    return Finding(
        check=CHECK,
        severity="warning",
        document_id=printed.document_id,
        page=printed.box.page,
        boxes=(printed.box,),
        message=(
            f"Avvikelse i {view.title}: {quoted(one.label)} visar {printed.value_raw} för {where}, men "
            f"delarna ger {number(one.sum)} ({added})."
        ),
        key=(view.label or view.title, one.label, where),
        asserted=f"{one.label} {printed.value_raw}",
        found=number(one.sum),
        table_id=view.table_id,
        table_label=view.label,
        observations=(printed, *one.parts),
        suspects=frozenset(seen.observation_id for seen in (printed, *one.parts)),
        place=(f"{view.table_id}|{one.label}|{where}",),
    )
