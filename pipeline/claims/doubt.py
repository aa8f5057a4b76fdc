"""Why a clause may speak of another column than its own: a refutation by that one is then left open.

Nothing is bound here. A clause that leans on what was said before ("siffran", "metoden") may name a thing of
its own by a compound or an acronym; a clause that names a column may name one of another table better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.claims.assertion import FigureSaid
from pipeline.claims.binding import Index, Target, Wanted
from pipeline.claims.labels import acronyms
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause, Figure
from pipeline.claims.text import akin, alike, stems, weak_stems
from pipeline.claims.units import ANSWERS, kinds_in
from pipeline.claims.view import Column

#: A column elsewhere must fit the clause so much better to be the one that is meant.
BETTER = 0.15
#: With less of its label met, an acronym that is not said tells that another column may be meant.
MUCH = 0.75

_OTHER_THING = "meningen nämner något annat än det som meningen före handlade om"
_OTHER_COLUMN = "en annan uppgift i tabellerna passar bättre på det texten säger"


def doubtful(
    note: Annotated,
    clause: Clause,
    phrase: str,
    targets: Sequence[Target],
    index: Index,
    admits: Callable[[Column], bool],
) -> str | None:
    """The Swedish reason why ``targets`` may not be what the clause speaks of; None when nothing tells so.

    Args:
        phrase: what the clause says without who and how much.
        index: over all columns of the document.
        admits: whether a column can hold what the clause states.
    """
    if not targets:
        return None
    label = {word for target in targets for word in stems(target.column.words)}
    weak = weak_stems()
    foreign = [
        word
        for word in stems(phrase)
        if word not in label and word not in weak and all(akin(word, other) == 0 for other in label)
    ]
    if _acronym_of_another(note, clause, label, index):
        return _OTHER_THING
    if any(_other_rate(note, figure, targets) for figure in note.figures if _inside(clause, figure)):
        return "talet är räknat per något annat än tabellens värden"
    if foreign and len(targets) == 1 and _acronym_unsaid(targets[0], phrase):
        return _OTHER_COLUMN
    if any(target.inherited for target in targets):
        known = any(akin(word, other) > 0 for word in foreign for other in index.words)
        return _OTHER_THING if known else None
    told = {target.column.words for target in targets}
    best = next((one for one in index.rank(phrase) if admits(one.column)), None)
    if best is None or best.column.words in told or not foreign:
        return None
    met = any(alike(word, other) > 0 for word in foreign for other in stems(best.column.words))
    return _OTHER_COLUMN if met and best.score > max(one.score for one in targets) + BETTER else None


def admitting(note: Annotated, clause: Clause, told: dict[Figure, FigureSaid]) -> Callable[[Column], bool]:
    """Whether a column can hold what a clause states; a percentage of one named unit is no answer."""
    wanted = Wanted(kinds_in(note, clause))
    single = any(
        one.owner.key and one.figure.kind == "percent" and not one.owner.plural for one in told.values()
    )
    return lambda column: wanted.admits(column) and not (single and column.unit == ANSWERS)


def _inside(clause: Clause, figure: Figure) -> bool:
    return clause.start <= figure.start < clause.end and figure.kind in ("number", "range", "delta")


def _other_rate(note: Annotated, figure: Figure, targets: Sequence[Target]) -> bool:
    """Whether a figure is a rate ("kronor per dygn") that no bound column is."""
    rate = note.at("units_rate", figure.end)
    if rate is None:
        return False
    per = stems(rate["per"])
    labels = [
        word
        for target in targets
        for word in stems(grammar("units_per").sub("", target.column.label.lower()))
    ]
    return bool(per) and not any(akin(one, word) > 0 for one in per for word in labels)


def _acronym_unsaid(target: Target, phrase: str) -> bool:
    """Whether a label is told by an acronym (Rutin för samordning med LSS) that the clause does not say."""
    own = acronyms(target.column.label)
    return bool(own) and not target.inherited and target.label < MUCH and own.isdisjoint(stems(phrase))


def _acronym_of_another(note: Annotated, clause: Clause, label: set[str], index: Index) -> bool:
    """Whether the clause prints an acronym (SARA, DUDIT) that other labels have and the bound one has not."""
    told = acronyms(note.text[clause.start : clause.end]) - label
    return any(word in index.words for word in told)
