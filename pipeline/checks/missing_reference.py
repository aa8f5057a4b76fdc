"""missing_reference: a table or appendix that the text points at and that is not there, or holds
something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import quoted
from pipeline.claims.context import label_key
from pipeline.claims.text import plain
from pipeline.model import Sentence
from pipeline.reference.folding import searchable

CHECK = "missing_reference"
_POINTED = (
    r"(?i)\b(tabell|bilaga|bilagorna|tabellerna|diagram|figur)\s+(\d{1,3})"
    r"(?:\s?[–-]\s?(\d{1,3}))?((?:,\s\d{1,2})*\s(?:och|samt)\s\d{1,2})?(?!\s?kap|[.,]\d|\d)"
)
#: What every word of that expression for a thing begins with.
_NAMES = ("tabell", "bilag", "diagram", "figur")
_KINDS = {"bilagorna": "bilaga", "tabellerna": "tabell"}
#: Longer ranges than this are not lists of appendices.
_RANGE = 30
#: References to another work's tables.
_FOREIGN = r"(?i)\b(?:prop\.|SOU|socialstyrelsens|rapporten ”|se vidare)\b"


@document_check(CHECK)
def missing_reference(case: DocumentCase) -> Iterator[Finding]:
    """One finding per label that is pointed at and absent, and per sentence that points at the wrong
    table."""
    yield from _absent(case)
    titles = {view.table_id: view.title for view in case.views}
    for claim in case.claims:
        if claim.verdict != "refuted" or claim.rule != "metadata.reference":
            continue
        told, found = json.loads(claim.asserted), json.loads(claim.found or "{}")
        said, shows = (
            " och ".join(told["reference"]),
            found.get("reference") or titles.get(claim.table_id or "", ""),
        )
        yield Finding(
            check=CHECK,
            severity="warning",
            document_id=claim.document_id,
            page=claim.page,
            boxes=claim.boxes,
            message=f"Avvikelse: texten hänvisar till {said}, men det den säger står i {shows}.",
            key=(claim.sentence, claim.rule),
            asserted=said,
            found=shows,
            sentence=claim.sentence,
            claim_id=claim.claim_id,
        )


def _absent(case: DocumentCase) -> Iterator[Finding]:
    """Labels of a kind that the document does print, so that the missing one is no separate file."""
    present = _present(case)
    kinds = {key.split(" ")[0] for key in present}
    told: set[str] = set()
    for sentence in case.document.sentences:
        if not may_point(sentence.text):
            continue
        block = case.document.blocks[sentence.block]
        if block.kind in ("running", "caption") or re.search(_FOREIGN, sentence.text):
            continue
        for key in _pointed(sentence):
            if key in present or key in told:
                continue
            told.add(key)
            kind = key.split(" ")[0]
            if kind in kinds and kind != "figur" and kind != "diagram":
                yield _finding(case, sentence, key)
            elif kind == "bilaga":
                # it may be a file of its own, so a reader should know and no more
                yield replace(_finding(case, sentence, key), severity="info")


def _present(case: DocumentCase) -> set[str]:
    """Labels of the document's tables (printed or inferred) and of headings that begin with one."""
    present = {key for reading in case.document.tables if (key := label_key(reading.label)) is not None}
    for block in case.document.blocks:
        if block.kind in ("heading", "caption"):
            match = re.match(r"\s*(tabell|bilaga)\s+(\d+)", plain(block.text), re.I)
            if match:
                present.add(f"{match[1].lower()} {match[2]}")
    return present


def may_point(text: str) -> bool:
    """Whether a text holds a word for a table, an appendix or a figure: the rest need not be searched."""
    shown = searchable(text)
    return any(word in shown for word in _NAMES)


def _pointed(sentence: Sentence) -> Iterator[str]:
    for match in re.finditer(_POINTED, plain(sentence.text)):
        kind = _KINDS.get(match[1].lower(), match[1].lower())
        first, last = int(match[2]), int(match[3] or match[2])
        for number in range(first, last + 1 if last - first <= _RANGE else first + 1):
            yield f"{kind} {number}"
        if match[4] and match[1].lower() in _KINDS:
            yield from (f"{kind} {int(number)}" for number in re.findall(r"\d+", match[4]))


def _finding(case: DocumentCase, sentence: Sentence, key: str) -> Finding:
    shown = key.capitalize()
    return Finding(
        check=CHECK,
        severity="warning",
        document_id=case.document.record.document_id,
        page=sentence.page,
        boxes=sentence.boxes,
        message=f"Avvikelse: texten hänvisar till {quoted(shown)}, men den finns inte i dokumentet.",
        key=(key,),
        asserted=shown,
        found="saknas",
        sentence=sentence.text,
    )
