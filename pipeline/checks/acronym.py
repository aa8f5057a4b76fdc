"""acronym: one acronym expanded in two ways, within a document or across documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, LookUp, corpus_check, document_check
from pipeline.checks.wording import quoted
from pipeline.claims.text import stem
from pipeline.model import Box, Claim, ReadDocument

if TYPE_CHECKING:
    from pipeline.reference import Registers

CHECK = "acronym"
_BEFORE = r"((?:[\wåäöÅÄÖ-]+\s+){1,7})\(\s*([A-ZÅÄÖ]{2,8})\s*\)"
_AFTER = r"\b([A-ZÅÄÖ]{2,8})\s*\(\s*((?:[\wåäöÅÄÖ-]+\s*){2,8})\)"
#: What every match of the one and of the other holds, and is found soon.
_BRACKETED, _OPENED = r"\(\s*[A-ZÅÄÖ]{2,8}\s*\)", r"[A-ZÅÄÖ]{2}\s*\("
_SMALL = frozenset({"i", "och", "för", "av", "med", "om", "på", "till", "vid", "en", "ett", "den", "det"})


@dataclass(frozen=True, slots=True)
class Expansion:
    """An acronym's expansion as printed, with the sentence it stands in."""

    acronym: str
    text: str
    sentence: str
    boxes: tuple[Box, ...]
    document_id: str

    @property
    def key(self) -> tuple[str, ...]:
        """The expansion's words as stems: inflection makes no other expansion."""
        return tuple(stem(word) for word in re.findall(r"\w+", self.text.lower()) if word not in _SMALL)


def expansions(document: ReadDocument) -> list[Expansion]:
    """All expansions of acronyms in a document's text and comments, in reading order."""
    texts = [
        (sentence.text, sentence.boxes)
        for sentence in document.sentences
        if document.blocks[sentence.block].kind != "running"
    ]
    texts += [(seen.comment, (seen.box,)) for seen in document.observations if seen.comment]
    found = []
    for text, boxes in texts:
        for acronym, expansion in expanded(text) if "(" in text else ():
            found.append(Expansion(acronym, expansion, text, boxes, document.record.document_id))
    return found


def expanded(text: str) -> list[tuple[str, str]]:
    """Pairs of acronym and expansion in a text: those with the acronym in brackets, then the others."""
    pairs: list[tuple[str, str | None]] = []
    if re.search(_BRACKETED, text):
        pairs += [(match[2], _tail(match[1], match[2])) for match in re.finditer(_BEFORE, text)]
    if re.search(_OPENED, text):
        pairs += [
            (match[1], match[2].strip() if _initials(match[2], match[1]) else None)
            for match in re.finditer(_AFTER, text)
        ]
    return [(acronym, expansion) for acronym, expansion in pairs if expansion]


def _initials(text: str, acronym: str) -> bool:
    words = [word for word in text.split() if word.lower() not in _SMALL]
    return (
        "".join(word[0].upper() for word in words)[: len(acronym)] == acronym
        and len(words) <= len(acronym) + 1
    )


def _tail(before: str, acronym: str) -> str | None:
    """The last words before the bracket whose initials spell the acronym; None when they do not."""
    words = before.split()
    for count in range(len(acronym), min(len(words), len(acronym) + 3) + 1):
        tail = words[-count:]
        initials = "".join(word[0].upper() for word in tail if word.lower() not in _SMALL)
        if initials == acronym and tail[0].lower() not in _SMALL:
            return " ".join(tail)
    return None


@document_check(CHECK)
def acronym_in_document(case: DocumentCase) -> Iterator[Finding]:
    """One warning per acronym that a document expands in two ways."""
    for one, two in _clashes(expansions(case.document), {}, set()):
        yield _finding(case.registers, one, two, "warning")


@corpus_check(CHECK)
class AcronymAcross:
    """One info finding per acronym that two documents expand differently."""

    def __init__(self, registers: Registers) -> None:
        self._registers = registers
        self._seen: dict[str, Expansion] = {}
        self._told: set[tuple[str, tuple[str, ...]]] = set()
        self._found: list[Finding] = []

    def see(self, document: ReadDocument, claims: Sequence[Claim]) -> None:
        """Compare the expansions of one document with the first of each acronym."""
        for one, two in _clashes(expansions(document), self._seen, self._told):
            if one.document_id != two.document_id:
                self._found.append(_finding(self._registers, one, two, "info"))

    def findings(self, look_up: LookUp) -> Iterator[Finding]:
        """What differed."""
        yield from self._found


def _clashes(
    found: Sequence[Expansion], seen: dict[str, Expansion], told: set[tuple[str, tuple[str, ...]]]
) -> Iterator[tuple[Expansion, Expansion]]:
    """Expansions that differ from the first of their acronym, each once; both memories are updated."""
    for one in found:
        had = seen.setdefault(one.acronym, one)
        if had.text != one.text and had.key != one.key and (one.acronym, one.key) not in told:
            told.add((one.acronym, one.key))
            yield had, one


def _finding(registers: Registers, one: Expansion, two: Expansion, severity: str) -> Finding:
    known = [text.lower() for text in registers.acronyms.expansions(one.acronym)]
    hint = ""
    for mine, other in ((one, two), (two, one)):
        if mine.text.lower() in known and other.text.lower() not in known:
            hint = f" Registret har {quoted(mine.text)}."
    others = (one.document_id,) if one.document_id != two.document_id else ()
    return Finding(
        check=CHECK,
        severity=severity,
        document_id=two.document_id,
        page=two.boxes[0].page,
        boxes=two.boxes,
        message=(
            f"Avvikelse: förkortningen {two.acronym} skrivs ut på två sätt: "
            f"{quoted(one.text)} och {quoted(two.text)}.{hint}"
        ),
        key=(two.acronym, one.text.lower(), two.text.lower()),
        asserted=two.text,
        found=one.text,
        sentence=two.sentence,
        other_document_ids=others,
        evidence=(one.text, two.text),
    )
