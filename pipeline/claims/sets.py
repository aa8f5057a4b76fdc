"""Who has (or lacks) something: quantified groups and lists of names in a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.claims.assertion import MEMBERS, Owner, SetSaid
from pipeline.claims.lexicon import Cue, load_lexicon
from pipeline.claims.mentions import Annotated, Clause, Figure, Group, Name, NameList
from pipeline.claims.structure import quantified

_OWN_CITY = re.compile(r"\bstadsdel")
#: "en rutin för att inte röja": the denial belongs to what the thing is for, not to having it.
_INFINITIVE = re.compile(
    r"\batt\s+(?:\w+\s+)?$|(?<!kommun )(?<!kommuner )(?<!kommunen )(?<!stadsdelar )(?<!enda )\bsom\s+(?:\w+\s+)?$"
)
_NEGATED_ONLY = re.compile(r"\binte\s+(?:bara|enbart|endast)\b")
TYPE_OF = {
    "list": "named_list",
    "only": "named_list",
    "rest": "all",
    "all": "all",
    "all_except": "all_except",
    "none": "none",
    "count": "count",
    "fraction": "fraction",
    "percent": "percent",
}


@dataclass(frozen=True, slots=True)
class SetFound:
    """A set subject with its span and the rule that found it."""

    said: SetSaid
    start: int
    end: int
    rule: str

    @property
    def claim_type(self) -> str:
        """The published claim type (vague majorities count as fractions)."""
        return TYPE_OF.get(self.said.quantifier, "fraction")


def find_sets(
    note: Annotated, clause: Clause, members: frozenset[str], *, intro: bool
) -> tuple[SetFound, ...]:
    """All set subjects of a clause, by place.

    Args:
        members: keys of the units that are members in the tables at hand.
        intro: the sentence opens with "Tabell 3 visar att": a list then reads as complete.
    """
    negative, degree = _polarity(note, clause)
    found = [*_quantified(note, clause), *_figured(note, clause)]
    found += _listed(note, clause, members, [one.said.quantifier for one in found], intro=intro)
    exceptions = [
        one for one in note.lists if one.role == "exception" and clause.start <= one.start < clause.end
    ]
    made = []
    for one in found:
        said = replace(one.said, negative=negative and one.said.quantifier != "not_all", degree=degree)
        if exceptions and said.quantifier in ("all", "not_all"):
            names = tuple(name for run in exceptions for name in run.names)
            said = replace(
                said, quantifier="all_except" if said.quantifier == "all" else said.quantifier, names=names
            )
            start, end = min(one.start, exceptions[0].start), max(one.end, exceptions[-1].end)
            made.append(SetFound(said, start, end, "all_except.except"))
        else:
            made.append(replace(one, said=said))
    return tuple(sorted(made, key=lambda one: one.start))


def _polarity(note: Annotated, clause: Clause) -> tuple[bool, str]:
    negs = [
        cue
        for cue in note.cues_in(clause, "neg")
        if not _NEGATED_ONLY.match(note.lower, cue.start)
        and not _within_quant(note, cue)
        and not _INFINITIVE.search(note.lower[: cue.start])
    ]
    degree = next((cue.value for cue in note.cues_in(clause, "partial")), "yes")
    return bool(negs) and len(negs) % 2 == 1, degree


def _within_quant(note: Annotated, neg: Cue) -> bool:
    return any(cue.kind == "quant" and cue.start <= neg.start and neg.end <= cue.end for cue in note.cues)


def _owner(note: Annotated, clause: Clause, group: Group | None) -> Owner:
    """Whose units a group counts: its own place, else the place that the clause names first (I riket har
    …)."""
    if group is not None and group.scope in ("riket", "lan"):
        return Owner(group.scope, "00" if group.scope == "riket" else "lan", group.text)
    for run in note.lists:
        if run.role == "place" and clause.start <= run.start < clause.end and len(run.names) == 1:
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
        if group is None:
            bare = cue.value in ("all", "none", "most", "nearly_all", "few", "not_all", "rest")
            after = note.lower[cue.end :].lstrip(" ,–")
            if not (bare and verbs.match(after)):
                continue
        end = group.end if group is not None else cue.end
        owner = _owner(note, clause, group)
        found.append(SetFound(SetSaid(cue.value, owner), cue.start, end, cue.rule))
    return found


def _figured(note: Annotated, clause: Clause) -> list[SetFound]:
    found = []
    for figure in note.figures:
        if not (clause.start <= figure.start < clause.end) or figure.kind not in (
            "share",
            "fraction",
            "percent",
            "number",
        ):
            continue
        group = quantified(note, figure)
        if figure.kind == "share" and group is None:
            group = _group_inside(note, figure)
            if group is None and not re.match(
                r"\s*(?:har|saknar|erbjuder|använder)\b", note.lower[figure.end :]
            ):
                continue
        elif group is None or group.start >= clause.end or not _counts(note, figure, group):
            continue
        kind = {"share": "count", "number": "count"}.get(figure.kind, figure.kind)
        end = max(group.end, figure.end) if group is not None else figure.end
        found.append(
            SetFound(
                SetSaid(kind, _owner(note, clause, group), figure=figure),
                figure.start,
                end,
                f"{kind}.{figure.kind}",
            )
        )
    return found


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


def _listed(
    note: Annotated, clause: Clause, members: frozenset[str], quantifiers: list[str], *, intro: bool
) -> list[SetFound]:
    found = []
    for run in note.lists:
        if not (clause.start <= run.start < clause.end) or not any(name.key in members for name in run.names):
            continue
        if run.role in ("exception", "target") or any(name.kind in ("riket", "lan") for name in run.names):
            continue
        if run.role == "place" and (
            quantifiers or not re.search(r"\b(?:i|hos)\s+(?:\w+\s+)?$", note.lower[: run.start])
        ):
            continue
        only = _only(note, clause, run)
        exhaustive = only or _complete(note, clause, run, intro=intro)
        said = SetSaid("only" if only else "list", MEMBERS, run.names, exhaustive=exhaustive)
        found.append(SetFound(said, run.start, run.end, "named_list.only" if only else "named_list.list"))
    return found


def _only(note: Annotated, clause: Clause, run: NameList) -> bool:
    for cue in note.cues_in(clause, "only"):
        gap = note.lower[cue.end : run.start] if cue.end <= run.start else None
        if cue.value == "sole" or (
            gap is not None and re.fullmatch(r"\s*(?:i|hos|kommunerna|är det|det är)?\s*", gap)
        ):
            return True
    return False


def _complete(note: Annotated, clause: Clause, run: NameList, *, intro: bool) -> bool:
    """Whether a list reads as all that have the property: several names, no "bland annat", no "även"
    before it."""
    if note.cues_in(clause, "example"):
        return False
    for cue in note.cues_in(clause, "also"):
        if cue.end <= run.start and not note.lower[cue.end : run.start].strip(" i"):
            return False
    return len(run.names) > 1 or intro


def names_of(found: SetFound) -> tuple[Name, ...]:
    """The names a set subject lists."""
    return found.said.names
