"""Labels that no register knows: accepting a candidate adds the register's row, undoing takes it back."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.dataset.unmatched import UNMATCHED_FILE
from pipeline.errors import OutputError, RegisterError
from pipeline.review.desk import Desk
from pipeline.review.errors import MissingError, RefusedError
from pipeline.review.events import ACCEPTED, LABEL, Event, NewEvent
from pipeline.review.people import Person
from pipeline.review.placing import append
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


def accept(
    desk: Desk, register: str, label: str, entry_id: str, person: Person, *, address: str = ""
) -> tuple[int, str]:
    """Make a label a name of a register's entry: the row is appended to the register in force.

    The decision is on disk before the register file is touched, so that neither is lost: a row that could
    not be written is laid over the registers by the next run, and written with the next name.

    Returns:
        The event's id, and why the row could not be written ("" when it was).

    Raises:
        MissingError: no such label. RefusedError: no such entry, or the registers would contradict
            themselves with the row. ConflictError: somebody chose at the same time.
        OutputError: the folder of registers cannot be written at all; nothing was decided.
    """
    found = next((one for one in labels(desk) if (one.register, one.label) == (register, label)), None)
    if found is None or register not in ALIAS_FILES or len(label) > MAX_LABEL:
        raise MissingError("Namnet finns inte bland dem som registren saknar.")
    file, fields = _row(desk, found, entry_id.strip())
    store: Store = desk.store
    with desk.place.lock():
        store.refresh()
        added = added_rows({key: one for key, one in store.standings().items() if key != found.subject})
        added.setdefault(file, []).append(fields)
        try:
            prove(desk.place.base, added)
        except RegisterError as error:
            raise RefusedError(f"Raden kan inte läggas till: {error.message}") from error
        event = NewEvent(
            subject=found.subject,
            kind=LABEL,
            reviewer=person.reviewer_id,
            expected=store.standing(found.subject).version,
            status=ACCEPTED,
            snapshot=json.dumps({"file": file, "fields": fields, "id": fields[1]}, ensure_ascii=False),
        )
        event_id = store.append([event], address=address)[0]
        return event_id, _tried(lambda: desk.place.put(store.standings()))


def take_back(desk: Desk, event_id: int, person: Person, *, address: str = "") -> str:
    """Undo the acceptance of a name: its row leaves the register that it was appended to.

    Returns:
        Why the row could not be taken out ("" when it was).

    Raises:
        MissingError: no such event. ConflictError: it is undone already.
    """
    event = desk.store.event(event_id)
    if event is None or event.kind != LABEL or event.snapshot is None:
        raise MissingError("Raden som skulle tas tillbaka finns inte.")
    with desk.place.lock():
        desk.store.undo([event.id], person.reviewer_id, address=address)
        held = json.loads(event.snapshot)
        return _tried(lambda: desk.place.take(held["file"], held["fields"], desk.store.standings()))


def carry_over(desk: Desk) -> Path:
    """Append all accepted names to the program's own registers, in a checkout; gives their folder.

    Raises:
        RefusedError: the program is no writable checkout. OutputError: a file cannot be written.
    """
    folder = desk.place.checkout()
    if folder is None:
        raise RefusedError("Programmets register går inte att skriva i: välj en egen registermapp i stället.")
    with desk.place.lock():
        desk.store.refresh()
        append(folder, added_rows(desk.store.standings()))
    return folder


@dataclass(frozen=True, slots=True)
class AcceptedName:
    """A name that a reviewer accepted.

    Attributes:
        entry: id of the register's entry. file: the register file; row: its fields.
        event: of the decision. written: the row stands in the file that it is written to.
    """

    label: str
    entry: str
    file: str
    row: Sequence[str]
    event: Event
    written: bool


def accepted(desk: Desk) -> list[AcceptedName]:
    """The accepted names that count, newest first."""
    desk.store.refresh()
    held = [
        (one.decision, json.loads(one.decision.snapshot))
        for one in list(desk.store.standings().values())
        if one.status == ACCEPTED and one.decision is not None and one.decision.snapshot
    ]
    absent = {
        (file, tuple(row))
        for file in {said["file"] for _, said in held}
        for row in desk.place.lacking(file, [said["fields"] for _, said in held if said["file"] == file])
    }
    made = [
        AcceptedName(
            said["fields"][0],
            said["id"],
            said["file"],
            said["fields"],
            event,
            (said["file"], tuple(said["fields"])) not in absent,
        )
        for event, said in held
    ]
    return sorted(made, key=lambda one: -one.event.id)


def _tried(work: Callable[[], None]) -> str:
    """Do something with a register file; gives the sentence that says why it could not be done."""
    try:
        work()
    except OutputError as error:
        return error.message
    return ""


def _row(desk: Desk, found: Label, entry_id: str) -> tuple[str, list[str]]:
    """The register file and the row that makes the label a name of the entry."""
    file, columns = ALIAS_FILES[found.register]
    pasted = next(csv.reader([found.row.removeprefix("'")]), [])
    pasted += [""] * (len(columns) - len(pasted))
    known = desk.catalog().dataset
    table, key = ("indicators", "indicator_id") if found.register == "indicators" else ("units", "unit_id")
    entries = known.among(table, key, {entry_id}) or known.among(table, "name", {entry_id})
    same_area = [row for row in entries if row.get("area") == pasted[2]]
    ids = [row[key] for row in (same_area if len(entries) > 1 and same_area else entries)]
    if len(ids) != 1:
        raise RefusedError(
            f"Registret har ingen post med id eller namn ”{entry_id}”."
            if not ids
            else f"Flera poster heter ”{entry_id}”: ange postens id i stället."
        )
    return file, [found.label, ids[0], *pasted[2 : len(columns)]]
