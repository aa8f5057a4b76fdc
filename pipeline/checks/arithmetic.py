"""arithmetic: sums, products, shares and changes inside the text that do not come out."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import number, quoted

CHECK = "arithmetic"
_DIRECTIONS = {"up": "en ökning", "down": "en minskning", "same": "oförändrat"}


@document_check(CHECK)
def arithmetic(case: DocumentCase) -> Iterator[Finding]:
    """One finding per refuted calculation: what is stated and what the text's own figures give."""
    for claim in case.claims:
        if claim.verdict != "refuted" or not claim.rule.startswith(("arithmetic.", "change.")):
            continue
        told, found = json.loads(claim.asserted), json.loads(claim.found or "{}")
        if claim.rule.startswith("change."):
            said = _DIRECTIONS.get(told.get("direction", ""), "en förändring")
            if "by" in told:
                said += f" med {number(told['by'])} {told['by_unit']}"
        else:
            said = str(told["figure"])
        shows = str(found.get("shown", ""))
        yield Finding(
            check=CHECK,
            severity="error",
            document_id=claim.document_id,
            page=claim.page,
            boxes=claim.boxes,
            message=f"Avvikelse i texten: {quoted(said)} anges, men {shows}.",
            key=(claim.sentence, claim.rule, claim.sentence[claim.span_start : claim.span_end]),
            asserted=said,
            found=shows,
            sentence=claim.sentence,
            claim_id=claim.claim_id,
            place=(f"{claim.page}|{claim.sentence}",),
        )
