"""Checks: what in a document, or between documents, does not agree. Data that disagrees is a flag, never
an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Claim, Flag, ReadDocument
    from pipeline.reference import Registers

__all__ = ["check_corpus", "check_document"]


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
    from pipeline.checks.findings import to_flags
    from pipeline.checks.registry import CorpusCase, corpus_checks
    from pipeline.claims.view import views

    ordered = sorted(documents, key=lambda one: one.record.document_id)
    seen = {one.record.document_id: views(one, registers) for one in ordered}
    case = CorpusCase(ordered, claims, registers, seen)
    return to_flags([finding for _, check in corpus_checks() for finding in check(case)])
