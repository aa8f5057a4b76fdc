"""Templates: everything that is not ours is escaped; words for codes come from the dataset's declarations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from pipeline.dataset.schemas import words
from pipeline.dataset.views import count, counted
from pipeline.review.people import REVIEWER, STEWARD
from pipeline.review.reasons import reasons
from pipeline.review.web.caller import SESSION, Caller, access_of, remember

FOLDER = Path(__file__).parent
#: Words for what the desk adds to the published statuses.
STATUS_WORDS = {"deferred": "Uppskjuten", "accepted": "Godtagen"}
KIND_WORDS = {
    "decide": "Beslut",
    "comment": "Kommentar",
    "undo": "Ångrat",
    "report": "Anmäld",
    "label": "Namn",
}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"tid": _time, "antal": count, "pt": lambda value: f"{value:.2f}"}
    made.filters["citerade"] = _quoted
    made.globals |= {"counted": counted, "reasons": reasons(), "adress": address, "ord": word}
    made.globals |= {"REVIEWER": REVIEWER, "STEWARD": STEWARD, "kind_words": KIND_WORDS}
    return made


def word(list_name: str, code: str | None) -> str:
    """The Swedish words for a code of one of the dataset's lists; the code itself when it is none of them."""
    if code is None:
        return ""
    known = words(list_name) | (STATUS_WORDS if list_name == "flag_status" else {})
    return known.get(code, code.replace("_", " "))


def address(path: str, query: str = "", **more: object) -> str:
    """A path with a query: the part given, and parameters that are neither empty nor None."""
    added = urlencode([(name, value) for name, value in more.items() if value not in (None, "")])
    whole = "&".join(part for part in (query, added) if part)
    return f"{path}?{whole}" if whole else path


def render(
    request: Request, template: str, caller: Caller | None, *, status: int = 200, **values: Any
) -> HTMLResponse:
    """A page. ``caller`` is None on the pages that are shown before anyone is logged in."""
    text = (
        _environment()
        .get_template(template)
        .render(caller=caller, me=caller, mode=access_of(request).mode, path=request.url.path, **values)
    )
    response = HTMLResponse(text, status)
    token = request.scope.get("oj_new_token")
    if token and caller is not None:
        remember(response, request, SESSION, token, age=None)
    return response


def _quoted(texts: Sequence[str]) -> str:
    """Texts of cells in quotation marks; the empty one is said to be empty."""
    return ", ".join(f"”{text}”" if text else "tom" for text in texts)


def _time(moment: dt.datetime) -> str:
    """A moment in the machine's own time."""
    return moment.astimezone().strftime("%Y-%m-%d %H.%M")
