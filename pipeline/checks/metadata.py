"""metadata: the area or edition that the text gives its own report, against its title and tables."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import listed, quoted

CHECK = "metadata"
_RULES = ("metadata.area", "metadata.year", "metadata.units")


@document_check(CHECK)
def metadata(case: DocumentCase) -> Iterator[Finding]:
    """One finding per sentence that names another area or year than the report's own."""
    for claim in case.claims:
        if claim.verdict != "refuted" or claim.rule not in _RULES:
            continue
        told, found = json.loads(claim.asserted), json.loads(claim.found or "{}")
        if claim.rule == "metadata.area":
            said, shows = quoted(told["name"]), listed([quoted(name) for name in found.get("names", [])])
            what = "området"
        elif claim.rule == "metadata.units":
            said, shows, what = f"{told['units']} kommuner", f"{found['units']}", "omfattningen"
        else:
            said, shows, what = str(told["year"]), str(found["year"]), "årgången"
        yield Finding(
            check=CHECK,
            severity="warning",
            document_id=claim.document_id,
            page=claim.page,
            boxes=claim.boxes,
            message=(
                f"Avvikelse: texten anger {what} {said} för rapporten, men titel och tabeller gäller {shows}."
            ),
            key=(claim.sentence, claim.rule),
            asserted=said,
            found=shows,
            sentence=claim.sentence,
            claim_id=claim.claim_id,
        )
