"""Planted errors in words: direction, rank, policy, references and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from benchmarks.mutation.errors_figures import comparators
from benchmarks.mutation.errors_sets import rewritten
from benchmarks.mutation.language import bare, find_names, number, stems
from benchmarks.mutation.model import Mutant, plants
from benchmarks.mutation.world import Line, Said, World

_OPPOSITES = {
    "bättre": "sämre",
    "sämre": "bättre",
    "högre": "lägre",
    "lägre": "högre",
    "vanligare": "ovanligare",
}
_DIRECTION = re.compile(r"\b(bättre|sämre|högre|lägre|vanligare)\b(?! (?:än )?(?:förra|tidigare|20\d\d))")
_LEVEL = re.compile(r"\bi nivå med\b(?! eller)")
_EXTREMES = {
    "högst": "lägst", "lägst": "högst", "flest": "färst", "längst": "kortast", "kortast": "längst",
    "längsta": "kortaste", "kortaste": "längsta",
}  # fmt: skip
_EXTREME = re.compile(rf"\b({'|'.join(_EXTREMES)})\b", re.I)
_NEGATED = re.compile(r"\b(har|använder(?: sig)?|erbjuder|erbjuds|upprättas|finns) inte\b(?: någon)?")
_POSITIVE = re.compile(r"\b(har|använder|erbjuder|erbjuds|finns|saknar)\b(?! inte)")


@plants("better ↔ worse")
def better_worse(world: World) -> Iterator[Mutant]:
    """The direction of a comparison turned round."""
    for said in world.said:
        for found in _DIRECTION.finditer(said.text):
            about = said.text[max(0, found.start() - 25) : found.end() + 25]
            if not comparators(said) or "eller" in about or "nivå" in said.text[: found.start()][-30:]:
                continue
            if re.search(r"\b\w+ (?:av )?(?:de \w+ )?kommuner(?:na)?\b", said.text[: found.start()]):
                continue  # "tre av kommunerna är högre": three may be lower too
            word = _OPPOSITES[found[1]]
            yield rewritten(said, said.text[: found.start()] + word + said.text[found.end() :], "comparison")


@plants("level → better or worse")
def level_to_direction(world: World) -> Iterator[Mutant]:
    """``i nivå med`` turned into the direction that the figures deny."""
    for said in world.said:
        found = _LEVEL.search(said.text)
        if not found or not comparators(said) or re.search(r"eller i nivå|både", said.text):
            continue
        before = re.findall(r"(\d+(?:[.,]\d+)?)(?:\s?%| procent)", said.text[: found.start()])
        after = re.match(r" [\w\s]{3,40}\((\d+(?:[.,]\d+)?)\s?%\)", said.text[found.end() :])
        if not before or after is None:
            continue
        left, right = number(before[0]), number(after[1])
        if abs(left - right) >= 2:
            word = "sämre än" if left > right else "bättre än"
            yield rewritten(said, said.text[: found.start()] + word + said.text[found.end() :], "comparison")


def _ranked(said: Said) -> list[tuple[Line, list[str]]]:
    """Lines whose values put the named members in strict order, highest or lowest first."""
    labels = {seen.unit_label for line in said.lines for seen in line.members.values()}
    names = [bare(found[0]) for found in find_names(said.text, labels)]
    fit = []
    for line in said.lines:
        values = {key: seen.value for key, seen in line.members.items() if seen.value is not None}
        if len(values) < 3 or not names or names[0] not in values:
            continue
        if values[names[0]] in (max(values.values()), min(values.values())):
            fit.append((line, names))
    return fit


@plants("ranks: highest ↔ lowest")
def extreme_turned(world: World) -> Iterator[Mutant]:
    """Highest for lowest."""
    for said in world.said:
        if not _ranked(said):
            continue
        for found in _EXTREME.finditer(said.text):
            word = _EXTREMES[found[1].casefold()]
            word = word.capitalize() if found[1][0].isupper() else word
            yield rewritten(said, said.text[: found.start()] + word + said.text[found.end() :], "rank")


@plants("ranks: order")
def order_swapped(world: World) -> Iterator[Mutant]:
    """Two neighbours in a ranking exchanged, or the one at its end replaced."""
    for said in world.said:
        fit = [line for line, _ in _ranked(said) if said.related(line.label) or said.explicit]
        if not fit or not _EXTREME.search(said.text):
            continue
        labels = {seen.unit_label for line in fit for seen in line.members.values()}
        found = find_names(said.text, labels)
        values = {bare(key): seen.value for key, seen in fit[0].members.items()}
        for one, two in pairwise(found):
            if "följt" in said.text and values.get(bare(one[0])) != values.get(bare(two[0])):
                text = said.text
                new = (
                    text[: one.start()] + two[0] + text[one.end() : two.start()] + one[0] + text[two.end() :]
                )
                yield rewritten(said, new, "rank")
        if len(found) == 1:
            for label in sorted(labels - {found[0][0]}):
                if values.get(bare(label)) not in (None, values.get(bare(found[0][0]))):
                    new = said.text[: found[0].start()] + label + said.text[found[0].end() :]
                    yield rewritten(said, new, "rank")


def _spoken_of(said: Said, text: str, answer: str) -> Line | None:
    """The own unit's line whose label's words nearly all stand in the text, where it holds that answer."""
    spoken = stems(text)
    if re.search(r"\b(?:riket|rikets|länet|länets)\b", text):
        return None
    for line in said.lines:
        wanted = stems(line.label)
        own = [seen for seen in line.members.values() if seen.answer == answer]
        if len(line.members) == 1 and own and wanted and len(wanted & spoken) >= 0.7 * len(wanted):
            return line
    return None


@plants("negation of a policy")
def policy_negated(world: World) -> Iterator[Mutant]:
    """What the own kommun does not have said to be there, and the other way round."""
    if world.document.own_unit is None:
        return
    for said in world.said:
        if said.block.kind == "heading" or not said.explicit:
            continue
        for found in _NEGATED.finditer(said.text):
            clause = re.split(r" utan | men ", said.text)[0]
            line = _spoken_of(said, clause, "NEJ")
            if line is not None and found.end() <= len(clause) and "inte behov" not in clause:
                new = said.text[: found.start()] + found[1] + said.text[found.end() :]
                yield rewritten(
                    said, new.replace(found[1] + "  ", found[1] + " "), "policy_answer", line.label
                )
        if "inte" in said.text.split() or "ej" in said.text.split():
            continue
        for found in _POSITIVE.finditer(said.text):
            end = re.search(r",| och \w+er\b| men ", said.text[found.end() :])
            clause = said.text[: found.end() + end.start()] if end else said.text
            line = _spoken_of(said, clause, "NEJ" if found[1] == "saknar" else "JA")
            if line is not None:
                word = "har" if found[1] == "saknar" else f"{found[1]} inte"
                new = said.text[: found.start()] + word + said.text[found.end() :]
                yield rewritten(said, new, "policy_answer", line.label)


@plants("table number")
def table_number(world: World) -> Iterator[Mutant]:
    """A reference to another table than the one spoken of, or to one that is not there."""
    labels = {bare(one.label) for one in world.readings.values() if one.label}
    for said in world.said:
        if said.block.kind == "heading":
            continue
        for found in re.finditer(r"\b([Tt]abell) (\d+)\b", said.text):
            here = int(found[2])
            if f"tabell{here}" not in labels or len(_REFERENCES.findall(said.text)) > 1:
                continue
            there = [step for step in (here + 1, here - 1, here + 40) if step > 0]
            speaks = any(said.related(line.label) for line in said.lines)
            for other in there:
                if f"tabell{other}" not in labels or (speaks and _of_other(world, said, other)):
                    new = f"{said.text[: found.start()]}{found[1]} {other}{said.text[found.end() :]}"
                    yield rewritten(said, new, "metadata")


_REFERENCES = re.compile(r"\b[Tt]abell \d+")


def _of_other(world: World, said: Said, figure: int) -> bool:
    """Whether the other table has no line that the sentence could speak of."""
    index = {at for at, one in world.readings.items() if bare(one.label) == f"tabell{figure}"}
    own = max((len(stems(said.text) & stems(line.label)) for line in said.lines), default=0)
    there = [len(stems(said.text) & stems(line.label)) for line in world.lines if line.table in index]
    return own >= 2 and max(there, default=0) < own - 1


@plants("misspelt name")
def misspelt(world: World) -> Iterator[Mutant]:
    """A name of a kommun with a letter doubled, dropped or exchanged."""
    labels = {
        seen.unit_label
        for line in world.lines
        for seen in line.members.values()
        if seen.unit_kind == "kommun"
    }
    known = {bare(label) for label in labels}
    for said in world.said:
        for found in find_names(said.text, labels) if not re.search(r"@|www", said.text) else ():
            name = found[0]
            for wrong in (
                name[:2] + name[1:],
                name[: len(name) // 2] + name[len(name) // 2 + 1 :],
                _turned(name),
            ):
                if len(name) > 4 and bare(wrong) not in known and wrong != name and wrong not in world.text:
                    yield rewritten(
                        said, said.text[: found.start()] + wrong + said.text[found.end() :], "named_list"
                    )


def _turned(name: str) -> str:
    at = len(name) // 2
    return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
