"""engine_disagreement: two engines read one cell of a table differently; both readings are shown."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import quoted

CHECK = "engine_disagreement"


@document_check(CHECK)
def engine_disagreement(case: DocumentCase) -> Iterator[Finding]:
    """One info finding per cell that was read in two ways."""
    if not any(reading.table.disagreements for reading in case.document.tables):
        return
    seen_by_place = {(seen.table_id, seen.row, seen.col): seen for seen in case.document.observations}
    for reading in case.document.tables:
        cells = {(cell.row, cell.col): cell for cell in reading.table.cells}
        title = reading.label or reading.table.caption or "tabellen"
        for one in reading.table.disagreements:
            seen = seen_by_place.get((reading.table_id, one.row, one.col))
            cell = cells.get((one.row, one.col))
            boxes = (cell.box,) if cell is not None else reading.table.boxes[:1]
            where = (
                f"{seen.unit_label}, {quoted(seen.indicator_label)}"
                if seen is not None
                else f"rad {one.row + 1}, kolumn {one.col + 1}"
            )
            yield Finding(
                check=CHECK,
                severity="info",
                document_id=case.document.record.document_id,
                page=boxes[0].page,
                boxes=boxes,
                message=(
                    f"Två avläsningar av {title}, {where} skiljer sig: "
                    f"{one.engine} läser {quoted(one.reading)}, "
                    f"{one.other_engine} läser {quoted(one.other_reading)}."
                ),
                key=(title, where, one.engine, one.other_engine),
                asserted=one.reading,
                found=one.other_reading,
                table_id=reading.table_id,
                table_label=reading.label,
                observations=(seen,) if seen is not None else (),
                evidence=(one.reading, one.other_reading),
            )
