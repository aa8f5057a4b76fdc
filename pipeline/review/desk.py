"""The desk itself: dataset, decisions, reviewers and pictures, and what can be done with them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.model import Box
from pipeline.review.catalog import Catalog, Shelf
from pipeline.review.errors import MissingError
from pipeline.review.people import People
from pipeline.review.pictures import PagePicture, PictureBook
from pipeline.review.placing import RegisterPlace
from pipeline.review.queue import Queue, Row
from pipeline.review.store import Store

#: The sentences of a document with their boxes, given its row of documents.parquet.
Sentences = Callable[[Mapping[str, Any]], Sequence[tuple[str, Sequence[Box]]]]


class Desk:
    """Everything behind the pages; knows nothing of HTTP.

    Args:
        out: the published dataset. raw: the inbox with the PDF files. store: of decisions.
        draw: gives page pictures. sentences: gives the sentences of a document, None when nobody can.
        place: the registers in force, and where rows for them are written.
    """

    def __init__(
        self,
        out: Path,
        raw: Path,
        store: Store,
        draw: PagePicture,
        sentences: Sentences | None = None,
        place: RegisterPlace | None = None,
    ) -> None:
        self.store = store
        self.people = People(store.engine)
        self.book = PictureBook(raw, draw)
        self.place = place or RegisterPlace()
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

    def observations(self, document_id: str) -> list[dict[str, Any]]:
        """All observations of a document."""
        where = [("document_id", "==", document_id)]
        rows: list[dict[str, Any]] = self.catalog().dataset.arrow("observations", where=where).to_pylist()
        return rows
