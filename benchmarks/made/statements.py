"""Running text about a table: true statements, now and then a false one, and prose that states nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from benchmarks.made.world import HERE, Asked, Lan, World

#: Share of the statements that contradict their table.
FALSE = 0.02
_COUNTS = ("Ingen", "En", "Två", "Tre", "Fyra", "Fem", "Sex", "Sju", "Åtta", "Nio", "Tio", "Elva", "Tolv")
#: The most names that a statement lists.
LISTED = 7


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """The words.yaml."""
    loaded: Mapping[str, Any] = yaml.safe_load((HERE / "words.yaml").read_text(encoding="utf-8"))
    return loaded


def decimal(value: float) -> str:
    """``44,4`` or ``2 092``: as Swedish prints figures."""
    if value >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return (f"{value:.1f}" if value != int(value) else f"{value:.0f}").replace(".", ",")


def listed(names: Sequence[str]) -> str:
    """``A, B och C``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"


def counted(number: int) -> str:
    """A number at the head of a sentence."""
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def in_text(label: str) -> str:
    """A label inside a sentence: without its capital, unless it is a name or an abbreviation."""
    first = label.split()[0]
    return label if not first[1:].islower() else label[0].lower() + label[1:]


@dataclass(frozen=True)
class Edition:
    """One area of one year in one län: what a report tells of."""

    world: World
    lan: Lan
    year: int

    def answers(self, asked: Asked) -> dict[str, str]:
        """The answer of every kommun."""
        return {name: self.world.answer(name, asked, self.year) for name in self.lan.kommuner}

    def share(self, asked: Asked) -> float:
        """Percent of the län's kommuner that answered JA, of those that answered; one decimal."""
        given = [answer for answer in self.answers(asked).values() if answer != ".."]
        return round(100 * given.count("JA") / len(given), 1) if given else 0.0

    def statement(self, asked: Asked, chance: random.Random) -> str:
        """A sentence about the answers on an indicator."""
        answers = self.answers(asked)
        yes = [name for name, answer in answers.items() if answer == "JA"]
        no = [name for name in answers if name not in yes]
        share, riket = self.share(asked), self.world.riket(asked, self.year)
        kinds = ["percent", "compare" if share != riket else "percent"]
        if all(answer in {"JA", "NEJ"} for answer in answers.values()):
            kinds += ["count", *self._sets(yes, no)]
        kind = chance.choice(kinds)
        wrong = chance.random() < FALSE
        names = yes if kind == "having" else no
        if wrong and len(names) > 1:
            names = names[1:]
        count = len(yes) + (1 if wrong and kind == "count" and len(yes) < len(answers) else 0)
        if wrong and kind in {"percent", "compare"}:
            share = round(min(100.0, share + 11), 1)
        return str(chance.choice(words()["statements"][kind])).format(
            label=in_text(asked.label),
            lan=self.lan.name,
            names=listed(names) if names else "",
            count=counted(count),
            n=len(answers),
            share=decimal(share),
            riket=riket,
            than="högre" if share > riket else "lägre",
        )

    @staticmethod
    def _sets(yes: Sequence[str], no: Sequence[str]) -> list[str]:
        if not no:
            return ["all"]
        if not yes:
            return ["none"]
        kinds = ["having"] if len(yes) <= LISTED else []
        return [*kinds, "lacking", "all_except"] if len(no) <= LISTED else kinds


def prose(chance: random.Random, sentences: int) -> str:
    """Running text that states nothing of the tables."""
    parts = words()["prose"]
    return " ".join(
        " ".join(chance.choice(parts[part]) for part in ("who", "does", "what", "why")) + "."
        for _ in range(sentences)
    )
