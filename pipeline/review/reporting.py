"""Flags that reviewers add: what the checks missed. They stay as long as their document does."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.dataset.decisions import REPORTED, SEVERITIES
from pipeline.model import Box, Flag, digest
from pipeline.review.desk import Desk
from pipeline.review.errors import RefusedError
from pipeline.review.events import REPORT, NewEvent
from pipeline.review.people import Person
from pipeline.review.snapshots import flag_json

MAX_MESSAGE = 2_000
#: More marked cells than this are a whole table.
MAX_CELLS = 300


def report(
    desk: Desk,
    document_id: str,
    page: int,
    person: Person,
    *,
    message: str,
    severity: str,
    sentences: Sequence[str] = (),
    cells: Sequence[tuple[str, int, int]] = (),
    address: str = "",
) -> tuple[str, int]:
    """Add a flag of the check ``reported``.

    Args:
        page: 1-based. message: what is wrong, in the reviewer's words. severity: ``error`` … ``info``.
        sentences: verbatim, as :meth:`Desk.sentences` gives them. cells: table_id, row and column.

    Returns:
        Its flag_id, and the id of the event (which undoes it).

    Raises:
        RefusedError: nothing is marked, or nothing said. ConflictError: it has been reported already.
        MissingError: no such document.
    """
    document = desk.document(document_id)
    message = " ".join(message.split())
    if not message or len(message) > MAX_MESSAGE:
        raise RefusedError("Skriv vad som är fel (högst 2 000 tecken).")
    if severity not in SEVERITIES:
        raise RefusedError("Välj hur allvarligt felet är.")
    told = [(text, boxes) for text, boxes in desk.sentences(document) if text in set(sentences)]
    held = _cells(desk, document_id, page, cells)
    if not told and not held:
        raise RefusedError("Markera minst en mening eller en cell på sidan.")
    boxes = [box for _, own in told for box in own] + [box for _, box in held]
    places = {place for place, _ in held}
    observed = [
        row for row in desk.observations(document_id) if (row["table_id"], row["row"], row["col"]) in places
    ]
    sentence = " ".join(text for text, _ in told) or None
    key = "|".join(f"{table} {row} {col}" for table, row, col in sorted(places))
    flag = Flag(
        flag_id="flag-" + digest(document_id, REPORTED, sentence, key, message),
        evidence_hash=digest(
            sentence, *sorted(f"{row['observation_id']}={row['value_raw']}" for row in observed)
        ),
        document_id=document_id,
        check=REPORTED,
        severity=severity,
        page=page,
        boxes=tuple(boxes),
        message=message,
        sentence=sentence,
        table_id=observed[0]["table_id"] if observed else None,
        table_label=observed[0]["table_label"] if observed else None,
        observation_ids=tuple(row["observation_id"] for row in observed),
    )
    desk.store.refresh()
    event = NewEvent(
        subject=flag.flag_id,
        kind=REPORT,
        reviewer=person.reviewer_id,
        expected=desk.store.standing(flag.flag_id).version,
        evidence_hash=flag.evidence_hash,
        snapshot=flag_json(flag),
    )
    if desk.store.standing(flag.flag_id).report is not None:
        raise RefusedError("Det här är redan anmält.")
    return flag.flag_id, desk.store.append([event], address=address)[0]


def _cells(
    desk: Desk, document_id: str, page: int, cells: Sequence[tuple[str, int, int]]
) -> list[tuple[tuple[str, int, int], Box]]:
    """The marked cells that the page does hold, with their boxes."""
    if len(cells) > MAX_CELLS:
        raise RefusedError(f"Markera högst {MAX_CELLS} celler.")
    if not cells:
        return []
    wanted = set(cells)
    where = [("document_id", "==", document_id), ("page", "==", page)]
    rows = desk.catalog().dataset.arrow("cells", where=where).to_pylist()
    return [
        (place, Box(page, row["x0"], row["top"], row["x1"], row["bottom"]))
        for row in rows
        if (place := (row["table_id"], row["row"], row["col"])) in wanted
    ]
