"""Reporting what the checks missed, from the page where it stands."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from pipeline.review.errors import RefusedError
from pipeline.review.people import REVIEWER
from pipeline.review.reporting import report
from pipeline.review.web.browse import show_page
from pipeline.review.web.caller import Asking, AtDesk, Sent, number, one
from pipeline.review.web.rendering import address

router = APIRouter()


@router.post("/dokument/{document_id}/sidor/{page}/anmal")
def report_page(
    request: Request, document_id: str, page: str, caller: Asking, form: Sent, desk: AtDesk
) -> Response:
    """Add a flag of the check ``reported``."""
    caller.need(REVIEWER)
    cells = []
    for text in form.get("cell", []):
        table_id, _, place = text.partition(" ")
        row, _, col = place.partition(" ")
        cells.append((table_id, number(row, -1), number(col, -1)))
    try:
        flag_id, event = report(
            desk,
            document_id,
            number(page, 0),
            caller.person,
            message=one(form, "vad"),
            severity=one(form, "grad"),
            sentences=form.get("mening", []),
            cells=cells,
            address=caller.address,
        )
    except RefusedError as error:
        typed = {"vad": one(form, "vad"), "grad": one(form, "grad")}
        return show_page(
            request, caller, desk, document_id, number(page, 0), notice=error.message, typed=typed
        )
    return RedirectResponse(address(f"/flaggor/{flag_id}", efter=event), 303)
