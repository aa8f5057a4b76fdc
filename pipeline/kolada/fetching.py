"""One JSON document from the API over HTTP: paced, bounded in size and time, tried again when that helps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx

from pipeline.kolada.address import following_address, is_local
from pipeline.kolada.errors import KoladaAnswerError, KoladaUnreachableError
from pipeline.kolada.pace import Pace, Timekeeper, asked_pause, backoff

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS = 3
#: Answers after which the same call may succeed: timeout at the server, too early, too many calls.
AGAIN = frozenset({408, 425, 429})
NOT_FOUND = "finns-inte"
_HEADERS = {"Accept": "application/json", "User-Agent": "oj (Oppna jamforelser)"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How the API is used. The first two are the project's rule for Kolada: 25 ids a call, 5 calls a second.

    Attributes:
        years_per_call: years in one address (the API refuses more than 25).
        attempts: how often one call is tried; first_pause, longest_pause: seconds between two tries.
            A longer pause than the longest, asked for by the host, ends the work.
        silence: seconds without a byte; reply_time: seconds for one whole answer.
        reply_bytes: size of one answer, unpacked (a page of 5 000 rows is 2–3 million bytes).
        pages: pages of one question.
    """

    ids_per_call: int = 25
    calls_per_second: float = 5.0
    years_per_call: int = 25
    attempts: int = 5
    first_pause: float = 1.0
    longest_pause: float = 60.0
    silence: float = 30.0
    reply_time: float = 120.0
    reply_bytes: int = 32 * 1024 * 1024
    pages: int = 500


@dataclass(frozen=True, slots=True)
class _Reply:
    """What one call gave; ``status`` None when the connection broke or fell silent."""

    status: int | None
    body: bytes = b""
    location: str | None = None
    retry_after: str | None = None


class Fetcher:
    """Fetches JSON from one host; a context manager that holds its connections."""

    def __init__(self, base: str, limits: Limits, time_: Timekeeper) -> None:
        self._base = base
        self._limits = limits
        self._time = time_
        self._pace = Pace(limits.calls_per_second, time_)
        self._http = httpx.Client(
            headers=_HEADERS,
            follow_redirects=False,
            timeout=httpx.Timeout(limits.silence, connect=min(10.0, limits.silence)),
            trust_env=not is_local(base),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def json(self, address: str) -> Any:
        """The JSON document at an address of the host; redirects are followed on the same host only.

        Raises:
            KoladaUnreachableError: no network or host, or the host still refuses after the last try.
            KoladaAnswerError: no such page (code ``finns-inte``), another host, too large, too slow, no JSON.
        """
        for _ in range(MAX_REDIRECTS + 1):
            reply = self._insist(address)
            if reply.status not in REDIRECTS:
                return _parsed(self._usable(reply, address).body, address)
            address = following_address(address, reply.location or "")
        raise KoladaAnswerError(f"Kolada hänvisar vidare om och om igen från {address}.")

    def _usable(self, reply: _Reply, address: str) -> _Reply:
        if reply.status == 200:
            return reply
        if reply.status == 404:
            raise KoladaAnswerError(
                f"Adressen {address} finns inte hos Kolada (404): kontrollera --base-url.", code=NOT_FOUND
            )
        raise KoladaAnswerError(
            f"Kolada svarade med felkod {reply.status} på {address}.",
            code=NOT_FOUND if reply.status == 400 else None,
        )

    def _insist(self, address: str) -> _Reply:
        """The reply to a call, tried again after a pause as long as that may help."""
        status: int | None = None
        for attempt in range(1, self._limits.attempts + 1):
            self._pace.wait()
            reply = self._call(address)
            status = reply.status
            if status is not None and status < 500 and status not in AGAIN:
                return reply
            if attempt < self._limits.attempts:
                self._time.sleep(self._pause(reply, attempt))
        said = "svarade inte i tid" if status is None else f"svarade med felkod {status}"
        raise KoladaUnreachableError(
            f"Kolada på {self._base} {said} efter {self._limits.attempts} försök: "
            "vänta en stund och kör igen."
        )

    def _pause(self, reply: _Reply, attempt: int) -> float:
        asked = asked_pause(reply.retry_after, self._time.now())
        if asked is None:
            return backoff(attempt, self._limits.first_pause, self._limits.longest_pause)
        if asked > self._limits.longest_pause:
            raise KoladaUnreachableError(
                f"Kolada ber om en paus på {asked:.0f} sekunder: vänta så länge och kör igen."
            )
        return asked

    def _call(self, address: str) -> _Reply:
        try:
            with self._http.stream("GET", address) as response:
                body = self._body(response, address) if response.status_code == 200 else b""
                return _Reply(
                    response.status_code,
                    body,
                    response.headers.get("Location"),
                    response.headers.get("Retry-After"),
                )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            raise KoladaUnreachableError(
                f"Kolada nås inte på {self._base}: kontrollera nätet, "
                "eller ange en annan adress med --base-url."
            ) from error
        except (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError):
            return _Reply(None)
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise KoladaAnswerError(f"Svaret från {address} går inte att läsa.") from error

    def _body(self, response: httpx.Response, address: str) -> bytes:
        """The unpacked bytes of an answer. Raises KoladaAnswerError when they are too many or too slow."""
        begun = self._time.clock()
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_bytes():
            size += len(piece)
            if size > self._limits.reply_bytes:
                raise KoladaAnswerError(
                    f"Svaret från {address} är större än {self._limits.reply_bytes} byte: "
                    "hämtningen avbröts.",
                    code="for-stort",
                )
            if self._time.clock() - begun > self._limits.reply_time:
                raise KoladaUnreachableError(
                    f"Svaret från {address} tog längre tid än {self._limits.reply_time:.0f} sekunder: "
                    "vänta en stund och kör igen."
                )
            pieces.append(piece)
        return b"".join(pieces)


def _parsed(body: bytes, address: str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise KoladaAnswerError(
            f"Svaret från {address} är inte JSON: kontrollera att --base-url är adressen till Koladas API."
        ) from error
