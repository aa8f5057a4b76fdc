"""cross_reference: a kommun named as an example of a ja-svar whose own table in the document says
otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import genitive, quoted
from pipeline.errors import AmbiguousError
from pipeline.model import Observation
from pipeline.model.ids import fold

CHECK = "cross_reference"
_APART = r"\s*(?:/|,|;|\boch\b|&)\s*"


@document_check(CHECK)
def cross_reference(case: DocumentCase) -> Iterator[Finding]:
    """One finding per named example that the named kommun's own answer contradicts."""
    examples = [seen for seen in case.document.observations if seen.answer == "NEJ" and seen.answer_note]
    if not examples:
        return
    own = {
        (seen.unit_id, fold(seen.indicator_label)): seen
        for seen in case.document.observations
        if seen.unit_id and seen.answer is not None
    }
    for seen in examples:
        for name in re.split(_APART, seen.answer_note or ""):
            unit_id = _unit(case, name)
            answer = (
                own.get((unit_id, fold(seen.indicator_label)))
                if unit_id and unit_id != seen.unit_id
                else None
            )
            if answer is not None and answer.answer == "NEJ":
                yield _finding(seen, name, answer)


def _unit(case: DocumentCase, name: str) -> str | None:
    if not name.strip():
        return None
    try:
        known = case.registers.units.known(name.strip())
    except AmbiguousError:
        return None
    return None if known is None else known.unit_id


def _finding(seen: Observation, name: str, answer: Observation) -> Finding:
    return Finding(
        check=CHECK,
        severity="warning",
        document_id=seen.document_id,
        page=seen.box.page,
        boxes=(seen.box, answer.box),
        message=(
            f"Avvikelse: {genitive(seen.unit_label)} tabell anger {name} som kommun med ja-svar på "
            f"{quoted(seen.indicator_label)}, men {genitive(name)} egen tabell visar NEJ."
        ),
        key=(seen.unit_label, seen.indicator_label, name),
        asserted=f"{name}: JA",
        found=f"{answer.unit_label}: {answer.answer}",
        table_id=seen.table_id,
        table_label=seen.table_label,
        observations=(seen, answer),
        suspects=frozenset({answer.observation_id}),
        place=(f"{answer.table_id}|{answer.indicator_label}",),
    )
