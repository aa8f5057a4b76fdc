"""One figure against others: bättre, sämre, högre, lägre, i nivå med – with its left side and its targets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.claims.assertion import MEMBERS, CompareSaid, Owner
from pipeline.claims.compare_sides import behind_verb, denied, opposite, together, told_behind
from pipeline.claims.lexicon import Cue, grammar
from pipeline.claims.mentions import Annotated, Clause, Figure
from pipeline.claims.owners import Anchor, anchors, owner_of_name

#: These words compare only with "än", "jämfört med" or a unit right behind them.
_WEAK = frozenset(
    {
        "över",
        "under",
        "mer",
        "mindre",
        "större",
        "fler",
        "färre",
        "nära",
        "längre",
        "kortare",
        "oftare",
        "vanligare",
        "snabbare",
        "fortare",
        "långsammare",
        "före",
        "framför",
        "bakom",
        "efter",
    }
)
#: Words of place, which compare only those that lie or come there.
_PLACED = frozenset({"före", "framför", "bakom", "efter"})


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison found in a clause, with its span and rule."""

    said: CompareSaid
    start: int
    end: int
    rule: str


def find_comparisons(
    note: Annotated, clause: Clause, owned: dict[Figure, Owner], before: Owner | None
) -> tuple[Compared, ...]:
    """All comparisons of a clause, one per right-hand side.

    Args:
        owned: the owners of the sentence's figures.
        before: what the clause before spoke of (left side of ", vilket är bättre än …"), or None.
    """
    told = note.cues_in(clause, "compare")
    if not told:
        return find_differences(note, clause)
    known = anchors(note)
    found: list[Compared] = []
    cues = _grouped(note, [cue for cue in told if _real(note, cue, clause, known)])
    first_stop = cues[1][0].start if len(cues) > 1 else clause.end
    lefts = _lefts(note, clause, cues[0], before, known, first_stop) if cues else ()
    rights: list[Anchor] = []
    for index, run in enumerate(cues):
        stop = cues[index + 1][0].start if index + 1 < len(cues) else clause.end
        summed = bool(rights) and grammar("compare_summed").search(note.lower[: run[0].start]) is not None
        rights = _rights(note, run[-1], stop, known) or (rights if summed else [])
        turned = before is not None and lefts == (before,) and _turned(note, clause, run[-1], stop, rights)
        rights, sides = behind_verb(note, clause, run, rights)
        if not sides and lefts == (MEMBERS,) and rights:
            sides = told_behind(note, rights, stop)
        for anchor in rights:
            for left in sides or lefts:
                if (anchor.owner.scope, anchor.owner.key) == (left.scope, left.key):
                    continue
                turn = denied(note, clause, run)
                if turn is None:
                    continue
                made = _compared(note, clause, run, left, anchor, owned)
                made = (
                    made if not turn else replace(made, said=replace(made.said, ops=opposite(made.said.ops)))
                )
                found.append(_swapped(made) if turned else made)
    return tuple(found) or find_differences(note, clause)


def _turned(note: Annotated, clause: Clause, cue: Cue, stop: int, rights: list[Anchor]) -> bool:
    """``Den är högre i Centrum``: without "än" the place is what is higher, not what it is higher than."""
    than = any(
        one.kind == "than"
        and cue.end <= one.start < stop
        and grammar("compare_than_that").match(note.lower, one.end) is None
        for one in note.cues
    )
    if than or grammar("compare_points").match(note.lower, clause.start) is None:
        return False
    return bool(rights) and grammar("compare_place").search(note.lower[cue.end : rights[0].start]) is not None


def _swapped(one: Compared) -> Compared:
    said = replace(
        one.said, left=one.said.right, right=one.said.left,
        left_figure=one.said.right_figure, right_figure=one.said.left_figure,
    )  # fmt: skip
    return replace(one, said=said)


def find_differences(note: Annotated, clause: Clause) -> tuple[Compared, ...]:
    """``Skillnaden mellan A och B uppgår till N``: how far apart two levels are, whichever is higher."""
    for cue in note.cues_in(clause, "apart"):
        pair = [anchor for anchor in anchors(note) if cue.end <= anchor.start < clause.end][:2]
        by = next((f for f in note.figures if f.kind in ("delta", "points") and f.start >= cue.end), None)
        if len(pair) == 2 and by is not None and by.end <= clause.end:
            said = CompareSaid(pair[0].owner, pair[1].owner, ("apart",), by=by)
            return (Compared(said, cue.start, max(by.end, pair[1].end), cue.rule),)
    return ()


def _compared(
    note: Annotated, clause: Clause, run: list[Cue], left: Owner, anchor: Anchor, owned: dict[Figure, Owner]
) -> Compared:
    said = CompareSaid(
        left,
        anchor.owner,
        tuple(sorted({cue.value for cue in run})),
        _degree(note, run[0]),
        _figure_of(note, clause, left, owned, before=run[0].start),
        _figure_of(note, clause, anchor.owner, owned, near=anchor),
        _by_of(note, clause, run[0]),
    )
    return Compared(said, run[0].start, _end(note, anchor, said), run[0].rule)


def _by_of(note: Annotated, clause: Clause, cue: Cue) -> Figure | None:
    """The difference right before the word of comparison: ``41 kronor lägre``."""
    for figure in note.figures:
        if figure.kind in ("delta", "points") and clause.start <= figure.start and figure.end <= cue.start:
            gap = note.lower[figure.end : cue.start].strip()
            if gap in ("", figure.unit or ""):
                return figure
    return None


def _grouped(note: Annotated, cues: list[Cue]) -> list[list[Cue]]:
    """Cues joined by "eller" (bättre än eller i nivå med) are one comparison with several outcomes."""
    runs: list[list[Cue]] = []
    for cue in cues:
        if runs and grammar("compare_joined").match(note.lower[runs[-1][-1].end : cue.start]):
            runs[-1].append(cue)
        else:
            runs.append([cue])
    return runs


def _real(note: Annotated, cue: Cue, clause: Clause, known: tuple[Anchor, ...]) -> bool:
    if any(name.start <= cue.start < name.end for name in note.names):
        return False  # "mindre städer" are a group of kommuner
    word = note.lower[cue.start : cue.end]
    rest = note.lower[cue.end : clause.end]
    if any(
        other.kind == "hedge" and other.start <= cue.start < other.end for other in note.cues
    ) and not re.match(r"\s+än\s+(?:i|både)\b", rest):
        figure = next((f for f in note.figures if 0 <= f.start - cue.end <= 5), None)
        if figure is not None:
            return False
    if word not in _WEAK:
        return True
    if word in _PLACED:
        lies = grammar("compare_lies").search(note.lower, clause.start, cue.start) is not None
        return lies and any(0 <= anchor.start - cue.end <= 3 for anchor in known)
    if re.search(r"\bän\b|\bjämför", rest) or _fronted(note, cue, known):
        return True
    return word in ("över", "under") and any(0 <= anchor.start - cue.end <= 3 for anchor in known)


def _rights(note: Annotated, cue: Cue, stop: int, known: tuple[Anchor, ...]) -> list[Anchor]:
    """Units after the comparison word, or after its "jämfört med", up to the next comparison."""
    start = cue.end
    than = [other for other in note.cues if other.kind == "than" and cue.end <= other.start < stop]
    if than:
        start = than[0].end
    levels = [one for one in note.figures if not re.match(r"\s+(?:i|för|hos)\s", note.lower[one.end :])]
    if than and any(0 <= one.start - start <= 1 or one.start <= start < one.end for one in levels):
        return []  # "längre än 115 dagar": a level, nobody's figure
    rights = together(note, [a for a in known if start <= a.start < stop and _is_side(a)])
    fronted = _fronted(note, cue, known)
    if fronted and not than:
        return fronted
    dependent = re.search(r"\b(?:där|eftersom|då|som har|som använder)\b", note.lower[start:stop])
    if dependent:
        rights = [anchor for anchor in rights if anchor.start < start + dependent.start()] or rights[:1]
    unique: list[Anchor] = []
    for anchor in rights:
        if all(
            (anchor.owner.scope, anchor.owner.key) != (other.owner.scope, other.owner.key) for other in unique
        ):
            unique.append(anchor)
    return unique


def _fronted(note: Annotated, cue: Cue, known: tuple[Anchor, ...]) -> list[Anchor]:
    """``Jämfört med riket (51 %) är det färre kommuner …``: the target opens the sentence."""
    opening = next((other for other in note.cues if other.kind == "than" and other.start < 3), None)
    if opening is None or opening.end >= cue.start:
        return []
    targets = [run for run in note.lists if run.role == "target" and run.start < cue.start]
    return [a for a in known for run in targets if run.start <= a.start and a.end <= run.end]


def _is_side(anchor: Anchor) -> bool:
    return anchor.owner.scope != "members" or bool(anchor.owner.label) or anchor.owner is MEMBERS


def _lefts(
    note: Annotated,
    clause: Clause,
    run: list[Cue],
    before: Owner | None,
    known: tuple[Anchor, ...],
    stop: int,
) -> tuple[Owner, ...]:
    """What is compared: the clause's own subject, each of its names; else what was spoken of before (",
    vilket är …"). ``stop``: where the next comparison of the clause begins; its "än" is not this one's."""
    cue = run[0]
    than = next(
        (one.start for one in note.cues if one.kind == "than" and run[-1].end <= one.start < stop), None
    )
    between = [
        a for a in known if run[-1].end <= a.start and than is not None and a.end <= than and a.owner.key
    ]
    if between:
        return tuple(anchor.owner for anchor in between)
    lists = [
        one
        for one in note.lists
        if one.role in ("subject", "place") and clause.start <= one.start and one.end <= cue.start
    ]
    if lists:
        return tuple(owner_of_name(name) for name in lists[-1].names)
    targets = [one for one in note.lists if one.role == "target"]
    groups = [
        a
        for a in known
        if clause.start <= a.start
        and a.end <= cue.start
        and a.owner.scope in ("city", "riket", "lan")
        and not any(one.start <= a.start < one.end for one in targets)
    ]
    if groups:
        return (groups[-1].owner,)
    retold = clause.lead in ("vilket", "vilka", "men", "och", "medan") or grammar("compare_points").match(
        note.lower, clause.start
    )
    alone = not any(clause.start <= anchor.start and anchor.end <= cue.start for anchor in known)
    return (before,) if retold and alone and before is not None else (MEMBERS,)


def _degree(note: Annotated, cue: Cue) -> str | None:
    for other in note.cues:
        if (
            other.kind == "degree"
            and other.end <= cue.start
            and not note.lower[other.end : cue.start].strip()
        ):
            return other.value
    return None


def _figure_of(
    note: Annotated,
    clause: Clause,
    owner: Owner,
    owned: dict[Figure, Owner],
    *,
    near: Anchor | None = None,
    before: int | None = None,
) -> Figure | None:
    for figure, whose in owned.items():
        if (whose.scope, whose.key) != (owner.scope, owner.key) or figure.kind not in ("percent", "number"):
            continue
        if near is not None and abs(figure.start - near.end) > 60:
            continue
        if before is not None and figure.start > before and not (clause.start <= figure.start < clause.end):
            continue
        return figure
    return None


def _end(note: Annotated, anchor: Anchor, said: CompareSaid) -> int:
    return max(anchor.end, said.right_figure.end if said.right_figure is not None else 0)
