"""Reporting what the checks missed, from the page where it stands."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from pipeline.review.errors import RefusedError
from pipeline.review.people import REVIEWER
from pipeline.review.reporting import Marked, area_of, report
from pipeline.review.web.browse import show_page
from pipeline.review.web.caller import Asking, AtDesk, Sent, number, one
from pipeline.review.web.rendering import address

router = APIRouter()
#: Fields of a freely drawn box: left, top, right, bottom.
AREA = ("vanster", "over", "hoger", "under")


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
    on = number(page, 0)
    try:
        marked = Marked(
            on,
            form.get("mening", []),
            cells,
            area_of(on, [one(form, name) for name in AREA]),
            one(form, "hela") == "ja",
        )
        flag_id, event = report(
            desk,
            document_id,
            marked,
            caller.person,
            message=one(form, "vad"),
            severity=one(form, "grad"),
            address=caller.address,
        )
    except RefusedError as error:
        typed: dict[str, Any] = {name: one(form, name) for name in ("vad", "grad", "hela", *AREA)}
        typed |= {"mening": form.get("mening", []), "cell": form.get("cell", [])}
        return show_page(request, caller, desk, document_id, on, notice=error.message, typed=typed)
    return RedirectResponse(address(f"/flaggor/{flag_id}", efter=event), 303)
