"""text_vs_text: two sentences of one document that state the same thing with different figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import number, quoted
from pipeline.claims.text import stems
from pipeline.model import Claim

CHECK = "text_vs_text"
#: Sentences that share this much of their words say the same thing.
_ALIKE = 0.8
_PARTS = (
    ("to", "nivån"),
    ("by", "förändringen"),
    ("from", "den tidigare nivån"),
    ("year", "året"),
    ("base_year", "jämförelseåret"),
)


@document_check(CHECK)
def text_vs_text(case: DocumentCase) -> Iterator[Finding]:
    """One finding per pair of sentences that tell one change with different figures, years or direction."""
    changes = [claim for claim in case.claims if claim.claim_type == "change"]
    for one, two in combinations(changes, 2):
        if one.sentence != two.sentence and _same_subject(one, two):
            differing = _differences(one, two)
            if differing:
                yield _finding(one, two, differing)


def _same_subject(one: Claim, two: Claim) -> bool:
    if one.indicator_ids and two.indicator_ids and one.indicator_ids != two.indicator_ids:
        return False
    if one.unit_ids != two.unit_ids:
        return False
    first, second = ({word for word in stems(claim.sentence) if not word.isdecimal()} for claim in (one, two))
    return len(first & second) >= _ALIKE * max(len(first | second), 1)


def _differences(one: Claim, two: Claim) -> list[str]:
    first, second = json.loads(one.asserted), json.loads(two.asserted)
    if first.get("direction") != second.get("direction"):
        return ["riktningen"]
    told = []
    for key, name in _PARTS:
        if key in first and key in second and first[key] != second[key]:
            if key == "from" and (first.get("from_computed") or second.get("from_computed")):
                continue
            told.append(f"{name}: {number(first[key])} respektive {number(second[key])}")
    return told


def _finding(one: Claim, two: Claim, differing: list[str]) -> Finding:
    return Finding(
        check=CHECK,
        severity="error",
        document_id=two.document_id,
        page=two.page,
        boxes=two.boxes,
        message=(
            f"Avvikelse mellan två meningar om samma sak ({'; '.join(differing)}): "
            f"sidan {one.page} säger {quoted(one.sentence)}, sidan {two.page} säger {quoted(two.sentence)}"
        ),
        key=(one.sentence, two.sentence),
        asserted=two.sentence,
        found=one.sentence,
        sentence=two.sentence,
        claim_id=two.claim_id,
    )
