"""Planted errors about figures: percentages, numbers with units, counts, fractions, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.mutation.editing import retype
from benchmarks.mutation.errors_sets import rewritten
from benchmarks.mutation.language import HEDGES, PERCENT, as_count, bare, counted, number, printed
from benchmarks.mutation.model import CellEdit, Mutant, plants
from benchmarks.mutation.world import Line, Said, World

_RESPECTIVE = re.compile(r"(\d+(?:[.,]\d+)?)((?:\s?%|\sprocent)?) respektive (\d+(?:[.,]\d+)?)")
_NAMED_NUMBER = re.compile(r"\((\d[\d\s]*(?:[.,]\d+)?)(?=(?:\s(?:kr|kronor|dagar|%)|\s?%)?\))")
_OF = re.compile(r"\b(\w+)( av (?:de )?)(\w+)(?=\s)")
_COUNT = re.compile(r"\b(\w+)(?= (?:av (?:\w+)?kommunerna|\w*kommuner)\b)")
_INDICATORS = re.compile(r"\b(\d+)(?= indikatorer\b| är (?:röd|gul|grön)| indikatorer är)")
_SPAN = re.compile(r"(\d+)[–-](\d+)(?= dag)")
_BETWEEN = re.compile(r"\bmellan (\d+)( och )(\d+)(?= procent)")
#: Fractions of the group and what each may be turned into: at least ten percentage points away.
_FRACTIONS = {
    "hälften": ("en fjärdedel", "två tredjedelar"),
    "en tredjedel": ("hälften", "två tredjedelar"),
    "två tredjedelar": ("hälften", "en tredjedel"),
    "en fjärdedel": ("hälften", "tre fjärdedelar"),
    "tre fjärdedelar": ("hälften", "en fjärdedel"),
    "en femtedel": ("hälften", "en tredjedel"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A percentage of the text with the cells that it may come from: ``(line, whose)``."""

    said: Said
    start: int
    end: int
    text: str
    value: float
    cells: tuple[tuple[Line, str], ...]

    def again(self, text: str) -> str:
        """The sentence with another figure."""
        return self.said.text[: self.start] + text + self.said.text[self.end :]


def comparators(said: Said) -> bool:
    """Whether the sentence names a total (riket, län) of the tables near it."""
    keys = {key for line in said.lines for key, seen in line.totals.items() if seen.unit_kind != "grupp"}
    return any(key in bare(said.text) for key in keys)


def figures(world: World) -> Iterator[Figure]:
    """Percentages without a hedge that equal a figure of a table near them, or its rounding."""
    for said in world.said:
        for found in PERCENT.finditer(said.text):
            before = said.text[: found.start()]
            if HEDGES.search(before) or re.search(r"\b(?:mellan \d+ och|från|med|till|respektive) $", before):
                continue
            value = number(found[1])
            cells = _cells(said, value, found[1])
            about = said.explicit or comparators(said) or any(said.related(line.label) for line, _ in cells)
            if cells and about:
                yield Figure(said, *found.span(1), found[1], value, cells)


def _cells(said: Said, value: float, text: str) -> tuple[tuple[Line, str], ...]:
    exact = re.search(r"[.,]", text) is not None
    near = 0.051 if exact else 0.501
    return tuple(
        (line, whose)
        for line in said.lines
        for whose, held in sorted(line.values().items())
        if abs(held - value) <= near
    )


def _differs(value: float, cells: tuple[tuple[Line, str], ...]) -> bool:
    return 0 <= value <= 100 and all(abs(line.values()[whose] - value) > 0.6 for line, whose in cells)


@plants("percent ±1")
def percent_off_by_one(world: World) -> Iterator[Mutant]:
    """A percentage one off."""
    for figure in figures(world):
        for step in (1, -1):
            value = figure.value + step
            if _differs(value, figure.cells):
                yield rewritten(figure.said, figure.again(printed(value, figure.text)), "percent")


@plants("percent of another column")
def percent_of_other_column(world: World) -> Iterator[Mutant]:
    """The same unit's figure of the neighbouring column."""
    for figure in figures(world):
        for line, whose in figure.cells[:1]:
            beside = [
                other for other in figure.said.lines if other.table == line.table and other.at != line.at
            ]
            for other in beside:
                held = other.values().get(whose)
                if held is not None and abs(held - figure.value) >= 2 and _differs(held, figure.cells):
                    new = figure.again(printed(held, figure.text if held % 1 == 0 else "0,0"))
                    yield rewritten(figure.said, new, "percent", f"{line.label} → {other.label}")


@plants("figures swapped")
def figures_swapped(world: World) -> Iterator[Mutant]:
    """Two units' figures exchanged."""
    per_sentence: dict[int, list[Figure]] = {}
    for figure in figures(world):
        per_sentence.setdefault(figure.said.order, []).append(figure)
    for found in per_sentence.values():
        for one, other in pairwise(found):
            if abs(one.value - other.value) < 2 or not _apart(one, other):
                continue
            text = one.said.text
            new = text[: one.start] + other.text + text[one.end : other.start] + one.text + text[other.end :]
            yield rewritten(one.said, new, "percent")


def _apart(one: Figure, other: Figure) -> bool:
    """Whether both come from one line, so that exchanged each stands with the wrong unit."""
    return bool({line.at for line, _ in one.cells} & {line.at for line, _ in other.cells})


@plants("swapped respektive")
def respektive_swapped(world: World) -> Iterator[Mutant]:
    """``31 respektive 29`` the other way round."""
    for said in world.said:
        for found in _RESPECTIVE.finditer(said.text):
            held = {value for line in said.lines for value in line.values().values()}
            one, two = number(found[1]), number(found[3])
            if one != two and {one, two} <= held:
                turned = f"{found[3]}{found[2]} respektive {found[1]}"
                new = said.text[: found.start()] + turned + said.text[found.end() :]
                yield rewritten(said, new, "percent")


@plants("number of a unit")
def number_of_unit(world: World) -> Iterator[Mutant]:
    """A figure in brackets after a name, changed."""
    for said in world.said:
        labels = {
            key: seen for line in said.lines for key, seen in line.members.items() if seen.value is not None
        }
        for found in _NAMED_NUMBER.finditer(said.text):
            value, text = number(found[1]), found[1]
            name = re.search(r"([\w-]+(?: [\w-]+)?) $", said.text[: found.start()])
            key = next((key for key in labels if name and bare(name[1]).endswith(key)), None)
            held = {line.values()[key] for line in said.lines if key and key in line.values()}
            if key is None or value not in held:
                continue
            step = 10 ** max(0, len(str(int(value))) - 2)
            for new in (value + step, value - step):
                if new > 0 and new not in held:
                    again = said.text[: found.start(1)] + printed(new, text) + said.text[found.end(1) :]
                    yield rewritten(said, again, "number")


@plants("counts")
def counts(world: World) -> Iterator[Mutant]:
    """A counted number of kommuner one off."""
    for said in world.said:
        sizes = {len(line.members) for line in said.lines if line.answered}
        for found in _OF.finditer(said.text):
            many, of = counted(found[1]), counted(found[3])
            if many is None or of not in sizes or HEDGES.search(said.text[: found.start()]):
                continue
            if any(len(line.having("JA")) == many for line in said.lines if line.answered):
                yield from _other_counts(said, found, many, of)
        for found in _COUNT.finditer(said.text):
            many = counted(found[1])
            lines = [line for line in said.lines if line.answered and said.related(line.label)]
            rough = HEDGES.search(said.text[: found.start()])
            every = re.search(r"\b(?:alla|samtliga|av|de|våra|länets) $", said.text[: found.start()], re.I)
            if many is None or many < 2 or rough or every:
                continue
            if any(many in (len(line.having("JA")), len(line.having("lacking"))) for line in lines):
                yield from _other_counts(said, found, many, max(sizes, default=0))


def _other_counts(said: Said, found: re.Match[str], many: int, of: int) -> Iterator[Mutant]:
    for new in (many + 1, many - 1):
        if 1 < new <= of:
            word = as_count(new, found[1])
            yield rewritten(said, said.text[: found.start(1)] + word + said.text[found.end(1) :], "count")


@plants("counts of indicators")
def counts_of_indicators(world: World) -> Iterator[Mutant]:
    """``25 indikatorer varav 9 är röda``: one of the numbers one off."""
    for said in world.said:
        held = {len(said.lines)} if said.explicit else set()
        if "varav" not in said.text or not held:
            continue
        for found in _INDICATORS.finditer(said.text):
            for step in (1, -1):
                if (new := int(found[1]) + step) > 0:
                    yield rewritten(
                        said, said.text[: found.start()] + str(new) + said.text[found.end() :], "count"
                    )


@plants("fractions")
def fractions(world: World) -> Iterator[Mutant]:
    """Half for a third and the like."""
    for said in world.said:
        shares = [
            100 * len(line.having("JA")) / len(line.members)
            for line in said.lines
            if line.answered and (said.explicit or said.related(line.label))
        ]
        shares += [value for line in said.lines for value in line.values().values()]
        for word, others in _FRACTIONS.items():
            found = re.search(rf"\b{word}(?= av (?:\w*kommun|stadsdel))", said.text, re.I)
            if not found or not any(abs(share - _SHARE[word]) < 4 for share in shares):
                continue
            if HEDGES.search(said.text[: found.start()]):
                continue
            for other in others:
                new = other.capitalize() if found[0][0].isupper() else other
                yield rewritten(said, said.text[: found.start()] + new + said.text[found.end() :], "fraction")


_SHARE = {
    "hälften": 50.0, "en tredjedel": 100 / 3, "två tredjedelar": 200 / 3, "en fjärdedel": 25.0,
    "tre fjärdedelar": 75.0, "en femtedel": 20.0,
}  # fmt: skip


@plants("ranges")
def ranges(world: World) -> Iterator[Mutant]:
    """Another interval than the table's."""
    for said in world.said:
        spans = {span for line in said.lines for span in line.ranges()}
        for found in _SPAN.finditer(said.text):
            here = (float(found[1]), float(found[2]))
            for low, high in sorted(spans - {here}, key=str) if here in spans else ():
                if low is not None and high is not None:
                    new = f"{low:.0f}–{high:.0f}"
                    yield rewritten(
                        said, said.text[: found.start()] + new + said.text[found.end() :], "range"
                    )
        for found in _BETWEEN.finditer(said.text):
            held = {value for line in said.lines for value in line.values().values()}
            if {float(found[1]), float(found[3])} <= held:
                for one, two in ((10, 0), (0, -10)):
                    new = f"mellan {int(found[1]) + one}{found[2]}{int(found[3]) + two}"
                    yield rewritten(
                        said, said.text[: found.start()] + new + said.text[found.end() :], "range"
                    )


@plants("one figure cell")
def one_figure(world: World) -> Iterator[Mutant]:
    """A total's cell changed where the text states the figure that it held."""
    held: dict[tuple[int, int, str], list[Figure]] = {}
    for figure in figures(world):
        if len(figure.cells) == 1:
            line, whose = figure.cells[0]
            held.setdefault((line.table, line.at, whose), []).append(figure)
    for (table, at, whose), told in sorted(held.items(), key=lambda row: row[0]):
        line = next(one for one in world.lines if (one.table, one.at) == (table, at))
        seen = line.totals.get(whose)
        raw = re.search(r"\d+(?:[.,]\d+)?", seen.value_raw) if seen is not None else None
        for step in (4, -7) if seen is not None and raw and seen.measure != "mean" else ():
            value = number(raw[0]) + step if raw else 0.0
            if seen is not None and raw and 0 <= value <= 100:
                new = seen.value_raw.replace(raw[0], printed(value, raw[0]))
                edit = CellEdit(table, seen.row, seen.col, seen.value_raw, new)
                shown = f"{seen.unit_label} / {line.label}: {seen.value_raw} → {new}"
                orders = tuple(figure.said.order for figure in told)
                yield Mutant("percent", retype((edit,)), shown, (), (edit,), orders, table, (seen.box,))
