"""Why a statement that a table seems to refute may be right all the same: another year, a wish, another
thing."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.assertion import Assertion, FigureSaid, SetSaid
from pipeline.claims.decide import Verdict, value_of
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated, Clause
from pipeline.claims.tolerance import same
from pipeline.claims.units import holds_kind, kind_of

#: Without the word for the kind of thing (rutin, plan, överenskommelse) a list must name this much of a
#: label.
HEADLESS = 0.6
#: A column that met less of its own label than this was chosen by few words.
FAINT = 0.45
#: A column whose label met less than this by words that name nothing was hardly chosen for a number.
VAGUE = 0.75
#: Parts of those whom a column counts.
_PARTS = ("kvinnor", "män", "flickor", "pojkar", "ungdomar", "vuxna")
#: … and so was one of which an earlier sentence met less than this.
FAINT_BEFORE = 0.6
#: The reason of a figure that stands in another column than the one that it was bound to.
OTHER_COLUMN = "talet står i en annan kolumn för samma enhet, och texten säger inte tydligt vilken den menar"


def softened(
    verdict: Verdict, note: Annotated, one: Assertion, year: int | None, following: str = ""
) -> Verdict:
    """The verdict, made undecidable where a refuted statement has an excuse; others are left as they are.

    Args:
        year: the edition of the document; a sentence about another year says nothing of its tables.
        following: the next sentence of the paragraph in lower case, which may tell an exception.
    """
    if verdict.verdict != "refuted":
        return verdict
    clause = next((c for c in note.clauses if c.start <= one.start < c.end), note.clauses[-1])
    reason = _excuse(note, clause, one, year)
    whole = isinstance(one.said, SetSaid) and one.said.quantifier in ("all", "none")
    if whole and grammar("structure_exception_next").match(following):
        reason = "nästa mening anger undantag"
    return verdict if reason is None else replace(verdict, verdict="undecidable", reason=reason)


def counted_now(note: Annotated, verdict: Verdict) -> Verdict:
    """The verdict on a count, made undecidable where a refuted one is told of an earlier year."""
    if verdict.verdict != "refuted" or not grammar("circumstance_earlier").search(note.lower):
        return verdict
    return replace(verdict, verdict="undecidable", reason="påståendet gäller ett annat år än tabellen")


def _excuse(note: Annotated, clause: Clause, one: Assertion, year: int | None) -> str | None:
    if one.doubt is not None:
        return one.doubt
    text = note.lower[clause.start : clause.end]
    labels = " ".join(target.column.words.lower() for target in one.targets)
    dated = all(target.column.year not in (None, year) for target in one.targets) and bool(one.targets)
    if _other_year(note, clause, one, year) or (not dated and _earlier(text, labels)):
        return "påståendet gäller ett annat år än tabellen"
    unreal = grammar("circumstance_unreal").search(text) or grammar("circumstance_opening").match(note.lower)
    if unreal is not None and unreal.group().strip() not in labels:
        return "meningen säger vad som bör, ska eller kan gälla"
    if grammar("circumstance_pointer").search(note.lower):
        return "meningen säger var något finns att läsa, inte vad svaren är"
    if isinstance(one.said, FigureSaid) and any(target.score <= 0.0 for target in one.targets):
        return "meningen nämner inte vilken uppgift i tabellen talet gäller"
    vague = any(not t.telling and not t.inherited and t.label < VAGUE for t in one.targets)
    if isinstance(one.said, FigureSaid) and one.claim_type == "number" and vague:
        return "meningen nämner inte tydligt vilken uppgift i tabellen talet gäller"
    if isinstance(one.said, FigureSaid) and _of_a_part(one.said, labels):
        return "talet gäller en del av dem som kolumnen räknar"
    if isinstance(one.said, FigureSaid) and _lent(one.said, one):
        return "tabellen visar ett svar för enheten, inget tal"
    if isinstance(one.said, FigureSaid) and _stands_elsewhere(one.said, one):
        return OTHER_COLUMN
    if isinstance(one.said, SetSaid) and any(t.headless and t.label < HEADLESS for t in one.targets):
        return "texten nämner inte det slags sak som indikatorn frågar efter"
    return None


def _of_a_part(said: FigureSaid, labels: str) -> bool:
    """Whether a number counts kvinnor, pojkar … of whom the label says nothing."""
    unit = said.figure.unit or ""
    return said.figure.kind == "number" and unit in _PARTS and unit[:5] not in labels


def _lent(said: FigureSaid, one: Assertion) -> bool:
    """Whether a percentage of one unit was held against the group's share, the unit having an answer."""
    if said.figure.kind != "percent" or said.figure.bracket or said.others or said.owner.key is None:
        return False
    cells = [value_of(target, said.owner) for target in one.targets]
    return any(value is None and seen is not None and seen.answer is not None for value, seen in cells)


def _earlier(text: str, labels: str) -> bool:
    """Whether an earlier year is spoken of, by a word that is none of the label's own (tidigare beslut)."""
    return any(match.group() not in labels for match in grammar("circumstance_earlier").finditer(text))


def _stands_elsewhere(said: FigureSaid, one: Assertion) -> bool:
    """Whether a figure is the same unit's in another year, or in another column where few words chose this
    one."""
    faint = any(target.label < (FAINT_BEFORE if target.inherited else FAINT) for target in one.targets)
    told = {target.column.index for target in one.targets}
    for target in one.targets:
        for column in target.view.columns:
            near = faint or column.words == target.column.words
            held = holds_kind(column, filter(None, [kind_of(said.figure)]))
            if column.index in told or not near or not held:
                continue
            value, _ = value_of(target._replace(column=column), said.owner)
            if value is not None and same(said.figure.value, said.figure.decimals, value):
                return True
    return False


def _other_year(note: Annotated, clause: Clause, one: Assertion, year: int | None) -> bool:
    held = {target.column.year for target in one.targets}
    years = {int(f.value) for f in note.figures if f.kind == "year" and clause.start <= f.start < clause.end}
    return bool(years) and year is not None and not years & {year, *held}
