"""When two figures are the same fact: rounding, hedges, "i nivå med", words for shares. All in percentage
points."""

from __future__ import annotations

from pipeline.claims.mentions import Figure

#: "i nivå med" covers gaps of up to about 7 points (what reports of FoU units do); half a point for rounding.
LEVEL = 7.5
#: Nobody calls a smaller gap than this "klart" or "betydligt".
CLEAR = 3.0
#: Between here and LEVEL nobody can say whether "i nivå med" is wrong.
LEVEL_DOUBT = 10.5
#: A fraction in words without a hedge: "en tredjedel" covers 29–37 per cent.
WORD = 4.5
#: With cirka, ungefär.
ABOUT = 6.1
#: drygt and knappt reach this far from the fraction or figure they hedge.
REACH = 8.1
#: "cirka 400 000 kronor" reaches this share of the number.
ROUGH = 0.05


def same(stated: float, decimals: int, actual: float) -> bool:
    """Whether a stated figure is a rounding of the actual one, or the actual one a rounding of it.

    Half units round either way (87.5 is 88 and also 87).
    """
    step = 10.0**-decimals
    if abs(stated - actual) <= step / 2 + 1e-9:
        return True
    actual_decimals = next((d for d in range(4) if abs(round(actual, d) - actual) < 1e-9), 4)
    return actual_decimals < decimals and abs(stated - actual) <= 10.0**-actual_decimals / 2 + 1e-9


def holds(figure: Figure, stated: float, actual: float, *, unit: float = 0.0) -> bool:
    """Whether a stated share or figure with its hedge fits the actual one.

    Args:
        stated: the figure's value in the unit of ``actual``.
        unit: the share of one member (100/8): a fraction of few members can only be met so closely.
    """
    near = max(WORD, unit / 2 - 1e-6) if figure.kind == "fraction" else 0.0
    hedge = figure.hedge
    if hedge is None:
        return abs(stated - actual) <= near if near else same(stated, figure.decimals, actual)
    if hedge in ("more", "less"):
        return actual > stated - 1e-9 if hedge == "more" else actual < stated + 1e-9
    if hedge in ("at_least", "at_most"):
        return actual >= stated - 0.5 if hedge == "at_least" else actual <= stated + 0.5
    reach = (
        max(REACH, unit + 0.1)
        if figure.kind in ("fraction", "percent", "share")
        else max(REACH, stated * 0.1)
    )
    if hedge == "about" and figure.kind == "number":
        return abs(stated - actual) <= max(min(ABOUT, 3.0), unit / 2, stated * ROUGH)
    if hedge == "about":
        return abs(stated - actual) <= max(ABOUT if near else min(ABOUT, 3.0), unit / 2)
    if hedge == "above":
        return stated - 0.6 <= actual <= stated + reach
    return stated - reach <= actual <= stated + 0.6
