"""Checks are functions in files of this package, found by their decorator; none knows another."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.checks.findings import Finding
from pipeline.claims.view import TableView
from pipeline.model import Claim, ReadDocument

if TYPE_CHECKING:
    from pipeline.reference import Registers

Scope = Literal["document", "corpus"]


@dataclass(frozen=True, slots=True)
class DocumentCase:
    """What a check of one document is given."""

    document: ReadDocument
    claims: tuple[Claim, ...]
    registers: Registers
    views: tuple[TableView, ...]


@dataclass(frozen=True, slots=True)
class CorpusCase:
    """What a check across documents is given: documents in a fixed order, claims by document_id."""

    documents: Sequence[ReadDocument]
    claims: Mapping[str, tuple[Claim, ...]]
    registers: Registers
    views: Mapping[str, tuple[TableView, ...]]


DocumentCheck = Callable[[DocumentCase], Iterable[Finding]]
CorpusCheck = Callable[[CorpusCase], Iterable[Finding]]
_DOCUMENT: dict[str, DocumentCheck] = {}
_CORPUS: dict[str, CorpusCheck] = {}
#: Modules of this package that hold no check.
_SUPPORT = frozenset({"registry", "findings", "merge", "wording"})


def document_check(name: str) -> Callable[[DocumentCheck], DocumentCheck]:
    """Register a check of one document under its published name."""

    def register(function: DocumentCheck) -> DocumentCheck:
        _DOCUMENT[name] = function
        return function

    return register


def corpus_check(name: str) -> Callable[[CorpusCheck], CorpusCheck]:
    """Register a check across documents under its published name."""

    def register(function: CorpusCheck) -> CorpusCheck:
        _CORPUS[name] = function
        return function

    return register


def _discover() -> None:
    import pipeline.checks as package

    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda one: one.name):
        if module.name not in _SUPPORT:
            importlib.import_module(f"pipeline.checks.{module.name}")


def document_checks() -> tuple[tuple[str, DocumentCheck], ...]:
    """All checks of one document, by name."""
    _discover()
    return tuple(sorted(_DOCUMENT.items()))


def corpus_checks() -> tuple[tuple[str, CorpusCheck], ...]:
    """All checks across documents, by name."""
    _discover()
    return tuple(sorted(_CORPUS.items()))
