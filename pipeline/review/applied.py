"""What a run takes from the desk: the latest decisions, and the registers with what reviewers added."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.dataset import Decision
from pipeline.review.events import DEFERRED, OPEN, Standing
from pipeline.review.placing import place_of
from pipeline.review.registers import FOLDER, added_rows, overlay
from pipeline.review.settings import has_store, read_settings
from pipeline.review.snapshots import flag_of_json
from pipeline.review.store import Store


def latest_decisions(state: Path) -> dict[str, Decision]:
    """The latest word on every flag that reviewers said something about.

    Args:
        state: the state folder of the dataset; one without a store has no decisions.

    Raises:
        ConfigurationError, StoreError: the store is there but cannot be read: a run must stop then, since it
            would publish decided flags as open.
    """
    return decisions_of(_standings(state))


def reviewed_registers(state: Path, base: Path | None) -> Path | None:
    """The folder of registers that a run is to use.

    Args:
        state: the state folder. base: the registers asked for, None for those of ``granskning.toml``, which
            are the program's own when it names none.

    Returns:
        The registers in force themselves (None: the program's own) while reviewers have added nothing that
        they lack, else a folder inside the state folder that holds their files with what was added.

    Raises:
        ConfigurationError, StoreError: the store cannot be read. OutputError: the folder cannot be written.
    """
    if base is None and not has_store(state):
        return None
    place = place_of(state, base)
    added = added_rows(_standings(state))
    if not added or place.covers(added):
        return place.base
    folder = state / FOLDER
    overlay(folder, place.base, added)
    return folder


def decisions_of(standings: Mapping[str, Standing]) -> dict[str, Decision]:
    """Decisions as the dataset takes them, by flag_id; what a reviewer added and took back is left out."""
    made = {}
    for subject, one in standings.items():
        if subject.startswith("label:"):
            continue
        told = one.decision or one.report
        if told is None:
            continue
        flag = flag_of_json((one.report or told).snapshot)
        if flag is None:
            continue
        decided = one.decision is not None and one.status not in (OPEN, DEFERRED)
        made[subject] = Decision(
            flag_id=subject,
            evidence_hash=(one.decision.evidence_hash if decided and one.decision else None)
            or flag.evidence_hash,
            status=one.status if decided else OPEN,
            reviewer=told.reviewer if decided else None,
            reviewed_at=told.at if decided else None,
            comment=_comment(told.reason, told.comment) if decided else None,
            flag=flag,
        )
    return made


def _comment(reason: str | None, comment: str | None) -> str | None:
    """Reason and comment as one text."""
    return " – ".join(part for part in (reason, comment) if part) or None


def _standings(state: Path) -> Mapping[str, Standing]:
    if not has_store(state):
        return {}
    store = Store.open(read_settings(state).database)
    try:
        store.refresh()
        return dict(store.standings())
    finally:
        store.close()
