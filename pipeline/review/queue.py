"""The queue: flags with their standing, filtered, counted and sorted; the filter lives in the address."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pipeline.dataset.decisions import REPORTED
from pipeline.review.catalog import Catalog, Item
from pipeline.review.columns import Columns
from pipeline.review.events import NOTHING, OPEN, Standing
from pipeline.review.snapshots import flag_of_json
from pipeline.review.store import Store

#: Rows of the queue on one page.
PAGE = 50
ANY = "alla"
#: Names of the filters in the address, in the order in which they are shown.
FACETS = ("status", "grad", "kontroll", "omrade", "dokument", "enhet", "upplaga", "granskare")
#: The orders that the queue can be sorted in, and their words.
ORDERS = {
    "allvar": "allvarligast först",
    "dokument": "dokument och sida",
    "kontroll": "kontroll",
    "senast": "senast beslutad först",
}
_KEPT = 32


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; empty text is no wish. ``status`` is ``open`` unless another is asked for."""

    status: str = OPEN
    grad: str = ""
    kontroll: str = ""
    omrade: str = ""
    dokument: str = ""
    enhet: str = ""
    upplaga: str = ""
    granskare: str = ""
    sok: str = ""
    ordning: str = "allvar"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filter:
        """The filter that an address holds; what it does not know is passed over."""
        known = {name: query[name].strip()[:200] for name in cls.__slots__ if query.get(name, "").strip()}
        if known.get("ordning") not in ORDERS:
            known.pop("ordning", None)
        return cls(**known)

    @property
    def query(self) -> str:
        """The filter as the query of an address, what is usual left out."""
        usual = Filter()
        pairs = [(name, getattr(self, name)) for name in self.__slots__]
        return urlencode([(name, value) for name, value in pairs if value and value != getattr(usual, name)])

    def words(self) -> tuple[str, ...]:
        """The words that free text must hold, in lower case."""
        return tuple(self.sok.lower().split())


@dataclass(frozen=True, slots=True)
class Row:
    """A flag in the queue.

    Attributes:
        status: as decided at the desk. reviewer: of the decision. version: of the subject's events.
        reopened: it was decided, but its evidence has changed since.
    """

    item: Item
    status: str
    reviewer: str | None
    decided: float
    version: int
    reopened: bool

    @property
    def flag_id(self) -> str:
        """The flag's id."""
        return self.item.flag.flag_id


@dataclass(frozen=True, slots=True)
class Found:
    """What a filter finds: rows in order, and for every facet how many each of its values would find."""

    rows: Sequence[Row]
    counts: Mapping[str, Mapping[str, int]]
    places: Mapping[str, int]

    def after(self, flag_id: str) -> Row | None:
        """The row after a flag, the first one when it is last or not among them; None when it is alone."""
        place = self.places.get(flag_id)
        rest = [*self.rows[place + 1 : place + 2], *self.rows[:1]] if place is not None else self.rows[:1]
        return next((row for row in rest if row.flag_id != flag_id), None)

    def before(self, flag_id: str) -> Row | None:
        """The row before a flag, None when it is first or not among them."""
        place = self.places.get(flag_id)
        return self.rows[place - 1] if place else None


class Queue:
    """The rows of a catalog under the store's decisions, brought up to date by what has happened since."""

    def __init__(self, catalog: Catalog, store: Store) -> None:
        self.catalog = catalog
        self._store = store
        self._lock = threading.Lock()
        self._seen = store.last
        self._found: OrderedDict[Filter, Found] = OrderedDict()
        rows = {flag_id: row_of(item, store.standing(flag_id)) for flag_id, item in catalog.items.items()}
        for subject, standing in list(store.standings().items()):
            _note(catalog, rows, subject, standing)
        self._columns = Columns(list(rows.values()), FACETS)

    def row(self, flag_id: str) -> Row | None:
        """One flag's row, None when there is none of this id."""
        self._update()
        columns = self._columns
        place = columns.place.get(flag_id)
        return None if place is None else columns.rows[place]

    def find(self, wanted: Filter) -> Found:
        """What a filter finds now."""
        self._update()
        with self._lock:
            known = self._found.get(wanted)
            if known is None:
                asked = {name: getattr(wanted, name) for name in FACETS}
                asked = {name: value for name, value in asked.items() if value and value != ANY}
                rows, counts = self._columns.find(asked, wanted.words(), wanted.ordning)
                known = Found(rows, counts, {row.flag_id: place for place, row in enumerate(rows)})
                self._found[wanted] = known
                while len(self._found) > _KEPT:
                    self._found.popitem(last=False)
        return known

    def rows(self) -> Sequence[Row]:
        """All rows."""
        self._update()
        return list(self._columns.rows)

    def _update(self) -> None:
        """Take in what has happened since the last time."""
        self._store.refresh()
        if self._store.last == self._seen:
            return
        with self._lock:
            now = self._store.last
            touched = self._store.touched_since(self._seen)
            rows = {
                one: self._columns.rows[place]
                for one in touched
                if (place := self._columns.place.get(one)) is not None
            }
            before = set(rows)
            for subject in touched:
                _note(self.catalog, rows, subject, self._store.standing(subject))
            if set(rows) == before:
                for row in rows.values():
                    self._columns.replace(row)
            else:
                others = {row.flag_id: row for row in self._columns.rows if row.flag_id not in touched}
                self._columns = Columns([*others.values(), *rows.values()], FACETS)
            self._seen = now
            self._found.clear()


def _note(catalog: Catalog, rows: dict[str, Row], subject: str, standing: Standing) -> None:
    """Take in what has happened to one subject; flags that reviewers added come and go here."""
    item = catalog.items.get(subject)
    if item is not None and item.flag.check == REPORTED and standing.report is None:
        rows.pop(subject, None)  # taken back since the run that published it
        return
    if item is None:
        flag = flag_of_json(standing.report.snapshot) if standing.report else None
        if flag is None or flag.document_id not in catalog.documents:
            rows.pop(subject, None)
            return
        item = catalog.item_of(flag)
    rows[subject] = row_of(item, standing)


def row_of(item: Item, standing: Standing = NOTHING) -> Row:
    """A flag under what reviewers said of it; without a word of theirs the published status stands."""
    decision = standing.decision
    if decision is None:
        status = item.flag.status if standing.version == 0 else OPEN
        reviewer = item.flag.reviewer if standing.version == 0 else None
        return Row(item, status, reviewer, 0.0, standing.version, False)
    if decision.evidence_hash not in (None, item.flag.evidence_hash):
        return Row(item, OPEN, decision.reviewer, decision.at.timestamp(), standing.version, True)
    return Row(item, standing.status, decision.reviewer, decision.at.timestamp(), standing.version, False)
