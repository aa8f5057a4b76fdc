"""What reviewers did, as events that are only ever added, and what they come to for each subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

#: Kinds of events.
DECIDE, COMMENT, UNDO, REPORT, LABEL = "decide", "comment", "undo", "report", "label"
#: Decisions that a reviewer can take. ``deferred`` is the desk's own: the published flag stays open.
OPEN, CONFIRMED, DISMISSED, CORRECTED, DEFERRED = "open", "confirmed", "dismissed", "corrected", "deferred"
#: Status of a label whose register row was accepted.
ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be added.

    Attributes:
        subject: a flag_id, or ``label:<register>:<label>`` for a row of a register.
        expected: the version of the subject that the reviewer saw (0: nothing had happened to it).
        evidence_hash: of the flag as it was seen.
        snapshot: the flag as it was seen (JSON), or a register row; correction: JSON.
        undoes: id of the event that this one takes back. batch: what events of one bulk decision share.
    """

    subject: str
    kind: str
    reviewer: str
    expected: int
    status: str | None = None
    evidence_hash: str | None = None
    reason: str | None = None
    comment: str | None = None
    snapshot: str | None = None
    correction: str | None = None
    undoes: int | None = None
    batch: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A stored event; ``version`` counts the events of its subject from 1, ``at`` is UTC."""

    id: int
    subject: str
    version: int
    kind: str
    reviewer: str
    at: dt.datetime
    status: str | None
    evidence_hash: str | None
    reason: str | None
    comment: str | None
    snapshot: str | None
    correction: str | None
    undoes: int | None
    batch: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the events of one subject come to.

    Attributes:
        version: of its newest event. status: of the decision that counts, ``open`` without one.
        decision: that decision. report: the event that made the flag, for one that a reviewer added and
            nobody took back.
    """

    version: int
    status: str = OPEN
    decision: Event | None = None
    report: Event | None = None


NOTHING = Standing(0)


def standing(events: Sequence[Event]) -> Standing:
    """Fold the events of one subject, in their order: the newest decision that is not undone counts."""
    undone = {event.undoes for event in events if event.kind == UNDO}
    kept = [event for event in events if event.id not in undone]
    decisions = [event for event in kept if event.kind in (DECIDE, LABEL)]
    reports = [event for event in kept if event.kind == REPORT]
    top = decisions[-1] if decisions else None
    return Standing(
        version=events[-1].version if events else 0,
        status=(top.status or OPEN) if top else OPEN,
        decision=top,
        report=reports[-1] if reports else None,
    )
