"""Names that no register knows, with candidates."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.review.naming import accept, labels
from pipeline.review.people import STEWARD
from pipeline.review.web.caller import Asking, AtDesk, Sent, number, one
from pipeline.review.web.rendering import render

router = APIRouter()
PAGE = 40


@router.get("/namn", response_class=HTMLResponse)
def labels_page(request: Request, caller: Asking, desk: AtDesk) -> Response:
    """The labels, most met first."""
    found = labels(desk)
    last = max(1, -(-len(found) // PAGE))
    page = min(max(1, number(request.query_params.get("s"), 1)), last)
    return render(
        request,
        "labels.html.j2",
        caller,
        labels=found[(page - 1) * PAGE : page * PAGE],
        total=len(found),
        page=page,
        last=last,
        documents=desk.catalog().documents,
    )


@router.post("/namn")
def accept_label(caller: Asking, form: Sent, desk: AtDesk) -> Response:
    """Add the register's row for the chosen candidate."""
    caller.need(STEWARD)
    entry = one(form, "annan").strip() or one(form, "id")
    accept(desk, one(form, "register"), one(form, "namn"), entry, caller.person, address=caller.address)
    return RedirectResponse(f"/namn?s={number(one(form, 's'), 1)}", 303)
