"""How units stand to each other: "fyra gånger så lång tid i A som i B", "A ligger på fjärde plats"."""

from __future__ import annotations

import re

from pipeline.claims.assertion import Owner
from pipeline.claims.binding import LEAD, LOCAL, Target
from pipeline.claims.context import Context, Tables
from pipeline.claims.decide import Verdict, answers, shown, value_of
from pipeline.claims.decide_figures import scale_of
from pipeline.claims.lexicon import grammar, load_lexicon
from pipeline.claims.mentions import Annotated, Name
from pipeline.claims.owners import owner_of_name
from pipeline.claims.phrase import phrase_of
from pipeline.claims.statements import Statement
from pipeline.claims.text import stems

#: A stated factor holds when the factor of the cells is this near (a share of it), and is refuted beyond …
_NEAR, _FAR = 0.13, 0.25
_WORDS = {"dubbelt": 2.0, "hälften": 0.5}


def find_standings(note: Annotated, tables: Tables, context: Context) -> list[Statement]:
    """The factor between two units, or a unit's place, that a sentence tells of a column it names itself.

    A sentence that denies, or that speaks of other years, tells nothing here.
    """
    names = [name for name in note.names if name.key != "members"]
    if len(names) not in (1, 2) or not (context.explicit or context.near):
        return []
    if any(one.kind == "year" for one in note.figures) or any(cue.kind == "neg" for cue in note.cues):
        return []
    if len(names) == 2:
        return _factor(note, names, tables, context)
    return _place(note, names[0], tables, context)


def _named(
    note: Annotated, match: re.Match[str], names: list[Name], tables: Tables, context: Context
) -> Target | None:
    """The one column that the sentence names, of the tables that hold its units: those at hand, else any."""
    keys = [name.key for name in names]
    holding = [view for view in tables.views if all(view.line(key) is not None for key in keys)]
    near = [view for view in context.explicit or context.near if view in holding]
    ranked = tables.index(tuple(near or holding)).rank(_without(note, match))
    if not ranked or not ranked[0].telling or ranked[0].score < LOCAL:
        return None
    top = ranked[0]
    rivals = [o for o in ranked if o.column.words != top.column.words and top.score - o.score < LEAD]
    return None if rivals else top


def _factor(note: Annotated, names: list[Name], tables: Tables, context: Context) -> list[Statement]:
    """``I A är X åtta gånger så hög som i B``: the first is so many times the second."""
    match = note.search("standings_times")
    one, two = names
    if match is None or not one.end <= match.start() < match.end() <= two.start:
        return []
    if grammar("standings_than").search(note.lower, match.end(), two.start) is None:
        return []
    word = match["times"] or match["word"]
    stated = _WORDS.get(word) or load_lexicon().numbers.get(word) or float(word)
    target = _named(note, match, names, tables, context)
    values = [value_of(target, owner_of_name(name))[0] for name in names] if target is not None else []
    if target is None or len(values) < 2 or values[0] is None or not values[1]:
        return []
    hedge = (match["hedge"] or "").strip()
    verdict = _of_factor(stated, values[0] / values[1], hedge)
    if verdict is None:
        return []
    text = f"tabellen visar ”{target.column.label}” {shown(values[0])} för {one.label} och {shown(values[1])}"
    found: dict[str, object] = {"by": "tabellen", "shown": f"{text} för {two.label}"}
    told: dict[str, object] = {"left": one.label, "times": stated, "right": two.label}
    return [_statement(note, match, "comparison.times", Verdict(verdict, found), told, target, names)]


def _of_factor(stated: float, factor: float, hedge: str) -> str | None:
    """supported, refuted, or None between the two."""
    off = factor / stated - 1
    if hedge in ("mer än", "över", "drygt", "minst"):
        return "supported" if off >= -0.01 else "refuted" if off < -_NEAR else None
    if hedge in ("nästan", "knappt", "närmare"):
        return "supported" if -_FAR <= off <= 0.01 else "refuted" if abs(off) > _FAR else None
    return "supported" if abs(off) <= _NEAR else "refuted" if off < -_NEAR or off > _FAR else None


def _place(note: Annotated, name: Name, tables: Tables, context: Context) -> list[Statement]:
    """``A placerar sig på fjärde plats``: by the table's column of places, else by the column named."""
    match = note.search("standings_place")
    if match is None:
        return []
    nth = load_lexicon().ordinals.get(match["nth"] or "") or int(match["number"] or 0)
    target = _named(note, match, [name], tables, context)
    rest = stems(grammar("standings_small").sub(" ", _without(note, match)))
    target = target or (None if rest else _places(context))
    if not nth or target is None:
        return []
    owner = owner_of_name(name)
    places = _standing(target, owner)
    if places is None:
        return []
    first, last = places
    held = f"plats {first}" if first == last else f"plats {first}–{last} (delad)"
    found: dict[str, object] = {
        "by": "tabellen",
        "shown": f"tabellen visar {held} för {name.label} i ”{target.column.label}”",
    }
    verdict = Verdict("supported" if first <= nth <= last else "refuted", found)
    told: dict[str, object] = {"unit": name.label, "place": nth}
    return [_statement(note, match, "rank.place", verdict, told, target, [name])]


def _without(note: Annotated, match: re.Match[str]) -> str:
    """What the sentence says without who and how much, and without the words of the standing."""
    cut = phrase_of(note, 0, match.start()) + " " + phrase_of(note, match.end(), len(note.text))
    return cut.lower()


def _places(context: Context) -> Target | None:
    """The column of places of the one table at hand that has one."""
    found = [
        Target(view, column, 1.0)
        for view in context.explicit or context.near
        for column in view.columns
        if grammar("standings_column").fullmatch(column.label.lower())
    ]
    return found[0] if len(found) == 1 else None


def _standing(target: Target, owner: Owner) -> tuple[int, int] | None:
    """The first and last place that a unit can be said to have; None when the column cannot tell."""
    value = value_of(target, owner)[0]
    if value is None:
        return None
    if grammar("standings_column").fullmatch(target.column.label.lower()):
        return int(value), int(value)
    seen = [one for _, one in answers(target.view, target.column) if one is not None]
    values = [one.value for one in seen if one.value is not None]
    scale = scale_of(target, seen[0]) if seen else None
    if scale is None or len(values) < len(target.view.members):
        return None
    better = sum((one - value) * scale > 0 for one in values)
    return better + 1, better + sum(one == value for one in values)


def _statement(
    note: Annotated,
    match: re.Match[str],
    rule: str,
    verdict: Verdict,
    told: dict[str, object],
    target: Target,
    names: list[Name],
) -> Statement:
    view = target.view
    return Statement(
        rule.split(".")[0], match.start(), match.end(), rule, verdict, told,
        unit_ids=tuple(one.key for one in names if ":" not in one.key),
        table_id=view.table_id, table_label=view.label,
    )  # fmt: skip
