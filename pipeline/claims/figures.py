"""Figures in running text: percentages, numbers, ranges, fractions, "n av m", years, with their hedges."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from pipeline.claims.lexicon import Cue, Lexicon, grammar, load_lexicon
from pipeline.claims.mentions import Figure

_DIGITS = r"(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)?"
#: What may stand between a figure and a dash or word that makes it the first half of a pair.
_MEASURE = r"(?:%|procent(?!enhet)|kronor|kr|dagar|dgr|månader)(?![\w-])"
_JOIN = r"\s*(?:[–-]|till|och)\s*"


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


def find_figures(text: str, lower: str, cues: tuple[Cue, ...], lexicon: Lexicon) -> tuple[Figure, ...]:
    """All figures of a sentence, by place, none overlapping another. Dates, labels of tables and the
    numbers of notes and questions are no figures."""
    taken = [match.span() for match in grammar("figures_date").finditer(text)]
    taken += [match.span() for match in grammar("figures_label").finditer(text)]
    taken += [match.span() for match in grammar("figures_mark").finditer(text)]
    found: list[Figure] = []
    for reader in (_fractions, _shares, _spans, _singles):
        for figure in reader(lower, cues, lexicon):
            if all(figure.end <= start or figure.start >= end for start, end in taken):
                found.append(figure)
                taken.append((figure.start, figure.end))
    found = [_dressed(figure, lower, cues) for figure in found]
    return tuple(
        sorted(_paired(sorted(found, key=lambda item: item.start), lower), key=lambda item: item.start)
    )


def _fractions(lower: str, cues: tuple[Cue, ...], _: Lexicon) -> list[Figure]:
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


def _shares(lower: str, _: tuple[Cue, ...], lexicon: Lexicon) -> list[Figure]:
    found = []
    for match in _expressions()[0].finditer(lower):
        (part, _d), (whole, _e) = number_of(match[1], lexicon), number_of(match[2], lexicon)
        if part <= whole:
            found.append(Figure(match.start(), match.end(), match.group(), "share", part, high=whole))
    return found


def _spans(lower: str, _: tuple[Cue, ...], lexicon: Lexicon) -> list[Figure]:
    """``1–3 dagars``, ``mellan 75 och 100 procent``; ``från 29 till 34`` is left as two figures (a
    change)."""
    found = []
    for match in _expressions()[1].finditer(lower):
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


def _singles(lower: str, _: tuple[Cue, ...], lexicon: Lexicon) -> list[Figure]:
    found = []
    for match in _expressions()[2].finditer(lower):
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


def _dressed(figure: Figure, lower: str, cues: tuple[Cue, ...]) -> Figure:
    """The figure with the hedge before it and whether it stands in brackets."""
    hedge = None
    start = figure.start
    for cue in cues:
        if cue.kind == "hedge" and cue.end <= figure.start and not lower[cue.end : figure.start].strip():
            hedge, start = cue.value, cue.start
    before, after = lower[: figure.start], lower[figure.end :]
    owned = re.match(r"\s+(?:i|för|hos)\s", after)  # "bättre än 8 procent i riket": riket's own figure
    if hedge is None and owned is None:
        sides = ("more", "less", "at_least", "at_most")
        hedge = next((one for one in sides if grammar(f"figures_side_{one}").search(before)), None)
    if re.search(r"\bper\s+$", before) and figure.kind == "number":
        return replace(figure, kind="condition")
    bracket = before.rfind("(") > before.rfind(")") and ")" in after
    kind = "delta" if _is_difference(figure, lower) else figure.kind
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


def _is_difference(figure: Figure, lower: str) -> bool:
    """``41 kronor lägre än rikets``, ``skillnaden är 2 400 kronor``: how far apart two levels are."""
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
