"""name_variant: one name or team spelt two ways in a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import quoted
from pipeline.claims.text import stem
from pipeline.model import Box

CHECK = "name_variant"
_WORD = r"[A-Za-zÅÄÖåäöé]+(?:-[A-Za-zÅÄÖåäöé]+)*"
#: Endings of words that name a team, a unit or a house of an organisation; each may have a genitive -s.
_NAMED = (
    *("teame", "teamet", "enhet", "enheten", "gruppe", "gruppen", "gården", "huset", "mottagning"),
    *("mottagningen", "jour", "jouren", "rådet", "centrum", "nämnden", "förvaltningen", "avdelningen"),
)
_ENDS = (*_NAMED, *(f"{ending}s" for ending in _NAMED))
#: What may follow a name without making it another: genitive, definite and plural endings.
_ENDINGS = r"(?:s|n|en|et|t|er|ar|or|na|erna|arna|ens|ets|ns|ernas|arnas)?$"
_LEAST, _LONG = 9, 11


@document_check(CHECK)
def name_variant(case: DocumentCase) -> Iterator[Finding]:
    """One finding per pair of spellings of one name: the rarer is shown with the commoner."""
    counts: Counter[str] = Counter()
    places: dict[str, tuple[str, tuple[Box, ...]]] = {}
    for text, boxes in _texts(case):
        for printed in re.findall(_WORD, text):
            word = printed.lower() if len(printed) >= _LEAST else ""
            if word.endswith(_ENDS):
                counts[word] += 1
                places.setdefault(word, (text, boxes))
    words = sorted(counts)
    buckets: dict[int, list[str]] = {}
    for word in words:
        for length in (len(word) - 1, len(word), len(word) + 1):
            for other in buckets.get(length, ()):
                if _variants(word, other):
                    rare, common = sorted((word, other), key=lambda one: (counts[one], one))
                    yield _finding(case, rare, common, places[rare])
        buckets.setdefault(len(word), []).append(word)


def _texts(case: DocumentCase) -> Iterator[tuple[str, tuple[Box, ...]]]:
    for sentence in case.document.sentences:
        if case.document.blocks[sentence.block].kind != "running":
            yield sentence.text, sentence.boxes
    for seen in case.document.observations:
        if seen.comment:
            yield seen.comment, (seen.box,)


def _variants(one: str, two: str) -> bool:
    """Whether two words are one name misspelt: a letter apart, and not two inflections or two numbers of
    it."""
    from rapidfuzz.distance import OSA

    if one == two or stem(one) == stem(two):
        return False
    limit = 1 if min(len(one), len(two)) < _LONG else 2
    if OSA.distance(one, two, score_cutoff=limit) > limit:
        return False
    shared = next(
        (i for i, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(two)),
    )
    return not (re.fullmatch(_ENDINGS, one[shared:]) and re.fullmatch(_ENDINGS, two[shared:]))


def _finding(case: DocumentCase, rare: str, common: str, place: tuple[str, tuple[Box, ...]]) -> Finding:
    text, boxes = place
    return Finding(
        check=CHECK,
        severity="warning",
        document_id=case.document.record.document_id,
        page=boxes[0].page,
        boxes=boxes,
        message=f"Avvikelse: samma namn verkar stavas på två sätt: {quoted(rare)} och {quoted(common)}.",
        key=(rare, common),
        asserted=rare,
        found=common,
        sentence=text,
        evidence=(rare, common),
    )
