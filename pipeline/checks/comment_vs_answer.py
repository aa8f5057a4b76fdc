"""comment_vs_answer: a comment asserts the very thing that the answer on its row denies, or denies what
it asserts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import quoted
from pipeline.model import Observation

CHECK = "comment_vs_answer"
_OPENING = r"(?i)^\s*(ja|nej)\b[\s,.:;–-]+(?!men\b)"


@document_check(CHECK)
def comment_vs_answer(case: DocumentCase) -> Iterator[Finding]:
    """One finding per comment that contradicts its own row's answer."""
    told: set[str] = set()
    for claim in case.claims:
        if claim.verdict != "refuted" or claim.rule != "policy_answer.comment" or not claim.evidence:
            continue
        seen = case.cells.get(claim.evidence[0])
        if seen is not None and seen.observation_id not in told:
            told.add(seen.observation_id)
            said = json.loads(claim.asserted)["answer"]
            yield _finding(seen, claim.sentence, said, claim.claim_id, claim.boxes[0].page, claim)
    for seen in case.document.observations:
        if not seen.comment or seen.answer not in ("JA", "NEJ") or seen.observation_id in told:
            continue
        match = re.match(_OPENING, seen.comment)
        if match and match[1].upper() != seen.answer:
            yield _finding(seen, seen.comment, match[1].upper(), None, seen.box.page, None)


def _finding(
    seen: Observation, comment: str, said: str, claim_id: str | None, page: int, claim: object | None
) -> Finding:
    return Finding(
        check=CHECK,
        severity="warning",
        document_id=seen.document_id,
        page=page,
        boxes=getattr(claim, "boxes", (seen.box,)),
        message=(
            f"Avvikelse i {seen.table_label or 'tabellen'}, {quoted(seen.indicator_label)}: svaret för "
            f"{seen.unit_label} är {seen.answer}, men kommentaren säger {said}: {quoted(comment)}"
        ),
        key=(seen.table_label, seen.indicator_label, seen.unit_label),
        asserted=f"{said} (kommentaren)",
        found=f"{seen.answer} (svaret)",
        sentence=comment,
        claim_id=claim_id,
        table_id=seen.table_id,
        table_label=seen.table_label,
        observations=(seen,),
        suspects=frozenset({seen.observation_id}),
        place=(f"{seen.table_id}|{seen.indicator_label}",),
    )
