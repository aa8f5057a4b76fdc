"""Logging in and out, one's own settings, the log, progress, help and the accessibility statement."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.review.desk import Desk
from pipeline.review.errors import ForbiddenError, MissingError, RefusedError
from pipeline.review.people import MIN_PASSWORD, READER, REVIEWER, STEWARD
from pipeline.review.people import SESSION as SESSION_LENGTH
from pipeline.review.queue import Row
from pipeline.review.web.caller import (
    KEYS,
    NAME,
    SESSION,
    Asking,
    AtDesk,
    Caller,
    LoginNeededError,
    Sent,
    access_of,
    address_of,
    caller_of,
    csrf_of,
    number,
    one,
    remember,
)
from pipeline.review.web.rendering import render

router = APIRouter()
LOG_LINES = 200
#: One's own decisions that are listed; the queue's filter shows all.
OWN_EVENTS = 20
ROLE_WORDS = {
    READER: "läser och hämtar listor",
    REVIEWER: "läser, beslutar om flaggor och anmäler",
    STEWARD: "som granskare, och godtar namn i registren och läser loggen",
}
#: The cookie that a login form is bound to before anyone has a session.
LOGIN_AGE = 1800


@router.get("/logga-in", response_class=HTMLResponse)
def login_page(request: Request) -> Response:
    """The form to log in with."""
    return _login(request, "", "")


@router.post("/logga-in")
def log_in(request: Request, form: Sent, desk: AtDesk) -> Response:
    """Begin a session."""
    name = one(form, "namn")
    try:
        token = desk.people.log_in(name, one(form, "losenord"), address_of(request))
    except RefusedError as error:
        return _login(request, error.message, name)
    if token is None:
        return _login(request, "Namnet eller lösenordet stämmer inte.", name)
    response = RedirectResponse(_own_path(one(form, "till")), 303)
    remember(response, request, SESSION, token, age=int(SESSION_LENGTH.total_seconds()))
    return response


@router.post("/logga-ut")
def log_out(request: Request, caller: Asking, form: Sent, desk: AtDesk) -> Response:
    """End the session."""
    desk.people.log_out(caller.token, caller.person, caller.address)
    response = RedirectResponse("/logga-in", 303)
    response.delete_cookie(SESSION, path="/")
    return response


@router.get("/jag", response_class=HTMLResponse)
def me(request: Request, caller: Asking, desk: AtDesk) -> Response:
    """One's own settings and decisions."""
    return _me(request, caller, desk, said="Sparat." if "sparat" in request.query_params else "")


@router.post("/jag")
def save_me(request: Request, caller: Asking, form: Sent, desk: AtDesk) -> Response:
    """Keep shortcuts on or off, and on one's own machine the name."""
    name = " ".join(one(form, "namn").split())[:100]
    if name and access_of(request).mode == "open":
        try:
            desk.people.named(name, STEWARD)
        except RefusedError as error:
            return _me(request, caller, desk, notice=error.message)
    response = RedirectResponse("/jag?sparat", 303)
    remember(response, request, KEYS, "på" if one(form, "tangenter") == "på" else "av")
    if name and access_of(request).mode == "open":
        remember(response, request, NAME, name)
    return response


@router.post("/jag/losenord")
def change_password(request: Request, caller: Asking, form: Sent, desk: AtDesk) -> Response:
    """Give one's own account another password; MissingError where nobody logs in with one."""
    if access_of(request).mode != "accounts":
        raise MissingError("Här loggar man inte in med lösenord.")
    old, new = one(form, "nuvarande"), one(form, "nytt")
    if new != one(form, "igen"):
        return _me(request, caller, desk, notice="De två nya lösenorden är inte lika.")
    try:
        desk.people.change_password(caller.person, old, new, caller.token, caller.address)
    except RefusedError as error:
        return _me(request, caller, desk, notice=error.message)
    return _me(request, caller, desk, said="Lösenordet är bytt. Du är utloggad på andra ställen.")


def _me(request: Request, caller: Caller, desk: Desk, *, notice: str = "", said: str = "") -> Response:
    return render(
        request,
        "me.html.j2",
        caller,
        status=422 if notice else 200,
        notice=notice,
        said=said,
        events=desk.store.newest_of(caller.person.reviewer_id, OWN_EVENTS),
        roles=ROLE_WORDS,
        min_password=MIN_PASSWORD,
    )


@router.get("/logg", response_class=HTMLResponse)
def log_page(request: Request, caller: Asking, desk: AtDesk) -> Response:
    """The audit log, newest first."""
    caller.need(STEWARD)
    before = number(request.query_params.get("fore"), 0) or None
    lines = desk.people.log(LOG_LINES, before)
    return render(
        request, "log.html.j2", caller, lines=lines, names=desk.people.names(), full=len(lines) == LOG_LINES
    )


@router.get("/lage", response_class=HTMLResponse)
def progress_page(request: Request, caller: Asking, desk: AtDesk) -> Response:
    """How far the review has come, in all and by reviewer."""
    rows = desk.queue().rows()
    by_status = Counter(row.status for row in rows)
    decided: dict[str, Counter[str]] = {}
    for row in rows:
        if row.reviewer and row.status != "open":
            decided.setdefault(row.reviewer, Counter())[row.status] += 1
    return render(
        request,
        "progress.html.j2",
        caller,
        total=len(rows),
        by_status=by_status,
        reopened=sum(row.reopened for row in rows),
        done=sum(many for status, many in by_status.items() if status not in ("open", "deferred")),
        reviewers=sorted(decided.items(), key=lambda one: (-one[1].total(), one[0])),
        severities=_by_severity(rows),
        names=desk.people.names(),
    )


@router.get("/hjalp", response_class=HTMLResponse)
def help_page(request: Request, caller: Asking) -> Response:
    """The keys and how decisions are used."""
    return render(request, "help.html.j2", caller)


@router.get("/tillganglighet", response_class=HTMLResponse)
def accessibility_page(request: Request) -> Response:
    """The accessibility statement; also for those who are not logged in."""
    try:
        caller = caller_of(request)
    except (LoginNeededError, ForbiddenError):
        return render(request, "accessibility.html.j2", None)
    return render(request, "accessibility.html.j2", caller)


def _by_severity(rows: list[Row] | tuple[Row, ...] | object) -> Counter[tuple[str, str]]:
    """Flags by severity and whether they wait."""
    assert isinstance(rows, list)
    return Counter((row.item.flag.severity, "open" if row.status == "open" else "done") for row in rows)


def _own_path(wanted: str) -> str:
    """Where to go after logging in: a path of ours, never another site."""
    fine = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return quote(wanted, safe="/?&=%+-_.~") if fine else "/flaggor"


def _login(request: Request, notice: str, name: str) -> Response:
    import secrets

    token = request.cookies.get(SESSION) or secrets.token_urlsafe(32)
    response = render(
        request,
        "login.html.j2",
        None,
        status=401 if notice else 200,
        csrf=csrf_of(token),
        notice=notice,
        name=name,
        till=request.query_params.get("till", ""),
    )
    remember(response, request, SESSION, token, age=LOGIN_AGE)
    return response
