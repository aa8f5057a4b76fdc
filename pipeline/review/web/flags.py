"""The queue, one flag, and deciding it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.review import deciding
from pipeline.review.corrections import rows_of
from pipeline.review.deciding import Seen
from pipeline.review.desk import Desk
from pipeline.review.errors import ConflictError, MissingError, RefusedError
from pipeline.review.events import CORRECTED, DISMISSED, LABEL
from pipeline.review.evidence import evidence_of
from pipeline.review.people import REVIEWER
from pipeline.review.queue import ANY, FACETS, ORDERS, PAGE, Filter, Found, Row
from pipeline.review.web.caller import Asking, AtDesk, Caller, Sent, number, one
from pipeline.review.web.leftside import other_side, picture_of
from pipeline.review.web.rendering import address, render, word

router = APIRouter()
#: Values of one facet in its list; the ones with most flags first.
MAX_CHOICES = 400
FACET_WORDS = {
    "status": "Status",
    "grad": "Allvar",
    "kontroll": "Kontroll",
    "omrade": "Område",
    "dokument": "Dokument",
    "enhet": "Enhet",
    "upplaga": "Upplaga",
    "granskare": "Granskare",
}
_CODES = {"status": "flag_status", "grad": "severity", "kontroll": "check", "omrade": "area"}


@router.get("/")
def start() -> RedirectResponse:
    """The queue is the first page."""
    return RedirectResponse("/flaggor", 303)


@router.get("/flaggor", response_class=HTMLResponse)
def queue_page(request: Request, caller: Asking, desk: AtDesk) -> Response:
    """The queue under the address's filter."""
    wanted = Filter.of(request.query_params)
    found = desk.queue().find(wanted)
    last = max(1, -(-len(found.rows) // PAGE))
    page = min(max(1, number(request.query_params.get("s"), 1)), last)
    return render(
        request,
        "queue.html.j2",
        caller,
        wanted=wanted,
        found=found,
        rows=found.rows[(page - 1) * PAGE : page * PAGE],
        page=page,
        last=last,
        facets=facets(desk, wanted, found),
        orders=ORDERS,
        names=desk.people.names(),
        after=_after(desk, request),
    )


def facets(desk: Desk, wanted: Filter, found: Found) -> list[dict[str, Any]]:
    """Every facet with its choices: value, words and how many it would find."""
    made = []
    for name in FACETS:
        chosen = getattr(wanted, name)
        counts = dict(found.counts[name])
        if chosen and chosen != ANY:
            counts.setdefault(chosen, 0)
        choices = [(value, _shown(desk, name, value), many) for value, many in counts.items() if value]
        choices.sort(key=lambda one: (-one[2], one[1]))
        everything = ANY if name == "status" else ""
        made.append(
            {
                "name": name,
                "words": FACET_WORDS[name],
                "all": everything,
                "chosen": chosen,
                "choices": sorted(choices[:MAX_CHOICES], key=lambda one: one[1]),
            }
        )
    return made


def _shown(desk: Desk, facet: str, value: str) -> str:
    """The words for a value of a facet."""
    catalog = desk.catalog()
    if facet in _CODES:
        return word(_CODES[facet], value)
    if facet == "dokument":
        return str(catalog.documents[value]["name"]) if value in catalog.documents else value
    if facet == "enhet":
        return catalog.unit_names.get(value, value)
    if facet == "granskare":
        return desk.people.names().get(value, value)
    return value


@router.get("/flaggor/{flag_id}", response_class=HTMLResponse)
def flag_page(request: Request, flag_id: str, caller: Asking, desk: AtDesk) -> Response:
    """One flag with both sides."""
    return show_flag(request, caller, desk, flag_id)


@router.get("/flaggor/{flag_id}/narvaro", response_class=HTMLResponse)
def presence(request: Request, flag_id: str, caller: Asking, desk: AtDesk) -> Response:
    """Who else has the flag open; asking says that the caller has."""
    row = desk.row(flag_id)
    others = desk.people.look(row.flag_id, caller.person)
    seen = number(request.query_params.get("version"), row.version)
    return render(request, "presence.html.j2", caller, others=others, changed=row.version != seen)


@router.post("/flaggor/{flag_id}/beslut")
def decide(request: Request, flag_id: str, caller: Asking, form: Sent, desk: AtDesk) -> Response:
    """Decide, comment or correct a flag, and go on to the next one."""
    caller.need(REVIEWER)
    wanted = Filter.of(dict(_pairs(one(form, "filter"))))
    seen = Seen(number(one(form, "version"), 0), one(form, "underlag"))
    verb, _, reason = one(form, "val").partition(":")
    comment = one(form, "kommentar")
    try:
        found = desk.queue().find(wanted)
        upcoming = found.after(flag_id)
        who = (caller.person, seen)
        if verb == "comment":
            deciding.comment(desk, flag_id, comment, *who, address=caller.address)
            return RedirectResponse(address(f"/flaggor/{flag_id}", wanted.query), 303)
        if verb == CORRECTED:
            cell = (one(form, "cell"), one(form, "varde"))
            event = deciding.correct(desk, flag_id, cell, *who, comment=comment, address=caller.address)
        else:
            verdict = deciding.Verdict(verb, reason, comment)
            event = deciding.decide(desk, flag_id, verdict, *who, address=caller.address)
    except (ConflictError, RefusedError) as error:
        status = 409 if isinstance(error, ConflictError) else 422
        return show_flag(
            request, caller, desk, flag_id, wanted=wanted, notice=error.message, typed=form, status=status
        )
    where = f"/flaggor/{upcoming.flag_id}" if upcoming else "/flaggor"
    return RedirectResponse(address(where, wanted.query, efter=event), 303)


@router.post("/angra")
def undo(caller: Asking, form: Sent, desk: AtDesk) -> Response:
    """Take a decision back, or all of one bulk decision; MissingError when there is none to take back."""
    caller.need(REVIEWER)
    wanted = Filter.of(dict(_pairs(one(form, "filter"))))
    batch = one(form, "omgang")
    if batch:
        events = desk.store.batch(batch)
    else:
        event = desk.store.event(number(one(form, "handelse"), 0))
        events = (event,) if event is not None else ()
    if not events or any(event.kind == LABEL for event in events):
        raise MissingError("Beslutet som skulle ångras finns inte.")
    desk.store.undo([event.id for event in events], caller.person.reviewer_id, address=caller.address)
    if batch:
        return RedirectResponse(address("/flaggor", wanted.query), 303)
    exists = desk.queue().row(events[0].subject) is not None
    return RedirectResponse(
        address(f"/flaggor/{events[0].subject}" if exists else "/flaggor", wanted.query), 303
    )


def show_flag(
    request: Request,
    caller: Caller,
    desk: Desk,
    flag_id: str,
    *,
    wanted: Filter | None = None,
    notice: str = "",
    typed: Any = None,
    status: int = 200,
) -> Response:
    """The page of one flag; after a refusal with the reason and what was typed."""
    wanted = wanted or Filter.of(request.query_params)
    row = desk.row(flag_id)
    found = desk.queue().find(wanted)
    evidence = evidence_of(desk.catalog(), row.item)
    upcoming = found.after(flag_id)
    return render(
        request,
        "flag.html.j2",
        caller,
        status=status,
        row=row,
        flag=row.item.flag,
        document=desk.document(row.item.flag.document_id),
        evidence=evidence,
        wanted=wanted,
        place=found.places.get(flag_id),
        total=len(found.rows),
        before=found.before(flag_id),
        upcoming=upcoming,
        picture=(picture := picture_of(request.query_params, desk, row, evidence)),
        second=other_side(desk, row, evidence, picture),
        **_story(desk, flag_id),
        names=desk.people.names(),
        others=desk.people.look(flag_id, caller.person),
        after=_after(desk, request),
        prefetch=_prefetch(desk, upcoming),
        notice=notice,
        typed={name: one(typed, name) for name in ("kommentar", "varde", "cell")} if typed else {},
        DISMISSED=DISMISSED,
    )


def _story(desk: Desk, flag_id: str) -> dict[str, Any]:
    """What happened to a flag: its events, what they come to, and the corrections among them."""
    standing = desk.store.standing(flag_id)
    return {
        "history": desk.store.history(flag_id),
        "standing": standing,
        "corrections": rows_of(standing.decision),
    }


def _prefetch(desk: Desk, upcoming: Row | None) -> str:
    """Address of the picture that will be wanted next."""
    if upcoming is None:
        return ""
    flag = upcoming.item.flag
    return picture_address(desk.document(flag.document_id), flag.page, 100)


def picture_address(document: Any, page: int, zoom: int) -> str:
    """Address of a page's picture; it changes when the file does."""
    return f"/bild/{document['document_id']}/{page}/{zoom}?v={document['file_sha256'][:12]}"


def _after(desk: Desk, request: Request) -> dict[str, Any] | None:
    """What was just decided, so that it can be undone from the next page."""
    batch = request.query_params.get("omgang")
    if batch:
        events = desk.store.batch(batch)
        return {"batch": batch, "many": len(events), "event": events[0]} if events else None
    event_id = number(request.query_params.get("efter"), 0)
    event = desk.store.event(event_id) if event_id else None
    return {"batch": "", "many": 1, "event": event} if event is not None else None


def _pairs(query: str) -> list[tuple[str, str]]:
    from urllib.parse import parse_qsl

    return parse_qsl(query[:4_000], max_num_fields=40)
