"""Parts that together are the whole which the sentence before counted: Av dessa var A vuxna och B barn."""

from __future__ import annotations

from pipeline.claims.decide import Verdict, shown
from pipeline.claims.mentions import Annotated, Figure
from pipeline.claims.statements import Statement


def find_parts_before(note: Annotated, whole: Figure | None) -> tuple[Statement, ...]:
    """The parts of a sentence that opens with "av dessa", where they come to the whole before it.

    Parts need not be all there is, so a sum that differs says nothing.

    Args:
        whole: the last total that the sentences before gave; None when they gave none.
    """
    if whole is None or note.at("parts_opening", 0) is None:
        return ()
    inner = [match.span() for match in note.finditer("parts_inner")]
    parts = [
        one
        for one in note.figures
        if one.kind == "number" and not any(start <= one.start < end for start, end in inner)
    ]
    total = sum(one.value for one in parts)
    if len(parts) < 2 or abs(total - whole.value) >= 0.5:
        return ()
    shows = f"{' + '.join(shown(one.value) for one in parts)} = {shown(total)}"
    told: dict[str, object] = {"value": whole.value, "figure": whole.text.strip()}
    verdict = Verdict("supported", {"shown": shows, "computed": total, "by": "texten"})
    start, end = parts[0].start, parts[-1].end
    return (
        Statement(
            "arithmetic", start, end, "arithmetic.sum", verdict, told, whole.value, whole.unit or "antal"
        ),
    )
