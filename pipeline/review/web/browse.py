"""Documents, their pages, tables and cells; any observation back to its box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from pipeline.dataset.excerpts import other_readings
from pipeline.dataset.views import table_name
from pipeline.review.desk import Desk
from pipeline.review.errors import MissingError
from pipeline.review.evidence import Mark
from pipeline.review.pictures import DPI, NoPictureError
from pipeline.review.queue import ANY, Filter
from pipeline.review.web.caller import Asking, AtDesk, number
from pipeline.review.web.rendering import render

router = APIRouter()
#: Documents on one page of the list, and tables that were not read; the list says how many more there are.
DOCUMENTS, UNREAD = 100, 100
#: What to do about a document or table that was not read, by what is wrong with it.
WHAT_TO_DO = {
    "quarantined": "Åtgärda filen enligt skälet (hämta den på nytt, ta bort lösenordet) och kör oj run.",
    "partial": "Resten av dokumentet är läst. Lägg till en layout för det som inte tolkades och kör oj run.",
    "withdrawn": "Dokumentet är återkallat av utgivaren och ingår inte längre.",
    "unread": "Cellerna är lästa och kan ses. Kör oj run när registren är ändrade eller källan är rättad.",
}


@router.get("/dokument", response_class=HTMLResponse)
def documents_page(request: Request, caller: Asking, desk: AtDesk) -> Response:
    """The documents, those that could not be read first; free text looks in names and reasons."""
    words = request.query_params.get("sok", "")[:200]
    documents = [row for row in desk.catalog().documents.values() if _has(row, words.lower().split())]
    documents.sort(key=lambda row: (row["status"] == "ok", row["file_name"]))
    last = max(1, -(-len(documents) // DOCUMENTS))
    page = min(max(1, number(request.query_params.get("s"), 1)), last)
    unread = [row for row in _tables(desk, None) if row["status"] == "unread"]
    return render(
        request,
        "documents.html.j2",
        caller,
        documents=documents[(page - 1) * DOCUMENTS : page * DOCUMENTS],
        total=len(documents),
        words=words,
        page=page,
        last=last,
        open_flags=desk.queue().find(Filter()).counts["dokument"],
        unread=[
            (desk.catalog().documents[row["document_id"]], row, table_name(row)) for row in unread[:UNREAD]
        ],
        n_unread=len(unread),
        what_to_do=WHAT_TO_DO,
    )


def _has(document: Mapping[str, Any], words: Sequence[str]) -> bool:
    """Whether a document's name, file or reason holds all words."""
    told = " ".join(str(document[name] or "") for name in ("name", "file_name", "sentence", "year")).lower()
    return all(word in told for word in words)


@router.get("/dokument/{document_id}", response_class=HTMLResponse)
def document_page(request: Request, document_id: str, caller: Asking, desk: AtDesk) -> Response:
    """One document: what became of it, its pages, tables and flags."""
    document = desk.document(document_id)
    tables = _tables(desk, document_id)
    found = desk.queue().find(Filter(status=ANY, dokument=document_id, ordning="dokument"))
    return render(
        request,
        "document.html.j2",
        caller,
        document=document,
        pages=_pages(document),
        tables=[(row, table_name(row)) for row in tables],
        rows=found.rows,
        what_to_do=WHAT_TO_DO,
    )


@router.get("/dokument/{document_id}/sidor/{page}", response_class=HTMLResponse)
def page_page(request: Request, document_id: str, page: str, caller: Asking, desk: AtDesk) -> Response:
    """One page with all that was read on it, and the form to report what the checks missed."""
    return show_page(request, caller, desk, document_id, number(page, 0))


def show_page(
    request: Request,
    caller: Any,
    desk: Desk,
    document_id: str,
    page: int,
    *,
    notice: str = "",
    typed: Mapping[str, Any] | None = None,
) -> Response:
    """The page of a page; after a refused report with the reason and what was typed."""
    document = desk.document(document_id)
    if page < 1 or (document["n_pages"] and page > max(document["n_pages"], document["page_last"] or 0)):
        raise MissingError("Dokumentet har ingen sådan sida.")
    sentences = _sentences(desk, document, page)
    grids, marks = _grids(desk, document_id, page, len(sentences) + 1)
    return render(
        request,
        "page.html.j2",
        caller,
        status=422 if notice else 200,
        document=document,
        page=page,
        pages=_pages(document),
        sentences=sentences,
        grids=grids,
        marks=[*(mark for _, _, own in sentences for mark in own), *marks],
        notice=notice,
        typed=typed or {},
        **drawn(desk, document, page, number(request.query_params.get("zoom"), 100)),
    )


@router.get("/tabeller/{table_id}", response_class=HTMLResponse)
def table_page(request: Request, table_id: str, caller: Asking, desk: AtDesk) -> Response:
    """One table as read, every value cell leading to its observation; MissingError without it."""
    dataset = desk.catalog().dataset
    tables = dataset.among("tables", "table_id", {table_id})
    if not tables:
        raise MissingError("Tabellen finns inte i den publicerade datamängden.")
    held = {tables[0]["document_id"]}
    cells = dataset.among("cells", "table_id", {table_id}, held)
    observations = dataset.among("observations", "table_id", {table_id}, held)
    return render(
        request,
        "table.html.j2",
        caller,
        table=tables[0],
        name=table_name(tables[0]),
        document=desk.document(tables[0]["document_id"]),
        grid=_grid(cells, 1),
        observed={(row["row"], row["col"]): row["observation_id"] for row in observations},
        what_to_do=WHAT_TO_DO,
    )


@router.get("/observationer/{observation_id}", response_class=HTMLResponse)
def observation_page(request: Request, observation_id: str, caller: Asking, desk: AtDesk) -> Response:
    """One observation and its box in the PDF; MissingError without it."""
    found = desk.catalog().dataset.among("observations", "observation_id", {observation_id})
    if not found:
        raise MissingError("Observationen finns inte i den publicerade datamängden.")
    row = found[0]
    document = desk.document(row["document_id"])
    mark = Mark(
        row["document_id"],
        row["page"],
        "cell",
        f"{row['unit_label']}, {row['indicator_label']}: {row['value_raw']}",
        row["x0"],
        row["top"],
        row["x1"] - row["x0"],
        row["bottom"] - row["top"],
    )
    flags = [one for one in desk.queue().rows() if observation_id in one.item.flag.observation_ids]
    cells = desk.catalog().dataset.among("cells", "table_id", {row["table_id"]}, {row["document_id"]})
    own = [cell for cell in cells if (cell["row"], cell["col"]) == (row["row"], row["col"])]
    return render(
        request,
        "observation.html.j2",
        caller,
        row=row,
        document=document,
        marks=[mark],
        flags=flags,
        readings=[one for cell in own for one in other_readings(cell)],
        **drawn(desk, document, row["page"], number(request.query_params.get("zoom"), 100)),
    )


def _grids(desk: Desk, document_id: str, page: int, first: int) -> tuple[list[Any], list[Mark]]:
    """The tables of a page as rows of numbered cells, and the cells' boxes; numbers begin at ``first``."""
    where = [("document_id", "==", document_id), ("page", "==", page)]
    cells = desk.catalog().dataset.arrow("cells", where=where).to_pylist()
    tables = {row["table_id"]: row for row in _tables(desk, document_id)}
    grids, marks = [], []
    for table_id in dict.fromkeys(cell["table_id"] for cell in cells):
        own = [cell for cell in cells if cell["table_id"] == table_id]
        grids.append((tables[table_id], table_name(tables[table_id]), _grid(own, first)))
        marks += [
            _cell_mark(document_id, cell, first + place) for place, cell in enumerate(own) if cell["text"]
        ]
        first += len(own)
    return grids, marks


def drawn(desk: Desk, document: Mapping[str, Any], page: int, zoom: int) -> dict[str, Any]:
    """The picture of a page for a template, or the reason why there is none."""
    zoom = zoom if zoom in DPI else 100
    try:
        return {"drawn": desk.book.page(document, page, zoom), "reason": "", "zoom": zoom}
    except NoPictureError as error:
        return {"drawn": None, "reason": error.message, "zoom": zoom}


def _tables(desk: Desk, document_id: str | None) -> list[dict[str, Any]]:
    """The tables of one document, or of all, in the dataset's order: that in which they are read."""
    where = None if document_id is None else [("document_id", "==", document_id)]
    rows: list[dict[str, Any]] = desk.catalog().dataset.arrow("tables", where=where).to_pylist()
    return rows


def _pages(document: Mapping[str, Any]) -> list[int]:
    """The 1-based pages of a document."""
    first = document["page_first"] or 1
    last = document["page_last"] or (first + (document["n_pages"] or 0) - 1)
    return list(range(first, last + 1))


def _sentences(desk: Desk, document: Mapping[str, Any], page: int) -> list[tuple[int, str, list[Mark]]]:
    """The sentences that stand on a page, numbered, with a mark per line."""
    made: list[tuple[int, str, list[Mark]]] = []
    for text, boxes in desk.sentences(document):
        own = [box for box in boxes if box.page == page]
        if own:
            place = len(made) + 1
            marks = [
                Mark(
                    document["document_id"], page, "ljus", text, box.x0, box.top, box.width, box.height, place
                )
                for box in own
            ]
            made.append((place, text, marks))
    return made


def _cell_mark(document_id: str, cell: Mapping[str, Any], place: int) -> Mark:
    """The box of a cell."""
    wide, high = cell["x1"] - cell["x0"], cell["bottom"] - cell["top"]
    return Mark(document_id, cell["page"], "ljus", cell["text"], cell["x0"], cell["top"], wide, high, place)


def _grid(cells: Sequence[Mapping[str, Any]], first: int) -> list[list[tuple[int, Mapping[str, Any]]]]:
    """Cells by row, each with its number from ``first`` on."""
    lines: dict[int, list[tuple[int, Mapping[str, Any]]]] = {}
    for place, cell in enumerate(cells):
        lines.setdefault(cell["row"], []).append((first + place, cell))
    return [sorted(lines[row], key=lambda one: one[1]["col"]) for row in sorted(lines)]
