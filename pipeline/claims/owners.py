"""Whose figure it is: brackets, "X procent i riket", "respektive", and the nearest name before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.claims.assertion import MEMBERS, FigureSaid, Owner
from pipeline.claims.lexicon import Cue, grammar, load_lexicon
from pipeline.claims.mentions import Annotated, Clause, Figure, Group, Name
from pipeline.claims.units import kind_of


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something that can own a figure: a name, a group, or the word for the result itself."""

    start: int
    end: int
    owner: Owner


def owner_of_name(name: Name) -> Owner:
    """The owner that a name stands for; region words of the report (``members``) stand for its own group."""
    return MEMBERS if name.key == "members" else Owner(name.kind, name.key, name.label)


def owner_of_group(group: Group) -> Owner:
    """The owner that a group stands for."""
    keys = {"riket": "00", "lan": "lan"}
    if group.scope == "mean" or group.scope == "members":
        return Owner("members", None, group.text)
    return Owner(group.scope, keys.get(group.scope), group.text, plural=True)


def anchors(note: Annotated) -> tuple[Anchor, ...]:
    """All possible owners of a sentence, by place."""
    found = [Anchor(name.start, name.end, owner_of_name(name)) for name in note.names]
    found += [
        Anchor(group.start, group.end, owner_of_group(group)) for group in note.groups if not group.singular
    ]
    owning = {anchor.end for anchor in found if note.lower[anchor.start : anchor.end].endswith("s")}
    found += [
        Anchor(cue.start, cue.end, _place_of(note, cue) or MEMBERS)
        for cue in note.cues
        if cue.kind == "subject" and len(note.lower[: cue.start].rstrip()) not in owning
    ]
    return tuple(sorted(found, key=lambda anchor: (anchor.start, anchor.end)))


def _place_of(note: Annotated, cue: Cue) -> Owner | None:
    """The place whose result it is: "i riket är andelen hög", "riket, där andelen är 51 procent"."""
    before = [name for name in note.names if name.end <= cue.start]
    if not before or not grammar("owners_place_result").fullmatch(note.lower[before[-1].end : cue.start]):
        return None
    return owner_of_name(before[-1])


def figure_owners(note: Annotated) -> dict[Figure, Owner]:
    """The owner of every percentage and number whose owner the sentence tells."""
    if not note.figures:
        return {}
    known = anchors(note)
    found = _respective(note) | _opposed(note)
    for figure in note.figures:
        if figure in found or not states_result(figure) or _is_whole(note, figure):
            continue
        owner = (
            _bracketed(note, figure, known)
            if figure.bracket
            else _genitive(note, figure, known)
            or _after(note, figure, known)
            or _before(note, figure, known, found)
        )
        if _is_total(note, figure) or (owner is None and _is_subject(note, figure, known)):
            owner = MEMBERS
        if owner is not None:
            found[figure] = owner
    return found


def _is_whole(note: Annotated, figure: Figure) -> bool:
    """``Av Angereds 412 är 148 kvinnor``: 412 is the whole, another column's figure."""
    opening = note.before("owners_whole", figure.start)
    return (
        figure.kind == "number"
        and opening is not None
        and note.behind("owners_whole_after", figure.end) is not None
    )


def _is_total(note: Annotated, figure: Figure) -> bool:
    """``Det finns totalt 98 platser``, ``Platserna är 269 till antalet``: a sum, nobody named."""
    clause = _clause_of(note, figure.start)
    if figure.kind != "number" or kind_of(figure) not in ("antal", None) or figure.decimals:
        return False
    if any(clause.start <= name.start < clause.end for name in note.names):
        return False
    if any(
        clause.start <= one.start < clause.end and one.scope not in ("members", "city") for one in note.groups
    ):
        return False
    return note.before("owners_total_before", figure.start) is not None or (
        note.may("owners_total_after") and _is_sum(note.lower[figure.end :])
    )


def _is_sum(after: str) -> bool:
    return grammar("owners_total_after").search(after) is not None


def _genitive(note: Annotated, figure: Figure, known: tuple[Anchor, ...]) -> Owner | None:
    """``länets 53 som rikets 41``: each genitive has the figure right behind it."""
    for anchor in known:
        beside = anchor.end <= figure.start and not note.lower[anchor.end : figure.start].strip()
        if beside and note.lower[anchor.start : anchor.end].endswith("s"):
            return anchor.owner
    return None


def _is_subject(note: Annotated, figure: Figure, known: tuple[Anchor, ...]) -> bool:
    """``67 procent har en rutin``: a percentage that is the subject itself, in a clause that names nobody."""
    clause = _clause_of(note, figure.start)
    after = note.lower[figure.end :].lstrip()
    if figure.kind != "percent" or load_lexicon().pronoun_verbs.match(after) is None:
        return False
    return not any(clause.start <= anchor.start < clause.end for anchor in known)


def states_result(figure: Figure) -> bool:
    """Whether a figure can be a result: percentages, digits with no noun or a measure's; not "sex
    månader"."""
    if figure.kind in ("percent", "fraction", "share"):
        return True
    if figure.kind not in ("number", "range"):
        return False
    if (
        figure.unit
        and grammar("owners_condition").match(figure.unit)
        and not figure.unit.startswith("årsarb")
    ):
        return False
    return any(char.isdigit() for char in figure.text) or bool(figure.unit)


def _clause_of(note: Annotated, at: int) -> Clause:
    return next((clause for clause in note.clauses if clause.start <= at < clause.end), note.clauses[-1])


def _respective(note: Annotated) -> dict[Figure, Owner]:
    """``Stockholm och riket … 31 respektive 29 procent``: first to first, second to second."""
    found: dict[Figure, Owner] = {}
    figures = [figure for figure in note.figures if figure.kind in ("percent", "number")]
    for one, two in pairwise(figures):
        gap = note.lower[one.end : two.start].strip()
        if gap not in ("respektive", "% respektive", "procent respektive"):
            continue
        pair = _pair_near(note, one.start, two.end)
        if pair is not None:
            found[one], found[two] = pair
    return found


def _opposed(note: Annotated) -> dict[Figure, Owner]:
    """``A är högre än B, 95 procent mot 81``: each figure is of its own side."""
    found: dict[Figure, Owner] = {}
    figures = [figure for figure in note.figures if figure.kind in ("percent", "number")]
    than = next(
        (cue for cue in note.cues if cue.kind == "than" and note.lower[cue.start : cue.end] == "än"), None
    )
    for one, two in pairwise(figures) if than is not None else ():
        if (
            than is None
            or one.start < than.end
            or not grammar("owners_opposed").fullmatch(note.lower[one.end : two.start])
        ):
            continue
        known = [
            a for a in anchors(note) if a.end <= one.start and (a.owner.scope != "members" or a.owner.label)
        ]
        lefts, rights = [a for a in known if a.end <= than.start], [a for a in known if a.start >= than.end]
        if lefts and len(rights) == 1 and _after(note, two, anchors(note)) is None:
            found[one], found[two] = lefts[-1].owner, rights[0].owner
    return found


def is_dealt(note: Annotated, figure: Figure) -> bool:
    """Whether a figure is one of a pair dealt out by "respektive" to two owners."""
    return any(cue.kind == "respective" for cue in note.cues) and figure in _respective(note)


def _pair_near(note: Annotated, start: int, end: int) -> tuple[Owner, Owner] | None:
    """The two owners that a pair of figures is dealt to: those just after it, else the last two before it."""
    known = [anchor for anchor in anchors(note) if anchor.owner.scope != "members" or anchor.owner.label]
    after = [anchor for anchor in known if end <= anchor.start <= end + 60]
    if len(after) >= 2 and re.match(r"\s*(?:av\s+\w+\s+)?(?:i|för|av|hos)\b", note.lower[end:]):
        return after[0].owner, after[1].owner
    before = [
        anchor for anchor in known if anchor.end <= start and anchor.start >= _clause_of(note, start).start
    ]
    if len(before) >= 2:
        return before[-2].owner, before[-1].owner
    return None


def _bracketed(note: Annotated, figure: Figure, known: tuple[Anchor, ...]) -> Owner | None:
    """The name inside the bracket before the figure, else what stands directly before the bracket."""
    opened = note.lower.rfind("(", 0, figure.start)
    inside = [anchor for anchor in known if opened < anchor.start and anchor.end <= figure.start]
    if inside:
        return inside[-1].owner
    after = _after(note, figure, known)
    if after is not None:
        return after
    before = [anchor for anchor in known if anchor.end <= opened]
    if before and (
        not note.lower[before[-1].end : opened].strip()
        or grammar("owners_before_bracket").match(note.lower[before[-1].end : figure.start])
    ):
        return before[-1].owner
    clause = _clause_of(note, opened)
    names = [anchor for anchor in before if anchor.start >= clause.start]
    return names[-1].owner if len(names) == 1 else None


def _after(note: Annotated, figure: Figure, known: tuple[Anchor, ...]) -> Owner | None:
    """``42 procent av stadsdelarna i Stockholm``, ``8 procent i riket``; "av kommunerna" takes the
    clause's place."""
    for anchor in known:
        if anchor.start < figure.end:
            continue
        gap = note.lower[figure.end : anchor.start]
        if (
            len(gap) > 40
            or grammar("owners_stop_after").search(gap)
            or not grammar("owners_after").match(gap)
            or not gap.strip()
        ):
            return None
        if anchor.owner.scope == "members":
            return _place(note, figure) or anchor.owner
        return anchor.owner
    return None


def _place(note: Annotated, figure: Figure) -> Owner | None:
    """The place that the figure's clause names first: ``I riket använder 38 procent av kommunerna``."""
    clause = _clause_of(note, figure.start)
    for run in note.lists:
        if run.role == "place" and clause.start <= run.start < figure.start and len(run.names) == 1:
            apart = "," in note.lower[run.end : figure.start]
            return None if apart else owner_of_name(run.names[0])
    return None


def _before(
    note: Annotated, figure: Figure, known: tuple[Anchor, ...], found: dict[Figure, Owner]
) -> Owner | None:
    """The nearest owner before the figure in its clause, when no other bare figure stands between."""
    clause = _clause_of(note, figure.start)
    excepted = [run for run in note.lists if run.role == "exception"]
    before = [
        anchor
        for anchor in known
        if clause.start <= anchor.start
        and anchor.end <= figure.start
        and not any(run.start <= anchor.start < run.end for run in excepted)
    ]
    if not before and clause.lead == "där":
        # "i Sala, där 70 procent är nöjda"
        before = [one for one in known if note.lower[one.end : clause.start].strip(" ,") == clause.lead]
    if not before:
        return None
    last = before[-1]
    if ":" in note.lower[last.end : figure.start] and _compared_with(note, last):
        return None  # "längre än i riket: 71 procent är klara": what follows is of the other side
    between = [
        other
        for other in note.figures
        if last.end <= other.start < figure.start and not other.bracket and states_result(other)
    ]
    if between:
        return None
    return (_place(note, figure) or last.owner) if last.owner.scope == "members" else last.owner


def _compared_with(note: Annotated, anchor: Anchor) -> bool:
    """Whether an owner is what somebody is compared with: "än i riket"."""
    return any(
        cue.kind == "than"
        and cue.end <= anchor.start
        and re.fullmatch(r"\s*(?:\w+\s+){0,2}", note.lower[cue.end : anchor.start])
        for cue in note.cues
    )


def figure_said(note: Annotated, clause: Clause, figure: Figure, owner: Owner) -> FigureSaid:
    """A figure with its owner, or with all names of the list that it is said of, and whether it is a sum."""
    joint = bool(note.cues_in(clause, "joint")) or (owner is MEMBERS and _is_total(note, figure))
    pair = _bracketed_pair(note, figure)
    if pair:
        return FigureSaid(owner, figure, pair, each=True)
    for run in note.lists:
        if figure.bracket or len(run.names) < 2 or not (clause.start <= run.start < run.end <= figure.start):
            continue
        last = owner_of_name(run.names[-1])
        if (last.scope, last.key) == (owner.scope, owner.key) and not _dealt(note, figure):
            return FigureSaid(owner, figure, tuple(owner_of_name(name) for name in run.names), joint)
    return FigureSaid(owner, figure, (), joint)


def _bracketed_pair(note: Annotated, figure: Figure) -> tuple[Owner, ...]:
    """``Sala (10) och Arboga och Köping (12)``: two names share a bracket where others have their own."""
    if not figure.bracket or figure.kind not in ("number", "percent"):
        return ()
    opened = note.lower.rfind("(", 0, figure.start)
    at = next((i for i, one in enumerate(note.names) if not note.lower[one.end : opened].strip()), 0)
    dealt = [other for other in note.figures if other.bracket and other.kind == figure.kind]
    if at < 1 or len(dealt) < 2 or note.lower[note.names[at - 1].end : note.names[at].start].strip() != "och":
        return ()
    return tuple(owner_of_name(name) for name in note.names[at - 1 : at + 1])


def _dealt(note: Annotated, figure: Figure) -> bool:
    """Whether the figures of a sentence are dealt out one by one (respektive)."""
    return any(cue.kind == "respective" for cue in note.cues) or figure.kind == "range"
