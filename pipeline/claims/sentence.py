"""One sentence to assertions: clause by clause, each with the columns it speaks of."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.assertion import MEMBERS, Assertion, FigureSaid, Owner, Said, SetSaid
from pipeline.claims.binding import Bound, Wanted
from pipeline.claims.carried import plural, remember, retold_owner, with_rest
from pipeline.claims.compare import Compared, find_comparisons
from pipeline.claims.compare_sets import sided
from pipeline.claims.context import Context, Tables
from pipeline.claims.doubt import admitting, doubtful
from pipeline.claims.lexicon import grammar, load_lexicon
from pipeline.claims.listed import SetFound
from pipeline.claims.mentions import Annotated, Clause, Figure
from pipeline.claims.owners import figure_owners, figure_said
from pipeline.claims.phrase import phrase_of
from pipeline.claims.polarity import polarity, without_label_denials
from pipeline.claims.ranks import Ranked, find_ranges, find_ranks
from pipeline.claims.sets import find_sets
from pipeline.claims.spans import find_spans
from pipeline.claims.sureness import Setting, unsure
from pipeline.claims.thresholds import in_label, levelled, of_counted
from pipeline.claims.units import kinds_in

#: Cues that may stand for somebody, or turn what is said, without a name or a figure.
_SPEAKING = frozenset({"subject", "neg", "rank", "second"})
#: Cues of a set that needs neither.
_COUNTING = frozenset({"quant", "everywhere"})
#: Names in a sentence that shares no more than this with any column assert nothing about a table.
UNRELATED = 0.2


def read_sentence(note: Annotated, tables: Tables, context: Context) -> list[Assertion]:
    """The assertions of a sentence about tables, in order; ``context`` is brought up to date."""
    intro = _intro(note)
    owned = figure_owners(note)
    made: list[Assertion] = []
    quiet = _nobody(note) and all(cue.kind not in _COUNTING for cue in note.cues)
    for clause in note.clauses:
        if quiet and clause.lead != "men":
            _topic(note, clause, tables, context, intro)
            continue
        made.extend(_read_clause(note, clause, tables, context, owned, intro))
    return made


def _intro(note: Annotated) -> int:
    """Where the assertion begins, after "Tabell 3 visar att"; 0 without such an opening."""
    end = 0
    for at, expression in enumerate(load_lexicon().intros):
        match = expression.search(note.lower) if note.may(f"words_intro_{at}") else None
        end = max(end, match.end()) if match is not None else end
    return end


def _read_clause(
    note: Annotated, clause: Clause, tables: Tables, context: Context, owned: dict[Figure, Owner], intro: int
) -> list[Assertion]:
    members = _members(tables, context)
    found = find_sets(note, clause, members, intro=intro > 0)
    if not found and clause.lead != "men" and _nobody(note):
        _topic(note, clause, tables, context, intro)
        return []
    phrase = _phrase(note, clause, intro)
    bound = _bind(note, clause, phrase, tables, context, intro, said_sets=bool(found))
    plain = without_label_denials(note, clause, bound.targets)
    if plain is not note:
        note, phrase = plain, _phrase(plain, clause, intro)
        found = find_sets(note, clause, members, intro=intro > 0)
    owned = owned | retold_owner(note, clause, context, owned)
    stated = {figure: owner for figure, owner in owned.items() if not in_label(figure, bound)}
    ranks = _ranks(note, clause, members, bound)
    compared = find_comparisons(note, clause, stated, context.owner)
    sets, level = levelled(note, clause, with_rest(list(found), context), bound)
    sets = [one for one in sets if one.said.than is not None or not _consumed(one, ranks, stated)]
    sets = [one for one in sets if not _is_side(one, compared)]
    sets, compared = sided(sets, compared)
    figures = [
        figure
        for figure in stated
        if figure is not level
        and not of_counted(note, figure, stated[figure])
        and clause.start <= figure.start < clause.end
        and figure.kind in ("percent", "number", "range")
        and all(one.said.figure is None or one.said.figure.start != figure.start for one in sets)
        and not any(getattr(one.said, "figure", None) is figure for one in ranks)
    ]
    spans = find_spans(note, clause)
    figures = [one for one in figures if all(not one_in(one, span) for span in spans)] + list(spans)
    owned = owned | dict.fromkeys(spans, MEMBERS)
    if not (sets or ranks or figures or compared) and clause.lead == "men":
        sets = _same_subject(note, clause)
    if not (ranks or sets or compared or figures):
        _topic(note, clause, tables, context, intro)
        return []
    if not bound.targets and not bound.rivals and bound.best < UNRELATED:
        sets = [one for one in sets if one.said.quantifier not in ("list", "only")]
    if not bound.targets and any(one.rule.startswith("range") for one in ranks):
        bound = Bound(tables.with_ranges(context), reason=bound.reason)
    many = plural(note, clause, context)
    bound = Bound(many) if many else bound
    setting = _setting(note, clause, phrase, tables, context)
    context.speak_of(() if many else bound.targets)
    remember(context, sets, figures, owned, ranks)
    told = {
        figure: FigureSaid(MEMBERS, figure)
        if figure in spans
        else figure_said(note, clause, figure, owned[figure])
        for figure in figures
    }
    admits = admitting(note, clause, told)
    doubt = doubtful(note, clause, setting.phrase, bound.targets, tables.index(tables.views), admits)
    made = _assertions(sets, ranks, told, compared, bound)
    why = [doubt or unsure(one, setting) for one in made]
    return [one if told is None else replace(one, doubt=told) for one, told in zip(made, why, strict=True)]


def _ranks(note: Annotated, clause: Clause, members: frozenset[str], bound: Bound) -> list[Ranked]:
    """The places and intervals that a clause tells; of intervals nobody is highest."""
    told = [*find_ranks(note, clause, members), *find_ranges(note, clause, members)]
    told = [one for one in told if not in_label(getattr(one.said, "figure", None), bound)]
    ranges = [one for one in told if one.rule.startswith("range")]
    return ranges or told


def _setting(note: Annotated, clause: Clause, phrase: str, tables: Tables, context: Context) -> Setting:
    return Setting(note, clause, phrase, context.owner, tables.own_unit, context.told == 0, tables.views)


def one_in(figure: Figure, span: Figure) -> bool:
    """Whether a figure is an end of a span that names no unit of its own there."""
    return span.start <= figure.start < span.end and " i " not in span.text


def _assertions(
    sets: list[SetFound],
    ranks: list[Ranked],
    figures: dict[Figure, FigureSaid],
    compared: tuple[Compared, ...],
    bound: Bound,
) -> list[Assertion]:
    """Everything a clause asserts about the columns it is bound to, in the order of the text."""
    told: list[tuple[str, int, int, str, Said]] = [
        (one.claim_type, one.start, one.end, one.rule, one.said) for one in sets
    ]
    for one in ranks:
        told.append(
            ("range" if one.rule.startswith("range") else "rank", one.start, one.end, one.rule, one.said)
        )
    for figure, said in figures.items():
        kind = {"percent": "percent", "range": "range"}.get(figure.kind, "number")
        told.append((kind, figure.start, figure.end, f"{kind}.owner", said))
    told += [("comparison", pair.start, pair.end, pair.rule, pair.said) for pair in compared]
    made = [Assertion(*one, bound.targets, bound.reason, bound.rivals) for one in told]
    return sorted(made, key=lambda one: (one.start, one.end, one.claim_type))


def _same_subject(note: Annotated, clause: Clause) -> list[SetFound]:
    """``Köping har X men inte Y``, ``saknar X men erbjuder Y``: the clause after "men" speaks of the units
    named before it."""
    before = [one for one in note.lists if one.end <= clause.start and one.role in ("subject", "place")]
    own = any(clause.start <= one.start < clause.end for one in note.lists)
    negative, degree = polarity(note, clause)
    negative = negative or grammar("sentence_has_none").match(note.lower, clause.start) is not None
    told = negative or grammar("sentence_goes_on").match(note.lower, clause.start)
    if own or not before or not told or (not negative and len(before[-1].names) > 1):
        return []
    said = SetSaid("list", MEMBERS, before[-1].names, negative=negative, degree=degree)
    return [SetFound(said, clause.start, clause.end, "named_list.ellipsis")]


def _nobody(note: Annotated) -> bool:
    """Whether a sentence has neither figures nor anybody to say them of: most running text, told at once."""
    if note.figures or note.names or note.groups or note.lists:
        return False
    return all(cue.kind not in _SPEAKING for cue in note.cues)


def _topic(note: Annotated, clause: Clause, tables: Tables, context: Context, intro: int) -> None:
    """A clause that asserts nothing may still name what the next one speaks of."""
    if clause.lead not in ("vilket", "vilka") and (context.explicit or context.near):
        phrase = phrase_of(note, min(max(clause.start, intro), clause.end), clause.end)
        context.speak_of(tables.topic(phrase, context))


def _members(tables: Tables, context: Context) -> frozenset[str]:
    views = context.explicit or context.near or tables.views
    return tables.members(views) or tables.members(tables.views)


def _consumed(found: SetFound, ranks: list[Ranked], owned: dict[Figure, Owner]) -> bool:
    """Whether a list only carries a figure or rank of its own: it then says nothing about answers."""
    if found.said.quantifier in ("all", "none"):
        return bool(ranks)  # "snabbast av alla kommuner"
    if found.said.quantifier not in ("list", "only"):
        return False
    if any(one.start <= found.start <= one.end for one in ranks):
        return True
    keys = {name.key for name in found.said.names}
    return any(
        owner.key in keys and not figure.bracket and figure.kind in ("number", "percent")
        for figure, owner in owned.items()
    )


def _is_side(found: SetFound, compared: tuple[Compared, ...]) -> bool:
    """Whether a list is only the left side of a comparison (Sala har en högre andel än riket)."""
    sides = {op for pair in compared for op in pair.said.ops} <= {"higher", "lower"}
    if found.said.quantifier != "list" and not (found.said.quantifier == "only" and not sides):
        return False
    keys = {name.key for name in found.said.names}
    return any(pair.said.left.key in keys for pair in compared)


def _phrase(note: Annotated, clause: Clause, intro: int) -> str:
    """What a clause says without who and how much, after an opening like "Tabell 3 visar att"."""
    return phrase_of(note, clause.start if clause.start >= intro else min(intro, clause.end), clause.end)


def _bind(
    note: Annotated,
    clause: Clause,
    phrase: str,
    tables: Tables,
    context: Context,
    intro: int,
    *,
    said_sets: bool,
) -> Bound:
    text = note.lower[clause.start : clause.end]
    retelling = bool(note.cues_in(clause, "subject", "anaphor")) or clause.lead in ("vilket", "vilka")
    retelling = retelling or note.at("compare_points", clause.start) is not None
    pointing = note.may("sentence_pointing") and grammar("sentence_pointing").search(text) is not None
    wanted = Wanted(kinds_in(note, clause), years_of(note, clause, context.year))
    bound, fresh = tables.bind(
        phrase, context, retelling=retelling and not said_sets, pointing=pointing, wanted=wanted
    )
    first = clause.start == 0 and len(note.clauses) > 1
    if not fresh and first and not retelling and not pointing:
        turn = next((c.start for c in note.clauses[1:] if c.lead == "men"), len(note.text))
        whole, new = tables.bind(
            phrase_of(note, min(intro, turn), turn), context, retelling=False, pointing=False, wanted=wanted
        )
        if new and whole.targets:
            return whole
    return bound


def years_of(note: Annotated, clause: Clause, edition: int | None) -> frozenset[int]:
    """The years that a clause names (2020, förra året), else the one year that its sentence names."""
    years = [
        one
        for one in note.figures
        if one.kind == "year" and note.before("sentence_base_year", one.start) is None
    ]
    aside = [one for one in note.clauses if one.lead in ("vilket", "vilka") and one != clause]
    shared = [one for one in years if not any(part.start <= one.start < part.end for part in aside)]
    told = {int(one.value) for one in shared}
    here = {int(one.value) for one in years if clause.start <= one.start < clause.end}
    if edition is not None and note.may("sentence_last_year"):
        ago = grammar("sentence_last_year").search(note.lower[clause.start : clause.end])
        here |= {edition - 1} if ago else set()
    return frozenset(here or (told if len(told) == 1 else ()))


def year_asked(note: Annotated, edition: int | None) -> int | None:
    """The one earlier year that a whole sentence is told of; None when it is told of the edition's own."""
    aside = note.search("structure_insertion") or note.search("sentence_year_aside")
    end = next((one.start for one in note.clauses if one.lead in ("vilket", "vilka")), len(note.text))
    years = years_of(note, Clause(0, end), edition) if aside is None else frozenset()
    return next(iter(years)) if len(years) == 1 and years != {edition} else None


__all__ = ["SetSaid", "phrase_of", "read_sentence"]
