"""Printed equations, worked out: 3 × 1,0 + 2 × 0,75 = 4,5."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.claims.decide import Verdict, shown
from pipeline.claims.figures import number_of
from pipeline.claims.lexicon import grammar, load_lexicon
from pipeline.claims.mentions import Annotated
from pipeline.claims.statements import Statement

#: More terms than this are no equation that a person writes.
_TERMS = 40


@lru_cache(maxsize=1)
def _equation() -> re.Pattern[str]:
    term, times = grammar("equations_term").pattern, grammar("equations_times").pattern
    side = rf"(?:{term})(?:(?:{times}|\s*\+\s*)(?:{term})){{0,{_TERMS}}}"
    return re.compile(rf"(?<![\w,.=+])({side})((?:\s*=\s*{side})+)(?![\w%]|[.,]\d)")


def find_equations(note: Annotated) -> tuple[Statement, ...]:
    """The equations of a sentence with their sides worked out; each side must come to the first.

    A side is rounded as it is printed: the sides may differ by half of the last decimal that they show.
    """
    if "=" not in note.lower:
        return ()
    found = []
    for match in _equation().finditer(note.lower):
        sides = [match[1], *(side for side in match[2].split("=") if side.strip())]
        if not any("+" in side or grammar("equations_times").search(side) for side in sides):
            continue
        worked = [_worked(side) for side in sides]
        values, decimals = [value for value, _ in worked], min(places for _, places in worked)
        fits = max(values) - min(values) <= 0.5 * 10.0**-decimals + 1e-9
        shows = " = ".join(shown(value) for value in values)
        told: dict[str, object] = {"value": values[-1], "figure": match.group().strip()}
        verdict = Verdict("supported" if fits else "refuted", {"shown": shows, "by": "texten"})
        start, end = match.span()
        found.append(
            Statement("arithmetic", start, end, "arithmetic.equation", verdict, told, values[-1], "antal")
        )
    return tuple(found)


def _worked(side: str) -> tuple[float, int]:
    """The value of a side and how many decimals its last term shows."""
    lexicon, total, places = load_lexicon(), 0.0, 0
    for summand in side.split("+"):
        product = 1.0
        for factor in grammar("equations_times").split(summand):
            value, places = number_of(factor, lexicon)
            product *= value
        total += product
    return total, places
