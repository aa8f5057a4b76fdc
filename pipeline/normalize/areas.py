"""Areas and quality areas that a title, heading or caption names outright."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.normalize.text import squeezed

if TYPE_CHECKING:
    from pipeline.reference import Registers
    from pipeline.reference.areas import AreaRegister


def strong_areas(text: str, registers: Registers) -> tuple[str, ...]:
    """The areas a text names by name or alias, in order; words that other titles use too don't count."""
    return _strong(text, registers.areas)


def quality_area_in(text: str, registers: Registers) -> str | None:
    """The quality area a heading or group head names by name or alias, else None."""
    found = _strong(text, registers.quality_areas) if len(text) <= 90 else ()
    return found[0] if found else None


@lru_cache(maxsize=4096)
def _strong(text: str, register: AreaRegister) -> tuple[str, ...]:
    shown = squeezed(text)
    found = register.find_all(text) if shown else ()
    return tuple(
        code
        for code in found
        if any(p.code == code and p.role != "weak" and squeezed(p.phrase) in shown for p in register.phrases)
    )
