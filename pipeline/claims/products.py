"""Products that a reader can recompute: "39 barn fick 1 500 kronor vardera, totalt 58 500 kronor"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.claims.decide import shown
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Figure
from pipeline.claims.text import stem

_PERSONS = frozenset({"klient", "individ"})
MONEY = ("kr", "kronor", "tkr", "mnkr")


@dataclass(frozen=True, slots=True)
class Product:
    """A stated total with the products that should give it; ``fits`` when one of them, or their sum, does."""

    total: Figure
    factors: tuple[tuple[Figure, float, str], ...]
    fits: bool

    @property
    def start(self) -> int:
        """Where its first figure begins."""
        return min(self.total.start, *(count.start for count, _, _ in self.factors))

    @property
    def end(self) -> int:
        """Where its last figure ends."""
        return max(self.total.end, *(count.end for count, _, _ in self.factors))

    @property
    def value(self) -> float:
        """What the factors give."""
        return sum(count.value * rate for count, rate, _ in self.factors)

    @property
    def shows(self) -> str:
        """The calculation in words."""
        told = [
            f"{shown(count.value)} {count.unit or ''}".strip() + f" × {rate}"
            for count, _, rate in self.factors
        ]
        return f"{' + '.join(told)} = {_money(self.value)} kronor"


def counts_people(figure: Figure) -> bool:
    """Whether a figure counts things by a noun of its own, two at least: no money."""
    return figure.kind == "number" and bool(figure.unit) and figure.unit not in MONEY and figure.value >= 2


def rates_in(note: Annotated) -> dict[str, tuple[float, str]]:
    """The rates that a sentence tells, by the stem of what they are told of: per barn, vardera, var."""
    rates: dict[str, tuple[float, str]] = {}
    for figure in note.figures:
        if figure.unit not in MONEY:
            continue
        after = note.lower[figure.end :]
        match = grammar("arithmetic_per").match(after)
        if match and "per" in match.group():
            rates[stem(match[1])] = (figure.value, figure.text)
        counted = [one for one in note.figures if counts_people(one) and one.end <= figure.start]
        if counted and grammar("arithmetic_each").match(after):
            rates[stem(counted[-1].unit or "")] = (figure.value, figure.text)
    return rates


def find_products(note: Annotated, known: dict[str, tuple[float, str]]) -> list[Product]:
    """The totals of a sentence that its counts and the rates told here or before should give."""
    here = rates_in(note)
    rates = known | here
    totals = [
        f
        for f in note.figures
        if f.unit in ("kr", "kronor") and note.before("arithmetic_total", f.start) and not _is_rate(note, f)
    ]
    factors = []
    for count in note.figures:
        key = stem(count.unit) if counts_people(count) and count.unit else None
        key = next(iter(here)) if key in _PERSONS and len(here) == 1 else key
        if key is not None and key in rates and all(count is not total for total in totals):
            rate, printed = rates[key]
            factors.append((count, rate, printed.strip()))
    made = [_judged(total, tuple(factors)) for total in totals[:1] if factors]
    return [one for one in made if one.fits or len(one.factors) == 1] + _multiplied(note)


def _is_rate(note: Annotated, figure: Figure) -> bool:
    after = note.lower[figure.end :]
    per = grammar("arithmetic_per").match(after)
    return bool(per and "per" in per.group()) or grammar("arithmetic_each").match(after) is not None


def _judged(total: Figure, factors: tuple[tuple[Figure, float, str], ...]) -> Product:
    products = [count.value * rate for count, rate, _ in factors]
    fits = any(abs(value - total.value) < 0.5 for value in (*products, sum(products)))
    return Product(total, factors, fits)


def _multiplied(note: Annotated) -> list[Product]:
    """``12 familjer x 2 000 kr blir 24 000 kr``: the sum as it is written out."""
    found = []
    figures = [figure for figure in note.figures if figure.kind == "number"]
    for at, (one, two) in enumerate(pairwise(figures)):
        times = grammar("arithmetic_times").fullmatch(note.lower[one.end : two.start])
        total = _total_of(note, figures, at) if times is not None else None
        if times is None or total is None:
            continue
        if times["rate"] is None or {two.unit, total.unit} <= set(MONEY):
            found.append(_judged(total, ((one, two.value, two.text.strip()),)))
    return found


def _total_of(note: Annotated, figures: list[Figure], at: int) -> Figure | None:
    """The sum that two factors give: right behind them, else right before them with a bracket between."""
    one, two = figures[at], figures[at + 1]
    after = figures[at + 2] if at + 2 < len(figures) else None
    if after is not None and grammar("arithmetic_gives").fullmatch(note.lower[two.end : after.start]):
        return after
    before = figures[at - 1] if at else None
    if before is not None and grammar("arithmetic_from").fullmatch(note.lower[before.end : one.start]):
        return before
    return None


def _money(value: float) -> str:
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", " ", f"{value:.0f}")
