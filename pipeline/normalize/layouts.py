"""Layouts: kinds of tables described as data, and which of them a table is.

A layout never names a document. Its fingerprint says what must be printed or evident; its column rules
say what columns with given heads stand for; its answer rules what colour and text together mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import RegisterError
from pipeline.normalize.answers import ANSWERS, STATUSES

KINDS = ("indicators", "data", "contents", "chart", "layout", "key")
ROLES = ("indicator", "unit", "comment", "minmax", "number", "ignored")
EVIDENCE = ("units_in_rows", "units_in_columns", "own_unit", "own_years", "marks", "key", "contents")


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """What a column whose head matches stands for.

    Attributes:
        unit: of role ``unit``: ``heading`` (the kommun in the heading above, else the document's own),
            a unit_id, or None (what the head itself names).
    """

    header: re.Pattern[str]
    role: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """A condition on a value cell and what it then says; conditions that are None are not asked.

    Attributes:
        colours: colour names, ``none`` for a cell without fill.
        note: keep the cell's text as the answer's note.
    """

    answer: str | None
    status: str
    empty: bool | None = None
    unit_name: bool | None = None
    text: re.Pattern[str] | None = None
    colours: tuple[str, ...] = ()
    note: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of table.

    Attributes:
        priority: of two that match, the higher one is taken.
        evidence: name of a kind of evidence that must hold, else None.
        headers: patterns of which each must be found in some column's head; forbid: none of these may.
        columns: least and greatest number of columns, None when any.
    """

    layout_id: str
    name: str
    kind: str
    priority: int = 0
    orientation: str | None = None
    evidence: str | None = None
    unit_row: bool = False
    headers: tuple[re.Pattern[str], ...] = ()
    forbid: tuple[re.Pattern[str], ...] = ()
    columns: tuple[int, int] | None = None
    rules: tuple[ColumnRule, ...] = ()
    answers: tuple[AnswerRule, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()

    def rule_for(self, head: str) -> ColumnRule | None:
        """The first column rule whose pattern is found in a column's head, or None."""
        return next((rule for rule in self.rules if rule.header.search(head)), None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a table shows of itself.

    Attributes:
        heads: each column's head levels as one text, left to right.
        kinds: names of evidence that hold (:data:`EVIDENCE`).
    """

    heads: tuple[str, ...]
    kinds: frozenset[str]
    n_cols: int
    unit_row: bool


def matching_layout(layouts: Iterable[Layout], evidence: Evidence) -> Layout | None:
    """The layout that describes the table best: highest priority, then id; None when none does."""
    fitting = [layout for layout in layouts if _fits(layout, evidence)]
    return min(fitting, key=lambda layout: (-layout.priority, layout.layout_id), default=None)


def _fits(layout: Layout, evidence: Evidence) -> bool:
    if layout.evidence is not None and layout.evidence not in evidence.kinds:
        return False
    if layout.unit_row and not evidence.unit_row:
        return False
    if layout.columns and not layout.columns[0] <= evidence.n_cols <= layout.columns[1]:
        return False
    if any(pattern.search(head) for pattern in layout.forbid for head in evidence.heads):
        return False
    return all(any(pattern.search(head) for head in evidence.heads) for pattern in layout.headers)


def layouts_from(entries: Iterable[Mapping[str, Any]]) -> tuple[Layout, ...]:
    """Layouts from their YAML entries, ordered by id.

    Raises:
        RegisterError: an entry lacks its id, names an unknown kind, role or evidence, or has a bad pattern.
    """
    made = [_layout(entry) for entry in entries]
    ids = [layout.layout_id for layout in made]
    if len(set(ids)) != len(ids):
        raise RegisterError("Två layouter har samma id. Ge varje layout ett eget id.")
    return tuple(sorted(made, key=lambda layout: layout.layout_id))


def _layout(entry: Mapping[str, Any]) -> Layout:
    layout_id = str(entry.get("id") or "")
    if not layout_id:
        raise RegisterError("En layout saknar id. Ge den ett id.")
    fingerprint: Mapping[str, Any] = entry.get("fingerprint") or {}
    size = fingerprint.get("columns")
    evidence = fingerprint.get("evidence")
    if not evidence and not fingerprint.get("headers"):
        raise RegisterError(f"Layouten ”{layout_id}” saknar fingeravtryck: ange headers eller evidence.")
    return Layout(
        layout_id=layout_id,
        name=str(entry.get("name") or layout_id),
        kind=_one_of(entry.get("kind", "indicators"), KINDS, layout_id, "kind"),
        priority=int(entry.get("priority", 10)),
        orientation=entry.get("orientation"),
        evidence=None if evidence is None else _one_of(evidence, EVIDENCE, layout_id, "evidence"),
        unit_row=bool(fingerprint.get("unit_row", False)),
        headers=_patterns(fingerprint.get("headers"), layout_id),
        forbid=_patterns(fingerprint.get("forbid"), layout_id),
        columns=_size(size),
        rules=tuple(_column(rule, layout_id) for rule in entry.get("columns") or ()),
        answers=tuple(_answer(rule, layout_id) for rule in entry.get("answers") or ()),
        codes=tuple(sorted((str(k).casefold(), str(v)) for k, v in (entry.get("codes") or {}).items())),
    )


def _size(size: int | Sequence[int] | None) -> tuple[int, int] | None:
    if size is None:
        return None
    return (size, size) if isinstance(size, int) else (int(size[0]), int(size[-1]))


def _one_of(value: Any, known: Sequence[str], layout_id: str, name: str) -> str:
    if value not in known:
        listed = ", ".join(known)
        raise RegisterError(f"Layouten ”{layout_id}”: {name} är ”{value}” men måste vara något av {listed}.")
    return str(value)


def _pattern(text: str, layout_id: str) -> re.Pattern[str]:
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise RegisterError(
            f"Layouten ”{layout_id}”: mönstret ”{text}” går inte att läsa ({error})."
        ) from error


def _patterns(texts: Sequence[str] | None, layout_id: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(text, layout_id) for text in texts or ())


def _column(rule: Mapping[str, Any], layout_id: str) -> ColumnRule:
    role = _one_of(rule.get("role"), ROLES, layout_id, "role")
    unit = rule.get("unit")
    return ColumnRule(
        _pattern(str(rule.get("header", "")), layout_id), role, None if unit is None else str(unit)
    )


def _answer(rule: Mapping[str, Any], layout_id: str) -> AnswerRule:
    when: Mapping[str, Any] = rule.get("when") or {}
    answer, status = rule.get("answer"), rule.get("status", "ok")
    text = when.get("text")
    return AnswerRule(
        answer=None if answer is None else _one_of(answer, ANSWERS, layout_id, "answer"),
        status=_one_of(status, ("ok", *STATUSES), layout_id, "status"),
        empty=when.get("empty"),
        unit_name=when.get("unit_name"),
        text=None if text is None else _pattern(str(text), layout_id),
        colours=tuple(when.get("colours") or ()),
        note=bool(rule.get("note", False)),
    )
