"""Figures and directions that belong to a year: "52 procent 2019", "högre än 2021", "sedan 2020"."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.claims.lexicon import Cue, grammar
from pipeline.claims.mentions import Annotated, Figure

_SIZED = ("percent", "number")
#: Words of comparison as directions of a change.
_TURN = {"higher": "up", "lower": "down", "same": "same"}


_NUMBERS = {"två": 2, "tre": 3, "fyra": 4, "fem": 5}


@dataclass(frozen=True, slots=True)
class Since:
    """A direction against an earlier year, without two figures: "har ökat sedan 2020", "lägre än 2021".

    ``base_year``: negative for so many years before the latest one; 0 where no earlier year is told.
    """

    direction: str
    cue: Cue
    year: int | None
    base_year: int


def year_of(note: Annotated, figure: Figure) -> int | None:
    """The year that a figure is told of: the one right behind it, else the one that opens its stretch."""
    after = note.behind("changes_year_near", figure.end)
    if after is not None:
        return int(after[1])
    years = [one for one in note.figures if one.kind == "year" and one.end <= figure.start]
    every = [one for one in note.figures if one.kind == "year"]
    if len(every) == 1 and not years and sum(one.kind in _SIZED for one in note.figures) == 1:
        based = note.before("dated_base", every[0].start) is not None
        return None if based else int(every[0].value)
    if not years:
        return None
    gap = note.lower[years[-1].end : figure.start]
    between = [
        one for one in note.figures if one.kind in _SIZED and years[-1].end <= one.start < figure.start
    ]
    if between or grammar("dated_gap").fullmatch(gap) is None:
        return None
    base = note.before("dated_base", years[-1].start) is not None
    return None if base and " då " not in gap and gap.strip() != "(" else int(years[-1].value)


def dated_pair(note: Annotated, figures: list[Figure]) -> tuple[Figure, Figure] | None:
    """Two figures of different years as (earlier, later), where nothing else in the sentence is sized."""
    sized = [one for one in figures if one.kind in _SIZED]
    if len(sized) != 2 or sized[0].kind != sized[1].kind:
        return None
    years = [year_of(note, one) for one in sized]
    since = find_since(note)
    if None in years and since is not None and since.base_year in years:
        return (sized[0], sized[1]) if years[0] == since.base_year else (sized[1], sized[0])
    if None in years or years[0] == years[1]:
        return None
    return (sized[0], sized[1]) if str(years[0]) < str(years[1]) else (sized[1], sized[0])


def _relative(note: Annotated, cue: Cue, direction: str) -> Since | None:
    """A direction against a year that is told by its distance only, or not at all: of tables of two years."""
    back = years_back(note)
    if back is None and any(one.kind == "year" for one in note.figures):
        return None
    return Since(direction, cue, None, -(back or 0))


def years_back(note: Annotated) -> int | None:
    """How many years before the latest one a change is told against ("sedan förra året", "på två år"); None
    when it is not told so."""
    if note.search("dated_last_year"):
        return 1
    several = note.search("dated_years_back")
    return None if several is None else _NUMBERS.get(several["many"], 0) or None


def find_since(note: Annotated) -> Since | None:
    """The one direction that a sentence tells against an earlier year; None when it tells none or several."""
    told = [_since(note, cue) for cue in note.cues if cue.kind in ("change", "compare")]
    found = [one for one in told if one is not None]
    directions = {(one.direction, one.base_year) for one in found}
    return found[0] if len(directions) == 1 else None


def _since(note: Annotated, cue: Cue) -> Since | None:
    direction = cue.value if cue.kind == "change" else _TURN.get(cue.value)
    if direction is None or any(one.kind == "neg" for one in note.cues):
        return None
    between = note.search("changes_between")
    if between is not None:
        years = sorted((int(between[1]), int(between[2])))
        return Since(direction, cue, years[1], years[0])
    after = grammar("dated_than").search(note.lower[cue.end :])
    opening = note.at("dated_opening", 0)
    base = after or opening
    if base is None and cue.kind == "change":
        return _relative(note, cue, direction)
    if base is None or (cue.kind == "change" and opening is None and "än" in base.group().split()):
        return None
    return Since(direction, cue, None, int(base[1]))
