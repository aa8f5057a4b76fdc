"""cross_document: one indicator, unit and edition with different values in two documents, and changes
whose base year differs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.checks.findings import Finding
from pipeline.checks.ledger import Ledger, Place
from pipeline.checks.registry import LookUp, corpus_check
from pipeline.checks.wording import number, quoted
from pipeline.model import Claim, Observation, ReadDocument

if TYPE_CHECKING:
    from pipeline.reference import Registers

CHECK = "cross_document"
#: Figures rounded to whole points can differ by one.
_ROUNDING = 1.0
_REVISED = (
    r"\b(?:reviderad|revidering|reviderade|rättad|rättade|korrigerad|korrigerade|uppdaterad version|"
    r"ersätter (?:tidigare|den))\b"
)
#: What every word of that expression begins with: most blocks hold none, and searching takes longer.
_REVISIONS = ("revider", "rättad", "korrigerad", "uppdaterad", "ersätter")


@corpus_check(CHECK)
class CrossDocument:
    """Findings between pairs of documents; the later published is the one flagged."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers
        self._ledger = Ledger()
        self._dates: list[tuple[str, str]] = []
        self._revised: set[int] = set()
        self._changes: list[tuple[int, int, Claim]] = []

    def see(self, document: ReadDocument, claims: Sequence[Claim]) -> None:
        """Keep what the comparison needs of one document."""
        which, record = len(self._dates), document.record
        self._dates.append((str(record.published or record.year or ""), record.document_id))
        self._ledger.add(which, document.observations)
        if _tells_revision(document):
            self._revised.add(which)
        self._changes += [
            (which, at, claim)
            for at, claim in enumerate(claims)
            if claim.claim_type == "change" and len(claim.indicator_ids) == 1 and len(claim.unit_ids) == 1
        ]

    def findings(self, look_up: LookUp) -> Iterator[Finding]:
        """What differs between the documents seen."""
        time = [0] * len(self._dates)
        for when, which in enumerate(sorted(range(len(time)), key=self._dates.__getitem__)):
            time[which] = when
        pairs = self._ledger.differing(time)
        changes = list(self._differing_changes(time))
        told = look_up([*(place for pair in pairs for place in pair), *(place for _, place, *_ in changes)])
        for earlier, later in pairs:
            severity = "info" if later[0] in self._revised else "warning"
            yield _finding(told[earlier], told[later], severity)
        for claim, place, value, year, severity in changes:
            yield _change(claim, told[place], value, year, severity)

    def _differing_changes(self, time: Sequence[int]) -> Iterator[tuple[Claim, Place, float, int, str]]:
        """A change's figure for an earlier year (or this one) against another document's for that year."""
        ordered = sorted(self._changes, key=lambda one: (time[one[0]], one[1]))
        asked = [(claim.indicator_ids[0], claim.unit_ids[0]) for _, _, claim in ordered]
        wanted = {
            (*asked[at], year)
            for at, (_, _, claim) in enumerate(ordered)
            for year in (claim.base_year, claim.year)
            if year is not None
        }
        known = self._ledger.shares(time, wanted)
        for (own, _, claim), (indicator, unit) in zip(ordered, asked, strict=True):
            told = json.loads(claim.asserted)
            for value, year, printed in (
                (claim.base_value, claim.base_year, "base_year" in told),
                (claim.value, claim.year, "year" in told),
            ):
                if value is None or year is None:
                    continue
                for place, seen in known.get((indicator, unit, year), ()):
                    off = abs((seen or 0.0) - value)
                    slack = _ROUNDING if told.get("from_computed") and value is claim.base_value else 0.5
                    if place[0] == own or seen is None or off <= slack:
                        continue
                    explained = claim.year is not None and not self._registers.indicators.comparable(
                        indicator, year, claim.year
                    )
                    severity = "warning" if printed and not explained and off <= 25 else "info"
                    yield claim, place, value, year, severity
                    break


def _tells_revision(document: ReadDocument) -> bool:
    """Whether a document says that it corrects what was published before: its differences are explained."""
    texts = (block.text.lower() for block in document.blocks)
    return any(re.search(_REVISED, text) for text in texts if any(word in text for word in _REVISIONS))


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
