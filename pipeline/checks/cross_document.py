"""cross_document: one indicator, unit and edition with different values in two documents, and changes
whose base year differs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.checks.findings import Finding
from pipeline.checks.registry import CorpusCase, corpus_check
from pipeline.checks.wording import number, quoted
from pipeline.model import Claim, Observation, ReadDocument

CHECK = "cross_document"
#: Figures rounded to whole points can differ by one.
_ROUNDING = 1.0
_REVISED = (
    r"\b(?:reviderad|revidering|reviderade|rättad|rättade|korrigerad|korrigerade|uppdaterad version|"
    r"ersätter (?:tidigare|den))\b"
)


@corpus_check(CHECK)
def cross_document(case: CorpusCase) -> Iterator[Finding]:
    """Findings between pairs of documents; the later published is the one flagged."""
    order = {document.record.document_id: index for index, document in enumerate(_by_date(case.documents))}
    known: dict[tuple[str, str, int, str | None, str], list[Observation]] = {}
    for document in _by_date(case.documents):
        for seen in document.observations:
            if seen.indicator_id and seen.unit_id and seen.year is not None and seen.status == "ok":
                known.setdefault(
                    (seen.indicator_id, seen.unit_id, seen.year, seen.subgroup, seen.measure), []
                ).append(seen)
    revised = {one.record.document_id for one in case.documents if _tells_revision(one)}
    for cells in known.values():
        yield from _values(cells, order, revised)
    for document in _by_date(case.documents):
        for claim in case.claims.get(document.record.document_id, ()):
            yield from _base_year(case, claim, known)


def _by_date(documents: Sequence[ReadDocument]) -> list[ReadDocument]:
    return sorted(
        documents,
        key=lambda one: (str(one.record.published or one.record.year or ""), one.record.document_id),
    )


def _tells_revision(document: ReadDocument) -> bool:
    """Whether a document says that it corrects what was published before: its differences are explained."""
    return any(re.search(_REVISED, block.text.lower()) for block in document.blocks)


def _values(cells: list[Observation], order: dict[str, int], revised: set[str]) -> Iterator[Finding]:
    first: dict[str, Observation] = {}
    for seen in cells:
        first.setdefault(seen.document_id, seen)
    ordered = sorted(first.values(), key=lambda seen: order[seen.document_id])
    for earlier, later in pairwise(ordered):
        if _differ(earlier, later):
            yield _finding(earlier, later, "info" if later.document_id in revised else "warning")


def _differ(one: Observation, two: Observation) -> bool:
    if one.answer is not None and two.answer is not None:
        return one.answer != two.answer
    if one.value is None or two.value is None or one.value_unit != two.value_unit:
        return False
    whole = one.value == int(one.value) or two.value == int(two.value)
    return abs(one.value - two.value) > (0.5 if whole else 0.05) + 1e-9


def _finding(earlier: Observation, later: Observation, severity: str) -> Finding:
    return Finding(
        check=CHECK,
        severity=severity,
        document_id=later.document_id,
        page=later.box.page,
        boxes=(later.box,),
        message=(
            f"Avvikelse mellan dokument: {quoted(later.indicator_label)} för {later.unit_label} "
            f"{later.year} är {later.value_raw} här men {earlier.value_raw} i ett annat dokument; "
            "en revidering eller ändrad definition kan förklara det."
        ),
        key=(later.table_label, later.indicator_label, later.unit_label, str(later.year)),
        asserted=later.value_raw,
        found=earlier.value_raw,
        table_id=later.table_id,
        table_label=later.table_label,
        observations=(later,),
        other_document_ids=(earlier.document_id,),
        evidence=(earlier.value_raw,),
    )


def _base_year(
    case: CorpusCase, claim: Claim, known: dict[tuple[str, str, int, str | None, str], list[Observation]]
) -> Iterator[Finding]:
    """A change's figure for an earlier year (or this one) against another document's figure for that year."""
    if claim.claim_type != "change" or len(claim.indicator_ids) != 1 or len(claim.unit_ids) != 1:
        return
    indicator, unit = claim.indicator_ids[0], claim.unit_ids[0]
    told = json.loads(claim.asserted)
    for value, year, printed in (
        (claim.base_value, claim.base_year, "base_year" in told),
        (claim.value, claim.year, "year" in told),
    ):
        if value is None or year is None:
            continue
        for seen in known.get((indicator, unit, year, None, "share"), ()):
            off = abs((seen.value or 0.0) - value)
            slack = _ROUNDING if told.get("from_computed") and value is claim.base_value else 0.5
            if seen.document_id == claim.document_id or seen.value is None or off <= slack:
                continue
            explained = claim.year is not None and not case.registers.indicators.comparable(
                indicator, year, claim.year
            )
            severity = "warning" if printed and not explained and off <= 25 else "info"
            yield _change(claim, seen, value, year, severity)
            break


def _change(claim: Claim, seen: Observation, value: float, year: int, severity: str) -> Finding:
    return Finding(
        check=CHECK,
        severity=severity,
        document_id=claim.document_id,
        page=claim.page,
        boxes=claim.boxes,
        message=(
            f"Avvikelse mellan dokument: texten ger {number(value)} för {year}, men "
            f"{quoted(seen.indicator_label)} för "
            f"{seen.unit_label} {year} är {seen.value_raw} i ett annat dokument."
        ),
        key=(claim.sentence, claim.claim_type, str(year)),
        asserted=number(value),
        found=seen.value_raw,
        sentence=claim.sentence,
        claim_id=claim.claim_id,
        other_document_ids=(seen.document_id,),
        observations=(seen,),
    )
