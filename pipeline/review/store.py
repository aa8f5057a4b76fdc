"""The store of decisions: events are added, never changed; what they come to is kept in memory."""

from __future__ import annotations

import datetime as dt
import threading
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from pipeline.review import tables
from pipeline.review.database import open_engine, writing
from pipeline.review.errors import ConflictError
from pipeline.review.events import NOTHING, UNDO, Event, NewEvent, Standing, standing

#: Databases limit the number of parameters of one query.
ASKED_AT_ONCE = 500
CONFLICT = (
    "Någon annan hann före: det har hänt något med den här sedan sidan visades. "
    "Läs vad som hänt och ta ställning igen; ditt val är inte sparat."
)


def utc_now() -> dt.datetime:
    """The time now, in UTC."""
    return dt.datetime.now(dt.UTC)


def in_utc(moment: dt.datetime) -> dt.datetime:
    """A stored moment with its zone (SQLite keeps none)."""
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


class Store:
    """Decisions of all reviewers. Safe to use from several threads and processes at once."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._lock = threading.Lock()
        self._last = 0
        self._events: dict[str, list[Event]] = {}
        self._standings: dict[str, Standing] = {}
        self._order: list[tuple[int, str]] = []
        self._by_id: dict[int, Event] = {}

    @classmethod
    def open(cls, url: str) -> Store:
        """Open (and make or bring up to date) the store at a URL. Raises ConfigurationError, StoreError."""
        return cls(open_engine(url))

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @property
    def last(self) -> int:
        """The id of the newest event read so far; it grows with everything that happens."""
        return self._last

    def refresh(self) -> None:
        """Read the events added since the last time, by whomever."""
        with self._lock:
            query = select(tables.events).where(tables.events.c.id > self._last).order_by(tables.events.c.id)
            with self.engine.connect() as connection:
                rows = connection.execute(query).mappings().all()
            touched = set()
            for row in rows:
                event = Event(**{**row, "at": in_utc(row["at"])})
                self._events.setdefault(event.subject, []).append(event)
                touched.add(event.subject)
                self._order.append((event.id, event.subject))
                self._by_id[event.id] = event
                self._last = event.id
            for subject in touched:
                self._standings[subject] = standing(self._events[subject])

    def touched_since(self, event_id: int) -> set[str]:
        """The subjects of the events after the one with this id."""
        return {subject for _, subject in self._order[bisect_right(self._order, (event_id, "\U0010ffff")) :]}

    def standings(self) -> Mapping[str, Standing]:
        """What every subject's events come to, by subject (a live view: refresh brings it up to date)."""
        return self._standings

    def standing(self, subject: str) -> Standing:
        """What one subject's events come to; version 0 when nothing has happened to it."""
        return self._standings.get(subject, NOTHING)

    def history(self, subject: str) -> tuple[Event, ...]:
        """All events of a subject, oldest first."""
        return tuple(self._events.get(subject, ()))

    def event(self, event_id: int) -> Event | None:
        """One event by id, None when there is none."""
        if event_id > self._last:
            self.refresh()
        return self._by_id.get(event_id)

    def batch(self, batch: str) -> tuple[Event, ...]:
        """The events of one bulk decision, oldest first."""
        query = select(tables.events).where(tables.events.c.batch == batch).order_by(tables.events.c.id)
        with self.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(Event(**{**row, "at": in_utc(row["at"])}) for row in rows)

    def newest_of(self, reviewer: str, limit: int) -> tuple[Event, ...]:
        """The newest events of one reviewer, newest first."""
        query = (
            select(tables.events)
            .where(tables.events.c.reviewer == reviewer)
            .order_by(tables.events.c.id.desc())
            .limit(limit)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(Event(**{**row, "at": in_utc(row["at"])}) for row in rows)

    def all_events(self) -> tuple[Event, ...]:
        """Every event, oldest first."""
        return tuple(
            sorted((one for events in self._events.values() for one in events), key=lambda one: one.id)
        )

    def append(
        self, added: Sequence[NewEvent], *, address: str = "", at: dt.datetime | None = None
    ) -> tuple[int, ...]:
        """Add events, all or none, with a line each in the audit log; they are on disk when this returns.

        Args:
            address: network address that they came from. at: the moment; None for now.

        Returns:
            Their ids, in order.

        Raises:
            ConflictError: a subject has another version than expected, or the event to undo is undone.
            StoreError: the database does not answer; nothing was written.
        """
        moment = at or utc_now()
        ids = []
        try:
            with writing(self.engine) as connection:
                versions = _versions(connection, {one.subject for one in added})
                for one in added:
                    if versions.get(one.subject, 0) != one.expected:
                        raise ConflictError(CONFLICT)
                    versions[one.subject] = one.expected + 1
                    values = {name: getattr(one, name) for name in NewEvent.__slots__ if name != "expected"}
                    adding = insert(tables.events).values(**values, version=one.expected + 1, at=moment)
                    ids.append(int(connection.execute(adding.returning(tables.events.c.id)).scalar_one()))
                connection.execute(insert(tables.audit), [_noted(one, moment, address) for one in added])
        except IntegrityError as error:
            raise ConflictError(CONFLICT) from error
        self.refresh()
        return tuple(ids)

    def undo(self, event_ids: Sequence[int], reviewer: str, *, address: str = "") -> tuple[int, ...]:
        """Take events back by adding events that say so; those that no longer count are passed over.

        Returns:
            The ids of the events that were taken back.

        Raises:
            ConflictError: none of them counts any more (someone has decided anew, or it is undone).
        """
        self.refresh()
        made = []
        for event_id in event_ids:
            event = self.event(event_id)
            now = self.standing(event.subject) if event else NOTHING
            counts = {one.id for one in (now.decision, now.report) if one is not None}
            if event is None or event.id not in counts:
                continue
            made.append(
                NewEvent(
                    event.subject,
                    UNDO,
                    reviewer,
                    now.version,
                    undoes=event.id,
                    batch=event.batch and f"å-{event.batch}",
                )
            )
        if not made:
            raise ConflictError("Det går inte att ångra: beslutet är redan ångrat eller ersatt av ett nyare.")
        self.append(made, address=address)
        return tuple(one.undoes for one in made if one.undoes is not None)


def _noted(event: NewEvent, moment: dt.datetime, address: str) -> dict[str, object]:
    """The line of the audit log for an event."""
    return {
        "at": moment,
        "who": event.reviewer,
        "what": event.kind if event.status is None else f"{event.kind}:{event.status}",
        "subject": event.subject,
        "address": address,
    }


def _versions(connection: Connection, subjects: set[str]) -> dict[str, int]:
    """The newest version of each subject that has one."""
    found: dict[str, int] = {}
    listed = sorted(subjects)
    for start in range(0, len(listed), ASKED_AT_ONCE):
        some = listed[start : start + ASKED_AT_ONCE]
        query = (
            select(tables.events.c.subject, func.max(tables.events.c.version))
            .where(tables.events.c.subject.in_(some))
            .group_by(tables.events.c.subject)
        )
        found |= {row[0]: int(row[1]) for row in connection.execute(query)}
    return found
