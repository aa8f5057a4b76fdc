"""arithmetic: sums, products, shares and changes inside the text that do not come out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pipeline.checks.findings import Finding, of_claim
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
        table = found.get("by") == "tabellen"
        said, shows = stated(told), str(found.get("shown", ""))
        where = "mot tabellen" if table else "i texten"
        yield of_claim(
            claim,
            found,
            check="text_vs_table" if table else CHECK,
            message=f"Avvikelse {where}: {quoted(said)} anges, men {shows}.",
            key=(claim.sentence, claim.rule, claim.sentence[claim.span_start : claim.span_end]),
            sides=(said, shows),
            place=(f"{claim.page}|{claim.sentence}",),
        )


def stated(told: dict[str, Any]) -> str:
    """What a calculation, a change or a dated figure says, in a few words."""
    if "direction" not in told and "to" not in told and "from" not in told:
        year = f" {told['year']}" if "unit" in told and "year" in told else ""
        return f"{told['figure']}{year}"
    said = _DIRECTIONS.get(told.get("direction", ""), "en förändring")
    return f"{said} med {number(told['by'])} {told['by_unit']}" if "by" in told else said
