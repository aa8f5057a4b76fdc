"""Labels that no register knows: accepting a candidate adds the register's row, undoing takes it back."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.dataset.unmatched import UNMATCHED_FILE
from pipeline.errors import OutputError, RegisterError
from pipeline.review.desk import Desk
from pipeline.review.errors import MissingError, RefusedError
from pipeline.review.events import ACCEPTED, LABEL, NewEvent
from pipeline.review.people import Person
from pipeline.review.registers import ALIAS_FILES, added_rows, prove
from pipeline.review.store import Store

#: Longer labels are no names.
MAX_LABEL = 300


@dataclass(frozen=True, slots=True)
class Label:
    """A label that no register row knows.

    Attributes:
        register: ``indicators``, ``units``, … label: verbatim. count: how often it was met.
        candidates: pairs of id and name, best first, of entries that it can be a name of.
        document_id, table_label, page: where it was met first. row: ready to paste into the register.
        accepted: the id of the entry that a reviewer chose, "" while none; event: of that choice.
    """

    register: str
    label: str
    count: int
    candidates: Sequence[tuple[str, str]]
    said: str
    document_id: str
    table_label: str
    page: int
    row: str
    accepted: str
    event: int

    @property
    def subject(self) -> str:
        """What its events are about."""
        return subject_of(self.register, self.label)


def subject_of(register: str, label: str) -> str:
    """The subject of the events about a label."""
    return f"label:{register}:{label}"


def labels(desk: Desk) -> list[Label]:
    """The labels of unmatched.csv, most met first. Raises OutputError when the file cannot be read."""
    desk.store.refresh()
    path = desk.catalog().dataset.out / UNMATCHED_FILE
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise OutputError(f"Filen {path.name} saknas: kör oj run, så görs den på nytt.") from error
    made = []
    for row in rows:
        label = row["label"].removeprefix("'")
        standing = desk.store.standing(subject_of(row["register"], label))
        chosen = (
            json.loads(standing.decision.snapshot) if standing.decision and standing.decision.snapshot else {}
        )
        near = [one for one in row["candidates"].split(" | ") if one]
        pairs = [(one.partition(": ")[0], one.partition(": ")[2]) for one in near if ": " in one]
        can = row["register"] in ALIAS_FILES
        made.append(
            Label(
                row["register"],
                label,
                int(row["count"]),
                pairs if can else [],
                "" if can and pairs else "; ".join(near),
                row["document_id"],
                row["table_label"],
                int(row["page"]),
                row["row"],
                chosen.get("id", ""),
                standing.decision.id if standing.decision else 0,
            )
        )
    return sorted(made, key=lambda one: (-one.count, one.register, one.label))


def accept(desk: Desk, register: str, label: str, entry_id: str, person: Person, *, address: str = "") -> int:
    """Make a label a name of a register's entry from the next run on; gives the event's id.

    Raises:
        MissingError: no such label. RefusedError: no such entry, or the registers would contradict
            themselves with the row. ConflictError: somebody chose at the same time.
    """
    found = next((one for one in labels(desk) if (one.register, one.label) == (register, label)), None)
    if found is None or register not in ALIAS_FILES or len(label) > MAX_LABEL:
        raise MissingError("Namnet finns inte bland dem som registren saknar.")
    file, fields = _row(desk, found, entry_id.strip())
    store: Store = desk.store
    added = added_rows({key: one for key, one in store.standings().items() if key != found.subject})
    added.setdefault(file, []).append(fields)
    try:
        prove(desk.registers, added)
    except RegisterError as error:
        raise RefusedError(f"Raden kan inte läggas till: {error.message}") from error
    event = NewEvent(
        subject=found.subject,
        kind=LABEL,
        reviewer=person.reviewer_id,
        expected=store.standing(found.subject).version,
        status=ACCEPTED,
        snapshot=json.dumps({"file": file, "fields": fields, "id": entry_id.strip()}, ensure_ascii=False),
    )
    return store.append([event], address=address)[0]


def _row(desk: Desk, found: Label, entry_id: str) -> tuple[str, list[str]]:
    """The register file and the row that makes the label a name of the entry."""
    file, columns = ALIAS_FILES[found.register]
    pasted = next(csv.reader([found.row.removeprefix("'")]), [])
    pasted += [""] * (len(columns) - len(pasted))
    known = desk.catalog().dataset
    table, key = ("indicators", "indicator_id") if found.register == "indicators" else ("units", "unit_id")
    if not known.among(table, key, {entry_id}):
        raise RefusedError(f"Registret har ingen post med id ”{entry_id}”.")
    return file, [found.label, entry_id, *pasted[2 : len(columns)]]
