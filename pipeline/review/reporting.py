"""Flags that reviewers add: what the checks missed. They stay as long as their document does."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.dataset.decisions import REPORTED, SEVERITIES, reported_evidence
from pipeline.model import Box, Flag, digest
from pipeline.review.desk import Desk
from pipeline.review.errors import RefusedError
from pipeline.review.events import REPORT, NewEvent
from pipeline.review.people import Person
from pipeline.review.snapshots import flag_json

MAX_MESSAGE = 2_000
#: More marked cells than this are a whole table.
MAX_CELLS = 300
#: No page is longer (the limit of the PDF format, in points).
MAX_POINTS = 14_400.0

#: table_id, row and column of a cell.
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """What a reviewer marked on a page.

    Attributes:
        page: 1-based. sentences: verbatim, as :meth:`Desk.sentences` gives them. cells: of the page.
        area: a box drawn freely, where nothing was read; None without. whole_page: the page itself.
    """

    page: int
    sentences: Sequence[str] = ()
    cells: Sequence[Place] = ()
    area: Box | None = None
    whole_page: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """What was marked, as the dataset holds it."""

    sentence: str | None
    places: Sequence[Place]
    boxes: tuple[Box, ...]
    observed: Sequence[Mapping[str, Any]]


def report(
    desk: Desk,
    document_id: str,
    marked: Marked,
    person: Person,
    *,
    message: str,
    severity: str,
    address: str = "",
) -> tuple[str, int]:
    """Add a flag of the check ``reported``.

    Args:
        message: what is wrong, in the reviewer's words. severity: ``error`` … ``info``.

    Returns:
        Its flag_id, and the id of the event (which undoes it).

    Raises:
        RefusedError: nothing is marked or nothing said, or it has been reported already.
        ConflictError: somebody reported it at the same time. MissingError: no such document.
    """
    message = _checked(message, severity)
    flag = _flag(document_id, marked, _found(desk, document_id, marked), message, severity)
    desk.store.refresh()
    standing = desk.store.standing(flag.flag_id)
    if standing.report is not None:
        raise RefusedError("Det här är redan anmält.")
    event = NewEvent(
        subject=flag.flag_id,
        kind=REPORT,
        reviewer=person.reviewer_id,
        expected=standing.version,
        evidence_hash=flag.evidence_hash,
        snapshot=flag_json(flag),
    )
    return flag.flag_id, desk.store.append([event], address=address)[0]


def _checked(message: str, severity: str) -> str:
    """The words on one line. Raises RefusedError when there are none, too many, or no severity."""
    message = " ".join(message.split())
    if not message or len(message) > MAX_MESSAGE:
        raise RefusedError("Skriv vad som är fel (högst 2 000 tecken).")
    if severity not in SEVERITIES:
        raise RefusedError("Välj hur allvarligt felet är.")
    return message


def area_of(page: int, texts: Sequence[str]) -> Box | None:
    """The box that four fields say: left, top, right and bottom in points; None when all are empty.

    Raises:
        RefusedError: some are missing or no numbers, or they are no box on a page.
    """
    given = [text.strip().replace(",", ".") for text in texts]
    if not any(given):
        return None
    wrong = RefusedError("Rutan ska ha fyra mått i punkter: vänster och överkant före höger och nederkant.")
    try:
        x0, top, x1, bottom = (round(float(text), 2) for text in given)
    except (ValueError, OverflowError) as error:
        raise wrong from error
    fine = all(math.isfinite(one) and 0 <= one <= MAX_POINTS for one in (x0, top, x1, bottom))
    if not fine or x0 >= x1 or top >= bottom:
        raise wrong
    return Box(page, x0, top, x1, bottom)


def _found(desk: Desk, document_id: str, marked: Marked) -> _Found:
    """What the dataset holds of what was marked. Raises RefusedError when that is nothing."""
    document, wanted = desk.document(document_id), set(marked.sentences)
    told = [(text, boxes) for text, boxes in desk.sentences(document) if text in wanted]
    held = _cells(desk, document_id, marked)
    drawn = (marked.area,) if marked.area is not None else ()
    if not (told or held or drawn or marked.whole_page):
        raise RefusedError("Markera minst en mening, en cell eller en ruta, eller sidan som helhet.")
    places = {place for place, _ in held}
    observed = [
        row for row in desk.observations(document_id) if (row["table_id"], row["row"], row["col"]) in places
    ]
    boxes = (*(box for _, own in told for box in own), *(box for _, box in held), *drawn)
    return _Found(" ".join(text for text, _ in told) or None, sorted(places), boxes, observed)


def _flag(document_id: str, marked: Marked, found: _Found, message: str, severity: str) -> Flag:
    """The flag; its id follows from the document, what was marked and the words."""
    key = "|".join(f"{table} {row} {col}" for table, row, col in found.places)
    area = marked.area
    drawn = () if area is None else (f"{area.x0} {area.top} {area.x1} {area.bottom}",)
    page = (marked.page,) if marked.whole_page or drawn else ()
    seen = {str(row["observation_id"]): str(row["value_raw"]) for row in found.observed}
    tables = {place[0] for place in found.places}
    first = found.observed[0] if found.observed else None
    return Flag(
        flag_id="flag-" + digest(document_id, REPORTED, found.sentence, key, message, *drawn, *page),
        evidence_hash=reported_evidence(found.sentence, seen, seen),
        document_id=document_id,
        check=REPORTED,
        severity=severity,
        page=marked.page,
        boxes=found.boxes,
        message=message,
        sentence=found.sentence,
        table_id=first["table_id"] if first else min(tables, default=None),
        table_label=first["table_label"] if first else None,
        observation_ids=tuple(row["observation_id"] for row in found.observed),
    )


def _cells(desk: Desk, document_id: str, marked: Marked) -> list[tuple[Place, Box]]:
    """The marked cells that the page does hold, with their boxes."""
    if len(marked.cells) > MAX_CELLS:
        raise RefusedError(f"Markera högst {MAX_CELLS} celler.")
    if not marked.cells:
        return []
    wanted = set(marked.cells)
    where = [("document_id", "==", document_id), ("page", "==", marked.page)]
    rows = desk.catalog().dataset.arrow("cells", where=where).to_pylist()
    return [
        (place, Box(marked.page, row["x0"], row["top"], row["x1"], row["bottom"]))
        for row in rows
        if (place := (row["table_id"], row["row"], row["col"])) in wanted
    ]
