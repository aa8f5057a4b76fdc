"""Fetching one document: conditional, patient, bounded, and suspicious of addresses and answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import metadata

import httpx

from pipeline.kolada.pace import Pace, Timekeeper, asked_pause, backoff
from pipeline.sources.door import Resolver, Way, system_resolver, way_to
from pipeline.sources.errors import (
    ForbiddenAddressError,
    SourceAnswerError,
    SourceUnreachableError,
)
from pipeline.sources.register import Source
from pipeline.sources.store import Memory, Store

REDIRECTS = frozenset({301, 302, 303, 307, 308})
TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
#: The header stands within the first 1024 bytes (PDF 32000-1, annex H, note 13).
PDF_HEADER, HEADER_WITHIN = b"%PDF-", 1024


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How patient and how generous a fetch is.

    Attributes:
        max_bytes: larger documents are refused. max_redirects: in a row.
        tries: calls for one document. first_pause, longest_pause: seconds between them.
        seconds: one answer may take, from its first byte to its last.
        calls_per_second: over all documents, so that no publisher's site is burdened.
    """

    max_bytes: int = 500 << 20
    max_redirects: int = 5
    tries: int = 4
    first_pause: float = 2.0
    longest_pause: float = 60.0
    seconds: float = 600.0
    calls_per_second: float = 1.0


class _TryAgainError(Exception):
    """An answer that may be better in a while."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


@dataclass(slots=True)
class SourceFetcher:
    """Fetches documents from the hosts that may be called.

    Args:
        hosts: the allow-list. resolve, transport, time_: replaced by tests.
    """

    hosts: frozenset[str]
    limits: FetchLimits = field(default_factory=FetchLimits)
    resolve: Resolver = system_resolver
    transport: Callable[[], httpx.BaseTransport] = httpx.HTTPTransport
    time_: Timekeeper = field(default_factory=Timekeeper)
    _pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        self._pace = Pace(self.limits.calls_per_second, self.time_)

    def fetch(self, source: Source, known: Memory | None, store: Store) -> Memory:
        """Fetch a document into the store unless it is unchanged; gives what is then known of it.

        Args:
            known: from an earlier fetch; used when the store still holds its document.

        Raises:
            ForbiddenAddressError, SourceUnreachableError, SourceAnswerError: it was not fetched.
            OutputError: the store cannot be written.
        """
        if known is not None and (known.address != source.address or not store.holds(known.sha256)):
            known = None
        reason = ""
        for attempt in range(1, self.limits.tries + 1):
            try:
                return self._once(source, known, store, attempt)
            except (_TryAgainError, httpx.TransportError) as error:
                reason = str(error) or type(error).__name__
                if attempt < self.limits.tries:
                    self.time_.sleep(self._pause(error, attempt))
        raise SourceUnreachableError(
            f"{source.address} gick inte att hämta på {self.limits.tries} försök ({reason}): "
            "nästa körning försöker igen."
        )

    def _pause(self, error: Exception, attempt: int) -> float:
        asked = error.pause if isinstance(error, _TryAgainError) else None
        own = backoff(attempt, self.limits.first_pause, self.limits.longest_pause)
        return own if asked is None else min(max(asked, own), self.limits.longest_pause)

    def _once(self, source: Source, known: Memory | None, store: Store, attempt: int) -> Memory:
        """One call with its redirects, each of them checked as if it were the first."""
        address = source.address
        for _ in range(self.limits.max_redirects + 1):
            way = way_to(address, self.hosts, self.resolve)
            self._pace.wait()
            with self._client() as client, self._call(client, way, known, attempt) as answer:
                if answer.status_code in REDIRECTS:
                    address = str(way.url.join(_location(answer, address)))
                    continue
                if answer.status_code == httpx.codes.NOT_MODIFIED and known is not None:
                    return known
                sha256 = store.keep(self._document(answer, address))
                return Memory(
                    source.address,
                    sha256,
                    answer.headers.get("ETag"),
                    answer.headers.get("Last-Modified"),
                    self.time_.now().astimezone(dt.UTC).isoformat(timespec="seconds"),
                )
        raise ForbiddenAddressError(f"{source.address} skickar vidare för många gånger och hämtas inte.")

    def _client(self) -> httpx.Client:
        """A client for one call: a kept connection would be shared by names with one numeric address."""
        return httpx.Client(
            transport=self.transport(), timeout=httpx.Timeout(30.0), follow_redirects=False, trust_env=False
        )

    def _call(self, client: httpx.Client, way: Way, known: Memory | None, attempt: int) -> _Answer:
        headers = {
            "Host": way.host,
            "User-Agent": f"oj/{metadata.version('oj')}",
            "Accept": "application/pdf, */*;q=0.1",
            "Accept-Encoding": "identity",  # a compressed answer could open to any size
        }
        if known is not None and known.etag:
            headers["If-None-Match"] = known.etag
        if known is not None and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        # The call goes to the checked number; the certificate must still be that of the name.
        number = way.addresses[(attempt - 1) % len(way.addresses)]
        request = client.build_request(
            "GET", way.url.copy_with(host=number), headers=headers, extensions={"sni_hostname": way.host}
        )
        request.extensions["timeout"] = client.timeout.as_dict()
        return _Answer(client, request)

    def _document(self, answer: httpx.Response, address: str) -> Iterator[bytes]:
        """The bytes of an answer as they come, once they have been seen to be a PDF of allowed size."""
        if answer.status_code in TRY_AGAIN:
            pause = asked_pause(answer.headers.get("Retry-After"), self.time_.now())
            raise _TryAgainError(f"svar {answer.status_code}", pause)
        if answer.status_code != httpx.codes.OK:
            raise SourceAnswerError(
                f"{address} svarade {answer.status_code}: rätta adressen i källregistret.",
                code=f"http-{answer.status_code}",
            )
        if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise SourceAnswerError(f"{address} svarade i komprimerad form, vilket inte tas emot.")
        announced = answer.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced) > self.limits.max_bytes:
            raise self._too_large(address)
        until, size, head = self.time_.clock() + self.limits.seconds, 0, b""
        for chunk in answer.iter_raw(1 << 16):
            size += len(chunk)
            if size > self.limits.max_bytes:
                raise self._too_large(address)
            if self.time_.clock() > until:
                raise _TryAgainError(f"svaret var inte klart efter {self.limits.seconds:g} sekunder")
            if len(head) < HEADER_WITHIN:
                head += chunk
                if len(head) < HEADER_WITHIN:
                    continue
                _must_be_pdf(head, address)
                chunk = head
            yield chunk
        if len(head) < HEADER_WITHIN:
            _must_be_pdf(head, address)
            yield head

    def _too_large(self, address: str) -> SourceAnswerError:
        most = self.limits.max_bytes / 1e6
        return SourceAnswerError(f"{address} är större än {most:g} MB och hämtas inte.", code="for-stor")


class _Answer:
    """A streamed answer, closed when the block ends."""

    def __init__(self, client: httpx.Client, request: httpx.Request) -> None:
        self._client, self._request = client, request
        self._response: httpx.Response | None = None

    def __enter__(self) -> httpx.Response:
        self._response = self._client.send(self._request, stream=True)
        return self._response

    def __exit__(self, *_: object) -> None:
        if self._response is not None:
            self._response.close()


def _location(answer: httpx.Response, address: str) -> str:
    location = answer.headers.get("Location")
    if not location:
        raise SourceAnswerError(f"{address} skickar vidare utan att säga vart.")
    return str(location)


def _must_be_pdf(head: bytes, address: str) -> None:
    if PDF_HEADER not in head[:HEADER_WITHIN]:
        raise SourceAnswerError(
            f"{address} gav något annat än en PDF: ange adressen till själva dokumentet.", code="inte-pdf"
        )
