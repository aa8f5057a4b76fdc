"""Deciding all flags of a filter at once: first a preview, then the decision, which one undo takes back."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.review.deciding import Verdict, bulk, bulk_rows
from pipeline.review.desk import Desk
from pipeline.review.errors import ConflictError, RefusedError
from pipeline.review.people import REVIEWER
from pipeline.review.queue import Filter
from pipeline.review.web.caller import Asking, AtDesk, Caller, Sent, one
from pipeline.review.web.flags import _pairs
from pipeline.review.web.rendering import address, render

router = APIRouter()
#: Flags that the preview lists; the rest are counted.
SHOWN = 200


@router.get("/bulk", response_class=HTMLResponse)
def preview(request: Request, caller: Asking, desk: AtDesk) -> Response:
    """Which flags a bulk decision would be about."""
    caller.need(REVIEWER)
    return _preview(request, caller, desk, Filter.of(request.query_params))


@router.post("/bulk")
def decide_all(request: Request, caller: Asking, form: Sent, desk: AtDesk) -> Response:
    """Decide exactly the flags that the preview was about."""
    caller.need(REVIEWER)
    wanted = Filter.of(dict(_pairs(one(form, "filter"))))
    verb, _, reason = one(form, "val").partition(":")
    try:
        verdict = Verdict(verb, reason, one(form, "kommentar"))
        batch = bulk(desk, wanted, one(form, "urval"), verdict, caller.person, caller.address)
    except (ConflictError, RefusedError) as error:
        return _preview(request, caller, desk, wanted, notice=error.message, comment=one(form, "kommentar"))
    return RedirectResponse(address("/flaggor", wanted.query, omgang=batch), 303)


def _preview(
    request: Request, caller: Caller, desk: Desk, wanted: Filter, *, notice: str = "", comment: str = ""
) -> Response:
    rows, seen = bulk_rows(desk, wanted)
    return render(
        request,
        "bulk.html.j2",
        caller,
        status=409 if notice else 200,
        wanted=wanted,
        rows=rows[:SHOWN],
        total=len(rows),
        decided=sum(row.status != "open" for row in rows),
        seen=seen,
        notice=notice,
        comment=comment,
    )
