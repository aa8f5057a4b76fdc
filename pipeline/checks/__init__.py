"""Checks: what in a document, or between documents, does not agree. Data that disagrees is a flag, never
an error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Claim, Flag, Observation, ReadDocument
    from pipeline.reference import Registers

__all__ = ["check_corpus", "check_document", "check_each"]


def check_document(
    document: ReadDocument, claims: tuple[Claim, ...], registers: Registers
) -> tuple[Flag, ...]:
    """Every check of one document; findings with one cause are one flag.

    Args:
        document: the document as normalize gives it.
        claims: its claims as :func:`pipeline.claims.find_claims` gives them.
        registers: the registers the document was read with.

    Returns:
        Open flags ordered by page, check and message; the same input gives the same flags.
    """
    from pipeline.checks.findings import to_flags
    from pipeline.checks.merge import merge
    from pipeline.checks.registry import DocumentCase, document_checks
    from pipeline.claims.view import views

    case = DocumentCase(document, claims, registers, views(document, registers))
    found = [finding for _, check in document_checks() for finding in check(case)]
    return to_flags(merge(found))


def check_corpus(
    documents: Sequence[ReadDocument], claims: Mapping[str, tuple[Claim, ...]], registers: Registers
) -> tuple[Flag, ...]:
    """Every check across documents, whatever their order.

    Args:
        documents: all documents of the run.
        claims: their claims by document_id.
        registers: the registers they were read with.
    """
    by_id = {one.record.document_id: one for one in documents}
    return check_each(by_id, lambda name: (by_id[name], claims.get(name, ())), registers)


def check_each(
    names: Iterable[str],
    load: Callable[[str], tuple[ReadDocument, tuple[Claim, ...]]],
    registers: Registers,
    observations: Callable[[str], Sequence[Observation]] | None = None,
) -> tuple[Flag, ...]:
    """Every check across documents that are loaded one at a time, so that memory does not grow with them.

    Args:
        names: the document_id of every document.
        load: gives a document and its claims.
        registers: the registers they were read with.
        observations: gives those of a document, asked for those that differ; None: ``load`` does.
    """
    from pipeline.checks.findings import to_flags
    from pipeline.checks.registry import corpus_checks

    ordered = sorted(names)
    checks = [maker(registers) for _, maker in corpus_checks()]
    for name in ordered:
        document, claims = load(name)
        for check in checks:
            check.see(document, claims)

    def look_up(places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Observation]:
        asked = sorted(set(places))
        found = {}
        for number, group in groupby(asked, key=lambda place: place[0]):
            name = ordered[number]
            seen = load(name)[0].observations if observations is None else observations(name)
            found.update({place: seen[place[1]] for place in group})
        return found

    return to_flags([finding for check in checks for finding in check.findings(look_up)])
