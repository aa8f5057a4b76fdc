"""summary_row: a mean row against the cells it sums up – and which percentages are possible at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import listed, number, quoted
from pipeline.claims.tolerance import same
from pipeline.claims.view import Column, Line, TableView
from pipeline.model import Observation

CHECK = "summary_row"
_PRINTED = r"\d+(?:[.,](\d+))?"
#: A mean row sums the table's own units when at least this share of its columns agree with them.
_OWN_SHARE = 0.5
#: A row of another kind (länet, staden) sums the table's own units when so many of its columns agree with
#: them, so many of those by another figure than 0 or 100, and for each that does not so many do.
_AGREE, _TELLING, _ODD = 3, 3, 4


@dataclass(frozen=True, slots=True)
class Summed:
    """One column of a mean row: what is printed and what the cells give (several when some are blank)."""

    column: Column
    printed: Observation
    cells: tuple[Observation, ...]
    computed: tuple[float, ...]
    positive: int
    answered: bool

    @property
    def fits(self) -> bool:
        """Whether the printed figure is a rounding of what the cells give."""
        value = self.printed.value
        assert value is not None
        return any(same(value, _decimals(self.printed.value_raw), one) for one in self.computed)


@document_check(CHECK)
def summary_row(case: DocumentCase) -> Iterator[Finding]:
    """One finding per column whose mean is not the mean of the table's units (DELVIS 0, JA MED VISSA 1)."""
    for view in case.views:
        for line in view.lines:
            if line.statistic == "mean" and line.kind == "grupp" and not line.share:
                yield from _line(view, line)
            elif _may_sum(view, line):
                yield from _proven(view, line)


def _may_sum(view: TableView, line: Line) -> bool:
    """Whether a row that is no member may be its members' mean or share: länet, staden, a group."""
    if line.kind == "riket" or line.statistic not in (None, "mean"):
        return False
    return {line.year} == {member.year for member in view.members} and line not in view.members


def _proven(view: TableView, line: Line) -> Iterator[Finding]:
    """The odd columns of a row whose other columns show that it sums exactly the table's own units."""
    sums = [one for column in view.columns if (one := _summed(view, line, column)) is not None]
    fits = [one for one in sums if one.fits]
    telling = [one for one in fits if one.printed.value not in (0, 100)]
    wrong = [one for one in sums if not one.fits]
    if len(fits) >= _AGREE and len(telling) >= _TELLING and len(wrong) * _ODD <= len(fits):
        for one in wrong:
            yield _finding(view, line, one, "warning")


def _line(view: TableView, line: Line) -> Iterator[Finding]:
    sums = [one for column in view.columns if (one := _summed(view, line, column)) is not None]
    wrong = [one for one in sums if not one.fits]
    own = len(sums) > len(wrong) >= 0 and len(sums) - len(wrong) >= _OWN_SHARE * len(sums)
    for one in wrong:
        if one.answered:
            yield _finding(view, line, one, _severity(one, sums, own=own))
        elif own and len(sums) > 2:
            yield _finding(view, line, one, "warning")
        elif _outside(one):
            yield _finding(view, line, one, "error" if own else "info")


def _severity(one: Summed, sums: list[Summed], *, own: bool) -> str:
    """error where the row agrees with its cells elsewhere; a single column proves nothing about what is
    summed."""
    if not own and len(sums) > 1:
        return "info"
    blank = any(cell.answer is None for cell in one.cells)
    return "error" if len(sums) > 1 and not blank else "warning"


def _outside(one: Summed) -> bool:
    """A mean below the least or above the greatest cell is wrong whatever the weights."""
    values = [cell.value for cell in one.cells if cell.value is not None]
    assert one.printed.value is not None
    return bool(values) and not min(values) - 0.5 <= one.printed.value <= max(values) + 0.5


def _summed(view: TableView, line: Line, column: Column) -> Summed | None:
    printed = view.cell(line, column)
    if printed is None or printed.value is None or len(view.members) < 2:
        return None
    cells = tuple(cell for member in view.members if (cell := view.cell(member, column)) is not None)
    told = [cell for cell in cells if cell.answer is not None]
    if told:
        positive = sum(cell.answer == "JA" for cell in told)
        totals = {len(told), len(view.members)}
        return Summed(
            column, printed, cells, tuple(sorted(100 * positive / n for n in totals)), positive, True
        )
    values = [cell.value for cell in cells if cell.value is not None]
    if len(values) < 2 or len(values) < len(cells):
        return None
    return Summed(column, printed, cells, (sum(values) / len(values),), 0, False)


def _decimals(raw: str) -> int:
    match = re.search(_PRINTED, raw)
    return len(match[1]) if match and match[1] else 0


def _finding(view: TableView, line: Line, one: Summed, severity: str) -> Finding:
    printed = one.printed
    assert printed.value is not None
    computed = " eller ".join(number(value) for value in one.computed)
    if one.answered:
        names = listed([cell.unit_label for cell in one.cells if cell.answer == "JA"])
        counted = f"{one.positive} av {len(view.members)} har JA ({names}), vilket ger {computed} procent"
        if not _possible(printed, len(view.members)):
            counted += f"; {number(printed.value)} procent kan inte uppstå med {len(view.members)} enheter"
    else:
        counted = f"medelvärdet av cellerna är {computed}"
    return Finding(
        check=CHECK,
        severity=severity,
        document_id=printed.document_id,
        page=printed.box.page,
        boxes=(printed.box,),
        message=(
            f"Avvikelse i {view.title}, {quoted(one.column.label)}: raden {quoted(line.label)} visar "
            f"{printed.value_raw}, men {counted}."
        ),
        key=(view.label or view.title, line.label, one.column.label),
        asserted=f"{line.label} {printed.value_raw}",
        found=counted,
        table_id=view.table_id,
        table_label=view.label,
        observations=(printed, *one.cells),
        suspects=frozenset(cell.observation_id for cell in (printed, *one.cells)),
        place=(f"{view.table_id}|{one.column.label}",),
    )


def _possible(printed: Observation, units: int) -> bool:
    decimals = _decimals(printed.value_raw)
    assert printed.value is not None
    return any(same(printed.value, decimals, 100 * count / units) for count in range(units + 1))
