"""empty_row: a row of a table of indicators that holds no value at all, though a stated count may include
it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import quoted
from pipeline.claims.view import Column, TableView
from pipeline.model import Claim

CHECK = "empty_row"
_EMPTY = ("blank",)


@document_check(CHECK)
def empty_row(case: DocumentCase) -> Iterator[Finding]:
    """One finding per empty row: a warning when a stated number of indicators counts it, else info."""
    for view in case.views:
        if view.reading.orientation != "indicators_in_rows":
            continue
        empty = [column for column in view.columns if _is_empty(view, column)]
        if not empty or len(empty) * 2 > len(view.columns):
            continue
        counted = _counted(case, view)
        for column in empty:
            yield _finding(case, view, column, counted)


def _is_empty(view: TableView, column: Column) -> bool:
    cells = [view.cell(line, column) for line in view.lines]
    return all(cell is None or cell.status in _EMPTY for cell in cells) and any(
        cell is not None for cell in cells
    )


def _counted(case: DocumentCase, view: TableView) -> Claim | None:
    """The stated total that only comes out with the empty rows in it."""
    for claim in case.claims:
        if claim.table_id == view.table_id and claim.rule == "count.indicators.total":
            stated = json.loads(claim.asserted)["value"]
            if stated == len(view.columns):
                return claim
    return None


def _finding(case: DocumentCase, view: TableView, column: Column, counted: Claim | None) -> Finding:
    cells = tuple(cell for line in view.lines if (cell := view.cell(line, column)) is not None)
    message = f"Avvikelse i {view.title}: raden {quoted(column.label)} saknar alla värden"
    if counted is not None:
        message += f", men räknas in i textens {json.loads(counted.asserted)['value']} indikatorer"
    return Finding(
        check=CHECK,
        severity="warning" if counted is not None else "info",
        document_id=case.document.record.document_id,
        page=cells[0].box.page,
        boxes=tuple(cell.box for cell in cells),
        message=message + ".",
        key=(view.label or view.title, column.label),
        asserted=counted.sentence if counted is not None else None,
        found="tom rad",
        sentence=counted.sentence if counted is not None else None,
        claim_id=counted.claim_id if counted is not None else None,
        table_id=view.table_id,
        table_label=view.label,
        observations=cells,
    )
