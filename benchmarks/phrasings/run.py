"""Read every version of every phrasing as any document is read; print what was found and who was accused."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table as Shown

from benchmarks.phrasings.worlds import Phrasing, SmallWorld, with_paragraph, worlds
from pipeline.checks import check_document
from pipeline.claims import find_claims
from pipeline.model import Claim, Flag, ReadDocument
from pipeline.normalize import read_documents
from pipeline.reference import Registers, load_registers

LOUD = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one version of a phrasing.

    Attributes:
        new: loud flags that the document without the paragraph has not.
        claims: what was read in the paragraph.
    """

    world: str
    kind: str
    text: str
    planted: bool
    new: tuple[Flag, ...]
    claims: tuple[Claim, ...]

    @property
    def borne_out(self) -> bool:
        """Whether something in the paragraph was decided, and all of that supported."""
        told = [one.verdict for one in self.claims if one.verdict != "undecidable"]
        return bool(told) and set(told) == {"supported"}


def measure(show: int = 0, only: str = "") -> dict[str, Any]:
    """Run all phrasings; ``show``: so many misses of every kind in plain text, ``only``: kinds or documents
    named so."""
    registers = load_registers()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder:
        for world in worlds(Path(folder)):
            outcomes += _one_world(world, registers, only.casefold())
    console = Console(width=150)
    measured = figures(outcomes)
    print_table(console, measured)
    print_misses(console, outcomes, show)
    return measured


def _one_world(world: SmallWorld, registers: Registers, only: str) -> list[Outcome]:
    unchanged = read_documents(world.pdf, registers)[0]
    flags = check_document(unchanged, find_claims(unchanged, registers).claims, registers)
    had = frozenset((flag.check, flag.message) for flag in flags)
    made = []
    for one in world.phrasings:
        if only in f"{one.kind} | {world.name}":
            made += _one_phrasing(world, one, had, registers)
    return made


def _one_phrasing(
    world: SmallWorld, one: Phrasing, had: frozenset[tuple[str, str]], registers: Registers
) -> list[Outcome]:
    made = []
    for planted, text in ((False, one.true), *((True, wrong) for wrong in one.false)):
        document = read_documents(with_paragraph(world.pdf, one.at, text), registers)[0]
        made.append(_outcome(world, one, planted, text, document, had, registers))
    return made


def _outcome(
    world: SmallWorld,
    one: Phrasing,
    planted: bool,
    text: str,
    document: ReadDocument,
    had: frozenset[tuple[str, str]],
    registers: Registers,
) -> Outcome:
    claims = find_claims(document, registers).claims
    flags = check_document(document, claims, registers)
    new = tuple(flag for flag in flags if flag.severity in LOUD and (flag.check, flag.message) not in had)
    told = tuple(claim for claim in claims if claim.sentence in text)
    return Outcome(world.name, one.kind, text, planted, new, told)


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Counts per kind and over all: false versions and those flagged, true ones borne out and accused."""
    kinds = sorted({one.kind for one in outcomes})
    rows = {kind: _row([one for one in outcomes if one.kind == kind]) for kind in kinds}
    return {"all": _row(outcomes), "kinds": rows}


def _row(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    false = [one for one in outcomes if one.planted]
    true = [one for one in outcomes if not one.planted]
    found = sum(bool(one.new) for one in false)
    return {
        "false": len(false),
        "found": found,
        "rate": round(found / len(false), 4) if false else None,
        "true": len(true),
        "borne_out": sum(one.borne_out for one in true),
        "accused": sum(bool(one.new) for one in true),
    }


def print_table(console: Console, measured: dict[str, Any]) -> None:
    """One row per kind of claim."""
    table = Shown(title="Formuleringar: sanna får inte anklagas, falska ska flaggas")
    for head in ("", "falska", "flaggade", "andel %", "sanna", "belagda", "anklagade"):
        table.add_column(head, justify="left" if not head else "right")
    for name, row in measured["kinds"].items():
        table.add_row(name, *_cells(row))
    table.add_section()
    table.add_row("alla", *_cells(measured["all"]))
    console.print(table)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    rate = "–" if row["rate"] is None else f"{100 * row['rate']:.1f}"
    return (
        str(row["false"]),
        str(row["found"]),
        rate,
        *(str(row[key]) for key in ("true", "borne_out", "accused")),
    )


def print_misses(console: Console, outcomes: Sequence[Outcome], show: int) -> None:
    """Every true version accused, and the first misses of each kind, with what was read there."""
    shown: dict[str, int] = {}
    for one in outcomes:
        if one.planted == bool(one.new):
            continue
        if one.planted:
            shown[one.kind] = shown.get(one.kind, 0) + 1
            if shown[one.kind] > show:
                continue
        lines = [f"{'MISSAD' if one.planted else 'ANKLAGAD'} {one.kind} · {one.world}: {one.text}"]
        lines += [
            f"    läst: {c.claim_type} {c.verdict} {c.table_label} {c.asserted} | {c.reason or ''}"
            for c in one.claims
        ]
        lines += [f"    flagga: {flag.check} {flag.severity} {flag.message[:250]}" for flag in one.new]
        console.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)
