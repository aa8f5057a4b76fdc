"""appendix_difference: the same indicator with different figures for one unit in two appendices (worth
knowing, no error)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import listed, quoted
from pipeline.model import Observation
from pipeline.model.ids import fold

CHECK = "appendix_difference"


@document_check(CHECK)
def appendix_difference(case: DocumentCase) -> Iterator[Finding]:
    """One info finding per indicator whose figures for Länet or Riket differ between tables."""
    by_label: dict[str, list[Observation]] = {}
    for seen in case.document.observations:
        if seen.measure == "share" and seen.value is not None and seen.subgroup is None:
            by_label.setdefault(fold(seen.indicator_label), []).append(seen)
    for cells in by_label.values():
        differing = _differing(cells)
        if differing:
            yield _finding(differing)


def _differing(cells: list[Observation]) -> list[Observation]:
    """The cells of the tables that state one measure: one indicator_id, or figures that agree for some
    unit."""
    by_table: dict[str, dict[str | None, Observation]] = {}
    for seen in cells:
        by_table.setdefault(seen.table_id, {})[seen.unit_id] = seen
    told: dict[str, Observation] = {}
    for one, two in combinations(by_table.values(), 2):
        shared = [unit for unit in one if unit in two and one[unit].year == two[unit].year]
        differ = [unit for unit in shared if one[unit].value != two[unit].value]
        ids = {seen.indicator_id for seen in (*one.values(), *two.values())}
        same = (len(ids) == 1 and None not in ids) or 0 < len(differ) < len(shared)
        if differ and same:
            told |= {seen.observation_id: seen for unit in differ for seen in (one[unit], two[unit])}
    return list(told.values())


def _finding(cells: list[Observation]) -> Finding:
    first = cells[0]
    told = listed([f"{seen.table_label or 'tabellen'}: {seen.unit_label} {seen.value_raw}" for seen in cells])
    return Finding(
        check=CHECK,
        severity="info",
        document_id=first.document_id,
        page=first.box.page,
        boxes=tuple(seen.box for seen in cells),
        message=(
            f"{quoted(first.indicator_label)} har olika värden i olika tabeller ({told}); "
            "kan gälla olika verksamheter."
        ),
        key=(first.indicator_label,),
        asserted=None,
        found=told,
        table_id=first.table_id,
        table_label=first.table_label,
        observations=tuple(cells),
    )
