"""Figures in running text: percentages, numbers, ranges, fractions, "n av m", years, with their hedges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from pipeline.claims.lexicon import Cue, Lexicon, grammar, load_lexicon
from pipeline.claims.mentions import Figure
from pipeline.claims.worded import Worded, matches_at

_DIGITS = r"(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)?"
#: What may stand between a figure and a dash or word that makes it the first half of a pair.
_MEASURE = r"(?:%|procent(?!enhet)|kronor|kr|dagar|dgr|månader)(?![\w-])"
_JOIN = r"\s*(?:[–-]|till|och)\s*"
#: Dates, labels of tables, the numbers of notes and questions.
_NO_FIGURES = ("figures_date", "figures_label", "figures_mark")
_SIDES = ("more", "less", "at_least", "at_most")


@lru_cache(maxsize=1)
def _expressions() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lexicon = load_lexicon()
    words = "|".join(sorted(lexicon.numbers, key=lambda word: (-len(word), word)))
    no_unit = grammar("figures_no_unit").pattern
    number = rf"(?:{_DIGITS}|(?:{words})(?![\w-]))"
    share = re.compile(
        rf"(?<![\w,.-])({number})\s+(?:av|utav)\s+(?:de\s+|länets\s+|landets\s+|våra\s+)?({number})(?![\w%]|\s*(?:%|procent))"
    )
    span = re.compile(
        rf"(?<![\w,.-])({number})(?:\s*{_MEASURE})?({_JOIN})({number})\s*(%|procent(?!enhet)|{no_unit}[a-zåäö]+)?"
    )
    single = re.compile(
        rf"(?<![\w,.-])(?<!\d )({number})\s*(%|procentenhet(?:er)?|procent|{no_unit}[a-zåäö]+)?"
    )
    return share, span, single


def number_of(text: str, lexicon: Lexicon) -> tuple[float, int]:
    """A printed number or number word as ``(value, decimals)``; comma and point both mark decimals."""
    word = text.strip().lower()
    if word in lexicon.numbers:
        return float(lexicon.numbers[word]), 0
    compact = word.replace(" ", "").replace(",", ".")
    decimals = len(compact.partition(".")[2])
    return float(compact), decimals


def find_figures(told: Worded, cues: tuple[Cue, ...]) -> tuple[Figure, ...]:
    """All figures of a sentence, by place, none overlapping another. Dates, labels of tables and the
    numbers of notes and questions are no figures."""
    lower, lexicon = told.lower, load_lexicon()
    read = _fractions(lower, cues)
    for reader in (_shares, _spans, _singles) if told.numbers else ():
        read += reader(lower, told.numbers, lexicon)
    if not read:
        return ()
    apart = [name for name in _NO_FIGURES if told.may(name)]
    taken = [match.span() for name in apart for match in grammar(name).finditer(told.text)]
    found: list[Figure] = []
    for figure in read:
        if all(figure.end <= start or figure.start >= end for start, end in taken):
            found.append(figure)
            taken.append((figure.start, figure.end))
    found = [_dressed(figure, told, cues) for figure in found]
    return tuple(
        sorted(_paired(sorted(found, key=lambda item: item.start), lower), key=lambda item: item.start)
    )


def _fractions(lower: str, cues: tuple[Cue, ...]) -> list[Figure]:
    found = []
    for cue in cues:
        if cue.kind == "fraction" and not re.match(r"\s+(?:år|månad|vecka|dag|gång)", lower[cue.end :]):
            share = Fraction(cue.value)
            found.append(
                Figure(
                    cue.start,
                    cue.end,
                    lower[cue.start : cue.end],
                    "fraction",
                    float(share * 100),
                    high=float(share.denominator),
                )
            )
    return found


def _shares(lower: str, numbers: Sequence[int], lexicon: Lexicon) -> list[Figure]:
    found = []
    for match in matches_at(_expressions()[0], lower, numbers):
        (part, _d), (whole, _e) = number_of(match[1], lexicon), number_of(match[2], lexicon)
        if part <= whole:
            found.append(Figure(match.start(), match.end(), match.group(), "share", part, high=whole))
    return found


def _spans(lower: str, numbers: Sequence[int], lexicon: Lexicon) -> list[Figure]:
    """``1–3 dagars``, ``mellan 75 och 100 procent``; ``från 29 till 34`` is left as two figures (a
    change)."""
    found = []
    for match in matches_at(_expressions()[1], lower, numbers):
        before, joint = lower[: match.start()].rstrip(), match[2].strip()
        if joint == "och" and not before.endswith("mellan"):
            continue
        unit = match[4]
        if joint == "till" and (before.endswith("från") or unit is None):
            continue
        low, decimals = number_of(match[1], lexicon)
        if 1900 <= low < 2100 and unit not in ("kr", "kronor"):
            continue
        high, more = number_of(match[3], lexicon)
        end = match.end(4) if unit else match.end(3)
        figure = Figure(
            match.start(), end, lower[match.start() : end], "range", low, high, max(decimals, more), unit=unit
        )
        if low < high and not (match[1].strip() in lexicon.numbers and unit is None):
            found.append(figure)
    return found


def _singles(lower: str, numbers: Sequence[int], lexicon: Lexicon) -> list[Figure]:
    found = []
    for match in matches_at(_expressions()[2], lower, numbers):
        word, unit = match[1], match[2]
        if word in ("en", "ett"):
            continue
        value, decimals = number_of(word, lexicon)
        kind = "number"
        if unit and (unit == "%" or unit == "procent"):
            kind = "percent"
        elif unit and unit.startswith("procentenhet"):
            kind = "points"
        elif re.fullmatch(r"(?:19|20)\d\d", word) and not re.match(
            r"\s*(?:kr|kronor|personer|barn|hushåll)\b", lower[match.end(1) :]
        ):
            kind, unit = "year", None
        end = match.end() if unit and kind in ("percent", "points") else match.end(1)
        found.append(
            Figure(match.start(), end, lower[match.start() : end], kind, value, decimals=decimals, unit=unit)
        )
    return found


def _dressed(figure: Figure, told: Worded, cues: tuple[Cue, ...]) -> Figure:
    """The figure with the hedge before it and whether it stands in brackets."""
    hedge, lower = None, told.lower
    start = figure.start
    for cue in cues:
        if cue.kind == "hedge" and cue.end <= figure.start and not lower[cue.end : figure.start].strip():
            hedge, start = cue.value, cue.start
    before, after = lower[: figure.start], lower[figure.end :]
    sides = [one for one in _SIDES if told.may(f"figures_side_{one}")] if hedge is None else ()
    # "bättre än 8 procent i riket": riket's own figure
    if sides and grammar("figures_owned").match(after) is None:
        hedge = next((one for one in sides if grammar(f"figures_side_{one}").search(before)), None)
    if figure.kind == "number" and before[-1:].isspace() and grammar("figures_per").search(before):
        return replace(figure, kind="condition")
    bracket = before.rfind("(") > before.rfind(")") and ")" in after
    kind = "delta" if _is_difference(figure, told) else figure.kind
    return Figure(
        start,
        figure.end,
        figure.text,
        kind,
        figure.value,
        figure.high,
        figure.decimals,
        hedge,
        figure.unit,
        bracket,
    )


def _is_difference(figure: Figure, told: Worded) -> bool:
    """``41 kronor lägre än rikets``, ``skillnaden är 2 400 kronor``: how far apart two levels are."""
    lower = told.lower
    if not (told.may("figures_delta_after") or told.may("figures_delta_before")):
        return False
    if figure.kind != "number" or (not any(char.isdigit() for char in figure.text) and figure.unit is None):
        return False
    if figure.unit is not None and load_lexicon().group_plural.fullmatch(figure.unit):
        return False  # "är i tre kommuner kortare än": units that are counted
    after = lower[figure.end :].lstrip()
    after = after.removeprefix(figure.unit) if figure.unit else after
    return (
        grammar("figures_delta_after").match(after) is not None
        or grammar("figures_delta_before").search(lower[: figure.start]) is not None
    )


def _paired(figures: list[Figure], lower: str) -> list[Figure]:
    """``31 respektive 29 procent``, ``från 29 till 34 procent``: the first figure is of the second's kind."""
    made = list(figures)
    for index in range(len(made) - 2, -1, -1):
        this, after = made[index], made[index + 1]
        gap = lower[this.end : after.start].strip(" ,")
        if this.kind == "percent" and after.kind == "number" and after.unit is None:
            if re.fullmatch(r"(?:mot|jämfört med|att ställa mot) (?:rikets|länets|landets)", gap):
                made[index + 1] = replace(after, kind="percent")
            continue
        if this.kind != "number" or after.kind not in ("percent", "points", "number"):
            continue
        if gap in ("respektive", "till", "och", "eller", "mot", "respektive i riket") and this.unit in (
            None,
            "respektive",
            "till",
            "mot",
        ):
            made[index] = Figure(
                this.start,
                this.end,
                this.text,
                after.kind,
                this.value,
                None,
                this.decimals,
                this.hedge,
                after.unit,
                this.bracket,
            )
    return made
