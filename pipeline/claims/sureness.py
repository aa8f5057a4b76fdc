"""How a claim was bound to its column and its unit, and whether that is sure enough for a refutation.

A column that a clause names by its own words may refute it. A column, or a unit, that only the sentences
before suggest may bear a statement out, for a figure seldom fits by chance; but where it does not fit the
likelier reading is that something else was meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.claims.assertion import Assertion, CompareSaid, FigureSaid, Owner, SetSaid
from pipeline.claims.binding import Target
from pipeline.claims.decide import decide, value_of
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause, Figure
from pipeline.claims.other_matters import other_matter
from pipeline.claims.text import akin, plain_stems, stems, weak_stems
from pipeline.claims.tolerance import same
from pipeline.claims.units import holds_kind, kind_of
from pipeline.claims.view import TableView

#: A label that the clause has met so much of was chosen by its own words.
NAMED = 0.75

#: Figures below this fit many a column by chance.
CHANCE = 10.0

_NO_ANAPHOR = "meningen nämner inte vilken uppgift den gäller och pekar inte tillbaka på någon"
_STALE = "uppgiften nämns inte i meningen och inte i den närmast före"
_FOREIGN = "meningen nämner något annat än det som meningen före handlade om"

_NOBODY = "meningen säger inte tydligt vems värde det är"
ELSEWHERE = "talet står på ett annat ställe i tabellerna för samma enhet"
#: What another claim of the same sentence on the same column can put right.
_COLUMN = frozenset({_NO_ANAPHOR, _STALE, _FOREIGN, ELSEWHERE})
_DENIED = "meningen nekar något annat än det som räknas"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a clause stands in.

    Attributes:
        phrase: what it says without who and how much.
        before: whose figure was last spoken of.
        own: unit_id of the kommun whose document it is.
        fresh: an earlier clause of the same sentence named the columns last spoken of.
        views: all tables of the document.
    """

    note: Annotated
    clause: Clause
    phrase: str
    before: Owner | None
    own: str | None
    fresh: bool
    views: tuple[TableView, ...]


def bound_by(targets: Sequence[Target], setting: Setting) -> str:
    """How the columns were chosen: ``named`` (by words of the clause), ``sole`` (the section's only column),
    ``recalled`` (a word of the label tells which of those spoken of), ``anaphor`` (the clause points back),
    ``ellipsis`` (it says nothing but who and how much), ``inherited`` (nothing points there), ``none`` (no
    column)."""
    if not targets:
        return "none"
    if not any(target.inherited for target in targets):
        return "named"
    if any(target.sole or _alone(target.view) for target in targets):
        return "sole"
    own = _content(setting)
    if any(akin(word, other) > 0 for t in targets for word in own for other in stems(t.column.words)):
        return "recalled"
    if _points_back(setting):
        return "anaphor"
    return "inherited" if own else "ellipsis"


def unsure(one: Assertion, setting: Setting) -> str | None:
    """The Swedish reason why the binding of an assertion is too unsure to refute it; None when it is sure."""
    how = bound_by(one.targets, setting)
    if how == "none":
        return None
    doubt = unsure_columns(one.targets, setting)
    if doubt is not None:
        return doubt
    if _owner_guessed(one, setting) or _of_comparison(one, setting):
        return _NOBODY
    meant = other_matter(one, setting.note, setting.clause)
    if meant is not None:
        return meant
    if _denial_aside(one, setting) or _complement(one, setting):
        return _DENIED
    if isinstance(one.said, FigureSaid) and _elsewhere(one.said, one, how, setting):
        return ELSEWHERE
    return None


def corroborated(said: list[Assertion]) -> list[Assertion]:
    """The assertions of a sentence; those that a figure of the same sentence settles are no longer in doubt.

    Figures of some size seldom fit by chance: one of a named owner that fits tells the column, and one that
    fits as the left side's of a comparison tells whose that side is.
    """
    if all(one.doubt is None for one in said):
        return said
    borne = [one for one in said if _sized(one) and decide(one).verdict == "supported"]
    return [replace(one, doubt=None) if _settled(one, borne) else one for one in said]


def _settled(one: Assertion, borne: Sequence[Assertion]) -> bool:
    """Whether a figure that is borne out settles what an assertion is doubted for."""
    same_column = [other for other in borne if other.targets == one.targets]
    if one.doubt in _COLUMN:
        return any(isinstance(o.said, FigureSaid) and o.said.owner.label for o in same_column)
    if one.doubt not in (_NOBODY, _DENIED) or not isinstance(one.said, CompareSaid):
        return False
    left = one.said.left
    return any(isinstance(o.said, FigureSaid) and o.said.owner == left for o in same_column)


def _sized(one: Assertion) -> bool:
    """Whether an assertion is of a figure in one column, of a size that hardly fits by chance."""
    if not isinstance(one.said, FigureSaid) or len(one.targets) != 1:
        return False
    return one.said.figure.value >= CHANCE or one.said.figure.decimals > 0


def _alone(view: TableView) -> bool:
    """Whether a table shows one indicator only."""
    return len({column.words for column in view.columns}) == 1


def _content(setting: Setting) -> tuple[str, ...]:
    """The stems of what the clause says itself, without words that say how something is."""
    return tuple(word for word in stems(setting.phrase) if word not in _empty())


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    return weak_stems() | plain_stems()


def unsure_columns(targets: Sequence[Target], setting: Setting) -> str | None:
    """The Swedish reason why columns that a clause leans on may not be what it speaks of; None when it names
    them, or points back at them and says nothing else."""
    how = bound_by(targets, setting)
    if how == "inherited":
        return _NO_ANAPHOR
    if how in ("anaphor", "ellipsis") and any(target.stale for target in targets):
        return _STALE
    if how in ("anaphor", "sole", "recalled") and _foreign(targets, setting):
        return _FOREIGN
    return None


def _points_back(setting: Setting) -> bool:
    """Whether the clause has a word for what was spoken of before (resultatet, det, också, sådana)."""
    note, clause = setting.note, setting.clause
    if clause.lead in ("vilket", "vilka") or note.cues_in(clause, "subject", "anaphor", "also"):
        return True
    text = note.lower[clause.start : clause.end]
    if any(
        note.may(name) and grammar(name).search(text) for name in ("sentence_pointing", "sureness_points")
    ):
        return True
    return note.at("compare_points", clause.start) is not None or setting.fresh


def _foreign(targets: Sequence[Target], setting: Setting) -> bool:
    """Whether the clause has a content word of its own that no label it leans on has."""
    label = {word for t in targets for word in stems(f"{t.column.words} {t.view.title}")}
    return any(all(akin(word, other) == 0 for other in label) for word in _content(setting))


def _owner_guessed(one: Assertion, setting: Setting) -> bool:
    """Whether the figure or the left side is the group's only because nobody is named beside it, while the
    text speaks of somebody."""
    said = one.said
    owner = getattr(said, "left", None) if isinstance(said, CompareSaid) else getattr(said, "owner", None)
    if isinstance(said, SetSaid) or owner is None or owner.scope != "members" or owner.label:
        return False
    if isinstance(said, FigureSaid) and said.figure.kind == "range":
        return False
    if all(len({line.key for line in target.view.members}) == 1 for target in one.targets):
        return False  # in a table of one unit the figure is that unit's
    aside = {"members", "00", "lan", said.right.key if isinstance(said, CompareSaid) else None}
    names = {
        name.key
        for name in setting.note.names
        if setting.clause.start <= name.start and name.end <= one.start
    }
    if names - aside or (setting.before is not None and setting.before.key not in {None, *aside}):
        return True
    return setting.own is not None and any(
        len(target.view.members) > 1 and target.view.line(setting.own) is not None for target in one.targets
    )


def _of_comparison(one: Assertion, setting: Setting) -> bool:
    """``två dagar längre i Timrå`` is a difference; in ``760 ligger under snittet`` 760 is not snittet's."""
    if not isinstance(one.said, FigureSaid) or one.said.figure.kind not in ("number", "percent"):
        return False
    after = setting.note.lower[one.said.figure.end : setting.clause.end]
    if grammar("sureness_difference").match(after):
        return True
    at = after.find(one.said.owner.label.lower() or "snittet")
    return at >= 0 and grammar("sureness_against").search(after[:at]) is not None


def _denial_aside(one: Assertion, setting: Setting) -> bool:
    """``Fem har X, dock inte Sala``; ``saknar X, vilket gäller hälften``: whose denial it is, is not told."""
    if not isinstance(one.said, SetSaid):
        return False
    note, clause = setting.note, setting.clause
    negs = [cue for cue in note.cues if cue.kind == "neg"]
    if clause.lead in ("vilket", "vilka") and any(cue.end <= clause.start for cue in negs):
        return True
    starts = {name.start for name in note.names}
    return one.said.negative and any(
        one.end <= cue.start and any(not note.lower[cue.end : at].strip() for at in starts if at >= cue.end)
        for cue in negs
    )


def _complement(one: Assertion, setting: Setting) -> bool:
    """``24 procent återkommer`` of a column of those who do not: the figure is of the others."""
    if not any(_denied(target.column.words) for target in one.targets):
        return False
    return not _denied(setting.note.lower[setting.clause.start : setting.clause.end])


@lru_cache(maxsize=5_000)
def _denied(text: str) -> bool:
    return grammar("sureness_denies").search(text.lower()) is not None


def _elsewhere(said: FigureSaid, one: Assertion, how: str, setting: Setting) -> bool:
    """Whether the figure is the same owner's in another column that may be meant: one that shares a word of
    the clause, the total of what this one is a part of, or one of its unit where this one has none."""
    if how == "named" and all(target.label >= NAMED for target in one.targets):
        return False
    told = {id(target.column) for target in one.targets}
    own = _content(setting)
    bare = kind_of(said.figure) is not None and all(target.column.unit is None for target in one.targets)
    return any(
        id(target.column) not in told
        and (_may_be_meant(target, own) or (bare and target.column.unit is not None))
        and _holds(target, said.owner, said.figure)
        for target in _columns(setting.views)
    )


def _may_be_meant(target: Target, own: Sequence[str]) -> bool:
    """Whether a column's label shares a word with the clause, or is that of a total."""
    if grammar("sureness_total").match(target.column.words.lower()):
        return True
    return any(akin(word, other) > 0 for word in own for other in stems(target.column.words))


def _columns(views: tuple[TableView, ...]) -> Iterator[Target]:
    for view in views:
        for column in view.columns:
            yield Target(view, column, 0.0)


def _holds(target: Target, owner: Owner, figure: Figure) -> bool:
    if not holds_kind(target.column, filter(None, [kind_of(figure)])):
        return False
    value, _ = value_of(target, owner)
    return value is not None and same(figure.value, figure.decimals, value)
