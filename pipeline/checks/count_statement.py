"""count_statement: "25 indikatorer varav 9 röda" against the rows and answers of the appendix."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.checks.findings import Finding, of_claim
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import listed, quoted

CHECK = "count_statement"
_NAMES = {
    "total": "indikatorer",
    "gron": "gröna (JA)",
    "gul": "gula (DELVIS)",
    "rod": "röda (NEJ)",
    "gra": "grå",
    "JA": "JA",
    "NEJ": "NEJ",
    "DELVIS": "DELVIS",
}
#: More labels than this are counted, not listed.
_LISTED = 12


@document_check(CHECK)
def count_statement(case: DocumentCase) -> Iterator[Finding]:
    """One finding per stated count that the own unit's column does not give."""
    for claim in case.claims:
        if claim.verdict != "refuted" or not claim.rule.startswith("count.indicators"):
            continue
        told, found = json.loads(claim.asserted), json.loads(claim.found or "{}")
        what = _NAMES.get(told["what"], told["what"])
        said = f"{told['value']} {what}"
        shows = f"{found['n']} {what}"
        labels = found.get("labels", [])
        if labels and len(labels) <= _LISTED:
            shows += f": {listed([quoted(label) for label in labels])}"
        evidence = tuple(case.cells[one] for one in claim.evidence if one in case.cells)
        yield of_claim(
            claim,
            found,
            check=CHECK,
            message=(
                f"Avvikelse mot {listed(found['tables'])}: texten säger {said}, "
                f"men räknat i tabellen är det {shows}."
            ),
            key=(claim.sentence, told["what"]),
            sides=(said, shows),
            observations=evidence,
            suspects=frozenset(claim.evidence),
            place=(f"{claim.table_id}|",),
        )
