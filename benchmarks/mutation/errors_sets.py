"""Planted errors about sets: names dropped, added and swapped; all, all-but and none; denied lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.mutation.editing import rewrite
from benchmarks.mutation.language import EXCEPT, NameList, bare, capitalised, joined
from benchmarks.mutation.model import Mutant, TextEdit, plants
from benchmarks.mutation.world import Line, Said, World

ANSWERS = ("JA", "NEJ", "lacking")
_ALL = re.compile(
    r"\b(Alla|alla|Samtliga|samtliga)(?: (?:de )?(?P<n>\w+))? \w*kommun(?:er|erna)\b(?! utom| förutom)"
)
_FIGURES_FOLLOW = re.compile(r"^\s*\(\d")
_VERB = re.compile(r"\b(har|erbjuder|använder|ger|gör|genomför|finns|arbetar)\b")


@dataclass(frozen=True, slots=True)
class Truth:
    """A list of names that equals what a table near it holds: ``line`` and which answer they gave."""

    said: Said
    names: NameList
    line: Line
    answer: str

    @property
    def claim_type(self) -> str:
        """The kind of statement."""
        return "all_except" if self.names.role == "except" else "named_list"

    def others(self) -> list[str]:
        """Members that the sentence does not name, as the table prints them, in order of name."""
        text, named = bare(self.said.text), self.names.keys()
        return sorted(
            seen.unit_label for key, seen in self.line.members.items() if key not in text and key not in named
        )

    def again(self, names: Sequence[str]) -> str:
        """The sentence with other names."""
        return self.said.text[: self.names.start] + joined(names) + self.said.text[self.names.end :]


def rewritten(said: Said, new: str, claim_type: str, what: str = "") -> Mutant:
    """A mutant of one sentence in other words."""
    edit = TextEdit(said.order, said.text, new)
    shown = f"{said.text}  →  {new}" + (f"  [{what}]" if what else "")
    return Mutant(claim_type, rewrite((edit,)), shown, texts=(edit,), orders=(said.order,))


def truths(world: World) -> Iterator[Truth]:
    """Every list of names in the text that is exactly the set of a line near it."""
    for said in world.said:
        if re.search(r"\bdelvis\b|\bföljt av\b", said.text):
            continue
        for names in said.lists():
            if _FIGURES_FOLLOW.match(said.text[names.end :]):
                continue
            found = _equal(said, names)
            if found is not None:
                yield Truth(said, names, *found)


def _equal(said: Said, names: NameList) -> tuple[Line, str] | None:
    lines = [line for line in said.lines if line.answered and (said.explicit or said.related(line.label))]
    lines.sort(key=lambda line: not said.related(line.label))
    for line in lines:
        everyone = frozenset(line.members)
        keys = names.keys()
        wanted = everyone - keys if names.role == "except" else keys
        if not keys <= everyone:
            continue
        for answer in ANSWERS[:2] if names.role == "except" else ANSWERS:
            if line.having(answer) == wanted:
                return line, answer
    return None


@plants("drop a kommun")
def drop(world: World) -> Iterator[Mutant]:
    """A list, or the exceptions, with one name less."""
    yield from _dropped(world, to_one=False)


@plants("drop to one name")
def drop_to_one(world: World) -> Iterator[Mutant]:
    """A plain list of two with one name less: true of the one that is left, but no longer all of them."""
    yield from _dropped(world, to_one=True)


def _dropped(world: World, *, to_one: bool) -> Iterator[Mutant]:
    for truth in truths(world):
        names = truth.names.names
        if to_one != (len(names) == 2 and truth.names.role == "plain"):
            continue
        for at in range(len(names)) if len(names) > 1 else ():
            rest = [*names[:at], *names[at + 1 :]]
            made = rewritten(truth.said, truth.again(rest), truth.claim_type, truth.line.label)
            yield _with_others(world, made) if to_one else made


def _with_others(world: World, mutant: Mutant) -> Mutant:
    """The mutant with the next sentence as a place of its error, where that tells of "övriga": all but those
    that the changed list names."""
    after = world.pdf.sentences[mutant.orders[0] + 1 : mutant.orders[0] + 2]
    if not after or not re.match(r"(?:de )?(?:övriga|andra|resterande)\b", after[0].text, re.I):
        return mutant
    return replace(mutant, orders=(*mutant.orders, after[0].order))


@plants("add a kommun")
def add(world: World) -> Iterator[Mutant]:
    """A list, or the exceptions, with a name that does not belong there."""
    for truth in truths(world):
        others = truth.others()
        for at, other in enumerate(others) if len(others) > 1 else ():
            names = list(truth.names.names)
            names.insert(at % (len(names) + 1), other)
            yield rewritten(truth.said, truth.again(names), truth.claim_type, truth.line.label)


@plants("swap a kommun")
def swap(world: World) -> Iterator[Mutant]:
    """A list, or the exceptions, with one name exchanged for another."""
    for truth in truths(world):
        for at, other in enumerate(truth.others()):
            names = list(truth.names.names)
            names[at % len(names)] = other
            yield rewritten(truth.said, truth.again(names), truth.claim_type, truth.line.label)


@plants("all but → all")
def all_but_to_all(world: World) -> Iterator[Mutant]:
    """The exceptions left out."""
    for truth in truths(world):
        if truth.names.role != "except":
            continue
        text, names = truth.said.text, truth.names
        before = re.sub(rf",?\s*\b{EXCEPT}\s+(?:i\s+)?$", "", text[: names.start], flags=re.I)
        after = text[names.end :]
        if before:
            yield rewritten(truth.said, before + after, "all", truth.line.label)
        elif found := re.match(r",?\s+(\w+) alla\b", after):
            new = f"Alla kommuner {found[1]}{after[found.end() :]}".replace(
                "Alla kommuner har kommuner", "Alla kommuner har"
            )
            yield rewritten(truth.said, new, "all", truth.line.label)


def _everyone(world: World) -> Iterator[tuple[Said, re.Match[str], Line]]:
    """Sentences that say ``alla kommuner`` truly of a line that they speak of."""
    for said in world.said:
        found = _ALL.search(said.text)
        if not found or (found["n"] and not re.fullmatch(r"\w{2,6}", found["n"])):
            continue
        fit = [
            line for line in said.lines
            if line.answered and said.related(line.label) and line.having("JA") == frozenset(line.members)
        ]  # fmt: skip
        if fit:
            yield said, found, fit[0]


@plants("all → all but")
def all_to_all_but(world: World) -> Iterator[Mutant]:
    """An exception where there is none."""
    for said, found, line in _everyone(world):
        for label in sorted(seen.unit_label for seen in line.members.values()):
            new = f"{said.text[: found.end()]} utom {label}{said.text[found.end() :]}"
            yield rewritten(said, new, "all_except", line.label)


@plants("all → none")
def all_to_none(world: World) -> Iterator[Mutant]:
    """Nobody where everybody has it."""
    for said, found, line in _everyone(world):
        none = "Ingen kommun" if found[1][0].isupper() else "ingen kommun"
        yield rewritten(
            said, said.text[: found.start()] + none + said.text[found.end() :], "none", line.label
        )


@plants("nearly all → all")
def most_to_all(world: World) -> Iterator[Mutant]:
    """Everybody where only most have it."""
    for said in world.said:
        found = re.search(r"\b(De flesta|de flesta|Nästan alla|nästan alla) (?=\w*kommuner)", said.text)
        fit = [line for line in said.lines if line.answered and said.related(line.label)]
        if found and fit and all(line.having("JA") != frozenset(line.members) for line in fit):
            word = "Samtliga " if found[1][0].isupper() else "samtliga "
            yield rewritten(said, said.text[: found.start()] + word + said.text[found.end() :], "all")


@plants("negation of a list")
def negate_list(world: World) -> Iterator[Mutant]:
    """A list said not to have what it has, or to have what it lacks."""
    for truth in truths(world):
        text, names = truth.said.text, truth.names
        if names.role == "except":
            continue
        after = text[names.end :]
        new = None
        if truth.answer == "JA" and (verb := re.match(rf"\s+{_VERB.pattern}", after)):
            subordinate = re.search(r"\batt\s+(?:bara |endast |enbart )?$", text[: names.start])
            said = f" inte {verb[1]}" if subordinate else f" {verb[1]} inte"
            new = text[: names.end] + said + after[verb.end() :]
        elif truth.answer != "JA" and (verb := re.match(r"\s+saknar\b", after)):
            new = f"{text[: names.end]} har{after[verb.end() :]}"
        elif truth.answer != "JA" and (verb := re.search(r"\bsaknas i\s+$", text[: names.start])):
            new = f"{text[: verb.start()]}finns i {text[names.start :]}"
        if new:
            yield rewritten(truth.said, capitalised(new), truth.claim_type, truth.line.label)
