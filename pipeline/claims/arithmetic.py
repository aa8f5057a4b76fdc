"""Sums, products and shares that a reader can recompute: 39 barn x 1 500 kr, varav A kvinnor och B män, 5
av 8 (62,5 procent)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.claims.decide import Verdict, shown
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Figure
from pipeline.claims.products import MONEY, counts_people, find_products, rates_in
from pipeline.claims.statements import Statement
from pipeline.claims.tolerance import same

#: A fraction in words can be this far (percentage points) from the share it stands for …
_WORDS = 9.0
#: … and "fyra av tio" at most half a tenth …
_TENTHS = 5.0
#: … and "drygt" or "knappt" be on the wrong side by no more than rounding.
_ROUND = 0.6
#: The noun stands at most so many characters behind its number.
_NEAR = 25
#: Two words that together are all there is: parts so named must add up.
_PARTS = (
    ("kvinn", "män"),
    ("flick", "pojk"),
    ("barn", "vuxn"),
    ("kvinn", "man"),
    ("bifall", "avslag"),
    ("heltid", "deltid"),
)


@dataclass(slots=True)
class Ledger:
    """What the sentences before said: rates per thing, and the last total, within one document's section."""

    rates: dict[str, tuple[float, str]] = field(default_factory=dict)
    total: Figure | None = None

    def note(self, annotated: Annotated) -> None:
        """Remember a rate ("1 500 kr per barn") and the last large figure of persons or households."""
        self.rates |= rates_in(annotated)
        totals = [figure for figure in annotated.figures if counts_people(figure)]
        if totals:
            self.total = max(totals, key=lambda figure: figure.value)


def find_arithmetic(note: Annotated, ledger: Ledger) -> tuple[Statement, ...]:
    """The statements of a sentence that can be recomputed from it and from what the ledger holds."""
    if not note.figures:
        return ()
    found = [*_products(note, ledger), *_sums(note, ledger), *_shares(note), *_listed(note), *_restated(note)]
    ledger.note(note)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _products(note: Annotated, ledger: Ledger) -> list[Statement]:
    """``39 barn … totala kostnaden var 58 500 kronor`` with a rate per child from here or before."""
    return [
        _statement("arithmetic.product", one.start, one.end, one.fits, one.shows, one.total, one.value)
        for one in find_products(note, ledger.rates)
    ]


def _sums(note: Annotated, ledger: Ledger) -> list[Statement]:
    """Two parts against their whole: kvinnor och män behind "varav", or "Av N var A … och B …".

    Parts that are all there is must add up; of other parts only a sum that comes out, or that exceeds
    the whole, says anything.
    """
    found = []
    parts = [figure for figure in note.figures if figure.kind == "number"]
    for one, two in pairwise(parts):
        before = [figure for figure in parts if figure.end <= one.start]
        whole = before[-1] if before else ledger.total
        if whole is None or re.search(r"[.;]", note.lower[one.end : two.start]):
            continue
        dealt = bool(before) and note.before("arithmetic_dealt", one.start) is not None
        if not dealt and not _alike(whole, one, two):
            continue
        opened = bool(before) and note.before("arithmetic_opened", whole.start) is not None
        if not opened and grammar("arithmetic_of_which").search(note.lower[: one.start][-22:]) is None:
            continue
        total = one.value + two.value
        fits = abs(total - whole.value) < 0.5
        beyond = total > whole.value and (opened or (bool(before) and one.unit in MONEY))
        if not (fits or _complementary(one, two) or beyond or (dealt and _ends(note, two))):
            continue
        start = whole.start if before else one.start
        shows = f"{shown(one.value)} + {shown(two.value)} = {shown(total)}"
        found.append(_statement("arithmetic.sum", start, two.end, fits, shows, whole, total))
    return found


def _alike(*figures: Figure) -> bool:
    """Whether figures can be parts of one whole: all count things, or all are money."""
    money = all(figure.unit in MONEY for figure in figures)
    return money or all(counts_people(figure) for figure in figures)


def _ends(note: Annotated, figure: Figure) -> bool:
    """Whether no further part follows a figure."""
    return not any(other.start > figure.end and other.kind == "number" for other in note.figures)


def _complementary(one: Figure, two: Figure) -> bool:
    units = (one.unit or "", two.unit or "")
    return any(any(u.startswith(a) for u in units) and any(u.startswith(b) for u in units) for a, b in _PARTS)


def _shares(note: Annotated) -> list[Statement]:
    """``5 av 8 kommuner (62,5 procent)``: a count and its percentage in one breath."""
    found = []
    for figure in note.figures:
        figure = _of_opened(note, figure)
        if figure.kind != "share" or not figure.high:
            continue
        after = next(
            (f for f in note.figures if f.kind == "percent" and 0 <= f.start - figure.end <= 45), None
        )
        if after is not None and _in_words(figure):
            continue
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


def _of_opened(note: Annotated, figure: Figure) -> Figure:
    """``Av 290 kommuner svarade 261, vilket motsvarar 90 procent``: the part with its whole as a share."""
    before = [f for f in note.figures if f.end <= figure.start]
    if figure.kind != "number" or len(before) != 1 or before[0].kind != "number":
        return figure
    whole = before[0]
    if note.before("arithmetic_opened", whole.start) is None or figure.value > whole.value:
        return figure
    after = next((f for f in note.figures if f.kind == "percent" and f.start >= figure.end), None)
    told = after is not None and grammar("arithmetic_share_of").fullmatch(
        note.lower[figure.end : after.start]
    )
    return replace(figure, kind="share", high=whole.value) if told else figure


def _in_words(figure: Figure) -> bool:
    """``knappt fyra av tio (39 procent)``: a fraction in words, told again in per cent."""
    return figure.high in (3, 4, 5, 10) and not any(char.isdigit() for char in figure.text)


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
        if figure.kind == "share" and _in_words(figure):
            figure = replace(figure, kind="fraction", value=100 * figure.value / (figure.high or 1))
        if figure.kind != "fraction" or after is None:
            continue
        gap = note.lower[figure.end : after.start]
        if not grammar("arithmetic_restated").fullmatch(gap) or _elsewhere(note, figure.end, after):
            continue
        if gap.rstrip().endswith(",") and not re.match(r"\s*,", note.lower[after.end :]):
            continue
        side = {"above": after.value >= figure.value - _ROUND, "below": after.value <= figure.value + _ROUND}
        near = abs(after.value - figure.value) <= (_TENTHS if " av " in figure.text else _WORDS)
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
