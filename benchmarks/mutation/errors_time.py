"""Planted errors about time and sums: editions, changes between years, products and shares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.mutation.errors_sets import rewritten
from benchmarks.mutation.language import NUMBER_WORDS, counted, number, printed
from benchmarks.mutation.model import Mutant, plants
from benchmarks.mutation.world import Said, World

_REPORT = re.compile(
    r"\b(?:den här|denna|här) \w*(?:rapport|skrivelse)|\brapporten|\bredovisas|\bResultaten för", re.I
)
_MONTH = re.compile(
    r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december) $"
)
_FROM_TO = re.compile(r"\bfrån (\d+)( procent)?((?: (?:under )?20\d\d)?) till (\d+)")
_RISING, _FALLING = (
    ("ökat", "ökar", "stigit", "ökning", "vuxit"),
    ("minskat", "sjunkit", "minskar", "minskning"),
)
_POINTS = re.compile(r"\b(med )(\w+)( procentenheter)")


@plants("years")
def years(world: World) -> Iterator[Mutant]:
    """Another edition than the report's own, in a sentence about the report."""
    year = world.document.record.year
    for said in world.all_said:
        if year is None or said.block.kind == "heading" or said.text.count(str(year)) != 1:
            continue
        edition = re.search(rf"(?:öppna jämförelser|\bÖJ\b)[^.,\d]*? ({year})\b", said.text, re.I)
        round_of = re.search(rf"\b({year}) års (?:omgång|mätning|jämförelse|resultat|enkät)", said.text)
        if edition and (_MONTH.search(said.text[: edition.start(1)]) or not _REPORT.search(said.text)):
            edition = None
        found = edition or round_of
        for other in (year - 1, year + 1, year - 3) if found else ():
            if found is not None:
                new = said.text[: found.start(1)] + str(other) + said.text[found.end(1) :]
                yield rewritten(said, new, "metadata")


@plants("years of a change")
def years_of_change(world: World) -> Iterator[Mutant]:
    """``från 29 procent 2020 till 35 procent 2019``: backwards in time."""
    for said in world.said:
        found = re.search(
            r"\bfrån (?:\d+ (?:procent )?)?(?:under )?(20\d\d)\b[^.]*? till [^.]*?(20\d\d)\b", said.text
        )
        if found and found[1] < found[2]:
            (a, b), (c, d) = found.span(1), found.span(2)
            new = said.text[:a] + found[2] + said.text[b:c] + found[1] + said.text[d:]
            yield rewritten(said, new, "change")


@plants("from – to")
def from_to(world: World) -> Iterator[Mutant]:
    """From and to exchanged against the direction word, or a difference that does not fit."""
    for said in world.said:
        found = _FROM_TO.search(said.text)
        if found is None:
            continue
        low = said.text.casefold()
        words = [
            word for word in (*_RISING, *_FALLING) if re.search(rf"\b\w*{word}\b", low[: found.end() + 60])
        ]
        if len(words) == 1 and found[1] != found[4]:
            new = f"från {found[4]}{found[2] or ''}{found[3]} till {found[1]}"
            yield rewritten(said, said.text[: found.start()] + new + said.text[found.end() :], "change")
            turned = dict(
                zip((*_RISING[:2], "minskat", "sjunkit"), ("minskat", "minskar", "ökat", "ökat"), strict=True)
            )
            if words[0] in turned and found[1] != found[4]:
                yield rewritten(
                    said, re.sub(rf"\b{words[0]}\b", turned[words[0]], said.text, count=1), "change"
                )
        points = _POINTS.search(said.text)
        if points and (by := counted(points[2])) and abs(int(found[4]) - int(found[1])) == by:
            for other in (by + 1, by + 3):
                word = str(other) if points[2].isdigit() else NUMBER_WORDS[other]
                new = f"{points[1]}{word}{points[3]}"
                yield rewritten(said, said.text[: points.start()] + new + said.text[points.end() :], "change")


@plants("arithmetic")
def arithmetic(world: World) -> Iterator[Mutant]:
    """A product, a sum or a share that no longer comes out."""
    for said in world.said:
        yield from _products(said)
        for found in re.finditer(r"\b(\d+) av (\d+) \w+[^.]*?\b(\d+)(?= procent)", said.text):
            share = 100 * int(found[1]) / int(found[2])
            if abs(share - int(found[3])) <= 0.5:
                for new in (int(found[3]) + 4, int(found[3]) - 3):
                    yield rewritten(
                        said, said.text[: found.start(3)] + str(new) + said.text[found.end(3) :], "arithmetic"
                    )


def _products(said: Said) -> Iterator[Mutant]:
    found = [*re.finditer(r"(?<![\d/:–-])\d[\d\u00a0 ]*(?![\d/:–-])", said.text)]
    amounts = [
        (one, number(one[0]))
        for one in found
        if number(one[0]) > 1 and not re.fullmatch(r"20\d\d", one[0].strip())
    ]
    for total, value in amounts:
        parts = [(a, b) for _, a in amounts for _, b in amounts if a * b == value and a < value and b < value]
        if parts and value > 1000:
            for new in (value + 100, value - 1000):
                text = printed(new, total[0].strip())
                rest = said.text[total.start() + len(total[0].rstrip()) :]
                yield rewritten(said, said.text[: total.start()] + text + rest, "arithmetic")
