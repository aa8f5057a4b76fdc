"""Table labels: printed ones, and those that follow from the document's list of appendices or the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model import Table
from pipeline.normalize.headings import Label, label_in


def printed_label(table: Table, chain: Sequence[str]) -> Label | None:
    """The label that the table's caption, or else the appendix heading right above it, prints."""
    for text in (table.label, table.caption):
        found = label_in(text)
        if found is not None:
            title = found.title or (table.caption if text is table.label and table.caption else "")
            return Label(found.kind, found.number, title)
    nearest = label_in(chain[0]) if chain else None
    return nearest if nearest is not None and nearest.kind == "Bilaga" else None


def inferred_labels(
    printed: Sequence[Label | None], wanted: Sequence[bool], appendices: Mapping[str, str]
) -> list[Label | None]:
    """Labels for tables that print none, where the document leaves only one answer.

    Args:
        printed: each table's printed label, in order; wanted: whether the table states indicator values.
        appendices: the document's own list, number → title.

    A run of unlabelled tables takes the numbers missing around it when there are just as many of both: of
    the listed appendices, else (between two printed labels of one kind) of that kind's own counting.
    """
    inferred: list[Label | None] = [None] * len(printed)
    places = [index for index, keep in enumerate(wanted) if keep]
    at = 0
    while at < len(places):
        if printed[places[at]] is not None:
            at += 1
            continue
        start = at
        while at < len(places) and printed[places[at]] is None:
            at += 1
        before = printed[places[start - 1]] if start else None
        after = printed[places[at]] if at < len(places) else None
        for place, label in zip(
            places[start:at], _missing(before, after, at - start, printed, appendices), strict=False
        ):
            inferred[place] = label
    return inferred


def _missing(
    before: Label | None,
    after: Label | None,
    count: int,
    printed: Sequence[Label | None],
    appendices: Mapping[str, str],
) -> list[Label]:
    known = {label.number.upper() for label in printed if label is not None and label.kind == "Bilaga"}
    if appendices and (known or count == len(appendices)):
        low = _number(before, "Bilaga")
        high = _number(after, "Bilaga")
        left = [
            Label("Bilaga", number, title)
            for number, title in appendices.items()
            if number not in known and _between(number, low, high)
        ]
        if len(left) == count:
            return left
    if before is not None and after is not None and before.kind == after.kind:
        low, high = _number(before, before.kind), _number(after, after.kind)
        if low is not None and high is not None and high - low - 1 == count:
            return [Label(before.kind, str(number), "") for number in range(low + 1, high)]
    return []


def _number(label: Label | None, kind: str) -> int | None:
    if label is None or label.kind != kind or not label.number.isdigit():
        return None
    return int(label.number)


def _between(number: str, low: int | None, high: int | None) -> bool:
    if not number.isdigit():
        return low is None and high is None
    return (low is None or int(number) > low) and (high is None or int(number) < high)
