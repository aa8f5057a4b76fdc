"""The left side of a flag: a page with its marks, and what is marked on another page beneath it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pipeline.review.desk import Desk
from pipeline.review.evidence import Evidence
from pipeline.review.pictures import DPI, NoPictureError
from pipeline.review.queue import Row
from pipeline.review.web.caller import number

#: What is shown around the marks of the other page (points).
AROUND = 36.0


def picture_of(query: Mapping[str, str], desk: Desk, row: Row, evidence: Evidence) -> dict[str, Any]:
    """What the left side shows: a page with its marks, or why it cannot be shown."""
    documents = [one for one in evidence.documents() if one in desk.catalog().documents]
    own = row.item.flag.document_id
    document_id = query.get("dok", own)
    document_id = document_id if document_id in {own, *documents} else own
    document = desk.document(document_id)
    pages = evidence.pages(document_id)
    first = row.item.flag.page if document_id == own else (pages[0] if pages else 1)
    page = number(query.get("blad"), first)
    zoom = number(query.get("zoom"), 100)
    zoom = zoom if zoom in DPI else 100
    made: dict[str, Any] = {
        "document": document,
        "documents": [desk.document(one) for one in documents],
        "page": page,
        "pages": pages,
        "zoom": zoom,
        "zooms": tuple(DPI),
        "marks": evidence.shown(document_id, page),
        "drawn": None,
        "reason": "",
    }
    try:
        made["drawn"] = desk.book.page(document, page, zoom)
    except NoPictureError as error:
        made["reason"] = error.message
    return made


def other_side(desk: Desk, row: Row, evidence: Evidence, shown: Mapping[str, Any]) -> dict[str, Any] | None:
    """The strip of another page on which cells were counted, so that both sides are in view at once.

    Returns:
        Document, page, its picture, marks, and the strip's top and height in points; None when every counted
        cell is on the page that is shown, when another page than the flag's own was asked for, or when there
        is no picture.
    """
    here = (shown["document"]["document_id"], shown["page"])
    if here != (row.item.flag.document_id, row.item.flag.page) or shown["drawn"] is None:
        return None
    cells = [mark for mark in evidence.marks if mark.kind == "cell"]
    places = Counter((mark.document_id, mark.page) for mark in cells)
    del places[here]
    known = [(place, many) for place, many in places.items() if place[0] in desk.catalog().documents]
    if not known:
        return None
    (document_id, page), _ = max(known, key=lambda one: one[1])
    document = desk.document(document_id)
    try:
        drawn = desk.book.page(document, page, 100)
    except NoPictureError:
        return None
    marks = evidence.shown(document_id, page)
    top = max(0.0, min(mark.y for mark in marks) - AROUND)
    bottom = min(drawn.height, max(mark.y + mark.height for mark in marks) + AROUND)
    strip = {"top": top, "height": max(bottom - top, AROUND)}
    return {"document": document, "page": page, "drawn": drawn, "marks": marks, **strip}
