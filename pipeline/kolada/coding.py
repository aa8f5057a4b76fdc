"""How a KPI codes yes and no: as its title says, else as all its figures show.

Kolada codes answers in two ways, Ja=1/Nej=0 and Ja=1/Nej=2; a title usually says which. Where neither
title nor figures decide, only 1 is told (Ja in both ways); the rest is undecidable, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

#: The code of Ja in both ways; the codes of Nej.
YES = 1
NOS = (0, 2)


@dataclass(frozen=True, slots=True)
class Coding:
    """How one KPI codes answers.

    Attributes:
        no: the code of Nej (0 or 2); None where it cannot be told.
        binary: the KPI's figures are answers at all; False when a kommun has another code than 0, 1, 2.
        source: ``title``, ``figures``, ``means`` or None when nothing told the code of Nej.
        conflict: title and figures contradict each other.
        percent: the figures of län and country are percentages, not means of codes.
    """

    no: int | None
    binary: bool = True
    source: Literal["title", "figures", "means"] | None = None
    conflict: bool = False
    percent: bool = False

    def answer(self, value: float) -> Literal["JA", "NEJ"] | None:
        """The answer that a kommun's figure stands for, None where it cannot be told."""
        if not self.binary:
            return None
        if value == YES:
            return "JA"
        return "NEJ" if self.no is not None and value == self.no else None

    def share(self, value: float) -> float | None:
        """The percentage (0–100) that answered JA behind a mean of codes, None where it cannot be told."""
        if not self.binary:
            return None
        if self.percent:
            return value if 0 <= value <= 100 else None
        if value == YES:
            return 100.0
        if self.no is None or not min(YES, self.no) <= value <= max(YES, self.no):
            return None
        return (value - self.no) / (YES - self.no) * 100


def coding_of(title: str | None, figures: Iterable[float], means: Iterable[float] = ()) -> Coding:
    """How a KPI codes answers.

    Args:
        title: its title in Kolada, None when it could not be had.
        figures: the figures of all kommuner and years of the KPI; those that are no whole number (a
            city's mean of its stadsdelar) say nothing of the codes.
        means: the figures of län and country. They decide only where title and kommuner do not: a mean
            below 1 holds Nej=0, one above 1 Nej=2. One above 2 is no mean of codes, so all are percentages.
    """
    seen = {int(figure) for figure in figures if figure == int(figure)}
    of_many = tuple(means)
    percent = any(mean > max(NOS) for mean in of_many)
    if not seen <= {YES, *NOS}:
        return Coding(None, binary=False)
    stated = stated_no(title or "")
    if stated is not None:
        if not seen <= {YES, stated}:
            return Coding(None, conflict=True, percent=percent)
        return Coding(stated, source="title", percent=percent)
    if seen <= {YES} and not percent:
        sides = {min(NOS) if mean < YES else max(NOS) for mean in of_many if mean != YES}
        return Coding(sides.pop(), source="means") if len(sides) == 1 else Coding(None)
    noes = [no for no in NOS if no in seen]
    return Coding(
        noes[0] if len(noes) == 1 else None, source="figures" if len(noes) == 1 else None, percent=percent
    )


def stated_no(title: str) -> int | None:
    """The code of Nej when the title says Ja=1 and Nej=0 or 2 (``(Ja=1, Nej=2)``, ``0 = nej``), else None."""
    codes = {word: int(code) for word, code in _stated(title)}
    no = codes.get("nej")
    return no if codes.get("ja") == YES and no in NOS else None


def is_scale(title: str) -> bool:
    """Whether the title says that figures are codes of a scale (``(Inom 3 dagar=3, 4-7 dagar=2)``)."""
    return len(_scale().findall(title)) > 1 and stated_no(title) is None


def _stated(title: str) -> list[tuple[str, str]]:
    found = []
    for match in _codes().finditer(title.casefold()):
        word, code = (match["word"], match["code"]) if match["word"] else (match["word2"], match["code2"])
        found.append((word, code))
    return found


@lru_cache(maxsize=1)
def _codes() -> re.Pattern[str]:
    return re.compile(r"\b(?P<word>ja|nej)\s*=\s*(?P<code>\d)\b|\b(?P<code2>\d)\s*=\s*(?P<word2>ja|nej)\b")


@lru_cache(maxsize=1)
def _scale() -> re.Pattern[str]:
    return re.compile(r"[^\W\d]\s*=\s*\d+\b|\b\d+\s*=\s*[^\W\d]")
