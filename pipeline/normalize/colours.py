"""Fill colours by hue: the four colours that reports of this field answer with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.reference import Registers


def colour_name(fill: str | None, registers: Registers) -> str | None:
    """``gron``, ``gul``, ``rod``, ``gra`` for a fill ``#rrggbb`` by the register of colours, else None.

    None also for a fill that is white, blue or otherwise no named colour, and for a malformed one.
    Zebra shading is grey too: whether grey means anything is for the legend or the layout to say.
    """
    if not fill or not re.fullmatch(r"#[0-9a-fA-F]{6}", fill):
        return None
    found = registers.colours.find(fill)
    return None if found is None else found.colour
