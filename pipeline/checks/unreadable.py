"""unreadable: values that could not be read, and tables whose roles could not be told."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import listed, plural, quoted
from pipeline.model import Observation, TableReading

CHECK = "unreadable"
UNTOLD = "dess rader och kolumner kunde inte bestämmas."
#: At most so many cells are named in a message.
_NAMED = 6


@document_check(CHECK)
def unreadable(case: DocumentCase) -> Iterator[Finding]:
    """One info finding per table with unreadable values, and per table that was left unread."""
    by_table: dict[str, list[Observation]] = {}
    for seen in case.document.observations:
        if seen.status == "unreadable":
            by_table.setdefault(seen.table_id, []).append(seen)
    for reading in case.document.tables:
        cells = by_table.get(reading.table_id)
        if cells:
            yield _values(case, reading, cells)
        if reading.status == "unread":
            yield _table(case, reading)


def _values(case: DocumentCase, reading: TableReading, cells: list[Observation]) -> Finding:
    title = reading.label or reading.table.caption or "tabellen"
    named = listed([f"{seen.unit_label} – {quoted(seen.indicator_label)}" for seen in cells[:_NAMED]])
    more = f" med flera ({len(cells)})" if len(cells) > _NAMED else ""
    return Finding(
        check=CHECK,
        severity="info",
        document_id=case.document.record.document_id,
        page=cells[0].box.page,
        boxes=tuple(seen.box for seen in cells),
        message=f"{title}: {plural(len(cells), 'värde', 'värden')} kunde inte läsas säkert: {named}{more}.",
        key=("values", title),
        found=plural(len(cells), "värde", "värden"),
        table_id=reading.table_id,
        table_label=reading.label,
        observations=tuple(cells),
    )


def _table(case: DocumentCase, reading: TableReading) -> Finding:
    title = reading.label or reading.table.caption or f"tabellen på sidan {reading.table.page_first}"
    return Finding(
        check=CHECK,
        severity="info",
        document_id=case.document.record.document_id,
        page=reading.table.page_first,
        boxes=reading.table.boxes,
        message=f"{title} har inte tolkats: {reading.reason or UNTOLD}",
        key=("table", title, reading.table_id),
        table_id=reading.table_id,
        table_label=reading.label,
        evidence=(reading.reason or "",),
    )
