"""The application: routes, static files, errors as pages. Nothing of a request names a file."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.errors import OjError
from pipeline.review.desk import Desk
from pipeline.review.errors import ConflictError, ForbiddenError, MissingError, RefusedError, StoreError
from pipeline.review.pictures import DPI
from pipeline.review.placing import UNWRITABLE
from pipeline.review.web import browse, bulk, exports, flags, labels, people, reports
from pipeline.review.web.caller import Access, Asking, AtDesk, Caller, LoginNeededError, caller_of
from pipeline.review.web.guard import Guard, TooLargeError
from pipeline.review.web.rendering import address, render

log = logging.getLogger("oj")
STATIC = {
    "granskning.css": "text/css; charset=utf-8",
    "granskning.js": "text/javascript; charset=utf-8",
    "ikon.svg": "image/svg+xml",
    "htmx.min.js": "text/javascript; charset=utf-8",
}
#: What kinds of errors are called, and their HTTP status.
HEADINGS: tuple[tuple[type[OjError], int, str], ...] = (
    (MissingError, 404, "Finns inte"),
    (ForbiddenError, 403, "Inte tillåtet"),
    (ConflictError, 409, "Någon hann före"),
    (RefusedError, 422, "Det gick inte"),
    (StoreError, 503, "Beslutet är inte sparat"),
)
PRIVATE = "private, max-age=86400, immutable"
router = APIRouter()


def create_app(desk: Desk, access: Access, hosts: tuple[str, ...] = ()) -> Guard:
    """The web application around a desk.

    Args:
        access: how reviewers are told. hosts: names in the Host header that are answered; empty for all.
    """
    app = FastAPI(title="Granskning", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk, app.state.access = desk, access
    for part in (flags, bulk, browse, reports, labels, people, exports):
        app.include_router(part.router)
    app.include_router(router)
    app.add_exception_handler(OjError, _complaint)
    app.add_exception_handler(LoginNeededError, _to_login)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(TooLargeError, _too_large)
    app.add_exception_handler(Exception, _fault)
    return Guard(app, hosts)


@router.get("/statisk/{name}")
def static(name: str) -> Response:
    """One of our own files, by a name that is on the list; MissingError for any other."""
    if name not in STATIC:
        raise MissingError("Filen finns inte.")
    return Response(_static(name), media_type=STATIC[name], headers={"cache-control": "private, max-age=600"})


@lru_cache(maxsize=len(STATIC))
def _static(name: str) -> bytes:
    return (Path(__file__).parent / "static" / name).read_bytes()


@router.get("/bild/{document_id}/{page}/{zoom}")
def picture(document_id: str, page: str, zoom: str, caller: Asking, desk: AtDesk) -> Response:
    """The picture of a page of a document in the dataset; MissingError for a page or zoom that is none."""
    number = int(page) if page.isdecimal() and len(page) < 7 else 0
    scale = int(zoom) if zoom.isdecimal() and len(zoom) < 7 else 0
    if number < 1 or scale not in DPI:
        raise MissingError("Sidan finns inte.")
    shown = desk.book.page(desk.document(document_id), number, scale)
    return Response(shown.png, media_type="image/png", headers={"cache-control": PRIVATE})


def _to_login(request: Request, _error: Exception) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(address("/logga-in", till=wanted if request.method == "GET" else "/flaggor"), 303)


def _complaint(request: Request, error: Exception) -> Response:
    """An error of ours as a page that says what happened and what to do."""
    assert isinstance(error, OjError)
    found = next(((code, words) for kind, code, words in HEADINGS if isinstance(error, kind)), None)
    cannot = "Det gick inte att skriva" if error.code == UNWRITABLE else "Datamängden går inte att läsa"
    status, heading = found or (503, cannot)
    return _page(request, status, heading, error.message)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known: Mapping[int, tuple[str, str]] = {
        404: ("Finns inte", "Adressen leder inte till någon sida."),
        405: ("Inte tillåtet", "Adressen används inte på det sättet."),
    }
    heading, message = known.get(error.status_code, ("Det gick inte", "Begäran kunde inte besvaras."))
    return _page(request, error.status_code, heading, message)


def _too_large(request: Request, _error: Exception) -> Response:
    return _page(request, 413, "Det gick inte", "Det som skickades är för stort.")


def _fault(request: Request, error: Exception) -> Response:
    """A fault of the program: written down for those who mend it, told without its insides."""
    log.error("%s %s", request.method, request.url.path, exc_info=error)
    return _page(
        request, 500, "Något gick fel", "Felet är antecknat i loggen. Beslut som redan är sparade finns kvar."
    )


def _page(request: Request, status: int, heading: str, message: str) -> HTMLResponse:
    return render(request, "error.html.j2", _known(request), status=status, heading=heading, message=message)


def _known(request: Request) -> Caller | None:
    """The caller for the page's frame, None when that cannot be told."""
    try:
        return caller_of(request)
    except (LoginNeededError, OjError):
        return None
