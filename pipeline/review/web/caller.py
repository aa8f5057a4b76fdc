"""Who is asking, and whether a form came from one of our own pages."""

from __future__ import annotations

import getpass
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from fastapi import Depends, Request
from starlette.responses import Response

from pipeline.review.desk import Desk
from pipeline.review.errors import ForbiddenError
from pipeline.review.people import STEWARD, Person
from pipeline.review.settings import Settings

SESSION, NAME, KEYS = "oj_session", "oj_namn", "oj_tangenter"
MAX_FIELDS = 3_000
#: Cookies for what is only remembered (name without login, shortcuts): a year.
REMEMBERED = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Access:
    """How reviewers are told: ``open`` (this machine only, no login), ``accounts`` or ``proxy``."""

    mode: str
    settings: Settings
    secure: bool = False


class LoginNeededError(Exception):
    """Nobody is logged in; the page to log in on is shown instead."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The one who asks.

    Attributes:
        token: of the session, "" when there is none yet. csrf: what our own forms carry.
        keys: single-key shortcuts are on. address: of the peer.
    """

    person: Person
    token: str
    csrf: str
    keys: bool
    address: str

    def need(self, role: str) -> None:
        """Raises ForbiddenError unless the person's role is this one or a higher one."""
        if not self.person.may(role):
            raise ForbiddenError(f"Det här kräver rollen {role}; du har rollen {self.person.role}.")


def desk_of(request: Request) -> Desk:
    """The desk of the application."""
    desk: Desk = request.app.state.desk
    return desk


def access_of(request: Request) -> Access:
    """How the application tells reviewers."""
    access: Access = request.app.state.access
    return access


def address_of(request: Request) -> str:
    """The peer's network address."""
    return request.client.host if request.client else ""


def csrf_of(token: str) -> str:
    """What a form of the session must carry; not to be had without the session's own cookie."""
    return hmac.new(token.encode(), b"oj-formular", "sha256").hexdigest()


def caller_of(request: Request) -> Caller:
    """The caller, from session, proxy or, on one's own machine, the name that was chosen there.

    Raises:
        LoginNeededError: nobody is logged in. ForbiddenError: the request went past the proxy.
    """
    access, desk = access_of(request), desk_of(request)
    token = request.cookies.get(SESSION, "")
    if access.mode == "accounts":
        person = desk.people.of_session(token) if token else None
        if person is None:
            raise LoginNeededError
    else:
        token = token or str(request.scope.setdefault("oj_new_token", secrets.token_urlsafe(32)))
        person = _of_proxy(request, access, desk) if access.mode == "proxy" else _here(request, desk)
    keys = request.cookies.get(KEYS) != "av"
    return Caller(person, token, csrf_of(token), keys, address_of(request))


def _of_proxy(request: Request, access: Access, desk: Desk) -> Person:
    name = request.headers.get(access.settings.proxy_header or "", "").strip()
    if address_of(request) not in access.settings.proxy_addresses or not name:
        raise ForbiddenError(
            "Sidan nås bara genom den inloggning som ligger framför den. Gå till den vanliga adressen."
        )
    return desk.people.named(name.encode("latin-1").decode("utf-8", "replace"), access.settings.proxy_role)


def _here(request: Request, desk: Desk) -> Person:
    name = unquote(request.cookies.get(NAME, ""))[:100] or local_name()
    return desk.people.named(name if name.isprintable() and name.strip() else local_name(), STEWARD)


def local_name() -> str:
    """The name of the one whose machine it is."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "granskare"


Form = Mapping[str, list[str]]


async def form_of(request: Request) -> Form:
    """The fields of a form that was sent by one of our own pages, as lists by name.

    Raises:
        ForbiddenError: it was not, or is no form.
    """
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise ForbiddenError("Formuläret kom från en annan webbplats och har inte tagits emot.")
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        raise ForbiddenError("Det som skickades är inget formulär.")
    fields: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(
            (await request.body()).decode("utf-8"), keep_blank_values=True, max_num_fields=MAX_FIELDS
        )
    except ValueError as error:
        raise ForbiddenError("Formuläret går inte att läsa.") from error
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    sent = one(fields, "csrf")
    token = request.cookies.get(SESSION, "")
    if not token or not hmac.compare_digest(sent.encode(), csrf_of(token).encode()):
        raise ForbiddenError(
            "Formuläret är för gammalt eller kom inte härifrån, så inget har sparats. Gå tillbaka, ladda om "
            "sidan och försök igen. Webbläsaren måste tillåta kakor."
        )
    return fields


def one(form: Form, name: str) -> str:
    """A field's last value, "" when it was not sent."""
    return form.get(name, [""])[-1]


def number(text: str | None, default: int) -> int:
    """A whole number from an address or form; the default for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


def remember(
    response: Response, request: Request, name: str, value: str, *, age: int | None = REMEMBERED
) -> None:
    """Set one of our cookies: kept from scripts, sent to this site only."""
    response.set_cookie(
        name,
        quote(value),
        max_age=age,
        httponly=True,
        samesite="lax",
        secure=access_of(request).secure,
        path="/",
    )


Asking = Annotated[Caller, Depends(caller_of)]
Sent = Annotated[Form, Depends(form_of)]
AtDesk = Annotated[Desk, Depends(desk_of)]
