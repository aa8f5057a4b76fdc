"""How great a change was, said of the one told just before: "Minskningen är liten", "den stora ökningen"."""

from __future__ import annotations

from pipeline.claims.changes import Change
from pipeline.claims.decide import Verdict, shown, undecidable
from pipeline.claims.lexicon import grammar
from pipeline.claims.mentions import Annotated
from pipeline.claims.statements import Statement

#: Percentage points up to which a change may be called small, and from which great.
SMALL, GREAT = 5.0, 8.0
_UP, _DOWN = ("ökning", "uppgång", "höjning"), ("minskning", "nedgång", "sänkning")


def find_change_degree(note: Annotated, before: Change | None) -> tuple[Statement, ...]:
    """The size that a sentence gives the change of the sentence before it; nothing without such a change.

    Args:
        before: the last change told in the same paragraph, with its figures in per cent.
    """
    match = note.search("change_degree")
    if match is None or before is None or before.value is None or before.base is None:
        return ()
    if before.value.kind != "percent" or before.base.kind != "percent":
        return ()
    gap = round(before.value.value - before.base.value, 6)
    small = grammar("change_degree_small").search(match.group()) is not None
    asserted: dict[str, object] = {"degree": "slight" if small else "clear", "difference": gap}
    return (
        Statement(
            "change",
            match.start(),
            match.end(),
            "change.degree",
            _decide(match["what"], gap, small=small),
            asserted,
            abs(gap),
            "procentenheter",
        ),
    )


def _decide(what: str, gap: float, *, small: bool) -> Verdict:
    """Borne out within the bounds; a word for the other direction tells that another change is meant."""
    found: dict[str, object] = {"shown": f"skillnaden är {shown(abs(gap))} procentenheter", "by": "texten"}
    if (what.startswith(_UP) and gap <= 0) or (what.startswith(_DOWN) and gap >= 0):
        return undecidable("meningen före berättar om en förändring åt andra hållet", **found)
    if abs(gap) <= SMALL if small else abs(gap) >= GREAT:
        return Verdict("supported", found)
    return undecidable("hur stor en förändring ska vara för det ordet är en bedömning", **found)
