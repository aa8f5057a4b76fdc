"""How many kommuner a text says that its report covers, against the units of its tables."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.claims.decide import Verdict
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated
from pipeline.claims.statements import Statement
from pipeline.claims.view import TableView


def find_report_units(note: Annotated, tables: Sequence[TableView]) -> tuple[Statement, ...]:
    """The size that a sentence gives the report's own group ("rapporten omfattar sju kommuner", "nätverkets
    åtta kommuner"); empty where the tables do not all show one and the same group."""
    if not (note.figures and note.groups):
        return ()
    groups = {frozenset(line.key for line in view.members) for view in tables if len(view.members) > 1}
    if len(groups) != 1:
        return ()
    (members,) = groups
    for figure in note.figures:
        if figure.kind != "number" or figure.hedge is not None or figure.value < 2:
            continue
        group = next((one for one in note.groups if 0 <= one.start - figure.end <= 2), None)
        if group is None or group.scope not in ("members", "city") or group.singular:
            continue
        before, after = note.lower[: figure.start], note.lower[group.end :]
        told = grammar("report_covers").search(before) or grammar("report_groups").search(before)
        if told is None and not grammar("report_within").match(after):
            continue
        if note.cues and any(cue.kind in ("only", "except", "neg") for cue in note.cues):
            continue
        fits = int(figure.value) == len(members)
        found: dict[str, object] = {"units": len(members)}
        verdict = Verdict("supported" if fits else "refuted", found, (), None, "warning")
        printed: dict[str, object] = {"units": int(figure.value)}
        return (
            Statement(
                "metadata", figure.start, group.end, "metadata.units", verdict, printed, figure.value, "antal"
            ),
        )
    return ()
