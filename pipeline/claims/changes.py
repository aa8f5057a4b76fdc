"""Changes between years: from–to, by procentenheter to, against an earlier year, unchanged – with
direction words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.claims.dated import dated_pair, find_since, year_of
from pipeline.claims.decide import Verdict, shown, undecidable
from pipeline.claims.lexicon import Cue
from pipeline.claims.mentions import Annotated, Clause, Figure
from pipeline.claims.spans import find_spans
from pipeline.claims.statements import Statement
from pipeline.claims.tolerance import holds

_BY = {"points": "procentenheter", "percent": "procent"}
_SIZE = ("percent", "number")
#: Published directions: better is told of rises, worse of falls.
_DIRECTION = {"better": "up", "worse": "down"}
#: Two figures rounded to whole points can each be half a point off.
_ROUNDING = 1.01
_EXACT = 0.01
#: A doubling without "mer än" or "nästan" is told of factors this near to two (a share of the factor).
_NEARLY = 0.15


@dataclass(frozen=True, slots=True)
class Change:
    """A change: the figure after and before it, by how much, in which direction, between which years.

    Attributes:
        direction: ``up``, ``down``, ``same``, ``better``, ``worse`` or None (from–to without a word for it).
        multiple: the factor of "fördubblats", with its hedge (``more``, ``below``).
        reckoned: the difference is said to follow from the figures (alltså, det vill säga).
    """

    start: int
    end: int
    direction: str | None
    value: Figure | None = None
    base: Figure | None = None
    delta: Figure | None = None
    year: int | None = None
    base_year: int | None = None
    multiple: float | None = None
    hedge: str | None = None
    reckoned: bool = False


def find_changes(note: Annotated) -> tuple[Change, ...]:
    """The changes a sentence states; each needs a direction word or a from–to pair, and a figure."""
    figures = [figure for figure in note.figures if figure.kind in _SIZE or figure.kind == "points"]
    if not figures:
        return ()
    whole = Clause(0, len(note.text))
    cues = [
        cue
        for cue in note.cues_in(whole, "change")
        if not note.before("changes_subordinate", cue.start) or note.behind("changes_told", cue.end)
    ]
    pairs = [] if find_spans(note, whole) else _pairs(note, figures)
    dated = dated_pair(note, figures) if not pairs else None
    if dated is not None:
        told = find_since(note)
        cue = told.cue if told is not None else (cues[0] if len(cues) == 1 else None)
        return (_dated(note, cue, figures, *dated),) if cue is not None else ()
    found = [
        _change(note, cues, figures, base, value)
        for base, value in pairs
        if cues or base.kind == "percent" or _years(note, value, base) != (None, None)
    ]
    if not pairs:
        found += _single(note, cues, figures)
    return tuple(sorted(found, key=lambda one: one.start))


def _pairs(note: Annotated, figures: list[Figure]) -> list[tuple[Figure, Figure]]:
    """``från A till B`` and ``B … mot A`` as (before, after)."""
    sized = [figure for figure in figures if figure.kind in _SIZE]
    pairs = []
    for one, two in pairwise(sized):
        before, gap = note.lower[: one.start].rstrip(), note.lower[one.end : two.start]
        if re.search(r"\bfrån(?:\s+(?:cirka|ca|drygt|knappt|omkring|ungefär))?$", before) and re.search(
            r"\btill\b", gap
        ):
            pairs.append((one, two))
        elif (
            re.search(r"\btill\s*(?:drygt|knappt|cirka)?$", before)
            and note.before("changes_against", two.start)
        ) or (re.search(r"\btill\s*$", before) and re.search(r"\bfrån\b", gap)):
            pairs.append((two, one))
    return pairs


def _single(note: Annotated, cues: list[Cue], figures: list[Figure]) -> list[Change]:
    """``ökat med tio procentenheter till 62 procent``, ``oförändrat 7 procent``: no figure before is
    given."""
    if not cues:
        return []
    reached = next(
        (f for f in figures if f.kind in _SIZE and re.search(r"\btill\s*$", note.lower[: f.start])), None
    )
    by = next(
        (f for f in figures if re.search(r"\bmed\s*$", note.lower[: f.start]) and f is not reached), None
    )
    cue = cues[0]
    if cue.value == "same":
        near = next((f for f in figures if f.kind in _SIZE and abs(f.start - cue.end) < 25), None)
        return [_made(note, cue, near, None, None)] if near is not None else []
    if reached is None and by is None:
        earlier = next(
            (f for f in figures if f.kind in _SIZE and re.search(r"\bfrån\s*$", note.lower[: f.start])), None
        )
        return [_made(note, cue, None, earlier, None)] if earlier is not None else []
    return [_made(note, cue, reached, None, by)]


def _change(note: Annotated, cues: list[Cue], figures: list[Figure], base: Figure, value: Figure) -> Change:
    first = min(base.start, value.start)
    before = [cue for cue in cues if cue.end <= first]
    cue = before[-1] if before else next(iter(cues), None)
    by = [
        f
        for f in figures
        if (f.kind == "points" or (f.kind == base.kind == value.kind == "number"))
        and cue is not None
        and f not in (base, value)
        and re.search(r"\bmed\s*$", note.lower[: f.start])
    ]
    return _made(note, cue, value, base, by[0] if by else None)


def _made(
    note: Annotated, cue: Cue | None, value: Figure | None, base: Figure | None, delta: Figure | None
) -> Change:
    spans = [(one.start, one.end) for one in (cue, value, base, delta) if one is not None]
    year, base_year = _years(note, value, base)
    multiple = next((one for one in note.cues if one.kind == "multiple"), None)
    return Change(
        min(start for start, _ in spans),
        max(end for _, end in spans),
        cue.value if cue is not None else None,
        value,
        base,
        delta,
        year,
        base_year,
        float(multiple.value) if multiple is not None else None,
        _hedge(note, multiple),
        delta is not None and note.before("changes_reckoned", delta.start) is not None,
    )


def _dated(note: Annotated, cue: Cue, figures: list[Figure], base: Figure, value: Figure) -> Change:
    """``52 procent 2019 och 58 procent 2021``: each figure's own year tells which came first."""
    delta = next((one for one in figures if one.kind == "points"), None)
    turned = {"higher": "up", "lower": "down"}
    made = _made(note, cue._replace(value=turned.get(cue.value, cue.value)), value, base, delta)
    return replace(made, year=year_of(note, value), base_year=year_of(note, base))


def _hedge(note: Annotated, multiple: Cue | None) -> str | None:
    if multiple is None:
        return None
    before = note.lower[: multiple.start]
    found = re.search(r"\b(mer än|drygt|nästan|närmare|knappt)\s+$", before)
    return None if found is None else "more" if found[1] in ("mer än", "drygt") else "below"


def _years(note: Annotated, value: Figure | None, base: Figure | None) -> tuple[int | None, int | None]:
    between = note.search("changes_between")
    if between:
        return int(between[2]), int(between[1])
    since = re.search(r"\b(?:sedan|jämfört med(?: år)?|än) ((?:19|20)\d\d)\b", note.lower)
    years = []
    for figure in (value, base):
        match = note.behind("changes_year_near", figure.end) if figure is not None else None
        years.append(int(match[1]) if match else None)
    return years[0], years[1] if years[1] is not None else (int(since[1]) if since else None)


def decide_change(one: Change) -> Verdict:
    """A change by its own figures: direction against from–to, and the stated difference against theirs."""
    if one.value is None or one.base is None:
        if one.delta is not None and one.value is not None:
            return undecidable("textens egna tal räcker inte: det tidigare värdet är inte angivet")
        return undecidable("texten anger bara förändringens riktning eller storlek")
    gap = round(one.value.value - one.base.value, 6)
    if one.year is not None and one.base_year is not None and one.base_year > one.year:
        told = f"{one.base_year} anges som det tidigare året och {one.year} som det senare"
        return Verdict("refuted", {"difference": gap, "by": "texten", "shown": told}, (), None, "warning")
    if one.multiple is not None and one.base.value > 0:
        return _multiplied(one, one.value.value / one.base.value)
    found: dict[str, object] = {"difference": gap, "by": "texten"}
    found["shown"] = f"från {shown(one.base.value)} till {shown(one.value.value)} är {_signed(gap)}"
    if one.direction in ("better", "worse"):
        return _valued(one, gap, found)
    fits = {"up": gap > 0, "down": gap < 0, "same": abs(gap) < 1, None: True}[one.direction]
    if (one.direction == "up" and gap == 0) or (one.direction == "down" and gap == 0):
        return undecidable("talen är lika efter avrundning", **found)
    if not fits:
        return Verdict("refuted", found)
    if one.delta is not None and one.delta.kind == "number":
        if not holds(one.delta, one.delta.value, abs(gap)):
            return Verdict("refuted", found)
    elif one.delta is not None and one.delta.kind == "points":
        slack = _ROUNDING if not (one.value.decimals or one.base.decimals) else 0.11
        slack = _EXACT if one.reckoned else slack
        if abs(abs(gap) - one.delta.value) > (slack if one.delta.hedge else min(slack, 1.01)):
            return Verdict("refuted", found)
    return Verdict("supported", found)


def _valued(one: Change, gap: float, found: dict[str, object]) -> Verdict:
    """``förbättrats från A till B``: which way is better is not always known, so only a rise bears it out."""
    if gap == 0 or (gap > 0) != (one.direction == "better"):
        return undecidable("det är inte känt om högre eller lägre är bättre", **found)
    return Verdict("supported", found)


def _multiplied(one: Change, times: float) -> Verdict:
    """``fördubblats``, ``mer än tredubblats``, ``halverats`` against the two figures."""
    wanted, hedge = one.multiple or 1.0, one.hedge
    near = abs(times - wanted) <= _NEARLY * wanted
    fits = (
        near if hedge is None else (times >= wanted * 0.98 if hedge == "more" else near and times <= wanted)
    )
    told = f"det senare talet är {shown(round(times, 2))} gånger det tidigare"
    return Verdict("supported" if fits else "refuted", {"by": "texten", "shown": told}, (), None, "warning")


def _signed(gap: float) -> str:
    return f"{'+' if gap > 0 else '−' if gap < 0 else '±'}{shown(abs(gap))}"


def change_statement(
    one: Change, note: Annotated, indicator_ids: tuple[str, ...], *, national: bool
) -> Statement:
    """The row of a change; a figure before that follows from the difference is computed.

    ``national`` tells that the document holds no units of its own: its figures are the country's.
    """
    percent = any(f is not None and f.kind == "percent" for f in (one.value, one.base)) or note.search(
        "changes_share_like"
    )
    value = one.value.value if one.value is not None else None
    base = one.base.value if one.base is not None else _before(one)
    told: dict[str, object] = (
        {"direction": _DIRECTION.get(one.direction, one.direction)} if one.direction else {}
    )
    if one.delta is not None:
        told |= {
            "by": one.delta.value,
            "by_unit": _BY.get(one.delta.kind) or one.delta.unit or "",
        }
    told |= {
        key: val
        for key, val in (("to", value), ("from", base), ("year", one.year), ("base_year", one.base_year))
        if val is not None
    }
    told |= {"from_computed": True} if one.base is None and base is not None else {}
    national = (
        national or re.search(r"\b(?:riket|landet|landets|nationell|nationellt)\b", note.lower) is not None
    )
    return Statement(
        "change",
        one.start,
        one.end,
        "change.years",
        decide_change(one),
        told,
        value,
        "procent" if percent else "antal",
        base,
        one.year,
        one.base_year,
        ("00",) if national else (),
        indicator_ids,
    )


def _before(one: Change) -> float | None:
    if (
        one.value is None
        or one.delta is None
        or one.delta.kind != "points"
        or one.direction not in ("up", "down")
    ):
        return None
    return round(one.value.value - one.delta.value * (1 if one.direction == "up" else -1), 6)
