"""What an organisation says it does or does not do, against its own answers: negation with its scope.

A sentence is cut where the scope of a denial ends (utan, i stället, men, ej heller); each part binds to the
indicators whose labels it names nearly whole. To explain a NEJ is not to deny it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.claims.binding import Index, Target
from pipeline.claims.counts import own_line
from pipeline.claims.decide import Verdict, undecidable
from pipeline.claims.labels import acronyms
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause
from pipeline.claims.phrase import phrase_of
from pipeline.claims.text import alike, heads, stems, weak_stems

#: A part binds to an indicator when this share of the label's words (by weight) stands in it …
LABEL = 0.72
#: … and to several when the next is this near (an enumeration), with at least this share of its own words
#: met.
NEAR = 0.1
SAID = 0.3
#: … or somewhat less of it, when the part says hardly anything else.
MOST, ALL_SAID = 0.58, 0.78
#: … or little of it, when the part says nothing else and names it by its acronym.
ACRONYM = 0.4
#: From here on the words are so much the label's that a contradiction is an error.
SURE_LABEL, SURE_SAID = 0.85, 0.5
#: A part with at most so many words of its own leans on the part before it ("men inte på högskolenivå").
ELLIPTIC = 4


@dataclass(frozen=True, slots=True)
class Policy:
    """One statement about one indicator of the own unit; ``explains``: it names a thing that the label
    does not; ``full``: it is said to be so in full ("fullt ut")."""

    start: int
    end: int
    target: Target
    negative: bool
    certainty: str
    explains: bool = False
    full: bool = False


def find_policies(note: Annotated, index: Index) -> tuple[Policy, ...]:
    """The statements of a sentence about the indicators of tables that hold one own unit."""
    found: list[Policy] = []
    before = ""
    parts = _parts(note)
    limiting: list[int] = []
    for at, part in enumerate(parts):
        text = note.lower[part.start : part.end]
        if _of_others(note, part):
            before = ""
            continue
        phrase = phrase_of(note, part.start, part.end)
        nothing = note.may("policy_no_assertion") and grammar("policy_no_assertion").search(text)
        if nothing or note.cues_in(part, "future", "example"):
            before = before or phrase
            continue
        targets = _targets(index, phrase)
        if not targets and before and len(stems(phrase)) <= ELLIPTIC and not _own_verb(text):
            targets = _elliptic(index, before, phrase)
        if not targets:
            before = phrase
            continue
        negative = bool(_denials(note, part)) or (text.lstrip().startswith(("ej heller", "inte heller")))
        if negative and limiting and limiting[-1] == at - 1:
            limiting.pop()  # "X men inte Y": Y is an indicator of its own, so X is said in full
        if not negative and _limited(note, parts[at + 1 :]):
            limiting.append(at)
        contrasted = at + 1 < len(parts) and note.lower[parts[at + 1].start :].lstrip().startswith(
            ("men", "dock", "däremot")
        )
        explains = _other_thing(note, part, targets)
        full = bool(note.cues_in(part, "full")) and not negative
        for target in targets:
            sure = _certainty(target, contrasted)
            found.append(Policy(part.start, part.end, target, negative, sure, explains, full))
        for target in _left_over(index, phrase, targets):
            found.append(Policy(part.start, part.end, target, negative, "warning", explains=True))
        before = phrase
    told = {(parts[at].start, parts[at].end) for at in limiting}
    return tuple(one for one in found if (one.start, one.end) not in told)


def _of_others(note: Annotated, part: Clause) -> bool:
    """Whether a part speaks of riket or a län: it says nothing of the own unit."""
    inside = [one for one in note.names if part.start <= one.start < part.end]
    groups = [one for one in note.groups if part.start <= one.start < part.end]
    return any(one.kind in ("riket", "lan") for one in inside) or any(
        one.scope in ("riket", "lan") for one in groups
    )


def states(note: Annotated) -> bool:
    """Whether a sentence has a verb that states something: titles and questions of a form have none."""
    return note.search("policy_verb") is not None and not note.text.rstrip().endswith(":")


def _parts(note: Annotated) -> list[Clause]:
    parts, start = [], 0
    for match in note.finditer("policy_cut"):
        if note.lower.startswith("utan", match.end()) and not _denied_before(note, match):
            continue  # "öppenvård utan biståndsbeslut": no "inte … utan …"
        if match.start() > start:
            parts.append(Clause(start, match.start()))
        start = match.end()
    parts.append(Clause(start, len(note.text)))
    return parts


def _denied_before(note: Annotated, cut: re.Match[str]) -> bool:
    """Whether "utan" goes on with another clause: behind a denial or a comma, or with a verb of its own."""
    if "," in cut.group() or grammar("policy_without_verb").match(note.lower, cut.end()):
        return True
    at = cut.start()
    return any(
        cue.end <= at and (cue.kind == "neg" or (cue.kind == "quant" and cue.value == "none"))
        for cue in note.cues
    )


def _denials(note: Annotated, part: Clause) -> list[object]:
    skip = grammar("policy_aside")
    return [
        cue
        for cue in note.cues
        if cue.start >= part.start
        and cue.start < part.end
        and ((cue.kind == "neg") or (cue.kind == "quant" and cue.value == "none"))
        and not skip.search(note.lower[: cue.start])
        and not re.match(r"inte (?:bara|enbart|endast|alltid)\b", note.lower[cue.start :])
    ]


def _targets(index: Index, phrase: str) -> list[Target]:
    """The indicators a part names: label nearly whole, the same kind of thing, none a mere part of
    another."""
    ranked = [
        target
        for target in index.rank(phrase)
        if _names(target, phrase) and not (heads(target.column.words) - heads(phrase))
    ]
    if not ranked:
        return []
    top = max(target.label for target in ranked)
    near = [target for target in ranked if target.label >= top - NEAR]
    labels = {target.column.index: set(stems(target.column.words)) for target in near}
    kept = []
    for target in near:
        own = labels[target.column.index]
        if not any(own < other for key, other in labels.items() if key != target.column.index):
            kept.append(target)
    return kept if _enumerated(kept, phrase) else kept[:1]


def _left_over(index: Index, phrase: str, chosen: Sequence[Target]) -> list[Target]:
    """``inte A eller B``: a conjunct that names one row once the rows of the others are set aside.

    Too few of the label's words stand in it to contradict the row; it can only be borne out.
    """
    taken = {(target.view.table_id, target.column.index) for target in chosen}
    parts = grammar("policy_or").split(phrase)
    found = []
    for part in parts if chosen and len(parts) > 1 else ():
        telling = [word for word in stems(part) if word not in weak_stems()]
        named = [target for target in index.rank(part) if target.said >= ALL_SAID] if len(telling) > 1 else []
        free = [target for target in named if (target.view.table_id, target.column.index) not in taken]
        if len(free) == 1 and len(named) > 1 and not heads(free[0].column.words) - heads(phrase):
            found.append(free[0])
    return found


def _names(target: Target, phrase: str) -> bool:
    if target.label >= LABEL and target.said >= SAID:
        return True
    if target.said < ALL_SAID:
        return False
    told = acronyms(target.column.label)
    return target.label >= (ACRONYM if told and not told.isdisjoint(stems(phrase)) else MOST)


def _enumerated(targets: Sequence[Target], phrase: str) -> bool:
    """Whether each of several indicators has a word in the phrase that the others have not."""
    words = set(stems(phrase))
    for target in targets:
        others = {word for other in targets if other is not target for word in stems(other.column.words)}
        if not (set(stems(target.column.words)) - others) & words:
            return False
    return True


def _elliptic(index: Index, before: str, phrase: str) -> list[Target]:
    """An elliptic part read with the words of the part before it; only its own new words may choose."""
    new = set(stems(phrase)) - set(stems(before))
    told = [
        target
        for target in index.rank(f"{before} {phrase}")
        if target.label >= LABEL and new & set(stems(target.column.words))
    ]
    return told[:1]


def _other_thing(note: Annotated, part: Clause, targets: Sequence[Target]) -> bool:
    """Whether a part names a thing of its own (a method, a team) that no label does: an explanation."""
    label = [word for target in targets for word in stems(target.column.words)]
    for match in grammar("policy_proper").finditer(note.text, part.start, part.end):
        if match.start() == 0 or any(name.start <= match.start() < name.end for name in note.names):
            continue
        if all(alike(word, other) == 0 for word in stems(match.group()) for other in label):
            return True
    return False


def _own_verb(text: str) -> bool:
    """Whether a part has a verb of its own, told by the words right behind its "men" or "utan"."""
    first = [word for word in text.split()[:3] if word not in ("inte", "ej", "till", "för")]
    return grammar("policy_finite").search(text) is not None or any(
        grammar("policy_verb").fullmatch(word) for word in first[:2]
    )


def _limited(note: Annotated, rest: Sequence[Clause]) -> bool:
    """``… men inte till X``: what was said holds only in part, so it asserts no whole answer."""
    if not rest:
        return False
    text = note.lower[rest[0].start : rest[0].end]
    return bool(grammar("policy_restricting").match(text)) and not grammar("policy_finite").search(text)


def _certainty(target: Target, contrasted: bool) -> str:
    sure = target.label >= SURE_LABEL and target.said >= SURE_SAID and not contrasted
    return "error" if sure else "warning"


def denied_in_comment(note: Annotated, target: Target) -> Policy | None:
    """A comment that says of its own row's thing that it does not exist: ``Någon plan är inte beslutad``.

    The comment stands on the row, so the kind of thing alone tells that the row's is meant.
    """
    part = Clause(0, len(note.text))
    denial = grammar("policy_not_there").search(note.lower)
    kinds = heads(denial.group()) if denial is not None else frozenset()
    if denial is None or not kinds & heads(target.column.words) or note.cues_in(part, "future"):
        return None
    return Policy(0, len(note.text), target, True, "warning")


def decide_policy(one: Policy, *, year: int | None = None) -> Verdict:
    """A statement against the own unit's answer: JA (or DELVIS) bears out a yes, NEJ a no; DELVIS denies
    nothing. ``year``: of an earlier year that the statement is told of."""
    view = one.target.view
    line = own_line(view)
    if line is not None and year is not None and line.year != year:
        line = view.earlier(line, year)
        if line is None:
            return undecidable("påståendet gäller ett annat år än tabellen")
    cell = view.cell(line, one.target.column) if line is not None else None
    found: dict[str, object] = {"columns": [one.target.column.label], "negative": one.negative}
    if cell is None or cell.answer is None:
        return undecidable("tabellen har inget svar på raden", **found)
    found["answer"] = cell.answer
    if one.negative and cell.answer == "DELVIS":
        return Verdict(
            "undecidable", found, (cell,), "svaret är DELVIS, vilket varken bekräftar eller motsäger texten"
        )
    if one.full and cell.answer == "DELVIS":
        return Verdict("refuted", found, (cell,), None, "warning")
    fits = (cell.answer == "NEJ") == one.negative
    if not fits and one.explains:
        return Verdict(
            "undecidable", found, (cell,), "texten nämner något annat än det som indikatorn frågar efter"
        )
    return Verdict("supported" if fits else "refuted", found, (cell,), None, one.certainty)
