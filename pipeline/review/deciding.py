"""What reviewers can do with flags: decide, comment, correct, one at a time or all of a filter at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model import digest
from pipeline.review.corrections import fields_of, merged, new_row, rows_of
from pipeline.review.desk import Desk
from pipeline.review.errors import ConflictError, MissingError, RefusedError
from pipeline.review.events import COMMENT, CONFIRMED, CORRECTED, DECIDE, DEFERRED, DISMISSED, NewEvent
from pipeline.review.people import Person
from pipeline.review.queue import Filter, Row
from pipeline.review.reasons import reasons
from pipeline.review.registers import CORRECTIONS, added_rows, prove
from pipeline.review.snapshots import flag_json
from pipeline.review.store import utc_now

MAX_COMMENT = 4_000
#: Decisions that a reviewer takes with one key.
PLAIN = (CONFIRMED, DISMISSED, DEFERRED)
RERUN = (
    "Datamängden har körts om sedan sidan visades, och underlaget är ett annat. "
    "Läs det nya underlaget och ta ställning igen; ditt val är inte sparat."
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page showed when a form was sent: version of the flag's events and hash of its evidence."""

    version: int
    evidence_hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer says of one flag or of many.

    Attributes:
        status: one of ``PLAIN``. reason: code of a dismissal's reason (``reasons.csv``), else "".
    """

    status: str
    reason: str = ""
    comment: str = ""

    def reason_in_words(self) -> str | None:
        """The reason of a dismissal, None for other verdicts.

        Raises:
            RefusedError: no such verdict, or a dismissal that says no reason.
        """
        if self.status not in PLAIN:
            raise RefusedError("Välj bekräfta, avvisa eller skjut upp.")
        if self.status != DISMISSED:
            return None
        told = {one.code: one.words for one in reasons()}
        if self.reason not in told:
            raise RefusedError("Välj ett skäl till att flaggan avvisas.")
        if self.reason == "annat" and not self.comment.strip():
            raise RefusedError("Skriv i kommentaren vilket skälet är.")
        return told[self.reason]


def decide(desk: Desk, flag_id: str, verdict: Verdict, person: Person, seen: Seen, address: str = "") -> int:
    """Confirm, dismiss or put off a flag; gives the event's id.

    Raises:
        MissingError: no such flag. RefusedError: a dismissal without reason.
        ConflictError: something happened since the page was shown.
    """
    row = _unchanged(desk, flag_id, seen)
    return desk.store.append([_decision(row, verdict, person, seen)], address=address)[0]


def comment(desk: Desk, flag_id: str, text: str, person: Person, seen: Seen, address: str = "") -> int:
    """Add a comment to a flag; gives the event's id. Raises as :func:`decide`."""
    row = _unchanged(desk, flag_id, seen)
    if not text.strip():
        raise RefusedError("Kommentaren är tom.")
    event = _event(row, COMMENT, person, seen, comment=text)
    return desk.store.append([event], address=address)[0]


def correct(
    desk: Desk,
    flag_id: str,
    cell: tuple[str, str],
    person: Person,
    seen: Seen,
    *,
    comment: str = "",
    address: str = "",
) -> int:
    """Correct the value of one of the flag's cells; gives the event's id.

    Args:
        cell: observation_id, and the text that the cell is to be read as.

    Raises:
        RefusedError: the correction would change nothing, or other cells as well. Else as :func:`decide`.
    """
    row = _unchanged(desk, flag_id, seen)
    observation_id, value = cell
    found = _observation(desk, row, observation_id)
    document_id = str(found["document_id"])
    correction = new_row(
        found,
        desk.document(document_id),
        value,
        reason=comment,
        date=utc_now().date().isoformat(),
        author=person.reviewer_id,
        peers=desk.observations(document_id),
    )
    desk.store.refresh()
    now = desk.store.standing(flag_id)
    earlier = rows_of(now.decision) if now.status == CORRECTED else []
    _prove(desk, {CORRECTIONS: [fields_of(correction)]})
    rows = merged(earlier, correction)
    event = _event(row, DECIDE, person, seen, status=CORRECTED, comment=comment, correction=rows)
    return desk.store.append([event], address=address)[0]


def _observation(desk: Desk, row: Row, observation_id: str) -> Mapping[str, object]:
    """The cell of a flag that is to be corrected. Raises RefusedError, MissingError."""
    flag = row.item.flag
    if observation_id not in flag.observation_ids:
        raise RefusedError("Välj vilken cell som ska rättas.")
    documents = {flag.document_id, *flag.other_document_ids}
    found = desk.catalog().dataset.among("observations", "observation_id", {observation_id}, documents)
    if not found:
        raise MissingError("Cellen finns inte längre i datamängden.")
    return found[0]


def bulk_rows(desk: Desk, wanted: Filter) -> tuple[Sequence[Row], str]:
    """The flags that a filter finds, and a digest that changes when anything happens to them."""
    rows = desk.queue().find(wanted).rows
    return rows, digest(*(f"{row.flag_id} {row.version} {row.item.flag.evidence_hash}" for row in rows))


def bulk(desk: Desk, wanted: Filter, seen: str, verdict: Verdict, person: Person, address: str = "") -> str:
    """Decide all flags of a filter at once; gives the id by which it is undone.

    Args:
        seen: the digest that the preview showed (see :func:`bulk_rows`).

    Raises:
        ConflictError: the filter finds something else now. RefusedError: no reason, or nothing found.
    """
    rows, now = bulk_rows(desk, wanted)
    if now != seen:
        raise ConflictError("Urvalet har ändrats sedan du såg det. Granska förhandsvisningen igen.")
    if not rows:
        raise RefusedError("Urvalet är tomt.")
    batch = f"b-{digest(seen, person.reviewer_id, utc_now().isoformat())}"
    events = [
        _decision(row, verdict, person, Seen(row.version, row.item.flag.evidence_hash), batch) for row in rows
    ]
    desk.store.append(events, address=address)
    return batch


def _prove(desk: Desk, more: Mapping[str, list[list[str]]]) -> None:
    """Load the registers with what reviewers added and with more rows. Raises RegisterError."""
    added = added_rows(desk.store.standings())
    prove(desk.place.base, {name: [*added.get(name, []), *more.get(name, [])] for name in {*added, *more}})


def _unchanged(desk: Desk, flag_id: str, seen: Seen) -> Row:
    row = desk.row(flag_id)
    if row.item.flag.evidence_hash != seen.evidence_hash:
        raise ConflictError(RERUN)
    return row


def _decision(row: Row, verdict: Verdict, person: Person, seen: Seen, batch: str | None = None) -> NewEvent:
    reason = verdict.reason_in_words()
    made = _event(row, DECIDE, person, seen, comment=verdict.comment, status=verdict.status)
    return replace(made, reason=reason, batch=batch)


def _event(
    row: Row,
    kind: str,
    person: Person,
    seen: Seen,
    *,
    comment: str,
    status: str | None = None,
    correction: str | None = None,
) -> NewEvent:
    comment = comment.strip().replace("\r\n", "\n")
    if len(comment) > MAX_COMMENT:
        raise RefusedError(f"Kommentaren är för lång: högst {MAX_COMMENT} tecken.")
    flag = row.item.flag
    return NewEvent(
        subject=flag.flag_id,
        kind=kind,
        reviewer=person.reviewer_id,
        expected=seen.version,
        evidence_hash=flag.evidence_hash,
        snapshot=flag_json(flag),
        comment=comment or None,
        status=status,
        correction=correction,
    )
