"""Swedish as the operators need it: lists of names, number words, figures (not the program's own reading)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

NUMBER_WORDS = (
    "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
)  # fmt: skip
#: Words before a figure that make it a rough one.
HEDGES = re.compile(
    r"(?:drygt|knappt|cirka|ca|omkring|ungefär|runt|närmare|nästan|över|under|minst|högst|upp till|mer än|"
    r"mindre än|fler än|färre än|uppemot|bortåt|strax)\s+$",
    re.I,
)
PERCENT = re.compile(r"(?<![\d,.–-])(\d{1,3}(?:[.,]\d+)?)(\s?%|\sprocent\b)")
EXCEPT = r"(?:utom|förutom|undantaget|bortsett från|med undantag (?:för|av))"
ONLY = r"(?:bara|endast|enbart)"
#: First six letters of words that say nothing about which indicator is meant.
_EMPTY = frozenset(
    ("aktuel", "kommun", "samtli", "result", "också", "visar", "inte", "inom", "till", "från", "gäller",
     "finns", "eller", "även", "under", "över", "alla", "och", "med", "som", "den", "det", "har", "för")
)  # fmt: skip

Role = Literal["except", "only", "plain"]


def bare(text: str | None) -> str:
    """Letters and digits only, case folded."""
    return re.sub(r"[\W_]+", "", text or "").casefold()


@dataclass(frozen=True, slots=True)
class NameList:
    """Names in a row: ``A, B och C``, where they stand and how they are introduced."""

    start: int
    end: int
    names: tuple[str, ...]
    role: Role

    def keys(self) -> frozenset[str]:
        """The names folded."""
        return frozenset(bare(name) for name in self.names)


@lru_cache(maxsize=512)
def _names_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    forms = sorted(
        {"[ \u00a0-]".join(map(re.escape, re.split(r"[\s-]+", label))) for label in labels},
        key=len,
        reverse=True,
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])")


def find_names(text: str, labels: Iterable[str]) -> list[re.Match[str]]:
    """Where the labels stand in the text, with a space or a hyphen inside, not inside longer words."""
    known = tuple(sorted(set(labels)))
    return list(_names_pattern(known).finditer(text)) if known else []


def find_lists(text: str, labels: Iterable[str]) -> list[NameList]:
    """The lists of names in a text: maximal runs joined by commas, ``och`` and ``samt``."""
    found = find_names(text, labels)
    runs: list[list[re.Match[str]]] = []
    for match in found:
        between = text[runs[-1][-1].end() : match.start()] if runs else ""
        if runs and re.fullmatch(r",\s|\s(?:och|samt)\s", between):
            runs[-1].append(match)
        else:
            runs.append([match])
    return [
        NameList(run[0].start(), run[-1].end(), tuple(m[0] for m in run), _role(text[: run[0].start()]))
        for run in runs
    ]


def _role(before: str) -> Role:
    if re.search(rf"\b{EXCEPT}\s+(?:i\s+)?$", before, re.I):
        return "except"
    return "only" if re.search(rf"\b{ONLY}\s+(?:i\s+)?$", before, re.I) else "plain"


def joined(names: Sequence[str]) -> str:
    """``A, B och C``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"


def number(text: str) -> float:
    """The figure as printed (decimal comma or point, thousands apart by any space)."""
    return float(re.sub(r"\s", "", text).replace(",", "."))


def printed(value: float, like: str) -> str:
    """The figure in the manner of another: its decimals, its decimal sign, its thousands."""
    sign = "," if "," in like else "."
    decimals = len(re.split(r"[.,]", like)[1]) if re.search(r"[.,]", like) else 0
    whole, _, rest = f"{value:.{decimals}f}".partition(".")
    gap = re.search(r"\d(\s)\d", like)
    if gap and len(whole) > 3:
        whole = whole[:-3] + gap[1] + whole[-3:]
    return whole + (sign + rest if rest else "")


def counted(word: str) -> int | None:
    """The whole number that a word or digits say."""
    if word.isdigit():
        return int(word)
    low = word.casefold()
    return 1 if low == "ett" else NUMBER_WORDS.index(low) if low in NUMBER_WORDS else None


def as_count(value: int, like: str) -> str:
    """The number as word or digits, capital or not, in the manner of another."""
    if like.isdigit() or value >= len(NUMBER_WORDS):
        return str(value)
    word = NUMBER_WORDS[value]
    return word.capitalize() if like[0].isupper() else word


def stems(text: str) -> frozenset[str]:
    """The first six letters of the words that carry meaning (short words only when they are acronyms)."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    found = {word.casefold()[:6] for word in words if len(word) > 3 or word.isupper()}
    return frozenset(found) - _EMPTY


def capitalised(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
