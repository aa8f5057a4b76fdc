"""Changes and levels against a table that shows the same values for several years.

The years stand in columns (one per year under one label) or in lines (one unit's line per year).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.claims.assertion import MEMBERS, Owner
from pipeline.claims.binding import Target
from pipeline.claims.changes import Change
from pipeline.claims.counts import own_line
from pipeline.claims.dated import Since, find_since, year_of
from pipeline.claims.decide import Verdict, answers, shown, value_of
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Figure
from pipeline.claims.owners import owner_of_name
from pipeline.claims.statements import Statement
from pipeline.claims.text import alike, stem, stems
from pipeline.claims.tolerance import holds
from pipeline.claims.units import holds_kind, kind_of
from pipeline.claims.view import Line

#: A sentence must name this much of a label before its years decide anything …
LABEL = 0.5
#: … and this much before a figure told of a year is held against the year's cell, the label's share and the
#: sentence's own; all of the label where no year is told.
NAMED, SAID, WHOLE = 0.75, 0.4, 0.95
#: … and nearly all that the sentence says.
SLACK = 0.1
#: Nouns that stand for whomever a label counts.
_PERSONS = frozenset({"klient", "individ"})
_LEVEL = {"percent": "percent", "number": "number"}


@dataclass(frozen=True, slots=True)
class Series:
    """One unit's values of one indicator by year."""

    target: Target
    owner: Owner
    values: dict[int, float]

    @property
    def latest(self) -> int:
        """The last year that the table shows."""
        return max(self.values)


def series_of(note: Annotated, target: Target) -> tuple[Series, ...]:
    """The values by year of every unit that a sentence names (else of the own unit, or of the whole group
    where its sum is told); empty where the table shows one year only."""
    made = [Series(target, owner, _by_year(target, owner)) for owner in _owners(note, target)]
    return tuple(made) if made and all(len(one.values) > 1 for one in made) else ()


def _owners(note: Annotated, target: Target) -> tuple[Owner, ...]:
    names = [name for name in note.names if name.kind != "members" and target.view.line(name.key) is not None]
    if names:
        return tuple(owner_of_name(name) for name in names)
    line = own_line(target.view)
    if line is not None:
        elsewhere = any(group.scope in ("riket", "lan") for group in note.groups)
        return () if note.names or elsewhere else (Owner(line.kind, line.key, line.label),)
    whole = _only_owner(target)
    if whole is not None:
        others = any(group.scope in ("riket", "lan") and group.scope != whole.kind for group in note.groups)
        return () if note.names or others else (Owner(whole.kind, whole.key, whole.label),)
    total = note.search("yearly_total") or any(g.scope != "mean" for g in note.groups)
    return (MEMBERS,) if total and not note.names else ()


def _only_owner(target: Target) -> Line | None:
    """The län, or the country, that every line of a table is of, by year; None when they are several."""
    lines = target.view.lines
    return lines[0] if len({line.key for line in lines}) == 1 and lines[0].kind in ("lan", "riket") else None


def _by_year(target: Target, owner: Owner) -> dict[int, float]:
    view, found = target.view, dict[int, float]()
    for column in view.columns:
        if column.words == target.column.words and column.year is not None and _columned(target):
            value = _value(target._replace(column=column), owner)
            if value is not None:
                found[column.year] = value
    if found or owner.key is None:
        return found
    for line in view.lines:
        seen = view.cell(line, target.column)
        if line.key == owner.key and line.year is not None and seen is not None and seen.value is not None:
            found[line.year] = seen.value
    return found


def _columned(target: Target) -> bool:
    same = {c.year for c in target.view.columns if c.words == target.column.words}
    return len(same) > 1


def _value(target: Target, owner: Owner) -> float | None:
    """A unit's cell, or the sum of the members' cells, where they can be added up (an index cannot)."""
    if owner.scope != "members":
        return value_of(target, owner)[0]
    values = [seen.value if seen is not None else None for _, seen in answers(target.view, target.column)]
    told = [value for value in values if value is not None]
    if not told or len(told) != len(values) or target.column.unit == "procent":
        return None
    return None if grammar("yearly_no_sum").search(target.column.words.lower()) else sum(told)


def decide_yearly(one: Change, target: Target, all_of: tuple[Series, ...]) -> Verdict | None:
    """A change against the years' cells of each unit it is told of; None when the table cannot tell."""
    told = [_decided(one, series) for series in all_of]
    if not told or any(verdict is None for verdict in told):
        return None
    refuted = [verdict for verdict in told if verdict is not None and verdict.verdict == "refuted"]
    return refuted[0] if refuted else told[0]


def _decided(one: Change, series: Series) -> Verdict | None:
    base_year, year = one.base_year, one.year or series.latest
    if base_year is None and one.base is not None and one.year is None:
        base_year = _sole_earlier(series)
    if base_year is None or base_year >= year or not {base_year, year} <= set(series.values):
        return None
    if one.delta is not None and one.delta.kind == "percent":
        return None
    old, new = series.values[base_year], series.values[year]
    gap = round(new - old, 6)
    fits = {"up": gap > 0, "down": gap < 0, "same": gap == 0}.get(one.direction or "", True)
    for figure, value in ((one.base, old), (one.value, new), (one.delta, abs(gap))):
        fits = fits and (figure is None or holds(figure, figure.value, value))
    who = series.owner.label or "gruppen"
    label = series.target.column.label
    text = f"tabellen visar ”{label}” {shown(old)} för {who} {base_year} och {shown(new)} {year}"
    found: dict[str, object] = {"difference": gap, "by": "tabellen", "shown": text}
    return Verdict("supported" if fits else "refuted", found)


def also_others(one: Change, target: Target, told: tuple[Series, ...]) -> Verdict | None:
    """``A är den enda kommun där … ökat``: refuted by another member of which the same holds; None when
    nobody else is."""
    named = {series.owner.key for series in told}
    for line in target.view.members:
        if line.key in named:
            continue
        owner = Owner(line.kind, line.key, line.label)
        verdict = _decided(replace(one, delta=None), Series(target, owner, _by_year(target, owner)))
        if verdict is not None and verdict.verdict == "supported":
            return replace(verdict, verdict="refuted", certainty="warning")
    return None


def _sole_earlier(series: Series) -> int | None:
    """The earlier year of a table of two years."""
    return min(series.values) if len(series.values) == 2 else None


def since_change(note: Annotated) -> Change | None:
    """A direction against an earlier year without two figures, with the difference where it is told."""
    since = find_since(note)
    if since is None or any(one.kind in ("share", "fraction") for one in note.figures):
        return None  # "tre av de sex frågorna visar högre värden": of some rows, not of one
    deltas = [one for one in note.figures if one.kind in ("points", "delta")] or _turned(note, since)
    delta = deltas[0] if len(deltas) == 1 else None
    start = min(since.cue.start, delta.start) if delta is not None else since.cue.start
    return Change(start, since.cue.end, since.direction, None, None, delta, since.year, since.base_year)


def _turned(note: Annotated, since: Since) -> list[Figure]:
    """``blev nio fler``: the number beside the word of direction is the difference."""
    return [
        one
        for one in note.figures
        if one.kind == "number"
        and one.start <= since.cue.end
        and (
            since.cue.start <= one.start
            or note.lower[one.end : since.cue.start].strip() in ("", one.unit or "")
        )
    ]


def find_levels(
    note: Annotated, target: Target, all_of: tuple[Series, ...], changes: tuple[Change, ...]
) -> list[Statement]:
    """Figures told of a year ("var 71 år 2021"), or of the latest one of an own unit's table."""
    if note.search("yearly_event"):
        return []
    if len(all_of) != 1 or target.said < SAID or not (target.label >= NAMED or _sole(target)):
        return []
    series, taken = all_of[0], {f.start for c in changes for f in (c.value, c.base, c.delta) if f is not None}
    own = own_line(target.view) is not None
    found = []
    for figure in note.figures:
        year = year_of(note, figure)
        kind = _LEVEL.get(figure.kind)
        undated = own and min(target.label, target.said + SLACK) >= WHOLE and len(_sized(note)) == 1
        if kind is None or figure.start in taken or (year is None and not undated):
            continue
        told = kind_of(figure)
        if grammar("arithmetic_of_which").search(note.lower[: figure.start]) or not _noun_fits(
            figure, target
        ):
            continue
        if not holds_kind(target.column, filter(None, [told])) or (told is None and not _last(note, figure)):
            continue
        value = series.values.get(year or series.latest)
        if value is not None:
            found.append(_level(kind, figure, series, year or series.latest, value))
    return found


def _noun_fits(figure: Figure, target: Target) -> bool:
    """Whether what a figure counts can be what the label counts: one of its words, or persons at large."""
    told = figure.unit is not None and not figure.unit.startswith("år")
    if figure.kind != "number" or not told or kind_of(figure) not in ("antal", None):
        return True
    noun = stem(figure.unit or "")
    return noun in _PERSONS or any(alike(noun, word) > 0 for word in stems(target.column.words))


def _sole(target: Target) -> bool:
    """Whether the table shows one indicator only: half of its label is then enough."""
    return len({column.words for column in target.view.columns}) == 1


def _sized(note: Annotated) -> list[Figure]:
    return [one for one in note.figures if one.kind in _LEVEL]


def _last(note: Annotated, figure: Figure) -> bool:
    """Whether a figure of no known unit ends what is said: "var vräkningarna 22 år 2022"."""
    after = note.lower[figure.end :]
    return (
        grammar("yearly_end").fullmatch(after) is not None
        or grammar("changes_year_near").match(after) is not None
    )


def _level(kind: str, figure: Figure, series: Series, year: int, value: float) -> Statement:
    fits = holds(figure, figure.value, value)
    who, label = series.owner.label or "gruppen", series.target.column.label
    text = f"tabellen visar ”{label}” {shown(value)} för {who} {year}"
    found: dict[str, object] = {"by": "tabellen", "shown": text, "value": value}
    told: dict[str, object] = {
        "figure": figure.text.strip(),
        "value": figure.value,
        "unit": who,
        "year": year,
    }
    view = series.target.view
    return Statement(
        kind, figure.start, figure.end, f"change.level.{kind}",
        Verdict("supported" if fits else "refuted", found), told, figure.value,
        "procent" if figure.kind == "percent" else figure.unit or "antal", year=year,
        unit_ids=(series.owner.key,) if series.owner.key and ":" not in series.owner.key else (),
        table_id=view.table_id, table_label=view.label,
    )  # fmt: skip
