"""Who has (or lacks) something: quantified groups and lists of names in a clause."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.claims.assertion import MEMBERS, Owner, SetSaid
from pipeline.claims.decide_zero import denies_any
from pipeline.claims.lexicon import Cue, load_lexicon
from pipeline.claims.listed import SetFound, find_listed
from pipeline.claims.mentions import Annotated, Clause, Figure, Group, NameList
from pipeline.claims.owners import is_dealt
from pipeline.claims.polarity import polarity
from pipeline.claims.structure import quantified
from pipeline.claims.wholes import Counted, find_whole

#: The rule of an exception that stands alone: what it is an exception to was said before.
LONE = "all_except.lone"


def find_sets(
    note: Annotated, clause: Clause, members: frozenset[str], *, intro: bool
) -> tuple[SetFound, ...]:
    """All set subjects of a clause, by place.

    Args:
        members: keys of the units that are members in the tables at hand.
        intro: the sentence opens with "Tabell 3 visar att": a list then reads as complete.
    """
    found = [*_quantified(note, clause), *_figured(note, clause)]
    exceptions = tuple(
        one for one in note.lists if one.role == "exception" and clause.start <= one.start < clause.end
    ) or _told_later(note, clause, found)
    if exceptions and not any(one.said.quantifier in ("all", "not_all") for one in found):
        found += _bare_group(note, clause, found) or _lone_exception(exceptions)
    found = found or _everywhere(note, clause) or _all_but_number(note, clause)
    found += find_listed(note, clause, members, [one.said.quantifier for one in found], intro=intro)
    if not found:
        return ()
    negative, degree = polarity(note, clause)
    made = []
    for one in found:
        denied = negative and one.said.quantifier not in ("not_all", "any")
        kind = "none" if one.said.quantifier == "any" else one.said.quantifier
        zero = (denied or kind in ("none", "all")) and denies_any(note, clause)
        said = replace(one.said, quantifier=kind, negative=denied, degree=degree, zero=zero)
        made.append(_excepting(note, replace(one, said=said), exceptions))
    return tuple(sorted(made, key=lambda one: one.start))


def _bare_group(note: Annotated, clause: Clause, found: list[SetFound]) -> list[SetFound]:
    """``Med undantag för A erbjuder kommunerna X``: with an exception a definite group means all of it."""
    for group in note.groups:
        free = all(not one.start <= group.start < one.end for one in found)
        if (
            clause.start <= group.start < clause.end
            and group.scope == "members"
            and not group.singular
            and free
        ):
            return [
                SetFound(
                    SetSaid("all", _owner(note, clause, group, group.start)),
                    group.start,
                    group.end,
                    "all.group",
                )
            ]
    return []


def _everywhere(note: Annotated, clause: Clause) -> list[SetFound]:
    """``Larmen besvaras överallt utom i A``, ``ingenstans``: all or none, when no other units are named."""
    named = any(clause.start <= one.start < clause.end and one.role != "exception" for one in note.lists)
    return [
        SetFound(SetSaid(cue.value, MEMBERS), cue.start, cue.end, cue.rule)
        for cue in note.cues_in(clause, "everywhere")
        if not named
    ][:1]


def _all_but_number(note: Annotated, clause: Clause) -> list[SetFound]:
    """``Med undantag för två kommuner erbjuds X``: all but a number of them, when nothing else is said."""
    for figure in note.figures:
        if figure.kind == "number" and clause.start <= figure.start < clause.end and _excepted(note, figure):
            group = quantified(note, figure)
            if group is not None:
                said = SetSaid("all_but_count", _owner(note, clause, group, figure.start), figure=figure)
                return [SetFound(said, figure.start, group.end, "all_except.count")]
    return []


def _told_later(note: Annotated, clause: Clause, found: list[SetFound]) -> tuple[NameList, ...]:
    """``Samtliga har X; undantagen är A och B``: the exceptions that a later clause names."""
    if all(one.said.quantifier != "all" for one in found):
        return ()
    return tuple(
        one
        for one in note.lists
        if one.start >= clause.end and note.before("structure_exception_is", one.start)
    )


def _lone_exception(exceptions: tuple[NameList, ...]) -> list[SetFound]:
    """``Undantaget är A``: all but A, of what was said before."""
    first = exceptions[0]
    return [SetFound(SetSaid("all", MEMBERS), first.start, exceptions[-1].end, LONE)]


def _excepting(note: Annotated, found: SetFound, exceptions: tuple[NameList, ...]) -> SetFound:
    """The set with its exceptions: named units, or a number of them (alla utom två)."""
    said = found.said
    if said.quantifier not in ("all", "not_all"):
        return found
    if exceptions:
        names = tuple(name for run in exceptions for name in run.names)
        kind = "all_except" if said.quantifier == "all" else said.quantifier
        start, end = min(found.start, exceptions[0].start), max(found.end, exceptions[-1].end)
        rule = LONE if found.rule == LONE else "all_except.except"
        return SetFound(replace(said, quantifier=kind, names=names), start, end, rule)
    for figure in (*note.figures, *_but_one(note)):
        if figure.kind == "number" and _excepted(note, figure):
            kept = replace(said, quantifier="all_but_count", figure=figure)
            return SetFound(
                kept, min(found.start, figure.start), max(found.end, figure.end), "all_except.count"
            )
    return found


def _but_one(note: Annotated) -> list[Figure]:
    """``alla utom en``: the number one, which elsewhere is an article."""
    found = []
    for cue in note.cues:
        match = note.at("sets_but_one", cue.end) if cue.kind == "except" else None
        if match is not None:
            word = match.group().strip()
            found.append(Figure(match.end() - len(word), match.end(), word, "number", 1.0))
    return found


def _owner(note: Annotated, clause: Clause, group: Group | None, at: int) -> Owner:
    """Whose units a group counts: its own place, else the place that the clause names first (I riket har
    …)."""
    if group is not None and group.scope in ("riket", "lan"):
        return Owner(group.scope, "00" if group.scope == "riket" else "lan", group.text, plural=True)
    for run in note.lists:
        if run.role == "place" and clause.start <= run.start < at and len(run.names) == 1:
            name = run.names[0]
            if group is None or name.kind in ("riket", "lan") or "stadsdel" in group.text.lower():
                return Owner(name.kind, name.key, name.label)
    if group is not None and group.scope == "city":
        return Owner("city", None, group.text)
    return replace(MEMBERS, label=group.text if group else "")


def _quantified(note: Annotated, clause: Clause) -> list[SetFound]:
    found = []
    verbs = load_lexicon().pronoun_verbs
    for cue in note.cues_in(clause, "quant"):
        group = quantified(note, cue)
        if group is not None and group.start >= clause.end:
            group = None
        if cue.value == "all" and _whole_of(note, cue):
            continue
        if cue.value == "any" and (group is None or not note.cues_in(clause, "neg")):
            continue
        if group is None:
            bare = cue.value in ("all", "none", "most", "nearly_all", "few", "not_all", "rest")
            after = note.lower[cue.end :].lstrip(" ,–")
            ending = (
                cue.value in ("all", "none")
                and not after.strip(" .")
                and note.lower[: cue.start].endswith(("av ", "hos "))
            )
            if not (bare and (verbs.match(after) or ending)):
                continue
        end = group.end if group is not None else cue.end
        owner = _owner(note, clause, group, cue.start)
        size = _size(note, cue, group) if cue.value == "all" and owner.scope in ("members", "city") else None
        found.append(SetFound(SetSaid(cue.value, owner, figure=size), cue.start, end, cue.rule))
    return found


def _whole_of(note: Annotated, cue: Cue) -> bool:
    """``27 procent av alla kommuner``: the whole that a share is of, no statement about all."""
    before = note.lower[: cue.start].rstrip()
    if not before.endswith((" av", " utav")):
        return False
    ends = {figure.end for figure in note.figures if figure.kind in ("percent", "fraction", "number")}
    return len(before.removesuffix("av").removesuffix("ut").rstrip()) in ends


def _size(note: Annotated, cue: Cue, group: Group | None) -> Figure | None:
    """The size of the group that "alla åtta kommuner" states."""
    if group is None:
        return None
    inside = [figure for figure in note.figures if cue.end <= figure.start and figure.end <= group.start]
    return inside[0] if len(inside) == 1 and inside[0].kind == "number" else None


def _figured(note: Annotated, clause: Clause) -> list[SetFound]:
    whole = find_whole(note, clause)
    found = [] if whole is None else [_of_whole(note, clause, whole)]
    for figure in note.figures:
        if whole is not None and figure.start in whole.taken:
            continue
        if not (clause.start <= figure.start < clause.end) or figure.kind not in (
            "share",
            "fraction",
            "percent",
            "number",
        ):
            continue
        if _excepted(note, figure) or is_dealt(note, figure) or _one_of(note, figure):
            continue
        group = quantified(note, figure)
        if figure.kind == "share" and group is None:
            group = _group_inside(note, figure)
            if group is None and not re.match(
                r"\s*(?:har|saknar|erbjuder|använder)\b", note.lower[figure.end :]
            ):
                continue
        elif figure.kind == "fraction" and group is None and _bare_fraction(note, clause, figure):
            pass
        elif (
            group is None
            or group.start >= clause.end
            or (figure.kind != "share" and not _counts(note, figure, group))
        ):
            continue
        kind = {"share": "count", "number": "count"}.get(figure.kind, figure.kind)
        end = max(group.end, figure.end) if group is not None else figure.end
        found.append(
            SetFound(
                SetSaid(kind, _owner(note, clause, group, figure.start), figure=figure),
                figure.start,
                end,
                f"{kind}.{figure.kind}",
            )
        )
    return found


def _one_of(note: Annotated, figure: Figure) -> bool:
    """``Sala är en av två kommuner som …``: of whom it is said, no count of one."""
    if figure.kind != "share" or figure.value != 1 or not figure.text.strip().startswith(("en ", "ett ")):
        return False
    return note.before("sets_one_of", figure.start) is not None


def _bare_fraction(note: Annotated, clause: Clause, figure: Figure) -> bool:
    """``Samtliga kommuner har X, men bara hälften har Y``: a fraction of the group named before it."""
    named = any(one.scope == "members" and one.end <= clause.start for one in note.groups)
    return named and load_lexicon().pronoun_verbs.match(note.lower[figure.end :].lstrip()) is not None


def _of_whole(note: Annotated, clause: Clause, whole: Counted) -> SetFound:
    owner = _owner(note, clause, whole.group, whole.group.start)
    start, end = sorted((whole.group.start, whole.figure.start))
    said = SetSaid("count", owner, figure=whole.figure)
    return SetFound(said, start, max(end, whole.figure.end, whole.group.end), "count.whole")


def _excepted(note: Annotated, figure: Figure) -> bool:
    """``alla utom två kommuner``: a number of exceptions, told with the set that they are excepted from."""
    before = [cue for cue in note.cues if cue.kind == "except" and cue.end <= figure.start]
    if before and not note.lower[before[-1].end : figure.start].strip():
        return True
    return note.before("structure_exception_is", figure.start) is not None


def _group_inside(note: Annotated, figure: Figure) -> Group | None:
    return next((group for group in note.groups if 0 <= group.start - figure.end <= 25), None)


def _counts(note: Annotated, figure: Figure, group: Group) -> bool:
    """Whether a figure before a group counts it: "fem kommuner", "fem av kommunerna", not "de fem
    kommunerna"."""
    gap = note.lower[figure.end : group.start]
    before = note.lower[: figure.start].rstrip()
    if figure.kind == "fraction":
        return group.singular or re.search(r"\b(?:av|utav)\b", gap) is not None
    if figure.kind == "percent":
        return re.search(r"\b(?:av|utav)\b", gap) is not None
    if re.search(r"\b(?:de|alla|samtliga|dessa|våra|länets|ingen av de)$", before):
        return False
    if re.search(r"\b(?:av|utav)\b", gap):
        return True
    return (
        not re.search(r"(?:na|nas)$", note.lower[group.start : group.end].split(" ")[0]) and not gap.strip()
    )
