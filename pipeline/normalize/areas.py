"""Areas and quality areas that a title, heading or caption names outright."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import AmbiguousError
from pipeline.normalize.text import squeezed

if TYPE_CHECKING:
    from pipeline.normalize.context import Context
    from pipeline.normalize.roles import Roles
    from pipeline.reference import Registers
    from pipeline.reference.areas import AreaRegister


#: So many labels more than the second area must an area know.
_CLEARLY = 2


def strong_areas(text: str, registers: Registers) -> tuple[str, ...]:
    """The areas a text names by name or alias, in order; words that other titles use too don't count."""
    return _strong(text, registers.areas)


def quality_area_in(text: str, registers: Registers) -> str | None:
    """The quality area a heading or group head names by name or alias, else None."""
    found = _strong(text, registers.quality_areas) if len(text) <= 90 else ()
    return found[0] if found else None


def area_by_labels(roles: Roles, context: Context) -> str | None:
    """The area under which the registers know clearly most of a table's labels; None if none stands out."""
    heads = roles.cols if roles.orientation == "units_in_rows" else roles.rows
    labels = {head.names[-1] for head in heads if head.names}
    known: Counter[str] = Counter()
    for area in context.areas or context.registers.areas.codes:
        known[area] = sum(_knows(label, area, context) for label in labels)
    best = sorted(known, key=lambda area: (-known[area], area))[:2]
    if not best or 2 * known[best[0]] < len(labels) or not labels:
        return None
    return best[0] if len(best) == 1 or known[best[0]] >= known[best[1]] + _CLEARLY else None


def _knows(label: str, area: str, context: Context) -> bool:
    try:
        return context.registers.indicators.find(label, area=area, year=context.year).exact
    except AmbiguousError:
        return False


@lru_cache(maxsize=4096)
def _strong(text: str, register: AreaRegister) -> tuple[str, ...]:
    shown = squeezed(text)
    found = register.find_all(text) if shown else ()
    return tuple(
        code
        for code in found
        if any(p.code == code and p.role != "weak" and squeezed(p.phrase) in shown for p in register.phrases)
    )
