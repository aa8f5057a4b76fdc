"""Names that no register knows, with candidates; names that were accepted, and where their rows stand."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.errors import OutputError
from pipeline.review.desk import Desk
from pipeline.review.naming import accept, accepted, carry_over, labels, take_back
from pipeline.review.people import STEWARD
from pipeline.review.web.caller import Asking, AtDesk, Caller, Sent, number, one
from pipeline.review.web.rendering import render

router = APIRouter()
PAGE = 40


@router.get("/namn", response_class=HTMLResponse)
def labels_page(request: Request, caller: Asking, desk: AtDesk) -> Response:
    """The labels, most met first."""
    return _shown(request, caller, desk, number(request.query_params.get("s"), 1))


@router.post("/namn")
def accept_label(request: Request, caller: Asking, form: Sent, desk: AtDesk) -> Response:
    """Append the register's row for the chosen candidate."""
    caller.need(STEWARD)
    entry = one(form, "annan").strip() or one(form, "id")
    _, fault = accept(
        desk, one(form, "register"), one(form, "namn"), entry, caller.person, address=caller.address
    )
    page = number(one(form, "s"), 1)
    return _shown(request, caller, desk, page, fault) if fault else RedirectResponse(f"/namn?s={page}", 303)


@router.post("/namn/angra")
def take_back_label(request: Request, caller: Asking, form: Sent, desk: AtDesk) -> Response:
    """Take a row out of the register again."""
    caller.need(STEWARD)
    fault = take_back(desk, number(one(form, "handelse"), 0), caller.person, address=caller.address)
    page = number(one(form, "s"), 1)
    return _shown(request, caller, desk, page, fault) if fault else RedirectResponse(f"/namn?s={page}", 303)


@router.post("/namn/for-in")
def carry_over_all(request: Request, caller: Asking, form: Sent, desk: AtDesk) -> Response:
    """Append all accepted rows to the program's own registers."""
    caller.need(STEWARD)
    try:
        folder = carry_over(desk)
    except OutputError as error:
        return _shown(request, caller, desk, 1, error.message)
    desk.people.note(caller.person.reviewer_id, "register", str(folder), caller.address)
    return RedirectResponse("/namn#tillagda", 303)


def _shown(request: Request, caller: Caller, desk: Desk, page: int, notice: str = "") -> Response:
    found = labels(desk)
    last = max(1, -(-len(found) // PAGE))
    page = min(max(1, page), last)
    return render(
        request,
        "labels.html.j2",
        caller,
        status=503 if notice else 200,
        notice=notice,
        accepted=accepted(desk),
        place=desk.place,
        entries=_entries(desk) if caller.person.may(STEWARD) else {},
        names=desk.people.names(),
        labels=found[(page - 1) * PAGE : page * PAGE],
        total=len(found),
        page=page,
        last=last,
        documents=desk.catalog().documents,
    )


def _entries(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """Id and name of every entry of the registers that names can be added to, by register."""
    dataset = desk.catalog().dataset
    return {
        register: [
            (row[key], row["name"]) for row in dataset.arrow(register, columns=[key, "name"]).to_pylist()
        ]
        for register, key in (("indicators", "indicator_id"), ("units", "unit_id"))
    }
