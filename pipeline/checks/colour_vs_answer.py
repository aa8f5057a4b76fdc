"""colour_vs_answer: a cell whose colour says one thing and whose text another, in a table where colours
mean answers."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import quoted
from pipeline.model import Observation

CHECK = "colour_vs_answer"
#: Colours mean answers in a table where this many coloured answers, and this share of them, agree.
_LEAST, _SHARE, _FIRM = 4, 0.75, 8
_DEFAULT = {"gron": "JA", "rod": "NEJ", "gul": "DELVIS"}
_NAMES = {"gron": "grön", "rod": "röd", "gul": "gul", "gra": "grå"}


@document_check(CHECK)
def colour_vs_answer(case: DocumentCase) -> Iterator[Finding]:
    """One finding per cell whose printed answer its colour contradicts."""
    meaning = {
        **_DEFAULT,
        **{
            colour: answer
            for colour, answer in case.document.legend.colours
            if answer in ("JA", "NEJ", "DELVIS")
        },
    }
    for view in case.views:
        told = [
            seen for seen in view.cells.values() if seen.colour in meaning and seen.answer and _printed(seen)
        ]
        if len(told) < _LEAST:
            continue
        agreeing = [seen for seen in told if meaning[seen.colour or ""] == seen.answer]
        if len(agreeing) < _SHARE * len(told) or len({seen.answer for seen in agreeing}) < 2:
            continue
        severity = "error" if len(agreeing) >= _FIRM else "warning"
        for seen in told:
            if meaning[seen.colour or ""] != seen.answer:
                yield _finding(seen, meaning[seen.colour or ""], severity)


def _printed(seen: Observation) -> bool:
    """The answer stands in the cell as a word: it was not read from the colour."""
    return seen.value_raw.strip().upper().startswith(("JA", "NEJ", "DELVIS"))


def _finding(seen: Observation, meant: str, severity: str) -> Finding:
    colour = _NAMES.get(seen.colour or "", seen.colour or "")
    return Finding(
        check=CHECK,
        severity=severity,
        document_id=seen.document_id,
        page=seen.box.page,
        boxes=(seen.box,),
        message=(
            f"Avvikelse i {seen.table_label or 'tabellen'}, {quoted(seen.indicator_label)}: cellen för "
            f"{seen.unit_label} är {colour} ({meant}) men innehåller {seen.value_raw}."
        ),
        key=(seen.table_label, seen.indicator_label, seen.unit_label),
        asserted=f"{colour} ({meant})",
        found=seen.value_raw,
        table_id=seen.table_id,
        table_label=seen.table_label,
        observations=(seen,),
        suspects=frozenset({seen.observation_id}),
        place=(f"{seen.table_id}|{seen.indicator_label}",),
        evidence=(seen.colour or "",),
    )
