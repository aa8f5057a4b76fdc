"""unknown_name: a name in text or tables that no register knows, but that is nearly one it does."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.findings import Finding
from pipeline.checks.registry import DocumentCase, document_check
from pipeline.checks.wording import quoted
from pipeline.claims.names import near_names

CHECK = "unknown_name"


@document_check(CHECK)
def unknown_name(case: DocumentCase) -> Iterator[Finding]:
    """One finding per misspelt name: in the text with every sentence it stands in, in tables per label."""
    yield from _in_text(case)
    yield from _in_tables(case)


def _in_text(case: DocumentCase) -> Iterator[Finding]:
    seen: dict[str, Finding] = {}
    for sentence, name in near_names(case.document, case.registers):
        if name.text in seen:
            continue
        seen[name.text] = Finding(
            check=CHECK,
            severity="warning",
            document_id=case.document.record.document_id,
            page=sentence.page,
            boxes=sentence.boxes,
            message=f"Avvikelse: namnet {quoted(name.text)} finns inte. Menas {quoted(name.label)}?",
            key=("text", name.text),
            asserted=name.text,
            found=name.label,
            sentence=sentence.text,
            evidence=(name.text, name.label),
        )
    yield from seen.values()


def _in_tables(case: DocumentCase) -> Iterator[Finding]:
    told: set[str] = set()
    for reading in case.document.tables:
        title = reading.label or reading.table.caption or "tabellen"
        for axis in (*reading.row_axes, *reading.col_axes):
            if axis.kind == "unit" and axis.near and axis.label not in told:
                told.add(axis.label)
                proposal = axis.near[0].partition(": ")[2] or axis.near[0]
                yield _table_finding(
                    case, axis.label, proposal, title, reading.table_id, reading.table.page_first
                )
    for one in case.document.unmatched:
        if one.register == "units" and one.candidates and one.label not in told:
            told.add(one.label)
            proposal = one.candidates[0].partition(": ")[2] or one.candidates[0]
            yield _table_finding(case, one.label, proposal, one.table_label or "tabellen", None, one.page)


def _table_finding(
    case: DocumentCase, label: str, proposal: str, title: str, table_id: str | None, page: int
) -> Finding:
    cells = tuple(seen for seen in case.document.observations if seen.unit_label == label)
    boxes = tuple(seen.box for seen in cells[:1])
    return Finding(
        check=CHECK,
        severity="warning",
        document_id=case.document.record.document_id,
        page=boxes[0].page if boxes else page,
        boxes=boxes,
        message=f"Avvikelse i {title}: namnet {quoted(label)} finns inte. Menas {quoted(proposal)}?",
        key=("table", label),
        asserted=label,
        found=proposal,
        table_id=table_id,
        observations=cells[:1],
        evidence=(label, proposal),
    )
