"""Take every mutant of every document through the stages, and print what was found, missed and accused."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table as Shown

from benchmarks.mutation import (  # noqa: F401  (each module registers its operators)
    errors_figures,
    errors_labels,
    errors_sets,
    errors_tables,
    errors_time,
    errors_words,
    harmless_tables,
    harmless_text,
)
from benchmarks.mutation.judge import IN_MEMORY, REWORDED, Outcome, judge, read_part, sample
from benchmarks.mutation.model import operations
from benchmarks.mutation.remade import MOST as MOST_REMADE
from benchmarks.mutation.remade import OTHER_STYLE, judge_remade, set_otherwise
from benchmarks.mutation.reword import reworded
from benchmarks.mutation.world import World
from benchmarks.phrasings.worlds import told_together
from benchmarks.phrasings.worlds import worlds as phrased
from benchmarks.shared import ABSENT, CORPUS
from extractors.read import read_pdf
from pipeline.errors import UnreadableFileError
from pipeline.normalize import read_documents
from pipeline.reference import Registers, load_registers
from tests.samples import load_sample, render, sample_names

#: Mutants for one operator and one document: the whole then takes a few minutes on one core.
MOST = 10
#: Of the errors planted in a sentence of one document, so many are planted once more in other words.
MOST_REWORDED = 3
FOUND_BAR, FALSE_BAR = 0.97, 0.005
#: What this operator leaves is still true, though no longer all of it: counted by itself.
STILL_TRUE = "drop to one name"


def sources(folder: Path) -> Iterator[Path]:
    """The files to mutate: the project's own samples, and the published documents where they are."""
    for name in sample_names():
        sample_of = load_sample(name)
        if sample_of.damage is None:
            path = folder / f"{name}.pdf"
            path.write_bytes(render(sample_of.document, sample_of.style))
            yield path
    yield from sorted(CORPUS.glob("*.ruled.pdf"))


def worlds(registers: Registers, only: str = "") -> Iterator[World]:
    """Every document with text, unchanged, with the flags that it has as it stands."""
    with tempfile.TemporaryDirectory() as folder:
        for path in sources(Path(folder)):
            try:
                pdf = read_pdf(path, file_name=path.name)
            except UnreadableFileError:
                continue
            for part, document in enumerate(read_documents(pdf, registers)):
                name = path.name.split(".")[0] + (f" ({part + 1})" if part else "")
                read = read_part(pdf, part, registers)
                if read is not None and document.sentences:
                    yield World(name, pdf, part, read[0], read[2])
        for small in phrased(Path(folder)):
            pdf = told_together(small)
            read = read_part(pdf, 0, registers)
            if read is not None:
                yield World(f"phrasings: {small.name}", pdf, 0, read[0], read[2])


def measure(show: int = 0, only: str = "") -> dict[str, Any]:
    """Run all operators; ``show``: misses printed in full per operator, ``only``: those named so."""
    registers = load_registers()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder:
        for world in worlds(registers):
            outcomes += _one_document(world, registers, only.casefold(), Path(folder))
    console = Console(width=150)
    if not CORPUS.is_dir():
        console.print(f"{ABSENT} Bara de egna exemplen mäts.")
    measured = figures(outcomes)
    print_tables(console, measured)
    for outcome in misses(outcomes, show):
        print_miss(console, outcome)
    return measured


def _one_document(world: World, registers: Registers, only: str, folder: Path) -> Iterator[Outcome]:
    own = load_sample(world.name) if world.name in sample_names() else None
    for operation in operations():
        if only and only not in f"{operation.name} | {world.name}".casefold():
            continue
        mutants = sample(world, operation, MOST)
        for mutant in mutants:
            yield judge(world, operation, mutant, registers)
        other_words = [one for one in map(reworded, mutants) if one is not None] if operation.plants else []
        for mutant in other_words[:MOST_REWORDED]:
            yield judge(world, operation, mutant, registers, REWORDED)
        done = 0
        for mutant in mutants:
            if own is None or done == MOST_REMADE:
                break
            made = judge_remade(world, own, operation, mutant, registers, folder)
            if made is not None:
                yield made
                done += 1
    if own is not None and (not only or only in f"pdf set anew | {world.name}".casefold()):
        yield from set_otherwise(world, own, registers, folder)


def _row(found: Sequence[Outcome]) -> dict[str, Any]:
    good = sum(one.good for one in found)
    return {"n": len(found), "good": good, "rate": round(good / len(found), 4) if found else None}


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Counts and rates of errors found and of harmless changes left alone, in groups."""
    made: dict[str, Any] = {}
    for title in ("planted", "incomplete", "harmless", "styles"):
        chosen = [one for one in outcomes if _group(one) == title]
        made[title] = {
            "all": _row(chosen),
            "operators": _grouped(chosen, lambda one: one.operation.name),
            "claim_types": _grouped(chosen, lambda one: one.mutant.claim_type),
            "documents": _grouped(chosen, lambda one: one.world),
            "made": _grouped(chosen, lambda one: one.made),
        }
    return made


def _group(outcome: Outcome) -> str:
    if outcome.operation.name == STILL_TRUE:
        return "incomplete"
    if outcome.operation.plants:
        return "planted"
    return "styles" if outcome.mutant.claim_type == OTHER_STYLE else "harmless"


def _grouped(outcomes: Sequence[Outcome], key: Any) -> dict[str, Any]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome), []).append(outcome)
    return {name: _row(groups[name]) for name in sorted(groups)}


def print_tables(console: Console, measured: dict[str, Any]) -> None:
    """One table for what is planted and one for what is harmless."""
    heads = {
        "planted": ("Inlagda fel", "flaggade", FOUND_BAR),
        "incomplete": (
            "Två namn kortade till ett: sant om det som är kvar (räknas för sig)",
            "flaggade",
            0.0,
        ),
        "harmless": ("Oskyldiga ändringar", "tysta", 1 - FALSE_BAR),
        "styles": ("Samma exempel i annan sättning (räknas för sig)", "tysta", 1 - FALSE_BAR),
    }
    for title, (said, word, bar) in heads.items():
        table = Shown(title=f"{said}: minst {100 * bar:.1f} % ska vara {word}")
        for head in ("", "antal", word, "andel %"):
            table.add_column(head, justify="left" if not head else "right")
        for group in ("operators", "claim_types", "documents", "made"):
            for name, row in measured[title][group].items():
                table.add_row(name, *_shown(row))
            table.add_section()
        table.add_row("alla", *_shown(measured[title]["all"]))
        console.print(table)


def _shown(row: dict[str, Any]) -> tuple[str, str, str]:
    rate = "–" if row["rate"] is None else f"{100 * row['rate']:.1f}"
    return str(row["n"]), str(row["good"]), rate


def misses(outcomes: Sequence[Outcome], show: int) -> Iterator[Outcome]:
    """The first misses of every operator."""
    seen: dict[str, int] = {}
    for outcome in outcomes:
        if not outcome.good:
            seen[outcome.operation.name] = seen.get(outcome.operation.name, 0) + 1
            if seen[outcome.operation.name] <= show:
                yield outcome


def print_miss(console: Console, outcome: Outcome) -> None:
    """One miss in plain text: what was changed, what was read there, what was flagged."""
    word = "MISSAD" if outcome.operation.plants else "ANKLAGAD"
    word += "" if outcome.made == IN_MEMORY else f" ({outcome.made})"
    head = f"{word} {outcome.operation.name} · {outcome.world} · {outcome.mutant.claim_type}"
    lines = [head, f"  {outcome.mutant.shown}"]
    lines += [f"    läst: {said}" for said in outcome.claims]
    lines += [f"    flagga: {flag.check} {flag.severity} {flag.message[:300]}" for flag in outcome.new]
    console.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)
