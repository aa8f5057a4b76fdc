"""Read a mutant as the program reads any document and say whether it was found, missed or wrongly accused."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.mutation.language import bare
from benchmarks.mutation.model import Mutant, Operation
from benchmarks.mutation.world import LOUD, World
from pipeline.checks import check_document
from pipeline.claims import find_claims
from pipeline.model import Claim, Flag, PdfDocument, ReadDocument
from pipeline.normalize import read_documents
from pipeline.reference import Registers

#: How a changed document can come about.
IN_MEMORY, SET_ANEW, REWORDED = "edited in memory", "PDF set anew", "edited and reworded"

#: One document as the stages after extraction read it.
Reading = tuple[ReadDocument, tuple[Claim, ...], tuple[Flag, ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one mutant.

    Attributes:
        good: an error was flagged at its place, or a harmless change raised nothing.
        new: the loud flags that the unchanged document does not have.
        claims: what was read at the changed place, for a person who looks into a miss.
        made: how the changed document came about.
    """

    world: str
    operation: Operation
    mutant: Mutant
    good: bool
    new: tuple[Flag, ...]
    claims: tuple[str, ...]
    made: str = IN_MEMORY


def read_part(pdf: PdfDocument, part: int, registers: Registers) -> Reading | None:
    """The stages after extraction for one document of a file."""
    documents = read_documents(pdf, registers)
    if part >= len(documents):
        return None
    claims = find_claims(documents[part], registers).claims
    return documents[part], claims, check_document(documents[part], claims, registers)


def sample(world: World, operation: Operation, most: int) -> list[Mutant]:
    """At most so many mutants of one operator in one document, spread over its sentences and tables."""
    made = list(operation.work(world))
    chance = random.Random(zlib.crc32(f"{world.name}|{operation.name}".encode()))
    chance.shuffle(made)
    seen: dict[object, int] = {}
    ranked = []
    for at, mutant in enumerate(made):
        place = mutant.texts[0].order if mutant.texts else (mutant.table, mutant.shown[:20])
        seen[place] = seen.get(place, 0) + 1
        ranked.append((seen[place], at, mutant))
    return [mutant for _, _, mutant in sorted(ranked, key=lambda row: row[:2])[:most]]


def judge(
    world: World, operation: Operation, mutant: Mutant, registers: Registers, made: str = IN_MEMORY
) -> Outcome:
    """Change the document in memory, read it again and compare its flags with those of the unchanged one."""
    read = read_part(mutant.change(world.pdf), world.part, registers)
    return verdict(world, operation, mutant, read, made)


def verdict(
    world: World,
    operation: Operation,
    mutant: Mutant,
    read: Reading | None,
    made: str = IN_MEMORY,
) -> Outcome:
    """Found, missed, silent or accused."""
    if read is None:
        return Outcome(world.name, operation, mutant, False, (), ("dokumentet försvann",), made)
    document, claims, flags = read
    new = new_flags(world, flags, exact=operation.plants)
    sentences = changed_sentences(world, mutant)
    if operation.plants:
        good = any(at_place(world, mutant, document, sentences, flag) for flag in new)
    else:
        good = not new
    said = tuple(
        f"{claim.claim_type} {claim.verdict} {claim.table_label} {claim.asserted} | {claim.reason or ''}"
        for claim in claims
        if bare(claim.sentence) in sentences
    )
    return Outcome(world.name, operation, mutant, good, new, said, made)


def changed_sentences(world: World, mutant: Mutant) -> frozenset[str]:
    """The folded sentences that a flag may stand at: the changed ones in their new words, and those told."""
    new = {edit.order: edit.new for edit in mutant.texts}
    texts = [new.get(order, world.pdf.sentences[order].text) for order in mutant.orders]
    return frozenset(bare(text) for text in texts)


def new_flags(world: World, flags: Sequence[Flag], *, exact: bool) -> tuple[Flag, ...]:
    """Loud flags that the unchanged document has not."""
    had = {_key(flag, exact) for flag in world.flags if flag.severity in LOUD}
    return tuple(flag for flag in flags if flag.severity in LOUD and _key(flag, exact) not in had)


def _key(flag: Flag, exact: bool) -> tuple[str, ...]:
    """What makes two flags one: of a harmless change the words may differ, of an error they may not."""
    place = bare(flag.sentence) or f"{flag.table_label}|{flag.page}"
    if exact:
        return flag.check, place, flag.message
    # set anew a table may stand on another page: its label tells which it is
    return flag.check, bare(flag.sentence) or flag.table_label or place


def at_place(
    world: World, mutant: Mutant, document: ReadDocument, sentences: frozenset[str], flag: Flag
) -> bool:
    """Whether a flag stands at the changed sentence, cells or table."""
    said = bare(flag.sentence)
    if said and any(said in text or text in said for text in sentences if text):
        return True
    if mutant.table is not None:
        tables = {one.table_id for one in document.tables if one.table.index == mutant.table}
        if flag.table_id in tables or any(a.overlap(b) > 0 for a in flag.boxes for b in mutant.boxes):
            return True
    if flag.sentence is None:
        boxes = {box for order in mutant.orders for box in world.pdf.sentences[order].boxes}
        return any(box in boxes for box in flag.boxes)
    return False
