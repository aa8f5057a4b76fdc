"""One contradiction is one flag: findings that a single wrong cell or word explains are shown together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.checks.findings import Finding, worst

#: A number that its own list of names does not bear out goes with whatever else is wrong with the list.
NAMED = "arithmetic.list"
#: The sentence that a reader can check comes first, the table's own sums after it.
_ORDER = ("text_vs_table", "count_statement", "comment_vs_answer", "summary_row")


def merge(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings of one document with those about the same cause joined.

    Two findings have the same cause when they stand in the same sentence about the same column, or when
    one is of the table itself and shares a suspect cell with the other: two sentences that a table
    contradicts are two errors unless the table shows that its own cell is the wrong one. Info findings
    are left as they are.
    """
    loud = [one for one in findings if one.severity != "info"]
    quiet = [one for one in findings if one.severity == "info"]
    groups: list[list[Finding]] = []
    for one in loud:
        joined = [group for group in groups if any(_same_cause(one, other) for other in group)]
        fresh = [one, *(member for group in joined for member in group)]
        groups = [group for group in groups if group not in joined]
        groups.append(fresh)
    return (*(_together(group) for group in groups), *quiet)


def _same_cause(one: Finding, other: Finding) -> bool:
    here = one.sentence is not None and one.sentence == other.sentence and one.boxes == other.boxes
    if here and NAMED in (one.key[1:2] + other.key[1:2]):
        return True
    if one.document_id != other.document_id or not set(one.place) & set(other.place):
        return False
    if here:
        return True
    if one.sentence is not None and other.sentence is not None:
        return False
    return bool(one.suspects & other.suspects)


def _together(group: list[Finding]) -> Finding:
    if len(group) == 1:
        return group[0]
    ordered = sorted(group, key=_rank)
    first, rest = ordered[0], ordered[1:]
    messages = list(dict.fromkeys(one.message for one in rest if one.message != first.message))
    shown = first.message if not messages else f"{first.message} Samma uppgift: {' '.join(messages)}"
    seen = {cell.observation_id: cell for one in ordered for cell in one.observations}
    return replace(
        first,
        severity=worst(one.severity for one in ordered),
        message=shown,
        observations=tuple(seen.values()),
        suspects=frozenset().union(*(one.suspects for one in ordered)),
        asserted=_joined([one.asserted for one in ordered]),
        found=_joined([one.found for one in ordered]),
    )


def _rank(one: Finding) -> tuple[int, int, int, str, str]:
    order = _ORDER.index(one.check) if one.check in _ORDER else len(_ORDER)
    return (order, one.order, one.page, one.key_text, one.message)


def _joined(texts: Sequence[str | None]) -> str | None:
    told = list(dict.fromkeys(text for text in texts if text))
    return " · ".join(told) if told else None
