"""What a mutation is: a changed document, the place that changed, and whether that planted an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.model import Box, PdfDocument

if TYPE_CHECKING:
    from benchmarks.mutation.world import World


@dataclass(frozen=True, slots=True)
class TextEdit:
    """One sentence in other words."""

    order: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell with another text."""

    table: int
    row: int
    col: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A document with one change.

    Attributes:
        claim_type: the kind of statement that the change is about.
        change: makes the changed document of the unchanged one.
        texts: edited sentences; cells: edited cells. Both may be empty (a paragraph that moved).
        orders: sentences that a flag may stand at; table: index of the table that it may stand at;
            boxes: the changed cells.
        shown: the change in words, for a person who looks into a miss.
    """

    claim_type: str
    change: Callable[[PdfDocument], PdfDocument]
    shown: str
    texts: tuple[TextEdit, ...] = ()
    cells: tuple[CellEdit, ...] = ()
    orders: tuple[int, ...] = ()
    table: int | None = None
    boxes: tuple[Box, ...] = ()


Operator = Callable[["World"], Iterator[Mutant]]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator with its name and what must happen: an error is flagged, anything else stays silent."""

    name: str
    plants: bool
    work: Operator
    said: str = ""


@dataclass
class _Registry:
    made: dict[str, Operation] = field(default_factory=dict)


_REGISTRY = _Registry()


def _register(name: str, plants: bool) -> Callable[[Operator], Operator]:
    def keep(work: Operator) -> Operator:
        if name in _REGISTRY.made:
            raise ValueError(f"two operators are called {name}")
        said = (work.__doc__ or "").strip().splitlines()[0]
        _REGISTRY.made[name] = Operation(name, plants, work, said)
        return work

    return keep


def plants(name: str) -> Callable[[Operator], Operator]:
    """Register an operator that makes a true statement false."""
    return _register(name, True)


def harmless(name: str) -> Callable[[Operator], Operator]:
    """Register an operator after which everything that was true is true."""
    return _register(name, False)


def operations() -> tuple[Operation, ...]:
    """All registered operators: those that plant errors first, each group in the order of registration."""
    made = _REGISTRY.made.values()
    return tuple(sorted(made, key=lambda one: not one.plants))
