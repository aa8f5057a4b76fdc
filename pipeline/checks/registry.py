"""Checks are functions in files of this package, found by their decorator; none knows another."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from pipeline.checks.findings import Finding
from pipeline.claims.view import TableView
from pipeline.model import Claim, Observation, ReadDocument

if TYPE_CHECKING:
    from pipeline.reference import Registers

Scope = Literal["document", "corpus"]
Maker = TypeVar("Maker", bound="CorpusCheckMaker")


@dataclass(frozen=True)
class DocumentCase:
    """What a check of one document is given."""

    document: ReadDocument
    claims: tuple[Claim, ...]
    registers: Registers
    views: tuple[TableView, ...]

    @cached_property
    def cells(self) -> Mapping[str, Observation]:
        """The document's observations by their ids, laid out for the first check that asks."""
        return {seen.observation_id: seen for seen in self.document.observations}


#: Gives the observations at places: a document's number in the order seen, and the index of one of its own.
LookUp = Callable[[Sequence[tuple[int, int]]], Mapping[tuple[int, int], Observation]]


class CorpusCheck(Protocol):
    """A check across documents: it sees each once, in the order of their ids, and keeps what it needs."""

    def see(self, document: ReadDocument, claims: Sequence[Claim]) -> None:
        """Take what the comparison needs of one document and its claims."""

    def findings(self, look_up: LookUp) -> Iterable[Finding]:
        """What the documents seen disagree on."""


DocumentCheck = Callable[[DocumentCase], Iterable[Finding]]
CorpusCheckMaker = Callable[["Registers"], CorpusCheck]
_DOCUMENT: dict[str, DocumentCheck] = {}
_CORPUS: dict[str, CorpusCheckMaker] = {}
#: Modules of this package that hold no check.
_SUPPORT = frozenset({"registry", "findings", "ledger", "merge", "wording"})


def document_check(name: str) -> Callable[[DocumentCheck], DocumentCheck]:
    """Register a check of one document under its published name."""

    def register(function: DocumentCheck) -> DocumentCheck:
        _DOCUMENT[name] = function
        return function

    return register


def corpus_check(name: str) -> Callable[[Maker], Maker]:
    """Register a class of checks across documents under its published name."""

    def register(maker: Maker) -> Maker:
        _CORPUS[name] = maker
        return maker

    return register


@lru_cache(maxsize=1)
def _discover() -> None:
    import pipeline.checks as package

    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda one: one.name):
        if module.name not in _SUPPORT:
            importlib.import_module(f"pipeline.checks.{module.name}")


def document_checks() -> tuple[tuple[str, DocumentCheck], ...]:
    """All checks of one document, by name."""
    _discover()
    return tuple(sorted(_DOCUMENT.items()))


def corpus_checks() -> tuple[tuple[str, CorpusCheckMaker], ...]:
    """What makes a fresh one of each check across documents, by name."""
    _discover()
    return tuple(sorted(_CORPUS.items()))
