"""The desk itself: dataset, decisions, reviewers and pictures, and what can be done with them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.model import Box, digest
from pipeline.review.catalog import Catalog, Shelf
from pipeline.review.corrections import merged, new_row, rows_of
from pipeline.review.errors import ConflictError, MissingError, RefusedError
from pipeline.review.events import (
    COMMENT,
    CONFIRMED,
    CORRECTED,
    DECIDE,
    DEFERRED,
    DISMISSED,
    NewEvent,
)
from pipeline.review.people import People, Person
from pipeline.review.pictures import PagePicture, PictureBook
from pipeline.review.queue import Filter, Queue, Row
from pipeline.review.reasons import reasons
from pipeline.review.registers import added_rows, prove
from pipeline.review.snapshots import flag_json
from pipeline.review.store import Store, utc_now

#: The sentences of a document with their boxes, given its row of documents.parquet.
Sentences = Callable[[Mapping[str, Any]], Sequence[tuple[str, Sequence[Box]]]]
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


class Desk:
    """Everything behind the pages; knows nothing of HTTP.

    Args:
        out: the published dataset. raw: the inbox with the PDF files. store: of decisions.
        draw: gives page pictures. sentences: gives the sentences of a document, None when nobody can.
        registers: folder of registers in use, None for the program's own.
    """

    def __init__(
        self,
        out: Path,
        raw: Path,
        store: Store,
        draw: PagePicture,
        sentences: Sentences | None = None,
        registers: Path | None = None,
    ) -> None:
        self.store = store
        self.people = People(store.engine)
        self.book = PictureBook(raw, draw)
        self.registers = registers
        self._shelf = Shelf(out)
        self._sentences = sentences
        self._lock = threading.Lock()
        self._queue: Queue | None = None

    def catalog(self) -> Catalog:
        """The dataset published now. Raises OutputError when there is none that can be read."""
        return self._shelf.catalog()

    def queue(self) -> Queue:
        """The queue over the dataset published now. Raises OutputError when there is none."""
        catalog = self.catalog()
        with self._lock:
            if self._queue is None or self._queue.catalog.stamp != catalog.stamp:
                self.store.refresh()
                self._queue = Queue(catalog, self.store)
            return self._queue

    def row(self, flag_id: str) -> Row:
        """One flag. Raises MissingError when there is none of this id."""
        row = self.queue().row(flag_id)
        if row is None:
            raise MissingError(
                "Flaggan finns inte i den publicerade datamängden. "
                "Den kan ha gällt ett dokument som tagits bort."
            )
        return row

    def document(self, document_id: str) -> Mapping[str, Any]:
        """One document's row. Raises MissingError when there is none of this id."""
        try:
            return self.catalog().documents[document_id]
        except KeyError as error:
            raise MissingError("Dokumentet finns inte i den publicerade datamängden.") from error

    def sentences(self, document: Mapping[str, Any]) -> Sequence[tuple[str, Sequence[Box]]]:
        """The sentences of a document with their boxes; those of claims when no others are known."""
        if self._sentences is not None:
            found = self._sentences(document)
            if found:
                return found
        where = [("document_id", "==", document["document_id"])]
        rows = self.catalog().dataset.arrow("claims", columns=["sentence", "boxes"], where=where).to_pylist()
        told = {row["sentence"]: tuple(Box(**box) for box in row["boxes"]) for row in rows}
        return list(told.items())

    def decide(
        self,
        flag_id: str,
        status: str,
        person: Person,
        seen: Seen,
        *,
        reason: str = "",
        comment: str = "",
        address: str = "",
    ) -> int:
        """Confirm, dismiss or put off a flag; gives the event's id.

        Raises:
            MissingError: no such flag. RefusedError: a dismissal without reason.
            ConflictError: something happened since the page was shown.
        """
        row = self._unchanged(flag_id, seen)
        told = {one.code: one.words for one in reasons()}
        if status not in PLAIN:
            raise RefusedError("Välj bekräfta, avvisa eller skjut upp.")
        if status == DISMISSED and reason not in told:
            raise RefusedError("Välj ett skäl till att flaggan avvisas.")
        if status == DISMISSED and reason == "annat" and not comment.strip():
            raise RefusedError("Skriv i kommentaren vilket skälet är.")
        words = told.get(reason) if status == DISMISSED else None
        event = self._event(row, DECIDE, person, seen, status=status, reason=words, comment=comment)
        return self.store.append([event], address=address)[0]

    def comment(self, flag_id: str, person: Person, seen: Seen, comment: str, *, address: str = "") -> int:
        """Add a comment to a flag; gives the event's id. Raises as :meth:`decide`."""
        row = self._unchanged(flag_id, seen)
        if not comment.strip():
            raise RefusedError("Kommentaren är tom.")
        event = self._event(row, COMMENT, person, seen, comment=comment)
        return self.store.append([event], address=address)[0]

    def correct(
        self,
        flag_id: str,
        observation_id: str,
        value: str,
        person: Person,
        seen: Seen,
        *,
        comment: str = "",
        address: str = "",
    ) -> int:
        """Correct the value of one of the flag's cells; gives the event's id. Raises as :meth:`decide`."""
        row = self._unchanged(flag_id, seen)
        flag = row.item.flag
        if observation_id not in flag.observation_ids:
            raise RefusedError("Välj vilken cell som ska rättas.")
        documents = {flag.document_id, *flag.other_document_ids}
        found = self.catalog().dataset.among("observations", "observation_id", {observation_id}, documents)
        if not found:
            raise MissingError("Cellen finns inte längre i datamängden.")
        document = self.document(found[0]["document_id"])
        correction = new_row(
            found[0],
            document,
            value,
            reason=comment,
            date=utc_now().date().isoformat(),
            author=person.reviewer_id,
            peers=self.observations(document["document_id"]),
        )
        self.store.refresh()
        now = self.store.standing(flag_id)
        earlier = rows_of(now.decision) if now.status == CORRECTED else []
        self._prove({"corrections.csv": [list(correction.values())]})
        event = self._event(
            row,
            DECIDE,
            person,
            seen,
            status=CORRECTED,
            comment=comment,
            correction=merged(earlier, correction),
        )
        return self.store.append([event], address=address)[0]

    def observations(self, document_id: str) -> list[dict[str, Any]]:
        """All observations of a document."""
        where = [("document_id", "==", document_id)]
        rows: list[dict[str, Any]] = self.catalog().dataset.arrow("observations", where=where).to_pylist()
        return rows

    def bulk_rows(self, wanted: Filter) -> tuple[Sequence[Row], str]:
        """The flags that a filter finds, and a digest that changes when anything happens to them."""
        rows = self.queue().find(wanted).rows
        return rows, digest(*(f"{row.flag_id} {row.version} {row.item.flag.evidence_hash}" for row in rows))

    def bulk(
        self,
        wanted: Filter,
        seen: str,
        status: str,
        person: Person,
        *,
        reason: str = "",
        comment: str = "",
        address: str = "",
    ) -> str:
        """Decide all flags of a filter at once; gives the id by which it is undone.

        Args:
            seen: the digest that the preview showed (see :meth:`bulk_rows`).

        Raises:
            ConflictError: the filter finds something else now. RefusedError: no reason, or nothing found.
        """
        rows, now = self.bulk_rows(wanted)
        told = {one.code: one.words for one in reasons()}
        if now != seen:
            raise ConflictError("Urvalet har ändrats sedan du såg det. Granska förhandsvisningen igen.")
        if not rows:
            raise RefusedError("Urvalet är tomt.")
        if status not in PLAIN or (status == DISMISSED and reason not in told):
            raise RefusedError("Välj vad som ska beslutas, och vid avvisning ett skäl.")
        if status == DISMISSED and reason == "annat" and not comment.strip():
            raise RefusedError("Skriv i kommentaren vilket skälet är.")
        batch = f"b-{digest(seen, person.reviewer_id, utc_now().isoformat())}"
        words = told.get(reason) if status == DISMISSED else None
        self.store.append(
            [
                self._event(
                    row,
                    DECIDE,
                    person,
                    Seen(row.version, row.item.flag.evidence_hash),
                    status=status,
                    reason=words,
                    comment=comment,
                    batch=batch,
                )
                for row in rows
            ],
            address=address,
        )
        return batch

    def _prove(self, more: Mapping[str, list[list[str]]]) -> None:
        """Load the registers with what reviewers added and with more rows. Raises RegisterError."""
        added = added_rows(self.store.standings())
        prove(self.registers, {name: [*added.get(name, []), *more.get(name, [])] for name in {*added, *more}})

    def _unchanged(self, flag_id: str, seen: Seen) -> Row:
        row = self.row(flag_id)
        if row.item.flag.evidence_hash != seen.evidence_hash:
            raise ConflictError(RERUN)
        return row

    @staticmethod
    def _event(
        row: Row,
        kind: str,
        person: Person,
        seen: Seen,
        *,
        comment: str,
        status: str | None = None,
        reason: str | None = None,
        correction: str | None = None,
        batch: str | None = None,
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
            reason=reason,
            correction=correction,
            batch=batch,
        )
