"""The structure of a sentence: groups, lists of names with their roles, clauses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.claims.figures import find_figures
from pipeline.claims.lexicon import Cue, grammar, load_lexicon
from pipeline.claims.mentions import Annotated, Clause, Figure, Group, Name, NameList
from pipeline.claims.worded import Worded, worded

if TYPE_CHECKING:
    from pipeline.claims.names import NameReader


#: Sentences that are kept: reports of one series, and the parts of one report, share many of theirs.
_REMEMBERED = 4096
_RIVALS = frozenset({"quant", "hedge", "fraction", "neg"})
#: Cues that a longer one of these kinds around them leaves without meaning.
_BEATEN = {"compare": frozenset({"compare", "quant"})} | dict.fromkeys(sorted(_RIVALS), _RIVALS)
#: A quantifier and its noun stand at most so many characters apart.
_GAP = 40


def annotate(text: str, reader: NameReader) -> Annotated:
    """Everything that stands in one sentence; offsets count in ``text`` (spaces made ordinary)."""
    told, cues, figures, groups = _by_letters(text)
    shown, lower = told.text, told.lower
    names = reader.read(told)
    if groups and names:
        groups = _placed(groups, names, shown)
        groups = tuple(
            g for g in groups if not any(_is_group(n) and n.start <= g.start <= n.end for n in names)
        )
        names = tuple(n for n in names if not any(g.start <= n.start and n.end <= g.end for g in groups))
    lists = find_lists(told, names, cues) if names else ()
    counting = [*(cue.start for cue in cues if cue.kind == "quant"), *(f.start for f in figures)]
    clauses = find_clauses(told, names, counting)
    return Annotated(shown, lower, cues, names, groups, figures, lists, clauses, marks=told.marks)


@lru_cache(maxsize=_REMEMBERED)
def _by_letters(text: str) -> tuple[Worded, tuple[Cue, ...], tuple[Figure, ...], tuple[Group, ...]]:
    """What a sentence says in every document: its letters, cues, figures and groups."""
    told = worded(text)
    cues = _longest(told.cues)
    return told, cues, find_figures(told, cues), find_groups(told)


def _is_group(name: Name) -> bool:
    """Whether a name is a line of the table that stands for a group of kommuner (Större städer)."""
    return name.key.startswith("label:") and grammar("names_grouped").search(name.label.lower()) is not None


def _longest(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Without the quantifiers and comparisons that lie inside a longer one (alla in nästan alla)."""
    told = [cue for cue in cues if cue.kind in _BEATEN]
    if len(told) < 2:
        return cues
    inside = {
        cue
        for cue in told
        for other in told
        if other.start <= cue.start
        and cue.end <= other.end
        and other.end - other.start > cue.end - cue.start
        and other.kind in _BEATEN[cue.kind]
    }
    return tuple([cue for cue in cues if cue not in inside]) if inside else cues


def find_groups(told: Worded) -> tuple[Group, ...]:
    """Plurals that stand for units (kommunerna, stadsdelarna i Stockholm), with their scope."""
    text, lower, found = told.text, told.lower, list[Group]()
    led, followed = told.may("structure_place_before"), told.may("structure_place_after")
    for kind, singular in (("group_plural", False), ("group_singular", True)):
        for start, end in told.spans.get(kind, ()):
            if any(group.start <= start < group.end for group in found):
                continue
            scope = "city" if "stadsdel" in lower[start:end] else "members"
            before = grammar("structure_place_before").search(lower[:start]) if led else None
            after = grammar("structure_place_after").match(lower, end) if followed else None
            place = after or before
            if place is not None:
                scope = next(name for name, hit in place.groupdict().items() if hit)
                start = before.start() if before is not None and after is None else start
                end = after.end() if after is not None else end
            found.append(Group(start, end, text[start:end], scope, singular))
    for start, end in told.spans.get("place_mean", ()):
        follows = grammar("structure_place_after").match(lower, end) if followed else None
        if follows is None and not grammar("structure_place_word").match(lower, end):
            found.append(Group(start, end, text[start:end], "mean"))
    return tuple(sorted(found, key=lambda group: group.start))


def _placed(groups: tuple[Group, ...], names: tuple[Name, ...], text: str) -> tuple[Group, ...]:
    """Groups with the län that a name beside them gives: "kommuner i Dalarna", "Dalarnas kommuner"."""
    made = []
    for group in groups:
        for name in names if group.scope == "members" else ():
            if name.kind != "lan" or (name.end > group.start and name.start < group.end):
                continue
            if text[group.end : name.start] == " i ":
                group = Group(group.start, name.end, text[group.start : name.end], "lan")
                break
            if name.end < group.start and grammar("structure_gap_word").fullmatch(
                text[name.end : group.start]
            ):
                group = Group(group.start, group.end, text[name.start : group.end], "lan")
                break
        made.append(group)
    return tuple(made)


def find_lists(told: Worded, names: tuple[Name, ...], cues: tuple[Cue, ...]) -> tuple[NameList, ...]:
    """Runs of names joined by commas and "och", each with its role in the sentence."""
    text, lower = told.text, told.lower
    excepting = told.may("structure_exception_is") or told.may("structure_is_exception")
    excepting = excepting or told.may("structure_left_out")
    lists: list[NameList] = []
    index = 0
    while index < len(names):
        run = [names[index]]
        while index + 1 < len(names):
            gap = text[run[-1].end : names[index + 1].start]
            if not grammar("structure_joint").fullmatch(gap) or (not gap.strip()):
                break
            index += 1
            run.append(names[index])
        index += 1
        role = "exception" if excepting and _is_exception(lower, run) else _role(lower, run[0].start, cues)
        lists.append(NameList(run[0].start, run[-1].end, tuple(run), role))
    return tuple(lists)


def _is_exception(lower: str, run: list[Name]) -> bool:
    """``undantaget är X``, ``X är undantaget``, ``…, X undantaget``."""
    if grammar("structure_exception_is").search(lower[: run[0].start]) is not None:
        return True
    after = lower[run[-1].end :]
    return any(
        grammar(name).match(after) is not None for name in ("structure_is_exception", "structure_left_out")
    )


def _role(lower: str, start: int, cues: tuple[Cue, ...]) -> str:
    """What a list is to its sentence, from the words directly before it."""
    before = lower[:start]
    for cue in cues:
        if cue.end > start:
            break
        gap = lower[cue.end : start]
        small = grammar("structure_small_words").fullmatch(gap)
        if small is None:
            continue
        if cue.kind == "except":
            return "exception"
        if cue.kind in ("than", "compare"):
            return "target"
    return "place" if grammar("structure_place_role").search(before) else "subject"


def find_clauses(told: Worded, names: tuple[Name, ...], counting: list[int]) -> tuple[Clause, ...]:
    """The stretches of the sentence with a predicate of their own, in order, covering all of it.

    ``counting``: where quantifiers and figures begin: "och fyra kommuner gör det inte" has a subject of
    its own.
    """
    lower, cuts = told.lower, list[tuple[int, int, str]]()
    for match in told.finditer("structure_clause"):
        if lower.count("(", 0, match.start()) > lower.count(")", 0, match.start()):
            continue
        lead = match.group().strip(" ,;–")
        cuts.append((match.start(), match.end(), lead))
    for match in told.finditer("structure_and_clause") if names else ():
        follows = next((name for name in names if match.end() <= name.start <= match.end() + 12), None)
        if follows is not None and grammar("structure_finite").match(lower[follows.end :].lstrip()):
            cuts.append((match.start(), match.end(), "och"))
    cuts += [
        (m.start(), m.end(), "och")
        for m in (told.finditer("structure_and") if names or counting else ())
        if _new_subject(lower, m, names, counting)
    ]
    cuts += _gapped(told, names)
    if not cuts:
        return (Clause(0, len(lower)),) if lower else ()
    clauses, start, lead = [], 0, ""
    for begin, end, word in sorted(cuts):
        if begin < start:
            continue
        clauses.append(Clause(start, begin, lead))
        start, lead = end, word
    clauses.append(Clause(start, len(lower), lead))
    return tuple(clause for clause in clauses if clause.end > clause.start)


def _gapped(told: Worded, names: tuple[Name, ...]) -> list[tuple[int, int, str]]:
    """Cuts before clauses that borrow their verb and before a degree of its own.

    "A har en bara delvis och B ingen alls"; "beslutad i A och delvis framtagen i B".
    """
    lower, cuts = told.lower, list[tuple[int, int, str]]()
    for name in names[1:] if told.may("structure_gap_lead") and told.may("structure_gapped") else ():
        lead = grammar("structure_gap_lead").search(lower[: name.start])
        if lead is None or not grammar("structure_gapped").match(lower[name.end :]):
            continue
        others = [one for one in names if one.end <= name.start]
        if others and lower[others[-1].end : lead.start()].strip(" ,"):
            cuts.append((lead.start(), name.start, "gap"))
    cuts += [(m.start(), m.end(), "och") for m in told.finditer("structure_number_turn")]
    for match in told.finditer("structure_degree_turn") if names else ():
        if names[0].end <= match.start() and names[-1].start >= match.end():
            cuts.append((match.start(), match.end(), "och"))
    return cuts


def _new_subject(lower: str, match: re.Match[str], names: tuple[Name, ...], counting: list[int]) -> bool:
    """Whether "och" opens a clause of its own.

    "Arboga saknar det och Sala erbjuder det", "… och fyra kommuner gör det inte"; in "A, B och C har" it
    only goes on with the list.
    """
    verb = load_lexicon().pronoun_verbs
    if match.end() in counting:
        apart = lower[: match.start()].rstrip().endswith(",")
        return verb.search(lower[: match.start()]) is not None and (
            apart or verb.search(lower[match.end() :]) is not None
        )
    follows = next((name for name in names if name.start == match.end()), None)
    before = [name for name in names if name.end <= match.start()]
    if follows is None or not before or not lower[before[-1].end : match.start()].strip(" ,)"):
        return False
    return (
        grammar("structure_finite").match(lower[follows.end :].lstrip()) is not None
        and lower[match.start() - 1] != ")"
    )


def quantified(note: Annotated, cue: Cue | Figure) -> Group | None:
    """The group that a quantifier or figure counts: ``fem av de åtta kommunerna``; None when none follows."""
    for group in note.groups:
        if group.start < cue.end or group.scope == "mean":
            continue
        gap = note.text[cue.end : group.start]
        if len(gap) > _GAP or not grammar("structure_gap_word").fullmatch(gap):
            return None
        return group
    return None
