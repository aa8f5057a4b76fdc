"""Decisions and open flags as CSV and Excel; reviewers by pseudonym, text harmless to spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from fastapi import APIRouter
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from starlette.responses import Response

from pipeline.dataset.unmatched import harmless
from pipeline.review.desk import Desk
from pipeline.review.errors import MissingError
from pipeline.review.queue import Filter
from pipeline.review.registers import added_rows
from pipeline.review.web.caller import Asking, AtDesk
from pipeline.review.web.rendering import word

router = APIRouter()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Excel holds no longer text in a cell.
MAX_CELL = 32_000
Table = tuple[Sequence[str], Sequence[Sequence[str]]]


@router.get("/export/{name}")
def export(name: str, caller: Asking, desk: AtDesk) -> Response:
    """One of the lists, as the kind of file that the name ends with; MissingError for any other name."""
    what, _, kind = name.partition(".")
    makers = {"beslut": decisions, "oppna": open_flags}
    if name == "registerrader.csv":
        content, media = _register_rows(desk), "text/csv; charset=utf-8"
    elif what in makers and kind in ("csv", "xlsx"):
        header, rows = makers[what](desk)
        content = as_csv(header, rows) if kind == "csv" else as_excel(header, rows)
        media = "text/csv; charset=utf-8" if kind == "csv" else XLSX
    else:
        raise MissingError("Det finns ingen sådan fil att hämta.")
    desk.people.note(caller.person.reviewer_id, "export", name, caller.address)
    return Response(
        content, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def decisions(desk: Desk) -> Table:
    """Every event of every flag, oldest first."""
    desk.store.refresh()
    catalog = desk.catalog()
    header = (
        "händelse",
        "tid",
        "flagga",
        "vad",
        "beslut",
        "skäl",
        "kommentar",
        "granskare",
        "ångrar",
        "meddelande",
    )
    rows = []
    for event in desk.store.all_events():
        if event.subject.startswith("label:"):
            continue
        item = catalog.items.get(event.subject)
        rows.append(
            (
                str(event.id),
                event.at.isoformat(timespec="seconds"),
                event.subject,
                event.kind,
                word("flag_status", event.status),
                event.reason or "",
                event.comment or "",
                event.reviewer,
                str(event.undoes or ""),
                item.flag.message if item else "",
            )
        )
    return header, rows


def open_flags(desk: Desk) -> Table:
    """The open flags, worst first."""
    catalog = desk.catalog()
    header = ("flagga", "allvar", "kontroll", "dokument", "fil", "sida", "tabell", "meddelande", "mening")
    rows = []
    for row in desk.queue().find(Filter()).rows:
        flag = row.item.flag
        document = catalog.documents[flag.document_id]
        rows.append(
            (
                flag.flag_id,
                word("severity", flag.severity),
                word("check", flag.check),
                str(document["name"]),
                str(document["file_name"]),
                str(flag.page),
                flag.table_label or "",
                flag.message,
                flag.sentence or "",
            )
        )
    return header, rows


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV file that Swedish Excel opens in columns: semicolons, UTF-8 with its mark."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(header)
    writer.writerows([harmless(field) for field in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_excel(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """An Excel workbook of plain text: nothing in it is a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Granskning")
    sheet.append(list(header))
    for row in rows:
        sheet.append([harmless(ILLEGAL_CHARACTERS_RE.sub("", field))[:MAX_CELL] for field in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _register_rows(desk: Desk) -> bytes:
    """The rows that reviewers added to the registers, each after the name of its file."""
    desk.store.refresh()
    text = StringIO()
    writer = csv.writer(text)
    for name, rows in added_rows(desk.store.standings()).items():
        writer.writerows([name, *map(harmless, row)] for row in rows)
    return text.getvalue().encode("utf-8-sig")
