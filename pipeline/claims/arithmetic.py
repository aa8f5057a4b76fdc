"""Sums, products and shares that a reader can recompute: 39 barn x 1 500 kr, varav A kvinnor och B män, 5
av 8 (62,5 procent)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.claims.decide import Verdict, shown
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Figure
from pipeline.claims.statements import Statement
from pipeline.claims.text import stem
from pipeline.claims.tolerance import same

#: A fraction in words can be this far (percentage points) from the share it stands for …
_WORDS = 9.0
#: … and "drygt" or "knappt" be on the wrong side by no more than rounding.
_ROUND = 0.6
#: The noun stands at most so many characters behind its number.
_NEAR = 25
_MONEY = ("kr", "kronor", "tkr", "mnkr")
#: Two words that together are all there is: parts so named must add up.
_PARTS = (("kvinn", "män"), ("flick", "pojk"), ("barn", "vuxn"), ("kvinn", "man"))


@dataclass(slots=True)
class Ledger:
    """What the sentences before said: rates per thing, and the last total, within one document's section."""

    rates: dict[str, tuple[float, str]] = field(default_factory=dict)
    total: Figure | None = None

    def note(self, annotated: Annotated) -> None:
        """Remember a rate ("1 500 kr per barn") and the last large figure of persons or households."""
        for figure in annotated.figures:
            match = grammar("arithmetic_per").match(annotated.lower[figure.end :])
            if figure.unit in _MONEY and match and "per" in match.group():
                self.rates[stem(match[1])] = (figure.value, annotated.text[figure.start : figure.end])
        totals = [figure for figure in annotated.figures if _people(figure)]
        if totals:
            self.total = max(totals, key=lambda figure: figure.value)


def find_arithmetic(note: Annotated, ledger: Ledger) -> tuple[Statement, ...]:
    """The statements of a sentence that can be recomputed from it and from what the ledger holds."""
    found = [*_product(note, ledger), *_sums(note, ledger), *_shares(note), *_listed(note), *_restated(note)]
    ledger.note(note)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _people(figure: Figure) -> bool:
    return figure.kind == "number" and bool(figure.unit) and figure.unit not in _MONEY and figure.value >= 2


def _product(note: Annotated, ledger: Ledger) -> list[Statement]:
    """``39 barn … totala kostnaden var 58 500 kronor`` with a rate per child from here or before."""
    rates = dict(ledger.rates)
    for figure in note.figures:
        match = grammar("arithmetic_per").match(note.lower[figure.end :])
        if figure.unit in _MONEY and match and "per" in match.group():
            rates[stem(match[1])] = (figure.value, figure.text)
    totals = [
        f
        for f in note.figures
        if f.unit in ("kr", "kronor") and grammar("arithmetic_total").search(note.lower[: f.start])
    ]
    found = []
    for total in totals[:1]:
        for count in note.figures:
            key = stem(count.unit) if _people(count) and count.unit else None
            if key is None or key not in rates or count is total:
                continue
            rate, printed = rates[key]
            product = rate * count.value
            fits = abs(product - total.value) < 0.5
            shows = f"{shown(count.value)} {count.unit} × {printed.strip()} = {_money(product)} kronor"
            start, end = min(count.start, total.start), max(count.end, total.end)
            found.append(_statement("arithmetic.product", start, end, fits, shows, total, product))
    return found


def _money(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ")


def _sums(note: Annotated, ledger: Ledger) -> list[Statement]:
    """Two parts against their whole: kvinnor och män behind "varav", or "Av N var A … och B …".

    Parts that are all there is must add up; of other parts only a sum that comes out, or that exceeds
    the whole, says anything.
    """
    found = []
    people = [figure for figure in note.figures if _people(figure)]
    for one, two in pairwise(people):
        before = [figure for figure in people if figure.end <= one.start]
        whole = before[-1] if before else ledger.total
        if whole is None or re.search(r"[.;]", note.lower[one.end : two.start]):
            continue
        opened = (
            bool(before)
            and re.fullmatch(r"\s*av(?: (?:de|totalt|dessa))?\s*", note.lower[: whole.start]) is not None
        )
        if not opened and grammar("arithmetic_of_which").search(note.lower[: one.start][-22:]) is None:
            continue
        total = one.value + two.value
        fits = abs(total - whole.value) < 0.5
        if not (fits or _complementary(one, two) or (opened and total > whole.value)):
            continue
        start = whole.start if before else one.start
        shows = f"{shown(one.value)} + {shown(two.value)} = {shown(total)}"
        found.append(_statement("arithmetic.sum", start, two.end, fits, shows, whole, total))
    return found


def _complementary(one: Figure, two: Figure) -> bool:
    units = (one.unit or "", two.unit or "")
    return any(any(u.startswith(a) for u in units) and any(u.startswith(b) for u in units) for a, b in _PARTS)


def _shares(note: Annotated) -> list[Statement]:
    """``5 av 8 kommuner (62,5 procent)``: a count and its percentage in one breath."""
    found = []
    for figure in note.figures:
        if figure.kind != "share" or not figure.high:
            continue
        after = next(
            (f for f in note.figures if f.kind == "percent" and 0 <= f.start - figure.end <= 45), None
        )
        if after is None or not re.search(
            r"[(,]|eller|vilket (?:är|motsvarar)|det vill säga", note.lower[figure.end : after.start]
        ):
            continue
        if re.search(r"\b(?:än|mot|jämfört)\b|\bi\s+\w", note.lower[figure.end : after.start]):
            continue
        actual = 100 * figure.value / figure.high
        slack = 0.6 if after.hedge else 0.0
        fits = same(after.value, after.decimals, actual) or abs(after.value - actual) <= slack + (
            2.0 if after.hedge else 0
        )
        shows = f"{shown(figure.value)} av {shown(figure.high)} är {shown(actual)} procent"
        found.append(_statement("arithmetic.share", figure.start, after.end, fits, shows, after, actual))
    return found


def _listed(note: Annotated) -> list[Statement]:
    """``fem kommuner: A, B, C, D och E``: a stated number of units against the names behind it."""
    found = []
    for figure in note.figures:
        if figure.kind not in ("number", "share") or figure.hedge is not None or figure.bracket:
            continue
        group = next((one for one in note.groups if 0 <= one.start - figure.end <= _NEAR), None)
        end = group.end if group is not None else figure.end
        run = next((one for one in note.lists if one.start >= end), None)
        if group is None or run is None or len(run.names) < 2:
            continue
        if not grammar("arithmetic_apposition").fullmatch(note.lower[end : run.start]):
            continue
        fits = int(figure.value) == len(run.names)
        shows = f"{len(run.names)} namn räknas upp"
        told = replace(figure, text=note.text[figure.start : end])
        found.append(_statement("arithmetic.list", figure.start, run.end, fits, shows, told, len(run.names)))
    return found


def _restated(note: Annotated) -> list[Statement]:
    """``drygt hälften, närmare bestämt 42,9 procent``: a fraction in words and the same share in per cent."""
    found = []
    for figure in note.figures:
        after = next((f for f in note.figures if f.kind == "percent" and f.start >= figure.end), None)
        if figure.kind != "fraction" or after is None:
            continue
        gap = note.lower[figure.end : after.start]
        if not grammar("arithmetic_restated").fullmatch(gap) or _elsewhere(note, figure.end, after):
            continue
        side = {"above": after.value >= figure.value - _ROUND, "below": after.value <= figure.value + _ROUND}
        near = abs(after.value - figure.value) <= _WORDS
        fits = near and side.get(figure.hedge or "", True)
        shows = f"{shown(after.value)} procent är {'mer' if after.value > figure.value else 'mindre'}"
        shows = f"{shows} än {shown(figure.value)} procent" if near else f"{shown(after.value)} procent anges"
        told = replace(figure, text=note.text[figure.start : figure.end])
        found.append(
            _statement("arithmetic.restated", figure.start, after.end, fits, shows, told, after.value)
        )
    return found


def _elsewhere(note: Annotated, start: int, figure: Figure) -> bool:
    """Whether another place's figure is meant: "hälften av kommunerna (i riket 38 procent)"."""
    names = any(start <= one.start < figure.end and one.kind in ("riket", "lan") for one in note.names)
    return names or re.match(r"\s*i (?:riket|länet|landet)", note.lower[figure.end :]) is not None


def _statement(
    rule: str, start: int, end: int, fits: bool, shows: str, stated: Figure, actual: float
) -> Statement:
    found: dict[str, object] = {"shown": shows, "computed": round(actual, 4), "by": "texten"}
    verdict = Verdict("supported" if fits else "refuted", found)
    told: dict[str, object] = {"value": stated.value, "figure": stated.text.strip()}
    unit = (
        "procent"
        if stated.kind == "percent"
        else "kronor"
        if stated.unit in ("kr", "kronor")
        else stated.unit
    )
    return Statement("arithmetic", start, end, rule, verdict, told, stated.value, unit)
