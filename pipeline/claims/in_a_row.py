"""For the n-th year running: a direction that holds for the last n steps of a table of several years."""

from __future__ import annotations

from itertools import pairwise

from pipeline.claims.decide import Verdict, shown, undecidable
from pipeline.claims.lexicon import load_lexicon
from pipeline.claims.mentions import Annotated, Clause
from pipeline.claims.statements import Statement
from pipeline.claims.yearly import Series

#: Words for a direction that figures show by themselves.
_DIRECTIONS = ("up", "down", "same")


def find_in_a_row(note: Annotated, told: tuple[Series, ...]) -> tuple[Statement, ...]:
    """``har ökat för tredje året i rad``: three steps upwards, the last of them to the year that is told.

    Args:
        told: the values by year of those that the sentence speaks of; more than one decides nothing.
    """
    match = note.search("years_in_a_row")
    cues = [cue for cue in note.cues_in(Clause(0, len(note.text)), "change") if cue.value in _DIRECTIONS]
    if match is None or len(told) != 1 or len(cues) != 1:
        return ()
    steps = load_lexicon().ordinals.get(match["nth"])
    if steps is None or steps < 2:
        return ()
    years = [int(one.value) for one in note.figures if one.kind == "year"]
    last = years[0] if len(years) == 1 else told[0].latest
    verdict = _decide(told[0], cues[0].value, steps, last)
    start, end = min(cues[0].start, match.start()), max(cues[0].end, match.end())
    asserted: dict[str, object] = {"direction": cues[0].value, "years_in_a_row": steps, "year": last}
    return (
        Statement("change", start, end, "change.in_a_row", verdict, asserted, float(steps), "år", year=last),
    )


def _decide(series: Series, direction: str, steps: int, last: int) -> Verdict:
    """Refuted by any step the other way; borne out only where the table shows every step."""
    shown_years = [year for year in sorted(series.values) if last - steps <= year <= last]
    values = [series.values[year] for year in shown_years]
    row = ", ".join(f"{year}: {shown(series.values[year])}" for year in shown_years)
    found: dict[str, object] = {"by": "tabellen", "shown": f"tabellen visar {row}"}
    if last not in series.values or any(two - one != 1 for one, two in pairwise(shown_years)):
        return undecidable("tabellen visar inte alla de åren", **found)
    held = [_holds(direction, one, two) for one, two in pairwise(values)]
    if not all(held):
        return Verdict("refuted", found, (), None, "warning")
    if len(held) < steps:
        return undecidable("tabellen visar inte så många år bakåt", **found)
    return Verdict("supported", found)


def _holds(direction: str, before: float, after: float) -> bool:
    return {"up": after > before, "down": after < before, "same": after == before}[direction]
